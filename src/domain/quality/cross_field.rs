//! Cross-field rules: the birth date and sex in a resident ID against the columns that state them.
//!
//! A contradiction is a finding on the stated value, never a change: a lunar birthday or a proxy's ID are common causes.

use crate::domain::finding::{Defect, Finding, Validity};
use crate::domain::record::{Attribute, AttributeKind, Value};

/// Adds [`Defect::Conflict`] findings to attributes that contradict a verified identity document of the same record.
pub fn check(attributes: &mut [Attribute]) {
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
