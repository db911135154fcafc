//! Telephone numbers one typing error apart: their one-deletion neighbourhoods meet, which an index look-up finds.

use super::{BlockingRule, KeyKind, KeySink};
use crate::domain::features::Features;

/// Keys: the national part with each single digit left out.
pub struct PhoneDeletionRule;

impl BlockingRule for PhoneDeletionRule {
    fn code(&self) -> &'static str {
        "phone_deletion"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for phone in features.phones.iter().filter(|phone| phone.mobile && phone.e164.is_ascii()) {
            out.add(&[&phone.e164]);
            deletions(&phone.e164, |neighbour| out.add(&[neighbour]));
        }
    }
}

/// Calls `each` with every text that leaves one character of an ASCII text out; runs of one character give one text.
pub(super) fn deletions(text: &str, mut each: impl FnMut(&str)) {
    let mut previous = None;
    let mut neighbour = String::with_capacity(text.len());
    for (position, character) in text.char_indices() {
        if previous.replace(character) == Some(character) {
            continue;
        }
        let (head, tail) = text.split_at(position);
        neighbour.clear();
        neighbour.push_str(head);
        neighbour.push_str(tail.get(character.len_utf8()..).unwrap_or_default());
        each(&neighbour);
    }
}
