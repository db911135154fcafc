//! Same identity document.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: format and number.
pub struct DocumentRule;

impl BlockingRule for DocumentRule {
    fn code(&self) -> &'static str {
        "document"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for document in &features.documents {
            out.add(&[&document.format, &document.match_key]);
        }
    }
}
