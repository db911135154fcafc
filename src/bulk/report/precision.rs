//! How many of the pairs that were put together are right, estimated without labels from a sample of decoys.

use serde::Serialize;

use crate::bulk::probe::RECORDS_MIN;
use crate::domain::measure::decoy::{DecoyCounts, discovery_rate};

/// What decoys say of the run's precision, or why they say nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PrecisionReport {
    /// The estimate, where there is enough to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<PrecisionEstimate>,
    /// What the estimate is and is not, or why there is none, in simplified Chinese.
    pub note_zh: String,
    /// The same in English.
    pub note_en: String,
}

/// The share of right pairs among those put together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PrecisionEstimate {
    /// The estimate, to four decimals.
    pub precision: f64,
    /// Its 95 % interval, which knows of chance in drawing decoys only.
    pub interval_95: [f64; 2],
    /// Decoys offered to the finished profiles: the size of the sample.
    pub decoys: u64,
    /// Of these, decoys that joined a profile.
    pub decoys_joined: u64,
    /// Pairs of records put together.
    pub found_pairs: u64,
    /// Of these, wrong ones to be expected.
    pub wrong_pairs_expected: f64,
}

/// What decoys say, where there were any.
pub fn build(counts: Option<DecoyCounts>) -> PrecisionReport {
    let left_out = |zh: String, en: String| PrecisionReport { estimate: None, note_zh: zh, note_en: en };
    let Some(counts) = counts else {
        return left_out(
            format!("未作估计：记录不足 {RECORDS_MIN} 条，抽样说明不了什么；可用 guiyi certify 标注样本。"),
            format!(
                "No estimate: of fewer than {RECORDS_MIN} records a sample tells too little; label one with guiyi certify."
            ),
        );
    };
    let Some(rate) = discovery_rate(&counts) else {
        return left_out(
            "未作估计：没有任何记录对被合并。".to_owned(),
            "No estimate: no two records were put together.".to_owned(),
        );
    };
    let rounded = |share: f64| (share * 10_000.0).round() / 10_000.0;
    let estimate = PrecisionEstimate {
        precision: rounded(1.0 - rate.rate),
        interval_95: [rounded(1.0 - rate.high), rounded(1.0 - rate.low)],
        decoys: counts.decoys,
        decoys_joined: counts.decoys_joined,
        found_pairs: counts.found_pairs,
        wrong_pairs_expected: (rate.false_pairs * 10.0).round() / 10.0,
    };
    PrecisionReport { estimate: Some(estimate), note_zh: NOTE_ZH.to_owned(), note_en: NOTE_EN.to_owned() }
}

const NOTE_ZH: &str = "这是估计，不是测量：把由数据自身的值拼成的虚构记录逐一交给已完成的档案，凡被并入的都是错误。虚构记录与任何人都无关，\
因此看不到亲属、同事和源头混淆造成的错误（偏高）；原本漏合的记录会算作错误（偏低）。区间只反映抽样的偶然性。要确知，请用 guiyi certify 标注样本。";

const NOTE_EN: &str = "An estimate, no measurement: records of nobody, put together from the data's own values, are offered to the finished \
profiles, and whatever they join is wrong. They are strangers to everybody, so wrong pairs of relatives, colleagues and records mixed up at the \
source are not seen (too high); records of a donor's customer that the run had missed count as wrong (too low). The interval speaks of chance in \
drawing the sample only. Label a sample (guiyi certify) to know.";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_estimate_has_its_sample_and_interval_and_little_data_a_reason() {
        let counts = DecoyCounts {
            records: 1_000,
            found_pairs: 500,
            decoys: 100,
            decoys_joined: 2,
            decoy_pairs: 4,
            partners_expected_thousandths: 1_500,
        };
        let estimate = build(Some(counts)).estimate.unwrap();
        assert!((estimate.precision - 0.96).abs() < 1e-9, "{estimate:?}");
        assert!(estimate.interval_95[0] < 0.9 && estimate.interval_95[1] > 0.99, "{estimate:?}");
        assert_eq!((estimate.decoys, estimate.decoys_joined, estimate.found_pairs), (100, 2, 500));
        let none = build(Some(DecoyCounts { found_pairs: 0, ..counts }));
        assert!(none.estimate.is_none() && none.note_en.contains("no two records"));
        let few = build(None);
        assert!(
            few.estimate.is_none() && few.note_zh.contains("1000") && few.note_en.contains("fewer than 1000 records")
        );
    }
}
