//! `guiyi serve`: the gRPC server on the embedded store, until SIGINT or SIGTERM.

use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::args::Serve;
use super::{ExitStatus, cleanse};
use crate::catalog::{quality, rules};
use crate::engine::{Engine, Retention, SystemClock};
use crate::error::{Error, Result};
use crate::jobs::JobSettings;
use crate::service::{self, ServiceOptions};
use crate::store::rocks::RocksStore;

/// How long blocked threads may take to end after the server has stopped.
const RUNTIME_SHUTDOWN_SECONDS: u64 = 5;

/// Runs the subcommand.
pub fn run(args: &Serve) -> Result<ExitStatus> {
    check_loopback(args.listen)?;
    install_log()?;
    let model = cleanse::load_fixed_model(&args.model)?;
    let retention = Retention {
        requests_seconds: i64::from(args.request_retention_hours) * 60 * 60,
        feed_seconds: args.feed_retention_days.map(|days| i64::from(days) * 24 * 60 * 60),
    };
    let store = Arc::new(RocksStore::open_forgetting(&args.data_dir, Some(retention.requests_seconds))?);
    let record_rules = quality::load(&args.quality)?;
    let engine = Engine::open(store, model, rules::load(rules::DEFAULT)?, Arc::new(SystemClock))?
        .with_record_rules(record_rules)
        .with_retention(retention);
    cleanse::note_model(&args.model, &engine.model());
    let options = ServiceOptions {
        reflection: !args.no_reflection,
        jobs: Some(job_settings(args)?),
        ..ServiceOptions::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::config("runtime", error.to_string()))?;
    let served = runtime.block_on(serve(Arc::new(engine), args.listen, options));
    runtime.shutdown_timeout(Duration::from_secs(RUNTIME_SHUTDOWN_SECONDS));
    served.map(|()| ExitStatus::Ok)
}

/// Jobs take half of the processors: the server goes on answering beside them.
fn job_settings(args: &Serve) -> Result<JobSettings> {
    let program = std::env::current_exe().map_err(|error| Error::config("cleanse jobs", error.to_string()))?;
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(JobSettings {
        folder: args.jobs_dir.clone().unwrap_or_else(|| args.data_dir.join("jobs")),
        program,
        input_folder: args.jobs_input.clone(),
        upload_bytes_max: args.jobs_upload_max,
        threads: (processors / 2).max(1),
    })
}

/// Without TLS and authentication nobody else's machine may reach the customers' data.
fn check_loopback(listen: SocketAddr) -> Result<()> {
    if listen.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    let message = format!(
        "{listen} can be reached from other machines, and there is no TLS and no authentication yet; listen on 127.0.0.1 or [::1]"
    );
    Err(Error::config("--listen", message))
}

/// Logs go to stderr and carry ids, never a customer's values.
fn install_log() -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing_subscriber::filter::LevelFilter::INFO.into())
        .with_env_var("GUIYI_LOG")
        .from_env()
        .map_err(|error| Error::config("GUIYI_LOG", error.to_string()))?;
    let colours = std::io::stderr().is_terminal();
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).finish();
    tracing::subscriber::set_global_default(subscriber).map_err(|error| Error::config("log", error.to_string()))
}

async fn serve(engine: Arc<Engine>, listen: SocketAddr, options: ServiceOptions) -> Result<()> {
    // Before the ready line: whoever reads it may send a signal at once.
    let stop = stop_signal()?;
    let unusable = |error: std::io::Error| Error::config("--listen", format!("{listen}: {error}; take another port"));
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    tracing::info!(%address, model = %engine.model().version, "serving");
    // From bind on the kernel accepts connections for us, so a client that reads this line can connect.
    announce(address)?;
    service::run(engine, listener, options, stop).await?;
    tracing::info!("stopped");
    Ok(())
}

fn announce(address: SocketAddr) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "guiyi ready on {address} · try: grpcurl -plaintext {address} list");
    written.and_then(|()| stdout.flush()).map_err(|error| Error::write(Path::new("stdout"), error))
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed = |error: std::io::Error| Error::config("signals", error.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal handler the server runs until it is killed, which its store survives.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_addresses_are_served() {
        for allowed in ["127.0.0.1:0", "127.9.9.9:50051", "[::1]:50051", "[::ffff:127.0.0.1]:1"] {
            assert!(check_loopback(allowed.parse().unwrap()).is_ok(), "{allowed}");
        }
        for refused in ["0.0.0.0:50051", "[::]:50051", "192.168.1.2:50051", "8.8.8.8:1"] {
            let message = check_loopback(refused.parse().unwrap()).unwrap_err().to_string();
            assert!(message.contains("127.0.0.1"), "{message}");
        }
    }
}
