//! Same telephone number.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: the E.164 number without extension.
pub struct PhoneRule;

impl BlockingRule for PhoneRule {
    fn code(&self) -> &'static str {
        "phone"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, phone) in features.phones.iter().enumerate() {
            out.add_whole(ValueKind::Phone, place, &[&phone.e164]);
        }
    }
}
