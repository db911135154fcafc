//! Checking single values by the code of their type: what `guiyi check`, `CheckFormat` and `ListFormats` offer.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use super::action::Actions;
use super::date::CivilDate;
use super::finding::{Checked, Fact, Finding, Validity};
use super::formats::{
    self, IdFormat, by_country,
    layout::{self, Layout},
};
use super::normalize::{self, Context, email, phone};
use super::record::{Attribute, AttributeKind, RawAttribute, Value};

mod own;
mod types;

/// One type of value that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckType {
    /// The stable code (`cn.resident_id`, `phone`).
    pub code: &'static str,
    /// Its name in simplified Chinese.
    pub name_zh: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// Standard or registry.
    pub source: &'static str,
    /// A fictitious example that is valid.
    pub example: &'static str,
}

/// The verdict on one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Valid, suspect or invalid; `None` when nothing here can judge such values.
    pub validity: Option<Validity>,
    /// The normal form.
    pub normal: SmolStr,
    /// What was seen.
    pub findings: Vec<Finding>,
    /// What follows from the value.
    pub facts: Vec<Fact>,
    /// What was done to reach the normal form.
    pub actions: Actions,
}

impl Verdict {
    /// Before anything was judged.
    fn unsupported() -> Self {
        Self {
            validity: None,
            normal: SmolStr::default(),
            findings: Vec::new(),
            facts: Vec::new(),
            actions: Actions::default(),
        }
    }

    /// Adds a finding and lowers the verdict to `validity` if that is worse.
    fn worsen(&mut self, validity: Validity, finding: Finding) {
        self.validity = self.validity.max(Some(validity));
        self.findings.push(finding);
    }
}

/// What is asked about one value, with what a type may need to know besides it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Request<'a> {
    /// The default region (ISO 3166-1 alpha-2).
    pub country: Option<&'a str>,
    /// The value.
    pub input: &'a str,
    /// The day (or time) that relative dates count from, ISO 8601; empty: none.
    pub reference: &'a str,
    /// The variant of a conversion (`t2s`); empty: the usual one.
    pub config: &'a str,
    /// The language of the text (`zh`, `en-US`); empty: not known.
    pub language: &'a str,
}

impl Request<'_> {
    /// The day of the reference, whatever time stands behind it.
    fn reference_day(&self) -> Option<CivilDate> {
        let mut parts = self.reference.get(..10)?.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

/// How the values of one type are judged: found once by [`resolve`], used for any number of values.
#[derive(Clone, Copy)]
pub struct Judge(Means);

#[derive(Clone, Copy)]
enum Means {
    /// An identifier format, and how its values are written on paper.
    Format(&'static dyn IdFormat, Option<Layout>),
    /// One of [`by_country::KINDS`].
    ByCountry(&'static str),
    /// A normalizer.
    Attribute(AttributeKind),
    /// A telephone number: the numbering plan's verdict rather than what a record makes of it.
    Phone(fn(&str, Option<&str>) -> Checked),
    /// The rules of the value's standard rather than what a record makes of it.
    Text(fn(&str) -> Checked),
    /// A function of its own.
    Own(own::Ask),
}

impl Judge {
    /// Judges a value; `country` is the default region where the type needs one.
    pub fn check(self, country: Option<&str>, input: &str) -> Verdict {
        self.answer(&Request { country, input, ..Request::default() })
    }

    /// Judges a value with what the type may need to know besides it.
    pub fn answer(self, request: &Request<'_>) -> Verdict {
        let request = Request { input: bounded(request.input), ..*request };
        let Request { country, input, .. } = request;
        match self.0 {
            Means::Format(format, layout) => {
                let mut verdict = judged(format.check(input));
                let written = layout.and_then(|layout| layout.written(&verdict.normal));
                verdict.facts.extend(written.map(|written| Fact::new("formatted", written)));
                verdict
            }
            Means::ByCountry(kind) => match by_country::check(kind, country.unwrap_or_default(), input) {
                Some(checked) => judged(checked),
                None if kind == AttributeKind::PostalCode.code() => {
                    attribute(AttributeKind::PostalCode, country, input)
                }
                None => Verdict::unsupported(),
            },
            Means::Attribute(kind) => attribute(kind, country, input),
            Means::Phone(judge) => judged(judge(input, country)),
            Means::Text(judge) => judged(judge(input)),
            Means::Own(ask) => ask(&request),
        }
    }
}

/// Every judge by the code of its type and by its other names.
static JUDGES: LazyLock<FxHashMap<&'static str, Judge>> = LazyLock::new(|| {
    let mut judges = FxHashMap::default();
    for (kind, entry) in types::BY_KIND {
        judges.insert(entry.code, Judge(Means::Attribute(*kind)));
    }
    judges.insert(AttributeKind::Email.code(), Judge(Means::Text(email::check_address)));
    judges.insert(AttributeKind::Phone.code(), Judge(Means::Phone(phone::check_number)));
    judges.insert(types::MOBILE.code, Judge(Means::Phone(phone::check_mobile)));
    judges.extend(by_country::KINDS.iter().map(|kind| (*kind, Judge(Means::ByCountry(kind)))));
    judges.extend(own::OWN.iter().map(|(ask, entry)| (entry.code, Judge(Means::Own(*ask)))));
    judges.extend(formats::all().map(|format| (format.code(), of_format(format))));
    for (alias, code) in types::ALIASES {
        if let Some(judge) = judges.get(code).copied() {
            judges.entry(*alias).or_insert(judge);
        }
    }
    judges
});

/// Finds what judges the values of a type, by its code or one of its other names.
pub fn resolve(code: &str) -> Option<Judge> {
    JUDGES.get(code).copied().or_else(|| formats::by_code(code).map(of_format))
}

fn of_format(format: &'static dyn IdFormat) -> Judge {
    Judge(Means::Format(format, layout::of(format.code())))
}

/// Whether a code or one of its other names can be checked.
pub fn is_known(code: &str) -> bool {
    resolve(code).is_some()
}

/// Every type, identifier formats first.
pub fn all() -> Vec<CheckType> {
    let formats = formats::all().map(|format| CheckType {
        code: format.code(),
        name_zh: format.name_zh(),
        name_en: format.name_en(),
        source: format.source(),
        example: format.example(),
    });
    let by_kind = types::BY_KIND.iter().map(|(_, entry)| *entry).chain([types::MOBILE]);
    let own = own::OWN.iter().map(|(_, entry)| *entry);
    formats.chain(by_kind).chain(types::BY_COUNTRY.iter().copied()).chain(own).collect()
}

/// Judges one value of a type; for many values of the same type [`resolve`] it once.
pub fn check(code: &str, country: Option<&str>, input: &str) -> Verdict {
    resolve(code).map_or_else(Verdict::unsupported, |judge| judge.check(country, input))
}

/// The part of the text that is looked at, as [`normalize::truncated`] has it.
fn bounded(input: &str) -> &str {
    if input.len() <= normalize::VALUE_CHARS_MAX {
        return input;
    }
    let end = input.char_indices().nth(normalize::VALUE_CHARS_MAX).map(|(end, _)| end);
    end.and_then(|end| input.get(..end)).unwrap_or(input)
}

fn raw(kind: AttributeKind, country: Option<&str>, input: &str) -> RawAttribute {
    RawAttribute { country: country.map(SmolStr::new), ..RawAttribute::full(kind, input) }
}

fn attribute(kind: AttributeKind, country: Option<&str>, input: &str) -> Verdict {
    judged_attributes(normalize::attribute(&raw(kind, country, input), &Context::default()))
}

fn judged_attributes(attributes: Vec<Attribute>) -> Verdict {
    let mut verdict = Verdict::unsupported();
    for (position, attribute) in attributes.into_iter().enumerate() {
        verdict.normal =
            if position > 0 { format_smolstr!("{}; {}", verdict.normal, attribute.normal) } else { attribute.normal };
        verdict.facts.extend(attribute.facts);
        // An empty field is nothing wrong in a record, but no valid value either when a value was asked about.
        let missing = attribute.value == Value::Missing;
        let validity = if missing { Validity::Invalid } else { attribute.validity };
        verdict.validity = Some(verdict.validity.map_or(validity, |worst| worst.max(validity)));
        verdict.findings.extend(attribute.findings);
        verdict.actions.extend(attribute.actions);
    }
    verdict
}

fn judged(checked: Checked) -> Verdict {
    Verdict {
        validity: Some(checked.validity),
        normal: checked.normal,
        findings: checked.findings,
        facts: checked.facts,
        actions: checked.actions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_a_country_need_it_or_their_example() {
        for entry in types::BY_COUNTRY {
            assert_eq!(check(entry.code, None, entry.example).validity, Some(Validity::Valid), "{}", entry.code);
        }
        let cases = [
            ("vat", Some("XX"), "12345678", None),
            ("vat", None, "12345678", None),
            ("passport", Some("DE"), "C10000XY4", Some(Validity::Valid)),
            ("postal_code", Some("FR"), "96000", Some(Validity::Invalid)),
            ("postal_code", Some("CN"), "10002", Some(Validity::Invalid)),
            ("postal_code", None, "100020", Some(Validity::Valid)),
            ("aba", None, "111000025", Some(Validity::Valid)),
            ("nothing", None, "1", None),
        ];
        for (code, country, input, validity) in cases {
            assert_eq!(check(code, country, input).validity, validity, "{code} {country:?} {input}");
        }
    }
}
