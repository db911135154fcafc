//! Chinese names in the Latin spellings of other places: Cantonese (Hong Kong), Wade–Giles (Taiwan), Hokkien and its
//! neighbours (South-East Asia), and the Korean and Vietnamese readings of the characters.
//!
//! A surname may be spelled by any system; the given name by one. Singapore writes Tan Jiahui, Hong Kong Chan Ka Fai.
//! Spellings by rule come from a reading per character; what no rule gives stands in two small tables.

use crate::domain::hash::stable_hash;
use crate::domain::text::{han, pinyin};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Words of a Latin name that are looked at.
const WORDS_MAX: usize = 6;

/// Characters of a Han name that are looked at.
const CHARACTERS_MAX: usize = 6;

/// A way of spelling given names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Pinyin,
    WadeGiles,
    Cantonese,
    Hokkien,
    Korean,
    Vietnamese,
}

const SYSTEMS: [System; 6] =
    [System::Pinyin, System::WadeGiles, System::Cantonese, System::Hokkien, System::Korean, System::Vietnamese];

/// Whether Latin words (folded) spell the whole Han name: the surname by any system, every given character by one system,
/// surname first or last; further words (an English name) may stand before or after. `surname_len` of 0 counts as 1.
pub fn spells(han: &[char], surname_len: usize, words: &[String]) -> bool {
    let Some((surname, given)) = han.split_at_checked(surname_len.max(1)) else { return false };
    let plausible = (2..=WORDS_MAX).contains(&words.len()) && !given.is_empty() && han.len() <= CHARACTERS_MAX;
    if !plausible || !words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())) {
        return false;
    }
    let surname_at = |range: &[String]| is_surname_spelling(surname, &range.concat());
    // Compound surnames are written in one or two words.
    for length in 1..=surname.len().min(2) {
        for start in 0..=words.len() - length {
            let end = start + length;
            if !words.get(start..end).is_some_and(surname_at) {
                continue;
            }
            let (before, after) = (words.get(..start).unwrap_or(&[]), words.get(end..).unwrap_or(&[]));
            // An English name may stand on the far side of either order.
            let spelled = |rest: &[String]| SYSTEMS.iter().any(|system| spells_given(given, rest, *system));
            let leading = (1..=after.len()).any(|used| after.get(..used).is_some_and(spelled));
            let trailing = (0..before.len()).any(|from| before.get(from..).is_some_and(spelled));
            if leading || trailing {
                return true;
            }
        }
    }
    false
}

/// Whether a folded word spells a Han surname in any system: 黄 as wong, huang, ng, ooi; 覃 as qin or tan.
pub fn is_surname_spelling(surname: &[char], word: &str) -> bool {
    let text: String = surname.iter().collect();
    match SURNAMES.get(&text) {
        Some((spellings, _)) => spellings.contains(word),
        None => spells_by_rule(surname, &text, word),
    }
}

fn spells_by_rule(surname: &[char], text: &str, word: &str) -> bool {
    let listed = TABLES.surnames.get(text);
    if listed.is_some_and(|spellings| spellings.split(' ').any(|spelling| spelling == word)) {
        return true;
    }
    for reading in pinyin::surname_syllables(text) {
        let syllables: Vec<&str> = reading.split(' ').collect();
        let joined = syllables.concat();
        if pinyin::surname_lv_fold(word) == joined || (joined == "lv" && word == "lu") {
            return true;
        }
        let spelled = |rest: &str, index: usize, syllable: &&str| -> Vec<usize> {
            let by_wade = wade_giles(syllable).into_iter();
            let others = [System::Cantonese, System::Korean, System::Vietnamese].into_iter();
            let by_character =
                others.flat_map(|system| surname.get(index).map(|c| spellings(*c, system)).unwrap_or_default());
            by_wade.chain(by_character).filter(|s| rest.starts_with(s.as_str())).map(|s| s.len()).collect()
        };
        if consumes(word, &syllables, spelled) {
            return true;
        }
    }
    false
}

/// A hashed set of spellings, see [`spelling_mark`].
pub type SurnameMarks = [u64; 8];

/// The place of a spelling in [`SurnameMarks`]: 0 to 511.
pub fn spelling_mark(spelling: &str) -> u16 {
    (stable_hash(&[spelling]) >> 55) as u16
}

/// Whether a set may hold the spelling of a mark.
pub fn may_hold(marks: &SurnameMarks, mark: u16) -> bool {
    marks.get(usize::from(mark / 64)).is_some_and(|word| word >> (mark % 64) & 1 == 1)
}

/// The marks of every word that [`is_surname_spelling`] accepts for a surname; `None` for surnames outside the tables. It may
/// hold others.
pub fn surname_marks(surname: &str) -> Option<&'static SurnameMarks> {
    SURNAMES.get(surname).map(|(_, marks)| marks)
}

/// The spellings of every surname in the tables, and their marks.
static SURNAMES: LazyLock<FxHashMap<String, (FxHashSet<String>, SurnameMarks)>> = LazyLock::new(|| {
    let single = han::SINGLE_SURNAMES.chars().map(String::from);
    let longer = han::COMPOUND_SURNAMES.iter().map(|surname| (*surname).to_owned());
    let listed = TABLES.surnames.keys().map(|surname| (*surname).to_owned());
    let spelled = |surname: String| {
        let spellings: FxHashSet<String> = surname_spellings(&surname).into_iter().collect();
        let mut marks = SurnameMarks::default();
        for mark in spellings.iter().map(|spelling| spelling_mark(spelling)) {
            marks.iter_mut().skip(usize::from(mark / 64)).take(1).for_each(|word| *word |= 1 << (mark % 64));
        }
        (surname, (spellings, marks))
    };
    single.chain(longer).chain(listed).map(spelled).collect()
});

/// Every spelling of a surname that [`spells_by_rule`] accepts.
fn surname_spellings(surname: &str) -> Vec<String> {
    let mut out = TABLES.surnames.get(surname).map(|spelled| words(spelled)).unwrap_or_default();
    for reading in pinyin::surname_syllables(surname) {
        let joined = reading.replace(' ', "");
        let folded_to_it = ["lyu", "lue", "lü", "lu:", "nyu", "nü", "nu:"].into_iter();
        out.extend(folded_to_it.filter(|word| pinyin::surname_lv_fold(word) == joined).map(str::to_owned));
        out.extend((joined == "lv").then(|| "lu".to_owned()));
        out.push(joined);
        let mut spelled = vec![String::new()];
        for (index, syllable) in reading.split(' ').enumerate() {
            let mut pieces = wade_giles(syllable);
            for system in [System::Cantonese, System::Korean, System::Vietnamese] {
                pieces.extend(surname.chars().nth(index).map(|c| spellings(c, system)).unwrap_or_default());
            }
            pieces.retain(|piece| !piece.is_empty());
            pieces.sort_unstable();
            pieces.dedup();
            spelled =
                spelled.iter().flat_map(|head| pieces.iter().map(move |piece| format!("{head}{piece}"))).collect();
        }
        out.extend(spelled);
    }
    out
}

/// Whether two folded Latin words are spellings of one Chinese surname: Wong and Huang, Tan and Chen.
pub fn share_surname(a: &str, b: &str) -> bool {
    let (Some(left), Some(right)) = (TABLES.by_spelling.get(a), TABLES.by_spelling.get(b)) else { return false };
    left.iter().any(|surname| right.contains(surname))
}

/// Whether two Latin given names may be spellings of one Han name of at least two characters: ka fai and jiahui.
pub fn share_given(a: &[String], b: &[String]) -> bool {
    let (left, right) = (a.concat(), b.concat());
    let short = |text: &str| (2..=GIVEN_LETTERS_MAX).contains(&text.len()) && text.is_ascii();
    if !(short(&left) && short(&right)) {
        return false;
    }
    let mut reached = vec![(0usize, 0usize, 0usize)];
    let mut next = 0;
    while let Some(&(at, bt, characters)) = reached.get(next) {
        next += 1;
        for (i, these) in syllables_at(&left, at) {
            for (j, those) in syllables_at(&right, bt) {
                let step = (at + i, bt + j, (characters + 1).min(2));
                if !reached.contains(&step) && share_any(these, those) {
                    reached.push(step);
                }
            }
        }
    }
    reached.contains(&(left.len(), right.len(), 2))
}

/// Whether a word is made of syllables of Chinese names in some system; English names are not.
pub fn is_syllabic(word: &str) -> bool {
    let mut reached = vec![0usize];
    let mut next = 0;
    while let Some(&at) = reached.get(next) {
        next += 1;
        for (length, _) in syllables_at(word, at) {
            if !reached.contains(&(at + length)) {
                reached.push(at + length);
            }
        }
    }
    reached.contains(&word.len())
}

/// Letters of a given name that are compared across systems.
const GIVEN_LETTERS_MAX: usize = 14;

/// The syllables that begin at a place: their lengths, and the characters they spell in ascending order.
fn syllables_at(letters: &str, at: usize) -> impl Iterator<Item = (usize, &'static [char])> + '_ {
    (1..=7).filter_map(move |length| {
        let characters = BY_SYLLABLE.get(letters.get(at..at + length)?)?;
        Some((length, characters.as_slice()))
    })
}

fn share_any(a: &[char], b: &[char]) -> bool {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => left.next(),
            std::cmp::Ordering::Greater => right.next(),
        };
    }
    false
}

/// Characters by their Chinese spellings. Korean and Vietnamese ones would make too many words syllabic.
static BY_SYLLABLE: LazyLock<FxHashMap<String, Vec<char>>> = LazyLock::new(|| {
    let mut characters: Vec<char> = TABLES.characters.keys().copied().collect();
    characters.sort_unstable();
    let mut out: FxHashMap<String, Vec<char>> = FxHashMap::default();
    for c in characters {
        for system in [System::Pinyin, System::WadeGiles, System::Cantonese, System::Hokkien] {
            for spelling in spellings(c, system) {
                let known = out.entry(spelling).or_default();
                if known.last() != Some(&c) {
                    known.push(c);
                }
            }
        }
    }
    out
});

/// Whether the words spell the given characters in one system, one after the other.
fn spells_given(given: &[char], words: &[String], system: System) -> bool {
    let letters = words.concat();
    let spelled = |rest: &str, _: usize, c: &char| -> Vec<usize> {
        let all = spellings(*c, system);
        all.iter().filter(|s| rest.starts_with(s.as_str())).map(String::len).collect()
    };
    consumes(&letters, given, spelled)
}

/// Whether pieces, of which each may take one of several lengths off the front, use a text up. The positions reached so
/// far are kept as a set, so the work grows with the text and not with the ways to cut it.
fn consumes<T>(text: &str, pieces: &[T], lengths: impl Fn(&str, usize, &T) -> Vec<usize>) -> bool {
    let mut reached = vec![0usize];
    for (index, piece) in pieces.iter().enumerate() {
        let mut next: Vec<usize> = Vec::new();
        for at in &reached {
            let Some(rest) = text.get(*at..) else { continue };
            for length in lengths(rest, index, piece) {
                if length > 0 && !next.contains(&(at + length)) {
                    next.push(at + length);
                }
            }
        }
        reached = next;
    }
    reached.contains(&text.len())
}

/// The spellings of one character of a given name.
fn spellings(c: char, system: System) -> Vec<String> {
    let row = TABLES.characters.get(&c);
    match system {
        System::Pinyin => pinyin_of(c).map(|syllable| vec![syllable.replace('v', "u"), syllable]).unwrap_or_default(),
        System::WadeGiles => pinyin_of(c).map(|syllable| wade_giles(&syllable)).unwrap_or_default(),
        System::Cantonese => row.map(|row| row.cantonese.split(' ').flat_map(hong_kong).collect()).unwrap_or_default(),
        System::Korean => row.map(|row| row.korean.split(' ').flat_map(korean).collect()).unwrap_or_default(),
        System::Vietnamese => row.map(|row| words(row.vietnamese)).unwrap_or_default(),
        System::Hokkien => TABLES.given.get(&c).map(|spelled| words(spelled)).unwrap_or_default(),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn pinyin_of(c: char) -> Option<String> {
    let syllables = pinyin::syllables(c.encode_utf8(&mut [0; 4]), 0);
    let plain = syllables.first().map(|syllable| pinyin::toneless(syllable).to_owned())?;
    plain.bytes().all(|b| b.is_ascii_lowercase()).then_some(plain)
}

/// A pinyin syllable in Wade–Giles without apostrophes and marks, and as Taiwan shortens it: xiao → hsiao, siao.
fn wade_giles(syllable: &str) -> Vec<String> {
    let special: Option<&[&str]> = match syllable {
        "zhi" | "chi" => Some(&["chih", "chi"]),
        "shi" => Some(&["shih", "shi"]),
        "ri" => Some(&["jih"]),
        "zi" | "ci" => Some(&["tzu", "tsu"]),
        "si" => Some(&["szu", "ssu", "su"]),
        "yi" => Some(&["i", "yi"]),
        "you" => Some(&["yu", "you", "yiu"]),
        "er" => Some(&["erh", "er"]),
        "e" => Some(&["o", "e"]),
        "gui" => Some(&["kuei", "kwei"]),
        "kui" => Some(&["kuei", "kwei"]),
        _ => None,
    };
    if let Some(listed) = special {
        return listed.iter().map(|spelling| (*spelling).to_owned()).collect();
    }
    let initial_length = match syllable {
        s if s.starts_with("zh") || s.starts_with("ch") || s.starts_with("sh") => 2,
        s if s.starts_with(['a', 'e', 'o']) => 0,
        _ => 1,
    };
    let (initial, last) = syllable.split_at_checked(initial_length).unwrap_or(("", syllable));
    let initials: &[&str] = match initial {
        "b" => &["p"],
        "d" => &["t"],
        "g" => &["k"],
        "j" | "q" | "zh" => &["ch"],
        "x" => &["hs", "sh", "s"],
        "z" | "c" => &["ts"],
        "r" => &["j"],
        other => &[other],
    };
    let after_back = matches!(initial, "g" | "k" | "h");
    let finals: Vec<String> = match last {
        "ong" => vec!["ung".into()],
        "iong" => vec!["iung".into()],
        "ian" => vec!["ien".into()],
        "ie" => vec!["ieh".into(), "ie".into()],
        "ue" | "ve" => vec!["ueh".into(), "ue".into()],
        "v" => vec!["u".into()],
        "uo" if !after_back && initial != "sh" => vec!["o".into(), "uo".into()],
        "e" if after_back => vec!["o".into(), "e".into()],
        "e" if initial == "y" => vec!["eh".into(), "e".into()],
        "an" if initial == "y" => vec!["en".into(), "an".into()],
        other => vec![other.to_owned()],
    };
    initials.iter().flat_map(|i| finals.iter().map(move |f| format!("{i}{f}"))).collect()
}

/// A Jyutping syllable as Hong Kong and Macau spell it in names: can → chan, zoeng → cheung, gwok → kwok.
fn hong_kong(jyutping: &str) -> Vec<String> {
    if matches!(jyutping, "ng" | "m") {
        return vec![jyutping.to_owned(), "eng".to_owned()];
    }
    if let Some(sibilant) = jyutping.strip_suffix('i').filter(|initial| matches!(*initial, "s" | "z" | "c")) {
        let listed: &[&str] = match sibilant {
            "s" => &["sze", "sz", "see", "si", "shi", "sie"],
            "z" => &["chi", "tsz", "tze", "ji", "gi", "tsi", "chee"],
            _ => &["chi", "tsz", "tsi", "chee"],
        };
        return listed.iter().map(|spelling| (*spelling).to_owned()).collect();
    }
    let length = ["gw", "kw", "ng"]
        .iter()
        .find(|i| jyutping.starts_with(**i))
        .map_or_else(|| usize::from(!jyutping.starts_with(['a', 'e', 'i', 'o', 'u'])), |initial| initial.len());
    let (initial, last) = jyutping.split_at_checked(length).unwrap_or(("", jyutping));
    let initials: &[&str] = match initial {
        "b" => &["p", "b"],
        "d" => &["t", "d"],
        "g" => &["k", "g"],
        "gw" | "kw" => &["kw", "gw", "k", "qu"],
        "ng" => &["ng", ""],
        "z" => &["ch", "ts", "j", "tz", "z"],
        "c" => &["ch", "ts", "tz"],
        "s" => &["s", "sh"],
        "j" if last.starts_with('i') => &["y", ""],
        "j" => &["y", "j", "i"],
        other => &[other],
    };
    let listed = FINALS.lines().filter_map(|line| line.trim().split_once('=')).find(|(name, _)| *name == last);
    let finals: Vec<&str> = listed.map_or_else(|| vec![last], |(_, spelled)| spelled.split(' ').collect());
    initials.iter().flat_map(|i| finals.iter().map(move |f| format!("{i}{f}"))).collect()
}

/// Jyutping finals and how names spell them; a final that is missing here is spelled as it is.
const FINALS: &str = "\
    aa=a ah\naai=ai aai\naau=au aau\naam=am\naan=an\naang=ang\naap=ap\naat=at\naak=ak\nai=ai ei\nau=au ow\nam=am um\n\
    an=an un\nang=ang\nap=ap up\nat=at ut\nak=ak\ne=e eh ze\nei=ei i ee ay ey\neng=eng ing\nek=ek ik\ni=i ee\n\
    iu=iu ew\nik=ik\no=o oh aw\noi=oi oy\nou=o ou oe ow\non=on\nok=ok\nu=u oo\nui=ui\nun=un oon\nut=ut\n\
    oe=eu\noeng=eung eong ong\noek=euk eok ok\neoi=ui eui oy\neon=un on eun\neot=ut eut\nyu=u ue yu\nyun=uen un yuen\n\
    yut=ut uet\nuk=uk ook";

/// A Korean syllable in Revised Romanization, and as names spell it: hyeon → hyun, su → soo, cheol → chul.
fn korean(syllable: &str) -> Vec<String> {
    let mut out = vec![syllable.to_owned()];
    const SWAPS: [(&str, &str); 9] = [
        ("yeo", "you"),
        ("yeo", "yu"),
        ("eo", "u"),
        ("eo", "o"),
        ("eu", "u"),
        ("u", "oo"),
        ("i", "ee"),
        ("u", "ou"),
        ("ae", "ai"),
    ];
    for (from, to) in SWAPS {
        let whole_eu = from == "u" && syllable.contains("eu");
        if syllable.contains(from) && !whole_eu {
            out.push(syllable.replace(from, to));
        }
    }
    const FIRSTS: [(&str, &str); 4] = [("g", "k"), ("b", "p"), ("d", "t"), ("j", "ch")];
    for (from, to) in FIRSTS {
        if syllable.starts_with(from) {
            let harder: Vec<String> = out.iter().map(|spelled| spelled.replacen(from, to, 1)).collect();
            out.extend(harder);
        }
    }
    out
}

struct Character {
    cantonese: &'static str,
    korean: &'static str,
    vietnamese: &'static str,
}

struct Tables {
    characters: FxHashMap<char, Character>,
    surnames: FxHashMap<&'static str, &'static str>,
    given: FxHashMap<char, &'static str>,
    /// The surnames that a listed spelling or the pinyin stands for.
    by_spelling: FxHashMap<String, Vec<&'static str>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let rows = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
    let mut characters = FxHashMap::default();
    for line in rows(include_str!("romanisation.dat")) {
        let mut columns = line.split('\t');
        let Some(c) = columns.next().and_then(|column| column.chars().next()) else { continue };
        let mut next = || columns.next().unwrap_or_default();
        characters.insert(c, Character { cantonese: next(), korean: next(), vietnamese: next() });
    }
    let surnames: FxHashMap<_, _> =
        rows(include_str!("romanised_surnames.dat")).filter_map(|line| line.split_once('\t')).collect();
    let given = rows(include_str!("romanised_given.dat")).filter_map(|line| line.split_once('\t'));
    let given = given.filter_map(|(c, spelled)| Some((c.chars().next()?, spelled))).collect();
    let mut by_spelling: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for (surname, spelled) in &surnames {
        let readings = pinyin::surname_syllables(surname).into_iter().map(|reading| reading.replace(' ', ""));
        let by_rule = readings.flat_map(|reading| {
            let wade = if surname.chars().count() == 1 { wade_giles(&reading) } else { Vec::new() };
            wade.into_iter().chain([reading])
        });
        for spelling in words(spelled).into_iter().chain(by_rule) {
            by_spelling.entry(spelling).or_default().push(surname);
        }
    }
    Tables { characters, surnames, given, by_spelling }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(han: &str, surname_len: usize, latin: &str) -> bool {
        let words: Vec<String> = latin.split(' ').map(str::to_owned).collect();
        spells(&han.chars().collect::<Vec<_>>(), surname_len, &words)
    }

    #[test]
    fn tables_of_spellings_say_what_the_rules_say() {
        let words: FxHashSet<&String> = SURNAMES.values().flat_map(|(spellings, _)| spellings).collect();
        for (number, (surname, (spellings, marks))) in SURNAMES.iter().enumerate() {
            let characters: Vec<char> = surname.chars().collect();
            for word in spellings {
                assert!(spells_by_rule(&characters, surname, word), "{surname} {word}");
                assert!(may_hold(marks, spelling_mark(word)), "{surname} {word}");
            }
            for word in words.iter().skip(number % 16).step_by(16) {
                assert_eq!(spells_by_rule(&characters, surname, word), spellings.contains(*word), "{surname} {word}");
            }
        }
    }

    #[test]
    fn whole_names() {
        for (han, surname_len, latin) in [
            ("陈大文", 1, "chan tai man"),
            ("陈大文", 1, "tai man chan"),
            ("陈大文", 1, "chan taiman"),
            ("陈大文", 1, "peter chan tai man"),
            ("陈大文", 1, "chan tai man peter"),
            ("陈大文", 1, "chen ta wen"),
            ("陈大文", 1, "tan tua boon"),
            ("陈大文", 1, "tan dawen"),
            ("陈大文", 1, "tran dai van"),
            ("黄家辉", 1, "wong ka fai"),
            ("张晓明", 1, "chang hsiao ming"),
            ("欧阳家辉", 2, "au yeung ka fai"),
            ("欧阳家辉", 2, "auyeung ka fai"),
            ("金秀贤", 1, "kim soo hyun"),
            ("郭国强", 1, "kwok kwok keung"),
            ("谢志伟", 1, "tse chi wai"),
            ("蔡英文", 1, "tsai ying wen"),
            ("许诗思", 1, "hui sze sze"),
            ("吕小雨", 1, "lui siu yu"),
            ("覃小文", 1, "tan siu man"),
            ("阮文英", 1, "nguyen van anh"),
        ] {
            assert!(spelled(han, surname_len, latin), "{han} {latin}");
        }
        for (han, surname_len, latin) in [
            ("陈大文", 1, "chan siu man"),
            ("陈大文", 1, "wong tai man"),
            ("陈大文", 1, "chan peter"),
            ("陈大文", 1, "chan"),
            ("陈大文", 1, "chan tai"),
            ("陈", 1, "chan tai"),
            ("", 0, "chan tai"),
            ("张伟", 1, "john smith"),
        ] {
            assert!(!spelled(han, surname_len, latin), "{han} {latin}");
        }
    }

    #[test]
    fn surnames() {
        for (han, spellings) in [
            ("黄", "wong huang ng ooi"),
            ("吴", "ng wu goh"),
            ("陈", "chan chen tan tran"),
            ("李", "lee li"),
            ("徐", "xu hsu tsui chui"),
            ("蔡", "cai tsai choi chua"),
            ("周", "zhou chou chow chau"),
            ("郭", "guo kuo kwok quek"),
            ("翟", "zhai di chak"),
            ("吕", "lv lu lyu lui"),
            ("司徒", "situ szeto"),
            ("张", "zhang chang cheung teo"),
        ] {
            for spelling in spellings.split(' ') {
                let surname: Vec<char> = han.chars().collect();
                assert!(is_surname_spelling(&surname, spelling), "{han} {spelling}");
            }
        }
        assert!(!is_surname_spelling(&['王'], "smith"));
        assert!(share_surname("wong", "huang") && share_surname("tan", "chen") && share_surname("ng", "wu"));
        assert!(share_surname("chang", "zhang") && !share_surname("wong", "chen") && !share_surname("smith", "chen"));
    }

    #[test]
    fn given_names_across_systems() {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (a, b) in [("tai man", "dawen"), ("ka fai", "jiahui"), ("hsiao ming", "xiaoming"), ("siu ming", "xiaoming")]
        {
            assert!(share_given(&list(a), &list(b)), "{a} {b}");
        }
        for (a, b) in [("tai man", "xiaoming"), ("man", "wen"), ("peter", "dawen"), ("", "")] {
            assert!(!share_given(&list(a), &list(b)), "{a} {b}");
        }
        assert!(is_syllabic("taiman") && is_syllabic("siu") && !is_syllabic("peter") && !is_syllabic("jackie"));
    }

    #[test]
    fn tables_are_large_enough() {
        assert!(TABLES.characters.len() > 3_500 && TABLES.surnames.len() >= 150);
    }
}
