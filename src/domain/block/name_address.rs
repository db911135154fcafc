//! Same name, or a part of it, at the same place.

use super::birth_name::sounds;
use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: each sound of the name with house number + postal code or street; the whole name with city or region.
pub struct NameAddressRule;

impl BlockingRule for NameAddressRule {
    fn code(&self) -> &'static str {
        "name_address"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for name in &features.names {
            let whole = name.sorted_words.join(" ");
            let sounds = sounds(name);
            for address in features.addresses.iter().map(|feature| &feature.address) {
                if name.sorted_words.len() >= 2 {
                    out.add(&["city", &whole, &address.city]);
                    out.add(&["region", &whole, &address.region]);
                }
                let area = address.postal_code.get(..address.postal_code.len().div_ceil(2)).unwrap_or_default();
                for sound in &sounds {
                    out.add(&["place", sound, &address.city]);
                    out.add(&["area", sound, area]);
                    out.add(&["street", sound, &address.street]);
                    out.add(&["estate", sound, &address.community]);
                    out.add(&["number", sound, &address.number, &address.postal_code]);
                    out.add(&["number", sound, &address.number, &address.district]);
                }
            }
            for code in &features.postal_codes {
                for sound in &sounds {
                    out.add(&["postal_code", sound, code]);
                }
            }
        }
    }
}
