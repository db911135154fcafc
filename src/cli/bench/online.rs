//! `guiyi bench online`: the real server as a child process, driven over gRPC from this one, on the same cores.
//!
//! Records come from `guiyi synth`. The store is filled through the engine, then the child serves it, and four things are measured: upserts
//! over streams (70 % new, 25 % updates, 5 % deletions), single upserts at half that rate, at most 1,500/s, beside bare `fdatasync`, searches, reads.
//! Every answer is on disk before it is sent.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;

use crate::catalog::{models, rules, sources};
use crate::cli::args::Bench;
use crate::cli::{ExitStatus, print};
use crate::domain::hash::mix;
use crate::domain::record::{AttributeKind, RawRecord};
use crate::engine::{Engine, Intake, SystemClock, UpsertCommand};
use crate::error::{Error, Result};
use crate::service::proto::profile_service_client::ProfileServiceClient;
use crate::service::proto::record_service_client::RecordServiceClient;
use crate::service::proto::{
    DeleteRecordRequest, GetProfileRequest, MatchRecordRequest, Record, StreamUpsertRecordsRequest,
    UpsertRecordRequest, upsert_record_result,
};
use crate::service::record_request;
use crate::store::rocks::RocksStore;
use crate::synth::{self, SynthOptions};

/// Streams that write at once.
const STREAMS: usize = 4;
/// Streamed upserts a second that are asked for. Single ones come at half the rate that was reached, but not at more than half of this one: a program
/// that streams faster would have to take more single ones as well, and wait longer for them.
const STREAMED_ASKED: f64 = 3_000.0;
/// Records of a stream under way.
const STREAM_WINDOW: usize = 256;
/// Loaded records kept in memory for updates, deletions and searches.
const POOL_RECORDS: usize = 20_000;
/// Searches and reads, one after another.
const READS: usize = 3_000;
/// Share of the seconds that single upserts run.
const UNARY_SECONDS: u64 = 10;
/// From one bare sync to the next.
const SYNC_INTERVAL: Duration = Duration::from_millis(5);
/// New records generated for every second of streaming, more than will be used.
const NEW_RECORDS_PER_SECOND: usize = 8_000;

/// Runs the benchmark.
pub fn run(args: &Bench) -> Result<ExitStatus> {
    // A folder of its own, since it is removed afterwards.
    let parent = args.data_dir.clone().unwrap_or_else(std::env::temp_dir);
    let folder = parent.join(format!("guiyi-bench-online-{}", std::process::id()));
    let measured = measure(args, &folder);
    std::fs::remove_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
    let figures = measured?;
    print(&if args.json { figures.to_json() } else { figures.to_text() })?;
    Ok(ExitStatus::Ok)
}

/// What was measured.
#[derive(Default)]
struct Figures {
    records: usize,
    load_per_second: f64,
    stream_per_second: f64,
    stream_cpu_micros: f64,
    unary_per_second: f64,
    unary_cpu_micros: f64,
    unary: Latencies,
    fdatasync: Latencies,
    search: Latencies,
    profile: Latencies,
    resident_bytes: u64,
    disk_bytes: u64,
    records_at_end: u64,
}

/// Latencies in microseconds.
#[derive(Clone, Default)]
struct Latencies(Vec<u64>);

impl Latencies {
    fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let position = (sorted.len() as f64 * share) as usize;
        sorted.get(position.min(sorted.len().saturating_sub(1))).map_or(0.0, |micros| *micros as f64 / 1e3)
    }
}

impl Figures {
    fn to_json(&self) -> String {
        let latency = |l: &Latencies| serde_json::json!({ "p50_ms": l.quantile(0.5), "p99_ms": l.quantile(0.99), "count": l.0.len() });
        let value = serde_json::json!({
            "part": "online", "records": self.records, "load_per_second": self.load_per_second.round(),
            "stream_upserts_per_second": self.stream_per_second.round(),
            "stream_cpu_micros_per_upsert": self.stream_cpu_micros.round(),
            "unary_per_second": self.unary_per_second.round(),
            "unary_cpu_micros_per_upsert": self.unary_cpu_micros.round(), "unary": latency(&self.unary),
            "fdatasync": latency(&self.fdatasync), "match_record": latency(&self.search),
            "get_profile": latency(&self.profile), "resident_bytes": self.resident_bytes,
            "disk_bytes": self.disk_bytes, "records_at_end": self.records_at_end,
            "disk_bytes_per_record": self.disk_bytes / self.records_at_end.max(1),
        });
        format!("{value}\n")
    }

    fn to_text(&self) -> String {
        let mut text = String::new();
        let latency = |l: &Latencies| format!("p50 {:.2} ms, p99 {:.2} ms", l.quantile(0.5), l.quantile(0.99));
        let _ = writeln!(text, "stored             {} records, loaded at {:.0}/s", self.records, self.load_per_second);
        let _ = writeln!(
            text,
            "streamed upserts   {:.0}/s, {:.0} µs of the server's CPU each",
            self.stream_per_second, self.stream_cpu_micros
        );
        let _ = writeln!(
            text,
            "single upserts     {} at {:.0}/s, {:.0} µs of the server's CPU each",
            latency(&self.unary),
            self.unary_per_second,
            self.unary_cpu_micros
        );
        let _ = writeln!(text, "bare fdatasync     {} at the same time", latency(&self.fdatasync));
        let _ = writeln!(text, "MatchRecord        {}", latency(&self.search));
        let _ = writeln!(text, "GetProfile         {}", latency(&self.profile));
        let _ = writeln!(text, "resident memory    {} MB", self.resident_bytes >> 20);
        let per_record = self.disk_bytes / self.records_at_end.max(1);
        let _ =
            writeln!(text, "disk               {} MB compacted, {per_record} bytes a record", self.disk_bytes >> 20);
        text
    }
}

fn measure(args: &Bench, folder: &Path) -> Result<Figures> {
    std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    let (records, seconds) = (args.records, u64::from(args.seconds));
    let fresh_count = (seconds + UNARY_SECONDS) as usize * NEW_RECORDS_PER_SECOND;
    let options = SynthOptions { records: (records + fresh_count) as u64, seed: 1, difficulty_percent: 100 };
    let table = folder.join("synth");
    synth::write(&options, &table, &mut |_| {}).map_err(|error| Error::write(&table, error))?;
    let data_dir = folder.join("store");
    let mapping = sources::load_file(&table.join("mapping.toml"))?;
    let mut rows = Rows::open(&table, &mapping)?;
    let (pool, load_per_second) = match args.from_run {
        true => fill_from_run(&mut rows, records, &table, &data_dir, &args.model)?,
        false => fill(&mut rows, records, &data_dir)?,
    };
    let fresh: Vec<RawRecord> = rows.by_ref().take(fresh_count).collect();
    let mut figures = Figures { records, load_per_second, ..Figures::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Error::config("runtime", error.to_string()))?;
    let mut server = Server::start(&data_dir)?;
    let driven = runtime.block_on(drive(&server, &mut figures, pool, fresh, seconds, &data_dir));
    figures.resident_bytes = server.resident_bytes();
    server.stop();
    driven?;
    let store = RocksStore::open(&data_dir)?;
    store.compact();
    drop(store);
    figures.disk_bytes = folder_bytes(&data_dir);
    Ok(figures)
}

/// The generated table, row by row.
struct Rows<'m> {
    reader: csv::Reader<std::fs::File>,
    bound: sources::BoundMapping<'m>,
    orders: sources::DateOrders,
}

impl<'m> Rows<'m> {
    fn open(folder: &Path, mapping: &'m sources::Mapping) -> Result<Self> {
        let path = folder.join("customers.csv");
        let mut reader = csv::Reader::from_path(&path).map_err(|error| Error::input(&path, error.to_string()))?;
        let header = reader.headers().map_err(|error| Error::input(&path, error.to_string()))?;
        let header: Vec<String> = header.iter().map(str::to_owned).collect();
        Ok(Self { reader, bound: mapping.bind(&header)?, orders: sources::DateOrders::new() })
    }
}

impl Iterator for Rows<'_> {
    type Item = RawRecord;
    fn next(&mut self) -> Option<RawRecord> {
        let row = self.reader.records().next()?.ok()?;
        let fields: Vec<String> = row.iter().map(str::to_owned).collect();
        Some(self.bound.record(&fields, &self.orders))
    }
}

/// Fills a new store through the engine; returns some of the records and the rate.
fn fill(rows: &mut Rows<'_>, count: usize, data_dir: &Path) -> Result<(Vec<RawRecord>, f64)> {
    let store = Arc::new(RocksStore::open(data_dir)?);
    let engine =
        Engine::open(store, models::load(models::DEFAULT)?, rules::load(rules::DEFAULT)?, Arc::new(SystemClock))?;
    let intake = Intake::start(Arc::new(engine))?;
    let started = Instant::now();
    let shared = Mutex::new((rows.take(count), Vec::new(), 0usize));
    let stride = count.div_ceil(POOL_RECORDS).max(1);
    let work = || -> Result<()> {
        loop {
            let chunk: Vec<RawRecord> = {
                let mut shared = shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                let (rows, pool, seen) = &mut *shared;
                let chunk: Vec<RawRecord> = rows.take(500).collect();
                for record in &chunk {
                    *seen += 1;
                    if seen.is_multiple_of(stride) {
                        pool.push(record.clone());
                    }
                }
                chunk
            };
            if chunk.is_empty() {
                return Ok(());
            }
            let commands: Vec<UpsertCommand> = chunk.into_iter().map(UpsertCommand::of).collect();
            intake.upsert_all("guiyi bench", &commands)?.into_iter().collect::<Result<Vec<_>>>()?;
        }
    };
    let outcomes: Vec<Result<()>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(Error::store("a loader panicked"))))
            .collect()
    });
    outcomes.into_iter().collect::<Result<Vec<()>>>()?;
    let rate = count as f64 / started.elapsed().as_secs_f64();
    let (_, pool, _) = shared.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    Ok((pool, rate))
}

/// Fills a new store with a finished run over the first rows of the table; returns some of the records and the rate, cleansing included.
fn fill_from_run(
    rows: &mut Rows<'_>,
    count: usize,
    table: &Path,
    data_dir: &Path,
    model: &str,
) -> Result<(Vec<RawRecord>, f64)> {
    let stride = count.div_ceil(POOL_RECORDS).max(1);
    let pool: Vec<RawRecord> = rows.take(count).skip(stride - 1).step_by(stride).collect();
    let (whole, part) = (table.join("customers.csv"), table.join("loaded.csv"));
    let copied = copy_lines(&whole, &part, count + 1);
    copied.map_err(|error| Error::write(&part, error))?;
    let started = Instant::now();
    let out = table.join("run");
    let program = std::env::current_exe().map_err(|error| Error::config("guiyi", error.to_string()))?;
    let status = Command::new(program)
        .args(["cleanse", "--model", model])
        .arg(&part)
        .arg("--mapping")
        .arg(table.join("mapping.toml"))
        .args([Path::new("--out"), &out, Path::new("--load"), data_dir])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let status = status.map_err(|error| Error::config("guiyi cleanse", error.to_string()))?;
    if !status.success() {
        return Err(Error::config("guiyi cleanse", format!("ended with {status}")));
    }
    Ok((pool, count as f64 / started.elapsed().as_secs_f64()))
}

/// The generated table has no line breaks within its rows.
fn copy_lines(from: &Path, to: &Path, lines: usize) -> std::io::Result<()> {
    let mut part = std::io::BufWriter::new(std::fs::File::create(to)?);
    for line in BufReader::new(std::fs::File::open(from)?).lines().take(lines) {
        writeln!(part, "{}", line?)?;
    }
    part.flush()
}

/// The real program.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data_dir: &Path) -> Result<Self> {
        let program = std::env::current_exe().map_err(|error| Error::config("guiyi", error.to_string()))?;
        let child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir)
            .env("GUIYI_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Error::config("guiyi serve", error.to_string()))?;
        let mut server = Self { child, address: String::new() };
        let mut line = String::new();
        if let Some(stdout) = server.child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(|error| Error::read(Path::new("stdout"), error))?;
        }
        let address = line.strip_prefix("guiyi ready on ").and_then(|rest| rest.split(' ').next());
        let address = address.ok_or_else(|| Error::config("guiyi serve", "did not say where it listens"))?;
        server.address = format!("http://{address}");
        Ok(server)
    }

    /// Resident memory as Linux tells it; 0 elsewhere.
    fn resident_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|text| text.parse::<u64>().ok());
        kilobytes.unwrap_or(0) << 10
    }

    /// CPU seconds so far, its own and the system's for it, as Linux tells them; 0 elsewhere.
    fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The second field is the program's name in brackets; times are the 14th and the 15th, in hundredths.
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let times = after_name.split_whitespace().skip(11).take(2);
        times.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() as f64 / 100.0
    }

    fn stop(&mut self) {
        // Whatever was acknowledged is on disk.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn drive(
    server: &Server,
    figures: &mut Figures,
    pool: Vec<RawRecord>,
    fresh: Vec<RawRecord>,
    seconds: u64,
    data_dir: &Path,
) -> Result<()> {
    let address = server.address.as_str();
    let channel =
        Channel::from_shared(address.to_owned()).map_err(|error| Error::config(address, error.to_string()))?;
    let channel = channel.connect().await.map_err(|error| Error::config(address, error.to_string()))?;
    let (pool, fresh) = (Arc::new(pool), Arc::new(fresh));
    let next = Arc::new(AtomicUsize::new(0));
    let streamed = stream(&channel, &pool, &fresh, &next, Duration::from_secs(seconds), server).await?;
    (figures.stream_per_second, figures.stream_cpu_micros) = streamed;
    let rate = figures.stream_per_second.min(STREAMED_ASKED) / 2.0;
    let stop = Arc::new(AtomicBool::new(false));
    let syncing = {
        let (stop, path) = (Arc::clone(&stop), data_dir.with_file_name("fdatasync"));
        std::thread::spawn(move || sync_for_ever(&path, &stop))
    };
    let cpu_before = server.cpu_seconds();
    let (unary, achieved) = unary(&channel, &fresh, &next, rate).await;
    figures.unary_cpu_micros = (server.cpu_seconds() - cpu_before) / unary.0.len().max(1) as f64 * 1e6;
    stop.store(true, Ordering::SeqCst);
    figures.fdatasync = syncing.join().map_err(|_| Error::store("the syncing thread panicked"))??;
    figures.unary = unary;
    figures.unary_per_second = achieved;
    let used = next.load(Ordering::SeqCst).min(fresh.len());
    figures.records_at_end = (figures.records + used) as u64;
    let profiles = search(&channel, &pool, figures).await?;
    read(&channel, profiles, figures).await
}

/// What happens next: of a hundred operations 70 bring a new record, 25 another value for a known one, 5 delete one.
enum Operation {
    Upsert(Record),
    Delete(Record),
}

fn operation(number: usize, pool: &[RawRecord], fresh: &[RawRecord], next: &AtomicUsize) -> Option<Operation> {
    let dice = mix(number as u64) % 100;
    let known = || pool.get(mix(number as u64 ^ 0x5bd1) as usize % pool.len().max(1));
    if dice < 70 {
        return fresh.get(next.fetch_add(1, Ordering::SeqCst)).map(|record| Operation::Upsert(record_request(record)));
    }
    if dice < 95 {
        let other = pool.get(mix(number as u64 ^ 0x9e37) as usize % pool.len().max(1))?;
        let mut changed = known()?.clone();
        for attribute in &mut changed.attributes {
            let moved = other.attributes.iter().find(|a| a.kind == attribute.kind && a.label == attribute.label);
            if let (AttributeKind::Address, Some(moved)) = (attribute.kind, moved) {
                attribute.parts.clone_from(&moved.parts);
            }
        }
        changed.observed_time = None;
        return Some(Operation::Upsert(record_request(&changed)));
    }
    Some(Operation::Delete(record_request(known()?)))
}

/// Streams operations for a time; how many were acknowledged in it, a second, and microseconds of the server's CPU for each. What is under
/// way at its end is waited for.
async fn stream(
    channel: &Channel,
    pool: &Arc<Vec<RawRecord>>,
    fresh: &Arc<Vec<RawRecord>>,
    next: &Arc<AtomicUsize>,
    duration: Duration,
    server: &Server,
) -> Result<(f64, f64)> {
    let (started, cpu_before) = (Instant::now(), server.cpu_seconds());
    let (numbers, acknowledged) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut tasks = Vec::new();
    for _ in 0..STREAMS {
        let (pool, fresh, next, numbers) =
            (Arc::clone(pool), Arc::clone(fresh), Arc::clone(next), Arc::clone(&numbers));
        let (channel, acknowledged) = (channel.clone(), Arc::clone(&acknowledged));
        tasks.push(tokio::spawn(async move {
            let (sender, receiver) = mpsc::channel(STREAM_WINDOW);
            let (deletions, mut to_delete) = mpsc::channel::<Record>(STREAM_WINDOW);
            let producing = tokio::spawn(async move {
                while started.elapsed() < duration {
                    let number = numbers.fetch_add(1, Ordering::SeqCst);
                    let sent = match operation(number, &pool, &fresh, &next) {
                        Some(Operation::Upsert(record)) => sender.send(stream_request(record)).await.is_ok(),
                        Some(Operation::Delete(record)) => deletions.send(record).await.is_ok(),
                        None => false,
                    };
                    if !sent {
                        return;
                    }
                }
            });
            let mut deleter = RecordServiceClient::new(channel.clone());
            let deleted = Arc::clone(&acknowledged);
            let deleting = tokio::spawn(async move {
                while let Some(record) = to_delete.recv().await {
                    let name = format!("sources/{}/records/{}", record.source, record.record_id);
                    // A record may have been deleted before: the answer is then NOT_FOUND.
                    let _ = deleter.delete_record(DeleteRecordRequest { name, ..DeleteRecordRequest::default() }).await;
                    deleted.fetch_add(1, Ordering::SeqCst);
                }
            });
            let mut client = RecordServiceClient::new(channel);
            let answers = client.stream_upsert_records(ReceiverStream::new(receiver)).await;
            let mut answers = answers.map_err(|status| Error::store(status.to_string()))?.into_inner();
            while let Some(answer) = answers.next().await {
                let answer = answer.map_err(|status| Error::store(status.to_string()))?;
                match answer.result.and_then(|result| result.result) {
                    Some(upsert_record_result::Result::Response(_)) => {
                        acknowledged.fetch_add(1, Ordering::SeqCst);
                    }
                    other => return Err(Error::store(format!("an upsert failed: {other:?}"))),
                }
            }
            let _ = producing.await;
            deleting.await.map_err(|_| Error::store("a client panicked"))
        }));
    }
    tokio::time::sleep(duration).await;
    let count = acknowledged.load(Ordering::SeqCst) as f64;
    let per_second = count / started.elapsed().as_secs_f64();
    let cpu_micros = (server.cpu_seconds() - cpu_before) / count.max(1.0) * 1e6;
    for task in tasks {
        task.await.map_err(|_| Error::store("a client panicked"))??;
    }
    Ok((per_second, cpu_micros))
}

/// Single upserts of new records, sent at a fixed rate whether or not the former are answered.
async fn unary(channel: &Channel, fresh: &Arc<Vec<RawRecord>>, next: &Arc<AtomicUsize>, rate: f64) -> (Latencies, f64) {
    let started = Instant::now();
    let mut due = tokio::time::interval(Duration::from_secs_f64(1.0 / rate.max(1.0)));
    let mut tasks = Vec::new();
    while started.elapsed() < Duration::from_secs(UNARY_SECONDS) {
        let sent = due.tick().await.into_std();
        let Some(record) = fresh.get(next.fetch_add(1, Ordering::SeqCst)) else { break };
        let request = UpsertRecordRequest { record: Some(record_request(record)), request_id: String::new() };
        let mut client = RecordServiceClient::new(channel.clone());
        tasks.push(tokio::spawn(async move {
            let answered = client.upsert_record(request).await.is_ok();
            answered.then(|| sent.elapsed().as_micros() as u64)
        }));
    }
    let took = started.elapsed().as_secs_f64();
    let mut latencies = Latencies::default();
    for task in tasks {
        latencies.0.extend(task.await.ok().flatten());
    }
    let achieved = latencies.0.len() as f64 / took;
    (latencies, achieved)
}

/// What syncs cost by themselves, counted as single upserts are: from when one is due, whether or not the former is done. One serves all that
/// were due when it began, as in the server.
fn sync_for_ever(path: &Path, stop: &AtomicBool) -> Result<Latencies> {
    let mut file = std::fs::File::create(path).map_err(|error| Error::write(path, error))?;
    let mut latencies = Latencies::default();
    let mut due = Instant::now();
    while !stop.load(Ordering::SeqCst) {
        std::thread::park_timeout(due.saturating_duration_since(Instant::now()));
        let begun = Instant::now();
        let synced = file.write_all(&[0x5a; 4096]).and_then(|()| file.sync_data());
        synced.map_err(|error| Error::write(path, error))?;
        while due <= begun {
            latencies.0.push(due.elapsed().as_micros() as u64);
            due += SYNC_INTERVAL;
        }
    }
    Ok(latencies)
}

/// Half-typed records: name and telephone, name and birth date, telephone alone. Returns profiles that were found.
async fn search(channel: &Channel, pool: &[RawRecord], figures: &mut Figures) -> Result<Vec<String>> {
    const TYPED: [&[AttributeKind]; 3] = [
        &[AttributeKind::PersonName, AttributeKind::Phone],
        &[AttributeKind::PersonName, AttributeKind::BirthDate],
        &[AttributeKind::Phone],
    ];
    let mut client = RecordServiceClient::new(channel.clone());
    let mut profiles = Vec::new();
    for number in 0..READS {
        let Some(known) = pool.get(mix(number as u64) as usize % pool.len().max(1)) else { break };
        let kinds = TYPED.get(number % TYPED.len()).copied().unwrap_or_default();
        let mut typed = known.clone();
        typed.attributes.retain(|attribute| kinds.contains(&attribute.kind));
        let record = Record { source: String::new(), record_id: String::new(), ..record_request(&typed) };
        let request = MatchRecordRequest { record: Some(record), max_candidates: 10 };
        let started = Instant::now();
        let found = client.match_record(request).await.map_err(|status| Error::store(status.to_string()))?;
        figures.search.0.push(started.elapsed().as_micros() as u64);
        profiles.extend(found.into_inner().candidates.into_iter().next().map(|candidate| candidate.profile));
    }
    Ok(profiles)
}

async fn read(channel: &Channel, profiles: Vec<String>, figures: &mut Figures) -> Result<()> {
    let mut client = ProfileServiceClient::new(channel.clone());
    for name in profiles {
        let started = Instant::now();
        client.get_profile(GetProfileRequest { name }).await.map_err(|status| Error::store(status.to_string()))?;
        figures.profile.0.push(started.elapsed().as_micros() as u64);
    }
    Ok(())
}

fn stream_request(record: Record) -> StreamUpsertRecordsRequest {
    let request = UpsertRecordRequest { record: Some(record), request_id: String::new() };
    StreamUpsertRecordsRequest { request: Some(request) }
}

fn folder_bytes(folder: &PathBuf) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
