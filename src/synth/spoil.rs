//! Small damages to text: a digit, a letter or a Han character wrong, full-width forms, masks.

use super::hanzi::Hanzi;
use super::random::Random;

/// Ways of getting one Han character wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HanSlip {
    /// Same sound and tone.
    Homophone,
    /// Similar sound.
    NearSound,
    /// Similar shape.
    LookAlike,
}

/// Replaces one Han character; false when none of a few tried has a substitute.
pub fn slip_han(text: &mut String, slip: HanSlip, hanzi: &Hanzi, random: &mut Random) -> bool {
    let count = text.chars().count() as u32;
    for _ in 0..6 {
        let at = random.below(count) as usize;
        let Some(original) = text.chars().nth(at) else { return false };
        let substitute = match slip {
            HanSlip::Homophone => hanzi.homophone(original, random),
            HanSlip::NearSound => hanzi.near_sound(original, random),
            HanSlip::LookAlike => hanzi.look_alike(original, random),
        };
        if let Some(substitute) = substitute {
            *text = text.chars().enumerate().map(|(place, c)| if place == at { substitute } else { c }).collect();
            return true;
        }
    }
    false
}

/// A slip of the fingers in a Han text: a character doubled, dropped, moved or taken from a wrong candidate list.
pub fn slip_han_typing(text: &mut String, hanzi: &Hanzi, random: &mut Random) -> bool {
    let mut characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    match random.below(4) {
        0 if length >= 2 => characters.push(characters[length - 1]),
        1 if length >= 3 => {
            characters.remove(1 + random.below(length as u32 - 1) as usize);
        }
        2 if length >= 3 && characters[length - 1] != characters[length - 2] => {
            characters.swap(length - 1, length - 2);
        }
        _ => return slip_han(text, HanSlip::NearSound, hanzi, random),
    }
    *text = characters.into_iter().collect();
    true
}

/// A slip of the fingers in Latin text, behind the first letter.
pub fn slip_latin(text: &mut String, random: &mut Random) -> bool {
    let mut letters: Vec<char> = text.chars().collect();
    let length = letters.len() as u32;
    if length < 4 {
        return false;
    }
    let at = 1 + random.below(length - 2) as usize;
    let [before, here, after] = [letters[at - 1], letters[at], letters[at + 1]];
    match random.below(4) {
        0 if here != after && here.is_alphabetic() && after.is_alphabetic() => letters.swap(at, at + 1),
        1 if here.is_alphanumeric() && before.is_alphanumeric() => {
            letters.remove(at);
        }
        2 if here.is_alphabetic() => letters.insert(at, here),
        _ => {
            let letter = char::from(b'a' + random.below(26) as u8);
            if !here.is_alphabetic() || here == letter {
                return false;
            }
            letters[at] = letter;
        }
    }
    *text = letters.into_iter().collect();
    true
}

/// Writes a western name as it is heard.
pub fn slip_heard(text: &mut String, random: &mut Random) -> bool {
    const HEARD: [(&str, &str); 10] = [
        ("ph", "f"),
        ("th", "t"),
        ("ck", "k"),
        ("ee", "ea"),
        ("son", "sen"),
        ("ie", "y"),
        ("ic", "ik"),
        ("z", "s"),
        ("nn", "n"),
        ("y", "ie"),
    ];
    let start = random.below(HEARD.len() as u32) as usize;
    let mut tried = HEARD.iter().cycle().skip(start).take(HEARD.len());
    let Some((from, to)) = tried.find(|(from, _)| text.contains(from)) else { return false };
    *text = text.replacen(from, to, 1);
    true
}

/// Positions of the ASCII digits of a text from position `from` on.
fn digit_places(text: &str, from: usize) -> Vec<usize> {
    text.bytes().enumerate().filter(|(at, byte)| *at >= from && byte.is_ascii_digit()).map(|(at, _)| at).collect()
}

fn with_byte(text: &str, at: usize, byte: u8) -> String {
    let mut output = String::with_capacity(text.len());
    output.push_str(text.get(..at).unwrap_or(""));
    output.push(char::from(byte));
    output.push_str(text.get(at + 1..).unwrap_or(""));
    output
}

/// Replaces one digit behind `from` by another.
pub fn wrong_digit(text: &mut String, from: usize, random: &mut Random) -> bool {
    let places = digit_places(text, from);
    if places.is_empty() {
        return false;
    }
    let at = random.pick(&places);
    let old = text.as_bytes()[at] - b'0';
    let new = (old + 1 + random.below(9) as u8) % 10;
    *text = with_byte(text, at, b'0' + new);
    true
}

/// Exchanges two neighbouring digits behind `from` that differ.
pub fn transpose_digits(text: &mut String, from: usize, random: &mut Random) -> bool {
    let bytes = text.as_bytes();
    let places: Vec<usize> = digit_places(text, from)
        .into_iter()
        .filter(|&at| bytes.get(at + 1).is_some_and(|next| next.is_ascii_digit() && *next != bytes[at]))
        .collect();
    if places.is_empty() {
        return false;
    }
    let at = random.pick(&places);
    let (left, right) = (bytes[at], bytes[at + 1]);
    let swapped = with_byte(text, at, right);
    *text = with_byte(&swapped, at + 1, left);
    true
}

/// Drops one digit behind `from`.
pub fn drop_digit(text: &mut String, from: usize, random: &mut Random) -> bool {
    let places = digit_places(text, from);
    if places.is_empty() {
        return false;
    }
    text.remove(random.pick(&places));
    true
}

/// Writes ASCII in full-width forms.
pub fn widen(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(u32::from(character) + 0xFEE0).unwrap_or(character),
            _ => character,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_spoiled_one_at_a_time() {
        let mut random = Random::new(1, 1);
        for _ in 0..500 {
            let mut text = String::from("13812345678");
            assert!(wrong_digit(&mut text, 3, &mut random));
            let changed = text.bytes().zip("13812345678".bytes()).filter(|(left, right)| left != right).count();
            assert_eq!((text.len(), changed, &text[..3]), (11, 1, "138"));
            let mut text = String::from("13812345678");
            assert!(transpose_digits(&mut text, 3, &mut random));
            let changed = text.bytes().zip("13812345678".bytes()).filter(|(left, right)| left != right).count();
            assert_eq!(changed, 2);
            assert!(drop_digit(&mut text, 3, &mut random));
            assert_eq!(text.len(), 10);
        }
        assert!(!transpose_digits(&mut String::from("1111"), 0, &mut random));
    }

    #[test]
    fn full_width_forms() {
        assert_eq!(widen("1-A b"), "１－Ａ　ｂ");
    }

    #[test]
    fn names_are_heard_and_typed_wrong() {
        let (hanzi, mut random) = (Hanzi::new(), Random::new(2, 2));
        for _ in 0..200 {
            let mut text = String::from("张建伟");
            if slip_han_typing(&mut text, &hanzi, &mut random) {
                assert_ne!(text, "张建伟");
            }
            let mut text = String::from("Stephanie Smith");
            assert!(slip_heard(&mut text, &mut random));
            assert_ne!(text, "Stephanie Smith");
        }
    }
}
