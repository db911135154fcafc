//! Same birth date and something of the name.

use smol_str::SmolStr;

use super::{BlockingRule, KeySink};
use crate::domain::date::PartialDate;
use crate::domain::features::{Features, NameFeature};
use crate::domain::text::latin;

/// Keys: birth date with each word's sound, and birth year and month with the whole name.
pub struct BirthNameRule;

impl BlockingRule for BirthNameRule {
    fn code(&self) -> &'static str {
        "birth_name"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for date in &features.birth_dates {
            for name in &features.names {
                if let Some(day) = date.full() {
                    for sound in sounds(name) {
                        out.add(&["day", &day.to_string(), &sound]);
                    }
                }
                if !name.pinyin {
                    for sound in sounds(name).iter().filter(|sound| !sound.ends_with("000")) {
                        part_keys(date.value, sound, out);
                    }
                }
                if !name.name.surname_only && name.sorted_words.len() >= 2 {
                    out.add(&["year", &date.year.to_string(), &name.sorted_words.join(" ")]);
                }
            }
        }
    }
}

/// What each part of a name sounds like: pinyin syllables as they are, other words by Soundex.
pub(super) fn sounds(name: &NameFeature) -> Vec<SmolStr> {
    if name.pinyin {
        return name.sorted_words.clone();
    }
    name.name.words.iter().map(|word| latin::soundex(word).into()).collect()
}

/// One word of the name with two of day, month and year: whoever lacks the other name and has one digit wrong is found all the same.
fn part_keys(date: PartialDate, sound: &str, out: &mut KeySink<'_>) {
    let text = |part: Option<u8>| part.map(|part| part.to_string()).unwrap_or_default();
    let (year, month, day) = (date.year.to_string(), text(date.month), text(date.day));
    out.add(&["year_month", &year, &month, sound]);
    out.add(&["month_day", &month, &day, sound]);
    out.add(&["year_day", &year, &day, sound]);
}
