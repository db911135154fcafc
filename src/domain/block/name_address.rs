//! Same name, or a part of it, at the same place.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::birth_name::sounds;
use super::{BlockingRule, KeySink};
use crate::domain::features::{Features, NameFeature};

/// Keys: each sound of the name with house number + postal code or street; with the city or half the postal code, of a Chinese name two
/// of its syllables; the whole name with city or region.
pub struct NameAddressRule;

impl BlockingRule for NameAddressRule {
    fn code(&self) -> &'static str {
        "name_address"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for name in &features.names {
            let whole = name.sorted_words.join(" ");
            let sounds = sounds(name);
            let telling = telling_parts(name, &sounds);
            for address in features.addresses.iter().map(|feature| &feature.address) {
                if name.sorted_words.len() >= 2 {
                    out.add(&["city", &whole, &address.city]);
                    out.add(&["region", &whole, &address.region]);
                }
                let area = address.postal_code.get(..address.postal_code.len().div_ceil(2)).unwrap_or_default();
                for part in &telling {
                    out.add(&["place", part, &address.city]);
                    out.add(&["area", part, area]);
                }
                for sound in &sounds {
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

/// The parts of a name that tell somebody in a whole city. One of the four hundred syllables of Chinese does not: thousands of people
/// in the city have it in their names.
fn telling_parts<'a>(name: &NameFeature, sounds: &'a [SmolStr]) -> Vec<Cow<'a, str>> {
    if !name.pinyin {
        return sounds.iter().map(|sound| Cow::Borrowed(sound.as_str())).collect();
    }
    let pairs = sounds.iter().enumerate().flat_map(|(i, one)| sounds.iter().skip(i + 1).map(move |other| (one, other)));
    pairs.map(|(one, other)| Cow::Owned(format!("{one} {other}"))).collect()
}
