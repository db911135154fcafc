//! Precision and recall from a sample of entities that people resolved completely.
//!
//! Whoever draws a record at random and finds all records of its customer has drawn a customer with probability proportional to
//! size. Weighted by one over the size, such entities estimate pairwise precision as mean(w·TP) / mean(w·(TP + FP/2)) and
//! recall as mean(w·TP) / mean(w·n(n−1)/2) (Binette et al. 2022, 2024): a wrong pair lies between two entities, so each bears half.

use super::ratio::{self, Estimate, Share};

/// What a clustering did to one true entity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Observation {
    /// Its records.
    pub records: u64,
    /// Pairs of its records.
    pub true_pairs: u64,
    /// Of these, pairs that the clustering put together.
    pub kept_pairs: u64,
    /// Pairs of one of its records and a stranger that the clustering put together.
    pub wrong_pairs: u64,
    /// Mean over its records of the share of the record's cluster that belongs to the entity.
    pub b_cubed_precision: f64,
    /// Mean over its records of the share of the entity that is in the record's cluster.
    pub b_cubed_recall: f64,
    /// It is a cluster, no more and no less.
    pub exact: bool,
}

impl Observation {
    /// Counts an entity from the clusters that hold its records: (records of the entity in it, records in it).
    pub fn of(clusters: impl Iterator<Item = (u64, u64)> + Clone) -> Self {
        let records: u64 = clusters.clone().map(|(own, _)| own).sum();
        let mut observation = Self { records, true_pairs: pairs(records), ..Self::default() };
        for (own, size) in clusters {
            observation.kept_pairs += pairs(own);
            observation.wrong_pairs += own * size.saturating_sub(own);
            let square = (own * own) as f64;
            observation.b_cubed_precision += square / (size.max(own) * records) as f64;
            observation.b_cubed_recall += square / (records * records) as f64;
            observation.exact |= own == records && size == own;
        }
        observation
    }
}

/// Pairs among so many records.
pub fn pairs(records: u64) -> u64 {
    records * records.saturating_sub(1) / 2
}

/// The estimates; nothing where the sample holds no pair to judge by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Certificate {
    /// Share of the pairs put together that belong together.
    pub pairwise_precision: Option<Estimate>,
    /// Share of the pairs that belong together that were put together.
    pub pairwise_recall: Option<Estimate>,
    /// Harmonic mean of the two.
    pub pairwise_f1: Option<Estimate>,
    /// Mean share of a record's cluster that is the record's customer.
    pub b_cubed_precision: Option<Estimate>,
    /// Mean share of a record's customer that is in its cluster.
    pub b_cubed_recall: Option<Estimate>,
    /// Share of the customers that are a cluster, no more and no less.
    pub entities_exact: Option<Estimate>,
}

/// Estimates from the entities of `draws`, one for each record drawn without replacement from `records`.
pub fn certify(draws: &[Observation], records: u64) -> Certificate {
    let estimate = |share: &dyn Fn(&Observation, f64) -> (f64, f64)| {
        let shares: Vec<Share> = draws
            .iter()
            .map(|observation| {
                let (part, whole) = share(observation, 1.0 / observation.records.max(1) as f64);
                Share { part, whole }
            })
            .collect();
        ratio::estimate(&shares, records)
    };
    let claimed = |o: &Observation| o.kept_pairs as f64 + o.wrong_pairs as f64 / 2.0;
    let kept = |o: &Observation| o.kept_pairs as f64;
    Certificate {
        pairwise_precision: estimate(&|o, w| (w * kept(o), w * claimed(o))),
        pairwise_recall: estimate(&|o, w| (w * kept(o), w * o.true_pairs as f64)),
        pairwise_f1: estimate(&|o, w| (w * kept(o), w * (claimed(o) + o.true_pairs as f64) / 2.0)),
        b_cubed_precision: estimate(&|o, _| (o.b_cubed_precision, 1.0)),
        b_cubed_recall: estimate(&|o, _| (o.b_cubed_recall, 1.0)),
        entities_exact: estimate(&|o, w| (w * f64::from(u8::from(o.exact)), w)),
    }
}

#[cfg(test)]
mod tests;
