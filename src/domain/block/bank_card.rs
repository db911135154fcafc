//! Same bank card.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: the card number.
pub struct BankCardRule;

impl BlockingRule for BankCardRule {
    fn code(&self) -> &'static str {
        "bank_card"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for card in &features.bank_cards {
            out.add(&[&card.match_key]);
        }
    }
}
