//! Same door: street or estate with house number and room.

use super::{BlockingRule, KeyKind, KeySink, ValueKind};
use crate::domain::features::Features;

/// Keys: street + number, estate + unit, street + number + unit, post-box line.
pub struct AddressRule;

impl BlockingRule for AddressRule {
    fn code(&self) -> &'static str {
        "address"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for (place, address) in features.addresses.iter().map(|feature| &feature.address).enumerate() {
            let mut add = |parts: &[&str]| out.add_whole(ValueKind::Address, place, parts);
            add(&["street", &address.street, &address.number]);
            add(&["estate", &address.community, &address.unit]);
            add(&["room", &address.street, &address.number, &address.unit]);
        }
    }
}
