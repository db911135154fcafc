//! Clerical review over gRPC: claim, decide, undo; two stewards; leases.

use guiyi::domain::record::AttributeKind::{Address, PersonName};
use guiyi::service::proto::explain_match_response::Decision;
use guiyi::service::proto::resolution::Outcome;
use guiyi::service::proto::review_task::State;
use guiyi::service::proto::{
    ClaimReviewTaskRequest, DecideReviewTaskRequest, ExplainMatchRequest, GetProfileRequest, GetReviewTaskRequest,
    ListReviewTasksRequest, MergeProfilesRequest, Record, ReleaseReviewTaskRequest, ReviewTask, SplitProfileRequest,
    UndoDecisionRequest, Verdict,
};
use tonic::{Code, Status};

use super::server::{TestServer, assert_invalid, assert_refused, record};

const LEFT: &str = "sources/crm/records/left";
const RIGHT: &str = "sources/shop/records/right";

/// Names, from common to rare: two records with one of them in one city may be one person, and may be two.
const NAMES: &[&str] = &["张伟", "李娜", "陈静", "王琳", "赵琴", "陶雯", "刘佳宁", "赵雅琴", "欧阳思远"];

struct Case {
    server: TestServer,
    /// The profiles of the two records.
    profiles: [String; 2],
    task: String,
}

fn pair(name: &str) -> [Record; 2] {
    let values = [(PersonName, name), (Address, "杭州市")];
    [record("crm", "left", &values), record("shop", "right", &values)]
}

impl Case {
    /// Two records that a person should look at.
    async fn start() -> Self {
        let mut weights = Vec::new();
        for name in NAMES {
            let server = TestServer::start().await;
            let [left, right] = pair(name);
            let left = server.upsert(left).await.resolution.unwrap();
            let right = server.upsert(right).await.resolution.unwrap();
            let request = ExplainMatchRequest { left_record: LEFT.into(), right_record: RIGHT.into() };
            let explained = server.profiles().explain_match(request).await.unwrap().into_inner();
            if explained.decision() != Decision::PossibleMatch {
                weights.push((*name, explained.match_weight_bits, explained.blocking_rules));
                continue;
            }
            assert_eq!(right.outcome(), Outcome::PossibleMatch, "{explained:?}");
            assert_eq!(right.candidates[0].record, LEFT);
            return Self { server, profiles: [left.profile, right.profile], task: right.review_task };
        }
        panic!(
            "the model's weights have changed: no pair lies between its thresholds any more; find new ones: {weights:?}"
        );
    }

    async fn claim(&self, steward: &str) -> Result<ReviewTask, Status> {
        let request = ClaimReviewTaskRequest { name: self.task.clone(), steward: steward.into(), ..Default::default() };
        self.server.reviews().claim_review_task(request).await.map(tonic::Response::into_inner)
    }

    async fn decide(&self, steward: &str, verdict: Verdict) -> Result<ReviewTask, Status> {
        let request = DecideReviewTaskRequest {
            name: self.task.clone(),
            steward: steward.into(),
            verdict: verdict.into(),
            reason: "asked the customer".into(),
            ..Default::default()
        };
        self.server.reviews().decide_review_task(request).await.map(tonic::Response::into_inner)
    }

    async fn task(&self) -> ReviewTask {
        let request = GetReviewTaskRequest { name: self.task.clone() };
        self.server.reviews().get_review_task(request).await.unwrap().into_inner()
    }

    /// The profiles of the two records now.
    async fn profiles_now(&self) -> [String; 2] {
        let task = self.task().await;
        let profiles = [(task.left_record, task.left_profile), (task.right_record, task.right_profile)];
        [LEFT, RIGHT].map(|record| profiles.iter().find(|(name, _)| name == record).unwrap().1.clone())
    }
}

#[tokio::test]
async fn a_possible_match_is_claimed_decided_and_undone() {
    let case = Case::start().await;
    assert_ne!(case.profiles[0], case.profiles[1]);
    assert_eq!(case.task().await.state(), State::Open);
    assert_refused(case.decide("ann", Verdict::Positive).await, Code::FailedPrecondition, "REVIEW_TASK_NOT_CLAIMED");
    let claimed = case.claim("ann").await.unwrap();
    assert_eq!((claimed.state(), claimed.steward.as_str()), (State::Claimed, "ann"));
    assert_refused(case.claim("bob").await, Code::FailedPrecondition, "REVIEW_TASK_CLAIMED_BY_ANOTHER");
    let unspecified = case.decide("ann", Verdict::Unspecified).await;
    assert_invalid(unspecified, "verdict");

    let decided = case.decide("ann", Verdict::Positive).await.unwrap();
    assert_eq!((decided.state(), decided.verdict()), (State::Applied, Verdict::Positive));
    let [left, right] = case.profiles_now().await;
    assert_eq!(left, right, "a positive judgement merges at once");
    let absorbed = case.profiles.iter().find(|profile| **profile != left).unwrap();
    let request = GetProfileRequest { name: absorbed.clone() };
    let profile = case.server.profiles().get_profile(request).await.unwrap().into_inner();
    assert_eq!((profile.name.as_str(), profile.records.len()), (left.as_str(), 2), "an absorbed id leads on");
    assert_refused(case.claim("bob").await, Code::FailedPrecondition, "REVIEW_TASK_ALREADY_DECIDED");

    let undo = UndoDecisionRequest { name: case.task.clone(), steward: "ann".into(), ..Default::default() };
    let undone = case.server.reviews().undo_decision(undo.clone()).await.unwrap().into_inner();
    assert_eq!(undone.state(), State::Open);
    assert_eq!(case.profiles_now().await, case.profiles, "an undone merge gives the first ids back");
    let again = case.server.reviews().undo_decision(undo).await;
    assert_refused(again, Code::FailedPrecondition, "REVIEW_TASK_NOT_DECIDED");
}

#[tokio::test]
async fn a_negative_judgement_outlives_an_update() {
    let case = Case::start().await;
    case.claim("ann").await.unwrap();
    case.decide("ann", Verdict::Negative).await.unwrap();
    // Now the two agree on a telephone number as well, which by weight alone would merge them.
    let phone = super::server::attribute(guiyi::domain::record::AttributeKind::Phone, "13910012345");
    let mut outcome = None;
    for key in [("crm", "left"), ("shop", "right")] {
        let stored = case.server.engine.record(&guiyi::domain::id::RecordKey::new(key.0, key.1)).unwrap();
        let mut changed = guiyi::service::record_request(&stored.loaded.raw());
        changed.attributes.push(phone.clone());
        outcome = case.server.upsert(changed).await.resolution;
    }
    assert_eq!(outcome.unwrap().outcome(), Outcome::NewProfile, "the record stays alone, and nobody is asked again");
    let [left, right] = case.profiles_now().await;
    assert_ne!(left, right, "a person said that they are two");
    let request = ExplainMatchRequest { left_record: LEFT.into(), right_record: RIGHT.into() };
    let explained = case.server.profiles().explain_match(request).await.unwrap().into_inner();
    assert!(
        explained.match_weight_bits > explained.link_threshold_bits,
        "the telephone makes the pair heavy: {explained:?}"
    );
    assert_eq!((explained.decision(), explained.judgement.as_str()), (Decision::NoMatch, "NEGATIVE"));
}

#[tokio::test]
async fn a_lapsed_lease_frees_the_task() {
    let case = Case::start().await;
    let lease_duration = Some(prost_types::Duration { seconds: 60, nanos: 0 });
    let request =
        ClaimReviewTaskRequest { name: case.task.clone(), steward: "ann".into(), lease_duration, ..Default::default() };
    case.server.reviews().claim_review_task(request.clone()).await.unwrap();
    case.server.clock.advance_seconds(59);
    assert_refused(case.claim("bob").await, Code::FailedPrecondition, "REVIEW_TASK_CLAIMED_BY_ANOTHER");
    case.server.clock.advance_seconds(1);
    assert_eq!(case.task().await.state(), State::Open);
    assert_refused(case.decide("ann", Verdict::Unsure).await, Code::FailedPrecondition, "REVIEW_TASK_NOT_CLAIMED");
    assert_eq!(case.claim("bob").await.unwrap().steward, "bob");
    let too_long = prost_types::Duration { seconds: 86_401, nanos: 0 };
    let request = ClaimReviewTaskRequest { steward: "bob".into(), lease_duration: Some(too_long), ..request };
    assert_invalid(case.server.reviews().claim_review_task(request).await, "lease_duration");
}

#[tokio::test]
async fn tasks_are_listed_by_state_and_released() {
    let case = Case::start().await;
    let names = async |state: State| {
        let request = ListReviewTasksRequest { state: state.into(), ..Default::default() };
        let tasks = case.server.reviews().list_review_tasks(request).await.unwrap().into_inner().review_tasks;
        tasks.into_iter().map(|task| task.name).collect::<Vec<_>>()
    };
    assert_eq!(names(State::Unspecified).await, [case.task.as_str()]);
    assert_eq!(names(State::Open).await, [case.task.as_str()]);
    let claimed = case.claim("ann").await.unwrap();
    assert!(names(State::Open).await.is_empty());
    let release = ReleaseReviewTaskRequest {
        name: case.task.clone(),
        steward: "ann".into(),
        request_id: "rel".into(),
        etag: "\"77\"".into(),
    };
    assert_refused(case.server.reviews().release_review_task(release.clone()).await, Code::Aborted, "ETAG_MISMATCH");
    let release = ReleaseReviewTaskRequest { etag: claimed.etag, ..release };
    let released = case.server.reviews().release_review_task(release.clone()).await.unwrap().into_inner();
    let repeated = case.server.reviews().release_review_task(release).await.unwrap().into_inner();
    assert_eq!((released.state(), &released), (State::Open, &repeated));
    assert_eq!(names(State::Open).await, [case.task.as_str()]);
    let missing = GetReviewTaskRequest { name: "reviewTasks/none".into() };
    assert_refused(case.server.reviews().get_review_task(missing).await, Code::NotFound, "NOT_FOUND");
}

#[tokio::test]
async fn whole_profiles_are_merged_and_split_by_a_persons_word() {
    let case = Case::start().await;
    case.claim("ben").await.unwrap();
    let merge = |steward: &str, request_id: &str| MergeProfilesRequest {
        profiles: case.profiles.to_vec(),
        steward: steward.to_owned(),
        reason: "both came in".to_owned(),
        request_id: request_id.to_owned(),
    };
    let mut profiles = case.server.profiles();
    let refused = profiles.merge_profiles(merge("ann", "")).await;
    assert_refused(refused, Code::FailedPrecondition, "REVIEW_TASK_CLAIMED_BY_ANOTHER");
    assert_invalid(profiles.merge_profiles(merge("", "")).await, "steward");
    let merged = profiles.merge_profiles(merge("ben", "m")).await.unwrap().into_inner();
    assert_eq!(merged.review_tasks, [case.task.as_str()], "the open question is answered");
    let profile = merged.profile.clone().unwrap();
    assert_eq!(profile.records, [LEFT, RIGHT]);
    assert_eq!(profiles.merge_profiles(merge("ben", "m")).await.unwrap().into_inner(), merged);

    let split = |etag: &str, record: &str| SplitProfileRequest {
        name: profile.name.clone(),
        records: vec![record.to_owned()],
        steward: "ben".to_owned(),
        etag: etag.to_owned(),
        ..Default::default()
    };
    assert_refused(profiles.split_profile(split("\"0\"", RIGHT)).await, Code::Aborted, "ETAG_MISMATCH");
    assert_invalid(profiles.split_profile(split("", "sources/crm/records/none")).await, "records");
    let parted = profiles.split_profile(split(&profile.etag, RIGHT)).await.unwrap().into_inner();
    assert_eq!(parted.profiles.iter().map(|profile| profile.records.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(parted.profiles[0].records, [LEFT]);
    let undo = UndoDecisionRequest { name: case.task.clone(), steward: "ben".into(), ..Default::default() };
    let undone = case.server.reviews().undo_decision(undo).await.unwrap().into_inner();
    assert_eq!(undone.state(), State::Open, "it is a question again");
}
