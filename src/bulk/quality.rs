//! Record rules over a whole run: every record against the rule set, and the scorecard of the sources.

use rayon::prelude::*;

use crate::domain::date::CivilDate;
use crate::domain::quality::evaluate::{RuleContext, SharedValues, Violation, evaluate};
use crate::domain::quality::rule::RuleSet;
use crate::domain::quality::scorecard::Scorecard;
use crate::domain::record::PreparedRecord;

/// What the rules say about a run.
#[derive(Debug)]
pub struct Assessment<'a> {
    /// The rule set.
    pub rules: &'a RuleSet,
    /// The day as of which freshness was judged: the one asked for, or that of the newest confirmation.
    pub as_of: Option<CivilDate>,
    /// The rules that each record breaks, in the order of the records.
    pub violations: Vec<Vec<Violation<'a>>>,
    /// The scorecard, without the uniqueness of customers.
    pub scorecard: Scorecard,
}

/// Judges every record.
pub fn assess<'a>(records: &[PreparedRecord], rules: &'a RuleSet, as_of: Option<CivilDate>) -> Assessment<'a> {
    let newest = || records.iter().filter_map(|record| record.observed_time?.date()).max();
    let as_of = as_of.or_else(newest);
    let mut shared = SharedValues::default();
    for record in records {
        shared.add(record, rules);
    }
    let context = RuleContext { as_of, shared: Some(&shared) };
    let violations: Vec<Vec<Violation<'a>>> =
        records.par_iter().with_min_len(256).map(|record| evaluate(record, rules, &context)).collect();
    let scorecard = records
        .par_iter()
        .zip(&violations)
        .with_min_len(256)
        .fold(Scorecard::default, |mut card, (record, broken)| {
            card.add(record, rules, broken);
            card
        })
        .reduce(Scorecard::default, |mut left, right| {
            left.merge(right);
            left
        });
    Assessment { rules, as_of, violations, scorecard }
}
