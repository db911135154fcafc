//! The blocking index and the telephone numbers, and from them which values are generic.

use std::ops::Range;

use rayon::prelude::*;

use super::{RECORDS_A_FILE, Rows};
use crate::bulk::blocks::{self, Dealt, Keyed};
use crate::bulk::cleansing::Cleansed;
use crate::bulk::cleansing::found::KEYS;
use crate::bulk::features::{GenericValues, Packed};
use crate::bulk::keys::Keys;
use crate::domain::generic::{BlockLimits, GenericOverrides};
use crate::domain::id::{BlockKey, RecordHandle};
use crate::engine::rows;
use crate::error::Result;
use crate::store::posting::Posting;
use crate::store::{Loading, Space, codec, keys};

/// Keys of whole values that are generic, and the positions of their records.
type Generic = (Vec<BlockKey>, Vec<u32>);

/// Writes the rows; gives the generic values of all records.
pub(super) fn index(rows: &Rows<'_>) -> Result<GenericValues> {
    let Cleansed { prepared, model, work, .. } = rows.run.cleansed;
    let kept = Keys::open(&work.path(KEYS))?;
    let packed = &prepared.packed;
    let overrides = GenericOverrides::of(rows.run.declared);
    let limits = BlockLimits { learnt: model.limits.block_records_max, overrides: &overrides };
    let files = packed.len().div_ceil(RECORDS_A_FILE).min(Dealt::PARTS);
    let length = Dealt::PARTS.div_ceil(files.max(1));
    let write = |parts: Range<usize>| write_blocks(&kept.parts(parts)?, packed, limits, rows.target);
    let (written, phones) =
        rayon::join(|| super::stretches(Dealt::PARTS, length, write), || write_phones(kept.phones()?, rows.target));
    phones?;
    write_declared(rows)?;
    let (generic, holders): (Vec<_>, Vec<_>) = written?.into_iter().unzip();
    Ok(blocks::generic_values(&packed.plain_store(), generic.concat(), holders.concat()))
}

fn write_blocks(keyed: &Keyed, packed: &Packed, limits: BlockLimits<'_>, target: &dyn Loading) -> Result<Generic> {
    let (mut postings, mut members) = (target.rows(Space::Blocks)?, target.rows(Space::BlockRecords)?);
    let (mut generic, mut holders) = (Vec::new(), Vec::new());
    let (mut handles, mut row) = (Vec::<RecordHandle>::new(), Vec::new());
    for block in keyed.chunk_by(|a, b| a.0 == b.0) {
        let Some((key, _)) = block.first().copied() else { continue };
        handles.clear();
        handles.extend(block.iter().map(|(_, marked)| packed.handle(blocks::member(*marked).0 as usize)));
        handles.sort_unstable();
        row.clear();
        if handles.len() > limits.of(key) {
            for handle in &handles {
                members.put(&keys::block_record(key, *handle), &[])?;
            }
            let before = holders.len();
            let whole = block.iter().map(|(_, marked)| blocks::member(*marked)).filter(|(_, whole)| *whole);
            holders.extend(whole.map(|(position, _)| position));
            generic.extend((holders.len() > before).then_some(key));
            row.extend(Posting::Generic(handles.len() as u64).encode().unwrap_or_default());
        } else {
            Posting::put_list(&handles, &mut row);
        }
        postings.put(&key.0.to_be_bytes(), &row)?;
    }
    postings.end()?;
    members.end()?;
    Ok((generic, holders))
}

fn write_declared(rows: &Rows<'_>) -> Result<()> {
    let mut written = rows.target.rows(Space::Overrides)?;
    for (key, declared) in rows.run.declared {
        written.put(&keys::block(*key), &codec::encode(&rows::declared(declared, "")))?;
    }
    written.end()
}

fn write_phones(phones: Vec<(String, RecordHandle)>, target: &dyn Loading) -> Result<()> {
    let row = |(number, handle): &(String, RecordHandle)| Some(keys::phone_record(rows::digits(number)?, *handle));
    let mut phones: Vec<Vec<u8>> = phones.iter().filter_map(row).collect();
    phones.par_sort_unstable();
    phones.dedup();
    let mut rows = target.rows(Space::Phones)?;
    phones.iter().try_for_each(|row| rows.put(row, &[]))?;
    rows.end()
}
