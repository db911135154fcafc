//! Same name, or a part of it, at the same place.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::birth_name::sounds;
use super::{BlockingRule, KeySink};
use crate::domain::features::{Features, NameFeature};

/// Keys: each sound of the name with house number + postal code or district; with street, estate, city, postal code or half of it, of a
/// Chinese name two of its syllables; the whole name with city or region.
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
                    out.add(&["street", part, &address.street]);
                    out.add(&["estate", part, &address.community]);
                }
                for sound in &sounds {
                    out.add(&["number", sound, &address.number, &address.postal_code]);
                    out.add(&["number", sound, &address.number, &address.district]);
                }
            }
            for code in &features.postal_codes {
                for part in &telling {
                    out.add(&["postal_code", part, code]);
                }
            }
        }
    }
}

/// The parts of a name that tell somebody in a whole city or a long street. One of the four hundred syllables of Chinese does not: thousands
/// of people in the city have it in their names, and every city has its 人民路.
fn telling_parts<'a>(name: &NameFeature, sounds: &'a [SmolStr]) -> Vec<Cow<'a, str>> {
    if !name.pinyin {
        return sounds.iter().map(|sound| Cow::Borrowed(sound.as_str())).collect();
    }
    let pairs = sounds.iter().enumerate().flat_map(|(i, one)| sounds.iter().skip(i + 1).map(move |other| (one, other)));
    pairs.map(|(one, other)| Cow::Owned(format!("{one} {other}"))).collect()
}
