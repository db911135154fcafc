//! How a profile came together, on its way out.

use super::text_out;
use crate::domain::cluster::linkage::{ComparisonMean, Merge};
use crate::domain::compare;
use crate::domain::id::{RecordHandle, RecordPair};
use crate::domain::model::MatchModel;
use crate::engine::ProfileExplanation;
use crate::service::{proto, resource_name};

/// The merges that built a profile, in their order, and what people said about its records.
pub fn assembly_out(model: &MatchModel, found: &ProfileExplanation) -> proto::ExplainProfileResponse {
    let judgements = found.judgements.iter().map(|(pair, verdict)| {
        let [left_record, right_record] = pair_names(found, *pair);
        proto::PairJudgement { left_record, right_record, verdict: verdict.code().to_owned() }
    });
    proto::ExplainProfileResponse {
        name: resource_name::profile(found.id),
        match_model: model.version.to_string(),
        records: found.members.iter().map(resource_name::record).collect(),
        merges: found.merges.iter().map(|merge| merge_out(found, merge)).collect(),
        judgements: judgements.collect(),
        prior_bits: model.priors.matching.bits(),
        merge_threshold_bits: model.thresholds.merge.bits(),
        cut_to_limit: found.cut_to_limit,
    }
}

fn merge_out(found: &ProfileExplanation, merge: &Merge) -> proto::ProfileMerge {
    let [left, right] = &merge.clusters;
    proto::ProfileMerge {
        left_records: names(found, left),
        right_records: names(found, right),
        match_weight_bits: merge.weight.bits(),
        relation_bits: merge.relation_weight.bits(),
        comparisons: merge.means.iter().map(mean_out).collect(),
        strongest_pair: merge.strongest.map(|(pair, weight)| {
            let [left_record, right_record] = pair_names(found, pair);
            proto::WeighedPair { left_record, right_record, match_weight_bits: weight.bits() }
        }),
        judged: merge.judged.is_some(),
    }
}

fn mean_out(mean: &ComparisonMean) -> proto::ComparisonMean {
    let comparator = compare::ALL.get(mean.comparator);
    let (code, name_zh) = comparator.map_or(("", ""), |comparator| (comparator.code(), comparator.name_zh()));
    proto::ComparisonMean {
        comparator: code.to_owned(),
        description: text_out(name_zh, code),
        pair_count: i32::try_from(mean.pairs).unwrap_or(i32::MAX),
        mean_bits: mean.weight.bits(),
        repeated_on_both_sides: mean.repeated,
    }
}

/// Record names in their order; a record that is gone has none.
fn names(found: &ProfileExplanation, handles: &[RecordHandle]) -> Vec<String> {
    let keys = handles.iter().filter_map(|handle| found.records.get(handle));
    let mut names: Vec<String> = keys.map(resource_name::record).collect();
    names.sort_unstable();
    names
}

/// The smaller name first; empty for a record that is gone.
fn pair_names(found: &ProfileExplanation, pair: RecordPair) -> [String; 2] {
    let name = |handle: RecordHandle| found.records.get(&handle).map(resource_name::record).unwrap_or_default();
    let mut names = [name(pair.low()), name(pair.high())];
    names.sort_unstable();
    names
}
