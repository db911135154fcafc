//! Scripts: which one a text is mostly in, and a simple deterministic romanisation of Cyrillic, Greek, kana and Hangul.

use super::han::is_han;

/// A script that the normalizers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Chinese characters, Japanese kanji.
    Han,
    /// Latin letters.
    Latin,
    /// Hiragana and katakana.
    Kana,
    /// Korean.
    Hangul,
    /// Russian and its relatives.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic, Persian, Uyghur.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Thai.
    Thai,
    /// Tibetan.
    Tibetan,
    /// Any other letters, or no letters at all.
    Other,
}

impl Script {
    /// The script of one character; `None` for digits, punctuation, symbols and blanks.
    pub fn of(c: char) -> Option<Self> {
        if is_han(c) {
            return Some(Self::Han);
        }
        Some(match c {
            'a'..='z' | 'A'..='Z' | 'ª' | 'º' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => Self::Latin,
            '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Self::Kana
            }
            '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' => Self::Hangul,
            '\u{0400}'..='\u{052F}' => Self::Cyrillic,
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                Self::Arabic
            }
            '\u{0590}'..='\u{05FF}' => Self::Hebrew,
            '\u{0E00}'..='\u{0E7F}' => Self::Thai,
            '\u{0F00}'..='\u{0FFF}' => Self::Tibetan,
            _ if c.is_alphabetic() => Self::Other,
            _ => return None,
        })
    }
}

/// The script of most letters of a text; on a tie the one that comes first in [`Script`].
pub fn dominant(text: &str) -> Script {
    let mut counts = [0usize; 11];
    for script in text.chars().filter_map(Script::of) {
        if let Some(count) = counts.get_mut(script as usize) {
            *count += 1;
        }
    }
    const ALL: [Script; 11] = [
        Script::Han,
        Script::Latin,
        Script::Kana,
        Script::Hangul,
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Hebrew,
        Script::Thai,
        Script::Tibetan,
        Script::Other,
    ];
    let mut best = (Script::Other, 0);
    for (script, count) in ALL.into_iter().zip(counts) {
        if count > best.1 {
            best = (script, count);
        }
    }
    best.0
}

/// A text whose words of Latin letters have Latin letters throughout, where one has Cyrillic or Greek letters that look
/// the same (`Ivаn` with a Cyrillic а). `None` where there is no such word: a word of one script means what it says, and other
/// letters than look-alikes (5kΩ, μm) are meant. Han characters are never equal by their looks.
pub fn with_latin_letters(text: &str) -> Option<String> {
    if !text.chars().any(|c| matches!(c, '\u{0370}'..='\u{052F}')) {
        return None;
    }
    let is_mixed = |word: &str| {
        let foreign = |c: char| matches!(Script::of(c), Some(Script::Cyrillic | Script::Greek));
        word.contains(|c: char| c.is_ascii_alphabetic())
            && word.contains(foreign)
            && word.chars().filter(|c| foreign(*c)).all(|c| latin_look_alike(c).is_some())
    };
    let words = || text.split_inclusive(|c: char| !c.is_alphabetic());
    let unified = |word: &str| -> String { word.chars().map(|c| latin_look_alike(c).unwrap_or(c)).collect() };
    words()
        .any(is_mixed)
        .then(|| words().map(|word| if is_mixed(word) { unified(word) } else { word.to_owned() }).collect())
}

/// The Latin letter that a Cyrillic or Greek one looks exactly like.
fn latin_look_alike(c: char) -> Option<char> {
    const FOREIGN: &str = "АВЕЅІЈКМНОРСТХаеѕіјорсухԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
    const LATIN: &str = "ABESIJKMHOPCTXaesijopcyxqwABEZHIKMNOPTYXo";
    FOREIGN.chars().zip(LATIN.chars()).find(|(foreign, _)| *foreign == c).map(|(_, latin)| latin)
}

/// Writes Cyrillic, Greek, kana (Hepburn) and Hangul (Revised Romanization) in Latin letters; the rest unchanged.
pub fn romanize(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut double_next = false;
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if matches!(lower, 'っ' | 'ッ') {
            double_next = true;
        } else if let Some(latin) = cyrillic(lower).or_else(|| greek(lower)) {
            out.push_str(latin);
        } else if matches!(lower, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}') {
            push_kana(&mut out, lower, double_next);
            double_next = false;
        } else if !push_hangul(&mut out, lower) {
            out.push(c);
        }
    }
    out
}

fn push_kana(out: &mut String, c: char, double: bool) {
    if c == 'ー' {
        // A long vowel: romanised names leave it out (Taro).
        return;
    }
    let hiragana = match c {
        '\u{30A1}'..='\u{30F6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        other => other,
    };
    if let Some(vowel) = small_y(hiragana) {
        // き + ゃ = kya, し + ゃ = sha, ち + ゃ = cha, じ + ゃ = ja.
        if out.ends_with('i') {
            out.pop();
        }
        let after_hushing = out.ends_with("sh") || out.ends_with("ch") || out.ends_with('j');
        out.push_str(if after_hushing { vowel.get(1..).unwrap_or(vowel) } else { vowel });
        return;
    }
    let index = (hiragana as u32).checked_sub(0x3041).and_then(|i| usize::try_from(i).ok());
    let latin = index.and_then(|i| KANA.get(i)).copied().unwrap_or("");
    if double && let Some(first) = latin.chars().next() {
        out.push(if first == 'c' { 't' } else { first });
    }
    out.push_str(latin);
}

fn small_y(c: char) -> Option<&'static str> {
    match c {
        'ゃ' => Some("ya"),
        'ゅ' => Some("yu"),
        'ょ' => Some("yo"),
        _ => None,
    }
}

/// Hiragana from U+3041 on.
const KANA: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go", "sa",
    "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to",
    "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe", "ho",
    "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri", "ru", "re", "ro", "wa",
    "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];

fn push_hangul(out: &mut String, c: char) -> bool {
    const INITIALS: [&str; 19] =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWELS: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
        "eu", "ui", "i",
    ];
    const FINALS: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
        "t", "t", "k", "t", "p", "t",
    ];
    if !matches!(c, '\u{AC00}'..='\u{D7A3}') {
        return false;
    }
    let index = c as usize - 0xAC00;
    for part in [INITIALS.get(index / 588), VOWELS.get(index / 28 % 21), FINALS.get(index % 28)].into_iter().flatten() {
        out.push_str(part);
    }
    true
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'ё' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' | 'ј' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ђ' => "dj",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'қ' => "q",
        'ғ' => "gh",
        'ң' => "ng",
        'ө' => "o",
        'ұ' | 'ү' => "u",
        'һ' => "h",
        'ә' => "a",
        _ => return None,
    })
}

fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' | 'ά' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'έ' => "e",
        'ζ' => "z",
        'η' | 'ή' => "i",
        'θ' => "th",
        'ι' | 'ί' | 'ϊ' | 'ΐ' => "i",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ό' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        'ω' | 'ώ' => "o",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dominant_scripts() {
        let cases = [
            ("张伟 Z", Script::Han),
            ("Jason 王", Script::Latin),
            ("やまだ", Script::Kana),
            ("김철수", Script::Hangul),
            ("Иван", Script::Cyrillic),
            ("محمد", Script::Arabic),
            ("123 -", Script::Other),
        ];
        for (text, script) in cases {
            assert_eq!(dominant(text), script, "{text}");
        }
    }

    #[test]
    fn look_alikes_count_only_in_mixed_words() {
        assert_eq!(with_latin_letters("Ivаn Петров").as_deref(), Some("Ivan Петров"));
        assert_eq!(with_latin_letters("Αlex").as_deref(), Some("Alex"));
        for meant in ["Иван Петров", "5kΩ", "μm", "Ivan Иван", "α-Tocopherol", "王土", ""] {
            assert_eq!(with_latin_letters(meant), None, "{meant}");
        }
    }

    #[test]
    fn romanizes() {
        let cases = [
            ("Владимир Путин", "vladimir putin"),
            ("Γιώργος", "giorgos"),
            ("やまだ たろう", "yamada tarou"),
            ("きょうこ", "kyouko"),
            ("シャーロット", "sharotto"),
            ("김철수", "gimcheolsu"),
            ("Müller 张", "Müller 张"),
        ];
        for (from, to) in cases {
            assert_eq!(romanize(from), to, "{from}");
        }
    }
}
