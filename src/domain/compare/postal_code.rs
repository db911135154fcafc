//! Postal codes that stand in a column of their own.

use super::similarity::one_edit_apart;
use super::{Agreement, Comparator, Level, best};
use crate::domain::features::Features;

/// Compares postal codes.
pub struct PostalCodeComparator;

const LEVELS: &[Level] = &[
    Level::new("exact", "邮编相同", "same postal code"),
    Level::new("one_edit", "邮编差一位", "one character apart"),
    Level::new("different", "邮编不同", "different postal codes"),
];

impl Comparator for PostalCodeComparator {
    fn code(&self) -> &'static str {
        "postal_code"
    }

    fn name_zh(&self) -> &'static str {
        "邮编"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let levels = a.postal_codes.iter().flat_map(|x| {
            b.postal_codes.iter().map(move |y| match level(x, y) {
                0 => (0, x.rarity),
                level => (level, 0),
            })
        });
        out.extend(best(levels));
    }
}

fn level(a: &str, b: &str) -> usize {
    if a == b {
        return 0;
    }
    if one_edit_apart(a, b) { 1 } else { 2 }
}
