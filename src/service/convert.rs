//! Wire types ↔ domain types, the only place. Incoming conversions refuse what no record may be and name the field;
//! dirty values pass, because findings are data.

mod assembly;
mod enums;
mod incoming;
mod job;
mod model;
mod outgoing;
mod profile;
mod review;
mod time;

pub use assembly::assembly_out;
pub use enums::{checked_validity_out, kind_in, outcome_out, severity_out, verdict_in};
pub use incoming::{is_country, record_in, record_request, unnamed_record_in};
pub use job::{job_id_in, job_options_in, job_out};
pub use model::{generic_override_in, generic_value_out, model_out, model_summary_out};
pub use outgoing::{
    actions_out, all_findings, candidate_out, finding_out, record_out, rule_findings, stored_record_out, upsert_out,
    worst_validity,
};
pub use profile::{candidate_steps_out, explanation_out, profile_event_out, profile_out};
pub use review::{lease_seconds_in, state_filter_in, task_out};

use std::collections::BTreeMap;

use super::proto;
use crate::domain::finding::Fact;

/// Facts by name; of two facts of one name the later counts.
pub fn facts_out(facts: &[Fact]) -> BTreeMap<String, String> {
    facts.iter().map(|fact| (fact.name.to_owned(), fact.value.to_string())).collect()
}

/// A text in both languages.
pub fn text_out(zh: impl Into<String>, en: impl Into<String>) -> Option<proto::LocalizedText> {
    Some(proto::LocalizedText { zh_cn: zh.into(), en: en.into() })
}
