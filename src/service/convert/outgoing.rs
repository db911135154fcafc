//! Records, findings and resolutions on their way out.

use super::enums::{kind_out, outcome_out, severity_out, validity_out};
use super::time::{micros_out, time_out};
use super::{facts_out, text_out};
use crate::domain::action::Action;
use crate::domain::date::Timestamp;
use crate::domain::finding::{Fact, Finding, Severity, Suggestion};
use crate::domain::id::{MatchWeight, ProfileId, RecordKey};
use crate::domain::normalize::{self, Context};
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::evaluate::{RuleContext, Violation, evaluate};
use crate::domain::quality::rule::RuleSet;
use crate::domain::record::{Attribute, Part, PreparedRecord, RawAttribute, RawRecord, Value};
use crate::engine::{RecordView, Resolution, UpsertAnswer, etag};
use crate::service::{proto, resource_name};

/// A prepared record as it is answered, without what only stored records have. `asked` gives source and record id,
/// which may be empty.
pub fn record_out(prepared: &PreparedRecord, raw: &RawRecord, asked: &proto::Record) -> proto::Record {
    let named = !asked.source.is_empty() && !asked.record_id.is_empty();
    proto::Record {
        name: if named { resource_name::record(&raw.key) } else { String::new() },
        source: asked.source.clone(),
        record_id: asked.record_id.clone(),
        ..content_out(prepared, raw)
    }
}

/// A stored record.
pub fn stored_record_out(view: &RecordView) -> proto::Record {
    let stored = &view.loaded.stored;
    let raw = view.loaded.raw();
    proto::Record {
        etag: etag(stored.revision),
        create_time: micros_out(stored.create_micros),
        update_time: micros_out(stored.update_micros),
        profile: view.profile.map(resource_name::profile).unwrap_or_default(),
        ..content_out(&view.loaded.prepared, &raw)
    }
}

/// The answer to an upsert of `raw`.
pub fn upsert_out(answer: &UpsertAnswer, raw: &RawRecord, rules: &RuleSet) -> proto::UpsertRecordResponse {
    // As of the day of the write: the same request id is answered in the same words next year.
    let as_of = Timestamp { micros: answer.update_micros }.date();
    let context = RuleContext { as_of, shared: None };
    let record = proto::Record {
        etag: etag(answer.revision),
        create_time: micros_out(answer.create_micros),
        update_time: micros_out(answer.update_micros),
        profile: resource_name::profile(answer.resolution.profile),
        ..content_out(&answer.prepared, raw)
    };
    proto::UpsertRecordResponse {
        findings: [all_findings(&record), rule_findings(rules, &answer.prepared, raw, &context)].concat(),
        record: Some(record),
        resolution: Some(resolution_out(&answer.resolution)),
        outdated: answer.outdated,
    }
}

fn content_out(prepared: &PreparedRecord, raw: &RawRecord) -> proto::Record {
    let origins = origins(prepared, raw);
    let attributes = prepared.attributes.iter().zip(&origins);
    let attributes = attributes.map(|(attribute, &index)| {
        let alone = origins.iter().filter(|origin| **origin == index).count() == 1;
        attribute_out(attribute, index, raw.attributes.get(index), alone)
    });
    proto::Record {
        name: resource_name::record(&prepared.key),
        source: prepared.key.source.0.clone(),
        record_id: prepared.key.record_id.clone(),
        owner: prepared.owner.clone().unwrap_or_default(),
        observed_time: prepared.observed_time.map(time_out),
        attributes: attributes.collect(),
        ..proto::Record::default()
    }
}

/// For every prepared attribute the index of the delivered one that it came from: one may have become several.
fn origins(prepared: &PreparedRecord, raw: &RawRecord) -> Vec<usize> {
    // Every delivered attribute becomes at least one, so equal numbers mean one for one: the usual case.
    if prepared.attributes.len() == raw.attributes.len() {
        return (0..raw.attributes.len()).collect();
    }
    let context = Context { reference_date: raw.observed_time.and_then(|time| time.date()) };
    let counts = raw.attributes.iter().map(|attribute| normalize::attribute(attribute, &context).len());
    counts.enumerate().flat_map(|(index, count)| std::iter::repeat_n(index, count)).collect()
}

fn attribute_out(attribute: &Attribute, index: usize, raw: Option<&RawAttribute>, alone: bool) -> proto::Attribute {
    let format = match &attribute.value {
        Value::Identifier(identifier) => identifier.document_format().to_owned(),
        _ => raw.and_then(|raw| raw.format.clone()).unwrap_or_default().into(),
    };
    // Parts of an attribute that was split would say something else than its raw text.
    let delivered = raw.filter(|raw| alone && raw.parts.iter().any(|(part, _)| *part != Part::Full));
    let parts = delivered.map_or(&[][..], |raw| &raw.parts).iter();
    proto::Attribute {
        kind: kind_out(attribute.kind).into(),
        label: attribute.label.to_string(),
        raw: attribute.raw.to_string(),
        format,
        country: raw.and_then(|raw| raw.country.clone()).unwrap_or_default().into(),
        parts: parts
            .map(|(part, text)| proto::AttributePart { part: part.code().to_owned(), raw: text.to_string() })
            .collect(),
        normal: attribute.normal.to_string(),
        validity: validity_out(attribute.validity, &attribute.value).into(),
        findings: findings_out(attribute, index),
        facts: facts_out(&attribute.facts),
        actions: actions_out(&attribute.actions),
    }
}

fn findings_out(attribute: &Attribute, index: usize) -> Vec<proto::Finding> {
    let validity = validity_out(attribute.validity, &attribute.value);
    let field = format!("attributes[{index}]");
    attribute.findings.iter().map(|finding| finding_out(finding, validity, &attribute.facts, field.clone())).collect()
}

/// A finding about a value with this verdict and these facts.
pub fn finding_out(finding: &Finding, validity: proto::Validity, facts: &[Fact], field: String) -> proto::Finding {
    proto::Finding {
        code: finding.defect.code().to_owned(),
        severity: severity_out(finding.defect.severity()).into(),
        validity: validity.into(),
        message: text_out(finding.message_zh(), finding.message_en()),
        suggestion: finding.suggestion().map(suggestion_out),
        suggestions: finding.suggestions.iter().map(suggestion_out).collect(),
        facts: facts_out(facts),
        field,
        rule: String::new(),
        dimension: Dimension::of(finding.defect).code().to_owned(),
    }
}

/// The record rules that a record breaks, as of a day; `shared` where it is one of several.
pub fn rule_findings(
    rules: &RuleSet,
    prepared: &PreparedRecord,
    raw: &RawRecord,
    context: &RuleContext<'_>,
) -> Vec<proto::Finding> {
    let violations = evaluate(prepared, rules, context);
    let origins = if violations.is_empty() { Vec::new() } else { origins(prepared, raw) };
    let out = |broken: Violation<'_>| {
        let attribute = broken.attribute.and_then(|position| prepared.attributes.get(position));
        let index = broken.attribute.and_then(|position| origins.get(position));
        let validity = match (attribute, broken.rule.severity) {
            (Some(attribute), _) => validity_out(attribute.validity, &attribute.value),
            (None, Severity::Error) => proto::Validity::Invalid,
            (None, _) => proto::Validity::Suspect,
        };
        let facts = attribute.map_or(&[][..], |attribute| &attribute.facts);
        let field = index.map(|index| format!("attributes[{index}]")).unwrap_or_default();
        proto::Finding {
            severity: severity_out(broken.rule.severity).into(),
            rule: broken.rule.id.clone(),
            dimension: broken.rule.dimension.code().to_owned(),
            ..finding_out(&broken.finding, validity, facts, field)
        }
    };
    violations.into_iter().map(out).collect()
}

/// The codes of actions.
pub fn actions_out(actions: &[Action]) -> Vec<String> {
    actions.iter().map(|action| action.code().to_owned()).collect()
}

fn suggestion_out(suggestion: &Suggestion) -> proto::Suggestion {
    proto::Suggestion {
        value: suggestion.value.to_string(),
        reason: text_out(&*suggestion.reason_zh, &*suggestion.reason_en),
    }
}

/// All findings of a record, in the order of its attributes.
pub fn all_findings(record: &proto::Record) -> Vec<proto::Finding> {
    record.attributes.iter().flat_map(|attribute| attribute.findings.iter().cloned()).collect()
}

/// The worst verdict on any value; missing when there is no value at all.
pub fn worst_validity(prepared: &PreparedRecord) -> proto::Validity {
    let present = prepared.attributes.iter().filter(|attribute| attribute.value != Value::Missing);
    let worst = present.map(|attribute| attribute.validity).max();
    worst.map_or(proto::Validity::Missing, super::enums::plain_validity_out)
}

fn resolution_out(resolution: &Resolution) -> proto::Resolution {
    let candidates = resolution.candidates.iter();
    let review_tasks: Vec<String> = resolution.tasks.iter().map(|task| resource_name::task(*task)).collect();
    proto::Resolution {
        outcome: outcome_out(resolution.outcome).into(),
        profile: resource_name::profile(resolution.profile),
        candidates: candidates.map(|c| candidate_out(&c.key, c.profile, c.weight, c.cannot_link)).collect(),
        review_task: review_tasks.first().cloned().unwrap_or_default(),
        review_tasks,
        cut_to_limit: resolution.cut_to_limit,
    }
}

/// A record that may be of the same customer.
pub fn candidate_out(key: &RecordKey, profile: ProfileId, weight: MatchWeight, cannot_link: bool) -> proto::Candidate {
    proto::Candidate {
        record: resource_name::record(key),
        profile: resource_name::profile(profile),
        match_weight_bits: weight.bits(),
        cannot_link,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::prepare::prepare;
    use crate::domain::record::AttributeKind;

    #[test]
    fn every_value_names_the_attribute_it_came_from() {
        let raw = RawRecord {
            key: RecordKey::new("crm", "1"),
            owner: None,
            observed_time: None,
            attributes: vec![
                RawAttribute::full(AttributeKind::PersonName, "张伟"),
                RawAttribute::full(AttributeKind::Phone, "13910012345、13910012346"),
                RawAttribute::full(AttributeKind::IdDocument, "11010119900307123"),
            ],
        };
        let prepared = prepare(&raw);
        assert_eq!(prepared.attributes.len(), 4, "two phones in one field: {prepared:?}");
        let record = content_out(&prepared, &raw);
        let fields: Vec<&str> = record.attributes.iter().flat_map(|a| &a.findings).map(|f| f.field.as_str()).collect();
        assert!(fields.contains(&"attributes[1]") && fields.contains(&"attributes[2]"), "{fields:?}");
        assert!(!fields.contains(&"attributes[3]"), "{fields:?}");
    }

    #[test]
    fn a_missing_value_is_missing_and_not_valid() {
        let raw = RawRecord {
            key: RecordKey::new("crm", "1"),
            owner: None,
            observed_time: None,
            attributes: vec![RawAttribute::full(AttributeKind::Email, "无")],
        };
        let prepared = prepare(&raw);
        let record = content_out(&prepared, &raw);
        assert_eq!(record.attributes[0].validity(), proto::Validity::Missing);
        assert_eq!(worst_validity(&prepared), proto::Validity::Missing);
    }
}
