//! Same postal code: alone where codes are of a few houses, as in Great Britain, Ireland, the Netherlands and Canada, else with the
//! beginning of the street's name.

use super::name_pieces::pieces;
use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: postal codes that have letters and are whole; any code with the beginning of a Latin street name.
pub struct PostalCodeRule;

/// Characters of the shortest whole code that has letters: M1 1AE.
const WHOLE_MIN: usize = 5;

impl BlockingRule for PostalCodeRule {
    fn code(&self) -> &'static str {
        "postal_code"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for address in features.addresses.iter().map(|feature| &feature.address) {
            let latin = address.street.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some((beginning, _)) = pieces(&address.street).filter(|_| latin) {
                out.add(&["street", &address.postal_code, beginning]);
            }
        }
        let of_addresses = features.addresses.iter().map(|feature| feature.address.postal_code.as_str());
        for code in of_addresses.chain(features.postal_codes.iter().map(|code| code.as_str())) {
            let signs = code.chars().filter(|c| c.is_alphanumeric()).count();
            if signs >= WHOLE_MIN && code.contains(char::is_alphabetic) {
                out.add(&[code]);
            }
        }
    }
}
