//! Same birth date beside the same place: for people whose name changed or was never written out.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: birth date with city, district, postal code or house number.
pub struct BirthPlaceRule;

impl BlockingRule for BirthPlaceRule {
    fn code(&self) -> &'static str {
        "birth_place"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for date in &features.birth_dates {
            let year = date.year.to_string();
            for address in features.addresses.iter().map(|feature| &feature.address) {
                out.add(&["year", &year, &address.postal_code]);
            }
        }
        for day in features.birth_dates.iter().filter_map(|date| date.full()) {
            let day = day.to_string();
            for address in features.addresses.iter().map(|feature| &feature.address) {
                out.add(&["city", &day, &address.city]);
                out.add(&["postal_code", &day, &address.postal_code]);
                out.add(&["number", &day, &address.number]);
            }
            for code in &features.postal_codes {
                out.add(&["postal_code", &day, code]);
            }
            for text in &features.texts {
                out.add(&["text", &day, &text.label, &text.text]);
            }
        }
    }
}
