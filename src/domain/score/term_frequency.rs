//! Term frequency: agreeing on 张伟 proves less than agreeing on 澹台明镜.
//!
//! The tables are part of the release (frozen with the model): surnames with their share of the Han population, and the
//! characters of given names. The rarity of a name is the product of its parts, held between two bounds: parts of a name
//! go together more often than chance, and no table knows how many namesakes a given company has.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::domain::compare::Term;
use crate::domain::id::MatchWeight;

const SURNAMES: &str = include_str!("surnames.dat");
const GIVEN_CHARACTERS: &str = include_str!("given_characters.dat");

/// Rarity of the surname of two people who share one, on average: −log2 Σf², in milli-bits.
const MEAN_SURNAME: i32 = 5_300;
/// No surname counts as rarer than this.
const SURNAME_MAX: i32 = 8_300;
/// A character of given names outside the table is taken to be this rare.
const CHARACTER_MAX: i32 = 15_300;
/// −log2 of the share of given names of one character.
const SHORT_GIVEN_NAME: i32 = 2_800;
/// The rarity for which the level weights of full agreement are set.
const MEAN_NAME: i32 = 13_300;
/// Bounds of the rarity of a full name.
const NAME_MIN: i32 = 9_000;
const NAME_MAX: i32 = 15_000;

type Table = FxHashMap<&'static str, i32>;

static SURNAME_RARITY: LazyLock<Table> = LazyLock::new(|| table(SURNAMES));
static CHARACTER_RARITY: LazyLock<Table> = LazyLock::new(|| table(GIVEN_CHARACTERS));

/// What to add to a level's weight because the agreeing value is rarer or more common than the mean.
pub fn adjustment(term: Term<'_>) -> MatchWeight {
    match term {
        Term::Surname(surname) => MatchWeight(surname_rarity(surname) - MEAN_SURNAME),
        Term::HanName { surname, given } => {
            let characters = given.char_indices().map(|(start, c)| {
                let character = given.get(start..start + c.len_utf8()).unwrap_or_default();
                CHARACTER_RARITY.get(character).copied().unwrap_or(CHARACTER_MAX)
            });
            let short = if given.chars().count() == 1 { SHORT_GIVEN_NAME } else { 0 };
            let rarity = surname_rarity(surname) + characters.sum::<i32>() + short;
            MatchWeight(rarity.clamp(NAME_MIN, NAME_MAX) - MEAN_NAME)
        }
    }
}

fn surname_rarity(surname: &str) -> i32 {
    SURNAME_RARITY.get(surname).copied().unwrap_or(SURNAME_MAX).min(SURNAME_MAX)
}

/// Reads `value<TAB>per million` into −log2 of the share, in milli-bits.
fn table(text: &'static str) -> Table {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let fields = rows.filter_map(|line| line.split_once('\t'));
    let rarity = |per_million: u32| -((f64::from(per_million.max(1)) / 1e6).log2() * 1000.0).round() as i32;
    fields.filter_map(|(value, per_million)| Some((value, rarity(per_million.trim().parse().ok()?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_name_proves_less_than_a_rare_one() {
        let weight = |surname, given| adjustment(Term::HanName { surname, given });
        assert!(weight("张", "伟") < weight("张", "泽懿"));
        assert!(weight("王", "伟") < weight("欧阳", "伟"));
        assert_eq!(weight("澹台", "明镜"), MatchWeight(NAME_MAX - MEAN_NAME));
        assert!(adjustment(Term::Surname("王")) < adjustment(Term::Surname("卜")));
    }
}
