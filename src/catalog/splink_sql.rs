//! The SQL that Splink 4's comparison library writes for DuckDB and Spark, recognised by its form.

use std::sync::LazyLock;

use regex::Regex;

use super::splink::Grade;

/// What the SQL of one level asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// A value is missing.
    Null,
    /// Everything that is left.
    Else,
    /// All columns are equal.
    Exact { columns: Vec<String> },
    /// Two columns are equal crosswise.
    Swapped { columns: Vec<String> },
    /// An edit distance of at most.
    Edit { columns: Vec<String>, distance: f64 },
    /// A similarity of at least.
    Similar { columns: Vec<String>, threshold: f64 },
    /// The part before the @ is equal.
    SameUser { columns: Vec<String> },
    /// What a pattern takes from the front is equal: sector, district, area of a postcode.
    SamePrefix { columns: Vec<String> },
    /// Sound codes share one.
    SoundsAlike { columns: Vec<String> },
    /// Dates at most so far apart.
    DateWithin { columns: Vec<String>, days: f64 },
}

impl Test {
    /// The columns that it reads.
    pub(super) fn columns(&self) -> &[String] {
        match self {
            Self::Null | Self::Else => &[],
            Self::Exact { columns }
            | Self::Swapped { columns }
            | Self::Edit { columns, .. }
            | Self::Similar { columns, .. }
            | Self::SameUser { columns }
            | Self::SamePrefix { columns }
            | Self::SoundsAlike { columns }
            | Self::DateWithin { columns, .. } => columns,
        }
    }

    /// How alike values are that pass it. Our fuzzy levels ask for a typing error, not for a likeness.
    pub(super) fn grade(&self) -> Grade {
        match self {
            Self::Exact { .. } => Grade::Same,
            Self::Edit { distance, .. } if *distance <= 2.0 => Grade::Close,
            Self::Similar { threshold, .. } if *threshold >= 0.85 => Grade::Close,
            Self::Swapped { .. } | Self::SameUser { .. } | Self::SamePrefix { .. } | Self::SoundsAlike { .. } => {
                Grade::Close
            }
            Self::Null | Self::Else | Self::Edit { .. } | Self::Similar { .. } | Self::DateWithin { .. } => {
                Grade::Other
            }
        }
    }
}

/// Recognises the SQL of a level; `None` for anything that the library does not write.
pub(super) fn recognise(sql: &str) -> Option<Test> {
    let sql = tidy(sql);
    if sql.eq_ignore_ascii_case("else") {
        return Some(Test::Else);
    }
    let mut atoms = sql.split(" OR ").flat_map(|part| part.split(" AND "));
    if atoms.all(|atom| atom.trim_end_matches([')', ' ']).to_ascii_lowercase().ends_with(" is null")) {
        return Some(Test::Null);
    }
    let conditions = conditions(&sql);
    if let [one, other] = conditions.as_slice()
        && let (Some((a, b)), Some((c, d))) = (equal_columns(one), equal_columns(other))
        && a == d
        && b == c
        && a != b
    {
        return Some(Test::Swapped { columns: vec![a, b] });
    }
    let mut tests = conditions.iter().map(|condition| single(condition));
    let first = tests.next()??;
    tests.try_fold(first, |joined, test| both(joined, test?))
}

/// Two conditions at once, of the same form.
fn both(a: Test, b: Test) -> Option<Test> {
    let columns = [a.columns(), b.columns()].concat();
    match (a, b) {
        (Test::Exact { .. }, Test::Exact { .. }) => Some(Test::Exact { columns }),
        (Test::Similar { threshold: x, .. }, Test::Similar { threshold: y, .. }) => {
            Some(Test::Similar { columns, threshold: x.min(y) })
        }
        (Test::Edit { distance: x, .. }, Test::Edit { distance: y, .. }) => {
            Some(Test::Edit { columns, distance: x.max(y) })
        }
        _ => None,
    }
}

/// Without quotes of names, backticks and needless blanks.
fn tidy(sql: &str) -> String {
    let bare: String = sql.chars().filter(|c| !matches!(c, '"' | '`')).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The conditions that AND joins, without the brackets around each.
fn conditions(sql: &str) -> Vec<String> {
    sql.split(" AND ").map(|condition| unwrapped(condition.trim()).to_owned()).collect()
}

fn unwrapped(condition: &str) -> &str {
    match condition.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => unwrapped(inner.trim()),
        None => condition,
    }
}

static EQUAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\w+)_([lr]) = (\w+)_([lr])$").ok());
static DISTANCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let function =
        "levenshtein|damerau_levenshtein|jaro_winkler_similarity|jaro_winkler|jaro_similarity|jaro_sim|jaccard";
    let value = r"(?:NULLIF\(regexp_extract\()?(\w+)_{}(?:, '\^\[\^@\]\+', 0\), ''\))?";
    let (left, right) = (value.replace("{}", "l"), value.replace("{}", "r"));
    Regex::new(&format!(r"^(?i:({function}))\({left}, {right}\) (<=|>=) ([0-9.]+)$")).ok()
});
static EXTRACT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let side = |side: &str| format!(r"NULLIF\((?i:regexp_extract)\((\w+)_{side}, '([^']*)', 0\), ''\)");
    Regex::new(&format!("^{} = {}$", side("l"), side("r"))).ok()
});
static SOUNDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?i:array_length)\((?i:list_intersect)\((\w+)_l, (\w+)_r\)\) >= 1$").ok());
static DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let side = |side: &str| format!(r"(?i:epoch)\((?:try_strptime\()?(\w+)_{side}(?:, '[^']*'\))?\)");
    Regex::new(&format!(r"^(?i:abs)\({} - {}\) <= ([0-9.]+)$", side("l"), side("r"))).ok()
});

/// The left record's column and the right record's column that are compared.
fn equal_columns(condition: &str) -> Option<(String, String)> {
    let [a, side, b, other] = EQUAL.as_ref()?.captures(condition)?.extract().1;
    match (side, other) {
        ("l", "r") => Some((a.to_owned(), b.to_owned())),
        ("r", "l") => Some((b.to_owned(), a.to_owned())),
        _ => None,
    }
}

fn single(condition: &str) -> Option<Test> {
    if let Some((left, right)) = equal_columns(condition) {
        return (left == right).then(|| Test::Exact { columns: vec![left] });
    }
    let number = |text: &str| text.parse::<f64>().ok();
    if let Some(found) = DISTANCE.as_ref()?.captures(condition) {
        let [function, left, right, sign, threshold] = found.extract().1;
        let columns = vec![left.to_owned()];
        let edit = function.to_ascii_lowercase().contains("levenshtein");
        return match (left == right, edit, sign) {
            (true, true, "<=") => Some(Test::Edit { columns, distance: number(threshold)? }),
            (true, false, ">=") => Some(Test::Similar { columns, threshold: number(threshold)? }),
            _ => None,
        };
    }
    if let Some(found) = EXTRACT.as_ref()?.captures(condition) {
        let [left, pattern, right, other] = found.extract().1;
        let columns = vec![left.to_owned()];
        return match (left == right && pattern == other, pattern) {
            (true, "^[^@]+") => Some(Test::SameUser { columns }),
            (true, _) if pattern.starts_with('^') => Some(Test::SamePrefix { columns }),
            _ => None,
        };
    }
    if let Some(found) = SOUNDS.as_ref()?.captures(condition) {
        let [left, right] = found.extract().1;
        return (left == right).then(|| Test::SoundsAlike { columns: vec![left.to_owned()] });
    }
    let [left, right, seconds] = DATES.as_ref()?.captures(condition)?.extract().1;
    (left == right).then_some(())?;
    Some(Test::DateWithin { columns: vec![left.to_owned()], days: number(seconds)? / 86_400.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let one = || vec!["n".to_owned()];
        let two = || vec!["a".to_owned(), "b".to_owned()];
        for (sql, test) in [
            ("ELSE", Test::Else),
            (r#""n_l" IS NULL OR "n_r" IS NULL"#, Test::Null),
            (r#""n_l" = "n_r""#, Test::Exact { columns: one() }),
            (r#"("a_l" = "a_r") AND ("b_l" = "b_r")"#, Test::Exact { columns: two() }),
            (r#""a_l" = "b_r" AND "a_r" = "b_l""#, Test::Swapped { columns: two() }),
            (r#"damerau_levenshtein("n_l", "n_r") <= 1"#, Test::Edit { columns: one(), distance: 1.0 }),
            (r#"jaro_winkler_similarity("n_l", "n_r") >= 0.92"#, Test::Similar { columns: one(), threshold: 0.92 }),
            (r#"jaccard("n_l", "n_r") >= 0.9"#, Test::Similar { columns: one(), threshold: 0.9 }),
            (r#"array_length(list_intersect("n_l", "n_r")) >= 1"#, Test::SoundsAlike { columns: one() }),
            (
                r#"NULLIF(regexp_extract("n_l", '^[^@]+', 0), '') = NULLIF(regexp_extract("n_r", '^[^@]+', 0), '')"#,
                Test::SameUser { columns: one() },
            ),
            (
                r#"ABS(EPOCH(try_strptime("n_l", '%Y-%m-%d')) - EPOCH(try_strptime("n_r", '%Y-%m-%d'))) <= 864000.0"#,
                Test::DateWithin { columns: one(), days: 10.0 },
            ),
        ] {
            assert_eq!(recognise(sql), Some(test), "{sql}");
        }
        for sql in [
            "",
            "1 = 1",
            "a_l = b_r",
            "soundex(n_l) = soundex(n_r)",
            "levenshtein(n_l, n_r) >= 1",
            "n_l = n_r OR n_l IS NULL",
        ] {
            assert_eq!(recognise(sql), None, "{sql}");
        }
    }
}
