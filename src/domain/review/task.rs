//! The life of a review task: open, claimed under a lease, decided, undone. Pure transitions; the clock is an argument.

use crate::domain::cluster::judgement::Verdict;
use crate::domain::date::Timestamp;

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Waits for a steward.
    Open,
    /// A steward works on it until the lease ends.
    Claimed {
        /// Who.
        steward: String,
        /// When the claim lapses by itself.
        lease_until: Timestamp,
    },
    /// A verdict is in force.
    Applied {
        /// Who decided.
        steward: String,
        /// What was decided.
        verdict: Verdict,
        /// Why.
        reason: String,
        /// When.
        decided_time: Timestamp,
    },
}

/// Why a transition is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else holds the task.
    ClaimedByAnother,
    /// The caller does not hold the task: claim it first.
    NotClaimed,
    /// A verdict is already in force.
    AlreadyDecided,
    /// There is no verdict to undo.
    NotDecided,
}

impl Refusal {
    /// A stable reason for clients.
    pub fn reason(self) -> &'static str {
        match self {
            Self::ClaimedByAnother => "REVIEW_TASK_CLAIMED_BY_ANOTHER",
            Self::NotClaimed => "REVIEW_TASK_NOT_CLAIMED",
            Self::AlreadyDecided => "REVIEW_TASK_ALREADY_DECIDED",
            Self::NotDecided => "REVIEW_TASK_NOT_DECIDED",
        }
    }

    /// What is wrong and what to do.
    pub fn message(self) -> &'static str {
        match self {
            Self::ClaimedByAnother => {
                "another steward has claimed the task; wait for its release or the end of its lease"
            }
            Self::NotClaimed => "the task is not claimed by this steward; claim it first",
            Self::AlreadyDecided => "the task is decided; undo the decision first",
            Self::NotDecided => "the task has no decision to undo",
        }
    }
}

impl TaskState {
    /// The state at `now`: a lapsed claim is open again.
    pub fn at(&self, now: Timestamp) -> Self {
        match self {
            Self::Claimed { lease_until, .. } if *lease_until <= now => Self::Open,
            state => state.clone(),
        }
    }

    /// A steward takes the task, or takes a longer lease of his own one.
    pub fn claim(&self, steward: &str, now: Timestamp, lease_until: Timestamp) -> Result<Self, Refusal> {
        match self.at(now) {
            Self::Claimed { steward: holder, .. } if holder != steward => Err(Refusal::ClaimedByAnother),
            Self::Open | Self::Claimed { .. } => Ok(Self::Claimed { steward: steward.to_owned(), lease_until }),
            Self::Applied { .. } => Err(Refusal::AlreadyDecided),
        }
    }

    /// The holder gives the task back.
    pub fn release(&self, steward: &str, now: Timestamp) -> Result<Self, Refusal> {
        self.held_by(steward, now).map(|()| Self::Open)
    }

    /// The holder decides.
    pub fn decide(&self, steward: &str, verdict: Verdict, reason: &str, now: Timestamp) -> Result<Self, Refusal> {
        self.held_by(steward, now)?;
        Ok(Self::Applied { steward: steward.to_owned(), verdict, reason: reason.to_owned(), decided_time: now })
    }

    /// The verdict is withdrawn; the question is open again.
    pub fn undo(&self) -> Result<Self, Refusal> {
        match self {
            Self::Applied { .. } => Ok(Self::Open),
            Self::Open | Self::Claimed { .. } => Err(Refusal::NotDecided),
        }
    }

    fn held_by(&self, steward: &str, now: Timestamp) -> Result<(), Refusal> {
        match self.at(now) {
            Self::Claimed { steward: holder, .. } if holder == steward => Ok(()),
            Self::Claimed { .. } => Err(Refusal::ClaimedByAnother),
            Self::Open => Err(Refusal::NotClaimed),
            Self::Applied { .. } => Err(Refusal::AlreadyDecided),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp { micros }
    }

    #[test]
    fn a_claim_keeps_others_out_until_its_lease_ends() {
        let claimed = TaskState::Open.claim("ann", at(0), at(10)).unwrap();
        assert_eq!(claimed.claim("bob", at(9), at(20)), Err(Refusal::ClaimedByAnother));
        assert!(claimed.claim("bob", at(10), at(20)).is_ok());
        assert_eq!(claimed.decide("ann", Verdict::Positive, "", at(10)), Err(Refusal::NotClaimed));
        assert_eq!(claimed.release("bob", at(5)), Err(Refusal::ClaimedByAnother));
        assert_eq!(claimed.release("ann", at(5)), Ok(TaskState::Open));
    }

    #[test]
    fn a_decision_stands_until_it_is_undone() {
        let claimed = TaskState::Open.claim("ann", at(0), at(10)).unwrap();
        let decided = claimed.decide("ann", Verdict::Negative, "twins", at(5)).unwrap();
        assert_eq!(decided.claim("bob", at(6), at(20)), Err(Refusal::AlreadyDecided));
        assert_eq!(decided.undo(), Ok(TaskState::Open));
        assert_eq!(TaskState::Open.undo(), Err(Refusal::NotDecided));
    }
}
