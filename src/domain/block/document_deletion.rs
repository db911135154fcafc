//! Identity numbers one typing error apart: they agree once one character is deleted from each.

use super::{BlockingRule, KeyKind, KeySink};
use crate::domain::features::Features;

/// Keys: the number with each single character left out, and the number itself (for a character too many or too few).
pub struct DocumentDeletionRule;

/// Shorter numbers have too many accidental neighbours.
const NUMBER_CHARS_MIN: usize = 6;

impl BlockingRule for DocumentDeletionRule {
    fn code(&self) -> &'static str {
        "document_deletion"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for document in &features.documents {
            let number = document.match_key.as_str();
            if number.is_ascii() && number.len() >= NUMBER_CHARS_MIN {
                out.add(&[&document.format, number]);
                super::phone_deletion::deletions(number, |neighbour| out.add(&[&document.format, neighbour]));
            }
        }
    }
}
