//! `RecordService`: records as sources deliver them. An answer to a write leaves once the write is on disk.

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming, async_trait};

use super::admission::Admission;
use super::page_token::{self, List};
use super::proto::record_service_server::RecordService;
use super::proto::upsert_record_result;
use super::shell::{Answer, Shell, Tell};
use super::{convert, proto, resource_name, status, upsert_stream};
use crate::domain::quality::evaluate::RuleContext;
use crate::domain::record::RawRecord;
use crate::engine::{Engine, Intake, Outcome, UpsertAnswer, UpsertCommand};
use crate::error::{Error, Result};
use crate::store::keys;

/// Records of one batch.
const BATCH_RECORDS_MAX: usize = 1_000;
/// Candidates when the request does not say.
const CANDIDATES_DEFAULT: usize = 10;
/// Candidates at most.
const CANDIDATES_MAX: usize = 100;
/// Nobody is named until callers authenticate themselves.
const ACTOR: &str = "";

#[async_trait]
impl RecordService for Shell {
    type StreamUpsertRecordsStream = ReceiverStream<std::result::Result<proto::StreamUpsertRecordsResponse, Status>>;

    async fn upsert_record(&self, request: Request<proto::UpsertRecordRequest>) -> Answer<proto::UpsertRecordResponse> {
        let (record, answer) = self.submit(request, upsert).await?;
        Ok(Response::new(convert::upsert_out(&answer, &record, self.engine().record_rules())))
    }

    async fn batch_upsert_records(
        &self,
        request: Request<proto::BatchUpsertRecordsRequest>,
    ) -> Answer<proto::BatchUpsertRecordsResponse> {
        self.take_in(request, batch_upsert).await
    }

    async fn stream_upsert_records(
        &self,
        mut request: Request<Streaming<proto::StreamUpsertRecordsRequest>>,
    ) -> Answer<Self::StreamUpsertRecordsStream> {
        let admission = request.extensions_mut().remove::<Admission>();
        let (answers, stream) = mpsc::channel(upsert_stream::ITEMS_PER_SYNC_MAX);
        tokio::spawn(upsert_stream::run(self.intake(), request.into_inner(), answers, admission));
        Ok(Response::new(ReceiverStream::new(stream)))
    }

    async fn get_record(&self, request: Request<proto::GetRecordRequest>) -> Answer<proto::Record> {
        self.read(request, get).await
    }

    async fn list_records(&self, request: Request<proto::ListRecordsRequest>) -> Answer<proto::ListRecordsResponse> {
        self.read(request, list).await
    }

    async fn delete_record(&self, request: Request<proto::DeleteRecordRequest>) -> Answer<()> {
        let ((), ()) = self.submit(request, delete).await?;
        Ok(Response::new(()))
    }

    async fn match_record(&self, request: Request<proto::MatchRecordRequest>) -> Answer<proto::MatchRecordResponse> {
        self.read(request, match_record).await
    }
}

fn upsert(intake: &Intake, request: proto::UpsertRecordRequest, tell: Tell<UpsertAnswer>) -> Result<RawRecord> {
    let command = upsert_command(request)?;
    intake.submit(ACTOR, &command, tell);
    Ok(command.record)
}

fn upsert_command(request: proto::UpsertRecordRequest) -> Result<UpsertCommand> {
    let incoming = request.record.ok_or_else(|| Error::invalid("record", "is missing"))?;
    let record = convert::record_in("record", &incoming)?;
    Ok(UpsertCommand { request_id: request.request_id, record, etag: incoming.etag })
}

/// Writes records and puts them on disk together; one result for each, in order. An error means that no result may leave.
pub(super) fn upsert_all(
    intake: &Intake,
    requests: impl IntoIterator<Item = proto::UpsertRecordRequest>,
) -> Result<Vec<proto::UpsertRecordResult>> {
    let (mut commands, mut refused) = (Vec::new(), Vec::new());
    for request in requests {
        match upsert_command(request) {
            Ok(command) => {
                commands.push(command);
                refused.push(None);
            }
            Err(error) => refused.push(Some(error)),
        }
    }
    let answers = intake.upsert_all(ACTOR, &commands)?;
    let mut written = commands.iter().zip(answers);
    let results = refused.into_iter().map(|refused| {
        let answered = match refused {
            Some(error) => Err(error),
            None => match written.next() {
                Some((command, answer)) => {
                    answer.map(|answer| convert::upsert_out(&answer, &command.record, intake.engine().record_rules()))
                }
                None => Err(Error::store("a record was not written")),
            },
        };
        let result = match answered {
            Ok(response) => upsert_record_result::Result::Response(response),
            Err(error) => upsert_record_result::Result::Error(status::to_message(&status::of_error(&error))),
        };
        proto::UpsertRecordResult { result: Some(result) }
    });
    Ok(results.collect())
}

fn batch_upsert(
    intake: &Intake,
    request: proto::BatchUpsertRecordsRequest,
) -> Result<proto::BatchUpsertRecordsResponse> {
    if request.requests.len() > BATCH_RECORDS_MAX {
        let problem = format!("has {} entries, at most {BATCH_RECORDS_MAX} are allowed", request.requests.len());
        return Err(Error::invalid("requests", problem));
    }
    Ok(proto::BatchUpsertRecordsResponse { results: upsert_all(intake, request.requests)? })
}

fn get(engine: &Engine, request: proto::GetRecordRequest) -> Result<proto::Record> {
    let key = resource_name::parse_record("name", &request.name)?;
    Ok(convert::stored_record_out(&engine.record(&key)?))
}

fn list(engine: &Engine, request: proto::ListRecordsRequest) -> Result<proto::ListRecordsResponse> {
    let source = resource_name::parse_parent("parent", &request.parent)?;
    let list = List { name: "records", filter: source.as_deref().unwrap_or_default() };
    let page = list.page(request.page_size, &request.page_token)?;
    let found = engine.records(source.as_deref(), page.after.as_deref(), page.limit)?;
    let views = found.items.iter();
    let items = views.map(|view| (keys::record(view.loaded.prepared.key.handle()), convert::stored_record_out(view)));
    let (records, next) = page_token::cut(items.collect(), found.next);
    Ok(proto::ListRecordsResponse { records, next_page_token: list.token(next.as_deref()) })
}

fn delete(intake: &Intake, request: proto::DeleteRecordRequest, tell: Tell<()>) -> Result<()> {
    let key = resource_name::parse_record("name", &request.name)?;
    intake.submit_deletion(&request.request_id, ACTOR, &key, &request.etag, tell);
    Ok(())
}

/// How many candidates a search may name; 0 means the default.
pub(super) fn candidates_max(field: &str, asked: i32) -> Result<usize> {
    match usize::try_from(asked) {
        Ok(0) => Ok(CANDIDATES_DEFAULT),
        Ok(limit) => Ok(limit.min(CANDIDATES_MAX)),
        Err(_) => Err(Error::invalid(field, "is negative; leave it out for 10")),
    }
}

fn match_record(engine: &Engine, request: proto::MatchRecordRequest) -> Result<proto::MatchRecordResponse> {
    let asked = request.record.ok_or_else(|| Error::invalid("record", "is missing"))?;
    let limit = candidates_max("max_candidates", request.max_candidates)?;
    let raw = convert::unnamed_record_in("record", &asked)?;
    let found = engine.match_record(&raw, limit)?;
    let context = RuleContext { as_of: engine.today(), shared: None };
    let rules = convert::rule_findings(engine.record_rules(), &found.prepared, &raw, &context);
    let record = convert::record_out(&found.prepared, &raw, &asked);
    let candidates = found.candidates.iter();
    let explanations = found.candidates.iter().map(|candidate| {
        let steps = candidate.explanation.as_ref().map(convert::candidate_steps_out);
        proto::CandidateExplanation { steps: steps.unwrap_or_default() }
    });
    Ok(proto::MatchRecordResponse {
        findings: [convert::all_findings(&record), rules].concat(),
        record: Some(record),
        candidates: candidates.map(|c| convert::candidate_out(&c.record, c.profile, c.weight, c.cannot_link)).collect(),
        outcome: convert::outcome_out(suggested(engine, &found.candidates)).into(),
        explanations: explanations.collect(),
        incomplete: found.incomplete,
    })
}

/// What the best candidate that may be linked suggests.
fn suggested(engine: &Engine, candidates: &[crate::engine::MatchCandidate]) -> Outcome {
    let thresholds = engine.model().thresholds;
    match candidates.iter().find(|candidate| !candidate.cannot_link) {
        Some(best) if best.weight >= thresholds.link => Outcome::Matched,
        Some(best) if best.weight >= thresholds.review => Outcome::PossibleMatch,
        _ => Outcome::NewProfile,
    }
}
