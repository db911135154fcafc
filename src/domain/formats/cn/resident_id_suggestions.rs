//! Corrections of a mistyped resident identity number: every number one typing error away that fits every rule (check
//! character, region, date), ranked by how likely the error is and by what the record's other attributes say.

use super::resident_id::Parts;
use super::{SUGGESTIONS_MAX, is_digits, one_change_away};
use crate::domain::date::CivilDate;
use crate::domain::finding::Suggestion;
use crate::domain::formats::{check_digit, division};
use crate::domain::record::Gender;

/// The numbers one typing error away that fit every rule, the likeliest first.
pub fn corrections(text: &str) -> Vec<String> {
    let possible = |number: &str| Some((rank(number)? + unlikelihood(text, number), number.to_owned()));
    let mut ranked = match <&[u8; 18]>::try_from(text.as_bytes()).ok().and_then(check_digit::Mod11Sum::of) {
        Some(sum) => changes_that_check(text, &sum).iter().filter_map(|number| possible(number)).collect(),
        None => one_change_away(text, ALPHABET, possible),
    };
    ranked.sort_by_key(|(unlikelihood, _)| *unlikelihood);
    ranked.into_iter().map(|(_, number)| number).collect()
}

const ALPHABET: &[u8] = b"0123456789X";

/// The numbers one adjacent transposition away, then those one substitution away, whose check character fits.
fn changes_that_check(text: &str, sum: &check_digit::Mod11Sum) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut keep = |changes: &[(usize, u8)]| {
        let changed = bytes.iter().enumerate().map(|(position, old)| {
            changes.iter().find(|(changed, _)| *changed == position).map_or(*old, |(_, new)| *new)
        });
        numbers.push(changed.map(char::from).collect());
    };
    for (first, pair) in bytes.windows(2).enumerate() {
        if let [a, b] = *pair
            && a != b
            && sum.holds_with(&[(first, b), (first + 1, a)])
        {
            keep(&[(first, b), (first + 1, a)]);
        }
    }
    for (position, old) in bytes.iter().enumerate() {
        for new in ALPHABET.iter().filter(|new| *new != old && sum.holds_with(&[(position, **new)])) {
            keep(&[(position, *new)]);
        }
    }
    numbers
}

/// The corrections of a number that other attributes of its record support, the best supported first; at most
/// [`SUGGESTIONS_MAX`], each with its reason. See [`rank_with_siblings`] for the attributes.
pub fn suggestions_with_siblings(
    number: &str,
    birth_date: Option<CivilDate>,
    gender: Option<Gender>,
    province: Option<&str>,
) -> Vec<Suggestion> {
    let ranked = rank_with_siblings(corrections(number), birth_date, gender, province);
    let reason = |value: String| {
        let (zh, en) = reason(&value, birth_date, gender, province);
        Suggestion { value: value.into(), reason_zh: zh.into(), reason_en: en.into() }
    };
    ranked.into_iter().take(SUGGESTIONS_MAX).map(reason).collect()
}

/// Ranks corrections by the attributes of the same record: birth date, sex and the province of the address (its short
/// name, `广东`). A correction that contradicts the birth date or the sex is left out as long as another one agrees; the
/// province only ranks, for people move. The order among equals stays; attributes that are `None` say nothing.
pub fn rank_with_siblings(
    suggestions: Vec<String>,
    birth_date: Option<CivilDate>,
    gender: Option<Gender>,
    province: Option<&str>,
) -> Vec<String> {
    let mut judged: Vec<(Support, String)> =
        suggestions.into_iter().map(|number| (Support::of(&number, birth_date, gender, province), number)).collect();
    for agrees in [|support: &Support| support.birth_date, |support: &Support| support.gender] {
        if judged.iter().any(|(support, _)| agrees(support)) {
            judged.retain(|(support, _)| agrees(support));
        }
    }
    judged.sort_by_key(|(support, _)| !support.province);
    judged.into_iter().map(|(_, number)| number).collect()
}

/// Which attributes agree with a number.
struct Support {
    birth_date: bool,
    gender: bool,
    province: bool,
}

impl Support {
    fn of(number: &str, birth_date: Option<CivilDate>, gender: Option<Gender>, province: Option<&str>) -> Self {
        let Some(parts) = Parts::of(number) else { return Self { birth_date: false, gender: false, province: false } };
        let home = division::lookup(parts.region / 10_000 * 10_000).map(|division| division.name);
        let at_home = |province: &str| !province.is_empty() && home.is_some_and(|home| home.starts_with(province));
        Self {
            birth_date: birth_date.is_some() && parts.birth == birth_date,
            gender: gender == Some(parts.gender()),
            province: province.is_some_and(at_home),
        }
    }
}

fn reason(
    number: &str,
    birth_date: Option<CivilDate>,
    gender: Option<Gender>,
    province: Option<&str>,
) -> (String, String) {
    let support = Support::of(number, birth_date, gender, province);
    let agreeing = [
        (support.birth_date, "出生日期", "birth date"),
        (support.gender, "性别", "sex"),
        (support.province, "地址", "address"),
    ];
    let (zh, en): (Vec<&str>, Vec<&str>) =
        agreeing.into_iter().filter(|(agrees, ..)| *agrees).map(|(_, zh, en)| (zh, en)).unzip();
    if zh.is_empty() {
        return ("改动一处后符合全部规则".to_owned(), "one change away and fits every rule".to_owned());
    }
    let zh = format!("改动一处后符合全部规则，且与{}一致", zh.join("、"));
    (zh, format!("one change away, fits every rule and agrees with the {}", en.join(", ")))
}

/// 0 for a number that looks like one in daily use, more for stranger ones, `None` for an impossible one.
pub(super) fn rank(number: &str) -> Option<u32> {
    let shaped = number.len() == 18 && number.get(..17).is_some_and(is_digits);
    let parts = Parts::of(number).filter(|parts| shaped && parts.check_holds())?;
    let birth = parts.birth?;
    let daily_year = u32::from(!(1920..=2025).contains(&birth.year())) * 4;
    if parts.is_foreigner() {
        return Some(daily_year + 8);
    }
    Some(daily_year + u32::from(division::lookup(parts.region)?.abolished) * 2)
}

/// 0 for a transposition (each has the odds of several substitutions) or a confusion of similar digits.
fn unlikelihood(typed: &str, meant: &str) -> u32 {
    const SIMILAR: [&str; 12] = ["08", "06", "17", "14", "38", "35", "56", "58", "68", "69", "49", "23"];
    let mut changed = typed.chars().zip(meant.chars()).filter(|(a, b)| a != b);
    match (changed.next(), changed.next()) {
        (Some((a, b)), None) => u32::from(!SIMILAR.iter().any(|pair| pair.contains(a) && pair.contains(b))),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const MEANT: &str = "11010519491231002X";

    #[test]
    fn siblings_single_out_the_number_that_was_meant() {
        let typed = "11010519491213002X";
        let all = corrections(typed);
        assert!(all.len() > 1 && all.iter().any(|number| number == MEANT), "{all:?}");
        let birth = CivilDate::new(1949, 12, 31);
        let ranked = rank_with_siblings(all.clone(), birth, Some(Gender::Female), Some("北京"));
        assert_eq!(ranked, [MEANT]);
        assert_eq!(rank_with_siblings(all.clone(), None, None, None), all, "nothing known changes nothing");
        let suggestions = suggestions_with_siblings(typed, birth, Some(Gender::Female), Some("北京"));
        assert!(suggestions.iter().all(|s| s.value == MEANT && s.reason_zh.contains("出生日期、性别、地址")));
        let men = rank_with_siblings(all.clone(), None, Some(Gender::Male), None);
        assert!(men.len() < all.len() && men.iter().all(|number| Parts::of(number).unwrap().gender() == Gender::Male));
    }

    #[test]
    fn a_contradiction_drops_only_where_another_agrees() {
        let all = corrections("11010519491213002X");
        let elsewhere = rank_with_siblings(all.clone(), CivilDate::new(1999, 9, 9), None, Some("广东"));
        assert_eq!(elsewhere.len(), all.len());
        assert!(rank_with_siblings(vec!["张三".to_owned()], None, Some(Gender::Male), None).len() == 1);
    }
}
