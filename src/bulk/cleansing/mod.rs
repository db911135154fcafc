//! A whole run over files: read and prepare, train, match, survive, write. Stages leave what a resumed run goes on from.
//!
//! Records are on disk from stage 1 on; memory holds packed features, sketches, the index of blocks and the edges.

pub mod found;
pub mod prepared;
mod results;
pub mod since;
pub mod state;
pub mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use found::Found;
use prepared::{Prepared, Rows};
use results::Making;
use since::Since;
use state::{Known, Terms};
use work::{Manifest, Work};

use super::blocks::Blocks;
use super::features::Unpacked;
use super::input::dates::StoredVotes;
use super::pipeline::{Options, Progress};
use super::probe::Probe;
use super::report::{
    self, BlockingReport, ClusterReport, InputReport, ProfileCounts, RecordCounts, Report, Run, Shown,
};
use super::spill::{self, Limit, Spill};
use super::train;
use super::workbook;
use super::writer::GoldenFormat;
use crate::bulk::spool;
use crate::catalog::models;
use crate::catalog::sources::Mapping;
use crate::domain::cluster::identity::Assignment;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::date::CivilDate;
use crate::domain::generic::{BlockLimits, GenericOverrides};
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordKey};
use crate::domain::measure::decoy::DecoyCounts;
use crate::domain::model::MatchModel;
use crate::domain::quality::rule::RuleSet;
use crate::domain::record::AttributeKind;
use crate::domain::survive::{self, SurvivorshipPolicy};
use crate::error::Result;

/// What a run is asked to do.
pub struct Plan<'a> {
    /// The files; patterns stand for the files they match.
    pub inputs: &'a [PathBuf],
    /// What their columns are.
    pub mapping: &'a Mapping,
    /// The match model; none: the one for the input's language, fitted to the input.
    pub model: Option<MatchModel>,
    /// The survivorship rules.
    pub policy: &'a SurvivorshipPolicy,
    /// The record rules.
    pub rules: &'a RuleSet,
    /// The day as of which freshness is judged; none: that of the newest confirmation.
    pub as_of: Option<CivilDate>,
    /// What people said of pairs.
    pub judgements: &'a Judgements,
    /// What people said of values.
    pub overrides: &'a GenericOverrides,
    /// Profile ids of an earlier run, by record.
    pub previous: &'a BTreeMap<RecordHandle, ProfileId>,
    /// The form of golden profiles.
    pub format: GoldenFormat,
    /// Where the results go.
    pub out: &'a Path,
    /// What the run depends on.
    pub manifest: &'a Manifest,
    /// An earlier run, of whose input `inputs` are the changes.
    pub since: Option<Since<'a>>,
    /// Keep what a later run over a delta needs; what the two have to agree in.
    pub keep_state: Option<&'a Terms>,
    /// The store that the finished run goes into: kept is what it has of the run besides, the pairs from the review threshold up and the blocking
    /// keys.
    pub load: Option<&'a Path>,
    /// Go on without the store that the stopped run was to go into.
    pub no_load: bool,
    /// How much memory the run may take; what would not fit is spilled.
    pub limit: Limit,
    /// Whether people's values can be read in the report.
    pub shown: Shown,
    /// Go on with the run that stopped in `out`, where there is one.
    pub resume: bool,
    /// Hears how far the run is.
    pub progress: &'a dyn Progress,
}

/// A run whose results are made but not published.
pub struct Cleansed {
    /// The report, without the gate.
    pub report: Report,
    /// The model.
    pub model: MatchModel,
    /// Who is one customer.
    pub found: Found,
    /// The records.
    pub prepared: Prepared,
    /// The run's folder.
    pub work: Work,
    files: Vec<String>,
}

const TRAIN: &str = "train";
const MODEL: &str = "model.toml";

/// Runs all stages; `each_record` hears of every record with its profile, in the order of the input.
pub fn run(plan: &Plan<'_>, each_record: &mut dyn FnMut(&RecordKey, ProfileId)) -> Result<Cleansed> {
    let work = Work::begin(plan.out, plan.manifest, plan.resume)?;
    work.goes_into(plan.load, plan.no_load)?;
    let rows = Rows {
        inputs: plan.inputs,
        mapping: plan.mapping,
        since: plan.since,
        limit: plan.limit,
        counts_votes: plan.keep_state.is_some(),
    };
    let prepared = prepared::prepare(&work, &rows, plan.progress)?;
    if plan.format == GoldenFormat::Xlsx {
        workbook::check_records(prepared.spool.directory.len())?;
    }
    let spill = prepared.working.map(|working| Spill::new(work.folder(), working));
    let mut unpacked = Unpacked::of(&prepared.packed);
    let probe = if found::is_over(&work, plan.load.is_some()) { None } else { Probe::of(&prepared.spool)? };
    let (model, mut files, blocks) = model(plan, &work, &prepared, &mut unpacked, probe.as_ref(), spill)?;
    let options = Options {
        model: &model,
        policy: plan.policy,
        judgements: plan.judgements,
        overrides: plan.overrides,
        previous: plan.previous,
        progress: plan.progress,
    };
    let found = found::find(&work, unpacked, blocks, probe.as_ref(), &options, plan.load.is_some(), spill)?;
    drop(probe);
    let making = Making {
        work: &work,
        prepared: &prepared,
        found: &found,
        policy: plan.policy,
        rules: plan.rules,
        as_of: plan.as_of.or(prepared.newest),
        spill,
        format: plan.format,
        shown: plan.shown,
        progress: plan.progress,
    };
    let made = results::make(&making, each_record)?;
    files.extend(made.files);
    let report = reported(&making, plan.mapping, &model, made.records, made.profiles)?;
    if let Some(terms) = plan.keep_state {
        plan.progress.stage("state", prepared.spool.directory.len() as u64);
        files.extend(state::write(&work, known(&prepared, terms))?);
    }
    Ok(Cleansed { report, model, found, prepared, work, files })
}

/// The report of a run whose results are made.
fn reported(
    making: &Making<'_>,
    mapping: &Mapping,
    model: &MatchModel,
    records: RecordCounts,
    profiles: ProfileCounts,
) -> Result<Report> {
    let (prepared, found) = (making.prepared, making.found);
    let run = Run {
        input: InputReport::of(&prepared.columns, mapping, prepared.spool.directory.len() as u64)?,
        shown: making.shown,
        rejected: prepared.rejected,
        review_pairs: found.review.len() as u64,
        weights: &found.facts.weights,
        largest: clusters(making, &found.largest())?,
        doubtful: clusters(making, &found.doubtful())?,
        blocking: BlockingReport {
            candidate_pairs: found.facts.candidate_pairs,
            generic_blocks: found.facts.generic_blocks,
            cut_components: found.facts.cut_components,
        },
        record_rules: making.rules,
        as_of: making.as_of,
        model,
        policy: making.policy,
        decoys: found.facts.decoys.map(DecoyCounts::from),
    };
    Ok(report::build(records, profiles, &run))
}

/// What a later run has to know of the records.
fn known(prepared: &Prepared, terms: &Terms) -> Known {
    Known {
        terms: terms.clone(),
        header: prepared.columns.header.clone(),
        records: prepared.spool.directory.len() as u64,
        names: [prepared.scripts.han, prepared.scripts.other],
        votes: StoredVotes::from(&prepared.votes),
        parts: prepared.parts.clone(),
        bytes: 0,
        checksum: 0,
        crosswalk: (0, 0),
    }
}

/// What the report shows of some profiles.
fn clusters(making: &Making<'_>, shown: &[&Assignment]) -> Result<Vec<ClusterReport>> {
    let mut reports = Vec::with_capacity(shown.len());
    for assignment in shown {
        let mut records = Vec::with_capacity(assignment.members.len());
        for member in &assignment.members {
            records.extend(making.prepared.spool.record(*member)?);
        }
        let golden = survive::survive(making.policy, &records.iter().collect::<Vec<_>>());
        let mut sources: BTreeMap<String, u64> = BTreeMap::new();
        golden.members.iter().for_each(|key| *sources.entry(key.source.0.clone()).or_default() += 1);
        let value = |kind: &AttributeKind| Some((kind.code(), making.shown.value(golden.primary(*kind)?)));
        let weakest = making.found.facts.doubtful.iter().find(|(profile, _)| *profile == assignment.profile.0);
        reports.push(ClusterReport {
            profile: assignment.profile.to_string(),
            records: assignment.members.len(),
            sources,
            weakest_bits: weakest.map(|(_, weight)| MatchWeight(*weight).bits()),
            values: SHOWN_KINDS.iter().filter_map(value).collect(),
        });
    }
    Ok(reports)
}

/// Kinds of values that tell people whom a profile is about.
const SHOWN_KINDS: [AttributeKind; 5] = [
    AttributeKind::PersonName,
    AttributeKind::OrgName,
    AttributeKind::Phone,
    AttributeKind::IdDocument,
    AttributeKind::BirthDate,
];

impl Cleansed {
    /// Moves the results to where they belong.
    pub fn publish(&self, out: &Path) -> Result<()> {
        self.work.publish(out, &self.files)
    }
}

/// The model of the run, the files that hold it, and the blocks where training made them.
fn model(
    plan: &Plan<'_>,
    work: &Work,
    prepared: &Prepared,
    unpacked: &mut Unpacked<'_>,
    probe: Option<&Probe>,
    spill: Option<Spill<'_>>,
) -> Result<(MatchModel, Vec<String>, Option<Blocks>)> {
    let path = work.path(MODEL);
    let beside = models::frequencies_file(&path);
    if work.marked::<()>(TRAIN)?.is_some() {
        let model = models::load(&path.to_string_lossy())?;
        return Ok((model, model_files(work, beside), None));
    }
    let (model, blocks) = match &plan.model {
        Some(model) => (model.clone(), None),
        None => {
            let base = models::load(prepared.scripts.suitable_base())?;
            let limits = BlockLimits { learnt: base.limits.block_records_max, overrides: plan.overrides };
            let (judgements, progress) = (plan.judgements, plan.progress);
            let mut blocks =
                found::blocks(work, &unpacked.plain(), limits, probe, progress, plan.load.is_some(), spill)?;
            unpacked.keep(blocks.drawn.take());
            let model = match spill {
                Some(spill) => spill::train(&spill, &base, unpacked, &blocks, plan.policy, judgements, progress)?,
                None => train::train_unpacked(&base, unpacked, &blocks, plan.policy, judgements, progress),
            };
            (model, Some(blocks))
        }
    };
    train::save(&model, &path)?;
    let files = model_files(work, beside);
    let mut checks = Vec::with_capacity(files.len());
    for name in &files {
        checks.push((name.as_str(), spool::checked(&work.path(name))?));
    }
    work.mark(TRAIN, &checks, &())?;
    Ok((model, files, blocks))
}

fn model_files(work: &Work, beside: String) -> Vec<String> {
    [MODEL.to_owned(), beside].into_iter().filter(|name| work.path(name).is_file()).collect()
}
