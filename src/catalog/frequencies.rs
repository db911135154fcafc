//! Frequency files: the statistics epoch of a trained model, beside the model file that names it.
//!
//! Plain text. A line `table<TAB>kind<TAB>key<TAB>total<TAB>collision<TAB>reference` opens a table, lines `hash<TAB>count` below it say how many
//! customers carry a value. Values stand as 64-bit hashes, so that the file holds no names or numbers. Keys and hashes are
//! hexadecimal and ascending: the same statistics give the same bytes.

use std::fmt::Write;

use crate::domain::hash::stable_hash;
use crate::domain::score::term_frequency::{TermFrequencies, TermKind, TermTable};
use crate::error::{Error, Result};

/// Writes the file.
pub fn render(frequencies: &TermFrequencies) -> String {
    let mut text = String::from("# Term frequencies of a guiyi match model: customers by hashed value.\n");
    let mut keys: Vec<u64> = frequencies.tables.keys().copied().collect();
    keys.sort_unstable();
    for key in keys {
        let Some(table) = frequencies.tables.get(&key) else { continue };
        let TermTable { kind, total, collision, reference, counts, single: _ } = table;
        let _ = writeln!(text, "table\t{}\t{key:016x}\t{total}\t{collision:e}\t{reference:e}", kind.code());
        let mut rows: Vec<(u64, u32)> = counts.iter().map(|(hash, count)| (*hash, *count)).collect();
        rows.sort_unstable();
        for (hash, count) in rows {
            let _ = writeln!(text, "{hash:016x}\t{count}");
        }
    }
    text
}

/// The hash by which a model file names its frequency file.
pub fn fingerprint(text: &str) -> String {
    format!("{:016x}", stable_hash(&[text]))
}

/// Reads the file; `origin` names it in errors.
pub fn parse(origin: &str, text: &str) -> Result<TermFrequencies> {
    let mut frequencies = TermFrequencies::default();
    let mut open = None;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let wrong = || Error::config(origin, format!("line {}: not a row of a frequency file", number + 1));
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["table", kind, key, total, collision, reference] => {
                let kind = TermKind::ALL.into_iter().find(|known| known.code() == *kind).ok_or_else(wrong)?;
                let key = u64::from_str_radix(key, 16).map_err(|_| wrong())?;
                let share = |text: &str| text.parse().ok().filter(|p| *p > 0.0 && *p <= 1.0).ok_or_else(wrong);
                let table = TermTable {
                    kind,
                    total: total.parse().map_err(|_| wrong())?,
                    collision: share(collision)?,
                    reference: share(reference)?,
                    counts: Default::default(),
                    single: 0.0,
                };
                frequencies.tables.insert(key, table);
                open = Some(key);
            }
            [hash, count] => {
                let table = open.and_then(|key| frequencies.tables.get_mut(&key)).ok_or_else(wrong)?;
                let hash = u64::from_str_radix(hash, 16).map_err(|_| wrong())?;
                table.counts.insert(hash, count.parse().map_err(|_| wrong())?);
            }
            _ => return Err(wrong()),
        }
    }
    frequencies.tables.values_mut().for_each(TermTable::settle);
    Ok(frequencies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::score::term_frequency::{Term, TermCounter};

    #[test]
    fn what_is_written_is_read() {
        let mut counter = TermCounter::default();
        for name in ["张伟", "张伟", "李娜"] {
            counter.add(&mut vec![Term::of(TermKind::FullName, &[name]), Term::labelled(TermKind::Text, "x", &[name])]);
        }
        let frequencies = counter.finish(&|_| 1e-4, 100);
        let text = render(&frequencies);
        assert!(!text.contains("张伟"), "no personal data");
        assert_eq!(parse("test", &text).unwrap(), frequencies);
        assert!(parse("test", "0001\t2\n").is_err());
        assert!(parse("test", "table\tfull_name\tzz\t3\t0.1\t0.1\n").is_err());
    }
}
