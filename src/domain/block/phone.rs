//! Same telephone number.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: the E.164 number without extension.
pub struct PhoneRule;

impl BlockingRule for PhoneRule {
    fn code(&self) -> &'static str {
        "phone"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for phone in &features.phones {
            out.add(&[&phone.e164]);
        }
    }
}
