//! Drafting a mapping file: headers first, content where they say nothing, the confidence of each guess in comments.

pub mod content;
pub mod headers;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;
use std::path::Path;

use self::content::{Content, ContentType, masked};
use self::headers::Meaning;
use super::reader::Table;
use crate::catalog::sources;
use crate::domain::record::{AttributeKind, Part};
use crate::error::{Error, Result};

/// Values of a column that are judged.
const SAMPLE_VALUES_MAX: usize = 1_000;
/// Sources that a column may name; a column with more values is no channel.
const SOURCES_MAX: usize = 50;
/// Of a hundred values, those that must look like a type for the content alone to decide.
const CONTENT_PERCENT_MIN: u64 = 60;
/// Of a hundred values, those that must look like dates in a column of confirmation times.
const TIMES_PERCENT_MIN: u64 = 80;

/// What a column is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Attribute kind.
    pub kind: AttributeKind,
    /// Part of a name or address.
    pub part: Part,
    /// Tells several attributes of one kind apart.
    pub label: String,
    /// Document format.
    pub format: &'static str,
    /// How sure that is, in percent.
    pub confidence: u64,
    /// What speaks for it.
    pub reason: String,
}

/// A mapping file that loads, and how many columns it maps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The file.
    pub text: String,
    /// The columns in order, with what each is taken for.
    pub columns: Vec<(String, Option<Guess>)>,
    /// What a person must settle before the mapping can be used.
    pub warnings: Vec<String>,
}

/// Drafts a mapping for a table; `country` is the default region, found out where it is not given.
pub fn draft(path: &Path, table: &Table, country: Option<&str>) -> Result<Draft> {
    let contents: Vec<Content> =
        (0..table.header.len()).map(|index| Content::of(column(table, index), SAMPLE_VALUES_MAX)).collect();
    let meanings: Vec<Option<Meaning>> =
        table.header.iter().map(|name| headers::read(name).map(|said| said.meaning)).collect();
    let roles = Roles::find(table, &contents, &meanings);
    let mut guesses: Vec<Option<Guess>> = Vec::with_capacity(contents.len());
    for (index, content) in contents.iter().enumerate() {
        let taken = roles.has(index) || table.header.get(index).is_none_or(String::is_empty);
        guesses.push(if taken { None } else { guess(table.header.get(index).map_or("", String::as_str), content) });
    }
    settle(&mut guesses, &contents);
    let han = contents.iter().any(|content| content.han * 2 > content.judged && content.judged > 0);
    let phones = contents.iter().any(|content| content.percent(ContentType::ResidentId) > 50);
    let country = country.or((han || phones).then_some("CN"));
    let warnings = roles.warnings(table);
    let text = written(path, table, &contents, &roles, &guesses, country, &warnings);
    // A draft that does not load would be worse than none.
    if guesses.iter().any(Option::is_some) {
        sources::parse("the drafted mapping", &text)?.bind(&table.header)?;
    } else {
        return Err(Error::input(
            path,
            "no column was recognized; write the mapping by hand (guiyi sources sample shows one)",
        ));
    }
    let columns = table.header.iter().cloned().zip(guesses).collect();
    Ok(Draft { text, columns, warnings })
}

fn column(table: &Table, index: usize) -> impl Iterator<Item = &str> {
    table.rows.iter().map(move |row| row.fields.get(index).map_or("", String::as_str))
}

/// The columns that say which row, where from, and when.
struct Roles {
    record_id: usize,
    unique: bool,
    source: Option<usize>,
    observed_time: Option<usize>,
    owner: Option<usize>,
}

impl Roles {
    fn find(table: &Table, contents: &[Content], meanings: &[Option<Meaning>]) -> Self {
        let named = |meaning: Meaning| {
            let positions = meanings.iter().enumerate().filter(move |(_, found)| **found == Some(meaning));
            positions.map(|(position, _)| position)
        };
        let full = |index: &usize| contents.get(*index).is_some_and(|content| content.filled == content.rows);
        let source = named(Meaning::Source).filter(full).find(|index| {
            let values: BTreeSet<&str> = column(table, *index).collect();
            values.len() <= SOURCES_MAX
        });
        let is_time = |index: &usize| {
            contents.get(*index).is_some_and(|content| {
                content.percent(ContentType::Timestamp) + content.percent(ContentType::Date) >= TIMES_PERCENT_MIN
            })
        };
        let unnamed = (0..table.header.len()).filter(|index| meanings.get(*index).is_some_and(Option::is_none));
        let mut candidates = named(Meaning::RecordId).chain(unnamed).filter(full);
        let unique = candidates.find(|index| is_unique(table, *index, source));
        Self {
            record_id: unique.or_else(|| named(Meaning::RecordId).next()).unwrap_or(0),
            unique: unique.is_some(),
            source,
            observed_time: named(Meaning::ObservedTime).find(is_time),
            owner: named(Meaning::Owner).next(),
        }
    }

    fn has(&self, index: usize) -> bool {
        let others = [self.source, self.observed_time, self.owner];
        self.unique && self.record_id == index || others.contains(&Some(index))
    }

    fn warnings(&self, table: &Table) -> Vec<String> {
        let name = table.header.get(self.record_id).map_or("", String::as_str);
        let warning = format!(
            "no column is filled and different in every row; record_id = \"{name}\" is a guess: name the right one"
        );
        if self.unique { Vec::new() } else { vec![warning] }
    }
}

fn is_unique(table: &Table, index: usize, source: Option<usize>) -> bool {
    let mut seen = HashSet::new();
    table.rows.iter().all(|row| {
        let text = |index: usize| row.fields.get(index).map_or("", |field| field.trim());
        seen.insert((source.map_or("", text), text(index)))
    })
}

/// What a column is taken for: the header's word, unless the content says another kind clearly; the content's otherwise.
fn guess(header: &str, content: &Content) -> Option<Guess> {
    let most = content.most();
    let by_content = most.and_then(|(found, percent)| Some((kind_of(found)?, found, percent)));
    let said = headers::read(header);
    let Some((Meaning::Attribute(kind, part, extra), qualifier)) = said.map(|said| (said.meaning, said.qualifier))
    else {
        let ((kind, format), found, percent) = by_content.filter(|(_, _, percent)| *percent >= CONTENT_PERCENT_MIN)?;
        let reason = format!("{percent} % of the values are of type {}, the header says nothing", found.code());
        return Some(Guess {
            kind,
            part: Part::Full,
            label: String::new(),
            format,
            confidence: percent * 9 / 10,
            reason,
        });
    };
    let is_document = kind == AttributeKind::IdDocument;
    let mut guess = Guess {
        kind,
        part,
        label: if is_document || extra.is_empty() { qualifier } else { [extra, &qualifier].concat() },
        format: if is_document { extra } else { "" },
        confidence: 80,
        reason: "by the header".to_owned(),
    };
    let Some(((seen, format), found, percent)) = by_content else { return Some(guess) };
    if agrees(kind, part, found) {
        guess.confidence = 80 + percent / 5;
        guess.reason = format!("by the header and {percent} % of the values");
    } else if contradicts(kind, seen) && percent >= CONTENT_PERCENT_MIN {
        let reason =
            format!("{percent} % of the values are of type {}, although the header says {}", found.code(), kind.code());
        return Some(Guess { kind: seen, part: Part::Full, format, confidence: percent / 2, reason, ..guess });
    }
    Some(guess)
}

/// The attribute that a type of content is, with its document format.
fn kind_of(found: ContentType) -> Option<(AttributeKind, &'static str)> {
    Some(match found {
        ContentType::Email => (AttributeKind::Email, ""),
        ContentType::ResidentId => (AttributeKind::IdDocument, "cn.resident_id"),
        ContentType::Uscc => (AttributeKind::IdDocument, "cn.uscc"),
        ContentType::BankCard => (AttributeKind::BankCard, ""),
        ContentType::Phone => (AttributeKind::Phone, ""),
        ContentType::PostalCode => (AttributeKind::PostalCode, ""),
        ContentType::Gender => (AttributeKind::Gender, ""),
        ContentType::Address => (AttributeKind::Address, ""),
        ContentType::Organisation => (AttributeKind::Company, ""),
        ContentType::PersonName => (AttributeKind::PersonName, ""),
        ContentType::Date => (AttributeKind::Date, ""),
        ContentType::Timestamp | ContentType::Url | ContentType::Number | ContentType::Text => return None,
    })
}

fn agrees(kind: AttributeKind, part: Part, found: ContentType) -> bool {
    match (kind, found) {
        (AttributeKind::BirthDate, ContentType::Date) | (AttributeKind::OrgName, ContentType::Organisation) => true,
        (AttributeKind::Address, ContentType::Address) => part == Part::Full,
        _ => kind_of(found).is_some_and(|(seen, _)| seen == kind),
    }
}

/// Kinds whose values cannot be taken for each other; a name may look like anything.
fn contradicts(kind: AttributeKind, seen: AttributeKind) -> bool {
    let strict = [
        AttributeKind::Email,
        AttributeKind::Phone,
        AttributeKind::IdDocument,
        AttributeKind::BirthDate,
        AttributeKind::Gender,
        AttributeKind::BankCard,
    ];
    let is_company = kind == AttributeKind::PersonName && seen == AttributeKind::Company;
    kind != seen
        && (strict.contains(&kind) && strict.contains(&seen) && kind != AttributeKind::IdDocument || is_company)
}

/// What only the columns together decide.
fn settle(guesses: &mut [Option<Guess>], contents: &[Content]) {
    let has_parts = |part: Part| !matches!(part, Part::Full | Part::Country);
    let parted = guesses.iter().flatten().any(|g| g.kind == AttributeKind::Address && has_parts(g.part));
    let has_person = guesses.iter().flatten().any(|g| g.kind == AttributeKind::PersonName);
    let has_birth_date = guesses.iter().flatten().any(|g| g.kind == AttributeKind::BirthDate);
    let whole_name = guesses
        .iter()
        .flatten()
        .any(|g| g.kind == AttributeKind::PersonName && g.part == Part::Full && g.label.is_empty());
    for (guess, content) in guesses.iter_mut().zip(contents) {
        let Some(found) = guess else { continue };
        // A name column of companies is the customers' own name, where there is no person.
        if found.kind == AttributeKind::Company && !has_person && found.reason.contains("although") {
            found.kind = AttributeKind::OrgName;
        }
        if parted && found.kind == AttributeKind::PostalCode {
            (found.kind, found.part) = (AttributeKind::Address, Part::PostalCode);
        }
        // Days without a header that says of what: of birth where nothing else is and they lie long ago, else of no use.
        if found.kind == AttributeKind::Date {
            (found.kind, found.confidence) = (AttributeKind::BirthDate, found.confidence / 2);
            if has_birth_date || !is_long_ago(content) {
                *guess = None;
                continue;
            }
        }
        // Beside the whole name its parts would be a second name.
        if whole_name && found.kind == AttributeKind::PersonName && found.part != Part::Full && found.label.is_empty() {
            *guess = None;
        }
    }
    tell_apart(guesses);
}

/// Labels for several attributes of one kind; a part that a name or address has already is left out.
fn tell_apart(guesses: &mut [Option<Guess>]) {
    let mut seen: BTreeSet<(&'static str, String, &'static str)> = BTreeSet::new();
    for guess in guesses.iter_mut() {
        let Some(found) = guess else { continue };
        let base = found.label.clone();
        let document = found.format.rsplit('.').next().unwrap_or_default().to_owned();
        let mut number = 1;
        while !seen.insert((found.kind.code(), found.label.clone(), found.part.code())) {
            if found.part != Part::Full {
                *guess = None;
                break;
            }
            number += 1;
            found.label = match (base.is_empty(), document.is_empty(), number) {
                (true, false, 2) => document.clone(),
                (true, _, _) => number.to_string(),
                (false, _, _) => format!("{base}_{number}"),
            };
        }
    }
}

/// The example of a column of days is at least 18 years before the newest that a person could see: a birth, no delivery.
fn is_long_ago(content: &Content) -> bool {
    let year = content.example.as_deref().and_then(|value| value.get(..4)?.parse::<u16>().ok());
    year.is_some_and(|year| year < 2008)
}

fn written(
    path: &Path,
    table: &Table,
    contents: &[Content],
    roles: &Roles,
    guesses: &[Option<Guess>],
    country: Option<&str>,
    warnings: &[String],
) -> String {
    let header = |index: usize| quoted(table.header.get(index).map_or("", String::as_str));
    let mut text = format!("# Drafted by guiyi map from {} rows; read it through before use.\n", table.rows.len());
    for warning in warnings {
        let _ = writeln!(text, "# CHECK: {}", one_line(warning));
    }
    let _ = writeln!(text, "record_id = {}", header(roles.record_id));
    let _ = match roles.source {
        Some(index) => writeln!(text, "source = {{ column = {} }}", header(index)),
        None => writeln!(text, "source = {{ name = {} }}", quoted(&source_name(path))),
    };
    for (key, index) in [("observed_time", roles.observed_time), ("owner", roles.owner)] {
        if let Some(index) = index {
            let _ = writeln!(text, "{key} = {}", header(index));
        }
    }
    for (index, (guess, content)) in guesses.iter().zip(contents).enumerate() {
        let Some(guess) = guess else { continue };
        let filled = (content.filled * 100).checked_div(content.rows).unwrap_or(0);
        let example = content.example.as_deref().map(masked).unwrap_or_default();
        let _ = writeln!(
            text,
            "\n# confidence {} %: {}; filled {filled} %; e.g. {}",
            guess.confidence,
            guess.reason,
            one_line(&example)
        );
        let _ = writeln!(text, "[[column]]\nname = {}\nkind = \"{}\"", header(index), guess.kind.code());
        if guess.part != Part::Full {
            let _ = writeln!(text, "part = \"{}\"", guess.part.code());
        }
        if !guess.label.is_empty() {
            let _ = writeln!(text, "label = {}", quoted(&guess.label));
        }
        if !guess.format.is_empty() {
            let _ = writeln!(text, "format = \"{}\"", guess.format);
        }
        if let Some(country) = country.filter(|_| takes_country(guess.kind)) {
            let _ = writeln!(text, "country = {}", quoted(country));
        }
    }
    let unmapped = guesses.iter().enumerate().filter(|(index, guess)| guess.is_none() && !roles.has(*index));
    for (position, (index, _)) in unmapped.enumerate() {
        if position == 0 {
            text.push_str("\n# Carried through unmapped; add a [[column]] for what should be compared:\n");
        }
        let content = contents.get(index);
        let seen = content.and_then(Content::most).map_or("empty".to_owned(), |(found, percent)| {
            format!(
                "{percent} % {}, e.g. {}",
                found.code(),
                content.and_then(|c| c.example.as_deref()).map(masked).unwrap_or_default()
            )
        });
        let _ =
            writeln!(text, "#   {}: {}", one_line(table.header.get(index).map_or("", String::as_str)), one_line(&seen));
    }
    text
}

fn takes_country(kind: AttributeKind) -> bool {
    use AttributeKind as K;
    matches!(kind, K::Phone | K::Address | K::Company | K::OrgName | K::BirthDate | K::Date | K::PostalCode)
}

/// The name of a source: that of the file, without extensions.
fn source_name(path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    if stem.is_empty() || stem == "-" { "input".to_owned() } else { stem.to_owned() }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A comment must not end before it does.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::reader::csv;

    fn drafted(text: &str) -> Draft {
        let path = Path::new("crm.csv");
        draft(path, &csv::read(path, text.as_bytes().to_vec()).unwrap(), None).unwrap()
    }

    fn kinds(draft: &Draft) -> Vec<&str> {
        draft.columns.iter().map(|(_, guess)| guess.as_ref().map_or("", |guess| guess.kind.code())).collect()
    }

    #[test]
    fn content_decides_where_headers_say_nothing_or_the_wrong_thing() {
        let draft = drafted(
            "a,b,c,电话,备注\n1,张伟,13912340007,a@example.com,x\n2,李娜,13800138000,b@example.com,\n3,王芳,13700137000,c@example.com,\n",
        );
        assert_eq!(kinds(&draft), ["", "person_name", "phone", "email", ""]);
        assert!(draft.text.contains("record_id = \"a\"") && draft.text.contains("name = \"crm\""), "{}", draft.text);
        assert!(draft.text.contains("139****0007") && !draft.text.contains("13912340007"), "{}", draft.text);
        assert!(draft.text.contains("although the header says phone"), "{}", draft.text);
    }

    #[test]
    fn columns_of_one_kind_get_labels_and_parts_stay_together() {
        let draft = drafted("id,手机,备用手机,手机2,first_name,surname,city,postcode\n1,1,2,3,a,b,c,2000\n");
        let labels: Vec<&str> = draft.columns.iter().flat_map(|(_, guess)| guess).map(|g| g.label.as_str()).collect();
        assert_eq!(labels, ["", "备用", "2", "", "", "", ""]);
        assert_eq!(draft.columns[7].1.as_ref().unwrap().part, Part::PostalCode);
    }

    #[test]
    fn without_an_identifier_the_draft_says_so_and_odd_headers_still_load() {
        let draft = drafted("\"a\"\"b\\\",姓名,\n1,张伟,\n1,李娜,\n");
        assert_eq!(draft.warnings.len(), 1);
        assert!(draft.text.contains("# CHECK: no column is filled"), "{}", draft.text);
        assert!(sources::parse("t", &draft.text).is_ok());
    }
}
