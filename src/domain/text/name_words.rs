//! Names as words that can be compared across scripts, languages and spellings: done once per record, not per pair.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::sound::{SoundedWord, edits_up_to_two};
use super::{han, latin, pinyin, transliterate};
use crate::domain::record::PersonName;

/// Words of one name that are kept; more are no name.
const WORDS_MAX: usize = 12;

/// Words that join the parts of a personal name and are left out as often as written.
const PARTICLES: [&str; 30] = [
    "al", "el", "ul", "ur", "ud", "ad", "as", "bin", "ibn", "ben", "binti", "bint", "de", "del", "della", "da", "das",
    "do", "dos", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "zu", "y",
];

/// The words of a person's name without particles; a word that is written twice counts once. Of a Han name with a middle dot (贝拉克·奥巴马), which
/// transcribes a foreign one, its parts in pinyin; none of another Han name.
pub fn of_person(name: &PersonName, syllables: &[SmolStr]) -> Vec<SoundedWord> {
    if name.words.is_empty() {
        return transcribed(name, syllables);
    }
    let total = name.words.len();
    let mut kept: Vec<&str> = Vec::with_capacity(total);
    for (at, word) in name.words.iter().enumerate() {
        let inside = at + 1 < total && (at > 0 || total >= 3);
        let written = match word.as_str() {
            word if inside && PARTICLES.contains(&word) => continue,
            // Abdul Aziz, Abd al-Aziz, Abdel Aziz.
            "abdul" | "abdel" | "abdal" | "abdol" | "abdoul" if at + 1 < total => "abd",
            word => word,
        };
        if kept.last() != Some(&written) && kept.len() < WORDS_MAX {
            kept.push(written);
        }
    }
    kept.into_iter().map(SoundedWord::of).collect()
}

fn transcribed(name: &PersonName, syllables: &[SmolStr]) -> Vec<SoundedWord> {
    if !name.han.contains('·') {
        return Vec::new();
    }
    // The dot has a reading of its own where every character has one.
    let dots_read = syllables.len() == name.han.chars().count();
    let mut readings = syllables.iter();
    let parts = name.han.split('·').map(|part| {
        let reading: String = readings.by_ref().take(part.chars().count()).map(SmolStr::as_str).collect();
        readings.by_ref().take(usize::from(dots_read)).for_each(drop);
        reading
    });
    parts.filter(|part| !part.is_empty()).take(WORDS_MAX).map(|part| SoundedWord::of(&part)).collect()
}

/// The words of an organisation's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgWords {
    /// In the order written; abbreviations written out, numbers in digits, joining words left out.
    pub words: Vec<SoundedWord>,
    /// Which of them are numbers, a bit each.
    pub numbers: u16,
    /// Which of them say nothing: group, holding, company.
    pub fillers: u16,
    /// First letters of the words that say something; empty where there are fewer than two.
    pub initials: String,
    /// First letters of all words.
    pub all_initials: String,
}

/// The words of a name as written, or of a core without blanks (Chinese, Japanese), where there is one.
pub fn of_organisation(written: &[String], unparted: &str) -> OrgWords {
    let mut plain: Vec<String> = Vec::new();
    if unparted.is_empty() {
        written.iter().take(WORDS_MAX).for_each(|word| push_words(word, &mut plain));
    } else {
        push_words(unparted, &mut plain);
    }
    let mut words = with_initials_joined(plain);
    words.retain(|word| !word.is_empty());
    if words.iter().any(|word| !JOINING.contains(&word.as_str())) {
        words.retain(|word| !JOINING.contains(&word.as_str()));
    }
    let words = canonical(&words);
    let mut out = OrgWords::default();
    for (at, word) in words.iter().take(WORDS_MAX).enumerate() {
        let filler = is_filler(word) || (at == 0 && words.len() > 1 && matches!(word.as_str(), "mv" | "mt" | "ms"));
        out.numbers |= u16::from(word.bytes().any(|c| c.is_ascii_digit())) << at;
        out.fillers |= u16::from(filler) << at;
        let first = word.chars().next();
        out.all_initials.extend(first);
        out.initials.extend(first.filter(|_| !filler));
        out.words.push(SoundedWord::of(word));
    }
    for initials in [&mut out.initials, &mut out.all_initials] {
        if initials.chars().nth(1).is_none() {
            initials.clear();
        }
    }
    out
}

/// Words that join others.
const JOINING: [&str; 21] = [
    "the", "and", "of", "for", "und", "et", "y", "de", "la", "le", "les", "des", "du", "der", "die", "das", "del",
    "di", "da", "fur", "to",
];

/// One word as written becomes the words it is compared by: its trade translated, the rest in Latin letters.
fn push_words(written: &str, out: &mut Vec<String>) {
    if written.is_ascii() {
        out.extend(latin::words(written));
        return;
    }
    let mut rest = written;
    let mut trade: Vec<&str> = Vec::new();
    while let Some((head, word)) = TRADES.iter().find_map(|(ending, word)| Some((rest.strip_suffix(ending)?, *word))) {
        if head.chars().nth(1).is_none() {
            break;
        }
        rest = head;
        trade.push(word);
    }
    let romanized = match rest.chars().any(han::is_han) {
        true => pinyin::syllables(rest, 0).iter().map(|syllable| pinyin::toneless(syllable)).collect::<String>(),
        false => rest.to_owned(),
    };
    out.extend(latin::words(&transliterate::to_latin(&romanized)));
    out.extend(trade.into_iter().rev().map(str::to_owned));
}

/// A. B. C. is ABC.
fn with_initials_joined(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut run = 0;
    for word in words {
        let letter = word.len() == 1 && word.bytes().all(|c| c.is_ascii_lowercase());
        // "H and M": what joins two letters vanishes later.
        if word == "and" && run > 0 {
            continue;
        }
        run = if letter { run + 1 } else { 0 };
        match out.last_mut() {
            Some(before) if run > 1 => before.push_str(&word),
            _ => out.push(word),
        }
    }
    out
}

fn canonical(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut tens_open = false;
    for (at, word) in words.iter().enumerate() {
        let last = at > 0 && at + 1 == words.len();
        if let Some(number) = number_of(word, last) {
            // Forty-four: tens and units are one number.
            match out.last_mut().filter(|_| tens_open && number < 10) {
                Some(before) => *before = before.parse::<u32>().map_or(number, |tens| tens + number).to_string(),
                None => out.push(number.to_string()),
            }
            tens_open = number >= 20 && number % 10 == 0 && word.bytes().all(|c| c.is_ascii_alphabetic());
            continue;
        }
        tens_open = false;
        match SYNONYMS_BY_WORD.get(word.as_str()) {
            Some(meant) => out.extend(meant.split(' ').map(str::to_owned)),
            None => out.push(american(word)),
        }
    }
    out
}

/// American spelling: organisation is organization.
fn american(word: &str) -> String {
    word.replace("isation", "ization")
}

/// Numbers in words, ordinals and Roman numerals; a single Roman letter only at the end.
fn number_of(word: &str, last: bool) -> Option<u32> {
    const UNITS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
        "xviii", "xix", "xx",
    ];
    let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    if digits.starts_with(|c: char| c.is_ascii_digit()) {
        return digits.parse().ok();
    }
    let position = |table: &[&str]| table.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok());
    if let Some(at) = position(&UNITS).or_else(|| position(&ORDINALS)) {
        return Some(at + 1);
    }
    if let Some(at) = position(&TENS) {
        return Some((at + 2) * 10);
    }
    if word == "fourty" {
        return Some(40);
    }
    position(&ROMAN).filter(|_| last || word.len() > 1).map(|at| at + 1)
}

/// Words that tell no company from another, and what is left of legal forms, misspelt ones too.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 10] =
        ["group", "gruppe", "groupe", "grupo", "gruppo", "holding", "holdings", "corp", "co", "com"];
    const FORMS: [&str; 8] =
        ["aktiengesellschaft", "corporation", "incorporated", "company", "limited", "joint", "stock", "liability"];
    FILLERS.contains(&word)
        || (word.len() >= 5 && FORMS.iter().any(|form| matches!(edits_up_to_two(word, form), Some(0 | 1))))
}

/// Abbreviations and other spellings of common words in company names.
const SYNONYMS: &[(&str, &str)] = &[
    ("intl", "international"),
    ("int", "international"),
    ("natl", "national"),
    ("assn", "association"),
    ("assoc", "association"),
    ("bros", "brothers"),
    ("gebr", "gebruder"),
    ("mfg", "manufacturing"),
    ("mgmt", "management"),
    ("dept", "department"),
    ("govt", "government"),
    ("univ", "university"),
    ("inst", "institute"),
    ("ctr", "center"),
    ("centre", "center"),
    ("svc", "service"),
    ("svcs", "service"),
    ("services", "service"),
    ("sys", "system"),
    ("systems", "system"),
    ("tech", "technology"),
    ("techs", "technology"),
    ("technologies", "technology"),
    ("industries", "industry"),
    ("laboratories", "laboratory"),
    ("utilities", "utility"),
    ("properties", "property"),
    ("technologie", "technology"),
    ("technologien", "technology"),
    ("elec", "electric"),
    ("electronic", "electronics"),
    ("eng", "engineering"),
    ("engg", "engineering"),
    ("engr", "engineering"),
    ("ind", "industry"),
    ("inds", "industry"),
    ("industrial", "industry"),
    ("transp", "transport"),
    ("trans", "transport"),
    ("pharm", "pharmaceutical"),
    ("pharma", "pharmaceutical"),
    ("pharmaceuticals", "pharmaceutical"),
    ("chem", "chemical"),
    ("comm", "communications"),
    ("comms", "communications"),
    ("constr", "construction"),
    ("dev", "development"),
    ("dist", "distribution"),
    ("fin", "financial"),
    ("ins", "insurance"),
    ("inv", "investment"),
    ("invest", "investment"),
    ("mkt", "market"),
    ("mktg", "marketing"),
    ("labs", "laboratory"),
    ("lab", "laboratory"),
    ("hosp", "hospital"),
    ("grp", "group"),
    ("hldg", "holding"),
    ("hldgs", "holding"),
    ("holdings", "holding"),
    ("us", "united states"),
    ("usa", "united states"),
    ("uk", "united kingdom"),
    ("uae", "united arab emirates"),
    ("labour", "labor"),
    ("st", "saint"),
    ("mt", "mount"),
    ("ft", "fort"),
];

static SYNONYMS_BY_WORD: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| SYNONYMS.iter().copied().collect());

/// Words of trade that end Chinese, Japanese and Korean names, with what they are called abroad; longer ones first.
const TRADES: &[(&str, &str)] = &[
    ("信息技术", "information technology"),
    ("自动车", "motor"),
    ("自動車", "motor"),
    ("자동차", "motor"),
    ("汽车", "motor"),
    ("电子", "electronics"),
    ("전자", "electronics"),
    ("电器", "electric"),
    ("电气", "electric"),
    ("전기", "electric"),
    ("技术", "technology"),
    ("科技", "technology"),
    ("在线", "online"),
    ("网络", "network"),
    ("软件", "software"),
    ("集团", "group"),
    ("グループ", "group"),
    ("그룹", "group"),
    ("控股", "holding"),
    ("ホールディングス", "holding"),
    ("홀딩스", "holding"),
    ("ジャパン", "japan"),
    ("코리아", "korea"),
    ("中国", "china"),
    ("国际", "international"),
    ("银行", "bank"),
    ("은행", "bank"),
    ("保险", "insurance"),
    ("보험", "insurance"),
    ("证券", "securities"),
    ("증권", "securities"),
    ("投资", "investment"),
    ("贸易", "trading"),
    ("商事", "corporation"),
    ("物产", "trading"),
    ("물산", "trading"),
    ("实业", "industry"),
    ("工业", "industry"),
    ("산업", "industry"),
    ("重工", "heavy industry"),
    ("重工业", "heavy industry"),
    ("중공업", "heavy industry"),
    ("机械", "machinery"),
    ("建设", "construction"),
    ("건설", "construction"),
    ("化学", "chemical"),
    ("화학", "chemical"),
    ("石油", "petroleum"),
    ("钢铁", "steel"),
    ("能源", "energy"),
    ("航空", "airlines"),
    ("항공", "airlines"),
    ("物流", "logistics"),
    ("通信", "telecom"),
    ("통신", "telecom"),
    ("医药", "pharmaceutical"),
    ("制药", "pharmaceutical"),
    ("제약", "pharmaceutical"),
    ("食品", "food"),
    ("식품", "food"),
    ("大学", "university"),
    ("대학교", "university"),
    ("医院", "hospital"),
    ("병원", "hospital"),
    ("生命", "life"),
    ("생명", "life"),
    ("コーヒー", "coffee"),
    ("모터스", "motors"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let written: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let words = of_organisation(&written, "").words;
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn organisations_in_words() {
        let cases = [
            ("the acme bros int’l", "acme brothers international"),
            ("a b c company", "abc company"),
            ("brigade forty four", "brigade 44"),
            ("1st bank", "1 bank"),
            ("fund vii", "fund 7"),
            ("fund i", "fund 1"),
            ("삼성전자", "samseong electronics"),
            ("huawei technologies", "huawei technology"),
            ("h and m hennes and mauritz", "hm hennes mauritz"),
            ("u s department of state", "united states department state"),
            ("the", "the"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
        let chinese = of_organisation(&[], "华为技术");
        assert_eq!(chinese.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["huawei", "technology"]);
        let machines = of_organisation(&["international".into(), "business".into(), "machines".into()], "");
        assert_eq!(machines.initials, "ibm");
    }

    #[test]
    fn persons_in_words() {
        let person = |words: &str| {
            let name = PersonName { words: words.split(' ').map(str::to_owned).collect(), ..PersonName::default() };
            of_person(&name, &[]).iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(person("osama bin laden"), "osama laden");
        assert_eq!(person("abd al aziz al nuristani"), "abd aziz nuristani");
        assert_eq!(person("abdul aziz nooristani"), "abd aziz nooristani");
        assert_eq!(person("sergey sergey shoigu"), "sergey shoigu");
        assert_eq!(person("ben affleck"), "ben affleck");
        assert_eq!(person("van morrison"), "van morrison");
    }
}
