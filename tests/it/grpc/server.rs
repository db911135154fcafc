//! A server on a free port, clients for it, and messages to send.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use guiyi::catalog::{models, quality, rules};
use guiyi::domain::date::Timestamp;
use guiyi::domain::record::AttributeKind;
use guiyi::engine::{Clock, Engine};
use guiyi::service::proto::profile_service_client::ProfileServiceClient;
use guiyi::service::proto::quality_service_client::QualityServiceClient;
use guiyi::service::proto::record_service_client::RecordServiceClient;
use guiyi::service::proto::review_service_client::ReviewServiceClient;
use guiyi::service::proto::{Attribute, Record, UpsertRecordRequest, UpsertRecordResponse};
use guiyi::service::{self, ServiceOptions};
use guiyi::store::Store;
use guiyi::store::memory::MemoryStore;
use tokio::sync::oneshot;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// A clock that tests set.
pub struct TestClock {
    micros: AtomicI64,
}

impl TestClock {
    pub fn advance_seconds(&self, seconds: i64) {
        self.micros.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp { micros: self.micros.load(Ordering::SeqCst) }
    }
}

/// A running server.
pub struct TestServer {
    pub engine: Arc<Engine>,
    pub clock: Arc<TestClock>,
    pub channel: Channel,
    stop: Option<oneshot::Sender<()>>,
    served: tokio::task::JoinHandle<guiyi::error::Result<()>>,
}

impl TestServer {
    /// On a store in memory.
    pub async fn start() -> Self {
        Self::start_with(Arc::new(MemoryStore::default()), ServiceOptions::default()).await
    }

    pub async fn start_with(store: Arc<dyn Store>, options: ServiceOptions) -> Self {
        let clock = Arc::new(TestClock { micros: AtomicI64::new(1_700_000_000_000_000) });
        let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let engine = Engine::open(store, model, policy, Arc::<TestClock>::clone(&clock)).unwrap();
        let engine = Arc::new(engine.with_record_rules(quality::load(quality::DEFAULT).unwrap()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(service::run(Arc::clone(&engine), listener, options, async {
            let _ = stopped.await;
        }));
        let channel = Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap();
        Self { engine, clock, channel, stop: Some(stop), served }
    }

    pub fn quality(&self) -> QualityServiceClient<Channel> {
        QualityServiceClient::new(self.channel.clone())
    }

    pub fn records(&self) -> RecordServiceClient<Channel> {
        RecordServiceClient::new(self.channel.clone())
    }

    pub fn profiles(&self) -> ProfileServiceClient<Channel> {
        ProfileServiceClient::new(self.channel.clone())
    }

    pub fn reviews(&self) -> ReviewServiceClient<Channel> {
        ReviewServiceClient::new(self.channel.clone())
    }

    /// Begins the shutdown without waiting for it.
    pub fn begin_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Ends the server and returns what it said.
    pub async fn stop(mut self) -> guiyi::error::Result<()> {
        self.begin_stop();
        drop(self.channel);
        self.served.await.expect("the server does not panic")
    }

    /// Upserts a record and returns the answer.
    pub async fn upsert(&self, record: Record) -> UpsertRecordResponse {
        let request = UpsertRecordRequest { record: Some(record), request_id: String::new() };
        self.records().upsert_record(request).await.expect("the record is accepted").into_inner()
    }
}

/// A record with texts by kind.
pub fn record(source: &str, record_id: &str, values: &[(AttributeKind, &str)]) -> Record {
    let attributes = values.iter().map(|(kind, raw)| attribute(*kind, raw)).collect();
    Record { source: source.to_owned(), record_id: record_id.to_owned(), attributes, ..Record::default() }
}

/// An attribute of one text.
pub fn attribute(kind: AttributeKind, raw: &str) -> Attribute {
    Attribute { kind: kind_number(kind), raw: raw.to_owned(), country: "CN".to_owned(), ..Attribute::default() }
}

fn kind_number(kind: AttributeKind) -> i32 {
    let position = AttributeKind::ALL.iter().position(|other| *other == kind).unwrap();
    i32::try_from(position).unwrap() + 1
}

/// Asserts code, domain and reason of an error.
#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(result: Result<T, Status>, code: Code, reason: &str) -> Status {
    let status = result.expect_err("the request is refused");
    assert_eq!(status.code(), code, "{status:?}");
    let info = status.get_details_error_info().expect("every error carries ErrorInfo");
    assert_eq!((info.domain.as_str(), info.reason.as_str()), ("guiyi", reason), "{status:?}");
    status
}

/// Asserts that a field is named as wrong.
#[track_caller]
pub fn assert_invalid<T: std::fmt::Debug>(result: Result<T, Status>, field: &str) {
    let status = assert_refused(result, Code::InvalidArgument, "INVALID_FIELD");
    let violations = status.get_details_bad_request().expect("InvalidArgument carries BadRequest").field_violations;
    assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), [field], "{status:?}");
}
