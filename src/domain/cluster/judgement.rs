//! Judgements: what people said about pairs of records. They outrank every score.

use std::collections::BTreeMap;

use crate::domain::id::{RecordHandle, RecordPair};

/// What a person said about two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// One customer: must link.
    Positive,
    /// Two customers: cannot link, not even through others.
    Negative,
    /// Looked at, undecided: the score stands, and the pair is not asked about again.
    Unsure,
}

impl Verdict {
    /// The name in files and logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Positive => "POSITIVE",
            Self::Negative => "NEGATIVE",
            Self::Unsure => "UNSURE",
        }
    }

    /// Reads the name back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Positive, Self::Negative, Self::Unsure].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// The judgements in force, one a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements(BTreeMap<RecordPair, Verdict>);

impl Judgements {
    /// Adds or replaces the judgement about a pair.
    pub fn insert(&mut self, pair: RecordPair, verdict: Verdict) {
        self.0.insert(pair, verdict);
    }

    /// The judgement about a pair.
    pub fn verdict(&self, pair: RecordPair) -> Option<Verdict> {
        self.0.get(&pair).copied()
    }

    /// All judgements, in the order of their pairs.
    pub fn iter(&self) -> impl Iterator<Item = (RecordPair, Verdict)> + '_ {
        self.0.iter().map(|(pair, verdict)| (*pair, *verdict))
    }

    /// The judgements about any of these records (ascending), in the order of their pairs.
    pub fn about<'a>(&'a self, records: &'a [RecordHandle]) -> impl Iterator<Item = (RecordPair, Verdict)> + 'a {
        let inside = |record: RecordHandle| records.binary_search(&record).is_ok();
        self.iter().filter(move |(pair, _)| inside(pair.low()) || inside(pair.high()))
    }
}
