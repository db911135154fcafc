//! Names of organisations in Latin and other letters: the legal form stands at the end, seldom in front or between.

use super::legal_form::{AFFIXES, FORM_WORDS_MAX, class_of_words};
use super::{NameParts, alias, chinese};
use crate::domain::text::{latin, script, transliterate};
use unicode_normalization::char::is_combining_mark;

/// The name without its legal forms, otherwise as written: `Hello World, Ltd.` is `Hello World`.
///
/// Forms are taken off in Latin, Cyrillic, Greek, Arabic and Hebrew letters, at the end, in front and between, as often
/// as they come; a name made of forms only (`LLC`) is empty. Chinese, Japanese, Korean and Thai forms stay.
pub fn base_name(text: &str) -> String {
    let words = words_of(text);
    let stripped = without_forms(&words, 0);
    let mut out = String::with_capacity(text.len());
    for word in stripped.words {
        if word.after_space && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.text);
    }
    without_tail(out.trim_start_matches([',', ' ', ';'])).to_owned()
}

/// Takes a name apart: core, legal form and branch.
pub fn parse(text: &str) -> NameParts {
    let parted = without_glued_form(text);
    let text = parted.as_deref().unwrap_or(text);
    let lower = text.to_lowercase();
    let mut parts = NameParts::default();
    let bare = without_affixes(&lower, &mut parts.name.legal_form);
    // Letter case tells `AS` from `as`; it is gone only where a form without blanks was taken off.
    let words = words_of(if bare.len() == lower.len() { text } else { bare });
    let (words, branch) = split_branch(words);
    parts.name.branch = branch.into();
    if !parts.name.branch.is_empty() {
        parts.parent = joined_text(&words).into();
    }
    let stripped = without_forms(&words, 1);
    if parts.name.legal_form.is_empty() {
        parts.name.legal_form = stripped.class;
    }
    let rest = joined_text(&stripped.words);
    parts.name.words = written_words(&rest);
    let mut folded = latin::words(&transliterate::to_latin(&rest));
    if folded.len() > 1 && folded.first().is_some_and(|first| first == "the") {
        folded.remove(0);
    }
    let is_joint = |word: &str| matches!(word, "and" | "und" | "et");
    parts.name.core = folded.iter().map(String::as_str).filter(|word| !is_joint(word)).collect();
    if parts.name.core.is_empty() {
        parts.name.core = folded.concat().into();
    }
    parts.head = without_tail(&rest).into();
    if matches!(parts.name.legal_form, "" | "company")
        && let Some(full) = alias::full_name(&parts.name.core)
    {
        chinese::use_official_name(full, &mut parts);
    }
    parts
}

/// `SiemensAG` with a blank before the form: capitals behind a small letter that are a legal form.
fn without_glued_form(text: &str) -> Option<String> {
    let name = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let form = text.get(name.len()..)?;
    let glued = (2..=4).contains(&form.len()) && name.ends_with(char::is_lowercase);
    (glued && class_of_words(&form.to_ascii_lowercase()).is_some()).then(|| format!("{name} {form}"))
}

/// One word as written, and folded for looking up legal forms.
#[derive(Clone)]
struct Word<'a> {
    text: &'a str,
    /// Letters and digits only; Latin ones folded, `&` as `and`.
    key: String,
    after_space: bool,
}

/// What is left of a name, and the class of the form that was taken off last at the end, or else in front.
struct Stripped<'a> {
    words: Vec<Word<'a>>,
    class: &'static str,
}

fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for token in text.split_whitespace() {
        // Co.,Ltd. is two words.
        for (at, piece) in token.split_inclusive(',').enumerate() {
            words.push(Word { text: piece, key: key_of(piece), after_space: at == 0 });
        }
    }
    words
}

fn key_of(word: &str) -> String {
    let latin = word.chars().any(|c| script::Script::of(c) == Some(script::Script::Latin));
    let folded = if latin { latin::fold(word) } else { word.to_lowercase() };
    folded.replace('&', "and").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Takes legal forms off the end, the front and from between; at least `words_min` words stay.
fn without_forms<'a>(words: &[Word<'a>], words_min: usize) -> Stripped<'a> {
    let mut words = words.to_vec();
    let mut class = "";
    while let Some((count, found)) = form_at_end(&words, words_min) {
        words.truncate(words.len() - count);
        if class.is_empty() || class == "company" {
            class = found;
        }
    }
    let closed = !class.is_empty();
    let mut front = "";
    while let Some((count, found)) = form_in_front(&words, closed, words_min) {
        words.drain(..count);
        if front.is_empty() || front == "company" {
            front = found;
        }
    }
    take_between(&mut words, &mut front);
    Stripped { words, class: if closed { class } else { front } }
}

fn form_at_end(words: &[Word<'_>], words_min: usize) -> Option<(usize, &'static str)> {
    let most = words.len().saturating_sub(words_min).min(FORM_WORDS_MAX);
    (1..=most).rev().find_map(|count| {
        let tail = words.get(words.len() - count..)?;
        let class = class_of(tail)?;
        usable_at_end(tail).then_some((count, class))
    })
}

fn class_of(words: &[Word<'_>]) -> Option<&'static str> {
    match words {
        [one] => class_of_words(&one.key),
        // A dash between is no part of a form.
        [first, ..] if first.key.is_empty() => None,
        _ => class_of_words(&words.iter().map(|word| word.key.as_str()).collect::<String>()),
    }
}

/// Short words of everyday language count only in capitals or with dots: `Norsk AS`, not `Save As`.
fn usable_at_end(words: &[Word<'_>]) -> bool {
    const EVERYDAY: [&str; 18] =
        ["as", "se", "da", "tu", "og", "sc", "cv", "ad", "ac", "is", "ev", "hb", "ba", "teo", "ans", "mei", "ae", "rf"];
    match words {
        [one] if EVERYDAY.contains(&one.key.as_str()) => {
            let capitals = one.text.chars().all(|c| !c.is_lowercase());
            capitals || one.text.contains(['.', '/'])
        }
        _ => true,
    }
}

/// Forms that open a name. Short ones that may be a name themselves (AB InBev) only where no form closes it.
fn form_in_front(words: &[Word<'_>], closed: bool, words_min: usize) -> Option<(usize, &'static str)> {
    const CLEAR: [&str; 45] = [
        "oy",
        "oyj",
        "oyab",
        "aboy",
        "ooo",
        "oao",
        "zao",
        "pao",
        "uab",
        "sarl",
        "eurl",
        "jointstockcompany",
        "publicjointstockcompany",
        "openjointstockcompany",
        "closedjointstockcompany",
        "limitedliabilitycompany",
        "llc",
        "jsc",
        "ojsc",
        "cjsc",
        "pjsc",
        "gmbh",
        "congtytnhh",
        "congtycophan",
        "congtycp",
        "congtytnhhmtv",
        "congtytnhhmotthanhvien",
        "congtytrachnhiemhuuhan",
        "congtytrachnhiemhuuhanmotthanhvien",
        "congty",
        "ctcp",
        "kabushikikaisha",
        "kabushikigaisha",
        "yugenkaisha",
        "godokaisha",
        "jusikhoesa",
        "chusikhoesa",
        "societeanonyme",
        "sociedadanonima",
        "aktiebolag",
        "aktiebolaget",
        "perseroanterbatas",
        "doo",
        "stichting",
        "spzoo",
    ];
    const SHORT: [&str; 13] = ["srl", "ab", "as", "sa", "nv", "pt", "kk", "bv", "sas", "ou", "ag", "sia", "cv"];
    let most = words.len().saturating_sub(words_min.max(1)).min(FORM_WORDS_MAX);
    (1..=most).rev().find_map(|count| {
        let head = words.get(..count)?;
        let joined: String = head.iter().map(|word| word.key.as_str()).collect();
        let capitals = head.iter().all(|word| word.text.chars().all(|c| !c.is_lowercase()));
        let native = !joined.is_ascii() && class_of_words(&joined).is_some();
        let short = SHORT.contains(&joined.as_str()) && !closed && capitals;
        // PT … Tbk is the usual frame of an Indonesian company.
        let indonesian = joined == "pt" && capitals && words.len() > 1;
        // Forms written out are no names: Societatea cu Răspundere Limitată …
        let written_out = joined.len() >= 18 && class_of_words(&joined).is_some();
        if !(CLEAR.contains(&joined.as_str()) || native || short || indonesian || written_out) {
            return None;
        }
        let class = if joined == "pt" { "joint_stock" } else { class_of_words(&joined).unwrap_or("joint_stock") };
        Some((count, class))
    })
}

/// `Hello Oy World`: a form that is no word of any language may stand between, with its neighbours.
fn take_between(words: &mut Vec<Word<'_>>, class: &mut &'static str) {
    const CLEAR: [&str; 22] = [
        "oy",
        "oyj",
        "aboy",
        "oyab",
        "gmbh",
        "ltd",
        "ptyltd",
        "pvtltd",
        "pteltd",
        "coltd",
        "sdnbhd",
        "sro",
        "spzoo",
        "kft",
        "llc",
        "llp",
        "plc",
        "inc",
        "sarl",
        "ooo",
        "doo",
        "gmbhandcokg",
    ];
    let mut at = 1;
    while at + 1 < words.len() {
        let longest = (1..=4usize).rev().find(|count| {
            let found = words.get(at..at + count).filter(|_| at + count < words.len());
            found.is_some_and(|run| {
                CLEAR.contains(&run.iter().map(|word| word.key.as_str()).collect::<String>().as_str())
            })
        });
        let Some(count) = longest else {
            at += 1;
            continue;
        };
        if let Some(found) = words.get(at..at + count).and_then(class_of)
            && class.is_empty()
        {
            *class = found;
        }
        words.drain(at..at + count);
    }
}

/// `Acme GmbH, Shanghai Branch`: what follows the legal form is the branch.
fn split_branch(mut words: Vec<Word<'_>>) -> (Vec<Word<'_>>, String) {
    const ENDINGS: [&str; 10] = [
        "branch",
        "office",
        "niederlassung",
        "zweigniederlassung",
        "succursale",
        "filiale",
        "sucursal",
        "filial",
        "vestiging",
        "bijkantoor",
    ];
    let names_branch = |word: &Word<'_>| ENDINGS.contains(&word.key.as_str());
    let is_branch = words.iter().skip(1).any(names_branch)
        && (words.last().is_some_and(|last| last.key == "branch")
            || words.iter().any(|word| names_branch(word) && !matches!(word.key.as_str(), "branch" | "office"))
            || words.windows(2).any(|pair| {
                matches!(pair, [a, b] if b.key == "office" && matches!(a.key.as_str(), "branch" | "representative" | "rep"))
            }));
    if !is_branch {
        return (words, String::new());
    }
    let form_end = words.iter().rposition(|word| word.key.len() > 1 && class_of_words(&word.key).is_some());
    match form_end.filter(|end| *end > 0 && end + 1 < words.len()) {
        Some(end) => {
            let tail = words.split_off(end + 1);
            let branch = tail.iter().map(|word| word.key.as_str()).filter(|key| !key.is_empty());
            (words, branch.collect::<Vec<_>>().join(" "))
        }
        None => (words, String::new()),
    }
}

/// Korean and Thai forms stand at either end without a blank. The longest that fits goes, at both ends.
fn without_affixes<'a>(lower: &'a str, class: &mut &'static str) -> &'a str {
    if lower.is_ascii() {
        return lower;
    }
    let mut rest = lower.trim();
    while let Some((shorter, found)) = AFFIXES.iter().find_map(|(form, found)| {
        let shorter = rest.strip_suffix(form).or_else(|| rest.strip_prefix(form))?.trim();
        (!shorter.is_empty()).then_some((shorter, *found))
    }) {
        rest = shorter;
        if class.is_empty() {
            *class = found;
        }
    }
    if rest.len() == lower.trim().len() { lower } else { rest }
}

/// The words in lower case, in their own alphabet: vowel signs and apostrophes part nothing.
fn written_words(text: &str) -> Vec<String> {
    let joins =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\'' | '’' | '\u{200C}' | '\u{200D}');
    let words = text.split(|c| !joins(c)).filter(|word| word.contains(char::is_alphanumeric));
    words.map(str::to_lowercase).collect()
}

fn joined_text(words: &[Word<'_>]) -> String {
    let mut out = String::new();
    for word in words {
        if word.after_space && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word.text);
    }
    without_tail(&out).to_owned()
}

/// Without the punctuation that a removed form leaves behind; full stops and closed brackets stay.
fn without_tail(text: &str) -> &str {
    let mut rest = text;
    while let Some(last) = rest.chars().next_back() {
        let closes = |open| last_bracket_closes(rest, open, last);
        let keep = last.is_alphanumeric()
            || is_combining_mark(last)
            || match last {
                '.' | '\'' | '’' | '+' | '#' => true,
                ')' => closes('('),
                ']' => closes('['),
                '"' => rest.matches('"').count().is_multiple_of(2),
                '”' => closes('“'),
                '»' => closes('«'),
                _ => !last.is_ascii() && !"，。、；：！？·—–…）】".contains(last) && !last.is_whitespace(),
            };
        if keep {
            break;
        }
        rest = rest.get(..rest.len() - last.len_utf8()).unwrap_or_default();
    }
    rest
}

fn last_bracket_closes(text: &str, open: char, close: char) -> bool {
    text.matches(open).count() >= text.matches(close).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_names() {
        let cases = [
            ("Hello World Oy", "Hello World"),
            ("Oy Hello World Ab", "Hello World"),
            ("Hello Ab Oy World", "Hello World"),
            ("Hello pty ltd World", "Hello World"),
            ("Hello, World, ltd.", "Hello, World"),
            ("Acme Co.,Ltd.", "Acme"),
            ("JPMorgan Chase & Co.", "JPMorgan Chase"),
            ("Test GmbH & Co. KG", "Test"),
            ("Firma S. A. de C. V.", "Firma"),
            ("Acme (UK) Ltd", "Acme (UK)"),
            ("AB InBev SA/NV", "AB InBev"),
            ("ООО Ромашка", "Ромашка"),
            ("Company Pvt. Ltd.", ""),
            ("Company 123 Ltd", "Company 123"),
            ("3M Company", "3M"),
            ("Yahoo! Inc", "Yahoo"),
            ("株式会社サンプル", "株式会社サンプル"),
            ("", ""),
        ];
        for (text, base) in cases {
            assert_eq!(base_name(text), base, "{text}");
        }
    }
}
