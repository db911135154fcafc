//! The pairs that are worth scoring in full: a bound on the weight that no pair exceeds.
//!
//! Every comparison has a ceiling: what it adds where the sketches tell its level, otherwise the most that it can add. The
//! odds against everything else are no better than those against strangers or against any one relation, so the weight is
//! never above the least of three sums of ceilings. A pair is dropped when that is below the threshold: no pair is lost.

use super::fellegi_sunter::{Odds, Scored, contribution, score};
use super::flip::match_threshold;
use super::sketched;
use crate::domain::compare::{self, Agreement, Outlined, Sketched};
use crate::domain::features::Features;
use crate::domain::features::outline::Outline;
use crate::domain::features::sketch::Sketch;
use crate::domain::id::MatchWeight;
use crate::domain::model::{Ceiling, Comparison, MatchModel, Relation};

/// What a pair of records is worth, without what was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// log2 of the odds that the two are one customer.
    pub weight: MatchWeight,
    /// Some level forbids a merge outright.
    pub cannot_link: bool,
}

/// [`score`] of two records where the weight reaches a threshold.
pub fn reaches(model: &MatchModel, a: &Features, b: &Features, threshold: MatchWeight) -> Option<Scored> {
    weigh_from(model, a, b, threshold).map(|_| score(model, a, b))
}

/// The weight of two records where it reaches a threshold; comparisons that cannot lift it there are left out.
pub fn weigh_from(model: &MatchModel, a: &Features, b: &Features, threshold: MatchWeight) -> Option<Weighed> {
    let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
    let mut bounds = Bounds::of(model, &a.sketch, &b.sketch);
    let mut agreements = Vec::new();
    loop {
        if bounds.weight_max() < i64::from(threshold.0) {
            return None;
        }
        if !bounds.settle_next(model, a, b, &mut agreements) {
            break;
        }
    }
    Some(guarded(model, a, b, bounds.weighed())).filter(|weighed| weighed.weight >= threshold)
}

/// The weight of two records, every comparison made.
pub fn weigh(model: &MatchModel, a: &Features, b: &Features) -> Weighed {
    let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
    let mut bounds = Bounds::of(model, &a.sketch, &b.sketch);
    let mut agreements = Vec::new();
    while bounds.settle_next(model, a, b, &mut agreements) {}
    guarded(model, a, b, bounds.weighed())
}

/// What the guards leave of a weight: they only take from it, so no bound is too low, and only from pairs that would match, which are few.
fn guarded(model: &MatchModel, a: &Features, b: &Features, weighed: Weighed) -> Weighed {
    if weighed.weight < match_threshold(&model.thresholds) {
        return Weighed { cannot_link: weighed.cannot_link || a.sketch.is_of_another_kind(&b.sketch), ..weighed };
    }
    let Scored { weight, cannot_link, .. } = score(model, a, b);
    Weighed { weight, cannot_link }
}

/// Whether the sketches of two records, the one with the lower handle first, leave room for a weight at or above the
/// threshold.
#[inline]
pub fn may_reach(model: &MatchModel, a: &Sketch, b: &Sketch, threshold: MatchWeight) -> bool {
    Bounds::of(model, a, b).weight_max() >= i64::from(threshold.0)
}

/// The most that two records can weigh, given the sketch of one and the outline of the other, whichever has the lower handle.
pub fn outlined_weight_max(model: &MatchModel, a: &Sketch, b: &Outline) -> MatchWeight {
    let mut bounds = Bounds::start(model);
    for position in compare::positions(a.present & b.present) {
        let Some(comparison) = model.comparisons.get(usize::from(position)) else { continue };
        let ceiling = match compare::outlined(position, a, b) {
            Outlined::Silent => Ceiling::default(),
            Outlined::Seen(level, rarity) => comparison.seen(level, rarity),
            Outlined::From(level, rarity) => comparison.spoken_ceiling(level, rarity),
            Outlined::AtBest(level, rarity) => at_best(comparison, position, level, rarity, a.texts),
        };
        bounds.add(ceiling, 1);
    }
    MatchWeight(i32::try_from(bounds.weight_max()).unwrap_or(i32::MAX))
}

/// Pairs of which the sketches are fetched together.
pub const FETCHED_TOGETHER: usize = 32;

/// Keeps the pairs that [`may_reach`] the threshold. A pair is two positions among the sketches, the one with the lower
/// handle in the upper half.
pub fn keep(model: &MatchModel, sketches: &[Sketch], pairs: &[u64], threshold: MatchWeight, out: &mut Vec<u64>) {
    let left = |pair: u64| sketches.get((pair >> 32) as usize);
    let right = |pair: u64| sketches.get((pair & 0xffff_ffff) as usize);
    for chunk in pairs.chunks(FETCHED_TOGETHER) {
        fetch(chunk.iter().filter_map(|pair| right(*pair)));
        let may = |pair: &u64| left(*pair).zip(right(*pair)).is_some_and(|(a, b)| may_reach(model, a, b, threshold));
        out.extend(chunk.iter().copied().filter(may));
    }
}

/// The same pairs, each with the weight that its sketches tell, or the most that they leave room for.
pub fn keep_weighed(
    model: &MatchModel,
    sketches: &[Sketch],
    pairs: &[u64],
    threshold: MatchWeight,
    out: &mut Vec<(u64, MatchWeight)>,
) {
    let sides = |pair: u64| sketches.get((pair >> 32) as usize).zip(sketches.get((pair & 0xffff_ffff) as usize));
    for chunk in pairs.chunks(FETCHED_TOGETHER) {
        fetch(chunk.iter().filter_map(|pair| sketches.get((pair & 0xffff_ffff) as usize)));
        let weighed = chunk.iter().filter_map(|pair| {
            let (a, b) = sides(*pair)?;
            let most = Bounds::of(model, a, b).weight_max();
            if most < i64::from(threshold.0) {
                return None;
            }
            let most = most.min(i64::from(i32::MAX)) as i32;
            Some((*pair, sketched::weigh_alone(model, a, b).map_or(MatchWeight(most), |weighed| weighed.weight)))
        });
        out.extend(weighed.filter(|(_, weight)| *weight >= threshold));
    }
}

/// Reads a little of every sketch, so that the memory delivers them side by side.
pub fn fetch<'a>(sketches: impl Iterator<Item = &'a Sketch>) {
    std::hint::black_box(sketches.fold(0, |seen, sketch| seen ^ sketch.touch()));
}

/// How heavy a pair can be at most.
struct Bounds {
    matching: i64,
    above: [i64; Relation::COUNT],
    /// Comparisons of which only the ceiling is known, a bit each.
    open: u16,
    /// A level that is known forbids a merge.
    cannot_link: bool,
}

impl Bounds {
    /// Of two records of which nothing is known.
    fn start(model: &MatchModel) -> Self {
        let matching = i64::from(model.priors.matching.0);
        let above = model.priors.related.map(|related| matching - i64::from(related.0));
        Self { matching, above, open: 0, cannot_link: false }
    }

    #[inline]
    fn of(model: &MatchModel, a: &Sketch, b: &Sketch) -> Self {
        let mut bounds = Self::start(model);
        for position in compare::shared(a, b) {
            let sketched = compare::sketched(position, a, b);
            bounds.open |= u16::from(matches!(sketched, Sketched::AtBest(..))) << position;
            if let Sketched::Seen(level, _) = sketched {
                bounds.cannot_link |= compare::forbids(position, level);
            }
            bounds.add(ceiling(model, position, sketched, a, b), 1);
        }
        bounds
    }

    /// The weight, when nothing is open.
    fn weighed(&self) -> Weighed {
        let related = self.above.map(|above| self.matching - above);
        Weighed { weight: Odds { matching: self.matching, related }.weight(), cannot_link: self.cannot_link }
    }

    #[inline]
    fn add(&mut self, ceiling: Ceiling, sign: i64) {
        self.matching += sign * i64::from(ceiling.matching);
        for (sum, above) in self.above.iter_mut().zip(ceiling.above) {
            *sum += sign * i64::from(above);
        }
    }

    #[inline]
    fn weight_max(&self) -> i64 {
        self.above.iter().fold(self.matching, |least, above| least.min(*above))
    }

    /// Replaces one ceiling by what the features tell; false when none is left.
    fn settle_next<'a>(
        &mut self,
        model: &MatchModel,
        a: &'a Features,
        b: &'a Features,
        agreements: &mut Vec<Agreement<'a>>,
    ) -> bool {
        // Names, the dearest to compare, stand first and come last.
        let Some(position) = self.open.checked_ilog2() else { return false };
        self.open &= !(1 << position);
        let position = position as u8;
        let sketched = compare::sketched(position, &a.sketch, &b.sketch);
        self.add(ceiling(model, position, sketched, &a.sketch, &b.sketch), -1);
        agreements.clear();
        compare::in_full(position, a, b, agreements);
        for agreement in agreements.iter() {
            self.cannot_link |= compare::forbids(position, usize::from(agreement.level));
            self.add(Ceiling::of(contribution(model, agreement)), 1);
        }
        true
    }
}

#[inline]
fn ceiling(model: &MatchModel, position: u8, sketched: Sketched, a: &Sketch, b: &Sketch) -> Ceiling {
    let Some(comparison) = model.comparisons.get(usize::from(position)) else { return Ceiling::default() };
    match sketched {
        Sketched::Silent => Ceiling::default(),
        Sketched::Seen(level, rarity) => comparison.seen(level, rarity),
        Sketched::AtBest(level, rarity) => at_best(comparison, position, level, rarity, a.texts.min(b.texts)),
    }
}

/// What a comparison can add that sees a level or a later one or nothing, of free attributes once a label.
#[inline]
fn at_best(comparison: &Comparison, position: u8, level: usize, rarity: i32, labels: u8) -> Ceiling {
    let ceiling = comparison.ceiling(level, rarity);
    if u16::from(position) != Sketch::TEXT {
        return ceiling;
    }
    let labels = i32::from(labels);
    Ceiling { matching: ceiling.matching * labels, above: ceiling.above.map(|above| above * labels) }
}
