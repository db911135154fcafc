//! 行政区划代码, administrative division codes of GB/T 2260: two digits of province, two of prefecture, two of county.
//!
//! Codes stay in identity numbers after their abolition, so the table in `division.dat` keeps abolished ones too. It is
//! never complete: a miss is a reason to look, not a proof. Examples: 110105 北京市朝阳区, 110103 北京市崇文区 (to 2009).

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One division code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// The six digits as a number.
    pub code: u32,
    /// Its latest name.
    pub name: &'static str,
    /// No longer in force.
    pub abolished: bool,
    /// The year in which the code came into use; `None`: not known, or the code is as old as the standard.
    pub from_year: Option<u16>,
}

/// The names of every code from the province down.
static FULL_NAMES: LazyLock<FxHashMap<u32, String>> =
    LazyLock::new(|| DIVISIONS.values().map(|division| (division.code, joined_name(division))).collect());

static DIVISIONS: LazyLock<FxHashMap<u32, Division>> = LazyLock::new(|| {
    let divisions = read_table(include_str!("division.dat"));
    divisions.into_iter().map(|division| (division.code, division)).collect()
});

/// Finds a code, in force or abolished.
pub fn lookup(code: u32) -> Option<&'static Division> {
    DIVISIONS.get(&code)
}

/// Whether the first two digits are of a province; 71 is reserved for Taiwan, 81–83 stand on residence permits.
pub fn province_exists(prefix: u32) -> bool {
    matches!(prefix, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Province, city and county of a code as one text (`广东省深圳市罗湖区`); `None` for an unknown code.
pub fn full_name(code: u32) -> Option<&'static str> {
    FULL_NAMES.get(&code).map(String::as_str)
}

fn joined_name(division: &Division) -> String {
    let code = division.code;
    let mut name = String::new();
    for ancestor in [code / 10_000 * 10_000, code / 100 * 100] {
        let parent = if ancestor == code { None } else { lookup(ancestor) };
        // 市辖区 and 县 are rubrics between a municipality and its districts, not places.
        let place = parent.map(|division| division.name).filter(|name| !matches!(*name, "市辖区" | "县"));
        name.push_str(place.unwrap_or_default());
    }
    name.push_str(division.name);
    name
}

/// Reads `code<TAB>name<TAB>from_year<TAB>to_year` lines; of several names of a code the latest counts.
fn read_table(text: &'static str) -> Vec<Division> {
    let mut rows: Vec<Row> = text.lines().filter_map(read_row).collect();
    rows.sort_by_key(|row| (row.code, std::cmp::Reverse(row.to_year)));
    let names_of_a_code = rows.chunk_by(|a, b| a.code == b.code);
    names_of_a_code.filter_map(|names| Some(division_of(names.first()?, names))).collect()
}

fn division_of(latest: &Row, names: &[Row]) -> Division {
    // A code one of whose names has no known beginning may be as old as the standard.
    let first = names.iter().map(|row| row.from_year.unwrap_or_default()).min();
    Division {
        code: latest.code,
        name: latest.name,
        abolished: latest.to_year < IN_FORCE,
        from_year: first.filter(|year| *year > 0),
    }
}

/// One name that a code has had.
struct Row {
    code: u32,
    name: &'static str,
    from_year: Option<u16>,
    to_year: u32,
}

const IN_FORCE: u32 = 10_000;

fn read_row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let code = columns.next()?.parse().ok()?;
    let name = columns.next()?;
    let from_year = columns.next()?.parse().ok();
    let to_year = match columns.next()? {
        "" => IN_FORCE,
        // "?": abolished in an unknown year, later than any known one.
        year => year.parse().unwrap_or(IN_FORCE - 1),
    };
    Some(Row { code, name, from_year, to_year })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_force_and_abolished_are_known() {
        let beijing = |code, name, abolished| Division { code, name, abolished, from_year: None };
        assert_eq!(lookup(110_105), Some(&beijing(110_105, "朝阳区", false)));
        assert_eq!(lookup(110_103), Some(&beijing(110_103, "崇文区", true)));
        assert_eq!(lookup(235_407), None);
        assert!(DIVISIONS.len() > 7_000);
        assert_eq!(DIVISIONS.values().filter(|d| !d.abolished).count(), 3_209, "as many as the package lists");
    }

    #[test]
    fn young_codes_know_their_year() {
        assert_eq!(lookup(500_154).and_then(|division| division.from_year), Some(2016));
        assert!(DIVISIONS.values().filter_map(|d| d.from_year).all(|year| (1949..=2030).contains(&year)));
    }

    #[test]
    fn names_are_joined_from_the_province_down() {
        assert_eq!(full_name(440_303), Some("广东省深圳市罗湖区"));
        assert_eq!(full_name(110_105), Some("北京市朝阳区"));
        assert_eq!(full_name(810_000), Some("香港特别行政区"));
        assert_eq!(full_name(999_999), None);
    }

    #[test]
    fn provinces_with_divisions_exist() {
        assert!(DIVISIONS.values().all(|division| province_exists(division.code / 10_000)));
        assert!(!province_exists(10) && !province_exists(99) && province_exists(71));
    }
}
