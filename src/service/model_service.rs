//! `ModelService`: match models, what another one would change, and the switch.

use std::sync::Arc;

use tokio::sync::watch;
use tonic::{Request, async_trait};

use super::page_token::{self, List};
use super::proto::model_service_server::ModelService;
use super::shell::{Answer, Shell};
use super::{convert, proto};
use crate::engine::{Engine, ModelView};
use crate::error::{Error, Result};

/// Nobody is named until callers authenticate themselves.
const ACTOR: &str = "";

#[async_trait]
impl ModelService for Shell {
    async fn list_match_models(
        &self,
        request: Request<proto::ListMatchModelsRequest>,
    ) -> Answer<proto::ListMatchModelsResponse> {
        self.read(request, |engine, _| {
            let match_models = engine.models()?.iter().map(convert::model_summary_out).collect();
            Ok(proto::ListMatchModelsResponse { match_models })
        })
        .await
    }

    async fn get_match_model(&self, request: Request<proto::GetMatchModelRequest>) -> Answer<proto::MatchModel> {
        self.read(request, |engine, request| out(engine.match_model(parse_name(&request.name)?))).await
    }

    async fn create_match_model(&self, request: Request<proto::CreateMatchModelRequest>) -> Answer<proto::MatchModel> {
        self.write(request, |engine, request| {
            let model = request.match_model.ok_or_else(|| Error::invalid("match_model", "is missing"))?;
            let frequencies = Some(model.frequencies_tsv.as_str()).filter(|text| !text.is_empty());
            out(engine.create_model(ACTOR, &model.model_toml, frequencies))
        })
        .await
    }

    async fn activate_match_model(
        &self,
        request: Request<proto::ActivateMatchModelRequest>,
    ) -> Answer<proto::MatchModel> {
        let answer = self
            .write(request, |engine, request| {
                out(engine.activate_model(ACTOR, parse_name(&request.name)?, request.dry_run))
            })
            .await?;
        evaluate(self.engine(), self.stopping());
        Ok(answer)
    }

    async fn list_generic_values(
        &self,
        request: Request<proto::ListGenericValuesRequest>,
    ) -> Answer<proto::ListGenericValuesResponse> {
        self.read(request, generic_values).await
    }

    async fn override_generic_value(
        &self,
        request: Request<proto::OverrideGenericValueRequest>,
    ) -> Answer<proto::GenericValue> {
        self.write(request, override_generic_value).await
    }
}

/// Works on an evaluation, if there is one, until it is done or the server stops: it goes on when the server starts again. Two at work
/// do no harm: each step is a command.
pub fn evaluate(engine: Arc<Engine>, stopping: watch::Receiver<bool>) {
    tokio::task::spawn_blocking(move || {
        while !*stopping.borrow() {
            match engine.evaluate_step() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::error!(%error, "the evaluation of a match model stopped");
                    return;
                }
            }
        }
    });
}

fn out(found: Result<ModelView>) -> Result<proto::MatchModel> {
    found.map(|view| convert::model_out(&view))
}

fn parse_name(name: &str) -> Result<&str> {
    let model = name.strip_prefix("matchModels/").filter(|model| !model.is_empty());
    model.ok_or_else(|| Error::invalid("name", "must look like matchModels/{name}@{version}"))
}

fn generic_values(
    engine: &Engine,
    request: proto::ListGenericValuesRequest,
) -> Result<proto::ListGenericValuesResponse> {
    let filter = if request.overridden_only { "overridden" } else { "" };
    let list = List { name: "genericValues", filter };
    let page = list.page(request.page_size, &request.page_token)?;
    let found = match request.overridden_only {
        true => engine.overridden_values(page.after.as_deref(), page.limit)?,
        false => engine.generic_values(page.after.as_deref(), page.limit)?,
    };
    let items = found.items.into_iter().map(|(key, value)| (key, convert::generic_value_out(value)));
    let (generic_values, next) = page_token::cut(items.collect(), found.next);
    Ok(proto::ListGenericValuesResponse { generic_values, next_page_token: list.token(next.as_deref()) })
}

fn override_generic_value(engine: &Engine, request: proto::OverrideGenericValueRequest) -> Result<proto::GenericValue> {
    let value = request.generic_value.ok_or_else(|| Error::invalid("generic_value", "is missing"))?;
    let said = convert::generic_override_in("generic_value.override", value.r#override)?;
    let named = (value.rule.as_str(), &value.parts[..]);
    let answer = engine.override_generic_value(&request.request_id, ACTOR, named, said, &request.reason)?;
    Ok(convert::generic_value_out(answer))
}
