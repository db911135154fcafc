//! Postal addresses: Chinese ones from large to small, foreign ones by columns or by commas.

use super::{Field, prepared, truncated, within_limit};
use crate::domain::action::{Action, Actions};
use crate::domain::finding::{Checked, Defect, Fact, Finding, Validity};
use crate::domain::record::{Address, Attribute, Part, RawAttribute, Value};
use crate::domain::text;
use house::is_letter_or_digit;
use signs::Survey;
use smallvec::smallvec;
use std::borrow::Cow;

mod chinese;
mod divisions;
mod door;
mod english_order;
mod foreign;
mod foreign_words;
mod gazetteer;
mod house;
pub mod places;
mod remarks;
mod signs;
mod words;

pub use chinese::{Parts, parse_parts, rename};

/// Prepares an address; what says that there is none never comes here.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let Field { raw, text, cleaned, .. } = *field;
    let survey = Survey::of(text);
    if let Some(finding) = not_an_address(text, &survey) {
        return prepared(raw, cleaned, Checked::invalid(text, finding), Value::Text(text.into()));
    }
    let reading = if survey.has(signs::HAN) {
        let (text, survey, postal_code) = match raw.parts.as_slice() {
            [(Part::Full, _)] => (Cow::Borrowed(text), survey, String::new()),
            _ => {
                let (text, postal_code) = from_large_to_small(raw);
                let survey = Survey::of(&text);
                (Cow::Owned(text), survey, postal_code)
            }
        };
        match latin_with_remark(&text, &survey) {
            Some(latin) => latin_reading(raw, latin),
            None => chinese::parse(&text, &survey, &postal_code),
        }
    } else {
        foreign_reading(raw, text)
    };
    judged(field, &survey, reading)
}

/// The Latin address before a remark in Chinese: 12 Main St, Houston(放门卫).
fn latin_with_remark(text: &str, survey: &Survey) -> Option<String> {
    let bare = (survey.letters > 8).then(|| remarks::split(Cow::Borrowed(text), survey).text)?;
    (!bare.is_empty() && !chinese::has_han(&bare)).then(|| bare.into_owned())
}

fn latin_reading(raw: &RawAttribute, latin: String) -> Reading {
    let bare = RawAttribute { parts: smallvec![(Part::Full, latin.into())], ..raw.clone() };
    let latin = bare.raw();
    let (reading, country) = foreign::parse(&bare, &text::clean(within_limit(&latin)).text);
    let reading = with_facts(reading, country, &latin, raw.country.as_deref());
    let mut reading = Reading { shown: latin.into(), remark: true, ..reading };
    reading.act(Action::RemarkSplit);
    reading
}

fn foreign_reading(raw: &RawAttribute, text: &str) -> Reading {
    let (reading, country) = foreign::parse(raw, text);
    with_facts(reading, country, text, raw.country.as_deref())
}

/// Adds the facts: those of the Chinese places that are named, else those of the foreign address.
fn with_facts(mut reading: Reading, told: &str, text: &str, country: Option<&str>) -> Reading {
    let ending = english_order::Ending::of(text, country);
    if let Some(place) = ending.place {
        ending.fill_code(&mut reading.address);
        english_order::name_place(&mut reading, place, text);
    } else {
        reading.extracted = foreign::facts_of(&reading.address, told);
        ending.fill_code(&mut reading.address);
    }
    reading
}

fn judged(field: &Field<'_>, survey: &Survey, reading: Reading) -> Attribute {
    let Reading { address, shown, remark, extracted, findings, actions } = reading;
    let mut checked = Checked::valid(if shown.is_empty() { field.text.to_owned() } else { shown });
    checked.actions = actions;
    checked.facts = extracted;
    if remark {
        checked.note(Finding::of(Defect::RemarkRemoved));
    }
    for (validity, finding) in findings {
        checked.worsen(validity.unwrap_or(Validity::Valid), finding);
    }
    let no_place = address.region.is_empty() && address.city.is_empty() && address.district.is_empty();
    let no_road = address.street.is_empty() && address.community.is_empty();
    if no_place && no_road {
        let (zh, en) = ("看不出行政区、道路或小区", "no division, road or estate recognised");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en));
    } else if no_road {
        checked.note(Finding::with_detail(Defect::Partial, "没有道路或小区", "no road or estate"));
    }
    if survey.has(signs::RAISED) && has_raised_digit(field.text) {
        let (zh, en) = ("上标或下标数字", "a raised or lowered digit");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    if survey.has(signs::MASK) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Masked));
    }
    prepared(field.raw, field.cleaned, checked, Value::Address(Box::new(address)))
}

/// 5²号: a footnote mark or another digit of the number; 120m² is an area.
fn has_raised_digit(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let found = signs::is(c, signs::RAISED) && before.is_ascii_digit();
        before = c;
        found
    })
}

/// What stands in the column by mistake: a telephone number, an e-mail address, digits or one letter only.
fn not_an_address(text: &str, survey: &Survey) -> Option<Finding> {
    let digits = survey.digits;
    // Chinese addresses begin with two letters or digits, as nothing below does that has a Han character.
    if survey.has(signs::HAN) && text.chars().take(2).filter(|c| is_letter_or_digit(*c)).count() == 2 {
        return None;
    }
    let numeric =
        digits > 0 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')' | '.' | '/'));
    if numeric {
        let (zh, en) = match digits {
            7..=13 => ("像是电话号码", "looks like a telephone number"),
            15 | 18 => ("像是证件号码", "looks like the number of a document"),
            6 => ("像是邮政编码", "looks like a postal code"),
            _ => return Some(Finding::with_detail(Defect::Format, "只有数字", "digits only")),
        };
        return Some(Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    let one_word = text.is_ascii() && !text.contains(' ');
    if one_word && text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.')) {
        return Some(Finding::with_detail(Defect::WrongColumn, "像是电子邮箱", "looks like an e-mail address"));
    }
    if one_word && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) {
        return Some(Finding::with_detail(Defect::WrongColumn, "像是网址", "looks like a web address"));
    }
    let document = digits == 17 && text.len() == 18 && text.ends_with(['X', 'x']);
    if document {
        return Some(Finding::with_detail(Defect::WrongColumn, "像是证件号码", "looks like the number of a document"));
    }
    let mut letters = text.chars().filter(|c| is_letter_or_digit(*c));
    let single = letters.next().is_some() && letters.next().is_none();
    single.then(|| Finding::with_detail(Defect::Format, "只有一个字符", "one character only"))
}

/// An address as far as it could be read.
#[derive(Default)]
struct Reading {
    address: Address,
    /// For people: simplified, full names of divisions, without what is no address.
    shown: String,
    /// Delivery remarks were split off.
    remark: bool,
    /// Facts: the parts by their full names, and what stood in the field besides the address.
    extracted: Vec<Fact>,
    /// What was seen, and the verdict that follows from it.
    findings: Vec<(Option<Validity>, Finding)>,
    /// What was done.
    actions: Actions,
}

impl Reading {
    fn act(&mut self, action: Action) {
        self.actions.add(action);
    }

    fn act_if(&mut self, done: bool, action: Action) {
        if done {
            self.actions.add(action);
        }
    }
}

/// The parts of a Chinese address in one text, province first whatever the order of the columns; and the postal code.
fn from_large_to_small(raw: &RawAttribute) -> (String, String) {
    const ORDER: [Part; 8] = [
        Part::Region,
        Part::City,
        Part::District,
        Part::Full,
        Part::Line,
        Part::Street,
        Part::StreetNumber,
        Part::Unit,
    ];
    let mut texts: Vec<String> = Vec::new();
    for part in ORDER {
        for (_, value) in raw.parts.iter().filter(|(p, _)| *p == part) {
            let value = text::clean(&truncated(value)).text;
            // A full address repeats the columns before it.
            let value =
                texts.iter().fold(value.as_str(), |rest, earlier| rest.strip_prefix(earlier.as_str()).unwrap_or(rest));
            if !text::is_missing(value) {
                texts.push(value.to_owned());
            }
        }
    }
    let postal_code = raw.part(Part::PostalCode).map(|code| text::clean(code).text).unwrap_or_default();
    (texts.join(" "), postal_code.chars().filter(char::is_ascii_alphanumeric).collect())
}

#[cfg(test)]
mod tests;
