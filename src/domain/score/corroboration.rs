//! One kind of evidence is not enough: other people bear the same name, were born on the same day, live at the same place.
//!
//! A number that is given to one customer – telephone, e-mail, document, card, account – may carry a merge alone. Everything else
//! needs a second aspect of the customer that speaks for the match, however little. However rare a name is, whoever shares it and
//! nothing else that was compared is a namesake until a person has looked: the weight stays just below a match, which makes the
//! pair a question for review. Address and postal code are one aspect, since the one holds the other.
//!
//! Where something contradicts, aspects that other people share together are one aspect too, see `Against::explains`: twins, a
//! parent and a child, and namesakes share several, and it is the rest in which they differ.

use crate::domain::compare::{self, Steady};
use crate::domain::id::MatchWeight;
use crate::domain::model::MatchModel;

/// A side of a customer, as far as evidence about one does not follow from evidence about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// Values given to one customer: they carry a merge alone.
    Identity,
    /// Given to one customer as well, and used by the whole family.
    Telephone,
    /// As a telephone; mistyped, it looks like another more often, since it has no length and no digits to hold it to.
    Email,
    Name,
    OrganisationName,
    BirthDate,
    /// Addresses and postal codes.
    Place,
    Employer,
    Sex,
    /// Whatever else a file says.
    Free,
    /// All that people share who are easily taken for one, where they differ in the rest.
    Explained,
}

/// The aspect of each comparator of [`compare::ALL`], in that order.
const ASPECTS: [(&str, Aspect); compare::COUNT] = [
    ("person_name", Aspect::Name),
    ("org_name", Aspect::OrganisationName),
    ("id_document", Aspect::Identity),
    ("phone", Aspect::Telephone),
    ("email", Aspect::Email),
    ("birth_date", Aspect::BirthDate),
    ("gender", Aspect::Sex),
    ("address", Aspect::Place),
    ("company", Aspect::Employer),
    ("social_id", Aspect::Identity),
    ("bank_card", Aspect::Identity),
    ("postal_code", Aspect::Place),
    ("text", Aspect::Free),
];

/// What one comparison says of a match.
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    /// By position in [`compare::ALL`].
    pub comparator: usize,
    /// What it adds to the match.
    pub weight: MatchWeight,
    /// What it says of a value for life.
    pub steady: Steady,
}

/// A comparison contradicts a match from here down.
const CONTRADICTION: MatchWeight = MatchWeight(-1_000);
/// A birth date tells people apart from here down: where files have it wrong more often, a customer has two of them.
const OTHER_BIRTH_DATE: MatchWeight = MatchWeight(-3_000);

/// What speaks against a match.
#[derive(Clone, Copy, Debug, Default)]
struct Against {
    /// The records have other names for life.
    name: bool,
    /// They have other birth dates.
    birth_date: bool,
    /// They have a telephone or an e-mail address in common.
    shared_contact: bool,
    /// Their telephones contradict.
    telephone: bool,
    /// Contradicting comparisons of telephones and e-mail addresses.
    contacts: usize,
    /// Contradicting comparisons of numbers, birth dates and places.
    contradictions: usize,
}

impl Against {
    fn of(voices: impl Iterator<Item = Voice>) -> Self {
        let mut against = Self::default();
        for Voice { comparator, weight, steady } in voices {
            let Some(aspect) = aspect(comparator) else { continue };
            let contradicts = usize::from(weight <= CONTRADICTION);
            match aspect {
                Aspect::Name => against.name = steady == Steady::Other,
                Aspect::BirthDate => against.birth_date = weight <= OTHER_BIRTH_DATE,
                Aspect::Telephone | Aspect::Email => {
                    against.telephone |= aspect == Aspect::Telephone && contradicts > 0;
                    against.shared_contact |= weight > MatchWeight(0);
                    against.contacts += contradicts;
                }
                _ => {}
            }
            if matches!(
                aspect,
                Aspect::Identity | Aspect::Telephone | Aspect::Email | Aspect::BirthDate | Aspect::Place
            ) {
                against.contradictions += contradicts;
            }
        }
        against
    }

    /// Aspects that people share together who differ like this.
    fn explains(self) -> &'static [Aspect] {
        use Aspect::{BirthDate, Email, Name, Place, Sex, Telephone};
        if self.name && self.birth_date && self.shared_contact {
            // A family uses one telephone: who has neither the name nor the birth date is another of its members.
            &[Name, BirthDate, Sex, Place, Telephone, Email]
        } else if self.name && self.telephone {
            // Twins.
            &[Name, BirthDate, Sex, Place]
        } else if self.contacts >= 2 || self.contacts == 1 && self.birth_date {
            // A father and the son who bears his name, and namesakes of one town.
            &[Name, Sex, Place]
        } else if self.contradictions >= 2 {
            // Namesakes: sex follows from the name nearly always.
            &[Name, Sex]
        } else {
            &[]
        }
    }
}

/// The one comparison that speaks for a match, where it is alone and does not identify; of several of one aspect the strongest.
pub fn sole_evidence(voices: impl Iterator<Item = Voice> + Clone) -> Option<usize> {
    let explained = Against::of(voices.clone()).explains();
    let mut sole: Option<(usize, MatchWeight, Aspect)> = None;
    for Voice { comparator, weight, .. } in voices.filter(|voice| voice.weight > MatchWeight(0)) {
        let Some(aspect) = aspect(comparator) else { continue };
        let aspect = if explained.contains(&aspect) { Aspect::Explained } else { aspect };
        match (aspect, sole) {
            (Aspect::Identity | Aspect::Telephone | Aspect::Email, _) => return None,
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
    voices: impl Iterator<Item = Voice> + Clone,
) -> MatchWeight {
    // Light pairs are many, and need no second look.
    if weight < threshold || model.thresholds.sole_evidence_merges {
        return weight;
    }
    held(weight, threshold, voices)
}

/// The same of a weight at or above the threshold, under the guard.
fn held(weight: MatchWeight, threshold: MatchWeight, voices: impl Iterator<Item = Voice> + Clone) -> MatchWeight {
    if sole_evidence(voices).is_none() {
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

    fn voice(code: &str, weight: i32, steady: Steady) -> Voice {
        let comparator = compare::ALL.iter().position(|comparator| comparator.code() == code).unwrap();
        Voice { comparator, weight: MatchWeight(weight), steady }
    }

    fn sole(voices: &[(&str, i32)]) -> Option<&'static str> {
        sole_apart(voices, &[])
    }

    /// The same where some comparisons found another value for life.
    fn sole_apart(voices: &[(&str, i32)], other: &[&str]) -> Option<&'static str> {
        let steady = |code: &str| if other.contains(&code) { Steady::Other } else { Steady::Open };
        let voices = voices.iter().map(|(code, weight)| voice(code, *weight, steady(code)));
        sole_evidence(voices).map(|comparator| compare::ALL[comparator].code())
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
    fn sex_is_no_second_witness_where_two_things_contradict() {
        let namesakes = [("person_name", 20_000), ("phone", -2_000), ("gender", 900), ("address", -1_600)];
        assert_eq!(sole(&namesakes), Some("person_name"));
        assert_eq!(sole(&namesakes[..3]), None, "people have several telephones");
        assert_eq!(sole(&[namesakes[0], ("phone", -999), namesakes[2], namesakes[3]]), None);
        assert_eq!(sole(&[namesakes[0], namesakes[1], namesakes[2], namesakes[3], ("company", 900)]), None);
        assert_eq!(sole(&[("phone", -2_000), ("gender", 900), ("address", -1_600)]), Some("gender"));
        assert_eq!(sole(&[("birth_date", 9_000), ("phone", -2_000), ("gender", 900), ("address", -1_600)]), None);
    }

    #[test]
    fn what_twins_share_is_one_aspect() {
        let twins =
            [("person_name", 4_000), ("phone", -2_000), ("birth_date", 14_000), ("gender", 900), ("address", 12_000)];
        assert_eq!(sole_apart(&twins, &["person_name"]), Some("birth_date"));
        assert_eq!(sole_apart(&twins, &[]), None, "one name, another telephone");
        let [name, _, born, sex, home] = twins;
        assert_eq!(sole_apart(&[name, born, sex, home], &["person_name"]), None, "a slip, and nothing contradicts");
        let shared = [name, ("phone", -2_000), born, sex, home, ("email", 12_000)];
        assert_eq!(sole_apart(&shared, &["person_name"]), None, "a number in common");
        assert_eq!(sole_apart(&[name, ("email", -2_000), born, sex, home], &["person_name"]), None);
        let employed = [name, ("phone", -2_000), born, sex, home, ("company", 900)];
        assert_eq!(sole_apart(&employed, &["person_name"]), None);
    }

    #[test]
    fn what_parents_and_children_share_is_one_aspect() {
        let namesakes =
            [("person_name", 16_000), ("phone", -2_000), ("birth_date", -4_900), ("gender", 900), ("address", 12_000)];
        assert_eq!(sole(&namesakes), Some("person_name"));
        let [name, phone, born, sex, home] = namesakes;
        assert_eq!(sole(&[name, phone, sex, home]), None);
        assert_eq!(sole(&[name, born, sex, home]), None, "a date may be wrong");
        assert_eq!(sole(&[name, phone, ("email", -2_000), sex, home]), Some("person_name"));
        let family = [("person_name", 8_000), ("phone", 16_000), born, sex, home];
        assert_eq!(sole_apart(&family, &["person_name"]), Some("phone"));
        assert_eq!(sole(&family), None, "the name may be the same");
        let [name, phone, _, sex, home] = family;
        let wrong = [name, phone, ("birth_date", -2_900), sex, home];
        assert_eq!(sole_apart(&wrong, &["person_name"]), None, "in a file of wrong dates");
        let documented = [name, phone, born, sex, home, ("id_document", 20_000)];
        assert_eq!(sole_apart(&documented, &["person_name"]), None);
    }

    #[test]
    fn guarded_pairs_keep_their_order() {
        let held = |weight: i32, voices: &[(&str, i32)]| {
            let voices = voices.iter().map(|(code, weight)| voice(code, *weight, Steady::Open));
            held(MatchWeight(weight), MatchWeight(0), voices).0
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
