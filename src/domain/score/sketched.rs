//! Weights that sketches alone tell: most pairs need no look at the features themselves. What is told here is what the features tell.

use super::corroboration::corroborated;
use super::fellegi_sunter::{Evidence, Odds};
use super::flip::match_threshold;
use super::prefilter::Weighed;
use crate::domain::compare::{self, Sketched};
use crate::domain::features::sketch::Sketch;
use crate::domain::model::MatchModel;

/// The evidence about two records, the one with the lower handle first; nothing where some comparison needs their features, which
/// depends on the names that were compared before.
pub fn evidence(model: &MatchModel, a: &Sketch, b: &Sketch) -> Option<Evidence> {
    told(model, a, b, compare::known)
}

fn told(model: &MatchModel, a: &Sketch, b: &Sketch, tell: fn(u8, &Sketch, &Sketch) -> Sketched) -> Option<Evidence> {
    let mut evidence = Evidence { cannot_link: a.is_of_another_kind(b), ..Evidence::default() };
    for position in compare::shared(a, b) {
        match tell(position, a, b) {
            Sketched::Silent => {}
            Sketched::Seen(level, rarity) => {
                evidence.cannot_link |= compare::forbids(position, level);
                evidence.add(position, level, model.level(position, level as u8).with_rarity(rarity));
            }
            Sketched::AtBest(..) => return None,
        }
    }
    Some(evidence)
}

/// The comparisons that the sketches leave open, a bit each by position in [`compare::ALL`].
pub fn open(a: &Sketch, b: &Sketch) -> u16 {
    let is_open = |position: &u8| matches!(compare::sketched(*position, a, b), Sketched::AtBest(..));
    compare::shared(a, b).filter(is_open).fold(0, |open, position| open | 1 << position)
}

/// The weight of two records, the one with the lower handle first; nothing where some comparison needs their features, which depends on
/// the names that were compared before.
pub fn weigh(model: &MatchModel, a: &Sketch, b: &Sketch) -> Option<Weighed> {
    evidence(model, a, b).map(|evidence| weighed(model, &evidence))
}

/// The same of the sketches alone, whatever was compared before.
pub fn weigh_alone(model: &MatchModel, a: &Sketch, b: &Sketch) -> Option<Weighed> {
    told(model, a, b, compare::sketched).map(|evidence| weighed(model, &evidence))
}

fn weighed(model: &MatchModel, evidence: &Evidence) -> Weighed {
    let mut odds = Odds::start(&model.priors);
    evidence.parts.iter().flatten().for_each(|weights| odds.add(*weights));
    Weighed {
        weight: corroborated(model, odds.weight(), match_threshold(&model.thresholds), evidence.voices()),
        cannot_link: evidence.cannot_link,
    }
}
