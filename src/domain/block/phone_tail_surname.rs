//! Same last digits of the telephone number and the same surname: area codes and prefixes are often missing or wrong.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: last seven digits and any part of the name.
pub struct PhoneTailSurnameRule;

const TAIL_DIGITS: usize = 7;

impl BlockingRule for PhoneTailSurnameRule {
    fn code(&self) -> &'static str {
        "phone_tail_name"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for phone in &features.phones {
            let start = phone.e164.len().saturating_sub(TAIL_DIGITS);
            let Some(tail) = phone.e164.get(start..) else { continue };
            for word in features.names.iter().flat_map(|name| &name.sorted_words) {
                out.add(&[tail, word]);
            }
        }
    }
}
