//! Chinese names in Latin letters: pinyin for the mainland, Wade–Giles for Taiwan.

use super::hanzi::Hanzi;

/// Gives a word a capital letter.
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The given name in pinyin, one word with a capital.
pub fn mainland_latin(hanzi: &Hanzi, given: &str) -> String {
    capitalized(&hanzi.pinyin(given))
}

/// The given name as Taiwanese passports spell it, its syllables joined by hyphens.
pub fn taiwanese_latin(hanzi: &Hanzi, given: &str) -> String {
    let words: Vec<String> =
        given.chars().filter_map(|c| hanzi.syllable(c)).map(|syllable| capitalized(&wade_giles(syllable))).collect();
    words.join("-")
}

/// A pinyin syllable in Wade–Giles as Taiwanese passports use it, without apostrophes.
fn wade_giles(pinyin: &str) -> String {
    const INITIALS: [(&str, &str); 23] = [
        ("zh", "ch"),
        ("ch", "ch"),
        ("sh", "sh"),
        ("b", "p"),
        ("p", "p"),
        ("m", "m"),
        ("f", "f"),
        ("d", "t"),
        ("t", "t"),
        ("n", "n"),
        ("l", "l"),
        ("g", "k"),
        ("k", "k"),
        ("h", "h"),
        ("j", "ch"),
        ("q", "ch"),
        ("x", "hs"),
        ("r", "j"),
        ("z", "ts"),
        ("c", "ts"),
        ("s", "s"),
        ("y", "y"),
        ("w", "w"),
    ];
    let (initial, new_initial) = INITIALS.iter().find(|(old, _)| pinyin.starts_with(old)).copied().unwrap_or(("", ""));
    let rest = pinyin.get(initial.len()..).unwrap_or("");
    let retroflex = matches!(initial, "zh" | "ch" | "sh" | "r");
    let sibilant = matches!(initial, "z" | "c" | "s");
    let new_rest = match rest {
        "i" if retroflex => "ih",
        "i" if sibilant => "u",
        "ong" => "ung",
        "iong" => "iung",
        "ian" => "ien",
        "an" if initial == "y" => "en",
        "e" if initial == "y" => "eh",
        "ie" => "ieh",
        "ue" => "ueh",
        "ou" if initial == "y" => "u",
        "uo" if !matches!(initial, "g" | "k" | "h" | "sh") => "o",
        "v" => "u",
        other => other,
    };
    let new_initial = match (initial, rest) {
        ("s", "i") => "ss",
        ("z" | "c", "i") => "tz",
        _ => new_initial,
    };
    format!("{new_initial}{new_rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wade_giles_follows_the_rules() {
        for (pinyin, expected) in [("jia", "chia"), ("hao", "hao"), ("zhi", "chih"), ("xian", "hsien"), ("zi", "tzu")] {
            assert_eq!(wade_giles(pinyin), expected);
        }
    }
}
