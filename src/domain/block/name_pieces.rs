//! A Latin name with a slip: a slip seldom touches both the beginning and the end of a word.

use super::full_name::ends;
use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: given or family name with the beginning or the end of the other; the beginning or the end of each word with the city.
pub struct NamePiecesRule;

/// Characters of a piece: of a word of six letters, one slip leaves one of its two pieces whole.
const PIECE_CHARS: usize = 3;

impl BlockingRule for NamePiecesRule {
    fn code(&self) -> &'static str {
        "name_pieces"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for name in features.names.iter().filter(|name| !name.pinyin) {
            if let Some((one, other)) = ends(name) {
                for (whole, slipped) in [(one, other), (other, one)] {
                    let Some((beginning, end)) = pieces(slipped) else { continue };
                    out.add(&["beginning", whole, beginning]);
                    out.add(&["end", whole, end]);
                }
            }
            for (beginning, end) in name.name.words.iter().filter_map(|word| pieces(word)) {
                for city in features.addresses.iter().map(|feature| &feature.address.city) {
                    out.add(&["city_beginning", beginning, city]);
                    out.add(&["city_end", end, city]);
                }
            }
        }
    }
}

/// The beginning and the end of a word that has more than they.
pub(super) fn pieces(word: &str) -> Option<(&str, &str)> {
    let (before_end, _) = word.char_indices().nth_back(PIECE_CHARS - 1)?;
    let (after_beginning, _) = word.char_indices().nth(PIECE_CHARS)?;
    Some((word.get(..after_beginning)?, word.get(before_end..)?))
}
