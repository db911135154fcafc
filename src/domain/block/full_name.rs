//! Same full name, whatever the script and word order. Common names make generic blocks, which other rules cover.

use super::{BlockingRule, KeySink};
use crate::domain::compare::diminutive;
use crate::domain::features::{Features, NameFeature};

/// Keys: the Han name, the sorted pinyin syllables or Latin words, given and family name of a Latin one, short forms written out.
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
            if let Some((one, other)) = ends(name) {
                out.add(&["ends", one, other]);
                // Bob Smith: what Robert Smith has.
                for (form, rest) in [(one, other), (other, one)] {
                    for full in diminutive::full_forms(form) {
                        out.add(&["ends", full.min(rest), full.max(rest)]);
                    }
                }
            }
        }
    }
}

/// Given and family name of a Latin name, in alphabetical order: middle names are left out, or shortened, as often as written.
pub(super) fn ends(name: &NameFeature) -> Option<(&str, &str)> {
    let mut words = name.name.words.iter().filter(|word| word.len() >= 2);
    let (first, last) = match (name.name.given.first(), name.name.family.as_str()) {
        (Some(given), family) if !family.is_empty() => (given.as_str(), family),
        _ => (words.next()?.as_str(), words.next_back()?.as_str()),
    };
    (!name.pinyin && first.len() >= 2).then(|| if first <= last { (first, last) } else { (last, first) })
}
