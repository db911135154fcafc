//! Words of names prepared for comparison: their letters, and the skeleton of consonants that spellings of one word share.

/// A folded Latin word with what is compared of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundedWord {
    /// The word, folded.
    pub text: String,
    /// Its consonants, one sign for what different spellings write for one sound; an `a` for a vowel in front.
    pub skeleton: String,
    /// Which letters occur, a bit each.
    pub letters: u32,
    /// Has hardly any vowels, as words from Arabic and Hebrew have: only the skeleton can be compared.
    pub sparse: bool,
    /// Has a digit.
    pub digits: bool,
}

impl SoundedWord {
    /// Prepares a folded word.
    pub fn of(text: &str) -> Self {
        let vowels = text.bytes().filter(|c| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u')).count();
        Self {
            skeleton: skeleton(text.as_bytes()),
            letters: text.bytes().fold(0, |mask, c| mask | letter_bit(c)),
            sparse: text.len() >= 3 && vowels * 5 <= text.len(),
            digits: text.bytes().any(|c| c.is_ascii_digit()),
            text: text.to_owned(),
        }
    }
}

fn letter_bit(c: u8) -> u32 {
    match c {
        b'a'..=b'z' => 1 << (c - b'a'),
        _ => 1 << (26 + c % 6),
    }
}

/// Wladimir and Vladimir, Qaddafi and Gaddafi, Bachar and Bashar, Husayn and Hussein have one skeleton each.
fn skeleton(word: &[u8]) -> String {
    let mut out = String::with_capacity(word.len());
    // A vowel parts two equal consonants: mm in Mohammed is one, m-m in Muammar are two.
    let mut previous = ' ';
    let mut at = 0;
    while let Some(&c) = word.get(at) {
        let next = word.get(at + 1).copied().unwrap_or(b' ');
        let after = word.get(at + 2).copied().unwrap_or(b' ');
        let (sound, length) = consonant(c, next, after, at == 0);
        match sound {
            Some(sound) => {
                if sound != previous {
                    out.push(sound);
                }
                previous = sound;
            }
            None => {
                if at == 0 && c.is_ascii_alphabetic() {
                    out.push('a');
                }
                previous = ' ';
            }
        }
        at += length;
    }
    out
}

/// The sound that starts with letter `c`, `None` for vowels, and how many letters write it.
fn consonant(c: u8, next: u8, after: u8, at_start: bool) -> (Option<char>, usize) {
    let is_vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match (c, next, after) {
        (b's', b'c', b'h') => (Some('x'), 3),
        (b't', b'c', b'h') => (Some('x'), 3),
        (b'd', b'z', b'h') => (Some('x'), 3),
        (b's' | b'c' | b'z', b'h', _) => (Some('x'), 2),
        (b'd', b'j', _) => (Some('x'), 2),
        (b'j', next, _) => (is_vowel(next).then_some('x'), 1),
        (b'p', b'h', _) => (Some('f'), 2),
        (b't', b'h', _) => (Some('t'), 2),
        (b't' | b'd', b's' | b'z', _) => (Some('s'), 2),
        (b'k' | b'g', b'h', _) => (Some('k'), 2),
        (b'c', b'k', _) => (Some('k'), 2),
        (b'c', b'e' | b'i' | b'y', _) => (Some('s'), 1),
        (b'c' | b'k' | b'q' | b'g', ..) => (Some('k'), 1),
        (b'x', ..) => (Some('x'), 1),
        (b's' | b'z', ..) => (Some('s'), 1),
        (b'v' | b'f', ..) => (Some('v'), 1),
        (b'w', next, _) => ((at_start || is_vowel(next)).then_some('v'), 1),
        (b'h', ..) => (at_start.then_some('h'), 1),
        (b'b' | b'd' | b'l' | b'm' | b'n' | b'p' | b'r' | b't', ..) => (Some(char::from(c)), 1),
        (b'0'..=b'9', ..) => (Some(char::from(c)), 1),
        _ => (None, 1),
    }
}

/// Longest words whose edits are counted.
const WORD_BYTES_MAX: usize = 48;

/// How many edits (insertion, deletion, substitution, transposition of neighbours) part two words, where at most two do.
pub fn edits_up_to_two(a: &str, b: &str) -> Option<u8> {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match (shorter, longer) {
        ([], rest) => u8::try_from(rest.len()).ok().filter(|edits| *edits <= 2),
        ([_], [_]) => Some(1),
        ([p, q], [r, s]) => Some(if p == s && q == r { 1 } else { 2 }),
        _ if longer.len() > WORD_BYTES_MAX || longer.len() - shorter.len() > 2 => None,
        _ => counted(shorter, longer),
    }
}

/// Optimal string alignment over short words, three rows at a time.
fn counted(a: &[u8], b: &[u8]) -> Option<u8> {
    let mut before = [0u8; WORD_BYTES_MAX + 1];
    let mut last = [0u8; WORD_BYTES_MAX + 1];
    for (cell, column) in last.iter_mut().zip(0u8..) {
        *cell = column;
    }
    let mut previous = None;
    for (row, x) in (1u8..).zip(a) {
        let mut current = [u8::MAX; WORD_BYTES_MAX + 1];
        let (mut cell, mut least, mut diagonal, mut left_letter, mut swapped_from) = (row, row, row - 1, None, u8::MAX);
        let mut cells = current.iter_mut();
        cells.next().into_iter().for_each(|first| *first = row);
        let above = last.iter().skip(1).zip(before.iter());
        for ((y, out), (&up, &up_before)) in b.iter().zip(cells).zip(above) {
            cell = (up + 1).min(cell + 1).min(diagonal + u8::from(x != y));
            if left_letter == Some(*x) && previous == Some(*y) {
                cell = cell.min(swapped_from.saturating_add(1));
            }
            (*out, least, diagonal, left_letter, swapped_from) = (cell, least.min(cell), up, Some(*y), up_before);
        }
        if least > 2 {
            return None;
        }
        (before, last, previous) = (last, current, Some(*x));
    }
    last.get(b.len()).copied().filter(|edits| *edits <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_share_a_skeleton() {
        let pairs = [
            ("wladimir", "vladimir"),
            ("qaddafi", "gaddafi"),
            ("bachar", "bashar"),
            ("husayn", "hussein"),
            ("mohammed", "muhamad"),
            ("selenskyj", "zelenskyy"),
            ("ahmadinezhad", "ahmadinejad"),
            ("osama", "usama"),
        ];
        for (a, b) in pairs {
            assert_eq!(SoundedWord::of(a).skeleton, SoundedWord::of(b).skeleton, "{a} {b}");
        }
        assert_ne!(SoundedWord::of("maria").skeleton, SoundedWord::of("marta").skeleton);
        assert!(SoundedWord::of("slmn").sparse && !SoundedWord::of("salman").sparse);
    }

    #[test]
    fn edits_are_those_of_the_oracle() {
        let words =
            ["", "a", "ab", "ba", "abc", "acb", "abcd", "badc", "martha", "marhta", "smith", "smyth", "schmidt"];
        for a in words {
            for b in words {
                let expected = u8::try_from(strsim::osa_distance(a, b)).ok().filter(|edits| *edits <= 2);
                assert_eq!(edits_up_to_two(a, b), expected, "{a} {b}");
            }
        }
    }
}
