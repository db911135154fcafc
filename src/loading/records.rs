//! The rows that stand under records: the record as delivered, its features, its edges, its profile.

use std::ops::Range;

use smol_str::SmolStr;

use super::edges::Edges;
use super::{RECORDS_A_FILE, Rows};
use crate::bulk::features::GenericValues;
use crate::bulk::input::dates::Part;
use crate::bulk::spool::Directory;
use crate::catalog::sources::{BoundMapping, DateOrders};
use crate::engine::rows;
use crate::error::{Error, Result};
use crate::store::{Space, codec, keys};

/// Source and id of a record.
pub(super) type Name = (SmolStr, SmolStr);

/// Writes the rows; gives the name of each record by position.
pub(super) fn records(rows: &Rows<'_>, edges: &Edges<'_>, generic: &GenericValues) -> Result<Vec<Name>> {
    let prepared = &rows.run.cleansed.prepared;
    let bound = rows.run.mapping.bind(&prepared.columns.header)?;
    let orders = Orders::of(&prepared.parts, &prepared.spool.directory);
    let making = Making { rows, edges, generic, bound, orders };
    let names = super::stretches(prepared.packed.len(), RECORDS_A_FILE, |range| making.stretch(range))?;
    Ok(names.concat())
}

struct Making<'a> {
    rows: &'a Rows<'a>,
    edges: &'a Edges<'a>,
    generic: &'a GenericValues,
    bound: BoundMapping<'a>,
    orders: Orders,
}

impl Making<'_> {
    fn stretch(&self, positions: Range<usize>) -> Result<Vec<Name>> {
        let (target, prepared) = (self.rows.target, &self.rows.run.cleansed.prepared);
        let now = self.rows.run.now.micros;
        let damaged = || Error::store("the features of a record are missing; please report this");
        let begin = |space| target.rows(space);
        let (mut records, mut features) = (begin(Space::Records)?, begin(Space::Features)?);
        let (mut adjacent, mut homes) = (begin(Space::Edges)?, begin(Space::RecordProfiles)?);
        let mut edge_rows = self.edges.from(prepared.packed.handle(positions.start));
        let mut names = Vec::with_capacity(positions.len());
        let count = positions.len() as u64;
        let mut row = Vec::new();
        for position in positions {
            let handle = prepared.packed.handle(position);
            let key = handle.0.to_be_bytes();
            let fields = prepared.spool.row(position)?;
            let raw = self.bound.record(&fields, self.orders.of_record(&prepared.spool.directory, position));
            let stored = rows::new_record(&raw, now).map_err(|error| {
                let message = format!(
                    "record \"{}\" of source \"{}\" does not fit into a store: {error}; shorten it, or go on without the store (--resume --no-load)",
                    raw.key.record_id, raw.key.source.0
                );
                Error::config("--load", message)
            })?;
            records.put(&key, &codec::encode(&stored))?;
            let packed = prepared.packed.bytes(position).ok_or_else(damaged)?;
            let mask = self.generic.get(&(position as u32)).copied().unwrap_or_default();
            features.put(&key, &rows::features(&raw.key.source.0, &raw.key.record_id, mask, &packed))?;
            row.clear();
            edge_rows.row(handle, &mut row);
            if !row.is_empty() {
                adjacent.put(&key, &row)?;
            }
            let profile = self.rows.profiles.get(position).ok_or_else(damaged)?;
            homes.put(&key, &keys::profile(*profile))?;
            names.push((SmolStr::from(raw.key.source.0), SmolStr::from(raw.key.record_id)));
        }
        for rows in [records, features, adjacent, homes] {
            rows.end()?;
        }
        self.rows.progress.advance(count);
        Ok(names)
    }
}

/// How the dates of each record were read.
struct Orders {
    /// Where in the spool the first row is that was read otherwise than those before.
    parts: Vec<(u64, DateOrders)>,
    none: DateOrders,
}

impl Orders {
    fn of(parts: &[Part], directory: &Directory) -> Self {
        let mut starts = Vec::new();
        if parts.len() > 1 {
            starts
                .extend((0..directory.len()).filter_map(|position| directory.place(position)).map(|(start, _)| start));
            starts.sort_unstable();
        }
        let mut row = 0;
        let first = |part: &Part| {
            let start = starts.get(row).copied().unwrap_or(0);
            row += part.rows as usize;
            (start, part.orders())
        };
        Self { parts: parts.iter().filter(|part| part.rows > 0).map(first).collect(), none: DateOrders::new() }
    }

    fn of_record(&self, directory: &Directory, position: usize) -> &DateOrders {
        let start = directory.place(position).map_or(0, |(start, _)| start);
        let part = self.parts.partition_point(|(first, _)| *first <= start).checked_sub(1);
        part.and_then(|part| self.parts.get(part)).map_or(&self.none, |(_, orders)| orders)
    }
}
