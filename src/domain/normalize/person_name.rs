//! Names of persons: Han, Latin or both; titles, masks, remarks and several persons in one field told apart.

use super::{Context, prepared, truncated};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, Part, PersonName, RawAttribute, Value};
use crate::domain::text::han::{is_han, is_surname};
use crate::domain::text::{self, Cleaned, latin, placeholder, script};
use han_name::HanName;
use latin_name::LatinName;
use not_one_person::{several, wrong_column};

mod han_name;
mod latin_name;
mod latin_words;
mod not_one_person;

/// Prepares a person's name.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    if let Some(finding) = wrong_column(&cleaned.text) {
        return vec![unusable(raw, &cleaned, Validity::Suspect, finding)];
    }
    if placeholder::is_placeholder_name(&cleaned.text) {
        return vec![unusable(raw, &cleaned, Validity::Suspect, Finding::of(Defect::Placeholder))];
    }
    let has_columns = raw.parts.iter().any(|(part, text)| {
        matches!(part, Part::Family | Part::Given | Part::Middle) && !text::is_missing(&text::clean(text).text)
    });
    if has_columns {
        return vec![attribute(raw, &cleaned, from_columns(raw))];
    }
    let only_nickname = raw.parts.iter().all(|(part, text)| *part == Part::Nickname || text.trim().is_empty());
    let column = |part| raw.part(part).map(|text| text::clean(&truncated(text)).text).unwrap_or_default();
    let full = column(Part::Full);
    let full = if full.is_empty() { cleaned.text.clone() } else { full };
    let persons = several(&full);
    let many = persons.len() > 1;
    let mut out = Vec::with_capacity(persons.len());
    for person in &persons {
        let mut reading = read(person);
        if !many {
            reading.supplement(read(&column(Part::Native)));
        }
        let mut prepared = attribute(raw, &cleaned, reading);
        if many {
            prepared.findings.push(Finding::of(Defect::MultipleValues));
        }
        prepared.evidence &= !only_nickname;
        out.push(prepared);
    }
    out
}

/// Both readings of one name, before they become an attribute.
#[derive(Default)]
struct Reading {
    han: HanName,
    latin: LatinName,
    remark: bool,
    damaged: bool,
}

impl Reading {
    /// Fills what is empty from the name in its native script.
    fn supplement(&mut self, other: Self) {
        if self.han.shown.is_empty() {
            self.han = other.han;
        }
        if self.latin.words.is_empty() {
            self.latin = other.latin;
        }
    }
}

fn attribute(raw: &RawAttribute, cleaned: &Cleaned, reading: Reading) -> Attribute {
    let Reading { han, latin, remark, damaged } = reading;
    let shown: Vec<&str> = [han.shown.as_str(), latin.shown.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    let shown = shown.join(" ");
    if shown.is_empty() || (han.han.is_empty() && latin.words.is_empty() && !han.masked) {
        let finding = Finding::with_detail(Defect::Format, "没有可识别的姓名文字", "no letters of a name");
        return unusable(raw, cleaned, Validity::Suspect, finding);
    }
    let mut checked = Checked::valid(shown);
    if let Some(gender) = han.gender.or(latin.gender) {
        checked.fact("gender", gender.code());
    }
    if remark || han.titled || latin.titled {
        checked.note(Finding::of(Defect::RemarkRemoved));
    }
    if han.surname_only && latin.words.is_empty() {
        let (zh, en) = ("只有姓氏，没有名字", "surname only");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Partial, zh, en));
    }
    if han.han.chars().count() >= 5 && !han.han.contains('·') {
        let (zh, en) = ("五个以上汉字，可能不是一个人的姓名", "five or more Han characters without a middle dot");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    let masked = han.masked || latin.masked;
    if masked {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Masked));
    }
    if damaged {
        checked.worsen(Validity::Suspect, Finding::of(Defect::EncodingDamaged));
    }
    let mut name = PersonName::default();
    han.fill(&mut name);
    latin.fill(&mut name);
    // A visible surname is weak evidence, but evidence.
    let weak_evidence = han.masked && !name.han.is_empty() && !damaged;
    let mut attribute = prepared(raw, cleaned, checked, Value::PersonName(name));
    attribute.evidence |= weak_evidence;
    attribute
}

/// A text that names no person: kept as folded text, never evidence.
fn unusable(raw: &RawAttribute, cleaned: &Cleaned, validity: Validity, finding: Finding) -> Attribute {
    let folded = latin::fold(&text::han::to_simplified(&cleaned.text));
    let mut checked = Checked::valid(cleaned.text.as_str());
    checked.worsen(validity, finding);
    let mut attribute = prepared(raw, cleaned, checked, Value::Text(folded));
    attribute.evidence = false;
    attribute
}

fn from_columns(raw: &RawAttribute) -> Reading {
    let column = |part| {
        let text = raw.part(part).map(|text| text::clean(&truncated(text)).text).unwrap_or_default();
        if text::is_missing(&text) && !text.eq_ignore_ascii_case("null") { String::new() } else { text }
    };
    let (family, given, middle) = (column(Part::Family), column(Part::Given), column(Part::Middle));
    let (suffix, prefix, full) = (column(Part::Suffix), column(Part::Prefix), column(Part::Full));
    let parts: Vec<Split> = [&family, &given, &middle].into_iter().map(|text| split_scripts(text)).collect();
    let mut reading = Reading::default();
    if let [family, given, middle] = parts.as_slice() {
        reading.remark = parts.iter().any(|part| part.remark);
        reading.damaged = parts.iter().any(|part| part.damaged);
        if !(family.han.is_empty() && given.han.is_empty()) {
            reading.han = han_name::from_columns(&family.han, &given.han);
        }
        reading.latin = latin_name::from_columns(&[&given.latin, &middle.latin], &family.latin, &suffix);
    }
    let titled = latin_name::parse(&format!("{prefix} X"));
    reading.latin.gender = reading.latin.gender.or(titled.gender).or(han_name::parse(&format!("某{prefix}")).gender);
    reading.supplement(read(&column(Part::Native)));
    reading.supplement(read(&full));
    reading
}

fn read(text: &str) -> Reading {
    let split = split_scripts(text);
    let mut reading = Reading { remark: split.remark, damaged: split.damaged, ..Reading::default() };
    if !split.latin.is_empty() {
        reading.latin = latin_name::parse(&split.latin);
    }
    match han_name::title_alone(&split.han) {
        // "Kenneth Torres先生": the Han part is a title and no name.
        Some(gender) if !reading.latin.words.is_empty() => {
            reading.latin.titled = true;
            reading.latin.gender = reading.latin.gender.or(gender);
        }
        _ if !split.han.is_empty() => reading.han = han_name::parse(&split.han),
        _ => {}
    }
    reading
}

/// A text parted by script: Han with dots and masks, everything else romanised.
#[derive(Default)]
struct Split {
    han: String,
    latin: String,
    remark: bool,
    damaged: bool,
}

fn split_scripts(text: &str) -> Split {
    let (outer, brackets) = without_brackets(text);
    let trimmed = outer
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '。' | '.' | '!' | '~' | '、' | ' ' | '-' | '_'));
    let mut split = Split { damaged: text.contains('\u{FFFD}'), ..Split::default() };
    // "J." ends with a dot that belongs to it, and is no remark.
    split.remark = trimmed.len() < outer.trim_end_matches([' ', '.']).len();
    part_scripts(trimmed, &mut split);
    for inside in brackets {
        let mut inner = Split::default();
        part_scripts(&inside, &mut inner);
        let is_title = han_name::parse(&format!("王{}", inner.han));
        if !inner.han.is_empty() && is_title.surname_only && is_title.titled && !split.han.is_empty() {
            split.han.push_str(&inner.han);
        } else if split.han.is_empty() && inner.han.chars().next().is_some_and(is_surname) {
            split.han = inner.han;
        } else if split.latin.is_empty() && inner.han.is_empty() && is_alias(&inner.latin) {
            split.latin = inner.latin;
        } else {
            split.remark = true;
        }
    }
    split
}

/// Latin text in brackets after a Han name is its romanisation or an alias, unless it is a remark.
fn is_alias(text: &str) -> bool {
    const REMARKS: [&str; 10] = ["vip", "svip", "hr", "it", "new", "old", "ceo", "boss", "wechat", "vx"];
    let words = latin::words(text);
    !words.is_empty()
        && words.iter().all(|w| w.bytes().all(|b| b.is_ascii_alphabetic()) && !REMARKS.contains(&w.as_str()))
}

fn part_scripts(text: &str, split: &mut Split) {
    let simplified_dots = folded_dots_and_masks(text);
    let mut latin = String::new();
    let mut after_han = false;
    for c in simplified_dots.chars() {
        if is_han(c) || c == '·' || (c == '*' && after_han) || (c == '*' && latin.trim().is_empty()) {
            split.han.push(c);
            latin.push(' ');
            after_han = true;
        } else if c.is_alphabetic()
            || c.is_numeric()
            || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '/' | '*')
            || is_mark(c)
        {
            latin.push(c);
            after_han &= c == ' ';
        } else {
            // Emoji and decoration.
            latin.push(' ');
        }
    }
    let has_han = split.han.chars().any(is_han);
    if !has_han && split.han.contains(['*', '·']) {
        latin = simplified_dots.replace('·', " ");
        split.han.clear();
    }
    let latin = spaced_hangul(latin.trim());
    // "AAA张三" puts the name on top of a contact list.
    let is_list_prefix = has_han && latin.chars().all(|c| matches!(c, 'a' | 'A' | ' ' | '0'..='9'));
    if is_list_prefix {
        split.remark |= !latin.is_empty();
    } else {
        split.latin = latin;
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Between Han characters every dot is the middle dot, and after them X stands for a hidden character.
fn folded_dots_and_masks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut previous = ' ';
    while let Some(c) = chars.next() {
        let next_is_han = chars.peek().copied().is_some_and(is_han);
        let ends_word = chars.peek().is_none_or(|next| matches!(next, 'x' | 'X' | '×' | ' ') || is_han(*next));
        let folded = match c {
            '•' | '‧' | '・' | '･' | '˙' | '∙' | '⋅' | '⸱' | '●' | '．' => '·',
            '.' | '。' if is_han(previous) && next_is_han => '·',
            'x' | 'X' if (is_han(previous) || previous == '*') && ends_word => '*',
            '×' | '＊' | '○' | '?' if is_han(previous) || previous == '*' => '*',
            other => other,
        };
        out.push(folded);
        previous = folded;
    }
    out
}

/// A Korean name in one word: the first syllable is the family name.
fn spaced_hangul(text: &str) -> String {
    let length = text.chars().count();
    if !(2..=4).contains(&length) || !text.chars().all(|c| script::Script::of(c) == Some(script::Script::Hangul)) {
        return text.to_owned();
    }
    let family: String = text.chars().take(1).collect();
    let given: String = text.chars().skip(1).collect();
    format!("{family}, {given}")
}

/// The text outside brackets, and what stood in them.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outer, mut inside) = (String::with_capacity(text.len()), Vec::new());
    let mut current: Option<String> = None;
    for c in text.chars() {
        match (c, current.as_mut()) {
            ('(' | '[' | '{' | '<' | '【' | '〔' | '《' | '「', None) => current = Some(String::new()),
            (')' | ']' | '}' | '>' | '】' | '〕' | '》' | '」', Some(text)) => {
                inside.push(std::mem::take(text));
                current = None;
                outer.push(' ');
            }
            (')' | ']' | '}' | '>' | '】' | '〕' | '》' | '」', None) => outer.push(' '),
            (other, Some(text)) => text.push(other),
            (other, None) => outer.push(other),
        }
    }
    inside.extend(current);
    (outer.trim().to_owned(), inside)
}

#[cfg(test)]
mod tests;
