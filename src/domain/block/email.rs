//! Same e-mail address, or the same longer local part at another domain.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: the match key, and local parts of six or more characters.
pub struct EmailRule;

impl BlockingRule for EmailRule {
    fn code(&self) -> &'static str {
        "email"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, email) in features.emails.iter().map(|email| &email.address).enumerate() {
            out.add_whole(ValueKind::Email, place, &["address", &email.match_key]);
            if email.local.len() >= 6 {
                out.add(&["local", &email.local]);
            }
        }
    }
}
