//! Blocks of which the keys are dealt into parts on disk: memory holds the keys of a few parts at a time, and the finished index.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::Spill;
use super::rows::{Dealer, Parts, RowWriter};
use crate::bulk::blocks::{Blocks, Chunk, Dealt, Keyed, Part, Sides};
use crate::bulk::features::FeatureStore;
use crate::bulk::keys;
use crate::bulk::pipeline::Progress;
use crate::bulk::spool::SpoolWriter;
use crate::domain::features::Features;
use crate::domain::generic::BlockLimits;
use crate::domain::id::BlockKey;
use crate::error::{Error, Result};

/// What [`Blocks::watching`] gives, or, where there is a file for the keys, [`Blocks::keeping`].
pub fn blocks(
    spill: &Spill<'_>,
    store: &FeatureStore<'_>,
    limits: BlockLimits<'_>,
    watched: &[BlockKey],
    progress: &dyn Progress,
    keep: Option<&Path>,
) -> Result<Blocks> {
    progress.stage("block", store.len() as u64);
    let phones = spill.path("phones.rows");
    let (dealt, phone_bytes) = match keep {
        Some(_) => dealt(spill, store, progress, &keys::put_phones, &phones)?,
        None => dealt(spill, store, progress, &|_, _| (), &phones)?,
    };
    let counts = (0..Dealt::PARTS).map(|part| dealt.count(part));
    let mut kept = keep.map(|path| keys::create(path, phone_bytes, counts)).transpose()?;
    if let Some(kept) = &mut kept {
        copy(&phones, kept)?;
    }
    let (mut sides, path) = (Sides::default(), spill.path("members.rows"));
    let mut members = RowWriter::<u32>::create(&path)?;
    let together = rayon::current_num_threads();
    for first in (0..Dealt::PARTS).step_by(together) {
        let make = |part| -> Result<(Part, Vec<u8>)> {
            let keyed: Keyed = dealt.part(part)?;
            let packed = if keep.is_some() { keys::pack(&keyed) } else { Vec::new() };
            Ok((Part::within(part, &keyed, limits, watched), packed))
        };
        let made: Vec<Result<(Part, Vec<u8>)>> =
            (first..(first + together).min(Dealt::PARTS)).into_par_iter().map(make).collect();
        for made in made {
            let (part, packed) = made?;
            part.members.iter().try_for_each(|member| members.push(member))?;
            sides.add(part);
            if let Some(kept) = &mut kept {
                kept.plain(&packed)?;
            }
        }
    }
    dealt.remove();
    let file = members.finish()?;
    let mut members = Vec::with_capacity(file.len() as usize);
    file.each(&mut |member| {
        members.push(member);
        Ok(())
    })?;
    file.remove();
    let mut blocks = Blocks::of_members(store, members, sides);
    blocks.kept = kept.map(SpoolWriter::finish).transpose()?;
    Ok(blocks)
}

/// Deals the keys of all records, and writes what else is made of them; how many bytes that takes.
fn dealt(
    spill: &Spill<'_>,
    store: &FeatureStore<'_>,
    progress: &dyn Progress,
    also: &(dyn Fn(&Features, &mut Vec<u8>) + Sync),
    beside: &Path,
) -> Result<(Parts<(BlockKey, u32)>, u64)> {
    let mut dealer = Dealer::create(&spill.path("keys.rows"), Dealt::PARTS, spill.share(4))?;
    let mut file = SpoolWriter::create(beside)?;
    let mut bytes = 0;
    let (chunks, together) = (Dealt::chunks(store), rayon::current_num_threads());
    for first in (0..chunks).step_by(together) {
        let deal = |chunk| {
            let mut made = Vec::new();
            let parts = Dealt::chunk(store, chunk, progress, &mut |features, _| also(features, &mut made));
            (parts, made)
        };
        let made: Vec<(Chunk, Vec<u8>)> = (first..(first + together).min(chunks)).into_par_iter().map(deal).collect();
        for (keys, made) in made {
            for part in 0..Dealt::PARTS {
                keys.part(part).try_for_each(|row| dealer.push(part, row))?;
            }
            file.plain(&made)?;
            bytes += made.len() as u64;
        }
    }
    file.finish()?;
    Ok((dealer.finish()?, bytes))
}

/// Adds what is in a file, which is removed.
fn copy(from: &Path, to: &mut SpoolWriter) -> Result<()> {
    let failed = |error| Error::read(from, error);
    let mut file = std::fs::File::open(from).map_err(failed)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        to.plain(part)?;
    }
    let _ = std::fs::remove_file(from);
    Ok(())
}
