//! Cross-field rules: the birth date and sex in a resident ID against the columns that state them, and corrections that only
//! the other fields of the record can tell.
//!
//! A contradiction is a finding on the stated value, never a change: a lunar birthday or a proxy's ID are common causes.

use crate::domain::finding::{Defect, Finding, Validity};
use crate::domain::normalize::phone;
use crate::domain::record::{Attribute, AttributeKind, Value};

/// Adds what the attributes of one record say about each other.
pub fn check(attributes: &mut [Attribute]) {
    contradict(attributes);
    complete_local_numbers(attributes);
}

/// A telephone number without area code, and the city of the record's address: a suggestion, never a silent fix.
fn complete_local_numbers(attributes: &mut [Attribute]) {
    let is_local = |finding: &Finding| finding.detail_en == phone::POSSIBLE_LOCAL_ONLY;
    if !attributes.iter().any(|attribute| attribute.findings.iter().any(is_local)) {
        return;
    }
    let mut cities: Vec<String> = Vec::new();
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
                    let (zh, en) = (format!("按地址所在地 {city} 补区号"), format!("area code of {city}, the city of the address"));
                    finding.add_suggestion(value, zh, en);
                }
            }
        }
    }
}

/// Adds [`Defect::Conflict`] findings to attributes that contradict a verified identity document of the same record.
fn contradict(attributes: &mut [Attribute]) {
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
                format!("身份证件表明应为 {fact}"),
                format!("the identity document says {fact}"),
            );
            let suggested =
                finding.suggest(fact, "取自校验通过的身份证件", "taken from the verified identity document");
            attribute.findings.push(suggested);
            attribute.validity = attribute.validity.max(Validity::Suspect);
        }
    }
}

fn facts_of_document(attributes: &[Attribute]) -> Option<(Option<String>, Option<String>)> {
    let document = attributes.iter().find(|attribute| match &attribute.value {
        Value::Identifier(identifier) => identifier.verified && attribute.kind == AttributeKind::IdDocument,
        _ => false,
    })?;
    let fact = |name: &str| document.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone());
    Some((fact("birth_date"), fact("gender")))
}
