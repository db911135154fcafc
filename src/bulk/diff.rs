//! Two runs side by side: what became of the profiles, and which of their values changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{reader, writer};
use crate::error::{Error, Result};

/// Profiles named in a list of the largest.
const LARGEST_MAX: usize = 10;
/// Columns of golden profiles that are no values of the customer.
const NO_VALUES: [&str; 4] = ["profile_id", "record_count", "sources", "last_observed"];
/// The forms in which a run may have left a file, the usual one first.
const FORMS: [&str; 4] = ["csv", "parquet", "jsonl", "xlsx"];

/// What changed from one run to the next. Holds counts and profile ids, no personal values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Records in both runs, only in the second, only in the first.
    pub records: RecordChanges,
    /// Profiles by what became of them.
    pub profiles: ProfileChanges,
    /// Values of profiles that both runs have under one id.
    pub values: ValueChanges,
    /// The largest profiles of the second run that several of the first came together in.
    pub largest_merged: Vec<Moved>,
    /// The largest profiles of the first run that came apart.
    pub largest_split: Vec<Moved>,
}

/// Records of the two runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordChanges {
    /// In both.
    pub both: u64,
    /// Only in the second run.
    pub added: u64,
    /// Only in the first run.
    pub removed: u64,
}

/// Profiles of the two runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProfileChanges {
    /// In the first run.
    pub before: u64,
    /// In the second run.
    pub after: u64,
    /// Same records, same id.
    pub unchanged: u64,
    /// Same customer, records added or removed.
    pub resized: u64,
    /// Same customer under another id.
    pub renumbered: u64,
    /// Of the second run, with records of several profiles of the first.
    pub merged: u64,
    /// Of the first run, with records in several profiles of the second.
    pub split: u64,
    /// Of the second run, none of whose records the first run had.
    pub created: u64,
    /// Of the first run, none of whose records the second run has.
    pub gone: u64,
}

/// Values of golden profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueChanges {
    /// Profiles with at least one other value.
    pub profiles: u64,
    /// By column: profiles with another value there.
    pub columns: BTreeMap<String, u64>,
}

/// A profile and those that its records were in, or went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The profile.
    pub profile: String,
    /// Its records.
    pub records: u64,
    /// The profiles on the other side.
    pub others: Vec<String>,
}

/// A record's key, source first, and its profile; ascending.
type Crosswalk = Vec<(String, String, String)>;

/// Compares the folders of two runs.
pub fn diff(before: &Path, after: &Path) -> Result<Diff> {
    let (old, new) = (crosswalk(before)?, crosswalk(after)?);
    let mut diff = of_crosswalks(&old, &new);
    diff.values = values(&golden(before)?, &golden(after)?);
    Ok(diff)
}

fn of_crosswalks(old: &Crosswalk, new: &Crosswalk) -> Diff {
    let mut diff = Diff::default();
    let mut links: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (before, after) in (Joined { old, new }) {
        match (before, after) {
            (Some(before), Some(after)) => {
                diff.records.both += 1;
                *links.entry((before, after)).or_default() += 1;
            }
            (None, Some(_)) => diff.records.added += 1,
            (Some(_), None) => diff.records.removed += 1,
            (None, None) => {}
        }
    }
    let (old_sizes, new_sizes) = (sizes(old), sizes(new));
    let mut into: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (before, after) in links.keys() {
        into.entry(before).or_default().push(after);
        from.entry(after).or_default().push(before);
    }
    let profiles = &mut diff.profiles;
    (profiles.before, profiles.after) = (old_sizes.len() as u64, new_sizes.len() as u64);
    profiles.created = new_sizes.keys().filter(|profile| !from.contains_key(*profile)).count() as u64;
    profiles.gone = old_sizes.keys().filter(|profile| !into.contains_key(*profile)).count() as u64;
    profiles.merged = from.values().filter(|others| others.len() > 1).count() as u64;
    profiles.split = into.values().filter(|others| others.len() > 1).count() as u64;
    for ((before, after), shared) in &links {
        if into.get(before).map_or(0, Vec::len) > 1 || from.get(after).map_or(0, Vec::len) > 1 {
            continue;
        }
        if before != after {
            profiles.renumbered += 1;
        } else if old_sizes.get(before) == Some(shared) && new_sizes.get(after) == Some(shared) {
            profiles.unchanged += 1;
        } else {
            profiles.resized += 1;
        }
    }
    diff.largest_merged = largest(&from, &new_sizes);
    diff.largest_split = largest(&into, &old_sizes);
    diff
}

/// Walks both crosswalks at once, in the order of the keys: the profile of each record before and after.
struct Joined<'a> {
    old: &'a [(String, String, String)],
    new: &'a [(String, String, String)],
}

impl<'a> Iterator for Joined<'a> {
    type Item = (Option<&'a str>, Option<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = |(source, record, _): &'a (String, String, String)| (source.as_str(), record.as_str());
        let (before, after) = (self.old.split_first(), self.new.split_first());
        let order = match (before, after) {
            (None, None) => return None,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some((a, _)), Some((b, _))) => key(a).cmp(&key(b)),
        };
        let mut pair = (None, None);
        if let Some((row, rest)) = before.filter(|_| order.is_le()) {
            (pair.0, self.old) = (Some(row.2.as_str()), rest);
        }
        if let Some((row, rest)) = after.filter(|_| order.is_ge()) {
            (pair.1, self.new) = (Some(row.2.as_str()), rest);
        }
        Some(pair)
    }
}

fn sizes(crosswalk: &Crosswalk) -> BTreeMap<&str, u64> {
    let mut sizes = BTreeMap::new();
    for (_, _, profile) in crosswalk {
        *sizes.entry(profile.as_str()).or_default() += 1;
    }
    sizes
}

fn largest(links: &BTreeMap<&str, Vec<&str>>, sizes: &BTreeMap<&str, u64>) -> Vec<Moved> {
    let mut moved: Vec<(u64, &str, &Vec<&str>)> = links
        .iter()
        .filter(|(_, others)| others.len() > 1)
        .map(|(profile, others)| (sizes.get(profile).copied().unwrap_or(0), *profile, others))
        .collect();
    moved.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    moved.truncate(LARGEST_MAX);
    let named = |(records, profile, others): (u64, &str, &Vec<&str>)| Moved {
        profile: profile.to_owned(),
        records,
        others: others.iter().map(|other| (*other).to_owned()).collect(),
    };
    moved.into_iter().map(named).collect()
}

/// Golden profiles: the columns, and the fields of each profile; what a row has no field for is empty.
struct Golden {
    header: Vec<String>,
    profiles: BTreeMap<String, Vec<String>>,
}

fn values(old: &Golden, new: &Golden) -> ValueChanges {
    let mut changes = ValueChanges::default();
    let named = old.header.iter().chain(&new.header).filter(|name| !NO_VALUES.contains(&name.as_str()));
    let names: BTreeSet<&String> = named.collect();
    let place = |header: &[String], name: &str| header.iter().position(|column| column == name);
    let columns: Vec<(&String, Option<usize>, Option<usize>)> =
        names.into_iter().map(|name| (name, place(&old.header, name), place(&new.header, name))).collect();
    for (profile, before) in &old.profiles {
        let Some(after) = new.profiles.get(profile) else { continue };
        let mut changed = false;
        for (name, left, right) in &columns {
            let field =
                |row: &'_ [String], at: &Option<usize>| at.and_then(|at| row.get(at).cloned()).unwrap_or_default();
            if field(before, left) != field(after, right) {
                *changes.columns.entry((*name).clone()).or_default() += 1;
                changed = true;
            }
        }
        changes.profiles += u64::from(changed);
    }
    changes
}

/// The file of a run, in the form in which it was written.
fn file(run: &Path, name: &str) -> Result<PathBuf> {
    let found = FORMS.iter().map(|form| run.join(format!("{name}.{form}"))).find(|path| path.exists());
    found.ok_or_else(|| {
        Error::input(run, format!("there is no {name}.csv; name the folder that guiyi cleanse wrote with --out"))
    })
}

fn crosswalk(run: &Path) -> Result<Crosswalk> {
    let path = file(run, "crosswalk")?;
    let (header, rows) = table(&path)?;
    let place = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or_else(|| Error::input(&path, format!("there is no column \"{name}\"; is this a crosswalk?")))
    };
    let (source, record, profile) = (place("source")?, place("record_id")?, place("profile_id")?);
    let take = |row: &mut Vec<String>, at: usize| row.get_mut(at).map(std::mem::take).unwrap_or_default();
    let mut crosswalk: Crosswalk = rows
        .into_iter()
        .map(|mut row| (take(&mut row, source), take(&mut row, record), take(&mut row, profile)))
        .collect();
    crosswalk.sort_unstable();
    let twice = crosswalk.windows(2).find_map(|pair| match pair {
        [a, b] if (&a.0, &a.1) == (&b.0, &b.1) => Some(a),
        _ => None,
    });
    match twice {
        Some((source, record, _)) => {
            Err(Error::input(&path, format!("record \"{record}\" of source \"{source}\" stands there twice")))
        }
        None => Ok(crosswalk),
    }
}

fn golden(run: &Path) -> Result<Golden> {
    let path = file(run, "golden")?;
    // The crosswalk is there in several forms; golden profiles in another one are those of an earlier run.
    let forms = FORMS.iter().map(|form| format!("golden.{form}")).filter(|name| run.join(name).exists());
    let forms: Vec<String> = forms.collect();
    if forms.len() > 1 {
        let message = format!("there are {}; only one is of the last run, remove the others", forms.join(" and "));
        return Err(Error::input(run, message));
    }
    if path.extension().is_some_and(|form| form == "jsonl") {
        return golden_lines(&path);
    }
    let (header, rows) = table(&path)?;
    let profile = header.iter().position(|column| column == "profile_id");
    let profile = profile.ok_or_else(|| Error::input(&path, "there is no column \"profile_id\""))?;
    let keyed = rows.into_iter().map(|row| (row.get(profile).cloned().unwrap_or_default(), row));
    Ok(Golden { profiles: keyed.collect(), header })
}

/// What of a line of `golden.jsonl` the other forms have too.
#[derive(Deserialize)]
struct Line {
    profile_id: String,
    attributes: Vec<LineAttribute>,
}

#[derive(Deserialize)]
struct LineAttribute {
    kind: String,
    qualifier: String,
    rank: u64,
    value: String,
}

/// Golden profiles with their lineage, in the columns that they have in the other forms.
fn golden_lines(path: &Path) -> Result<Golden> {
    let failed = |error| Error::read(path, error);
    let file = BufReader::with_capacity(1 << 20, File::open(path).map_err(failed)?);
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut profiles = BTreeMap::new();
    for (number, line) in (1..).zip(file.lines()) {
        let line: Line = serde_json::from_str(&line.map_err(failed)?).map_err(|error| {
            Error::input(path, format!("line {number} is no golden profile: {error}; run guiyi cleanse again"))
        })?;
        let mut row: Vec<String> = Vec::new();
        for LineAttribute { kind, qualifier, rank, value } in line.attributes {
            let next = columns.len();
            let at = *columns.entry(writer::column_name(&kind, &qualifier, rank > 0)).or_insert(next);
            if row.len() <= at {
                row.resize(at + 1, String::new());
            }
            // The row was made long enough just above.
            if let Some(field) = row.get_mut(at) {
                writer::append_value(field, &value);
            }
        }
        profiles.insert(line.profile_id, row);
    }
    let mut header = vec![String::new(); columns.len()];
    for (name, at) in columns {
        // Positions are counted up as names come, so each of them is one of the header.
        if let Some(column) = header.get_mut(at) {
            *column = name;
        }
    }
    Ok(Golden { header, profiles })
}

fn table(path: &Path) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    let table = reader::read(path)?;
    match table.rejects.first() {
        Some(reject) => Err(Error::input(path, format!("line {}: {}", reject.line, reject.reason))),
        None => Ok((table.header, table.rows.into_iter().map(|row| row.fields).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(pairs: &[(&str, &str)]) -> Crosswalk {
        let mut rows: Crosswalk =
            pairs.iter().map(|(r, p)| ("s".to_owned(), (*r).to_owned(), (*p).to_owned())).collect();
        rows.sort();
        rows
    }

    #[test]
    fn golden_profiles_of_two_runs_in_one_folder_are_not_mixed_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| std::fs::write(folder.path().join(name), "profile_id\nA\n").expect("a file");
        write("golden.csv");
        assert_eq!(golden(folder.path()).expect("one form").profiles.len(), 1);
        write("golden.parquet");
        let message = golden(folder.path()).err().expect("two forms").to_string();
        assert!(message.contains("golden.csv and golden.parquet"), "{message}");
    }

    #[test]
    fn every_fate_of_a_profile_is_counted() {
        let old = run(&[
            ("1", "A"),
            ("2", "A"),
            ("3", "B"),
            ("4", "C"),
            ("5", "C"),
            ("6", "D"),
            ("7", "E"),
            ("8", "G"),
            ("9", "H"),
        ]);
        let new = run(&[
            ("1", "A"),
            ("2", "A"),
            ("3", "B"),
            ("4", "B"),
            ("5", "F"),
            ("7", "E"),
            ("10", "E"),
            ("11", "I"),
            ("8", "J"),
            ("9", "H"),
        ]);
        let diff = of_crosswalks(&old, &new);
        assert_eq!((diff.records.both, diff.records.added, diff.records.removed), (8, 2, 1));
        let p = diff.profiles;
        assert_eq!((p.before, p.after, p.unchanged, p.resized, p.renumbered), (7, 7, 2, 1, 1));
        assert_eq!((p.merged, p.split, p.created, p.gone), (1, 1, 1, 1));
        assert_eq!(
            (diff.largest_merged[0].profile.as_str(), diff.largest_merged[0].others.as_slice()),
            ("B", ["B", "C"].map(str::to_owned).as_slice())
        );
        assert_eq!((diff.largest_split[0].profile.as_str(), diff.largest_split[0].records), ("C", 2));
    }

    #[test]
    fn a_run_equals_itself_and_values_are_compared_by_column() {
        let old = run(&[("1", "A"), ("2", "B")]);
        let same = of_crosswalks(&old, &old);
        assert_eq!((same.profiles.unchanged, same.profiles.before), (2, 2));
        let golden = |header: &[&str], rows: &[&[&str]]| Golden {
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            profiles: rows
                .iter()
                .map(|row| (row[0].to_owned(), row.iter().map(|f| (*f).to_owned()).collect()))
                .collect(),
        };
        let before = golden(&["profile_id", "phone"], &[&["A", "1"], &["B", "2"]]);
        let after = golden(&["profile_id", "email", "phone"], &[&["A", "", "3"], &["B", "x", "2"], &["C", "", ""]]);
        let changes = values(&before, &after);
        assert_eq!(changes.profiles, 2);
        assert_eq!(changes.columns, BTreeMap::from([("email".to_owned(), 1), ("phone".to_owned(), 1)]));
    }
}
