//! Bank cards: people hold several, so a difference says little.

use super::{Agreement, Comparator, Level, best};
use crate::domain::features::Features;

/// Compares card numbers.
pub struct BankCardComparator;

const LEVELS: &[Level] =
    &[Level::new("exact", "卡号相同", "same card"), Level::new("different", "卡号不同", "different cards")];

impl Comparator for BankCardComparator {
    fn code(&self) -> &'static str {
        "bank_card"
    }

    fn name_zh(&self) -> &'static str {
        "银行卡"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.bank_cards.iter().flat_map(|x| b.bank_cards.iter().map(move |y| (x, y)));
        let levels = pairs.map(|(x, y)| match x.match_key == y.match_key {
            true => (0, x.rarity),
            false => (1, 0),
        });
        out.extend(best(levels));
    }
}
