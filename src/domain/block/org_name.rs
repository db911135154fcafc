//! Organisations whose names begin alike.

use super::{BlockingRule, KeyKind, KeySink};
use crate::domain::features::Features;

/// Keys: the whole core, and its first characters (two Han or five Latin ones).
pub struct OrgNameRule;

impl BlockingRule for OrgNameRule {
    fn code(&self) -> &'static str {
        "org_name"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for org in &features.orgs {
            out.add(&["core", &org.name.core]);
            let prefix_chars = if org.name.core.is_ascii() { 5 } else { 2 };
            let prefix: String = org.core.iter().take(prefix_chars).collect();
            out.add(&["prefix", &prefix]);
        }
    }
}
