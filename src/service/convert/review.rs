//! Review tasks.

use super::enums::verdict_out;
use super::time::time_out;
use crate::domain::id::{ProfileId, RecordKey};
use crate::domain::review::task::TaskState;
use crate::engine::{TaskView, etag};
use crate::error::{Error, Result};
use crate::service::proto::review_task::State;
use crate::service::{proto, resource_name};

/// A task; `profiles` are those that its two records are in.
pub fn task_out(view: &TaskView, profiles: [Option<ProfileId>; 2]) -> proto::ReviewTask {
    let [left, right] = &view.records;
    let record = |key: &Option<RecordKey>| key.as_ref().map(resource_name::record).unwrap_or_default();
    let profile = |id: Option<ProfileId>| id.map(resource_name::profile).unwrap_or_default();
    let task = proto::ReviewTask {
        name: resource_name::task(view.id),
        state: state_out(&view.state).into(),
        left_record: record(left),
        right_record: record(right),
        left_profile: profile(profiles[0]),
        right_profile: profile(profiles[1]),
        match_weight_bits: view.weight.bits(),
        create_time: Some(time_out(view.create_time)),
        etag: etag(view.revision),
        ..proto::ReviewTask::default()
    };
    match &view.state {
        TaskState::Open => task,
        TaskState::Claimed { steward, lease_until } => {
            proto::ReviewTask { steward: steward.clone(), lease_expire_time: Some(time_out(*lease_until)), ..task }
        }
        TaskState::Applied { steward, verdict, reason, decided_time } => proto::ReviewTask {
            steward: steward.clone(),
            verdict: verdict_out(*verdict).into(),
            reason: reason.clone(),
            decide_time: Some(time_out(*decided_time)),
            ..task
        },
    }
}

fn state_out(state: &TaskState) -> State {
    match state {
        TaskState::Open => State::Open,
        TaskState::Claimed { .. } => State::Claimed,
        TaskState::Applied { .. } => State::Applied,
    }
}

/// A test for the state that a list asks for.
pub fn state_filter_in(field: &str, number: i32) -> Result<impl Fn(&TaskState) -> bool + use<>> {
    let wanted = State::try_from(number).map_err(|_| {
        Error::invalid(field, format!("has the unknown number {number}; take one of ReviewTask.State or leave it out"))
    })?;
    Ok(move |state: &TaskState| wanted == State::Unspecified || state_out(state) == wanted)
}

/// The length of a lease in whole seconds, rounded up; 0 when it is left out.
pub fn lease_seconds_in(field: &str, lease: Option<&prost_types::Duration>) -> Result<i64> {
    let Some(lease) = lease else { return Ok(0) };
    let seconds = lease.seconds.saturating_add(i64::from(lease.nanos > 0));
    if seconds < 1 || lease.nanos < 0 {
        return Err(Error::invalid(field, "must be longer than nothing; leave it out for 15 minutes"));
    }
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Timestamp;

    #[test]
    fn leases_are_whole_seconds() {
        let lease =
            |seconds, nanos| lease_seconds_in("lease_duration", Some(&prost_types::Duration { seconds, nanos }));
        assert_eq!(lease_seconds_in("lease_duration", None).unwrap(), 0);
        assert_eq!(lease(90, 0).unwrap(), 90);
        assert_eq!(lease(0, 1).unwrap(), 1);
        assert_eq!(lease(i64::MAX, 1).unwrap(), i64::MAX);
        assert!(lease(0, 0).is_err());
        assert!(lease(-1, 0).is_err());
        assert!(lease(0, -1).is_err());
    }

    #[test]
    fn a_list_may_ask_for_one_state() {
        let claimed = TaskState::Claimed { steward: "ann".into(), lease_until: Timestamp::default() };
        assert!(state_filter_in("state", State::Unspecified.into()).unwrap()(&claimed));
        assert!(state_filter_in("state", State::Claimed.into()).unwrap()(&claimed));
        assert!(!state_filter_in("state", State::Open.into()).unwrap()(&claimed));
        assert!(state_filter_in("state", 99).is_err());
    }
}
