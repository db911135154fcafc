//! Application identifiers of the GS1 General Specifications (from memory, 2026-11-22) and the reading of element strings.

use super::{ean, numeric};
use crate::domain::formats::shape;

/// What is wrong with an element string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Data of the wrong length or alphabet.
    Shape,
    /// The check digit of an article, shipment or place.
    CheckDigit,
    /// A date that does not exist.
    Date,
    /// An application identifier that is not assigned.
    Identifier,
}

/// Prefix of the identifier, its length, digits that must come first, kind (n digits, x any, - nothing) and greatest
/// length of the rest, rule: c check digit, d date, i count (leading zeros mean nothing), - none.
type Row = (&'static str, usize, usize, char, usize, char);

const ROWS: &[Row] = &[
    ("00", 2, 18, '-', 0, 'c'),
    ("01", 2, 14, '-', 0, 'c'),
    ("02", 2, 14, '-', 0, 'c'),
    ("03", 2, 14, '-', 0, 'c'),
    ("10", 2, 0, 'x', 20, '-'),
    ("11", 2, 6, '-', 0, 'd'),
    ("12", 2, 6, '-', 0, 'd'),
    ("13", 2, 6, '-', 0, 'd'),
    ("15", 2, 6, '-', 0, 'd'),
    ("16", 2, 6, '-', 0, 'd'),
    ("17", 2, 6, '-', 0, 'd'),
    ("20", 2, 2, '-', 0, '-'),
    ("21", 2, 0, 'x', 20, '-'),
    ("22", 2, 0, 'x', 20, '-'),
    ("235", 3, 0, 'x', 28, '-'),
    ("240", 3, 0, 'x', 30, '-'),
    ("241", 3, 0, 'x', 30, '-'),
    ("242", 3, 0, 'n', 6, 'i'),
    ("243", 3, 0, 'x', 20, '-'),
    ("250", 3, 0, 'x', 30, '-'),
    ("251", 3, 0, 'x', 30, '-'),
    ("253", 3, 13, 'x', 17, '-'),
    ("254", 3, 0, 'x', 20, '-'),
    ("255", 3, 13, 'n', 12, '-'),
    ("30", 2, 0, 'n', 8, 'i'),
    ("31", 4, 6, '-', 0, '-'),
    ("32", 4, 6, '-', 0, '-'),
    ("33", 4, 6, '-', 0, '-'),
    ("34", 4, 6, '-', 0, '-'),
    ("35", 4, 6, '-', 0, '-'),
    ("36", 4, 6, '-', 0, '-'),
    ("37", 2, 0, 'n', 8, 'i'),
    ("390", 4, 0, 'n', 15, '-'),
    ("391", 4, 3, 'n', 15, '-'),
    ("392", 4, 0, 'n', 15, '-'),
    ("393", 4, 3, 'n', 15, '-'),
    ("394", 4, 4, '-', 0, '-'),
    ("395", 4, 6, '-', 0, '-'),
    ("400", 3, 0, 'x', 30, '-'),
    ("401", 3, 0, 'x', 30, '-'),
    ("402", 3, 17, '-', 0, 'c'),
    ("403", 3, 0, 'x', 30, '-'),
    ("41", 3, 13, '-', 0, 'c'),
    ("420", 3, 0, 'x', 20, '-'),
    ("421", 3, 3, 'x', 9, '-'),
    ("422", 3, 3, '-', 0, '-'),
    ("423", 3, 3, 'n', 12, '-'),
    ("424", 3, 3, '-', 0, '-'),
    ("425", 3, 3, 'n', 12, '-'),
    ("426", 3, 3, '-', 0, '-'),
    ("427", 3, 0, 'x', 3, '-'),
    ("4309", 4, 20, '-', 0, '-'),
    ("4321", 4, 1, '-', 0, '-'),
    ("4322", 4, 1, '-', 0, '-'),
    ("4323", 4, 1, '-', 0, '-'),
    ("4324", 4, 10, '-', 0, '-'),
    ("4325", 4, 10, '-', 0, '-'),
    ("4326", 4, 6, '-', 0, '-'),
    ("433", 4, 6, 'x', 1, '-'),
    ("43", 4, 0, 'x', 70, '-'),
    ("7001", 4, 13, '-', 0, '-'),
    ("7003", 4, 10, '-', 0, '-'),
    ("7004", 4, 0, 'n', 4, 'i'),
    ("7006", 4, 6, '-', 0, 'd'),
    ("7007", 4, 6, 'n', 6, 'd'),
    ("7011", 4, 6, 'n', 4, 'd'),
    ("700", 4, 0, 'x', 30, '-'),
    ("7010", 4, 0, 'x', 2, '-'),
    ("702", 4, 0, 'x', 30, '-'),
    ("703", 4, 3, 'x', 27, '-'),
    ("7040", 4, 1, 'x', 3, '-'),
    ("71", 3, 0, 'x', 20, '-'),
    ("723", 4, 0, 'x', 30, '-'),
    ("7241", 4, 2, '-', 0, '-'),
    ("724", 4, 0, 'x', 25, '-'),
    ("7250", 4, 8, '-', 0, '-'),
    ("7251", 4, 12, '-', 0, '-'),
    ("7252", 4, 1, '-', 0, '-'),
    ("725", 4, 0, 'x', 70, '-'),
    ("8001", 4, 14, '-', 0, '-'),
    ("8003", 4, 14, 'x', 16, '-'),
    ("8005", 4, 6, '-', 0, '-'),
    ("8006", 4, 18, '-', 0, '-'),
    ("8008", 4, 8, 'n', 4, '-'),
    ("8011", 4, 0, 'n', 12, 'i'),
    ("8017", 4, 18, '-', 0, 'c'),
    ("8018", 4, 18, '-', 0, 'c'),
    ("8019", 4, 0, 'n', 10, 'i'),
    ("8026", 4, 18, '-', 0, '-'),
    ("8030", 4, 0, 'x', 90, '-'),
    ("80", 4, 0, 'x', 50, '-'),
    ("8111", 4, 4, '-', 0, '-'),
    ("81", 4, 0, 'x', 70, '-'),
    ("8200", 4, 0, 'x', 70, '-'),
    ("9", 2, 0, 'x', 90, '-'),
];

/// Reads an element string and gives its normal form.
pub fn read(text: &str) -> Result<String, Fault> {
    if !text.is_ascii() {
        return Err(Fault::Shape);
    }
    let mut normal = String::new();
    let mut rest = text.trim_start_matches(is_separator);
    while !rest.is_empty() {
        let (row, identifier, after) = identifier(rest)?;
        let in_parentheses = rest.starts_with('(');
        let end = after.find(|c| is_separator(c) || (in_parentheses && c == '(')).unwrap_or(after.len());
        let (data, after) = after.split_at_checked(end.min(row.2 + row.4)).unwrap_or_default();
        normal.push_str(identifier);
        normal.push_str(judge(row, data)?);
        rest = after.trim_start_matches(is_separator);
    }
    Ok(normal)
}

fn is_separator(c: char) -> bool {
    c == '|' || c == '\u{1d}'
}

/// The row, the identifier and what follows it.
fn identifier(text: &str) -> Result<(&'static Row, &str, &str), Fault> {
    let bare = text.strip_prefix('(').unwrap_or(text);
    let row = ROWS.iter().find(|row| bare.starts_with(row.0)).ok_or(Fault::Identifier)?;
    let (identifier, after) = bare.split_at_checked(row.1).ok_or(Fault::Identifier)?;
    if !shape::is_digits(identifier) {
        return Err(Fault::Identifier);
    }
    let after = if text.starts_with('(') { after.strip_prefix(')').ok_or(Fault::Identifier)? } else { after };
    Ok((row, identifier, after))
}

/// The data as they are written in the normal form.
fn judge<'a>(row: &Row, data: &'a str) -> Result<&'a str, Fault> {
    let (_, _, head, kind, _, rule) = *row;
    let (digits, rest) = data.split_at_checked(head).ok_or(Fault::Shape)?;
    let is_wrong = (head > 0 && !shape::is_digits(digits))
        || (head == 0 && rest.is_empty())
        || (kind == 'n' && !rest.is_empty() && !shape::is_digits(rest));
    match rule {
        _ if is_wrong => Err(Fault::Shape),
        'c' if !ean::holds(data) => Err(Fault::CheckDigit),
        'd' if !is_date(digits) => Err(Fault::Date),
        'i' => Ok(data.trim_start_matches('0')).map(|count| if count.is_empty() { "0" } else { count }),
        _ => Ok(data),
    }
}

/// yymmdd; day 00 stands for the end of the month.
fn is_date(digits: &str) -> bool {
    let day = numeric::number(digits, 4..6).max(1);
    numeric::date(2000 + numeric::number(digits, 0..2), numeric::number(digits, 2..4), day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_one_after_another() {
        assert_eq!(read("(10)AB1(37)007").as_deref(), Ok("10AB1377"));
        assert_eq!(read("10AB1|1728120037000").as_deref(), Ok("10AB117281200370"));
        assert_eq!(read("17281331"), Err(Fault::Date));
        assert_eq!(
            (read("05"), read("(10)"), read("01é")),
            (Err(Fault::Identifier), Err(Fault::Shape), Err(Fault::Shape))
        );
    }
}
