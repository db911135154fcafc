//! Drafting a mapping file: headers first, content where they say nothing, the confidence of each guess in comments.

pub mod aside;
pub mod content;
mod country;
pub mod headers;
mod names;
mod roles;
mod synonyms;
#[cfg(test)]
mod tests;
mod written;

use std::collections::BTreeSet;
use std::path::Path;

use self::aside::Aside;
use self::content::{Content, ContentType};
use self::headers::{Meaning, Said};
use self::roles::Roles;
use self::synonyms::OF_THE_CUSTOMER;
use super::reader::Table;
use crate::catalog::sources;
use crate::domain::record::{AttributeKind, Part};
use crate::error::{Error, Result};

/// Values of a column that are judged.
const SAMPLE_VALUES_MAX: usize = 1_000;
/// Of a hundred values, those that must look like a type for the content alone to decide.
const CONTENT_PERCENT_MIN: u64 = 60;
/// Of a hundred names that the content alone shows, those that must be made of common characters.
const COMMON_NAMES_PERCENT_MIN: u64 = 50;
/// Of a hundred values, those that must be names for a column of names to be one of persons.
const NAMES_PERCENT_MIN: u64 = 50;
/// Of a hundred values, those that must be bank cards where the header only says a card.
const CARDS_PERCENT_MIN: u64 = 50;

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
    /// The header says so; otherwise only the content does.
    pub by_header: bool,
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
    let country = country.or_else(|| country::of(table));
    let judged_as = country.unwrap_or("CN");
    let contents: Vec<Content> = (0..table.header.len())
        .map(|index| Content::of_country(column(table, index), SAMPLE_VALUES_MAX, judged_as))
        .collect();
    let said = meanings(table, &contents);
    let meant: Vec<Option<Meaning>> = said.iter().map(|said| said.as_ref().map(|said| said.meaning)).collect();
    let roles = Roles::find(table, &contents, &meant);
    let mut columns: Vec<Taken> = Vec::with_capacity(contents.len());
    for (index, (content, said)) in contents.iter().zip(&said).enumerate() {
        let taken = roles.has(index) || table.header.get(index).is_none_or(String::is_empty);
        columns.push(if taken { Taken::default() } else { take(said.as_ref(), content) });
    }
    let han = contents.iter().any(|content| content.han * 2 > content.judged && content.judged > 0);
    let identified = contents.iter().any(|content| content.percent(ContentType::ResidentId) > 50);
    let country = country.or((han || identified).then_some("CN"));
    settle(&mut columns, &contents, country);
    let warnings: Vec<String> = roles.warning.iter().cloned().collect();
    let text = written::mapping(path, table, &contents, &roles, &columns, country);
    // A draft that does not load would be worse than none.
    if columns.iter().any(|column| column.guess.is_some()) {
        let mapping = sources::parse("the drafted mapping", &text)?;
        // Without a record id it binds only once the user has named one.
        if roles.record_id.is_some() {
            mapping.bind(&table.header)?;
        }
    } else {
        return Err(Error::input(
            path,
            "no column was recognized; write the mapping by hand (guiyi sources sample shows one)",
        ));
    }
    let columns = table.header.iter().cloned().zip(columns.into_iter().map(|column| column.guess)).collect();
    Ok(Draft { text, columns, warnings })
}

fn column(table: &Table, index: usize) -> impl Iterator<Item = &str> {
    table.rows.iter().map(move |row| row.fields.get(index).map_or("", String::as_str))
}

/// What a column is taken for, or why it is left out where that needs saying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Taken {
    guess: Option<Guess>,
    why_not: Option<String>,
}

impl Taken {
    fn left_out(why_not: &str) -> Self {
        Self { guess: None, why_not: Some(why_not.to_owned()) }
    }
}

/// What the headers say, where they need each other or the content to be understood.
fn meanings(table: &Table, contents: &[Content]) -> Vec<Option<Said>> {
    let mut all: Vec<Option<Said>> = table.header.iter().map(|header| headers::read(header)).collect();
    let part_at = |all: &[Option<Said>], wanted: Part| {
        let means = |said: &Option<Said>| match said {
            Some(said) => said.meaning == Meaning::Attribute(AttributeKind::PersonName, wanted, ""),
            None => false,
        };
        all.iter().position(means)
    };
    let (given, family) = (part_at(&all, Part::Given), part_at(&all, Part::Family));
    // Nom beside Prénom is the family name, Nombre beside Apellidos the given one, unless its values hold the other part.
    let missing = match (given, family) {
        (Some(given), None) => Some((given, Part::Family)),
        (None, Some(family)) => Some((family, Part::Given)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    for (index, (said, content)) in all.iter_mut().zip(contents).enumerate() {
        let Some(found) = said else { continue };
        let header = table.header.get(index).map_or("", String::as_str);
        if let Some((beside, part)) = missing
            && headers::is_part_of_name_or_all(header)
            && !holds(table, index, beside)
        {
            found.meaning = Meaning::Attribute(AttributeKind::PersonName, part, "");
        }
        // 卡号 is a membership card's number as often as a bank card's.
        let is_card = matches!(found.meaning, Meaning::Attribute(AttributeKind::BankCard, ..));
        if is_card && headers::is_any_card(header) && content.percent(ContentType::BankCard) < CARDS_PERCENT_MIN {
            found.meaning = Meaning::RecordId;
        }
    }
    set_contacts_aside(table, contents, &mut all);
    all
}

/// 联系人 is the customer's own where that is a company, and somebody else beside the name of a person.
fn set_contacts_aside(table: &Table, contents: &[Content], all: &mut [Option<Said>]) {
    let is_contact = |index: usize| table.header.get(index).and_then(|header| headers::contact(header));
    let is_person = |(index, (said, content)): (usize, (&Option<Said>, &Content))| {
        let name = Meaning::Attribute(AttributeKind::PersonName, Part::Full, "");
        let is_name = said.as_ref().is_some_and(|said| said.meaning == name) && is_contact(index).is_none();
        is_name && content.percent(ContentType::PersonName) >= NAMES_PERCENT_MIN
    };
    let has_person = all.iter().zip(contents).enumerate().any(is_person);
    let has_contact = (0..all.len()).any(|index| is_contact(index) == Some(true));
    for (index, said) in all.iter_mut().enumerate() {
        if has_person && has_contact && is_contact(index).is_some() {
            *said = Some(Said { meaning: Meaning::Aside(Aside::SomebodyElse), qualifier: String::new() });
        }
    }
}

/// Whether the values of a column mostly contain those of another: full names the family names.
fn holds(table: &Table, whole: usize, part: usize) -> bool {
    let pairs = column(table, whole).zip(column(table, part)).take(SAMPLE_VALUES_MAX);
    let pairs: Vec<(&str, &str)> = pairs.filter(|(_, part)| !part.trim().is_empty()).collect();
    let holding = pairs.iter().filter(|(whole, part)| whole.contains(part.trim())).count();
    holding * 2 > pairs.len()
}

/// What a column is taken for: the header's word, unless the content says another kind clearly; the content's otherwise.
fn take(said: Option<&Said>, content: &Content) -> Taken {
    let Some(said) = said else { return by_content(content) };
    match said.meaning {
        Meaning::Attribute(AttributeKind::PersonName, Part::Prefix, _)
            if content.judged > 0 && content.courtesies * 2 < content.judged =>
        {
            Taken::left_out("the values are no forms of address, rather positions")
        }
        Meaning::Attribute(kind, part, extra) => {
            Taken { guess: Some(by_header((kind, part, extra), &said.qualifier, content)), why_not: None }
        }
        Meaning::Aside(aside) => Taken::left_out(aside.reason()),
        Meaning::Owner => Taken::left_out(Aside::SomebodyElse.reason()),
        Meaning::Source | Meaning::ObservedTime => Taken::default(),
        // Telephone numbers or documents that somebody uses for numbers of customers.
        Meaning::RecordId => match content.most() {
            Some((ContentType::Email | ContentType::Phone | ContentType::ResidentId | ContentType::Uscc, _)) => {
                by_content(content)
            }
            _ => Taken::left_out("the header says a number of your own; add it as a kind only where sources share it"),
        },
    }
}

fn by_content(content: &Content) -> Taken {
    let Some((found, percent)) = content.most().filter(|(_, percent)| *percent >= CONTENT_PERCENT_MIN) else {
        return Taken::default();
    };
    let Some((kind, format)) = kind_of(found) else { return Taken::default() };
    let is_shared = !matches!(kind, AttributeKind::Gender | AttributeKind::Company | AttributeKind::Date);
    if is_shared && kind != AttributeKind::PostalCode && content.is_vocabulary() {
        return Taken::left_out("few different values, so hardly the customer's own");
    }
    let names = content.types.get(&ContentType::PersonName).copied().unwrap_or(0);
    if found == ContentType::PersonName && content.common_names * 100 < names * COMMON_NAMES_PERCENT_MIN {
        return Taken::left_out("short words, few of which are made as names are");
    }
    let reason = format!("{percent} % of the values are of type {}, the header says nothing", found.code());
    let confidence = percent * 9 / 10;
    let guess = Guess { kind, part: Part::Full, label: String::new(), format, confidence, reason, by_header: false };
    Taken { guess: Some(guess), why_not: None }
}

fn by_header(said: (AttributeKind, Part, &'static str), qualifier: &str, content: &Content) -> Guess {
    let (kind, part, extra) = said;
    let is_document = kind == AttributeKind::IdDocument;
    let mut guess = Guess {
        kind,
        part,
        label: if is_document || extra.is_empty() { qualifier.to_owned() } else { [extra, qualifier].concat() },
        format: if is_document { extra } else { "" },
        confidence: 80,
        reason: "by the header".to_owned(),
        by_header: true,
    };
    let Some((found, percent)) = content.most() else { return guess };
    let seen = kind_of(found);
    if agrees(kind, part, found) {
        guess.confidence = 80 + percent / 5;
        guess.reason = format!("by the header and {percent} % of the values");
    } else if let Some((seen, format)) =
        seen.filter(|(seen, _)| contradicts(kind, *seen) && percent >= CONTENT_PERCENT_MIN)
    {
        let reason =
            format!("{percent} % of the values are of type {}, although the header says {}", found.code(), kind.code());
        return Guess { kind: seen, part: Part::Full, format, confidence: percent / 2, reason, ..guess };
    }
    guess
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
        ContentType::Timestamp | ContentType::Url | ContentType::Place | ContentType::Number | ContentType::Text => {
            return None;
        }
    })
}

fn agrees(kind: AttributeKind, part: Part, found: ContentType) -> bool {
    match (kind, found) {
        (AttributeKind::BirthDate, ContentType::Date) | (AttributeKind::OrgName, ContentType::Organisation) => true,
        (AttributeKind::Address, ContentType::Address) => matches!(part, Part::Full | Part::Region),
        (AttributeKind::Address, ContentType::Place) => matches!(part, Part::City | Part::District | Part::Region),
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
fn settle(columns: &mut [Taken], contents: &[Content], country: Option<&str>) {
    one_name(columns, contents);
    let guesses = || columns.iter().filter_map(|column| column.guess.as_ref());
    let has_parts = |part: Part| !matches!(part, Part::Full | Part::Country);
    let parted = guesses().any(|g| g.kind == AttributeKind::Address && has_parts(g.part));
    let has_person = guesses().any(|g| g.kind == AttributeKind::PersonName);
    let has_birth_date = guesses().any(|g| g.kind == AttributeKind::BirthDate);
    let of_customer = |g: &Guess| g.label.is_empty() || OF_THE_CUSTOMER.contains(&g.label.as_str());
    let whole_name = guesses().any(|g| g.kind == AttributeKind::PersonName && g.part == Part::Full && of_customer(g));
    for (column, content) in columns.iter_mut().zip(contents) {
        let Some(found) = &mut column.guess else { continue };
        // A name column of companies is the customers' own name, where there is no person.
        if found.kind == AttributeKind::Company && !has_person && found.reason.contains("although") {
            found.kind = AttributeKind::OrgName;
        }
        if parted && found.kind == AttributeKind::PostalCode {
            (found.kind, found.part) = (AttributeKind::Address, Part::PostalCode);
        }
        // 身份證號 in Taiwan is no number of the mainland.
        if country == Some("TW") && found.format == "cn.resident_id" && content.percent(ContentType::ResidentId) == 0 {
            found.format = "tw.id";
        }
        // Days without a header that says of what: of birth where nothing else is and they lie long ago, else of no use.
        if found.kind == AttributeKind::Date {
            (found.kind, found.confidence) = (AttributeKind::BirthDate, found.confidence / 2);
            if has_birth_date || !is_long_ago(content) {
                column.guess = None;
                continue;
            }
        }
        // Beside the whole name its parts would be a second name.
        if whole_name && found.kind == AttributeKind::PersonName && found.part != Part::Full && found.label.is_empty() {
            *column = Taken::left_out("a part of the name that another column has whole");
        }
    }
    drop_idle_labels(columns);
    tell_apart(columns);
}

/// Names that only the content shows: one column, and none where a header says which column is the customer's name. A second
/// one would be a guide's or a referrer's.
fn one_name(columns: &mut [Taken], contents: &[Content]) {
    let is_name = |column: &Taken, by_header: bool| {
        let guess = column.guess.as_ref().filter(|g| g.kind == AttributeKind::PersonName && g.by_header == by_header);
        guess.is_some_and(|guess| matches!(guess.part, Part::Full | Part::Given | Part::Family))
    };
    let said = columns.iter().any(|column| is_name(column, true));
    let shown = columns.iter().zip(contents).enumerate().filter(|(_, (column, _))| is_name(column, false));
    // The one with most different names; the first of several.
    let best = shown.rev().max_by_key(|(_, (_, content))| content.distinct).map(|(index, _)| index);
    for (index, column) in columns.iter_mut().enumerate() {
        if is_name(column, false) && (said || best != Some(index)) {
            *column = Taken::left_out("looks like names, but another column is the customer's name");
        }
    }
}

/// 收货 and the like say nothing where no other column of the kind goes without: 收货城市 and 收货地址 are one plain address.
fn drop_idle_labels(columns: &mut [Taken]) {
    let labels: BTreeSet<(&'static str, String)> = columns
        .iter()
        .filter_map(|column| column.guess.as_ref())
        .filter(|guess| OF_THE_CUSTOMER.contains(&guess.label.as_str()))
        .map(|guess| (guess.kind.code(), guess.label.clone()))
        .collect();
    let mut kinds: BTreeSet<&'static str> = columns
        .iter()
        .filter_map(|column| column.guess.as_ref())
        .filter(|guess| guess.label.is_empty())
        .map(|guess| guess.kind.code())
        .collect();
    for (kind, label) in labels {
        if !kinds.insert(kind) {
            continue;
        }
        for guess in columns.iter_mut().filter_map(|column| column.guess.as_mut()) {
            if guess.kind.code() == kind && guess.label == label {
                guess.label.clear();
            }
        }
    }
}

/// Labels for several attributes of one kind; a part that a name or address has already is left out.
fn tell_apart(columns: &mut [Taken]) {
    let mut seen: BTreeSet<(&'static str, String, &'static str)> = BTreeSet::new();
    for column in columns.iter_mut() {
        let Some(found) = &mut column.guess else { continue };
        let base = found.label.clone();
        let document = found.format.rsplit('.').next().unwrap_or_default().to_owned();
        let mut number = 1;
        while !seen.insert((found.kind.code(), found.label.clone(), found.part.code())) {
            if found.part != Part::Full {
                *column = Taken::left_out("a part that another column has already");
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
