//! Stage 5 of a run and its results: one pass over the profiles, one over the records in the order of the input.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};

use rayon::prelude::*;

use super::found::Found;
use super::prepared::{Prepared, REJECTS};
use super::work::Work;
use crate::bulk::pipeline::Progress;
use crate::bulk::report::{Profile, ProfileCounts, RecordCounts, Shown};
use crate::bulk::spill::{Parties, Spill};
use crate::bulk::spool::{Entry, Spool, SpoolWriter};
use crate::bulk::writer::{self, CsvFile, GoldenFormat, Rows, Slots};
use crate::domain::cluster::components::DisjointSets;
use crate::domain::cluster::identity::Assignment;
use crate::domain::date::CivilDate;
use crate::domain::id::{ProfileId, RecordHandle, RecordKey};
use crate::domain::quality::evaluate::{RuleContext, SharedValues, evaluate};
use crate::domain::quality::rule::RuleSet;
use crate::domain::record::PreparedRecord;
use crate::domain::relation::Party;
use crate::domain::survive::{self, SurvivorshipPolicy};
use crate::error::{Error, Result};

const GOLDEN_ROWS: &str = "golden.rows";

/// Profiles that one thread takes, and those that are in memory at once.
const PROFILES_A_PIECE: usize = 256;
const PROFILES_TOGETHER: usize = 8_192;

/// What results are made from.
pub struct Making<'a> {
    /// Where files are written.
    pub work: &'a Work,
    /// The records.
    pub prepared: &'a Prepared,
    /// Who is one customer.
    pub found: &'a Found,
    /// The survivorship rules.
    pub policy: &'a SurvivorshipPolicy,
    /// The record rules.
    pub rules: &'a RuleSet,
    /// The day as of which freshness is judged.
    pub as_of: Option<CivilDate>,
    /// Where the run spills, if it does.
    pub spill: Option<Spill<'a>>,
    /// The form of golden profiles.
    pub format: GoldenFormat,
    /// Whether people's values can be read in the report.
    pub shown: Shown,
    /// Hears how far the run is.
    pub progress: &'a dyn Progress,
}

/// What both passes counted.
pub struct Made {
    /// Of the records.
    pub records: RecordCounts,
    /// Of the profiles.
    pub profiles: ProfileCounts,
    /// The files written, by name.
    pub files: Vec<String>,
}

/// Writes everything but the report; `each_record` hears of every record with its profile, in the order of the input.
pub fn make(making: &Making<'_>, each_record: &mut dyn FnMut(&RecordKey, ProfileId)) -> Result<Made> {
    let profile_of = Profiles::of(&making.found.assignments, &making.prepared.spool);
    let (profiles, shared) = golden(making, &profile_of)?;
    let records = records(making, &shared, &profile_of, each_record)?;
    let work = making.work;
    making.progress.stage("review", making.found.review.len() as u64);
    writer::review(work.folder(), &making.found.review, &|handle| {
        let key = making.prepared.spool.key(handle)?;
        Ok(key.zip(profile_of.of_record(&making.prepared.spool, handle)))
    })?;
    let mut files = making.format.tables(work.folder())?;
    files.extend([making.format.golden_file(), REJECTS.to_owned()]);
    Ok(Made { records, profiles, files })
}

/// The profile of each record, by position.
struct Profiles(Vec<ProfileId>);

impl Profiles {
    fn of(assignments: &[Assignment], spool: &Spool) -> Self {
        let mut profiles = vec![ProfileId(0); spool.directory.len()];
        for assignment in assignments {
            for position in assignment.members.iter().filter_map(|member| spool.directory.position(*member)) {
                profiles[position] = assignment.profile;
            }
        }
        Self(profiles)
    }

    fn of_record(&self, spool: &Spool, handle: RecordHandle) -> Option<ProfileId> {
        self.0.get(spool.directory.position(handle)?).copied()
    }
}

/// What some profiles give.
#[derive(Default)]
struct ProfilePiece {
    /// Packed rows with their lengths in front, or lines of JSON.
    golden: Vec<u8>,
    slots: Slots,
    parties: Vec<Party>,
    counts: ProfileCounts,
    shared: SharedValues,
}

/// The profiles that pairs for review hold together: each with the number of its group, ascending by profile.
fn questioned(making: &Making<'_>, profile_of: &Profiles) -> Vec<(ProfileId, u32)> {
    let of = |handle| profile_of.of_record(&making.prepared.spool, handle);
    let pairs = making.found.review.iter().filter_map(|edge| Some((of(edge.pair.low())?, of(edge.pair.high())?)));
    let pairs: Vec<(ProfileId, ProfileId)> = pairs.collect();
    let mut profiles: Vec<ProfileId> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    profiles.sort_unstable();
    profiles.dedup();
    let mut groups = DisjointSets::new(profiles.len());
    for (a, b) in pairs {
        if let (Ok(a), Ok(b)) = (profiles.binary_search(&a), profiles.binary_search(&b)) {
            groups.union(a, b);
        }
    }
    profiles.into_iter().enumerate().map(|(at, profile)| (profile, groups.find(at) as u32)).collect()
}

fn golden(making: &Making<'_>, profile_of: &Profiles) -> Result<(ProfileCounts, SharedValues)> {
    let questioned = questioned(making, profile_of);
    let (work, assignments) = (making.work, &making.found.assignments);
    making.progress.stage("survive", assignments.len() as u64);
    let lines = making.format == GoldenFormat::Jsonl;
    let mut file = SpoolWriter::create(&work.path(if lines { "golden.jsonl" } else { GOLDEN_ROWS }))?;
    let mut all = ProfilePiece::default();
    let mut parties = Parties::new(making.spill)?;
    for together in assignments.chunks(PROFILES_TOGETHER) {
        let pieces: Vec<Result<ProfilePiece>> =
            together.par_chunks(PROFILES_A_PIECE).map(|piece| profiles(making, &questioned, piece)).collect();
        for piece in pieces {
            let piece = piece?;
            file.plain(&piece.golden)?;
            all.slots.merge(piece.slots);
            parties.extend(piece.parties)?;
            all.counts.merge(piece.counts);
            all.shared.merge(piece.shared);
        }
    }
    file.finish()?;
    making.progress.stage("relate", parties.len() as u64);
    writer::relations(work.folder(), &parties.relations()?)?;
    if !lines {
        making.progress.stage("golden", assignments.len() as u64);
        writer::golden_table(work.folder(), &all.slots, making.format, |take| {
            golden_rows(work, assignments.len(), take)
        })?;
    }
    Ok((all.counts, all.shared))
}

fn profiles(making: &Making<'_>, questioned: &[(ProfileId, u32)], assignments: &[Assignment]) -> Result<ProfilePiece> {
    let mut piece = ProfilePiece::default();
    let mut packed = Vec::new();
    for assignment in assignments {
        let mut records: Vec<PreparedRecord> = Vec::with_capacity(assignment.members.len());
        for member in &assignment.members {
            records.extend(making.prepared.spool.record(*member)?);
        }
        let members: Vec<&PreparedRecord> = records.iter().collect();
        let golden = survive::survive(making.policy, &members);
        members.iter().for_each(|record| piece.shared.add(record, making.rules));
        piece.parties.push(Party::of(assignment.profile, &members));
        let group = questioned.binary_search_by_key(&assignment.profile, |(profile, _)| *profile).ok();
        let group = group.and_then(|at| questioned.get(at)).map(|(_, group)| *group);
        piece.counts.add(&Profile { members: &members, golden: &golden, group }, making.rules, making.as_of);
        if making.format == GoldenFormat::Jsonl {
            writer::golden_line(assignment.profile, &golden, &mut piece.golden);
            continue;
        }
        piece.slots.add(&golden);
        packed.clear();
        writer::pack_golden(assignment.profile, &golden, &mut packed);
        piece.golden.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        piece.golden.extend_from_slice(&packed);
    }
    making.progress.advance(assignments.len() as u64);
    Ok(piece)
}

fn golden_rows(work: &Work, count: usize, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let path = work.path(GOLDEN_ROWS);
    let failed = |error| Error::read(&path, error);
    let mut file = BufReader::with_capacity(1 << 20, File::open(&path).map_err(failed)?);
    let mut bytes = Vec::new();
    for _ in 0..count {
        let mut length = [0; 4];
        file.read_exact(&mut length).map_err(failed)?;
        bytes.resize(u32::from_le_bytes(length) as usize, 0);
        file.read_exact(&mut bytes).map_err(failed)?;
        take(&bytes)?;
    }
    Ok(())
}

/// What some records give.
struct RecordPiece {
    crosswalk: Vec<u8>,
    normalized: Vec<u8>,
    findings: Vec<u8>,
    counts: RecordCounts,
    keys: Vec<(RecordKey, ProfileId)>,
}

fn records(
    making: &Making<'_>,
    shared: &SharedValues,
    profile_of: &Profiles,
    each_record: &mut dyn FnMut(&RecordKey, ProfileId),
) -> Result<RecordCounts> {
    let (folder, prepared) = (making.work.folder(), making.prepared);
    making.progress.stage("write", prepared.spool.directory.len() as u64);
    let mut header: Vec<&str> = prepared.columns.header.iter().map(String::as_str).collect();
    header.push("profile_id");
    let mut crosswalk = CsvFile::create(folder, "crosswalk.csv", &writer::CROSSWALK)?;
    let mut normalized = CsvFile::create(folder, "records.csv", &header)?;
    let mut findings = CsvFile::create(folder, "findings.csv", &writer::FINDINGS)?;
    let mut counts = RecordCounts::default();
    let context = RuleContext { as_of: making.as_of, shared: Some(shared) };
    let directory = &prepared.spool.directory;
    let profiles: Vec<ProfileId> =
        directory.in_order().into_iter().map(|position| profile_of.0[position as usize]).collect();
    let piece = |first: usize, entries: Vec<Entry<'_>>| {
        let profiles = profiles.iter().skip(first).copied();
        Ok(record_piece(making, &context, entries.into_iter().zip(profiles)))
    };
    prepared.spool.each(piece, |piece| {
        crosswalk.bytes(&piece.crosswalk)?;
        normalized.bytes(&piece.normalized)?;
        findings.bytes(&piece.findings)?;
        counts.merge(piece.counts);
        piece.keys.iter().for_each(|(key, profile)| each_record(key, *profile));
        Ok(())
    })?;
    crosswalk.finish()?;
    normalized.finish()?;
    findings.finish()?;
    Ok(counts)
}

fn record_piece<'e>(
    making: &Making<'_>,
    context: &RuleContext<'_>,
    entries: impl Iterator<Item = (Entry<'e>, ProfileId)>,
) -> RecordPiece {
    let (mut crosswalk, mut normalized, mut findings) = (Rows::default(), Rows::default(), Rows::default());
    let mut counts = RecordCounts::new(making.shown);
    let mut keys = Vec::new();
    let mapped: &BTreeMap<_, _> = &making.prepared.columns.mapped;
    for (Entry { fields, record }, profile) in entries {
        let violations = evaluate(&record, making.rules, context);
        writer::finding_rows(&record, &violations, &mut findings);
        counts.add(&record, making.rules, &violations);
        let id = profile.to_string();
        crosswalk.row([record.key.record_id.as_str(), &record.key.source.0, &id]);
        writer::normalized_row(&fields, mapped, &record, &id, &mut normalized);
        keys.push((record.key, profile));
    }
    making.progress.advance(keys.len() as u64);
    let (crosswalk, normalized) = (crosswalk.into_bytes(), normalized.into_bytes());
    RecordPiece { crosswalk, normalized, findings: findings.into_bytes(), counts, keys }
}
