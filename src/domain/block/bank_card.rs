//! Same bank card.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: the card number.
pub struct BankCardRule;

impl BlockingRule for BankCardRule {
    fn code(&self) -> &'static str {
        "bank_card"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, card) in features.bank_cards.iter().enumerate() {
            out.add_whole(ValueKind::BankCard, place, &[&card.match_key]);
        }
    }
}
