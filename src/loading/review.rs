//! What people are to be asked, and what they said: review tasks, those that are decided among them, judgements, and the log of it.

use super::{ACTOR, Rows, profiles};
use crate::bulk::features::FeatureStore;
use crate::domain::event::Event;
use crate::domain::id::{MatchWeight, RecordHandle, ReviewTaskId};
use crate::domain::score;
use crate::engine::rows::{self, Decision};
use crate::error::Result;
use crate::store::{Space, codec, keys};

/// The judgements as decisions. A pair of which a record is not there weighs nothing.
pub(super) fn decided<'r>(rows: &'r Rows<'_>, features: &FeatureStore<'_>) -> Result<Vec<Decision<'r>>> {
    let model = &rows.run.cleansed.model;
    let sketches = features.sketches_to_view();
    let mut view = features.view(&sketches);
    let decisions = rows.run.judgements.iter().map(|(pair, verdict)| {
        let ends = features.position(pair.low()).zip(features.position(pair.high()));
        let scored = ends.and_then(|(low, high)| view.with_pair(low, high, |a, b| score::score(model, a, b)));
        let weight = scored.map_or(MatchWeight(0), |scored| scored.weight);
        Decision { pair, weight, verdict, steward: ACTOR, reason: "", micros: rows.run.now.micros }
    });
    Ok(decisions.collect())
}

/// Writes the rows.
pub(super) fn review(rows: &Rows<'_>, decided: &[Decision<'_>]) -> Result<()> {
    let (run, target) = (rows.run, rows.target);
    let now = run.now.micros;
    let mut tasks: Vec<_> = run.cleansed.found.review.iter().map(|edge| rows::open_task(edge, now)).collect();
    tasks.extend(decided.iter().map(|decision| (ReviewTaskId::about(decision.pair), decision.task(None))));
    tasks.sort_unstable_by_key(|(id, _)| *id);
    let mut written = target.rows(Space::Tasks)?;
    for (id, task) in &tasks {
        written.put(&keys::task(*id), &codec::encode(task))?;
    }
    written.end()?;

    let ends = tasks.iter().flat_map(|(id, task)| [(RecordHandle(task.left), *id), (RecordHandle(task.right), *id)]);
    let mut ends: Vec<(RecordHandle, ReviewTaskId)> = ends.collect();
    ends.sort_unstable();
    let mut written = target.rows(Space::RecordTasks)?;
    for (handle, id) in ends {
        written.put(&keys::record_task(handle, id), &[])?;
    }
    written.end()?;

    let directions = |decision: &Decision<'_>| {
        let (low, high) = (decision.pair.low(), decision.pair.high());
        [((low, high), decision.verdict), ((high, low), decision.verdict)]
    };
    let mut judgements: Vec<_> = decided.iter().flat_map(directions).collect();
    judgements.sort_unstable();
    let mut written = target.rows(Space::Judgements)?;
    for ((from, to), verdict) in judgements {
        let judgement = rows::judgement(verdict, ACTOR, "", &run.cleansed.model, now);
        written.put(&keys::record_record(from, to), &codec::encode(&judgement))?;
    }
    written.end()?;
    log(rows, decided)
}

fn log(rows: &Rows<'_>, decided: &[Decision<'_>]) -> Result<()> {
    let declared = rows.run.declared.values();
    let declared = declared.map(|value| rows::declaration((&value.rule, &value.parts), Some(value.said), ""));
    let decided =
        decided.iter().map(|decision| Event::TaskDecided(ReviewTaskId::about(decision.pair), decision.verdict));
    let events: Vec<Event> = declared.chain(decided).collect();
    let mut written = rows.target.rows(Space::Events)?;
    if !events.is_empty() {
        let entry = rows::events(ACTOR, rows.run.now.micros, &events);
        written.put(&keys::sequence(profiles::next_sequence(rows)), &codec::encode(&entry))?;
    }
    written.end()
}
