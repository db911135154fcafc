//! Pins: a person fixed which value of a slot is the primary one. The rules go on deciding about the rest.
//!
//! A pin is about a value of a record, not of a profile, so it goes where the record goes when profiles merge and split. It has no effect
//! while the record does not have the value; where two pins meet in one profile, the later one holds.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::date::Timestamp;
use super::id::RecordKey;
use super::record::{AttributeKind, PreparedRecord};
use super::survive::golden::{Slot, slot_of};

/// What the lineage of a pinned value names instead of a rule.
pub const PINNED: &str = "pinned";

/// A value that a person fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The record whose value it is.
    pub record: RecordKey,
    /// The slot that the value competes for.
    pub slot: Slot,
    /// Its normal form.
    pub normal: String,
    /// When it was pinned.
    pub time: Timestamp,
}

/// The pinned value of a slot, if one of these records still has it.
pub(super) fn pinned<'p>(pins: &'p [Pin], members: &[&PreparedRecord], slot: (AttributeKind, &str)) -> Option<&'p str> {
    let holds = |pin: &&Pin| holders(members, &pin.slot, &pin.normal).contains(&pin.record);
    let in_force = pins.iter().filter(|pin| (pin.slot.0, pin.slot.1.as_str()) == slot).filter(holds);
    in_force.max_by_key(|pin| (pin.time, Reverse(&pin.record))).map(|pin| pin.normal.as_str())
}

/// The records that have a value in a slot.
pub fn holders(members: &[&PreparedRecord], slot: &Slot, normal: &str) -> BTreeSet<RecordKey> {
    let has = |record: &&&PreparedRecord| {
        record.attributes.iter().any(|a| a.normal == normal && slot_of(a) == Some((slot.0, slot.1.as_str())))
    };
    members.iter().filter(has).map(|record| record.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::catalog::rules;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{RawAttribute, RawRecord};
    use crate::domain::survive::{GoldenProfile, survive, survive_pinned};

    fn record(id: &str, phone: &str, micros: i64) -> PreparedRecord {
        prepare(&RawRecord {
            key: RecordKey::new("crm", id),
            owner: None,
            observed_time: Some(Timestamp { micros }),
            attributes: vec![RawAttribute {
                country: Some("CN".into()),
                ..RawAttribute::full(AttributeKind::Phone, phone)
            }],
        })
    }

    fn pin(record: &str, phone: &str, micros: i64) -> Pin {
        let slot = (AttributeKind::Phone, String::new());
        let record = RecordKey::new("crm", record);
        Pin { record, slot, normal: phone.to_owned(), time: Timestamp { micros } }
    }

    #[test]
    fn the_latest_pin_that_a_record_bears_out_holds() {
        let policy = rules::load(rules::DEFAULT).unwrap();
        let (old, new) = (record("1", "13912340007", 1), record("2", "13712340008", 2));
        let members = [&old, &new];
        let primary = |golden: GoldenProfile| {
            let first = golden.attributes.into_iter().find(|a| a.kind == AttributeKind::Phone).unwrap();
            (first.value.normal, first.rule == PINNED, first.rank)
        };
        let (one, two) = ("+8613912340007", "+8613712340008");
        assert_eq!(primary(survive(&policy, &members)), (two.to_owned(), false, 0));
        assert_eq!(primary(survive_pinned(&policy, &members, &[pin("1", one, 1)])), (one.to_owned(), true, 0));
        let both = [pin("2", two, 2), pin("1", one, 1)];
        assert_eq!(primary(survive_pinned(&policy, &members, &both)), (two.to_owned(), true, 0));
        // The record no longer has the value, or is no longer here.
        assert_eq!(primary(survive_pinned(&policy, &members, &[pin("2", one, 1)])), (two.to_owned(), false, 0));
        assert_eq!(primary(survive_pinned(&policy, &[&new], &[pin("1", one, 1)])), (two.to_owned(), false, 0));
    }
}
