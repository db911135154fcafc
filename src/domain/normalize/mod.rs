//! Normalizers, one file per attribute kind: raw attribute in, prepared attributes with findings out.
//!
//! A normalizer never fails: what it cannot read stays as cleaned text with a finding. It may return several attributes
//! (two phones in one field) and always returns at least one, so that nothing delivered is lost.

use super::date::CivilDate;
use super::finding::{Checked, Defect, Finding, Validity};
use super::record::{Attribute, AttributeKind, RawAttribute, Value};
use super::text::{self, Cleaned};
use smol_str::SmolStr;

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

/// What a normalizer reads: an attribute as delivered, and its text without transport dirt.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The attribute as delivered.
    pub raw: &'a RawAttribute,
    /// Its clean text, cut to [`VALUE_CHARS_MAX`].
    pub text: &'a str,
    /// The text was clean as delivered.
    pub plain: bool,
    /// What cleaning found and did; of a plain text nothing, not even the text.
    pub cleaned: &'a Cleaned,
}

/// Prepares one raw attribute.
pub fn attribute(raw: &RawAttribute, context: &Context) -> Vec<Attribute> {
    let mut attributes = Vec::with_capacity(1);
    append(raw, context, &mut attributes);
    attributes
}

/// Prepares one raw attribute and adds what comes of it: at least one.
pub fn append(raw: &RawAttribute, context: &Context, out: &mut Vec<Attribute>) {
    if let Some(attribute) = common(raw, context) {
        out.push(attribute);
        return;
    }
    let whole = raw.raw_text();
    let short = within_limit(&whole);
    let plain = text::is_plain(short);
    let cleaned = if plain { Cleaned::default() } else { text::clean_dirty(short) };
    let text = if plain { short } else { &cleaned.text };
    if text::is_missing(text) {
        out.push(missing(raw, &cleaned, text));
        return;
    }
    let field = Field { raw, text, plain, cleaned: &cleaned };
    match raw.kind {
        AttributeKind::PersonName => person_name::normalize(&field, out),
        AttributeKind::OrgName | AttributeKind::Company => out.push(org_name::normalize(&field)),
        AttributeKind::Phone => phone::normalize(&field, out),
        AttributeKind::Email => email::normalize(&field, out),
        AttributeKind::BirthDate | AttributeKind::Date => out.push(date::normalize(&field, context)),
        AttributeKind::Gender => out.push(gender::normalize(&field)),
        AttributeKind::IdDocument => out.push(id_document::normalize(&field, context)),
        AttributeKind::Address => out.push(address::normalize(&field)),
        AttributeKind::SocialId => out.push(social_id::normalize(&field)),
        AttributeKind::BankCard => out.push(bank_card::normalize(&field)),
        AttributeKind::PostalCode => out.push(postal_code::normalize(&field)),
        AttributeKind::Tag | AttributeKind::Consent | AttributeKind::Amount | AttributeKind::Text => {
            out.push(free_text::normalize(&field, short.len() < whole.len()));
        }
    }
}

/// The spellings that nearly every value of a kind has: none of them needs cleaning or says that there is no value.
fn common(raw: &RawAttribute, context: &Context) -> Option<Attribute> {
    match raw.kind {
        AttributeKind::Phone => phone::common(raw),
        AttributeKind::BirthDate | AttributeKind::Date => date::common(raw, context),
        AttributeKind::Gender => gender::common(raw),
        _ => None,
    }
}

/// The attribute for a value that says that there is none.
pub fn missing(raw: &RawAttribute, cleaned: &Cleaned, text: &str) -> Attribute {
    let mut findings = cleaned.findings.clone();
    if !text.is_empty() {
        findings.push(Finding::of(Defect::Missing));
    }
    Attribute {
        kind: raw.kind,
        label: raw.label.clone(),
        raw: raw.raw(),
        normal: SmolStr::default(),
        validity: Validity::Valid,
        evidence: false,
        value: Value::Missing,
        findings,
        facts: Vec::new(),
        actions: cleaned.actions,
    }
}

/// Joins a checked value with the raw attribute it came from. `cleaned` adds what cleaning the text found.
/// Evidence: not invalid, readable, and neither placeholder, masked nor impersonal; a normalizer may widen that afterwards.
pub fn prepared(raw: &RawAttribute, cleaned: &Cleaned, checked: Checked, value: Value) -> Attribute {
    const NEVER_EVIDENCE: [Defect; 4] = [Defect::Placeholder, Defect::Missing, Defect::NotPersonal, Defect::Masked];
    let never = |finding: &Finding| NEVER_EVIDENCE.contains(&finding.defect);
    let disqualified =
        checked.findings.iter().any(|finding| never(finding) || finding.defect == Defect::EncodingDamaged)
            || !cleaned.findings.is_empty() && (cleaned.findings.iter().any(never) || cleaned.is_unreadable());
    // Most values were clean: nothing to put before what the check found.
    let (mut findings, mut actions) = (checked.findings, checked.actions);
    if !cleaned.findings.is_empty() {
        findings.splice(0..0, cleaned.findings.iter().cloned());
    }
    if !cleaned.actions.is_empty() {
        let further = std::mem::replace(&mut actions, cleaned.actions);
        actions.extend(further);
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
