//! Cross-field rules: the birth date and sex in a resident ID against the columns that state them, and corrections that only
//! the other fields of the record can tell.
//!
//! A contradiction is a finding on the stated value, never a change: a lunar birthday or a proxy's ID are common causes.

use smol_str::SmolStr;

use crate::domain::finding::{Defect, Finding, Validity};
use crate::domain::formats::cn::resident_id_suggestions;
use crate::domain::normalize::phone;
use crate::domain::record::{Attribute, AttributeKind, Value};

/// Adds what the attributes of one record say about each other.
pub fn check(attributes: &mut [Attribute]) {
    contradict(attributes);
    complete_local_numbers(attributes);
    correct_resident_ids(attributes);
}

/// Corrections of a resident ID that fit the birth date, sex and province of the record come first.
fn correct_resident_ids(attributes: &mut [Attribute]) {
    let is_wrong = |attribute: &Attribute| {
        let corrected = |finding: &Finding| finding.defect == Defect::Checksum && !finding.suggestions.is_empty();
        attribute.kind == AttributeKind::IdDocument
            && attribute.normal.len() == RESIDENT_ID_CHARS
            && attribute.findings.iter().any(corrected)
    };
    if !attributes.iter().any(is_wrong) {
        return;
    }
    let birth_date = attributes.iter().find_map(|attribute| match (&attribute.value, attribute.kind) {
        (Value::Date(date), AttributeKind::BirthDate) => date.full(),
        _ => None,
    });
    let gender = attributes.iter().find_map(|attribute| match attribute.value {
        Value::Gender(gender) => Some(gender),
        _ => None,
    });
    let province = attributes.iter().find_map(|attribute| match &attribute.value {
        Value::Address(address) if !address.region.is_empty() => Some(address.region.clone()),
        _ => None,
    });
    for attribute in attributes.iter_mut().filter(|attribute| is_wrong(attribute)) {
        let ranked = resident_id_suggestions::suggestions_with_siblings(
            &attribute.normal,
            birth_date,
            gender,
            province.as_deref(),
        );
        let wrong = attribute.findings.iter_mut().find(|finding| finding.defect == Defect::Checksum);
        if let Some(finding) = wrong.filter(|_| !ranked.is_empty()) {
            finding.suggestions = ranked;
        }
    }
}

/// Characters of a resident ID.
const RESIDENT_ID_CHARS: usize = 18;

/// A telephone number without area code, and the city of the record's address: a suggestion, never a silent fix.
fn complete_local_numbers(attributes: &mut [Attribute]) {
    let is_local = |finding: &Finding| finding.detail_en == phone::POSSIBLE_LOCAL_ONLY;
    if !attributes.iter().any(|attribute| attribute.findings.iter().any(is_local)) {
        return;
    }
    let mut cities: Vec<SmolStr> = Vec::new();
    for attribute in attributes.iter() {
        if let Value::Address(address) = &attribute.value {
            let known = [&address.city, &address.region].into_iter().find(|name| !name.is_empty());
            cities.extend(known.cloned());
        }
    }
    cities.dedup();
    for attribute in attributes {
        let raw = attribute.raw.clone();
        for finding in attribute.findings.iter_mut().filter(|finding| is_local(finding)) {
            for city in &cities {
                let completed = phone::complete_local(&raw, city);
                let known = |value: &String| finding.suggestions.iter().any(|suggestion| suggestion.value == *value);
                if let Some(value) = completed.filter(|value| !known(value)) {
                    let (zh, en) = (
                        format!("按地址所在地 {city} 补区号"),
                        format!("area code of {city}, the city of the address"),
                    );
                    finding.add_suggestion(value, zh, en);
                }
            }
        }
    }
}

/// Adds [`Defect::Conflict`] findings to attributes that contradict a verified identity document of the same record.
pub fn contradict(attributes: &mut [Attribute]) {
    let Some((birth_date, gender)) = facts_of_document(attributes) else { return };
    for attribute in attributes {
        let stated = attribute.normal.as_str();
        let contradicted = match (&attribute.value, attribute.kind) {
            (Value::Date(_), AttributeKind::BirthDate) => {
                birth_date.as_deref().filter(|fact| !fact.starts_with(stated))
            }
            (Value::Gender(_), _) => gender.as_deref().filter(|fact| *fact != stated),
            _ => None,
        };
        if let Some(fact) = contradicted {
            let finding = Finding::with_detail(
                Defect::Conflict,
                joined("身份证件表明应为 ", fact),
                joined("the identity document says ", fact),
            );
            let suggested =
                finding.suggest(fact, "取自校验通过的身份证件", "taken from the verified identity document");
            attribute.findings.reserve_exact(1);
            attribute.findings.push(suggested);
            attribute.validity = attribute.validity.max(Validity::Suspect);
        }
    }
}

fn joined(words: &str, fact: &str) -> String {
    let mut detail = String::with_capacity(words.len() + fact.len());
    detail.push_str(words);
    detail.push_str(fact);
    detail
}

fn facts_of_document(attributes: &[Attribute]) -> Option<(Option<SmolStr>, Option<SmolStr>)> {
    let document = attributes.iter().find(|attribute| match &attribute.value {
        Value::Identifier(identifier) => identifier.verified && attribute.kind == AttributeKind::IdDocument,
        _ => false,
    })?;
    let fact = |name: &str| document.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone());
    Some((fact("birth_date"), fact("gender")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{RawAttribute, RawRecord};

    fn prepared(fields: &[(AttributeKind, &str)]) -> Vec<Attribute> {
        let attributes = fields.iter().map(|(kind, raw)| RawAttribute::full(*kind, *raw)).collect();
        let key = RecordKey::new("crm", "1");
        prepare(&RawRecord { key, owner: None, observed_time: None, attributes }).attributes
    }

    fn suggestions(attribute: &Attribute) -> Vec<&str> {
        attribute.findings.iter().flat_map(|finding| &finding.suggestions).map(|s| s.value.as_str()).collect()
    }

    #[test]
    fn stated_values_that_contradict_the_document() {
        let id = (AttributeKind::IdDocument, "11010519491231002X");
        for (kind, stated, conflict) in [
            (AttributeKind::BirthDate, "1949-12-31", false),
            (AttributeKind::BirthDate, "1949-12", false),
            (AttributeKind::BirthDate, "1949-11-12", true),
            (AttributeKind::Gender, "女", false),
            (AttributeKind::Gender, "男", true),
        ] {
            let attributes = prepared(&[id, (kind, stated)]);
            let found = attributes[1].findings.iter().any(|finding| finding.defect == Defect::Conflict);
            assert_eq!(found, conflict, "{stated}");
            assert_eq!(attributes[1].validity == Validity::Suspect, conflict, "{stated}");
        }
    }

    #[test]
    fn corrections_of_a_resident_id_respect_the_other_fields() {
        // 110105194912310029 is one change away from several numbers.
        let mistyped = (AttributeKind::IdDocument, "110105194912310029");
        let alone = prepared(&[mistyped]);
        assert!(suggestions(&alone[0]).len() > 1, "several changes fit the check digit: {:?}", suggestions(&alone[0]));
        let beside = prepared(&[mistyped, (AttributeKind::BirthDate, "1949-12-31"), (AttributeKind::Gender, "女")]);
        assert!(!suggestions(&alone[0])[0].contains("19491231"), "{:?}", suggestions(&alone[0]));
        assert!(suggestions(&beside[0])[0].contains("19491231"), "{:?}", suggestions(&beside[0]));
        assert_eq!(beside[0].normal, "110105194912310029", "an identifier is never corrected by itself");
    }

    #[test]
    fn a_local_number_is_completed_from_the_city_as_a_suggestion() {
        let number = (AttributeKind::Phone, "65529988");
        let attributes = prepared(&[number, (AttributeKind::Address, "北京市朝阳区建国路88号")]);
        assert!(suggestions(&attributes[0]).contains(&"+861065529988"), "{:?}", attributes[0].findings);
        assert!(!suggestions(&prepared(&[number])[0]).contains(&"+861065529988"));
    }
}
