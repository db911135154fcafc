//! Same value of a free attribute beside a part of the name.

use super::birth_name::sounds;
use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: label, text and each part of the name.
pub struct TextNameRule;

impl BlockingRule for TextNameRule {
    fn code(&self) -> &'static str {
        "text_name"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for text in &features.texts {
            for name in &features.names {
                for sound in sounds(name) {
                    out.add(&[&text.label, &text.text, &sound]);
                }
            }
        }
    }
}
