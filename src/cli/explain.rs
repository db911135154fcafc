//! `guiyi explain`: the waterfall of one pair, or how the profile of one record comes together.

mod assembly;
mod json;
mod svg;
mod text;

use std::collections::BTreeMap;

use super::args::Explain;
use super::progress::Bar;
use super::{ExitStatus, cleanse, print};
use crate::bulk::pipeline::Options;
use crate::bulk::{blocking, explain, input, pipeline};
use crate::catalog::rules;
use crate::domain::cluster::judgement::{Judgements, Verdict};
use crate::domain::id::{BlockKey, RecordPair};
use crate::domain::model::MatchModel;
use crate::domain::record::PreparedRecord;
use crate::domain::score::explain::{Explanation, KeyRecords, explain_among, keys_that_matter};
use crate::domain::score::flip::Decision;
use crate::error::{Error, Result};

/// Everything that is to be shown about a pair.
struct Pair<'a> {
    model: &'a MatchModel,
    left: String,
    right: String,
    explanation: Explanation,
    judgement: Option<Verdict>,
}

impl Pair<'_> {
    /// What the pair comes to; a person's word outranks the evidence.
    fn decision(&self) -> Decision {
        match self.judgement {
            Some(Verdict::Positive) => Decision::Match,
            Some(Verdict::Negative) => Decision::NoMatch,
            Some(Verdict::Unsure) | None => self.explanation.decision(self.model),
        }
    }
}

/// Runs the subcommand.
pub fn run(args: &Explain) -> Result<ExitStatus> {
    let policy = rules::load(rules::DEFAULT)?;
    let judgements = args.judgements.as_deref().map(cleanse::read_judgements).transpose()?.unwrap_or_default();
    let input = input::read(&args.input, &cleanse::mapping(&args.mapping)?)?;
    let bar = Bar::new();
    let records = pipeline::prepared(&input.records, &bar);
    let model = cleanse::load_model(&args.model, &records, &policy, &judgements, &bar)?;
    bar.finish();
    match (&args.profile, &args.a, &args.b) {
        (Some(record), _, _) => profile(args, &model, &judgements, &records, find(&records, record)?)?,
        (None, Some(a), Some(b)) => {
            pair(args, &model, &judgements, &records, [find(&records, a)?, find(&records, b)?])?;
        }
        (None, _, _) => return Err(Error::config("explain", "name two records, or one with --profile")),
    }
    Ok(ExitStatus::Ok)
}

fn pair(
    args: &Explain,
    model: &MatchModel,
    judgements: &Judgements,
    records: &[PreparedRecord],
    [left, right]: [&PreparedRecord; 2],
) -> Result<()> {
    let Some(pair) = RecordPair::new(left.key.handle(), right.key.handle()) else {
        return Err(Error::config(left.key.to_string(), "is one record; name two different ones"));
    };
    let sizes = shared_blocks(model, records, left, right);
    let explanation = explain_among(model, left, right, &|key| {
        sizes.get(&key).map(|records| KeyRecords::learnt(key, *records, model.limits.block_records_max))
    });
    let shown = Pair {
        model,
        left: left.key.to_string(),
        right: right.key.to_string(),
        explanation,
        judgement: judgements.verdict(pair),
    };
    if let Some(path) = &args.svg {
        std::fs::write(path, svg::pair(&shown, args.lang)).map_err(|error| Error::write(path, error))?;
    }
    if args.json { print(&format!("{}\n", json::pair(&shown))) } else { print(&text::pair(&shown, args.lang)) }
}

/// How many records stand under each key that decides about the two.
fn shared_blocks(
    model: &MatchModel,
    records: &[PreparedRecord],
    left: &PreparedRecord,
    right: &PreparedRecord,
) -> BTreeMap<BlockKey, usize> {
    let keys = keys_that_matter(left, right);
    if keys.is_empty() { BTreeMap::new() } else { blocking::block_records(records, model, &keys) }
}

fn profile(
    args: &Explain,
    model: &MatchModel,
    judgements: &Judgements,
    records: &[PreparedRecord],
    record: &PreparedRecord,
) -> Result<()> {
    let policy = rules::load(rules::DEFAULT)?;
    let bar = Bar::new();
    let options = Options::new(model, &policy, judgements, &bar);
    let found = explain::assembly(records, &options, record.key.handle());
    bar.finish();
    let shown = assembly::Shown { model, records, record: record.key.to_string(), assembly: &found };
    if args.json { print(&format!("{}\n", shown.to_json())) } else { print(&shown.to_text(args.lang)) }
}

fn find<'r>(records: &'r [PreparedRecord], name: &str) -> Result<&'r PreparedRecord> {
    let exact = records.iter().find(|record| record.key.to_string() == name);
    if let Some(record) = exact {
        return Ok(record);
    }
    let mut matching = records.iter().filter(|record| record.key.record_id == name);
    match (matching.next(), matching.next()) {
        (Some(record), None) => Ok(record),
        (None, _) => Err(Error::not_found(format!("record \"{name}\""))),
        (Some(_), Some(_)) => Err(Error::config(name, "several sources have a record of this id; write source/id")),
    }
}
