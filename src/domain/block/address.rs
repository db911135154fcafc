//! Same door: street or estate with house number and room.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: street + number, estate + unit, street + number + unit, post-box line.
pub struct AddressRule;

impl BlockingRule for AddressRule {
    fn code(&self) -> &'static str {
        "address"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for address in features.addresses.iter().map(|feature| &feature.address) {
            out.add(&["street", &address.street, &address.number]);
            out.add(&["estate", &address.community, &address.unit]);
            out.add(&["room", &address.street, &address.number, &address.unit]);
        }
    }
}
