//! Match models on their way out.

use super::profile::profile_event_out;
use super::time::micros_out;
use crate::engine::{ModelDifference, ModelState, ModelView};
use crate::service::proto;
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
