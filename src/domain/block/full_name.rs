//! Same full name, whatever the script and word order. Common names make generic blocks, which other rules cover.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: the Han name, and the sorted pinyin syllables or Latin words.
pub struct FullNameRule;

impl BlockingRule for FullNameRule {
    fn code(&self) -> &'static str {
        "full_name"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for name in features.names.iter().filter(|name| !name.name.surname_only) {
            let folded: String = name.han_folded.iter().collect();
            out.add(&["han", &folded]);
            if name.sorted_words.len() >= 2 {
                out.add(&["words", &name.sorted_words.join(" ")]);
            }
        }
    }
}
