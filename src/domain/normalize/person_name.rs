//! Names of persons: Han, Latin or both; titles, masks, remarks and several persons in one field told apart.

use super::{Field, prepared, truncated};
use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, Part, PersonName, RawAttribute, Value};
use crate::domain::text::han::{has_middle_dot, is_han, is_surname};
use crate::domain::text::script::Script;
use crate::domain::text::{self, latin, placeholder};
use han_name::HanName;
use latin_name::LatinName;
use not_one_person::{several, without_aliases, wrong_column};
use smol_str::{SmolStr, format_smolstr};

mod han_name;
mod japanese_name;
mod korean_name;
mod latin_name;
mod latin_words;
mod not_one_person;
pub mod romanisation;
mod vietnamese_name;
mod western_name;

pub use western_name::{WesternName, western_parts};

/// Prepares a person's name.
pub fn normalize(field: &Field<'_>, out: &mut Vec<Attribute>) {
    let Field { raw, text, .. } = *field;
    if let ([(Part::Full, _)], Some(han)) = (raw.parts.as_slice(), han_name::plain(text)) {
        out.push(attribute(field, Reading { han, ..Reading::default() }));
        return;
    }
    if let ([(Part::Full, _)], Some(latin)) = (raw.parts.as_slice(), latin_name::plain(text))
        && !placeholder::is_placeholder_name(text)
        && !not_one_person::is_latin_organisation(text)
    {
        out.push(attribute(field, Reading { latin, ..Reading::default() }));
        return;
    }
    if let Some(finding) = wrong_column(text) {
        out.push(unusable(field, Validity::Suspect, finding));
        return;
    }
    if placeholder::is_placeholder_name(text) {
        out.push(unusable(field, Validity::Suspect, Finding::of(Defect::Placeholder)));
        return;
    }
    let has_columns = raw.parts.iter().any(|(part, text)| {
        matches!(part, Part::Family | Part::Given | Part::Middle) && !text::is_missing(&text::clean(text).text)
    });
    if has_columns {
        out.push(attribute(field, from_columns(raw)));
        return;
    }
    let only_nickname = raw.parts.iter().all(|(part, text)| *part == Part::Nickname || text.trim().is_empty());
    let column = |part| raw.part(part).map(|text| text::clean(&truncated(text)).text).unwrap_or_default();
    let full = if raw.parts.len() > 1 { column(Part::Full) } else { String::new() };
    let full = if full.is_empty() { text } else { &full };
    let native = column(Part::Native);
    let (full, aliases) = without_aliases(full);
    let persons = several(&full);
    let many = persons.len() > 1;
    let first = out.len();
    for person in &persons {
        let mut reading = read(person);
        if !many {
            reading.supplement(if native.is_empty() { Reading::default() } else { read(&native) });
        }
        let mut prepared = attribute(field, reading);
        if many {
            prepared.findings.push(Finding::of(Defect::MultipleValues));
            mark_split(&mut prepared);
        }
        prepared.evidence &= !only_nickname;
        out.push(prepared);
    }
    if let Some(main) = out.get_mut(first).filter(|_| !aliases.is_empty()) {
        main.findings.push(Finding::of(Defect::RemarkRemoved));
    }
    for (label, alias) in aliases {
        let mut prepared = attribute(field, read(&alias));
        mark_split(&mut prepared);
        if prepared.label.is_empty() {
            prepared.label = SmolStr::new_static(label);
        }
        out.push(prepared);
    }
}

/// Records that one field became several values.
fn mark_split(attribute: &mut Attribute) {
    attribute.actions.add(Action::ValuesSplit);
}

/// Both readings of one name, before they become an attribute.
#[derive(Default)]
struct Reading {
    han: HanName,
    latin: LatinName,
    remark: bool,
    /// What the remarks say.
    remarks: Vec<String>,
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

fn attribute(field: &Field<'_>, reading: Reading) -> Attribute {
    let Reading { mut han, mut latin, remark, remarks, damaged } = reading;
    let only_latin = han.shown.is_empty();
    let shown: SmolStr = match (only_latin, latin.shown.is_empty()) {
        (_, true) => std::mem::take(&mut han.shown),
        (true, false) => std::mem::take(&mut latin.shown).into(),
        (false, false) => format_smolstr!("{} {}", han.shown, latin.shown),
    };
    if shown.is_empty() || (han.han.is_empty() && latin.words.is_empty() && !han.masked) {
        let finding = Finding::with_detail(Defect::Format, "没有可识别的姓名文字", "no letters of a name");
        return unusable(field, Validity::Suspect, finding);
    }
    let mut checked = Checked::valid(shown);
    if let Some(gender) = han.gender.or(latin.gender) {
        checked.word("gender", gender.code());
    }
    if remark || han.titled || latin.titled {
        checked.note(Finding::of(Defect::RemarkRemoved));
        checked.act(Action::RemarkSplit);
    }
    let title = remarks.iter().fold(han.title.as_str(), |title, remark| title.strip_suffix(&**remark).unwrap_or(title));
    if !title.is_empty() {
        checked.fact("title", title);
    }
    for remark in remarks {
        checked.fact("remark", remark);
    }
    note_changes(&mut checked, &han, &latin, field.text);
    // Mr. Zhang: what a title stands before is the family name.
    let titled_family = only_latin && latin.titled && latin.words.len() == 1;
    if titled_family {
        latin.family = latin.words.concat();
    }
    if (han.surname_only && latin.words.is_empty()) || titled_family {
        let (zh, en) = ("只有姓氏，没有名字", "surname only");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Partial, zh, en));
    }
    let length = han.han.chars().count();
    let is_japanese = han.surname_len >= 2 && length <= 6;
    if length >= 5 && !is_japanese && !has_middle_dot(&han.han) {
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
    // A visible surname is weak evidence, but evidence; so is a text that was decoded again without loss.
    let repaired = !masked && field.cleaned.actions.contains(&Action::MojibakeRepaired);
    let weak_evidence = ((han.masked && !han.han.is_empty()) || repaired) && !damaged;
    let mut name = PersonName::default();
    han.fill(&mut name);
    latin.fill(&mut name);
    let mut attribute = prepared(field.raw, field.cleaned, checked, Value::PersonName(Box::new(name)));
    attribute.evidence |= weak_evidence;
    attribute
}

/// Says what was done, and what the parts are that have no place in the name itself.
fn note_changes(checked: &mut Checked, han: &HanName, latin: &LatinName, cleaned: &str) {
    if han.han != cleaned {
        if han.han.chars().any(|c| !cleaned.contains(c) && is_han(c)) {
            checked.act(Action::TraditionalToSimplified);
        }
        if han.han.contains('·') && !cleaned.contains('·') {
            checked.act(Action::SeparatorsNormalized);
        }
    }
    if han.surname_len == 1
        && let Some(after) = han_name::name_after_first_surname(&han.han)
    {
        checked.fact("name_after_first_surname", after);
    }
    if han.han.is_empty() && !latin.words.is_empty() {
        let aside = |c| matches!(c, '(' | '[' | '"' | '“' | '\'' | '‘' | '«');
        let has_parts = latin.titled || cleaned.contains(aside) || latin.words.len() > 3;
        let parts = if has_parts { western_parts(cleaned) } else { WesternName::default() };
        let named = [("title", parts.title), ("nickname", parts.nickname), ("maiden_name", parts.maiden)];
        for (name, part) in named.into_iter().filter(|(_, part)| !part.is_empty()) {
            checked.fact(name, part);
        }
        if cleaned.contains([',', '/']) {
            checked.act(Action::Reordered);
        }
        if checked.normal != cleaned && checked.normal.eq_ignore_ascii_case(cleaned) {
            checked.act(Action::CaseFolded);
        }
    } else if latin.words.is_empty() && cleaned.contains(' ') {
        checked.act(Action::SpacesNormalized);
    }
}

/// Judges a name as it stands in a Chinese register: Han characters, two to fifty of them, U+00B7 between the parts of a
/// minority name, and nothing else (民委发〔2016〕33号).
pub fn chinese_legal_name(text: &str) -> Checked {
    const LENGTH_MAX: usize = 50;
    let folded: String = text.chars().map(|c| if is_middle_dot(c) { '·' } else { c }).collect();
    let length = folded.chars().count();
    let stray = folded.chars().find(|c| !is_han(*c) && *c != '·');
    if let Some(c) = stray {
        let dotted: Option<String> = (c == '.' || c == '。').then(|| folded.replace(['.', '。'], "·"));
        let inner = dotted.filter(|name| name.chars().all(|c| is_han(c) || c == '·') && !name.ends_with('·'));
        let finding = Finding::with_detail(
            Defect::Alphabet,
            "含有汉字和间隔号以外的字符",
            "something besides Han and middle dots",
        );
        return match inner {
            Some(name) => Checked::suspect(text, finding.suggest(name, "间隔号应为“·”", "the middle dot is U+00B7")),
            None => Checked::invalid(text, finding),
        };
    }
    let misplaced = folded.starts_with('·') || folded.ends_with('·') || folded.contains("··");
    if misplaced || length == 0 || length > LENGTH_MAX {
        let defect = if misplaced { Defect::Format } else { Defect::Length };
        return Checked::invalid(folded, Finding::of(defect));
    }
    let mut checked = Checked::valid(folded.as_str());
    if folded != text {
        checked.act(Action::SeparatorsNormalized);
    }
    if length == 1 {
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Partial, "只有一个汉字", "a single character"));
    } else if placeholder::is_placeholder_name(&folded) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

/// A text that names no person: kept as folded text, never evidence.
fn unusable(field: &Field<'_>, validity: Validity, finding: Finding) -> Attribute {
    let folded = latin::fold(&text::han::simplified(field.text));
    let mut checked = Checked::valid(field.text);
    checked.worsen(validity, finding);
    let mut attribute = prepared(field.raw, field.cleaned, checked, Value::Text(folded.into()));
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
    let Split { remark, remarks, damaged, .. } = &split;
    let mut reading = Reading { remark: *remark, remarks: remarks.clone(), damaged: *damaged, ..Reading::default() };
    let only_title = !split.han.is_empty() && latin_name::is_title_alone(&split.latin);
    if only_title {
        // Dr. 王伟: the Latin part is a title and no name.
        reading.remark = true;
    } else if !split.latin.is_empty() {
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
    let is_kana = |c: char| Script::of(c) == Some(Script::Kana);
    if !split.latin.is_ascii()
        && split.latin.chars().any(is_kana)
        && split.latin.chars().all(|c| c == ' ' || is_kana(c))
    {
        // 佐藤ひろし: shown as written.
        reading.latin.shown = split.latin;
        if japanese_name::is_family_name(&reading.han.han) {
            reading.han.surname_len = reading.han.han.chars().count();
        }
    }
    reading
}

/// A text parted by script: Han with dots and masks, everything else romanised.
#[derive(Default)]
struct Split {
    han: String,
    latin: String,
    remark: bool,
    /// What the remarks say, where they are words or numbers.
    remarks: Vec<String>,
    damaged: bool,
}

fn split_scripts(text: &str) -> Split {
    let (outer, brackets) = without_brackets(text);
    let trimmed = outer
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '。' | '.' | '!' | '~' | '、' | ' ' | '-' | '_'));
    let mut split = Split { damaged: text.contains('\u{FFFD}'), ..Split::default() };
    // "J." ends with a dot that belongs to it, and is no remark.
    split.remark = trimmed.len() < outer.trim_end_matches([' ', '.']).len();
    let number: String = outer.get(trimmed.len()..).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    if !number.is_empty() {
        split.remarks.push(number);
    }
    part_scripts(trimmed, &mut split);
    for inside in brackets {
        let mut inner = Split::default();
        part_scripts(&inside, &mut inner);
        let is_title = han_name::parse(&format!("王{}", inner.han));
        if !inner.han.is_empty() && is_title.surname_only && is_title.titled && !split.han.is_empty() {
            split.han.push_str(&inner.han);
            split.remarks.push(inside);
        } else if split.han.is_empty() && inner.han.chars().next().is_some_and(is_surname) {
            split.han = inner.han;
        } else if split.latin.is_empty() && inner.han.is_empty() && is_alias(&inner.latin) {
            split.latin = inner.latin;
        } else {
            split.remark = true;
            split.remarks.push(inside);
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
    if text.is_ascii() && !text.contains('*') {
        // No Han, no dot and no mask: only decoration is taken out.
        let kept = |c: char| {
            if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | ',' | '\'' | '-' | '/') { c } else { ' ' }
        };
        let latin: String = text.chars().map(kept).collect();
        latin.trim().clone_into(&mut split.latin);
        return;
    }
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
    let latin = latin.trim().to_owned();
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

/// The dots that stand for U+00B7 in names of minorities and in transcriptions.
fn is_middle_dot(c: char) -> bool {
    matches!(
        c,
        '·' | '•' | '‧' | '・' | '･' | '˙' | '∙' | '⋅' | '⸱' | '●' | '．' | 'ㆍ' | '᛫' | '\u{2E30}' | '\u{0387}'
    )
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
            c if is_middle_dot(c) => '·',
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

/// Whether a text has a bracket of any kind.
fn has_brackets(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '(' | '[' | '{' | '<' | '【' | '〔' | '《' | '「')
            || matches!(c, ')' | ']' | '}' | '>' | '】' | '〕' | '》' | '」')
    })
}

/// The text outside brackets, and what stood in them.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    if !has_brackets(text) {
        return (text.trim().to_owned(), Vec::new());
    }
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
