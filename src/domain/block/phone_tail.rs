//! Same last digits of the telephone number: area codes and prefixes are often missing or wrong.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: the last seven digits.
pub struct PhoneTailRule;

const TAIL_DIGITS: usize = 7;

impl BlockingRule for PhoneTailRule {
    fn code(&self) -> &'static str {
        "phone_tail"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for phone in &features.phones {
            let start = phone.e164.len().saturating_sub(TAIL_DIGITS);
            out.add(&[phone.e164.get(start..).unwrap_or_default()]);
        }
    }
}
