//! `ProfileService`: golden profiles, why two records are or are not one customer, how a profile came together.

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, async_trait};

use super::admission::Admission;
use super::page_token::{self, List};
use super::proto::profile_service_server::ProfileService;
use super::record_service::candidates_max;
use super::shell::{Answer, Shell};
use super::{convert, profile_watch, proto, resource_name, status};
use crate::engine::{Engine, PinCommand, Regroup, Regrouped};
use crate::error::{Error, Result};
use crate::store::keys;

/// Nobody is named until callers authenticate themselves.
const ACTOR: &str = "";
/// Where numbers of a query are from that do not say it.
const COUNTRY: &str = "CN";
const PROFILES: List<'static> = List { name: "profiles", filter: "" };

#[async_trait]
impl ProfileService for Shell {
    type WatchProfilesStream = ReceiverStream<std::result::Result<proto::WatchProfilesResponse, Status>>;

    async fn watch_profiles(&self, request: Request<proto::WatchProfilesRequest>) -> Answer<Self::WatchProfilesStream> {
        let (_, mut extensions, message) = request.into_parts();
        let admission = extensions.remove::<Admission>();
        let engine = self.engine();
        let position = profile_watch::start(&engine, &message).map_err(|error| status::of_error(&error))?;
        let (answers, stream) = mpsc::channel(profile_watch::WAITING_MAX);
        tokio::spawn(profile_watch::run(engine, position, answers, self.stopping(), admission));
        Ok(Response::new(ReceiverStream::new(stream)))
    }

    async fn get_profile(&self, request: Request<proto::GetProfileRequest>) -> Answer<proto::Profile> {
        self.read(request, get).await
    }

    async fn list_profiles(&self, request: Request<proto::ListProfilesRequest>) -> Answer<proto::ListProfilesResponse> {
        self.read(request, list).await
    }

    async fn search_profiles(
        &self,
        request: Request<proto::SearchProfilesRequest>,
    ) -> Answer<proto::SearchProfilesResponse> {
        self.read(request, search).await
    }

    async fn pin_attribute(&self, request: Request<proto::PinAttributeRequest>) -> Answer<proto::Profile> {
        self.write(request, pin).await
    }

    async fn unpin_attribute(&self, request: Request<proto::UnpinAttributeRequest>) -> Answer<proto::Profile> {
        self.write(request, unpin).await
    }

    async fn merge_profiles(
        &self,
        request: Request<proto::MergeProfilesRequest>,
    ) -> Answer<proto::MergeProfilesResponse> {
        self.write(request, merge).await
    }

    async fn split_profile(&self, request: Request<proto::SplitProfileRequest>) -> Answer<proto::SplitProfileResponse> {
        self.write(request, split).await
    }

    async fn explain_match(&self, request: Request<proto::ExplainMatchRequest>) -> Answer<proto::ExplainMatchResponse> {
        self.read(request, explain).await
    }

    async fn explain_profile(
        &self,
        request: Request<proto::ExplainProfileRequest>,
    ) -> Answer<proto::ExplainProfileResponse> {
        self.read(request, explain_profile).await
    }
}

fn get(engine: &Engine, request: proto::GetProfileRequest) -> Result<proto::Profile> {
    let id = resource_name::parse_profile("name", &request.name)?;
    Ok(convert::profile_out(&engine.profile(id)?))
}

fn search(engine: &Engine, request: proto::SearchProfilesRequest) -> Result<proto::SearchProfilesResponse> {
    let limit = candidates_max("page_size", request.page_size)?;
    let country = if request.country.is_empty() { COUNTRY.to_owned() } else { request.country.to_ascii_uppercase() };
    if !convert::is_country(&country) {
        return Err(Error::invalid("country", "must be an ISO 3166-1 alpha-2 code such as CN, or empty"));
    }
    let found = engine.search_profiles(&request.query, Some(&country), limit)?;
    let candidates = found.result.candidates.iter();
    Ok(proto::SearchProfilesResponse {
        profiles: found.profiles.iter().map(convert::profile_out).collect(),
        candidates: candidates.map(|c| convert::candidate_out(&c.record, c.profile, c.weight, c.cannot_link)).collect(),
        record: Some(convert::record_out(&found.result.prepared, &found.query, &proto::Record::default())),
        incomplete: found.result.incomplete,
    })
}

fn list(engine: &Engine, request: proto::ListProfilesRequest) -> Result<proto::ListProfilesResponse> {
    let page = PROFILES.page(request.page_size, &request.page_token)?;
    let found = engine.profiles(page.after.as_deref(), page.limit)?;
    let items = found.items.iter().map(|view| (keys::profile(view.id), convert::profile_out(view)));
    let (profiles, next) = page_token::cut(items.collect(), found.next);
    Ok(proto::ListProfilesResponse { profiles, next_page_token: PROFILES.token(next.as_deref()) })
}

fn pin(engine: &Engine, request: proto::PinAttributeRequest) -> Result<proto::Profile> {
    let profile = resource_name::parse_profile("name", &request.name)?;
    let slot = (convert::kind_in("", request.kind)?, request.qualifier);
    let (request_id, etag, normal) = (request.request_id, request.etag, Some(request.value));
    Ok(convert::profile_out(&engine.pin(ACTOR, &PinCommand { request_id, profile, etag, slot, normal })?))
}

fn unpin(engine: &Engine, request: proto::UnpinAttributeRequest) -> Result<proto::Profile> {
    let profile = resource_name::parse_profile("name", &request.name)?;
    let slot = (convert::kind_in("", request.kind)?, request.qualifier);
    let (request_id, etag, normal) = (request.request_id, request.etag, None);
    Ok(convert::profile_out(&engine.pin(ACTOR, &PinCommand { request_id, profile, etag, slot, normal })?))
}

fn merge(engine: &Engine, request: proto::MergeProfilesRequest) -> Result<proto::MergeProfilesResponse> {
    let profiles = request.profiles.iter().map(|name| resource_name::parse_profile("profiles", name));
    let merge = Regroup::Merge(profiles.collect::<Result<_>>()?);
    let Regrouped { profiles, tasks } =
        engine.regroup(&request.request_id, &request.steward, &merge, &request.reason)?;
    Ok(proto::MergeProfilesResponse {
        profile: profiles.first().map(convert::profile_out),
        review_tasks: tasks.into_iter().map(resource_name::task).collect(),
    })
}

fn split(engine: &Engine, request: proto::SplitProfileRequest) -> Result<proto::SplitProfileResponse> {
    let records = request.records.iter().map(|name| resource_name::parse_record("records", name));
    let split = Regroup::Split {
        profile: resource_name::parse_profile("name", &request.name)?,
        etag: request.etag,
        records: records.collect::<Result<_>>()?,
    };
    let Regrouped { profiles, tasks } =
        engine.regroup(&request.request_id, &request.steward, &split, &request.reason)?;
    Ok(proto::SplitProfileResponse {
        profiles: profiles.iter().map(convert::profile_out).collect(),
        review_tasks: tasks.into_iter().map(resource_name::task).collect(),
    })
}

fn explain(engine: &Engine, request: proto::ExplainMatchRequest) -> Result<proto::ExplainMatchResponse> {
    let left = resource_name::parse_record("left_record", &request.left_record)?;
    let right = resource_name::parse_record("right_record", &request.right_record)?;
    Ok(convert::explanation_out(&engine.model(), &engine.explain_match(&left, &right)?))
}

fn explain_profile(engine: &Engine, request: proto::ExplainProfileRequest) -> Result<proto::ExplainProfileResponse> {
    let id = resource_name::parse_profile("name", &request.name)?;
    Ok(convert::assembly_out(&engine.model(), &engine.explain_profile(id)?))
}
