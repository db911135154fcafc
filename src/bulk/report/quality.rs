//! Quality before and after cleansing: how good what came in is, and how good what its customers' golden profiles put in its place.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::scorecard::{Scorecard, Tally};

/// What the figures mean, for the report's readers. SPECIFICATION.md holds the same.
pub const LEGEND_ZH: &str = "清洗前：来源交付的每条记录、每个值。清洗后：同样的记录和值，逐一由其客户黄金档案中代替它的首选值来评判；\
分母不变，黄金档案中没有可代替的值即记为不合格，因此丢弃数据不会提高分数。唯一性：清洗前为每条记录的客户数，清洗后为每个档案的客户数；\
两边都把待复核的记录对算作同一客户。时效性及整条记录的规则：由黄金档案代替其每条记录接受评判。共享类规则（shared_at_most）两边都不计。\
错误的合并会使分数虚高：请同时参看下面的精确率估计。";

/// The same in English.
pub const LEGEND_EN: &str = "Before: every record and value as delivered. After: the same records and values, each judged by the value that \
its customer's golden profile puts first in its place; the denominators are the same, and where the golden profile has nothing to put there \
it counts as a fault, so that dropping data improves nothing. Uniqueness: customers per record before, customers per golden profile after; on \
both sides a pair that waits for review counts as one customer. Freshness and rules about whole records: the golden profile is judged in the \
place of each of its records. Rules about sharing (shared_at_most) count on neither side. Wrong merges flatter these figures: see the \
estimate of precision below.";

/// Quality before and after cleansing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QualityReport {
    /// Each source.
    pub sources: Vec<SourceQuality>,
    /// What the figures mean.
    pub legend_zh: &'static str,
    /// The same in English.
    pub legend_en: &'static str,
}

/// One source before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceQuality {
    /// Its name.
    pub source: String,
    /// Mean of the dimensions before, per thousand.
    pub score_before: Option<u64>,
    /// The same after.
    pub score_after: Option<u64>,
    /// By dimension.
    pub dimensions: BTreeMap<&'static str, DimensionQuality>,
}

/// One dimension of one source before and after.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DimensionQuality {
    /// Of what came in.
    pub before: Counted,
    /// Of what stands for it now.
    pub after: Counted,
}

/// Judged and passed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// Values, records or profiles judged.
    pub checked: u64,
    /// Of these, without fault.
    pub passed: u64,
    /// Passed per thousand judged, rounded down.
    pub score: Option<u64>,
}

impl From<Tally> for Counted {
    fn from(tally: Tally) -> Self {
        Self { checked: tally.checked, passed: tally.passed, score: tally.per_mille() }
    }
}

/// The customers of a source, by the names of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Customers {
    /// Records of the source.
    pub records: u64,
    /// Profiles with any of them.
    pub profiles: u64,
    /// Profiles beyond the first of each group that open questions hold together.
    pub doubtful: u64,
}

/// Puts both sides together.
pub fn build(before: &Scorecard, after: &Scorecard, customers: &BTreeMap<&str, Customers>) -> QualityReport {
    let source = |(source, customers): (&&str, &Customers)| {
        let mut dimensions: BTreeMap<&'static str, DimensionQuality> = BTreeMap::new();
        for dimension in Dimension::ALL {
            let [before, after] = if *dimension == Dimension::Uniqueness {
                let passed = customers.profiles.saturating_sub(customers.doubtful);
                [customers.records, customers.profiles].map(|checked| Tally { checked, passed })
            } else {
                [before, after].map(|card| card.of_source(source, *dimension))
            };
            if before.checked > 0 {
                let quality = DimensionQuality { before: before.into(), after: after.into() };
                dimensions.insert(dimension.code(), quality);
            }
        }
        let mean = |side: &dyn Fn(&DimensionQuality) -> Counted| {
            let scores: Vec<u64> = dimensions.values().filter_map(|dimension| side(dimension).score).collect();
            scores.iter().sum::<u64>().checked_div(scores.len() as u64)
        };
        SourceQuality {
            source: (*source).to_owned(),
            score_before: mean(&|dimension| dimension.before),
            score_after: mean(&|dimension| dimension.after),
            dimensions,
        }
    };
    QualityReport { sources: customers.iter().map(source).collect(), legend_zh: LEGEND_ZH, legend_en: LEGEND_EN }
}
