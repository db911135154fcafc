//! Names in Latin letters: titles, suffixes, comma and slash forms, particles, pinyin in either order.

use super::korean_name;
use super::latin_words::{
    DEGREES, ENGLISH_LIKE_PINYIN, NAME_LIKE_TITLES, PARTICLES, RANKS, ROMANISED_SURNAMES, TITLES,
};
use super::romanisation::is_syllabic;
use super::vietnamese_name::{is_marked_letter, is_vietnamese};
use crate::domain::record::{Gender, PersonName};
use crate::domain::text::{latin, pinyin, script, transliterate};

/// A Latin name as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatinName {
    /// Family name, folded; empty when it cannot be told.
    pub family: String,
    /// Given and middle names, folded.
    pub given: Vec<String>,
    /// All words, folded, in the order written.
    pub words: Vec<String>,
    /// `jr`, `sr`, `ii` …
    pub suffix: String,
    /// For people: given names before the family name, with diacritics, in title case.
    pub shown: String,
    /// What the title says.
    pub gender: Option<Gender>,
    /// A title or degree was split off.
    pub titled: bool,
    /// Letters are hidden by asterisks.
    pub masked: bool,
}

impl LatinName {
    /// Writes the Latin parts into a name.
    pub fn fill(self, name: &mut PersonName) {
        name.family = self.family.into();
        name.given = self.given;
        name.words = self.words;
        name.suffix = self.suffix.into();
    }
}

/// One written word: as shown, and folded (a hyphenated word folds to several).
#[derive(Clone, Debug)]
struct Word {
    shown: String,
    folded: Vec<String>,
    /// The folded parts together: what word lists are looked up by.
    key: String,
}

impl Word {
    fn of(written: &str) -> Self {
        let folded = latin::words(written);
        Self { shown: written.trim_matches('.').to_owned(), key: folded.concat(), folded }
    }

    fn key(&self) -> &str {
        &self.key
    }
}

/// Reads a full name: `SMITH, John`, `John Q. Smith Jr.`, `WANG/WEI`, `zhangwei`. Western order unless pinyin says other.
pub fn parse(text: &str) -> LatinName {
    if let Some((family, given)) = korean_name::family_and_given(text) {
        let mut name = from_columns(&[&script::romanize(&given)], &script::romanize(&family), "");
        text.clone_into(&mut name.shown);
        name.words = std::iter::once(name.family.clone()).chain(name.given.iter().cloned()).collect();
        return name;
    }
    if transliterate::is_other_alphabet(text) {
        // Compared in Latin letters, shown as written: these alphabets leave out vowels that a reader wants.
        let mut name = parse(&transliterate::to_latin(text));
        text.clone_into(&mut name.shown);
        return name;
    }
    let mut name = LatinName { masked: text.contains('*'), ..LatinName::default() };
    let mut segments: Vec<Vec<Word>> = Vec::new();
    for (index, segment) in comma_form(&parted(before_maiden_name(text))).split(',').enumerate() {
        let words = stripped(words_of(segment), index > 0, &mut name);
        if !words.is_empty() {
            segments.push(words);
        }
    }
    name.words = segments.iter().flatten().flat_map(|word| word.folded.iter().cloned()).collect();
    let mut segments = segments.into_iter();
    let first = segments.next().unwrap_or_default();
    let later: Vec<Word> = segments.flatten().collect();
    if later.is_empty() {
        if !read_pinyin(&first, &mut name) {
            read_western(&first, &mut name);
        }
    } else {
        name.set(&later, &first);
    }
    name
}

/// Reads a name that needs no taking apart: two capitalised words of ASCII letters, neither a title, rank, suffix or
/// particle, and not both pinyin; `None` where that is not certain. What [`parse`] would read, faster.
pub fn plain(text: &str) -> Option<LatinName> {
    let is_capitalised = |word: &str| match word.as_bytes() {
        [first, rest @ ..] => first.is_ascii_uppercase() && !rest.is_empty() && rest.iter().all(u8::is_ascii_lowercase),
        [] => false,
    };
    text.split_once(' ').filter(|(given, family)| is_capitalised(given) && is_capitalised(family))?;
    let folded = text.to_ascii_lowercase();
    let (given, family) = folded.split_once(' ')?;
    let more = TITLES.contains(given)
        || RANKS.contains(family)
        || family == "of"
        || suffix_of(family).is_some()
        || PARTICLES.contains(given) && PARTICLES.contains(family);
    if more || pinyin::is_pinyin(given) && pinyin::is_pinyin(family) {
        return None;
    }
    Some(LatinName {
        family: family.to_owned(),
        given: vec![given.to_owned()],
        words: vec![given.to_owned(), family.to_owned()],
        shown: text.to_owned(),
        ..LatinName::default()
    })
}

/// Whether a text is titles and nothing else: Dr., Mr.
pub fn is_title_alone(text: &str) -> bool {
    let words = latin::words(text);
    !words.is_empty() && words.iter().all(|word| TITLES.contains(word.as_str()))
}

/// Reads a name whose columns say what is what.
pub fn from_columns(given: &[&str], family: &str, suffix: &str) -> LatinName {
    let masked = family.contains('*') || given.iter().any(|part| part.contains('*'));
    let mut name = LatinName { masked, ..LatinName::default() };
    let given_words: Vec<Word> = given.iter().flat_map(|part| words_of(part)).collect();
    let given_words = if given_words.len() > 1 { without_titles(given_words, &mut name) } else { given_words };
    let family_words = stripped(words_of(family), false, &mut name);
    if let Some(known) = suffix_of(&latin::words(suffix).concat()) {
        name.suffix = known.to_owned();
    }
    name.words = given_words.iter().chain(&family_words).flat_map(|word| word.folded.iter().cloned()).collect();
    name.set(&given_words, &family_words);
    name
}

impl LatinName {
    fn set(&mut self, given: &[Word], family: &[Word]) {
        self.family =
            family.iter().flat_map(|word| word.folded.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        self.given = given.iter().flat_map(|word| word.folded.iter().cloned()).collect();
        let mut shown: Vec<String> = given.iter().chain(family).map(|word| title_case(&word.shown)).collect();
        if !self.suffix.is_empty() {
            shown.push(if self.suffix.ends_with('r') { title_case(&self.suffix) } else { self.suffix.to_uppercase() });
        }
        self.shown = shown.join(" ");
    }
}

/// `JaneRoe`, written without a blank, is two words where one capital stands inside; McDonald and DeVito are one.
fn parted(text: &str) -> String {
    let capitals = text.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    let mut inner = capitals.filter(|_| text.chars().all(char::is_alphabetic));
    let (Some(at), None) = (inner.next(), inner.next()) else { return text.to_owned() };
    let (first, last) = text.split_at_checked(at).unwrap_or((text, ""));
    let long = first.chars().count() >= 3 && last.chars().count() >= 2;
    let is_particle = matches!(first, "Mac" | "Fitz" | "Van" | "Von" | "Della" | "Del" | "Des");
    if long && !is_particle && last.chars().skip(1).all(char::is_lowercase) {
        format!("{first} {last}")
    } else {
        text.to_owned()
    }
}

/// Mary Roe née Poe: the name at birth is no part of today's.
fn before_maiden_name(text: &str) -> &str {
    const MARKS: [&str; 6] = [" née ", " nee ", " Née ", " Nee ", " geb. ", " born "];
    // A mark stands between two names.
    if text.bytes().filter(|b| *b == b' ').nth(1).is_none() {
        return text;
    }
    MARKS.iter().find_map(|mark| text.split_once(mark)).map_or(text, |(before, _)| before)
}

/// `WANG/WEI`, as on tickets and passports, is family before given, like a comma.
fn comma_form(text: &str) -> String {
    if text.is_ascii() && !text.contains(['*', '/']) {
        return text.to_owned();
    }
    let romanized = script::romanize(&text.replace('*', ""));
    match romanized.split_once('/') {
        Some((family, given)) if !given.contains('/') && !family.trim().contains(' ') => format!("{family},{given}"),
        _ => romanized.replace('/', " "),
    }
}

fn words_of(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for token in text.split_whitespace() {
        let word = Word::of(token);
        // `J.R.` are initials, `Jr.` is a suffix.
        let is_suffix = suffix_of(word.key()).is_some() && !token.trim_end_matches(['.', ',']).contains('.');
        if DEGREES.contains(word.key()) || is_suffix || !token.contains('.') {
            out.push(word);
        } else {
            // `J.R.Smith` has no blanks, but dots that part.
            out.extend(token.split('.').map(Word::of));
        }
    }
    out.retain(|word| !word.folded.is_empty());
    out
}

/// Takes titles, degrees, ranks of nobility and suffixes off one segment.
fn stripped(words: Vec<Word>, after_comma: bool, name: &mut LatinName) -> Vec<Word> {
    let starts_with_ordinal = words.first().is_some_and(|word| is_ordinal(word.key()));
    let only_ranks = words.iter().all(|word| RANKS.contains(word.key()));
    if after_comma && (only_ranks || (starts_with_ordinal && words.len() > 1)) {
        // "…, 1st baronet" and "…, Bart": a rank, no name.
        name.titled = true;
        return Vec::new();
    }
    let mut words = without_titles(words, name);
    words = without_ranks(words, name);
    let keep = usize::from(!after_comma);
    while words.len() > keep {
        let last = words.last().map(Word::key).unwrap_or_default();
        if let Some(suffix) = suffix_of(last) {
            name.suffix = suffix.to_owned();
        } else if DEGREES.contains(last) && (after_comma || words.len() > 2) {
            name.titled = true;
        } else {
            break;
        }
        words.pop();
    }
    words
}

fn without_titles(mut words: Vec<Word>, name: &mut LatinName) -> Vec<Word> {
    let mut titles = 0;
    while let Some(word) = words.get(titles) {
        let key = word.key();
        let left = words.len() - titles - 1;
        let certain = TITLES.contains(key) && left >= 1;
        // Major, Earl or King may be a given name; before two more words it is a title.
        let likely = NAME_LIKE_TITLES.contains(key) && left >= 2;
        if !(certain || likely) {
            break;
        }
        name.gender = name.gender.or(match key {
            "mr" | "sir" | "herr" | "monsieur" | "lord" => Some(Gender::Male),
            "mrs" | "ms" | "miss" | "mme" | "madame" | "frau" | "lady" | "dame" | "madam" => Some(Gender::Female),
            _ => None,
        });
        titles += 1;
    }
    name.titled |= titles > 0;
    words.drain(..titles);
    words
}

/// `John 1st Viscount Sumner` → John Sumner: ordinal, rank and "of" are no names, the place is used as one.
fn without_ranks(words: Vec<Word>, name: &mut LatinName) -> Vec<Word> {
    let total = words.len();
    let mut out: Vec<Word> = Vec::with_capacity(total);
    let mut in_rank = false;
    for (index, word) in words.into_iter().enumerate() {
        let key = word.key();
        let is_last_suffix = index + 1 == total && suffix_of(key).is_some();
        let is_ordinal = is_ordinal(key) && total > 1;
        let after_rank = in_rank && (NAME_LIKE_TITLES.contains(key) || key == "the");
        let is_title = index > 0 && (RANKS.contains(key) || key == "of" || after_rank);
        let is_rank = !is_last_suffix && (is_ordinal || is_title);
        name.titled |= is_rank;
        in_rank = is_rank;
        if !is_rank {
            out.push(word);
        }
    }
    out
}

fn read_western(words: &[Word], name: &mut LatinName) {
    let keys: Vec<String> = words.iter().map(|word| word.key.clone()).collect();
    if words.len() < 2 {
        name.shown = words.iter().map(|word| title_case(&word.shown)).collect::<Vec<_>>().join(" ");
        return;
    }
    let cantonese = |index: usize| keys.get(index).is_some_and(|key| ROMANISED_SURNAMES.contains(key.as_str()));
    let hyphenated = |word: &Word| word.folded.len() == 2 && word.folded.iter().all(|part| is_syllabic(part));
    let chinese_order = match words {
        [_, given] => cantonese(0) && hyphenated(given),
        [_, _, _] => cantonese(0) && !cantonese(2),
        _ => false,
    };
    if chinese_order || is_capital_family(words) {
        // Chan Tai Man, Wong Ka-fai, DUPONT Jean: family name first.
        let (family, given) = words.split_at(1);
        name.set(given, family);
        return;
    }
    let marked = words.iter().any(|word| word.shown.chars().any(is_marked_letter));
    if is_vietnamese(&keys, marked) {
        let (family, given) = words.split_at(1);
        name.set(given, family);
        name.shown = words.iter().map(|word| title_case(&word.shown)).collect::<Vec<_>>().join(" ");
        return;
    }
    let is_particle = |index: usize| keys.get(index).is_some_and(|key| PARTICLES.contains(key.as_str()));
    if is_particle(0) && is_particle(1) {
        // van der Berg: no given name.
        name.set(&[], words);
        return;
    }
    let mut start = words.len() - 1;
    while start > 1 {
        let before = keys.get(start - 1).map(String::as_str).unwrap_or_default();
        if PARTICLES.contains(before) {
            start -= 1;
        } else if matches!(before, "y" | "e") && start > 2 {
            start -= 2;
        } else {
            break;
        }
    }
    let (given, family) = words.split_at(start);
    name.set(given, family);
}

/// DUPONT Jean: where only one word of two is in capitals, it is the family name. Short ones may be initials (JR).
fn is_capital_family(words: &[Word]) -> bool {
    let [family, given] = words else { return false };
    let capitals = |word: &Word| word.shown.chars().all(|c| !c.is_lowercase());
    family.shown.chars().count() >= 3
        && capitals(family)
        && !capitals(given)
        && given.shown.starts_with(char::is_uppercase)
}

/// Pinyin in either order, where a known surname tells which word is the family name. The syllables of the given name
/// become one word, so that Zhang Xiao Ming, Xiaoming Zhang and zhangxiaoming read the same.
fn read_pinyin(words: &[Word], name: &mut LatinName) -> bool {
    let mut split: Vec<Vec<String>> = Vec::new();
    for word in words {
        // ü is v in pinyin, while the general folding makes it u.
        let spelled: String = word.shown.to_lowercase().replace('ü', "v");
        match pinyin::split_pinyin(&spelled) {
            Some(syllables) => split.push(syllables),
            None => return false,
        }
    }
    let total: usize = split.iter().map(Vec::len).sum();
    if !(2..=4).contains(&total) {
        return false;
    }
    if let [only] = split.as_slice() {
        // One word: Susan and Linda are spelled like pinyin too.
        if only.len() > 3 || ENGLISH_LIKE_PINYIN.contains(only.concat().as_str()) {
            return false;
        }
        split = only.iter().map(|syllable| vec![syllable.clone()]).collect();
        let compound = split.iter().take(2).flatten().cloned().collect::<String>();
        if total == 3
            && pinyin::surname_rank(&compound) > 0
            && split.first().is_some_and(|s| pinyin::surname_rank(&s.concat()) == 0)
        {
            split = vec![vec![compound], split.pop().unwrap_or_default()];
        }
        if split.first().is_none_or(|first| pinyin::surname_rank(&first.concat()) == 0) {
            return false;
        }
        name.set_pinyin(&split, true);
        return true;
    }
    let rank = |word: Option<&Vec<String>>| {
        let key = word.map(|syllables| syllables.concat()).unwrap_or_default();
        if ROMANISED_SURNAMES.contains(key.as_str()) { 2 } else { pinyin::surname_rank(&key) }
    };
    let (first, last) = (rank(split.first()), rank(split.last()));
    if first == last {
        // Neither or both: the order cannot be told. Written word by word the words are kept as they are.
        name.shown = words.iter().map(|word| title_case(&word.shown)).collect::<Vec<_>>().join(" ");
        name.words = split.iter().map(|word| word.concat()).collect();
        return first > 0;
    }
    name.set_pinyin(&split, first > last);
    let family_is_pinyin = pinyin::surname_rank(&name.family) > 0;
    if !family_is_pinyin {
        // Hong Kong writes the syllables of a given name apart.
        name.shown = words.iter().map(|word| title_case(&word.shown)).collect::<Vec<_>>().join(" ");
    }
    true
}

impl LatinName {
    fn set_pinyin(&mut self, split: &[Vec<String>], family_first: bool) {
        let (family, given) = match (family_first, split) {
            (true, [family, given @ ..]) | (false, [given @ .., family]) => (family.concat(), given),
            _ => return,
        };
        self.family = pinyin::surname_lv_fold(&family).to_owned();
        let given: String = given.iter().flatten().map(String::as_str).collect();
        self.shown = format!("{} {}", title_case(&family), title_case(&given));
        self.words = if family_first {
            vec![self.family.clone(), given.clone()]
        } else {
            vec![given.clone(), self.family.clone()]
        };
        self.given = vec![given];
    }
}

fn is_ordinal(key: &str) -> bool {
    let digits = key.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = key.get(digits.len()..).unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && matches!(ending, "st" | "nd" | "rd" | "th")
}

fn suffix_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "jr" | "jnr" | "junior" => "jr",
        "sr" | "snr" | "senior" => "sr",
        "ii" | "2nd" => "ii",
        "iii" | "3rd" => "iii",
        "iv" | "4th" => "iv",
        _ => return None,
    })
}

/// Capitals at word starts, for words that are all upper or all lower case; mixed case (McDonald) and particles stay.
fn title_case(word: &str) -> String {
    let uniform = word.chars().all(|c| !c.is_uppercase()) || word.chars().all(|c| !c.is_lowercase());
    if !uniform {
        return word.to_owned();
    }
    let lower = word.to_lowercase();
    if PARTICLES.contains(lower.as_str()) {
        return lower;
    }
    let mut out = String::with_capacity(word.len());
    let mut at_start = true;
    for c in lower.chars() {
        if at_start {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        at_start = matches!(c, '-' | '\'' | '’');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn western_names() {
        let cases = [
            ("John Smith", "smith", "john", "", "John Smith"),
            ("SMITH, John", "smith", "john", "", "John Smith"),
            ("John Q. Smith Jr.", "smith", "john q", "jr", "John Q Smith Jr"),
            ("Smith, John Q., Jr., Ph.D.", "smith", "john q", "jr", "John Q Smith Jr"),
            ("Dr. Juan de la Vega III", "de la vega", "juan", "iii", "Juan de la Vega III"),
            ("de la Vega, Dr. Juan", "de la vega", "juan", "", "Juan de la Vega"),
            ("Juan Velasquez y Garcia", "velasquez y garcia", "juan", "", "Juan Velasquez Y Garcia"),
            ("sir john smith, 1st baronet", "smith", "john", "", "John Smith"),
            ("sir william barber, baronet", "barber", "william", "", "William Barber"),
            ("1st jay cory baronet", "cory", "jay", "", "Jay Cory"),
            ("john 1st viscount sumner", "sumner", "john", "", "John Sumner"),
            ("Susan O'Brien", "obrien", "susan", "", "Susan O'Brien"),
            ("J.R. Müller", "muller", "j r", "", "J R Müller"),
            ("Wong Ka Fai", "wong", "ka fai", "", "Ka Fai Wong"),
            ("Andrew", "", "", "", "Andrew"),
            ("AndrewMiller", "miller", "andrew", "", "Andrew Miller"),
            ("McDonald", "", "", "", "McDonald"),
            ("van der Berg", "van der berg", "", "", "van der Berg"),
            ("DUPONT Jean", "dupont", "jean", "", "Jean Dupont"),
            ("Mary Roe née Poe", "roe", "mary", "", "Mary Roe"),
            ("Wong Ka-fai", "wong", "ka fai", "", "Ka-fai Wong"),
            ("Nguyễn Văn An", "nguyen", "van an", "", "Nguyễn Văn An"),
            ("Earl Jones", "jones", "earl", "", "Earl Jones"),
            ("Владимир Путин", "putin", "vladimir", "", "Vladimir Putin"),
            ("", "", "", "", ""),
        ];
        for (text, family, given, suffix, shown) in cases {
            let name = parse(text);
            let seen = (name.family.as_str(), name.given.join(" "), name.suffix.as_str(), name.shown.as_str());
            assert_eq!(seen, (family, given.to_owned(), suffix, shown), "{text}");
        }
        assert_eq!(parse("Mrs. Mary Smith").gender, Some(Gender::Female));
        assert_eq!(parse("sir john smith, 1st baronet").words, ["john", "smith"]);
        assert_eq!(parse("j0hn smith").words, ["j0hn", "smith"]);
    }

    #[test]
    fn plain_names_are_read_as_all_others() {
        for text in ["John Smith", "Wang Smith", "Juan Garcia", "Kim Nguyen", "Chan Peter", "Esq John", "Maria Do"] {
            assert!(plain(text).is_some_and(|name| name == parse(text)), "{text}");
        }
        for text in [
            "Wang Li",
            "Mr Smith",
            "John Jr",
            "Van Der",
            "John Baronet",
            "JOHN Smith",
            "John",
            "John Q Smith",
            "J Smith",
            "John O'Neil",
            "John  Smith",
            "Jörg Smith",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn pinyin_in_either_order() {
        for text in
            ["Zhang Xiao Ming", "zhangxiaoming", "Xiaoming Zhang", "ZHANG/XIAOMING", "ZHANG, Xiaoming", "ZhangXiaoMing"]
        {
            let name = parse(text);
            assert_eq!((name.family.as_str(), name.given.concat().as_str()), ("zhang", "xiaoming"), "{text}");
        }
        assert_eq!(parse("Wang Li").family, "");
        assert_eq!(parse("Wang Li").words, ["wang", "li"]);
        assert_eq!(parse("Chan Tai Man").family, "chan");
        assert_eq!(parse("Lü Bu").family, "lv");
        assert_eq!(parse("Ouyang Nana").family, "ouyang");
        assert_eq!(parse("Susan").words, ["susan"]);
        assert_eq!(parse("Linda Wang").family, "wang");
    }

    #[test]
    fn columns_are_believed() {
        let name = from_columns(&["Maria Luis", "Q."], "Medina Sentosa Jr", "");
        assert_eq!((name.family.as_str(), name.given.join(" ").as_str()), ("medina sentosa", "maria luis q"));
        assert_eq!(name.suffix, "jr");
    }
}
