//! Texts unlike the others of their column: of another length, of a pattern that hardly any other value has, with characters of another kind.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Outlier;
use crate::domain::text::han::is_han;

/// Fewer values have nothing unusual: one of them would be more than one of a hundred.
const VALUES_MIN: u64 = 100;
/// A pattern or kind of character is rare below this share of the values …
const RARE_PERCENT: u64 = 1;
/// … where patterns that are not cover at least this one; other columns have no patterns to speak of.
const COMMON_PERCENT_MIN: u64 = 90;
/// Interquartile ranges beyond a quartile from which a length is unusual: the outer fences of Tukey (1977), see `spread.rs`.
const FENCE_RANGES: u64 = 3;
/// Patterns named and values shown.
const SHOWN_MAX: usize = 3;

/// Kinds of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Digit,
    WideDigitOrLetter,
    Latin,
    Han,
    Kana,
    Hangul,
    Cyrillic,
    Greek,
    OtherLetter,
    Blank,
    Punctuation,
    Symbol,
    /// Control and formatting characters, private use, what stands for bytes that were no text.
    Hidden,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::Digit,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '０'..='９' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Self::WideDigitOrLetter,
            c if is_han(c) => Self::Han,
            '\u{3041}'..='\u{30ff}' => Self::Kana,
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Self::Hangul,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{370}'..='\u{3ff}' => Self::Greek,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Self::Hidden,
            '\u{feff}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => Self::Hidden,
            c if c.is_whitespace() => Self::Blank,
            c if c.is_control() => Self::Hidden,
            c if c.is_alphabetic() => Self::OtherLetter,
            c if c.is_ascii_punctuation() => Self::Punctuation,
            '·' | '\u{2010}'..='\u{201f}' | '\u{2026}' | '\u{3000}'..='\u{301f}' | '\u{ff01}'..='\u{ff20}' => {
                Self::Punctuation
            }
            _ => Self::Symbol,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Digit => "digits",
            Self::WideDigitOrLetter => "full-width digits or letters",
            Self::Latin => "Latin letters",
            Self::Han => "Han characters",
            Self::Kana => "kana",
            Self::Hangul => "hangul",
            Self::Cyrillic => "Cyrillic letters",
            Self::Greek => "Greek letters",
            Self::OtherLetter => "letters of other scripts",
            Self::Blank => "blanks",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbols",
            Self::Hidden => "invisible or control characters",
        }
    }
}

/// What is unusual among different values, each with how often it occurs; `show` masks.
pub fn of(
    counts: &[(&str, u64)],
    patterns: &HashMap<String, u64>,
    pattern: impl Fn(&str) -> String,
    show: &dyn Fn(&str) -> String,
) -> Vec<Outlier> {
    let filled: u64 = counts.iter().map(|(_, count)| count).sum();
    if filled < VALUES_MIN {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(lengths(counts, filled, show));
    let rare = |count: u64| count * 100 < filled * RARE_PERCENT;
    let common: u64 = patterns.values().filter(|count| !rare(**count)).sum();
    if common < filled && common * 100 >= filled * COMMON_PERCENT_MIN {
        let is_rare = |value: &str| patterns.get(&pattern(value)).is_some_and(|count| rare(*count));
        let mut named: Vec<(&String, &u64)> = patterns.iter().filter(|(_, count)| rare(**count)).collect();
        named.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let more = if named.len() > SHOWN_MAX { ", …" } else { "" };
        let named: Vec<String> = named.iter().take(SHOWN_MAX).map(|(text, count)| format!("{text} ×{count}")).collect();
        found.extend(outlier("pattern", format!("{}{more}", named.join(", ")), counts, is_rare, show));
    }
    let mut kinds: BTreeMap<Kind, u64> = BTreeMap::new();
    for (value, count) in counts {
        let present: BTreeSet<Kind> = value.chars().map(Kind::of).collect();
        present.into_iter().for_each(|kind| *kinds.entry(kind).or_default() += count);
    }
    for (kind, count) in kinds {
        if rare(count) || kind == Kind::Hidden {
            let has = |value: &str| value.chars().any(|c| Kind::of(c) == kind);
            found.extend(outlier("characters", kind.code().to_owned(), counts, has, show));
        }
    }
    found
}

fn lengths(counts: &[(&str, u64)], filled: u64, show: &dyn Fn(&str) -> String) -> Option<Outlier> {
    let length = |value: &str| value.chars().count() as u64;
    let mut lengths: BTreeMap<u64, u64> = BTreeMap::new();
    for (value, count) in counts {
        *lengths.entry(length(value)).or_default() += count;
    }
    let quantile = |percent: u64| {
        let mut below = 0;
        let reached = lengths.iter().find(|(_, count)| {
            below += **count;
            below * 100 >= filled * percent
        });
        reached.map_or(0, |(length, _)| *length)
    };
    let (lower, upper) = (quantile(25), quantile(75));
    // Values of one length have no range; a character more or less is a range then.
    let range = FENCE_RANGES * (upper - lower).max(1);
    let (low, high) = (lower.saturating_sub(range), upper + range);
    let is_far = |value: &str| !(low..=high).contains(&length(value));
    outlier("length", format!("shorter than {low} or longer than {high} characters"), counts, is_far, show)
}

/// The values that are unusual in one way, the most frequent shown; nothing where there are none.
fn outlier(
    rule: &str,
    detail: String,
    counts: &[(&str, u64)],
    is_unusual: impl Fn(&str) -> bool,
    show: &dyn Fn(&str) -> String,
) -> Option<Outlier> {
    let mut unusual: Vec<&(&str, u64)> = counts.iter().filter(|(value, _)| is_unusual(value)).collect();
    if unusual.is_empty() {
        return None;
    }
    let count = unusual.iter().map(|(_, count)| count).sum();
    unusual.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let examples = unusual.into_iter().take(SHOWN_MAX).map(|(value, _)| show(value)).collect();
    Some(Outlier { rule: rule.to_owned(), detail, count, examples })
}
