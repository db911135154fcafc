//! Review commands: claim, release, decide, undo. A decision is a judgement that reclusters at once.

use std::collections::BTreeMap;

use super::command::{check_etag, check_id, fingerprint};
use super::commit::Scope;
use super::read::Page;
use super::{Engine, RecordKey};
use crate::domain::cluster::judgement::Verdict;
use crate::domain::date::Timestamp;
use crate::domain::event::Event;
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair, ReviewTaskId};
use crate::domain::review::task::{Refusal, TaskState};
use crate::error::{Error, Result};
use crate::store::stored::{StoredAnswer, StoredTask};
use crate::store::{Durability, Space, keys};

pub(super) const STATE_OPEN: u32 = 1;
const STATE_CLAIMED: u32 = 2;
pub(super) const STATE_APPLIED: u32 = 3;

/// How long a claim holds when the caller does not say.
pub const LEASE_SECONDS_DEFAULT: i64 = 15 * 60;
/// The longest lease.
pub const LEASE_SECONDS_MAX: i64 = 24 * 60 * 60;
/// Characters of a reason.
const REASON_CHARS_MAX: usize = 2_000;

/// What a steward does with a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Take it.
    Claim {
        /// Length of the lease; 0: the default.
        lease_seconds: i64,
    },
    /// Give it back.
    Release,
    /// Decide it.
    Decide {
        /// One customer, two, or unsure.
        verdict: Verdict,
        /// Why.
        reason: String,
    },
    /// Withdraw the decision.
    Undo,
}

impl ReviewCommand {
    /// What the command says, in a text that no release changes.
    fn content(&self) -> String {
        match self {
            Self::Claim { lease_seconds } => lease_seconds.to_string(),
            Self::Decide { verdict, reason } => format!("{} {reason}", verdict.code()),
            Self::Release | Self::Undo => String::new(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Claim { .. } => "claim",
            Self::Release => "release",
            Self::Decide { .. } => "decide",
            Self::Undo => "undo",
        }
    }
}

/// A task with the two records that it asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskView {
    /// Its id.
    pub id: ReviewTaskId,
    /// The two records; `None` for one that was deleted.
    pub records: [Option<RecordKey>; 2],
    /// What the pair weighs.
    pub weight: MatchWeight,
    /// Where the task stands now.
    pub state: TaskState,
    /// When the question came up.
    pub create_time: Timestamp,
    /// Counts up with every change.
    pub revision: u64,
}

impl Engine {
    /// Lists tasks in the order of their ids; `keep` selects by state.
    pub fn tasks(
        &self,
        keep: &dyn Fn(&TaskState) -> bool,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Page<TaskView>> {
        let scope = self.scope(false)?;
        let mut items = Vec::new();
        let mut position = after.map(<[u8]>::to_vec);
        loop {
            let entries = scope.scan(Space::Tasks, &[], position.as_deref(), limit.max(1))?;
            let exhausted = entries.len() < limit.max(1);
            for (key, value) in entries {
                let Some(id) = keys::first(&key).map(ReviewTaskId) else { continue };
                position = Some(key);
                let view = self.task_view(&scope, id, &crate::store::codec::decode(&value)?)?;
                if keep(&view.state) {
                    items.push(view);
                }
                if items.len() == limit {
                    return Ok(Page { items, next: position });
                }
            }
            if exhausted {
                return Ok(Page { items, next: None });
            }
        }
    }

    /// Reads a task.
    pub fn task(&self, id: ReviewTaskId) -> Result<TaskView> {
        let scope = self.scope(false)?;
        let stored = scope.get::<StoredTask>(Space::Tasks, &keys::task(id))?;
        self.task_view(&scope, id, &stored.ok_or_else(|| not_found(id))?)
    }

    /// Runs a review command; returns the task after it.
    pub fn review(
        &self,
        request_id: &str,
        steward: &str,
        id: ReviewTaskId,
        etag: &str,
        command: &ReviewCommand,
    ) -> Result<TaskView> {
        check_id("steward", steward)?;
        if let ReviewCommand::Decide { reason, .. } = command {
            check_reason(reason)?;
        }
        let fingerprint = fingerprint(
            command.code(),
            &[&id.0.to_be_bytes(), steward.as_bytes(), etag.as_bytes(), command.content().as_bytes()],
        );
        self.command(steward, Durability::Synced, |scope| {
            if let Some(answer) = self.answered(scope, request_id, fingerprint)? {
                return self.task_view(scope, id, &answer.task.unwrap_or_default());
            }
            let stored = scope.get::<StoredTask>(Space::Tasks, &keys::task(id))?.ok_or_else(|| not_found(id))?;
            check_etag(&format!("reviewTasks/{id}"), etag, stored.revision)?;
            let after = self.transition(scope, steward, id, stored, command)?;
            let answer = StoredAnswer {
                fingerprint,
                answer_micros: self.clock.now().micros,
                revision: after.revision,
                task: Some(after.clone()),
                ..StoredAnswer::default()
            };
            self.remember(scope, request_id, answer);
            self.task_view(scope, id, &after)
        })
    }

    fn transition(
        &self,
        scope: &Scope<'_>,
        steward: &str,
        id: ReviewTaskId,
        stored: StoredTask,
        command: &ReviewCommand,
    ) -> Result<StoredTask> {
        let now = self.clock.now();
        let state = state_of(&stored);
        let refused = |refusal: Refusal| Error::precondition(refusal.reason(), refusal.message());
        let (next, event) = match command {
            ReviewCommand::Claim { lease_seconds } => {
                let seconds = if *lease_seconds == 0 { LEASE_SECONDS_DEFAULT } else { *lease_seconds };
                if !(1..=LEASE_SECONDS_MAX).contains(&seconds) {
                    return Err(Error::invalid("lease_duration", format!("must be 1 to {LEASE_SECONDS_MAX} seconds")));
                }
                let lease_until = Timestamp { micros: now.micros + seconds * 1_000_000 };
                (state.claim(steward, now, lease_until).map_err(refused)?, Event::TaskClaimed(id))
            }
            ReviewCommand::Release => (state.release(steward, now).map_err(refused)?, Event::TaskReleased(id)),
            ReviewCommand::Decide { verdict, reason } => {
                let next = state.decide(steward, *verdict, reason, now).map_err(refused)?;
                (next, Event::TaskDecided(id, *verdict))
            }
            ReviewCommand::Undo => (state.undo().map_err(refused)?, Event::DecisionUndone(id)),
        };
        let mut after = with_state(&stored, &next);
        after.revision += 1;
        scope.put(Space::Tasks, keys::task(id), &after);
        scope.log(event);
        let Some(pair) = RecordPair::new(RecordHandle(stored.left), RecordHandle(stored.right)) else {
            return Ok(after);
        };
        match command {
            ReviewCommand::Claim { .. } | ReviewCommand::Release => return Ok(after),
            ReviewCommand::Decide { verdict, reason } => {
                self.put_judgement(scope, pair, Some((*verdict, steward, reason)));
            }
            ReviewCommand::Undo => self.put_judgement(scope, pair, None),
        }
        let touched = [pair.low(), pair.high()].into_iter().collect();
        self.resolve(scope, &touched, &BTreeMap::new())?;
        Ok(scope.get(Space::Tasks, &keys::task(id))?.unwrap_or(after))
    }

    /// Ids of the tasks about a record that are not decided.
    pub(super) fn open_tasks_of(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Vec<ReviewTaskId>> {
        let mut open = Vec::new();
        for (key, _) in scope.scan(Space::RecordTasks, &keys::record(handle), None, usize::MAX)? {
            let Some(id) = keys::second(&key).map(ReviewTaskId) else { continue };
            let task: Option<StoredTask> = scope.get(Space::Tasks, &keys::task(id))?;
            if task.is_some_and(|task| task.state != STATE_APPLIED) {
                open.push(id);
            }
        }
        Ok(open)
    }

    fn task_view(&self, scope: &Scope<'_>, id: ReviewTaskId, stored: &StoredTask) -> Result<TaskView> {
        let key = |handle: u64| -> Result<Option<RecordKey>> {
            Ok(self.hot(scope, RecordHandle(handle))?.map(|record| record.key.clone()))
        };
        Ok(TaskView {
            id,
            records: [key(stored.left)?, key(stored.right)?],
            weight: MatchWeight(stored.weight),
            state: state_of(stored).at(self.clock.now()),
            create_time: Timestamp { micros: stored.create_micros },
            revision: stored.revision,
        })
    }
}

pub(super) fn check_reason(reason: &str) -> Result<()> {
    match reason.chars().count() > REASON_CHARS_MAX {
        true => Err(Error::invalid("reason", format!("is longer than {REASON_CHARS_MAX} characters"))),
        false => Ok(()),
    }
}

fn not_found(id: ReviewTaskId) -> Error {
    Error::not_found(format!("reviewTasks/{id}"))
}

/// The number of a verdict on disk.
pub(super) fn stored_verdict(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Positive => 1,
        Verdict::Negative => 2,
        Verdict::Unsure => 3,
    }
}

/// Reads the number back.
pub(super) fn verdict_of(stored: u32) -> Option<Verdict> {
    [Verdict::Positive, Verdict::Negative, Verdict::Unsure]
        .into_iter()
        .find(|verdict| stored_verdict(*verdict) == stored)
}

pub(super) fn state_of(task: &StoredTask) -> TaskState {
    match (task.state, verdict_of(task.verdict)) {
        (STATE_CLAIMED, _) => {
            TaskState::Claimed { steward: task.steward.clone(), lease_until: Timestamp { micros: task.lease_micros } }
        }
        (STATE_APPLIED, Some(verdict)) => TaskState::Applied {
            steward: task.steward.clone(),
            verdict,
            reason: task.reason.clone(),
            decided_time: Timestamp { micros: task.decided_micros },
        },
        _ => TaskState::Open,
    }
}

fn with_state(task: &StoredTask, state: &TaskState) -> StoredTask {
    let blank = StoredTask {
        state: STATE_OPEN,
        steward: String::new(),
        lease_micros: 0,
        verdict: 0,
        reason: String::new(),
        decided_micros: 0,
        ..task.clone()
    };
    match state {
        TaskState::Open => blank,
        TaskState::Claimed { steward, lease_until } => {
            StoredTask { state: STATE_CLAIMED, steward: steward.clone(), lease_micros: lease_until.micros, ..blank }
        }
        TaskState::Applied { steward, verdict, reason, decided_time } => StoredTask {
            state: STATE_APPLIED,
            steward: steward.clone(),
            verdict: stored_verdict(*verdict),
            reason: reason.clone(),
            decided_micros: decided_time.micros,
            ..blank
        },
    }
}
