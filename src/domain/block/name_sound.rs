//! A name that sounds alike: misspelt, shortened, or with its parts in another order.

use super::birth_name::sounds;
use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: all sounds of the name; each sound with the other words' initials and the birth year or month and day.
pub struct NameSoundRule;

impl BlockingRule for NameSoundRule {
    fn code(&self) -> &'static str {
        "name_sound"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for name in features.names.iter().filter(|name| name.sorted_words.len() >= 2) {
            let sounds = sounds(name);
            if !name.pinyin {
                let mut all = sounds.clone();
                all.sort_unstable();
                out.add(&["all", &all.join(" ")]);
            }
            for date in &features.birth_dates {
                let year = date.year.to_string();
                let day = date.full().map(|day| format!("{:02}{:02}", day.month(), day.day()));
                for (position, sound) in sounds.iter().enumerate() {
                    let others = sounds.iter().enumerate().filter(|(other, _)| *other != position);
                    let mut initials: Vec<&str> = others.filter_map(|(_, sound)| sound.get(..1)).collect();
                    initials.sort_unstable();
                    out.add(&["year", sound, &initials.concat(), &year]);
                    out.add(&["day", sound, &initials.concat(), day.as_deref().unwrap_or_default()]);
                }
            }
        }
    }
}
