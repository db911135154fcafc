//! Free attributes: one agreement a label that both records have.

use super::similarity::jaro_winkler_str;
use super::{Agreement, Comparator, Level, best};
use crate::domain::features::{Features, TextFeature};

/// Compares free attributes label by label.
pub struct TextComparator;

const EXACT: usize = 0;

const LEVELS: &[Level] = &[
    Level::new("exact", "内容相同", "same text"),
    Level::new("fuzzy", "内容相近", "nearly the same text"),
    Level::new("different", "内容不同", "different texts"),
];

impl Comparator for TextComparator {
    fn code(&self) -> &'static str {
        "text"
    }

    fn name_zh(&self) -> &'static str {
        "其他属性"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        for (position, TextFeature { label, .. }) in a.texts.iter().enumerate() {
            let first_of_label = a.texts.iter().position(|other| other.label == *label) == Some(position);
            if !first_of_label {
                continue;
            }
            let values = |features: &'a Features| features.texts.iter().filter(move |text| text.label == *label);
            let pairs = values(a).flat_map(|x| values(b).map(move |y| (x, y)));
            let seen = best(pairs.map(|(x, y)| match level(&x.text, &y.text) {
                EXACT => (EXACT, x.rarity),
                level => (level, 0),
            }));
            out.extend(seen.map(|agreement| Agreement { label, ..agreement }));
        }
    }
}

fn level(a: &str, b: &str) -> usize {
    if a == b {
        return EXACT;
    }
    if a.len().min(b.len()) >= 4 && jaro_winkler_str(a, b) >= 920 { 1 } else { 2 }
}
