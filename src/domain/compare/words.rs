//! Which words of two names are the same, nearly the same, or stand for each other.

use super::similarity::jaro_winkler_str;
use crate::domain::text::sound::{SoundedWord, edits_up_to_two};

/// Words of one name that are compared; the rest of a longer one is not.
pub const WORDS_MAX: usize = 12;

/// How much alike two words are, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Other words.
    None,
    /// Two typing errors apart, or of one sound at best.
    Similar,
    /// One word in two spellings, or mistyped once.
    Alike,
    /// The same letters.
    Equal,
}

/// Compares two words.
pub fn likeness(a: &SoundedWord, b: &SoundedWord) -> Likeness {
    if a.text == b.text {
        return Likeness::Equal;
    }
    let (shorter, longer) = if a.text.len() <= b.text.len() { (a, b) } else { (b, a) };
    // Two numbers that differ are two numbers, however little they differ.
    if shorter.text.len() < 3 || (a.digits && b.digits) {
        return Likeness::None;
    }
    let one_sound = a.skeleton == b.skeleton;
    let edits = match (a.letters ^ b.letters).count_ones() <= 4 {
        true => edits_up_to_two(&a.text, &b.text),
        false => None,
    };
    match edits {
        Some(1) => return Likeness::Alike,
        Some(_) if one_sound && shorter.text.len() >= 5 && shorter.skeleton.len() >= 2 => return Likeness::Alike,
        Some(_) if shorter.text.len() >= 5 => return Likeness::Similar,
        _ => {}
    }
    let sounds = shorter.skeleton.len();
    if (a.sparse || b.sparse) && sounds >= 2 && same_consonants(&a.skeleton, &b.skeleton) {
        return Likeness::Alike;
    }
    let lengths_fit = longer.text.len() - shorter.text.len() <= 3;
    if one_sound && sounds >= 3 && lengths_fit && jaro_winkler_str(&a.text, &b.text) >= 800 {
        return Likeness::Alike;
    }
    Likeness::None
}

/// The same consonants without vowels between: doubled ones count once, and Arabic writes p as b.
fn same_consonants(a: &str, b: &str) -> bool {
    let sounds = |skeleton: &'_ str| {
        let mut previous = ' ';
        let folded: Vec<char> = skeleton.chars().map(|c| if c == 'p' { 'b' } else { c }).collect();
        folded.into_iter().filter(move |c| std::mem::replace(&mut previous, *c) != *c)
    };
    sounds(a).eq(sounds(b))
}

/// Which words of two names belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Pairs of equal words.
    pub equal: u32,
    /// Pairs of one word in two spellings.
    pub alike: u32,
    /// Pairs of similar words.
    pub similar: u32,
    /// Letters that stand for words of the other name.
    pub initials: u32,
    /// Words of the first name without a partner, a bit each.
    pub left_a: u16,
    /// Words of the second name without a partner.
    pub left_b: u16,
}

impl Alignment {
    /// Both names have words that the other lacks.
    pub fn contradicts(&self) -> bool {
        self.left_a != 0 && self.left_b != 0
    }
}

/// Pairs the words of two names, the surest first; `initials` says whether a letter may stand for a word.
pub fn align(a: &[SoundedWord], b: &[SoundedWord], initials: bool) -> Alignment {
    let (a, b) = (a.get(..WORDS_MAX).unwrap_or(a), b.get(..WORDS_MAX).unwrap_or(b));
    let mut out = Alignment { left_a: all(a.len()), left_b: all(b.len()), ..Alignment::default() };
    out.equal = pair_up(a, b, &mut out.left_a, &mut out.left_b, |x, y| x.text == y.text);
    if !out.contradicts() {
        return out;
    }
    out.alike = pair_up(a, b, &mut out.left_a, &mut out.left_b, |x, y| likeness(x, y) == Likeness::Alike);
    if initials && out.contradicts() {
        out.initials = pair_up(a, b, &mut out.left_a, &mut out.left_b, is_initial);
    }
    // One error more needs something that is certain, or strangers would be paired at every price.
    if out.contradicts() {
        out.similar = pair_up(a, b, &mut out.left_a, &mut out.left_b, |x, y| likeness(x, y) == Likeness::Similar);
    }
    if out.contradicts() {
        pair_joined(a, b, &mut out);
    }
    out
}

fn all(words: usize) -> u16 {
    (1u16 << words) - 1
}

fn pair_up(
    a: &[SoundedWord],
    b: &[SoundedWord],
    left_a: &mut u16,
    left_b: &mut u16,
    fits: impl Fn(&SoundedWord, &SoundedWord) -> bool,
) -> u32 {
    let mut pairs = 0;
    for (i, x) in a.iter().enumerate() {
        if *left_a & (1 << i) == 0 {
            continue;
        }
        let partner = b.iter().enumerate().find(|(j, y)| *left_b & (1 << j) != 0 && fits(x, y));
        if let Some((j, _)) = partner {
            *left_a &= !(1 << i);
            *left_b &= !(1 << j);
            pairs += 1;
        }
    }
    pairs
}

fn is_initial(a: &SoundedWord, b: &SoundedWord) -> bool {
    let (short, long) = if a.text.len() <= b.text.len() { (a, b) } else { (b, a) };
    short.text.len() == 1 && long.text.starts_with(short.text.as_str())
}

/// Words that one name writes as one and the other apart: van der Bilt, Patr ushev; JC for Jean-Claude.
fn pair_joined(a: &[SoundedWord], b: &[SoundedWord], out: &mut Alignment) {
    let mut joined = join(a, b, &mut out.left_a, &mut out.left_b);
    if out.contradicts() {
        let other = join(b, a, &mut out.left_b, &mut out.left_a);
        joined = (joined.0 + other.0, joined.1 + other.1, joined.2 + other.2);
    }
    out.equal += joined.0;
    out.alike += joined.1;
    out.initials += joined.2;
}

/// Pairs runs of two to four neighbouring words with one word of the other name: (equal, alike, as initials).
fn join(parts: &[SoundedWord], wholes: &[SoundedWord], left_parts: &mut u16, left_wholes: &mut u16) -> (u32, u32, u32) {
    let mut pairs = (0, 0, 0);
    for (at, whole) in wholes.iter().enumerate().filter(|(_, whole)| whole.text.len() >= 2) {
        if *left_wholes & (1 << at) == 0 {
            continue;
        }
        for length in (2..=4usize).rev() {
            let run = |start: usize| all(length) << start;
            let starts = 0..(parts.len() + 1).saturating_sub(length);
            let found = starts.filter(|start| *left_parts & run(*start) == run(*start)).find_map(|start| {
                let words = parts.get(start..start + length)?;
                Some((start, joined_likeness(words, whole)?))
            });
            if let Some((start, kind)) = found {
                *left_parts &= !run(start);
                *left_wholes &= !(1 << at);
                match kind {
                    Joined::Equal => pairs.0 += 1,
                    Joined::Alike => pairs.1 += 1,
                    Joined::Initials => pairs.2 += 1,
                }
                break;
            }
        }
    }
    pairs
}

enum Joined {
    Equal,
    Alike,
    Initials,
}

fn joined_likeness(words: &[SoundedWord], whole: &SoundedWord) -> Option<Joined> {
    let length: usize = words.iter().map(|word| word.text.len()).sum();
    if whole.text.len() == words.len()
        && words.iter().zip(whole.text.bytes()).all(|(word, letter)| word.text.as_bytes().first() == Some(&letter))
    {
        return Some(Joined::Initials);
    }
    let letters = words.iter().fold(0, |mask, word| mask | word.letters);
    if length.abs_diff(whole.text.len()) > 1 || (letters ^ whole.letters).count_ones() > 2 {
        return None;
    }
    let joined: String = words.iter().map(|word| word.text.as_str()).collect();
    match edits_up_to_two(&joined, &whole.text)? {
        0 => Some(Joined::Equal),
        1 if length >= 6 => Some(Joined::Alike),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<SoundedWord> {
        text.split(' ').map(SoundedWord::of).collect()
    }

    #[test]
    fn words_are_equal_alike_or_similar() {
        let compared = |a, b| likeness(&SoundedWord::of(a), &SoundedWord::of(b));
        assert_eq!(compared("smith", "smith"), Likeness::Equal);
        assert_eq!(compared("smith", "smyth"), Likeness::Alike);
        assert_eq!(compared("husayn", "hussein"), Likeness::Alike);
        assert_eq!(compared("frnndw", "fernando"), Likeness::Alike);
        assert_eq!(compared("merkur", "merkel"), Likeness::Similar);
        assert_eq!(compared("donald", "daniel"), Likeness::None);
        assert_eq!(compared("2004", "2005"), Likeness::None);
        assert_eq!(compared("li", "le"), Likeness::None);
    }

    #[test]
    fn names_are_aligned() {
        let aligned = |a, b| align(&words(a), &words(b), true);
        let seen = aligned("jean claude juncker", "jc juncker");
        assert_eq!((seen.equal, seen.initials, seen.contradicts()), (1, 1, false));
        let seen = aligned("vanderbilt corp", "van der bilt corp");
        assert_eq!((seen.equal, seen.left_a, seen.left_b), (2, 0, 0));
        let seen = aligned("sergey viktorovich lavrov", "sergey ivanovich lavrov");
        assert!(seen.contradicts() && seen.equal == 2);
        let seen = aligned("anna maria rossi", "rossi anna");
        assert_eq!((seen.equal, seen.left_a, seen.left_b), (2, 0b010, 0));
    }
}
