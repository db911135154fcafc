//! 长途区号, area codes of the fixed telephone network of mainland China, with the length of local numbers.
//!
//! Source: `area_codes.dat` (its header says whence); merged codes and the years of longer numbers from memory. Local
//! numbers have 7 digits, in large cities 8; where a city moves from 7 to 8 both occur.

use std::sync::LazyLock;

use crate::domain::finding::{Defect, Finding, Validity};

/// One area code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The code without its trunk zero.
    pub code: u32,
    /// Whether local numbers have 7 digits.
    pub seven: bool,
    /// Whether local numbers have 8 digits.
    pub eight: bool,
    /// Province and the largest city.
    pub name: &'static str,
    /// Short names of other cities that have the code, separated by blanks.
    pub others: &'static str,
}

const TABLE: &str = include_str!("area_codes.dat");

static AREAS: LazyLock<Vec<Area>> = LazyLock::new(|| TABLE.lines().filter_map(read).collect());

/// Finds an area code.
pub fn lookup(code: u32) -> Option<&'static Area> {
    AREAS.binary_search_by_key(&code, |area| area.code).ok().and_then(|position| AREAS.get(position))
}

/// The area whose largest city has this short name (深圳, 延边); smaller cities that share a code are known too.
pub fn of_city(short_name: &str) -> Option<&'static Area> {
    let ends = |rest: &str| matches!(rest, "" | "市" | "州" | "地区" | "盟") || rest.ends_with("自治州");
    let named = |area: &&Area| city_of(area.name).strip_prefix(short_name).is_some_and(ends);
    if short_name.is_empty() {
        return None;
    }
    let shares = |area: &&Area| area.others.split(' ').any(|city| city == short_name);
    AREAS.iter().find(named).or_else(|| AREAS.iter().find(shares))
}

/// What follows the province in an area's name.
fn city_of(name: &'static str) -> &'static str {
    let after_province = name.split_once('省').map(|(_, city)| city);
    let regions = ["内蒙古", "广西", "西藏", "宁夏", "新疆"];
    let in_region = || regions.iter().find_map(|region| name.strip_prefix(region));
    after_province.or_else(in_region).unwrap_or(name)
}

/// The code that an abolished one was merged into, and the year, where it is known.
pub fn merged_into(code: u32) -> Option<(u32, Option<u32>)> {
    Some(match code {
        378 => (371, Some(2013)),
        410 | 413 => (24, Some(2011)),
        414 => (24, None),
        448 => (435, None),
        565 => (551, Some(2011)),
        634 => (531, None),
        732 | 733 => (731, Some(2009)),
        852 | 853 => (851, None),
        899 => (898, None),
        910 => (29, Some(2006)),
        _ => return None,
    })
}

/// A number that is none today, but was or nearly is one: its area code was abolished, or it has 7 digits where 8 are
/// needed. `None` for every other number. The suggestion is today's number, as far as it can be guessed.
pub fn of_before(code: u32, local: &str) -> Option<(Validity, Finding)> {
    let subscriber = matches!(local.len(), 7 | 8) && local.starts_with(|c| matches!(c, '2'..='8'));
    if !subscriber || !local.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some((new, year)) = merged_into(code) {
        let in_zh = year.map(|year| format!("（{year} 年）")).unwrap_or_default();
        let in_en = year.map(|year| format!(" in {year}")).unwrap_or_default();
        let (zh, en) = (format!("区号 0{code} 已并入 0{new}{in_zh}"), format!("0{code} was merged into 0{new}{in_en}"));
        let finding = Finding::with_detail(Defect::Historic, zh, en);
        return Some((
            Validity::Suspect,
            finding.suggest(renumbered(new, local), "改用新区号", "with the new area code"),
        ));
    }
    let eight_only = local.len() == 7 && lookup(code).is_some_and(|area| !area.seven);
    if !eight_only {
        return None;
    }
    let digit = lengthening_digit(code);
    let (validity, finding) = if is_lengthened_late(code) {
        let (zh, en) = ("升位前的 7 位号码", "of before the city went to 8 digits");
        (Validity::Suspect, Finding::with_detail(Defect::Historic, zh, en))
    } else {
        let (zh, en) = ("该地号码为 8 位，少一位", "numbers have 8 digits there; one is missing");
        (Validity::Invalid, Finding::with_detail(Defect::Length, zh, en))
    };
    let (zh, en) = (format!("升位时多在前面加 {digit}"), format!("most numbers got a {digit} in front"));
    Some((validity, finding.suggest(renumbered(code, local), zh, en)))
}

/// A local number under an area code of today, lengthened where the area has 8 digits only.
fn renumbered(code: u32, local: &str) -> String {
    let longer = local.len() == 7 && lookup(code).is_some_and(|area| !area.seven);
    let digit = if longer { lengthening_digit(code).to_string() } else { String::new() };
    format!("0{code}-{digit}{local}")
}

/// Whether local numbers went from 7 to 8 digits so late (about 2003 and after, from memory) that records still hold
/// old ones.
fn is_lengthened_late(code: u32) -> bool {
    const LATE: [u32; 21] =
        [311, 371, 377, 379, 411, 431, 432, 433, 435, 451, 531, 532, 551, 591, 595, 731, 754, 791, 851, 871, 898];
    LATE.binary_search(&code).is_ok()
}

/// The digit that most numbers of an area got in front when they went from 7 to 8 digits (from memory); else 8.
fn lengthening_digit(code: u32) -> char {
    match code {
        22 | 24 | 755 => '2',
        10 | 21 | 23 | 371 | 432 | 551 | 871 => '6',
        _ => '8',
    }
}

fn read(row: &'static str) -> Option<Area> {
    let mut columns = row.split('\t');
    let code = columns.next()?.parse().ok()?;
    let lengths = columns.next()?;
    let (seven, eight) = (lengths.contains('7'), lengths.contains('8'));
    Some(Area { code, seven, eight, name: columns.next()?, others: columns.next().unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ordered_and_complete() {
        assert!(AREAS.is_sorted_by(|a, b| a.code < b.code));
        assert_eq!(AREAS.len(), TABLE.lines().filter(|row| !row.starts_with('#')).count());
        assert_eq!(lookup(10).map(|area| (area.name, area.seven, area.eight)), Some(("北京市", false, true)));
        assert_eq!(lookup(500), None);
        for old in 100..1_000 {
            let merged = merged_into(old);
            assert!(merged.is_none_or(|(code, _)| lookup(code).is_some() && lookup(old).is_none()), "{old}");
        }
    }

    #[test]
    fn cities_have_their_codes() {
        let cases =
            [("北京", 10), ("深圳", 755), ("吉林", 432), ("长春", 431), ("延边", 433), ("湘潭", 731), ("海南", 974)];
        for (city, code) in cases {
            assert_eq!(of_city(city).map(|area| area.code), Some(code), "{city}");
        }
        assert_eq!(of_city("河南"), None);
        assert_eq!(of_city("呼和"), None);
        assert_eq!(of_city(""), None);
        assert!(is_lengthened_late(791) && !is_lengthened_late(755));
    }
}
