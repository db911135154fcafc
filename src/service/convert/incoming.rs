//! Records from outside: limits, kinds, parts, formats. What a value says is not looked at here.

use super::enums::{kind_in, kind_out};
use super::time::{time_in, time_out};
use crate::domain::id::RecordKey;
use crate::domain::record::{Part, Parts, RawAttribute, RawRecord};
use crate::engine::{ID_BYTES_MAX, RECORD_ATTRIBUTES_MAX, RECORD_TEXT_BYTES_MAX};
use crate::error::{Error, Result, did_you_mean};
use crate::service::proto;
use smallvec::smallvec;
use smol_str::SmolStr;

/// Bytes of a format code.
const FORMAT_BYTES_MAX: usize = 64;

/// Stands for an empty source or record id where a record need not have them; never stored.
const PLACEHOLDER: &str = "(none)";
/// Parts of one attribute.
const PARTS_MAX: usize = 64;

/// Reads a record that is to be stored; `path` names it in errors.
pub fn record_in(path: &str, record: &proto::Record) -> Result<RawRecord> {
    if record.attributes.len() > RECORD_ATTRIBUTES_MAX {
        let problem = format!("has {} entries, at most {RECORD_ATTRIBUTES_MAX} are allowed", record.attributes.len());
        return Err(Error::invalid(format!("{path}.attributes"), problem));
    }
    check_bytes(&format!("{path}.owner"), &record.owner, ID_BYTES_MAX)?;
    let observed_time = record.observed_time.as_ref().map(|time| time_in(&format!("{path}.observed_time"), time));
    let attributes = record.attributes.iter().enumerate();
    let attributes =
        attributes.map(|(index, attribute)| attribute_in(&format!("{path}.attributes[{index}]"), attribute));
    Ok(RawRecord {
        key: RecordKey::new(record.source.as_str(), record.record_id.as_str()),
        owner: filled(&record.owner).map(Into::into),
        observed_time: observed_time.transpose()?,
        attributes: attributes.collect::<Result<_>>()?,
    })
}

/// Reads a record that is only looked at: source and record id may be empty.
pub fn unnamed_record_in(path: &str, record: &proto::Record) -> Result<RawRecord> {
    let mut raw = record_in(path, record)?;
    check_bytes(&format!("{path}.source"), &record.source, ID_BYTES_MAX)?;
    check_bytes(&format!("{path}.record_id"), &record.record_id, ID_BYTES_MAX)?;
    let or_placeholder = |id: &str| if id.is_empty() { PLACEHOLDER.to_owned() } else { id.to_owned() };
    raw.key = RecordKey::new(or_placeholder(&record.source), or_placeholder(&record.record_id));
    Ok(raw)
}

/// A raw record as a client sends it: what [`record_in`] reads.
pub fn record_request(raw: &RawRecord) -> proto::Record {
    let attributes = raw.attributes.iter().map(|attribute| {
        let split = attribute.parts.iter().any(|(part, _)| *part != Part::Full);
        let parts = attribute.parts.iter().filter(|_| split);
        proto::Attribute {
            kind: kind_out(attribute.kind).into(),
            label: attribute.label.to_string(),
            raw: if split { String::new() } else { attribute.raw().to_string() },
            format: attribute.format.clone().unwrap_or_default().into(),
            country: attribute.country.clone().unwrap_or_default().into(),
            parts: parts
                .map(|(part, text)| proto::AttributePart { part: part.code().into(), raw: text.to_string() })
                .collect(),
            ..proto::Attribute::default()
        }
    });
    proto::Record {
        source: raw.key.source.0.clone(),
        record_id: raw.key.record_id.clone(),
        owner: raw.owner.clone().unwrap_or_default(),
        observed_time: raw.observed_time.map(time_out),
        attributes: attributes.collect(),
        ..proto::Record::default()
    }
}

fn attribute_in(path: &str, attribute: &proto::Attribute) -> Result<RawAttribute> {
    let kind = kind_in(path, attribute.kind)?;
    check_bytes(&format!("{path}.label"), &attribute.label, RECORD_TEXT_BYTES_MAX)?;
    let raw = RawAttribute {
        kind,
        label: SmolStr::new(&attribute.label),
        format: format_in(path, &attribute.format)?,
        country: country_in(path, &attribute.country)?,
        order: None,
        parts: parts_in(path, attribute)?,
    };
    // What was read is what may be sent back: an answer shows the joined text beside the parts.
    if !attribute.parts.is_empty() && !attribute.raw.is_empty() && attribute.raw != raw.raw() {
        return Err(Error::invalid(
            format!("{path}.raw"),
            "says something else than the parts; give raw or parts, not both",
        ));
    }
    Ok(raw)
}

fn parts_in(path: &str, attribute: &proto::Attribute) -> Result<Parts> {
    if attribute.parts.is_empty() {
        check_bytes(&format!("{path}.raw"), &attribute.raw, RECORD_TEXT_BYTES_MAX)?;
        return Ok(smallvec![(Part::Full, SmolStr::new(&attribute.raw))]);
    }
    if attribute.parts.len() > PARTS_MAX {
        let problem = format!("has {} entries, at most {PARTS_MAX} are allowed", attribute.parts.len());
        return Err(Error::invalid(format!("{path}.parts"), problem));
    }
    let parts = attribute.parts.iter().enumerate();
    parts.map(|(index, part)| part_in(&format!("{path}.parts[{index}]"), part)).collect()
}

fn part_in(path: &str, part: &proto::AttributePart) -> Result<(Part, SmolStr)> {
    let code = part.part.as_str();
    let known = Part::from_code(code).ok_or_else(|| {
        let codes = || Part::ALL.iter().map(|part| part.code());
        let hint = did_you_mean(code, codes());
        let all: Vec<&str> = codes().collect();
        Error::invalid(format!("{path}.part"), format!("is no known part{hint} (known: {})", all.join(", ")))
    })?;
    check_bytes(&format!("{path}.raw"), &part.raw, RECORD_TEXT_BYTES_MAX)?;
    Ok((known, SmolStr::new(&part.raw)))
}

fn format_in(path: &str, code: &str) -> Result<Option<SmolStr>> {
    // A format that nothing here can check is no fault of the record: its numbers are compared as they stand.
    let well_formed =
        code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte));
    if well_formed && code.len() <= FORMAT_BYTES_MAX {
        return Ok(filled(code));
    }
    let problem = "is no format code such as cn.resident_id; see ListFormats, or leave it empty to have it detected";
    Err(Error::invalid(format!("{path}.format"), problem))
}

/// Looks like an ISO 3166-1 alpha-2 code.
pub fn is_country(country: &str) -> bool {
    country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn country_in(path: &str, country: &str) -> Result<Option<SmolStr>> {
    if country.is_empty() || is_country(country) {
        return Ok(filled(&country.to_ascii_uppercase()));
    }
    Err(Error::invalid(format!("{path}.country"), "must be an ISO 3166-1 alpha-2 code such as CN, or empty"))
}

fn check_bytes(field: &str, text: &str, bytes_max: usize) -> Result<()> {
    if text.len() <= bytes_max {
        return Ok(());
    }
    Err(Error::invalid(field, format!("has {} bytes, at most {bytes_max} are allowed", text.len())))
}

fn filled(text: &str) -> Option<SmolStr> {
    (!text.is_empty()).then(|| SmolStr::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(raw: &str) -> proto::Attribute {
        proto::Attribute { kind: proto::AttributeKind::Phone.into(), raw: raw.to_owned(), ..Default::default() }
    }

    fn record(attributes: Vec<proto::Attribute>) -> proto::Record {
        proto::Record { source: "crm".into(), record_id: "1".into(), attributes, ..Default::default() }
    }

    fn refusal(attribute: proto::Attribute) -> String {
        record_in("record", &record(vec![phone("1"), attribute])).unwrap_err().to_string()
    }

    fn part(part: &str, raw: &str) -> proto::AttributePart {
        proto::AttributePart { part: part.into(), raw: raw.into() }
    }

    #[test]
    fn a_raw_text_becomes_one_full_part() {
        let raw = record_in("record", &record(vec![phone(" 138 ")])).unwrap();
        assert_eq!(raw.attributes[0].parts.as_slice(), [(Part::Full, " 138 ".into())]);
        assert_eq!(raw.key, RecordKey::new("crm", "1"));
    }

    #[test]
    fn parts_are_kept_apart_and_may_come_back_with_the_joined_text() {
        let parts = vec![part("given", "Wei"), part("family", "Zhang")];
        let name = proto::Attribute { kind: proto::AttributeKind::PersonName.into(), parts, ..Default::default() };
        let raw = record_in("record", &record(vec![name.clone()])).unwrap();
        assert_eq!(raw.attributes[0].part(Part::Family), Some("Zhang"));
        let echoed = proto::Attribute { raw: "Wei Zhang".into(), ..name.clone() };
        assert!(record_in("record", &record(vec![echoed])).is_ok());
        assert!(refusal(proto::Attribute { raw: "Li Na".into(), ..name }).starts_with("record.attributes[1].raw: "));
    }

    #[test]
    fn what_no_record_may_be_is_refused_by_field() {
        let cases = [
            (proto::Attribute { kind: 0, ..phone("") }, "record.attributes[1].kind: "),
            (proto::Attribute { format: "CN resident".into(), ..phone("") }, "record.attributes[1].format: "),
            (proto::Attribute { country: "China".into(), ..phone("") }, "record.attributes[1].country: "),
            (
                proto::Attribute { parts: vec![part("surname", "x")], ..phone("") },
                "record.attributes[1].parts[0].part: ",
            ),
            (
                proto::Attribute { parts: vec![part("full", "x"); PARTS_MAX + 1], ..phone("") },
                "record.attributes[1].parts: ",
            ),
            (phone(&"9".repeat(RECORD_TEXT_BYTES_MAX + 1)), "record.attributes[1].raw: "),
        ];
        for (attribute, prefix) in cases {
            let message = refusal(attribute);
            assert!(message.starts_with(prefix), "{message}");
        }
        assert!(refusal(proto::Attribute { format: "CN resident".into(), ..phone("") }).contains("cn.resident_id"));
    }

    #[test]
    fn the_limits_hold_at_and_above() {
        assert!(record_in("record", &record(vec![phone("1"); RECORD_ATTRIBUTES_MAX])).is_ok());
        assert!(record_in("record", &record(vec![phone("1"); RECORD_ATTRIBUTES_MAX + 1])).is_err());
        assert!(record_in("record", &record(vec![phone(&"9".repeat(RECORD_TEXT_BYTES_MAX))])).is_ok());
    }

    #[test]
    fn only_unnamed_records_get_placeholders() {
        let unnamed = proto::Record { source: "crm".into(), ..Default::default() };
        assert_eq!(unnamed_record_in("record", &unnamed).unwrap().key, RecordKey::new("crm", PLACEHOLDER));
        assert_eq!(record_in("record", &unnamed).unwrap().key, RecordKey::new("crm", ""));
    }
}
