//! Same social account.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: network and account.
pub struct SocialIdRule;

impl BlockingRule for SocialIdRule {
    fn code(&self) -> &'static str {
        "social_id"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for account in &features.social_ids {
            out.add(&[&account.format, &account.match_key]);
        }
    }
}
