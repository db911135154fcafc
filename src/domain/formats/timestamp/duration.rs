//! 时长, duration as in RFC 3339, appendix A: `P1Y2M3D`, `PT4H5M6S`, `P2W`.
//!
//! Structure: P, then years, months and days, then T with hours, minutes and seconds; or weeks alone. Units stand in
//! their order and none between the first and the last may be missing; whole numbers without signs.
//! Source: RFC 3339 appendix A (from memory, 2026-11-22). Examples: P1Y2M3DT4H5M6S, P2W.

use super::clock::Cursor;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, shape};

/// 时长.
pub const FORMAT: Declared = Declared {
    code: "timestamp.duration",
    name_zh: "时长",
    name_en: "duration",
    source: "RFC 3339 appendix A",
    example: "P1Y2M3D",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    if fits(input) == Some(true) { Checked::valid(input) } else { shape::wrong_shape(input.to_owned()) }
}

fn fits(input: &str) -> Option<bool> {
    let mut cursor = Cursor::new(input);
    cursor.one_of(&['P'])?;
    if input.ends_with('W') {
        cursor.digit_run()?;
        cursor.one_of(&['W'])?;
        return Some(cursor.rest().is_empty());
    }
    let days = units(&mut cursor, ['Y', 'M', 'D'])?;
    if cursor.rest().is_empty() {
        return Some(days);
    }
    cursor.one_of(&['T'])?;
    Some(units(&mut cursor, ['H', 'M', 'S'])? && cursor.rest().is_empty())
}

/// Numbers with these units, in order and without a gap; whether there was one. `None` on anything else.
fn units(cursor: &mut Cursor, names: [char; 3]) -> Option<bool> {
    let mut next: Option<usize> = None;
    while cursor.rest().starts_with(|c: char| c.is_ascii_digit()) {
        cursor.digit_run()?;
        let unit = cursor.one_of(&names)?;
        let place = names.iter().position(|name| *name == unit)?;
        if next.is_some_and(|next| next != place) {
            return None;
        }
        next = Some(place + 1);
    }
    Some(next.is_some())
}
