//! Same identity document.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: format and number.
pub struct DocumentRule;

impl BlockingRule for DocumentRule {
    fn code(&self) -> &'static str {
        "document"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, document) in features.documents.iter().enumerate() {
            out.add_whole(ValueKind::Document, place, &[&document.format, &document.match_key]);
        }
    }
}
