//! The gRPC shell: handlers check limits, convert, call the engine and convert back. Nothing is decided here.
//!
//! Reading order: [`run`] puts the server together; `record_service` and its siblings hold the handlers; `convert` is the
//! only place where wire types meet domain types, `status` the only place where an error becomes a gRPC status.

mod admission;
mod convert;
mod job_service;
mod model_service;
mod page_token;
mod profile_service;
mod profile_watch;
mod quality_service;
mod record_service;
mod resource_name;
mod review_service;
mod shell;
mod status;
mod upsert_stream;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot, watch};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use crate::engine::{Engine, Intake, SystemClock};
use crate::error::{Error, Result};
use crate::jobs::{JobSettings, Jobs};
use admission::Limited;
pub use convert::record_request;
use job_service::JobShell;
use proto::job_service_server::JobServiceServer;
use proto::model_service_server::ModelServiceServer;
use proto::profile_service_server::ProfileServiceServer;
use proto::quality_service_server::QualityServiceServer;
use proto::record_service_server::RecordServiceServer;
use proto::review_service_server::ReviewServiceServer;
use shell::Shell;

/// The generated messages, servers and clients of `guiyi.v1`.
#[allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::expect_used)]
pub mod proto {
    tonic::include_proto!("guiyi.v1");

    /// The compiled `FileDescriptorSet` of `proto/`, for reflection and for the contract test.
    pub const FILE_DESCRIPTOR_SET: &[u8] = tonic::include_file_descriptor_set!("guiyi_descriptor");
}

/// How often the health service looks whether the engine still writes.
const HEALTH_POLL_MS: u64 = 250;
/// How often an idle HTTP/2 connection is pinged, so that a vanished client does not keep its streams.
const KEEPALIVE_SECONDS: u64 = 60;
/// The services whose health is reported, besides the server as a whole (the empty name).
const SERVICE_NAMES: [&str; 7] = [
    "",
    "guiyi.v1.QualityService",
    "guiyi.v1.RecordService",
    "guiyi.v1.ProfileService",
    "guiyi.v1.ReviewService",
    "guiyi.v1.ModelService",
    "guiyi.v1.JobService",
];

/// What the server offers and where it stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceOptions {
    /// Offer gRPC reflection, v1 and v1alpha.
    pub reflection: bool,
    /// Requests and streams served at once, over all connections; more are refused with `RESOURCE_EXHAUSTED`.
    pub concurrent_requests_max: usize,
    /// HTTP/2 streams of one connection.
    pub connection_streams_max: u32,
    /// Bytes of one message from a client.
    pub request_message_bytes_max: usize,
    /// Bytes of one message to a client.
    pub response_message_bytes_max: usize,
    /// How long a shutdown waits for requests and streams that are under way.
    pub drain_ms: u64,
    /// Cleanse jobs; none: they are refused.
    pub jobs: Option<JobSettings>,
}

impl Default for ServiceOptions {
    fn default() -> Self {
        Self {
            reflection: true,
            concurrent_requests_max: 256,
            connection_streams_max: 256,
            request_message_bytes_max: 8 << 20,
            response_message_bytes_max: 16 << 20,
            drain_ms: 10_000,
            jobs: None,
        }
    }
}

/// Serves the engine on a bound socket until `shutdown` is done, then lets requests under way finish.
pub async fn run(
    engine: Arc<Engine>,
    listener: tokio::net::TcpListener,
    options: ServiceOptions,
    shutdown: impl Future<Output = ()>,
) -> Result<()> {
    let (reporter, health) = tonic_health::server::health_reporter();
    report(&reporter, &engine).await;
    let reflection =
        options.reflection.then(|| (reflection_builder().build_v1(), reflection_builder().build_v1alpha()));
    let (reflection_v1, reflection_v1alpha) = match reflection {
        Some((v1, v1alpha)) => (Some(v1.map_err(broken_reflection)?), Some(v1alpha.map_err(broken_reflection)?)),
        None => (None, None),
    };
    let (stop_streams, stopping) = watch::channel(false);
    let permits = Arc::new(Semaphore::new(options.concurrent_requests_max));
    let (request_max, response_max) = (options.request_message_bytes_max, options.response_message_bytes_max);
    let jobs = options.jobs.map(|settings| Jobs::open(settings, Arc::new(SystemClock))).transpose()?;
    let shell = Shell::new(Arc::new(Intake::start(Arc::clone(&engine))?), stopping.clone());
    macro_rules! limited {
        ($server:ident, $shell:expr) => {{
            let server = $server::new($shell);
            let server = server.max_decoding_message_size(request_max).max_encoding_message_size(response_max);
            Limited::new(server, Arc::clone(&permits))
        }};
    }
    let router = Server::builder()
        .max_concurrent_streams(options.connection_streams_max)
        .http2_keepalive_interval(Some(Duration::from_secs(KEEPALIVE_SECONDS)))
        .add_service(health)
        .add_optional_service(reflection_v1)
        .add_optional_service(reflection_v1alpha)
        .add_service(limited!(QualityServiceServer, shell.clone()))
        .add_service(limited!(RecordServiceServer, shell.clone()))
        .add_service(limited!(ProfileServiceServer, shell.clone()))
        .add_service(limited!(ReviewServiceServer, shell.clone()))
        .add_service(limited!(ModelServiceServer, shell))
        .add_service(limited!(JobServiceServer, JobShell::new(jobs.clone())));
    // An evaluation that a restart interrupted goes on.
    model_service::evaluate(Arc::clone(&engine), stopping.clone());
    let runner = jobs.clone().map(begin_jobs).transpose()?;

    // Without TCP_NODELAY Nagle's algorithm and delayed acknowledgements put every unary call at 40 ms.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        // A dropped sender means the same: stop.
        let _ = stopped.await;
    };
    let mut server = pin!(router.serve_with_incoming_shutdown(incoming, stopped));
    tokio::select! {
        ended = &mut server => {
            end_jobs(jobs, runner).await;
            return ended.map_err(failed_transport);
        }
        () = report_for_ever(&reporter, &engine) => {}
        () = shutdown => {}
    }
    report_all(&reporter, ServingStatus::NotServing).await;
    // Streams without an end of their own would hold the server up.
    stop_streams.send_replace(true);
    drop(stop);
    end_jobs(jobs, runner).await;
    match tokio::time::timeout(Duration::from_millis(options.drain_ms), server).await {
        Ok(ended) => ended.map_err(failed_transport),
        Err(_) => {
            tracing::warn!(drain_ms = options.drain_ms, "stopped with requests still under way");
            Ok(())
        }
    }
}

/// Begins to run jobs, on a thread that does not hold the runtime's end up; the receiver hears of its end.
fn begin_jobs(jobs: Arc<Jobs>) -> Result<oneshot::Receiver<()>> {
    let (ended, end) = oneshot::channel();
    let runner = std::thread::Builder::new().name("cleanse-jobs".to_owned()).spawn(move || {
        jobs.run();
        // Nobody waits where the server ended otherwise.
        let _ = ended.send(());
    });
    runner.map(|_| end).map_err(|error| Error::config("cleanse jobs", error.to_string()))
}

/// Ends the running job's process; the next server goes on with it.
async fn end_jobs(jobs: Option<Arc<Jobs>>, runner: Option<oneshot::Receiver<()>>) {
    if let Some(jobs) = jobs {
        jobs.stop();
    }
    if let Some(runner) = runner
        && runner.await.is_err()
    {
        tracing::error!("the runner of cleanse jobs broke");
    }
}

fn reflection_builder<'a>() -> tonic_reflection::server::Builder<'a> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(proto::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
}

fn broken_reflection(error: tonic_reflection::server::Error) -> Error {
    Error::config("gRPC reflection", error.to_string())
}

fn failed_transport(error: tonic::transport::Error) -> Error {
    Error::config("gRPC server", error.to_string())
}

/// An engine that became read-only takes itself out of the load balancer's rotation.
async fn report_for_ever(reporter: &HealthReporter, engine: &Engine) {
    let mut read_only = engine.is_read_only();
    loop {
        tokio::time::sleep(Duration::from_millis(HEALTH_POLL_MS)).await;
        if engine.is_read_only() != read_only {
            read_only = engine.is_read_only();
            tracing::error!(read_only, "the engine stopped writing after a failed commit");
            report(reporter, engine).await;
        }
    }
}

async fn report(reporter: &HealthReporter, engine: &Engine) {
    let status = if engine.is_read_only() { ServingStatus::NotServing } else { ServingStatus::Serving };
    report_all(reporter, status).await;
}

async fn report_all(reporter: &HealthReporter, status: ServingStatus) {
    for name in SERVICE_NAMES {
        reporter.set_service_status(name, status).await;
    }
}
