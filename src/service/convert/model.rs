//! Match models on their way out.

use super::profile::profile_event_out;
use super::time::micros_out;
use crate::domain::generic::GenericOverride;
use crate::engine::{GenericValue, ModelDifference, ModelState, ModelView};
use crate::error::{Error, Result};
use crate::service::proto;
use crate::service::proto::generic_value::Override;
use crate::service::proto::match_model::State;

/// A model without its files, which may be megabytes.
pub fn model_summary_out(view: &ModelView) -> proto::MatchModel {
    proto::MatchModel { model_toml: String::new(), frequencies_tsv: String::new(), ..model_out(view) }
}

/// A model with its files.
pub fn model_out(view: &ModelView) -> proto::MatchModel {
    let (state, evaluated, difference) = match &view.state {
        ModelState::Active => (State::Active, 0, None),
        ModelState::Evaluating(records) => (State::Evaluating, *records, None),
        ModelState::Evaluated(difference) => (State::Evaluated, 0, Some(difference_out(difference))),
        ModelState::Available => (State::Available, 0, None),
    };
    proto::MatchModel {
        name: format!("matchModels/{}", view.name),
        state: state.into(),
        model_toml: view.stored.text.clone(),
        frequencies_tsv: view.stored.frequencies.clone().unwrap_or_default(),
        create_time: micros_out(view.stored.create_micros),
        evaluated_record_count: count(evaluated),
        difference,
    }
}

/// A generic value.
pub fn generic_value_out(value: GenericValue) -> proto::GenericValue {
    let said = match value.said {
        None => Override::Unspecified,
        Some(GenericOverride::Generic) => Override::Generic,
        Some(GenericOverride::Specific) => Override::Specific,
    };
    proto::GenericValue {
        rule: value.rule,
        parts: value.parts,
        record_count: count(value.record_count),
        r#override: said.into(),
        generic: value.generic,
    }
}

/// What a person says about a generic value.
pub fn generic_override_in(field: &str, number: i32) -> Result<Option<GenericOverride>> {
    match Override::try_from(number) {
        Ok(Override::Unspecified) => Ok(None),
        Ok(Override::Generic) => Ok(Some(GenericOverride::Generic)),
        Ok(Override::Specific) => Ok(Some(GenericOverride::Specific)),
        Err(_) => Err(Error::invalid(field, format!("{number} is no known value"))),
    }
}

fn difference_out(difference: &ModelDifference) -> proto::ModelDifference {
    proto::ModelDifference {
        merged_count: count(difference.merged),
        split_count: count(difference.split),
        redirected_count: count(difference.redirected),
        changed_count: count(difference.changed),
        largest: difference.largest.iter().map(profile_event_out).collect(),
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
