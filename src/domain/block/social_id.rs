//! Same social account.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: network and account.
pub struct SocialIdRule;

impl BlockingRule for SocialIdRule {
    fn code(&self) -> &'static str {
        "social_id"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, account) in features.social_ids.iter().enumerate() {
            out.add_whole(ValueKind::SocialId, place, &[&account.format, &account.match_key]);
        }
    }
}
