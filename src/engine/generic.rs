//! Generic values: what so many records share that it says nothing about who is who. Learnt from the data: a value becomes generic when
//! one more record than the model's limit has it, and ceases to be when records go.

use super::Engine;
use super::read::Page;
use crate::domain::block;
use crate::domain::id::{BlockKey, RecordHandle};
use crate::error::Result;
use crate::store::posting::Posting;
use crate::store::{Space, keys};

/// A generic value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenericValue {
    /// The blocking rule under which it is a key.
    pub rule: &'static str,
    /// The value, part by part as the rule reads it.
    pub parts: Vec<String>,
    /// Records that have it.
    pub record_count: u64,
}

impl Engine {
    /// Lists generic values in the order of their keys, each with the key after which a next page starts.
    pub fn generic_values(&self, after: Option<&[u8]>, limit: usize) -> Result<Page<(Vec<u8>, GenericValue)>> {
        let scope = self.scope(false)?;
        let mut items = Vec::new();
        let mut position = after.map(<[u8]>::to_vec);
        loop {
            let rows = scope.scan(Space::BlockRecords, &[], position.as_deref(), 1)?;
            let Some((row, _)) = rows.first() else { return Ok(Page { items, next: None }) };
            let (Some(key), Some(first)) = (keys::first(row).map(BlockKey), keys::second(row).map(RecordHandle)) else {
                return Ok(Page { items, next: None });
            };
            // Past the other records of the key.
            let last = keys::block_record(key, RecordHandle(u64::MAX));
            position = Some(last.clone());
            let record = self.hot_indexed(&scope, first)?;
            let posting = Posting::decode(scope.get_bytes(Space::Blocks, &keys::block(key))?.as_deref())?;
            if let Some((rule, parts)) = block::describe(&record.features, key) {
                items.push((last, GenericValue { rule, parts, record_count: posting.record_count() as u64 }));
            }
            if items.len() == limit {
                return Ok(Page { items, next: position });
            }
        }
    }
}
