//! One kind of evidence is not enough: other people bear the same name, were born on the same day, live at the same place.
//!
//! A number that is given to one customer – telephone, e-mail, document, card, account – may carry a merge alone. Everything else
//! needs a second aspect of the customer that speaks for the match, however little. However rare a name is, whoever shares it and
//! nothing else that was compared is a namesake until a person has looked: the weight stays just below a match, which makes the
//! pair a question for review. Address and postal code are one aspect, since the one holds the other.

use crate::domain::compare;
use crate::domain::id::MatchWeight;
use crate::domain::model::MatchModel;

/// A side of a customer, as far as evidence about one does not follow from evidence about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// Values given to one customer: they carry a merge alone.
    Identity,
    Name,
    OrganisationName,
    BirthDate,
    /// Addresses and postal codes.
    Place,
    Employer,
    Sex,
    /// Whatever else a file says.
    Free,
}

/// The aspect of each comparator of [`compare::ALL`], in that order.
const ASPECTS: [(&str, Aspect); compare::COUNT] = [
    ("person_name", Aspect::Name),
    ("org_name", Aspect::OrganisationName),
    ("id_document", Aspect::Identity),
    ("phone", Aspect::Identity),
    ("email", Aspect::Identity),
    ("birth_date", Aspect::BirthDate),
    ("gender", Aspect::Sex),
    ("address", Aspect::Place),
    ("company", Aspect::Employer),
    ("social_id", Aspect::Identity),
    ("bank_card", Aspect::Identity),
    ("postal_code", Aspect::Place),
    ("text", Aspect::Free),
];

/// The one comparison that speaks for a match, where it is alone and does not identify; of several of one aspect the strongest.
///
/// `weights` are what the comparisons add to the match, by position in [`compare::ALL`].
pub fn sole_evidence(weights: impl Iterator<Item = (usize, MatchWeight)>) -> Option<usize> {
    let mut sole: Option<(usize, MatchWeight, Aspect)> = None;
    for (comparator, weight) in weights.filter(|(_, weight)| *weight > MatchWeight(0)) {
        let Some(aspect) = aspect(comparator) else { continue };
        match (aspect, sole) {
            (Aspect::Identity, _) => return None,
            (_, Some((_, _, other))) if other != aspect => return None,
            (_, Some((_, stronger, _))) if stronger >= weight => {}
            (_, None | Some(_)) => sole = Some((comparator, weight, aspect)),
        }
    }
    sole.map(|(comparator, _, _)| comparator)
}

/// Beyond this much above the threshold guarded pairs rank alike, in milli-bits.
const RANKED_MAX: i32 = 40_000;
/// Milli-bits of weight that move a guarded pair by one: all of them end up within 0.4 bits below the threshold.
const RANKED_STEPS: i32 = 100;

/// The weight, kept just below `threshold` where one aspect that does not identify is all that speaks for a match, unless the
/// model lets that merge.
pub fn corroborated(
    model: &MatchModel,
    weight: MatchWeight,
    threshold: MatchWeight,
    weights: impl Iterator<Item = (usize, MatchWeight)>,
) -> MatchWeight {
    // Light pairs are many, and need no second look.
    if weight < threshold || model.thresholds.sole_evidence_merges {
        return weight;
    }
    held(weight, threshold, weights)
}

/// The same of a weight at or above the threshold, under the guard.
fn held(
    weight: MatchWeight,
    threshold: MatchWeight,
    weights: impl Iterator<Item = (usize, MatchWeight)>,
) -> MatchWeight {
    if sole_evidence(weights).is_none() {
        return weight;
    }
    let ranked = weight.0.saturating_sub(threshold.0).min(RANKED_MAX);
    MatchWeight(threshold.0.saturating_sub(1 + (RANKED_MAX - ranked) / RANKED_STEPS))
}

fn aspect(comparator: usize) -> Option<Aspect> {
    ASPECTS.get(comparator).map(|(_, aspect)| *aspect)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn sole(voices: &[(&str, i32)]) -> Option<&'static str> {
        let position = |code: &str| compare::ALL.iter().position(|comparator| comparator.code() == code).unwrap();
        let weights = voices.iter().map(|(code, weight)| (position(code), MatchWeight(*weight)));
        sole_evidence(weights).map(|comparator| compare::ALL[comparator].code())
    }

    #[test]
    fn every_comparator_has_its_aspect() {
        for (comparator, (code, _)) in compare::ALL.iter().zip(ASPECTS) {
            assert_eq!(comparator.code(), code);
        }
    }

    #[test]
    fn one_aspect_that_does_not_identify_is_sole_evidence() {
        assert_eq!(sole(&[("person_name", 20_000)]), Some("person_name"));
        assert_eq!(sole(&[("person_name", 20_000), ("phone", -2_000), ("gender", 0)]), Some("person_name"));
        assert_eq!(sole(&[("address", 9_000), ("postal_code", 12_000)]), Some("postal_code"));
        assert_eq!(sole(&[("birth_date", 15_000), ("company", -900)]), Some("birth_date"));
        assert_eq!(sole(&[("person_name", 12_000), ("gender", 900)]), None);
    }

    #[test]
    fn guarded_pairs_keep_their_order() {
        let position = |code: &str| compare::ALL.iter().position(|comparator| comparator.code() == code).unwrap();
        let held = |weight: i32, voices: &[(&str, i32)]| {
            let weights = voices.iter().map(|(code, weight)| (position(code), MatchWeight(*weight)));
            held(MatchWeight(weight), MatchWeight(0), weights).0
        };
        assert_eq!(held(8_000, &[("person_name", 20_000), ("gender", 900)]), 8_000);
        let lone = |weight| held(weight, &[("person_name", 20_000)]);
        assert!(lone(0) < lone(500) && lone(500) < lone(9_000) && lone(40_000) < 0 && lone(0) > -500);
    }

    #[test]
    fn two_aspects_or_an_identifier_are_not() {
        assert_eq!(sole(&[("phone", 16_000)]), None);
        assert_eq!(sole(&[("person_name", 12_000), ("birth_date", 9_000)]), None);
        assert_eq!(sole(&[("person_name", 12_000), ("text", 2_000)]), None);
        assert_eq!(sole(&[("person_name", -4_000)]), None);
    }
}
