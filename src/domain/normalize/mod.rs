//! Normalizers, one file per attribute kind: raw attribute in, prepared attributes with findings out.
//!
//! A normalizer never fails: what it cannot read stays as cleaned text with a finding. It may return several attributes
//! (two phones in one field) and always returns at least one, so that nothing delivered is lost.

use super::date::CivilDate;
use super::finding::{Checked, Defect, Finding, Validity};
use super::record::{Attribute, AttributeKind, RawAttribute, Value};
use super::text::{self, Cleaned};

pub mod address;
pub mod bank_card;
pub mod date;
pub mod email;
pub mod free_text;
pub mod gender;
pub mod id_document;
pub mod org_name;
pub mod person_name;
pub mod phone;
pub mod postal_code;
pub mod social_id;

/// Characters of one value that are looked at; the rest is kept in `raw` but not interpreted.
pub const VALUE_CHARS_MAX: usize = 1_024;

/// What a normalizer may know besides the value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The day of the source's last confirmation; dates after it are in the future. `None`: unknown.
    pub reference_date: Option<CivilDate>,
}

/// Prepares one raw attribute.
pub fn attribute(raw: &RawAttribute, context: &Context) -> Vec<Attribute> {
    if raw.kind == AttributeKind::Phone
        && let Some(attribute) = phone::common(raw)
    {
        return vec![attribute];
    }
    if let Some(missing) = if_missing(raw) {
        return vec![missing];
    }
    match raw.kind {
        AttributeKind::PersonName => person_name::normalize(raw, context),
        AttributeKind::OrgName | AttributeKind::Company => org_name::normalize(raw, context),
        AttributeKind::Phone => phone::normalize(raw, context),
        AttributeKind::Email => email::normalize(raw, context),
        AttributeKind::BirthDate | AttributeKind::Date => date::normalize(raw, context),
        AttributeKind::Gender => gender::normalize(raw, context),
        AttributeKind::IdDocument => id_document::normalize(raw, context),
        AttributeKind::Address => address::normalize(raw, context),
        AttributeKind::SocialId => social_id::normalize(raw, context),
        AttributeKind::BankCard => bank_card::normalize(raw, context),
        AttributeKind::PostalCode => postal_code::normalize(raw, context),
        AttributeKind::Tag | AttributeKind::Consent | AttributeKind::Amount | AttributeKind::Text => {
            free_text::normalize(raw, context)
        }
    }
}

/// The attribute when the value says that there is none. A plain text is its own clean form: it is not cleaned for that.
fn if_missing(raw: &RawAttribute) -> Option<Attribute> {
    let whole = raw.raw_text();
    let short = within_limit(&whole);
    if text::is_plain(short) && !text::is_missing(short) {
        return None;
    }
    let cleaned = text::clean(short);
    text::is_missing(&cleaned.text).then(|| missing(raw, &cleaned))
}

/// The attribute for a value that says that there is none.
pub fn missing(raw: &RawAttribute, cleaned: &Cleaned) -> Attribute {
    let mut findings = cleaned.findings.clone();
    if !cleaned.text.is_empty() {
        findings.push(Finding::of(Defect::Missing));
    }
    Attribute {
        kind: raw.kind,
        label: raw.label.clone(),
        raw: raw.raw(),
        normal: String::new(),
        validity: Validity::Valid,
        evidence: false,
        value: Value::Missing,
        findings,
        facts: Vec::new(),
        actions: cleaned.actions.clone(),
    }
}

/// Joins a checked value with the raw attribute it came from. `cleaned` adds what cleaning the text found.
/// Evidence: not invalid, readable, and neither placeholder, masked nor impersonal; a normalizer may widen that afterwards.
pub fn prepared(raw: &RawAttribute, cleaned: &Cleaned, checked: Checked, value: Value) -> Attribute {
    const NEVER_EVIDENCE: [Defect; 4] = [Defect::Placeholder, Defect::Missing, Defect::NotPersonal, Defect::Masked];
    let mut seen = checked.findings.iter().chain(&cleaned.findings).map(|finding| finding.defect);
    let disqualified = seen.any(|defect| NEVER_EVIDENCE.contains(&defect))
        || checked.has(Defect::EncodingDamaged)
        || cleaned.is_unreadable();
    // Most values were clean: nothing to put before what the check found.
    let (mut findings, mut actions) = (checked.findings, checked.actions);
    if !cleaned.findings.is_empty() {
        findings.splice(0..0, cleaned.findings.iter().cloned());
    }
    if !cleaned.actions.is_empty() {
        actions.retain(|action| !cleaned.actions.contains(action));
        actions.splice(0..0, cleaned.actions.iter().copied());
    }
    Attribute {
        kind: raw.kind,
        label: raw.label.clone(),
        raw: raw.raw(),
        normal: checked.normal,
        validity: checked.validity,
        evidence: checked.validity != Validity::Invalid && !disqualified,
        value,
        findings,
        facts: checked.facts,
        actions,
    }
}

/// The first [`VALUE_CHARS_MAX`] characters: no input makes a normalizer slow.
pub fn truncated(text: &str) -> String {
    within_limit(text).to_owned()
}

/// The same without a copy.
pub fn within_limit(text: &str) -> &str {
    if text.len() <= VALUE_CHARS_MAX {
        return text;
    }
    let end = text.char_indices().nth(VALUE_CHARS_MAX).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
