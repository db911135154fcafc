//! `merge_profiles` and `split_profile`: a steward says of whole profiles what decisions say of pairs, without a question having come up.
//!
//! Both are decisions about pairs of records, kept as decided review tasks: they bind every later run, and undoing them restores what was.

use std::collections::{BTreeMap, BTreeSet};

use super::command::{check_etag, check_id, fingerprint};
use super::commit::Scope;
use super::review::{check_reason, state_of, verdict_of};
use super::rows::Decision;
use super::{Engine, ProfileView};
use crate::domain::cluster::judgement::Verdict;
use crate::domain::event::Event;
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordKey, RecordPair, ReviewTaskId};
use crate::domain::review::task::{Refusal, TaskState};
use crate::domain::score;
use crate::error::{Error, Result};
use crate::store::stored::{StoredAnswer, StoredJudgement, StoredProfile, StoredTask};
use crate::store::{Durability, Space, keys};

/// Profiles merged at once.
const PROFILES_MAX: usize = 50;

/// Pairs of records that one merge or split decides.
const PAIRS_MAX: usize = 2_500;

/// What a steward wants of a profile or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regroup {
    /// They are one customer.
    Merge(Vec<ProfileId>),
    /// These records of the profile are not of the customer that the others are of.
    Split {
        /// The profile.
        profile: ProfileId,
        /// The etag that the steward knows; empty: whatever it is.
        etag: String,
        /// The records that leave.
        records: Vec<RecordKey>,
    },
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Regrouped {
    /// The profile of all, or those that the one became: of the records that stayed first.
    pub profiles: Vec<ProfileView>,
    /// The decisions, each of which can be undone.
    pub tasks: Vec<ReviewTaskId>,
}

/// Pairs to decide, with the records that are to be together or apart afterwards.
struct Wanted {
    verdict: Verdict,
    pairs: Vec<RecordPair>,
    stay: Vec<RecordHandle>,
    leave: Vec<RecordHandle>,
}

impl Engine {
    /// Merges profiles, or splits one.
    pub fn regroup(&self, request_id: &str, steward: &str, regroup: &Regroup, reason: &str) -> Result<Regrouped> {
        check_id("steward", steward)?;
        check_reason(reason)?;
        let fingerprint =
            fingerprint("regroup", &[steward.as_bytes(), reason.as_bytes(), regroup.content().as_bytes()]);
        let answer = self.command(steward, Durability::Synced, |scope| {
            if let Some(answer) = self.answered(scope, request_id, fingerprint)? {
                return Ok(answer);
            }
            let wanted = match regroup {
                Regroup::Merge(profiles) => self.wanted_together(scope, profiles)?,
                Regroup::Split { profile, etag, records } => self.wanted_apart(scope, *profile, etag, records)?,
            };
            let tasks = self.decide_pairs(scope, steward, &wanted, reason)?;
            self.check_regrouped(scope, &wanted)?;
            let mut profiles = BTreeSet::new();
            let mut ordered = Vec::new();
            for handle in wanted.stay.iter().chain(&wanted.leave) {
                let profile = scope.profile_of(*handle)?.unwrap_or(ProfileId(0));
                if profiles.insert(profile) {
                    ordered.push(profile.0);
                }
            }
            let answer = StoredAnswer {
                fingerprint,
                answer_micros: self.clock.now().micros,
                decisions: tasks.iter().map(|task| task.0).collect(),
                profiles: ordered,
                ..StoredAnswer::default()
            };
            self.remember(scope, request_id, answer.clone());
            Ok(answer)
        })?;
        let profiles = answer.profiles.iter().map(|profile| self.profile(ProfileId(*profile)));
        let tasks = answer.decisions.into_iter().map(ReviewTaskId).collect();
        Ok(Regrouped { profiles: profiles.collect::<Result<_>>()?, tasks })
    }

    /// One record of the first profile is told to be of the customer of every other record: records that hung together by their likeness alone
    /// would come loose from a profile that holds others.
    fn wanted_together(&self, scope: &Scope<'_>, profiles: &[ProfileId]) -> Result<Wanted> {
        let mut merged = BTreeSet::new();
        let (mut stay, mut leave) = (Vec::new(), Vec::new());
        for profile in profiles {
            let (id, stored) = self.live_profile(scope, *profile)?;
            if merged.insert(id) {
                (if merged.len() == 1 { &mut stay } else { &mut leave }).extend(handles(&stored));
            }
        }
        if !(2..=PROFILES_MAX).contains(&merged.len()) {
            return Err(Error::invalid("profiles", format!("must name 2 to {PROFILES_MAX} different profiles")));
        }
        if stay.len() + leave.len() > PAIRS_MAX {
            return Err(Error::invalid("profiles", format!("have more than {PAIRS_MAX} records together")));
        }
        let hub = stay.first().copied().unwrap_or(RecordHandle(0));
        let pairs = stay.iter().chain(&leave).filter_map(|other| RecordPair::new(hub, *other)).collect();
        Ok(Wanted { verdict: Verdict::Positive, pairs, stay, leave })
    }

    /// Every record that leaves is told apart from every one that stays.
    fn wanted_apart(&self, scope: &Scope<'_>, id: ProfileId, etag: &str, records: &[RecordKey]) -> Result<Wanted> {
        let (id, stored) = self.live_profile(scope, id)?;
        check_etag(&format!("profiles/{id}"), etag, stored.revision)?;
        let leaving: BTreeSet<RecordHandle> = records.iter().map(RecordKey::handle).collect();
        let (leave, stay): (Vec<RecordHandle>, Vec<RecordHandle>) =
            handles(&stored).into_iter().partition(|handle| leaving.contains(handle));
        if leave.len() != leaving.len() {
            return Err(Error::invalid("records", "name a record that is not in the profile; read the profile again"));
        }
        if leave.is_empty() || stay.is_empty() {
            return Err(Error::invalid("records", "must name some of the profile's records and leave some"));
        }
        if leave.len() * stay.len() > PAIRS_MAX {
            let message = format!("tells more than {PAIRS_MAX} pairs apart; take fewer records at a time");
            return Err(Error::invalid("records", message));
        }
        let pairs = leave.iter().flat_map(|a| stay.iter().filter_map(|b| RecordPair::new(*a, *b))).collect();
        Ok(Wanted { verdict: Verdict::Negative, pairs, stay, leave })
    }

    /// Decides the pairs, withdraws what was said against them, and clusters anew.
    fn decide_pairs(
        &self,
        scope: &Scope<'_>,
        steward: &str,
        wanted: &Wanted,
        reason: &str,
    ) -> Result<Vec<ReviewTaskId>> {
        let mut touched = BTreeSet::new();
        if wanted.verdict == Verdict::Positive {
            for pair in wanted.stay.iter().flat_map(|a| wanted.leave.iter().filter_map(|b| RecordPair::new(*a, *b))) {
                if self.judged(scope, pair)? == Some(Verdict::Negative) {
                    self.withdraw(scope, pair)?;
                    touched.extend([pair.low(), pair.high()]);
                }
            }
        }
        let now = self.clock.now();
        let mut tasks = Vec::with_capacity(wanted.pairs.len());
        for &pair in &wanted.pairs {
            let id = ReviewTaskId::about(pair);
            let known: Option<StoredTask> = scope.get(Space::Tasks, &keys::task(id))?;
            if let Some(TaskState::Claimed { steward: holder, .. }) = known.as_ref().map(|task| state_of(task).at(now))
                && holder != steward
            {
                let refusal = Refusal::ClaimedByAnother;
                return Err(Error::precondition(refusal.reason(), refusal.message()));
            }
            let (weight, verdict) = (self.weight(scope, pair)?, wanted.verdict);
            let task = Decision { pair, weight, verdict, steward, reason, micros: now.micros }.task(known.as_ref());
            scope.put(Space::Tasks, keys::task(id), &task);
            for handle in [pair.low(), pair.high()] {
                scope.put_bytes(Space::RecordTasks, keys::record_task(handle, id), Vec::new());
            }
            self.put_judgement(scope, pair, Some((wanted.verdict, steward, reason)));
            scope.log(Event::TaskDecided(id, wanted.verdict));
            touched.extend([pair.low(), pair.high()]);
            tasks.push(id);
        }
        self.resolve(scope, &touched, &BTreeMap::new())?;
        Ok(tasks)
    }

    /// Withdraws a judgement together with the decision that made it.
    fn withdraw(&self, scope: &Scope<'_>, pair: RecordPair) -> Result<()> {
        let id = ReviewTaskId::about(pair);
        self.put_judgement(scope, pair, None);
        if scope.get_bytes(Space::Tasks, &keys::task(id))?.is_some() {
            scope.delete(Space::Tasks, keys::task(id));
            for handle in [pair.low(), pair.high()] {
                scope.delete(Space::RecordTasks, keys::record_task(handle, id));
            }
        }
        scope.log(Event::DecisionUndone(id));
        Ok(())
    }

    /// What was wanted has come about; if not, nothing of it is kept.
    fn check_regrouped(&self, scope: &Scope<'_>, wanted: &Wanted) -> Result<()> {
        let profiles = |handles: &[RecordHandle]| -> Result<BTreeSet<Option<ProfileId>>> {
            handles.iter().map(|handle| scope.profile_of(*handle)).collect()
        };
        let (stay, leave) = (profiles(&wanted.stay)?, profiles(&wanted.leave)?);
        let together = stay.len() == 1 && stay == leave;
        if wanted.verdict == Verdict::Positive && !together {
            let message = "other decisions or a limit keep these profiles apart; undo those decisions first";
            return Err(Error::precondition("PROFILES_KEPT_APART", message));
        }
        if wanted.verdict == Verdict::Negative && !stay.is_disjoint(&leave) {
            let message = "other decisions keep these records together; undo those decisions first";
            return Err(Error::precondition("RECORDS_KEPT_TOGETHER", message));
        }
        Ok(())
    }

    fn judged(&self, scope: &Scope<'_>, pair: RecordPair) -> Result<Option<Verdict>> {
        let stored: Option<StoredJudgement> =
            scope.get(Space::Judgements, &keys::record_record(pair.low(), pair.high()))?;
        Ok(stored.and_then(|stored| verdict_of(stored.verdict)))
    }

    fn weight(&self, scope: &Scope<'_>, pair: RecordPair) -> Result<MatchWeight> {
        let (a, b) = (self.hot_indexed(scope, pair.low())?, self.hot_indexed(scope, pair.high())?);
        Ok(score::score(&scope.active.model, scope.active.features(&a), scope.active.features(&b)).weight)
    }
}

impl Regroup {
    /// What the command says, in a text that no release changes.
    fn content(&self) -> String {
        match self {
            Self::Merge(profiles) => profiles.iter().map(|profile| format!("{profile} ")).collect(),
            Self::Split { profile, etag, records } => {
                let records: String = records.iter().map(|key| format!("{:016x} ", key.handle().0)).collect();
                format!("{profile} {etag} {records}")
            }
        }
    }
}

fn handles(stored: &StoredProfile) -> Vec<RecordHandle> {
    stored.records.iter().map(|record| RecordHandle(*record)).collect()
}
