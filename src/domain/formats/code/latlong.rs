//! 经纬度, Latitude and longitude.
//!
//! Structure: latitude (−90 to 90), comma, longitude (−180 to 180), as decimal degrees or as degrees, minutes and seconds
//! with the letter of the hemisphere; brackets around both are allowed. No check digit. A pair that only fits the other
//! way round is wrong, with the swapped one suggested: Chinese maps write the longitude first.
//! Source: ISO 6709:2022 (from memory, 2026-11-22). Examples: 39.9042,116.4074; 39°54′15″N, 116°24′27″E.

use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, shape};
use crate::domain::text::width;

/// 经纬度.
pub const FORMAT: Declared = Declared {
    code: "code.latlong",
    name_zh: "经纬度",
    name_en: "Latitude and longitude",
    source: "ISO 6709",
    example: "39.9042,116.4074",
    check_digit: false,
    check,
};

/// Characters of one number: more decimals name no place.
const NUMBER_LENGTH_MAX: usize = 32;

fn check(input: &str) -> Checked {
    let text = width::to_halfwidth(input).replace('−', "-").trim().to_owned();
    let bare = match (text.strip_prefix('('), text.strip_suffix(')')) {
        (Some(_), Some(_)) => text.trim_start_matches('(').trim_end_matches(')'),
        (None, None) => text.as_str(),
        _ => return shape::wrong_shape(text),
    };
    let Some((first, second)) = bare.split_once(',') else { return shape::wrong_shape(text) };
    let (first, second) = (first.trim(), second.trim());
    let read =
        |text: &str, limit: f64, letters: [char; 2]| decimal(text, limit).or_else(|| sexagesimal(text, limit, letters));
    let normal = |latitude: &str, longitude: &str| {
        Some(format!("{},{}", read(latitude, 90.0, ['N', 'S'])?, read(longitude, 180.0, ['E', 'W'])?))
    };
    match (normal(first, second), normal(second, first)) {
        (Some(normal), _) => {
            let mut checked = Checked::valid(normal);
            if checked.normal != input {
                checked.act(Action::SeparatorsNormalized);
            }
            checked
        }
        (None, Some(swapped)) => {
            let finding = Finding::with_detail(Defect::Component, "纬度超出范围", "no such latitude");
            Checked::invalid(text, finding.suggest(swapped, "经纬度颠倒", "latitude and longitude swapped"))
        }
        (None, None) => shape::wrong_component(text, "经纬度不存在", "no such latitude or longitude"),
    }
}

/// A decimal number within ± the limit, without needless zeros in front.
fn decimal(text: &str, limit: f64) -> Option<String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let fits = shape::is_digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(shape::is_digits)
        && text.len() <= NUMBER_LENGTH_MAX;
    let value: f64 = unsigned.parse().ok().filter(|value| fits && *value <= limit)?;
    let sign = if text.starts_with('-') && value > 0.0 { "-" } else { "" };
    Some(format!("{sign}{unsigned}"))
}

/// Degrees, minutes and seconds with a letter; only the last of them may have decimals. As decimal degrees.
fn sexagesimal(text: &str, limit: f64, [positive, negative]: [char; 2]) -> Option<String> {
    let upper = text.to_uppercase();
    let letter = upper.chars().next_back().filter(|c| *c == positive || *c == negative)?;
    let mut rest = upper.strip_suffix(letter)?.trim_end();
    let mut degrees = 0.0;
    let mut unit = 1.0;
    let marks: [&[char]; 3] = [&['°', 'º'], &['′', '\'', '’'], &['″', '"', '”']];
    for (place, mark) in marks.iter().enumerate() {
        if rest.is_empty() && place > 0 {
            break;
        }
        let (number, after) = rest.split_once(*mark)?;
        let number = number.trim();
        let after = after.trim_start();
        let is_whole = shape::is_digits(number);
        let is_last_with_decimals = after.is_empty()
            && number
                .split_once('.')
                .is_some_and(|(whole, fraction)| shape::is_digits(whole) && shape::is_digits(fraction));
        let value: f64 = number.parse().ok().filter(|_| is_whole || is_last_with_decimals)?;
        if number.len() > NUMBER_LENGTH_MAX || place > 0 && value >= 60.0 {
            return None;
        }
        degrees += value / unit;
        unit *= 60.0;
        rest = after;
    }
    let sign = if letter == negative && degrees > 0.0 { "-" } else { "" };
    (rest.is_empty() && degrees <= limit).then(|| format!("{sign}{degrees:.7}"))
}
