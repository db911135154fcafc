//! `ReviewService`: possible matches that a person decides.

use tonic::{Request, async_trait};

use super::page_token::{self, List};
use super::proto::review_service_server::ReviewService;
use super::shell::{Answer, Shell};
use super::{convert, proto, resource_name};
use crate::domain::id::{ProfileId, RecordKey};
use crate::engine::{Engine, ReviewCommand, TaskView};
use crate::error::{ErrorKind, Result};
use crate::store::keys;

#[async_trait]
impl ReviewService for Shell {
    async fn list_review_tasks(
        &self,
        request: Request<proto::ListReviewTasksRequest>,
    ) -> Answer<proto::ListReviewTasksResponse> {
        self.read(request, list).await
    }

    async fn get_review_task(&self, request: Request<proto::GetReviewTaskRequest>) -> Answer<proto::ReviewTask> {
        self.read(request, get).await
    }

    async fn claim_review_task(&self, request: Request<proto::ClaimReviewTaskRequest>) -> Answer<proto::ReviewTask> {
        self.write(request, claim).await
    }

    async fn release_review_task(
        &self,
        request: Request<proto::ReleaseReviewTaskRequest>,
    ) -> Answer<proto::ReviewTask> {
        self.write(request, release).await
    }

    async fn decide_review_task(&self, request: Request<proto::DecideReviewTaskRequest>) -> Answer<proto::ReviewTask> {
        self.write(request, decide).await
    }

    async fn undo_decision(&self, request: Request<proto::UndoDecisionRequest>) -> Answer<proto::ReviewTask> {
        self.write(request, undo).await
    }
}

fn list(engine: &Engine, request: proto::ListReviewTasksRequest) -> Result<proto::ListReviewTasksResponse> {
    let filter = request.state.to_string();
    let list = List { name: "reviewTasks", filter: &filter };
    let keep = convert::state_filter_in("state", request.state)?;
    let page = list.page(request.page_size, &request.page_token)?;
    let found = engine.tasks(&keep, page.after.as_deref(), page.limit)?;
    let items = found.items.iter().map(|view| Ok((keys::task(view.id), task_out(engine, view)?)));
    let (review_tasks, next) = page_token::cut(items.collect::<Result<_>>()?, found.next);
    Ok(proto::ListReviewTasksResponse { review_tasks, next_page_token: list.token(next.as_deref()) })
}

fn get(engine: &Engine, request: proto::GetReviewTaskRequest) -> Result<proto::ReviewTask> {
    let id = resource_name::parse_task("name", &request.name)?;
    task_out(engine, &engine.task(id)?)
}

fn claim(engine: &Engine, request: proto::ClaimReviewTaskRequest) -> Result<proto::ReviewTask> {
    let lease_seconds = convert::lease_seconds_in("lease_duration", request.lease_duration.as_ref())?;
    let command = ReviewCommand::Claim { lease_seconds };
    review(engine, &request.name, &request.steward, &request.request_id, &request.etag, &command)
}

fn release(engine: &Engine, request: proto::ReleaseReviewTaskRequest) -> Result<proto::ReviewTask> {
    let command = ReviewCommand::Release;
    review(engine, &request.name, &request.steward, &request.request_id, &request.etag, &command)
}

fn decide(engine: &Engine, request: proto::DecideReviewTaskRequest) -> Result<proto::ReviewTask> {
    let verdict = convert::verdict_in("verdict", request.verdict)?;
    let command = ReviewCommand::Decide { verdict, reason: request.reason };
    review(engine, &request.name, &request.steward, &request.request_id, &request.etag, &command)
}

fn undo(engine: &Engine, request: proto::UndoDecisionRequest) -> Result<proto::ReviewTask> {
    let command = ReviewCommand::Undo;
    review(engine, &request.name, &request.steward, &request.request_id, &request.etag, &command)
}

fn review(
    engine: &Engine,
    name: &str,
    steward: &str,
    request_id: &str,
    etag: &str,
    command: &ReviewCommand,
) -> Result<proto::ReviewTask> {
    let id = resource_name::parse_task("name", name)?;
    task_out(engine, &engine.review(request_id, steward, id, etag, command)?)
}

fn task_out(engine: &Engine, view: &TaskView) -> Result<proto::ReviewTask> {
    let [left, right] = &view.records;
    Ok(convert::task_out(view, [profile_of(engine, left.as_ref())?, profile_of(engine, right.as_ref())?]))
}

/// The profile of a record that may be gone, even since the task was read.
fn profile_of(engine: &Engine, key: Option<&RecordKey>) -> Result<Option<ProfileId>> {
    let Some(key) = key else { return Ok(None) };
    match engine.record(key) {
        Ok(view) => Ok(view.profile),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
