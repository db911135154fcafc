//! Identity numbers one typing error apart: they agree in what is left without the part that the error is in.

use super::phone_parts::without;
use super::{BlockingRule, KeyKind, KeySink};
use crate::domain::features::Features;

/// Keys: of a long number what is left without four of its characters; of a short one what is left without one, and the number itself (for
/// a character too many or too few).
pub struct DocumentPartsRule;

/// Shorter numbers have too many accidental neighbours.
const NUMBER_CHARS_MIN: usize = 6;
/// Of shorter ones too little would be left.
const LONG_CHARS_MIN: usize = 14;
/// Characters of a part and steps from one to the next: two characters that changed places stand in one of them.
const PART_CHARS: usize = 4;
const STEP_CHARS: usize = PART_CHARS - 1;

impl BlockingRule for DocumentPartsRule {
    fn code(&self) -> &'static str {
        "document_parts"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for document in &features.documents {
            let number = document.match_key.as_str();
            if !number.is_ascii() || number.len() < NUMBER_CHARS_MIN {
                continue;
            }
            let (chars, step) = match number.len() {
                LONG_CHARS_MIN.. => (PART_CHARS, STEP_CHARS),
                _ => {
                    out.add(&[&document.format, number]);
                    (1, 1)
                }
            };
            // A last part of one character would lie within the one before it.
            for from in (0..=number.len() - chars.min(2)).step_by(step) {
                out.add(&[&document.format, &without(number, from, (from + chars).min(number.len()))]);
            }
        }
    }
}
