//! Same birth date. In large sets the day alone is generic, and the rules that add a name or a place take over.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Key: the whole birth date.
pub struct BirthDateRule;

impl BlockingRule for BirthDateRule {
    fn code(&self) -> &'static str {
        "birth_date"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for day in features.birth_dates.iter().filter_map(|date| date.full()) {
            out.add(&[&day.to_string()]);
        }
    }
}
