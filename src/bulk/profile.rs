//! What the columns of a file hold: types, how full, how many different values, patterns, keys, outliers; drift since an earlier look.

mod header;
mod spread;
mod unusual;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

pub use spread::Spread;

use super::map::content::{Content, is_empty, masked};
use super::reader::Table;
use crate::domain::text::han::is_han;

/// Values of a column whose type is judged.
const JUDGED_MAX: usize = 10_000;
/// Values, placeholders and patterns that are listed.
const TOP_MAX: usize = 10;
/// Different values that a column of categories has at most.
const CATEGORIES_MAX: usize = 20;
/// Characters of a pattern; the rest is cut off.
const PATTERN_CHARS_MAX: usize = 40;
/// A run of letters or Han characters beyond this length is written with a plus sign.
const RUN_MAX: usize = 4;
/// Share of a pattern from which its coming and going counts as drift.
const PATTERN_SHARE_MIN: f64 = 0.02;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Rows that could be read.
    pub rows: u64,
    /// Rows that could not.
    pub rejected: u64,
    /// The columns in the order of the file.
    pub columns: Vec<ColumnProfile>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnProfile {
    /// Header.
    pub name: String,
    /// Rows with a value that is neither empty nor a placeholder.
    pub filled: u64,
    /// Different values among these.
    pub distinct: u64,
    /// Filled in every row, with different values.
    pub key: bool,
    /// Values judged by type.
    pub types: BTreeMap<String, u64>,
    /// Characters of the shortest value.
    pub length_min: u64,
    /// Characters of the longest value.
    pub length_max: u64,
    /// The most frequent values, masked where they may be personal.
    pub top_values: Vec<Counted>,
    /// The most frequent patterns: 9 a digit, A and a letters, 汉 a Han character.
    pub patterns: Vec<Counted>,
    /// Values that stand for none (`无`, `N/A`).
    pub placeholders: Vec<Counted>,
    /// How the values of a column of numbers or days are spread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// Values unlike the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outliers: Vec<Outlier>,
}

/// Values that are unlike the others of their column in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlier {
    /// `value` (far from the quartiles), `length`, `pattern` (hardly any other value has it), `characters` (of a kind that hardly any other has).
    pub rule: String,
    /// In what they are unlike.
    pub detail: String,
    /// Rows that have them.
    pub count: u64,
    /// Some of them, masked where they may be personal.
    pub examples: Vec<String>,
}

/// A text, and how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The text.
    pub text: String,
    /// Rows that have it.
    pub count: u64,
}

/// One change since an earlier profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The column.
    pub column: String,
    /// `new_column`, `missing_column`, `fill_rate`, `types`, `patterns` or `distribution` (of numbers or days).
    pub change: &'static str,
    /// How much, from 0 to 1.
    pub size: f64,
    /// What it was and is.
    pub detail: String,
}

/// Looks at every column; values that may be personal are masked unless `unmask`.
pub fn profile(table: &Table, unmask: bool) -> Profile {
    let column = |(index, name): (usize, &String)| {
        let values: Vec<&str> =
            table.rows.iter().map(|row| row.fields.get(index).map_or("", |field| field.trim())).collect();
        column_profile(name, &values, unmask)
    };
    Profile {
        rows: table.rows.len() as u64,
        rejected: table.rejects.len() as u64,
        columns: table.header.iter().enumerate().map(column).collect(),
    }
}

fn column_profile(name: &str, values: &[&str], unmask: bool) -> ColumnProfile {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let (mut placeholders, mut patterns) = (HashMap::new(), HashMap::new());
    let (mut length_min, mut length_max) = (u64::MAX, 0);
    let mut filled = 0;
    counts.retain(|value, count| {
        if is_empty(value) {
            if !value.is_empty() {
                placeholders.insert((*value).to_owned(), *count);
            }
            return false;
        }
        let length = value.chars().count() as u64;
        (length_min, length_max) = (length_min.min(length), length_max.max(length));
        *patterns.entry(pattern(value)).or_default() += *count;
        filled += *count;
        true
    });
    let content = Content::of(values.iter().copied(), JUDGED_MAX);
    let says = header::says(name);
    let is_category = counts.len() <= CATEGORIES_MAX
        && filled >= 5 * counts.len() as u64
        && header::may_be_shown(says, &content, counts.keys().copied());
    let shown = |value: &str| if unmask || is_category { value.to_owned() } else { masked(value) };
    let distinct = counts.len() as u64;
    let counts: Vec<(&str, u64)> = counts.into_iter().collect();
    let (spread, outliers) = match spread::of(says, &content, &counts, unmask) {
        Some((spread, outlier)) => (Some(spread), outlier.into_iter().collect()),
        None => (None, unusual::of(&counts, &patterns, pattern, &shown)),
    };
    let top = top(counts.into_iter().map(|(value, count)| (value.to_owned(), count)));
    ColumnProfile {
        name: name.to_owned(),
        filled,
        distinct,
        key: !values.is_empty() && distinct == values.len() as u64,
        types: content.types.iter().map(|(found, count)| (found.code().to_owned(), *count)).collect(),
        length_min: if filled == 0 { 0 } else { length_min },
        length_max,
        top_values: top.into_iter().map(|value| Counted { text: shown(&value.text), ..value }).collect(),
        patterns: self::top(patterns.into_iter()),
        placeholders: self::top(placeholders.into_iter()),
        spread,
        outliers,
    }
}

fn top(counts: impl Iterator<Item = (String, u64)>) -> Vec<Counted> {
    let mut counts: Vec<Counted> = counts.map(|(text, count)| Counted { text, count }).collect();
    let order = |a: &Counted, b: &Counted| (b.count, &a.text).cmp(&(a.count, &b.text));
    if counts.len() > TOP_MAX {
        counts.select_nth_unstable_by(TOP_MAX, order);
        counts.truncate(TOP_MAX);
    }
    counts.sort_unstable_by(order);
    counts
}

/// The shape of a value. Digits are counted, since their number matters; long runs of letters are not.
fn pattern(value: &str) -> String {
    let mut pattern = String::new();
    let (mut last, mut run) = ('\0', 0usize);
    for (position, c) in value.chars().enumerate() {
        if position >= PATTERN_CHARS_MAX {
            pattern.push('…');
            break;
        }
        let class = match c {
            '0'..='9' => '9',
            c if is_han(c) => '汉',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        let is_letter = matches!(class, '汉' | 'A' | 'a');
        match run.cmp(&(RUN_MAX + 1)) {
            std::cmp::Ordering::Equal if is_letter => pattern.push('+'),
            std::cmp::Ordering::Greater if is_letter => {}
            _ => pattern.push(class),
        }
    }
    pattern
}

/// What changed since an earlier profile, the largest change first.
pub fn drift(before: &Profile, after: &Profile) -> Vec<Drift> {
    let mut found = Vec::new();
    for old in &before.columns {
        match after.columns.iter().find(|column| column.name == old.name) {
            Some(new) => found.extend(changes(before.rows, old, after.rows, new)),
            None => found.push(of_column(&old.name, "missing_column")),
        }
    }
    let is_new = |new: &&ColumnProfile| before.columns.iter().all(|old| old.name != new.name);
    found.extend(after.columns.iter().filter(is_new).map(|new| of_column(&new.name, "new_column")));
    found.sort_by(|a, b| b.size.total_cmp(&a.size).then_with(|| (&a.column, a.change).cmp(&(&b.column, b.change))));
    found
}

fn of_column(name: &str, change: &'static str) -> Drift {
    Drift { column: name.to_owned(), change, size: 1.0, detail: String::new() }
}

fn changes(rows_before: u64, old: &ColumnProfile, rows_after: u64, new: &ColumnProfile) -> Vec<Drift> {
    let mut found = Vec::new();
    let mut add = |change, size: f64, detail: String| {
        if size > 0.0 {
            found.push(Drift { column: old.name.clone(), change, size, detail });
        }
    };
    let (before, after) = (share(old.filled, rows_before), share(new.filled, rows_after));
    add("fill_rate", (before - after).abs(), format!("{:.1} % before, {:.1} % now", before * 100.0, after * 100.0));
    // A column without values has neither types nor patterns that could have shifted.
    if old.filled > 0 && new.filled > 0 {
        let types =
            |column: &ColumnProfile| shares(column.types.iter().map(|(name, count)| (name.clone(), *count)), None);
        let (size, detail) = shift(&types(old), &types(new), 0.0);
        add("types", size, detail);
        let patterns = |column: &ColumnProfile| {
            shares(column.patterns.iter().map(|found| (found.text.clone(), found.count)), Some(column.filled))
        };
        let (size, detail) = shift(&patterns(old), &patterns(new), PATTERN_SHARE_MIN);
        add("patterns", size, detail);
    }
    if let (Some(old), Some(new)) = (&old.spread, &new.spread)
        && let Some((size, detail)) = spread::moved(old, new)
    {
        add("distribution", size, detail);
    }
    found
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn shares(counts: impl Iterator<Item = (String, u64)>, whole: Option<u64>) -> BTreeMap<String, f64> {
    let counts: Vec<(String, u64)> = counts.collect();
    let whole = whole.unwrap_or_else(|| counts.iter().map(|(_, count)| count).sum());
    counts.into_iter().map(|(name, count)| (name, share(count, whole))).collect()
}

/// The share of values that moved from one to the other (total variation distance), and what moved most.
fn shift(before: &BTreeMap<String, f64>, after: &BTreeMap<String, f64>, share_min: f64) -> (f64, String) {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let of = |shares: &BTreeMap<String, f64>, name: &String| shares.get(name).copied().unwrap_or(0.0);
    let moved: Vec<(&String, f64, f64)> = names
        .into_iter()
        .map(|name| (name, of(before, name), of(after, name)))
        .filter(|(_, old, new)| old.max(*new) >= share_min)
        .collect();
    // What is not listed moved as much as the listed shares together do not explain.
    let rest = moved.iter().map(|(_, old, new)| old - new).sum::<f64>().abs();
    let size = ((moved.iter().map(|(_, old, new)| (old - new).abs()).sum::<f64>() + rest) / 2.0).min(1.0);
    let most = moved.iter().max_by(|a, b| (a.1 - a.2).abs().total_cmp(&(b.1 - b.2).abs()));
    let detail = most.map(|(name, old, new)| format!("{name}: {:.1} % before, {:.1} % now", old * 100.0, new * 100.0));
    (if size < 1e-9 { 0.0 } else { size }, detail.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::reader::csv;

    fn profiled(text: &str) -> Profile {
        profile(&csv::read(std::path::Path::new("a.csv"), text.as_bytes().to_vec()).unwrap(), false)
    }

    #[test]
    fn columns_are_described_without_personal_values() {
        let found = profiled("id,姓名,手机\n1,张伟,13912340007\n2,李娜,010-6552 9988\n3,张伟,无\n");
        let [id, name, phone] = found.columns.as_slice() else { panic!() };
        assert!(id.key && !name.key);
        assert_eq!((name.filled, name.distinct, name.length_min, name.length_max), (3, 2, 2, 2));
        assert_eq!(name.top_values[0], Counted { text: "张*".to_owned(), count: 2 });
        assert_eq!(name.patterns, [Counted { text: "汉汉".to_owned(), count: 3 }]);
        assert_eq!(phone.placeholders, [Counted { text: "无".to_owned(), count: 1 }]);
        assert_eq!((phone.filled, phone.types["phone"]), (2, 2));
        assert_eq!(phone.patterns[0].text, "999-9999 9999");
        assert!(!serde_json::to_string(&found).unwrap().contains("13912340007"));
    }

    #[test]
    fn patterns_keep_digits_and_shorten_words() {
        for (value, wanted) in [
            ("138-0013", "999-9999"),
            ("WANGwei", "AAAAaaa"),
            ("Beijing", "Aaaaa+"),
            ("上海市浦东新区1号", "汉汉汉汉+9汉"),
            ("", ""),
        ] {
            assert_eq!(pattern(value), wanted);
        }
    }

    #[test]
    fn drift_is_measured_and_nothing_drifts_from_itself() {
        let before = profiled("id,phone,old\n1,13912340007,x\n2,13800138000,y\n");
        assert!(drift(&before, &before).is_empty());
        let after = profiled("id,phone,new\n1,a@example.com,x\n2,,y\n");
        let found = drift(&before, &after);
        let of =
            |column: &str, change: &str| found.iter().find(|d| d.column == column && d.change == change).unwrap().size;
        assert_eq!((of("old", "missing_column"), of("new", "new_column"), of("phone", "types")), (1.0, 1.0, 1.0));
        assert_eq!((of("phone", "fill_rate"), of("phone", "patterns")), (0.5, 1.0));
        assert!(found.iter().all(|drift| drift.column != "id"));
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), before);
    }
    #[test]
    fn names_and_numbers_of_documents_are_masked_however_often_they_come_again() {
        let mut text = "customer,passport,wechat,level,城市,x\n".to_owned();
        for row in 0..60 {
            let (name, level) = if row % 2 == 0 { ("John Smith", "VIP1") } else { ("Mary Jones", "gold") };
            text += &format!("{name},E1234567{},wxid_abc{},{level},上海,{}\n", row % 3, row % 3, row % 2);
        }
        let found = profiled(&text);
        let shown = |column: usize| found.columns[column].top_values[0].text.as_str();
        assert_eq!([shown(0), shown(1), shown(2)], ["Joh****h", "E12****0", "wxi****0"]);
        assert_eq!([shown(3), shown(4), shown(5)], ["VIP1", "上海", "0"]);
        let told = serde_json::to_string(&found).unwrap();
        assert!(!told.contains("Smith") && !told.contains("E1234567") && !told.contains("wxid_abc"), "{told}");
    }

    #[test]
    fn unlike_values_are_told_masked_whatever_the_order() {
        let mut rows: Vec<String> =
            (0..400).map(|row| format!("13{:09},{},{}", row * 7_919, row % 50, 20 + row % 40)).collect();
        rows.push("139-1234-567\u{200b}8,7,999".to_owned());
        rows.push(format!("{},7,21", "9".repeat(30)));
        let of = |rows: &[String]| profiled(&format!("phone,points,age\n{}\n", rows.join("\n")));
        let found = of(&rows);
        rows.reverse();
        assert_eq!(of(&rows), found);
        let rules = |column: usize| -> Vec<(&str, u64)> {
            found.columns[column].outliers.iter().map(|outlier| (outlier.rule.as_str(), outlier.count)).collect()
        };
        assert_eq!(rules(0), [("length", 1), ("pattern", 2), ("characters", 1), ("characters", 1)], "{found:?}");
        assert_eq!((rules(1), rules(2)), (vec![], vec![("value", 1)]), "{found:?}");
        let told = serde_json::to_string(&found).unwrap();
        assert!(!told.contains("13000007919") && !told.contains("139-1234"), "{told}");
        let spread = found.columns[2].spread.as_ref().unwrap();
        assert_eq!((spread.p50.as_str(), spread.max.as_str()), ("39", "999"));
    }

    #[test]
    fn numbers_that_move_are_drift_and_older_profiles_are_still_read() {
        let ages = |from: u64| {
            let rows: Vec<String> = (0..100).map(|row| format!("{row},{}", from + row % 40)).collect();
            profiled(&format!("id,age\n{}\n", rows.join("\n")))
        };
        let (before, after) = (ages(20), ages(50));
        let found = drift(&before, &after);
        assert_eq!((found[0].column.as_str(), found[0].change), ("age", "distribution"), "{found:?}");
        assert!(found[0].size > 0.7 && found[0].detail == "median 36 before, 66 now", "{found:?}");
        assert!(drift(&before, &before).is_empty());
        let mut old = serde_json::to_value(&before).unwrap();
        old["columns"][1].as_object_mut().unwrap().remove("spread");
        let old: Profile = serde_json::from_value(old).unwrap();
        assert!(drift(&old, &after).iter().all(|drift| drift.change != "distribution"));
    }
}
