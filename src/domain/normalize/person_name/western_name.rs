//! Western names in their parts, as written: title, first, middle and last name, suffix, nickname, name at birth.

use super::latin_words::{
    AMBIGUOUS_DEGREES, BOUND_FIRST_NAMES, CONJUNCTIONS, DEGREES, FIRST_NAME_TITLES, MAIDEN_MARKS, MORE_DEGREES,
    MORE_TITLES, NAME_LIKE_TITLES, NEVER_FIRST, PARTICLES, TITLE_MODIFIERS, TITLES,
};
use crate::domain::text::latin;

/// The parts of a name in Latin letters, each as written; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WesternName {
    /// `Dr.`, `Mr. and Mrs.`, `Secretary of State`.
    pub title: String,
    /// The first given name, with what is bound to it.
    pub first: String,
    /// Everything between the first and the last name.
    pub middle: String,
    /// The family name with its particles: `de la Vega`, `Velasquez y Garcia`.
    pub last: String,
    /// Generation and degrees, parted by commas: `Jr., MD`.
    pub suffix: String,
    /// What stood in quotes or brackets.
    pub nickname: String,
    /// What stood after née.
    pub maiden: String,
}

/// Takes a name apart: `Smith, Dr. John A., Jr.`, `Benjamin "Ben" Franklin`, `Juan de la Vega III`.
pub fn western_parts(text: &str) -> WesternName {
    let mut name = WesternName::default();
    let bare = without_asides(text, &mut name);
    let mut segments: Vec<Vec<String>> = Vec::new();
    for segment in bare.split(',') {
        let words = without_maiden(words_of(segment), &mut name);
        if !words.is_empty() {
            segments.push(words);
        }
    }
    let mut segments = segments.into_iter();
    let first = segments.next().unwrap_or_default();
    let mut later: Vec<Vec<String>> = segments.collect();
    // "John Smith Jr., Dr.": a title written last.
    while later.last().is_some_and(|words| words.iter().all(|word| is_plain_title(&key(word)))) {
        push_joined(&mut name.title, &later.pop().unwrap_or_default().join(" "), " ");
    }
    let (mixed_case, several) = (first.iter().any(|word| word.chars().any(char::is_lowercase)), first.len() > 1);
    let suffixes_follow = later
        .first()
        .is_some_and(|words| words.iter().all(|word| is_suffix(word) || (mixed_case && several && is_acronym(word))));
    if later.is_empty() || suffixes_follow {
        name.read_in_order(first, suffixes_follow);
    } else {
        let given = later.remove(0);
        name.read_inverted(first, given);
    }
    for words in later {
        push_joined(&mut name.suffix, &words.join(" "), ", ");
    }
    name
}

impl WesternName {
    /// First name before last name.
    fn read_in_order(&mut self, mut words: Vec<String>, suffix_after_comma: bool) {
        let mut suffixes = trailing_suffixes(&mut words, if suffix_after_comma { 1 } else { 2 });
        let title_words = title_length(&words);
        let rest = words.split_off(title_words);
        push_joined(&mut self.title, &words.join(" "), " ");
        let mut rest = rest;
        if let Some(numeral) = trailing_numeral(&mut rest) {
            suffixes.insert(0, numeral);
        }
        push_joined(&mut self.suffix, &suffixes.join(", "), ", ");
        if let Some(length) = capital_family(&rest) {
            let given = rest.split_off(length);
            self.last = rest.join(" ");
            self.set_given(given);
            return;
        }
        let pieces = pieces_of(rest);
        let first_name_title = words.last().is_some_and(|word| FIRST_NAME_TITLES.contains(&key(word).as_str()));
        match pieces.as_slice() {
            [] => {}
            [only] => {
                let titled = !self.title.is_empty() && !first_name_title;
                let starts_with_particle = only.split(' ').next().is_some_and(|word| PARTICLES.contains(&*key(word)));
                let is_last = titled
                    || !self.nickname.is_empty()
                    || suffix_after_comma
                    || (starts_with_particle && only.contains(' '));
                *(if is_last { &mut self.last } else { &mut self.first }) = only.clone();
            }
            [first, middle @ .., last] => {
                self.first.clone_from(first);
                self.middle = middle.join(" ");
                self.last.clone_from(last);
            }
        }
    }

    /// Last name, then a comma and the rest.
    fn read_inverted(&mut self, mut family: Vec<String>, mut given: Vec<String>) {
        let mut suffixes = trailing_suffixes(&mut family, 1);
        suffixes.extend(trailing_suffixes(&mut given, 1));
        push_joined(&mut self.suffix, &suffixes.join(", "), ", ");
        if family.len() > 1 {
            let titles = title_length(&family).min(family.len() - 1);
            let rest = family.split_off(titles);
            push_joined(&mut self.title, &family.join(" "), " ");
            family = rest;
        }
        self.last = family.join(" ");
        let titles = if given.len() > 1 { title_length(&given).min(given.len() - 1) } else { 0 };
        let rest = given.split_off(titles);
        push_joined(&mut self.title, &given.join(" "), " ");
        self.set_given(rest);
    }

    fn set_given(&mut self, words: Vec<String>) {
        let pieces = pieces_of(words);
        if let [first, middle @ ..] = pieces.as_slice() {
            self.first.clone_from(first);
            self.middle = middle.join(" ");
        }
    }
}

/// Nicknames stand in brackets or quotes. A second one, in brackets after the family name, is the name at birth.
fn without_asides(text: &str, name: &mut WesternName) -> String {
    let chars: Vec<char> = text.chars().filter(|c| *c != '\\' && !is_emoji(*c)).collect();
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(&c) = chars.get(index) {
        let at_word_start = index == 0 || chars.get(index - 1).is_some_and(|before| matches!(before, ' ' | ','));
        let close = match c {
            '(' => Some(')'),
            '[' => Some(']'),
            '"' => Some('"'),
            '“' => Some('”'),
            '«' => Some('»'),
            '\'' | '‘' | '’' if at_word_start => Some(if c == '\'' { '\'' } else { '’' }),
            _ => None,
        };
        let end = close.and_then(|close| aside_end(&chars, index, close));
        match end {
            Some(end) => {
                let inside: String = chars.get(index + 1..end).unwrap_or(&[]).iter().collect();
                take_aside(inside.trim(), matches!(c, '(' | '['), name);
                out.push(' ');
                index = end + 1;
            }
            None => {
                out.push(if matches!(c, '(' | ')' | '[' | ']' | '"' | '“' | '”') { ' ' } else { c });
                index += 1;
            }
        }
    }
    out
}

/// Where an aside ends; one in single quotes only before a blank, so that O'Brien's apostrophe never closes it.
fn aside_end(chars: &[char], start: usize, close: char) -> Option<usize> {
    const ASIDE_CHARS_MAX: usize = 60;
    (start + 1..chars.len().min(start + ASIDE_CHARS_MAX)).find(|&at| {
        let ends = chars.get(at) == Some(&close);
        let boundary = chars.get(at + 1).is_none_or(|after| matches!(after, ' ' | ',' | '.'));
        ends && (boundary || !matches!(close, '\'' | '’'))
    })
}

fn take_aside(inside: &str, bracketed: bool, name: &mut WesternName) {
    let mut words = inside.split_whitespace();
    let first = words.next().unwrap_or_default();
    if MAIDEN_MARKS.contains(&key(first).as_str()) {
        push_joined(&mut name.maiden, &words.collect::<Vec<_>>().join(" "), " ");
    } else if bracketed && !name.nickname.is_empty() {
        push_joined(&mut name.maiden, inside, " ");
    } else {
        push_joined(&mut name.nickname, inside, ", ");
    }
}

/// `Mary Toogood née Johnson`: the mark and what follows it are the name at birth.
fn without_maiden(mut words: Vec<String>, name: &mut WesternName) -> Vec<String> {
    if let Some(at) = words.iter().position(|word| MAIDEN_MARKS.contains(&key(word).as_str())) {
        // Geb and Nee are surnames too; a mark needs a name after it.
        let marks = at + 1 < words.len() && (at > 0 || !name.first.is_empty() || words.len() == 2);
        if marks {
            push_joined(&mut name.maiden, &words.split_off(at).get(1..).unwrap_or(&[]).join(" "), " ");
        }
    }
    words
}

/// Words by blanks; `Ph. D.` is one.
fn words_of(segment: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in segment.split_whitespace() {
        match out.last_mut() {
            Some(before) if key(before) == "ph" && key(word) == "d" => {
                before.push(' ');
                before.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// Lower case, without dots and marks: what word lists are written in.
fn key(word: &str) -> String {
    latin::fold(word).chars().filter(|c| !matches!(c, '.' | ' ')).collect()
}

fn is_initial(word: &str) -> bool {
    let letters = word.trim_end_matches('.').chars().count();
    letters == 1 && word.chars().next().is_some_and(char::is_alphabetic)
}

/// Chunks of a word that dots or hyphens part without blanks: `Lt.Gov.`, `Magistrate-Judge`, `Msc.Ed.`.
fn chunks(word: &str) -> impl Iterator<Item = String> + '_ {
    let parted = word.trim_end_matches('.').contains(['.', '-']);
    word.split(['.', '-']).filter(move |chunk| parted && chunk.len() > 1).map(key)
}

fn is_plain_title(key: &str) -> bool {
    TITLES.contains(key) || MORE_TITLES.contains(key)
}

fn is_title(word: &str) -> bool {
    let known = |key: &str| is_plain_title(key) || (key != "the" && NAME_LIKE_TITLES.contains(key));
    known(&key(word)) || chunks(word).any(|chunk| known(&chunk))
}

fn is_suffix(word: &str) -> bool {
    let key = key(word);
    if is_generation(&key) || DEGREES_ONLY.contains(&key.as_str()) || is_degree(&key) {
        return true;
    }
    let dotted = word.trim_end_matches('.').contains('.');
    if AMBIGUOUS_DEGREES.contains(&key.as_str()) {
        return dotted;
    }
    dotted && chunks(word).any(|chunk| is_degree(&chunk))
}

const DEGREES_ONLY: [&str; 2] = ["esq", "esquire"];

/// Degrees after a name; `dr`, `mr` and the like stand there too, but are titles.
fn is_degree(key: &str) -> bool {
    (DEGREES.contains(key) && !TITLES.contains(key)) || MORE_DEGREES.contains(key)
}

fn is_generation(key: &str) -> bool {
    matches!(key, "jr" | "jnr" | "junior" | "sr" | "snr" | "senior" | "ii" | "iii" | "iv" | "vi" | "vii" | "viii")
        || matches!(key, "2nd" | "3rd" | "4th" | "5th")
}

/// Two to five capitals, as degrees are written: CLU.
fn is_acronym(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
    (2..=5).contains(&letters.len()) && letters.iter().all(char::is_ascii_uppercase)
}

/// Takes suffixes off the end, in the order written, and leaves at least `keep` words; generations may leave one.
fn trailing_suffixes(words: &mut Vec<String>, keep: usize) -> Vec<String> {
    let mut out = Vec::new();
    while let Some(last) = words.last() {
        let enough = words.len() > if is_generation(&key(last)) { 1 } else { keep };
        if !(enough && is_suffix(last)) {
            break;
        }
        out.extend(words.pop());
    }
    out.reverse();
    out
}

/// `John Alexander V`: a single numeral is one after two names, the second of which is no initial.
fn trailing_numeral(words: &mut Vec<String>) -> Option<String> {
    let [.., before, last] = words.as_slice() else { return None };
    let numeral = matches!(last.as_str(), "V" | "v" | "X" | "x" | "I");
    if numeral && words.len() >= 3 && !is_initial(before) && before.len() > 1 { words.pop() } else { None }
}

/// How many words at the start are titles with what depends on them: `Secretary of State`, `The Right Hon.`.
fn title_length(words: &[String]) -> usize {
    let (mut committed, mut at) = (0, 0);
    while let Some(word) = words.get(at) {
        let folded = key(word);
        let left = words.len() - at - 1;
        let joined = conjunction_run(words, at);
        let needs_two = NAME_LIKE_TITLES.contains(folded.as_str()) && !FIRST_NAME_TITLES.contains(&folded.as_str());
        if is_title(word) && (left >= 2 || !needs_two || committed > 0) {
            at += 1;
            committed = at;
        } else if committed > 0 && at == committed && joined > at && joined < words.len() {
            let of = words.get(at..joined).is_some_and(|run| run.iter().any(|word| word.eq_ignore_ascii_case("of")));
            // What "of the" refers to belongs to the title; after "and" stands another title or nothing.
            at = if of { joined + 1 } else { joined };
            committed = if of { at } else { committed };
        } else if TITLE_MODIFIERS.contains(&folded.as_str()) {
            at += 1;
        } else {
            break;
        }
    }
    // Dr King: the last word is the name if it can be one.
    let last = committed.checked_sub(1).and_then(|index| words.get(index)).map(|word| key(word)).unwrap_or_default();
    let name_like = NAME_LIKE_TITLES.contains(last.as_str());
    if committed == words.len() && name_like { committed - 1 } else { committed }
}

/// Where a run of conjunctions that starts at `at` ends.
fn conjunction_run(words: &[String], at: usize) -> usize {
    let rest = words.get(at..).unwrap_or(&[]);
    at + rest.iter().take_while(|word| CONJUNCTIONS.contains(&word.to_lowercase().as_str())).count()
}

/// `DUPONT Jean`: capitals mark the family name. How many words of it.
fn capital_family(words: &[String]) -> Option<usize> {
    let capital = |word: &&String| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3 && !word.contains('.') && word.chars().all(|c| !c.is_lowercase())
    };
    let length = words.iter().take_while(capital).count();
    let rest = words.get(length..)?;
    let given =
        |word: &String| word.chars().any(char::is_lowercase) && word.chars().next().is_some_and(char::is_uppercase);
    (length > 0 && !rest.is_empty() && rest.iter().all(given)).then_some(length)
}

/// Joins what conjunctions and particles bind: `Velasquez y Garcia`, `de la Vega`, `John and Jane`.
fn pieces_of(words: Vec<String>) -> Vec<String> {
    let joined = joined_by_conjunctions(words);
    let is_particle = |piece: &String| PARTICLES.contains(key(piece).as_str());
    let never_first = |piece: &String| NEVER_FIRST.contains(&key(piece).as_str());
    let total = joined.len();
    let mut out: Vec<String> = Vec::with_capacity(total);
    let mut at = 0;
    while let Some(piece) = joined.get(at) {
        let next_is_particle = joined.get(at + 1).is_some_and(is_particle);
        let may_bind = at > 0 || never_first(piece) || (next_is_particle && total > 2);
        let bound_first = at == 0 && total >= 3 && BOUND_FIRST_NAMES.contains(&key(piece).as_str());
        let mut end = at + 1;
        if is_particle(piece) && may_bind && end < total {
            while joined.get(end).is_some_and(is_particle) {
                end += 1;
            }
            end += 1;
            while joined.get(end).is_some_and(|next| !is_particle(next)) {
                end += 1;
            }
        } else if bound_first {
            end += 1;
        }
        out.push(joined.get(at..end.min(total)).unwrap_or(&[]).join(" "));
        at = end;
    }
    out
}

fn joined_by_conjunctions(words: Vec<String>) -> Vec<String> {
    let total = words.len();
    let conjunction = |word: &String| {
        // One letter is an initial, unless the name is long enough for two family names.
        let letter = word.chars().count() == 1 && word != "&";
        CONJUNCTIONS.contains(&word.to_lowercase().as_str())
            && (!letter || (total >= 4 && word.chars().all(char::is_lowercase)))
    };
    let mut out: Vec<String> = Vec::with_capacity(total);
    let mut open = false;
    for word in words {
        let is_conjunction = conjunction(&word);
        match out.last_mut() {
            Some(before) if open || is_conjunction => {
                before.push(' ');
                before.push_str(&word);
            }
            _ => out.push(word),
        }
        open = is_conjunction;
    }
    out
}

fn push_joined(out: &mut String, more: &str, separator: &str) {
    if more.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str(separator);
    }
    out.push_str(more);
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_western_names() {
        // title, first, middle, last, suffix, nickname
        let cases = [
            ("Jane Roe", ["", "Jane", "", "Roe", "", ""]),
            ("Roe, Jane Q.", ["", "Jane", "Q.", "Roe", "", ""]),
            ("Prof. Roe", ["Prof.", "", "", "Roe", "", ""]),
            ("Queen Jane", ["Queen", "Jane", "", "", "", ""]),
            ("Roe Jr., Dr. Jane", ["Dr.", "Jane", "", "Roe", "Jr.", ""]),
            ("Jane Roe Jr., Dr.", ["Dr.", "Jane", "", "Roe", "Jr.", ""]),
            ("Jane Roe, M.D., CPA", ["", "Jane", "", "Roe", "M.D., CPA", ""]),
            ("Jane \"JR\" Roe", ["", "Jane", "", "Roe", "", "JR"]),
            ("Jane (Janie) O'Roe III", ["", "Jane", "", "O'Roe", "III", "Janie"]),
            ("Pieter van der Berg", ["", "Pieter", "", "van der Berg", "", ""]),
            ("van der Berg", ["", "", "", "van der Berg", "", ""]),
            ("Van Morris", ["", "Van", "", "Morris", "", ""]),
            ("Ana Lopez y Ruiz", ["", "Ana", "", "Lopez y Ruiz", "", ""]),
            ("Mr. & Mrs. Tom Roe", ["Mr. & Mrs.", "Tom", "", "Roe", "", ""]),
            ("Minister of Trade Ann Roe", ["Minister of Trade", "Ann", "", "Roe", "", ""]),
            ("Ann Roe née Poe", ["", "Ann", "", "Roe", "", ""]),
            ("DUPONT Jean", ["", "Jean", "", "DUPONT", "", ""]),
            ("Roe, Ph. D.", ["", "", "", "Roe", "Ph. D.", ""]),
            ("Abdul Karim Hassan", ["", "Abdul Karim", "", "Hassan", "", ""]),
            ("", ["", "", "", "", "", ""]),
        ];
        for (text, expected) in cases {
            let name = western_parts(text);
            let seen = [&name.title, &name.first, &name.middle, &name.last, &name.suffix, &name.nickname];
            assert_eq!(seen.map(String::as_str), expected, "{text}");
        }
        assert_eq!(western_parts("Ann Roe (née Poe)").maiden, "Poe");
        for text in ["(", "\"", "''", ",,,", "of", "and and", "Dr", "Jr", "née", "V", "' a", "((((", "de la"] {
            western_parts(text);
        }
    }
}
