//! kill -9 at any instant: acknowledged writes are there, none is half applied, no request is applied twice.

// The killer polls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use guiyi::domain::cluster::judgement::Judgements;
use guiyi::domain::id::RecordKey;
use guiyi::domain::record::RawRecord;
use guiyi::service::proto::record_service_client::RecordServiceClient;
use guiyi::service::proto::upsert_record_result::Result::Response;
use guiyi::service::proto::{BatchUpsertRecordsRequest, UpsertRecordRequest, UpsertRecordResponse};
use guiyi::service::record_request;
use guiyi::store::rocks::RocksStore;
use tonic::transport::Channel;

use crate::support::{bulk, engine, fixture, groups_of_engine, groups_of_outcome, records};

/// Lives of the server; `GUIYI_CRASH_ROUNDS` runs longer or shorter.
const ROUNDS: usize = 100;
const RECORDS_PER_ROUND: usize = 120;
const WRITERS: usize = 4;
const BATCH_RECORDS: usize = 7;

/// The real program; killed when the test ends, however it ends.
struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start(data_dir: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_guiyi"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir)
            .env("GUIYI_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut program = Self { child, address: String::new() };
        let mut line = String::new();
        BufReader::new(program.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("guiyi ready on ").and_then(|rest| rest.split(' ').next());
        program.address = address.unwrap_or_else(|| panic!("no ready line but {line:?}")).to_owned();
        program
    }

    async fn client(&self) -> RecordServiceClient<Channel> {
        RecordServiceClient::connect(format!("http://{}", self.address)).await.expect("a ready server is reached")
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What was acknowledged: the request and its answer.
type Acknowledged = BTreeMap<String, (UpsertRecordRequest, UpsertRecordResponse)>;

fn request(round: usize, raw: &RawRecord) -> UpsertRecordRequest {
    UpsertRecordRequest { record: Some(record_request(raw)), request_id: format!("{round}-{}", raw.key) }
}

/// Writes until the server is gone: even writers one by one, odd ones in batches.
async fn write(
    mut client: RecordServiceClient<Channel>,
    batches: bool,
    requests: Vec<UpsertRecordRequest>,
    acknowledged: Arc<Mutex<Acknowledged>>,
    count: Arc<AtomicUsize>,
) {
    for chunk in requests.chunks(if batches { BATCH_RECORDS } else { 1 }) {
        let answers = if batches {
            let batch = BatchUpsertRecordsRequest { requests: chunk.to_vec() };
            let Ok(answer) = client.batch_upsert_records(batch).await else { return };
            let results = answer.into_inner().results.into_iter();
            let response = |result| if let Some(Response(response)) = result { Some(response) } else { None };
            results.map(|result| response(result.result).expect("every record is fine")).collect()
        } else {
            let Ok(answer) = client.upsert_record(chunk[0].clone()).await else { return };
            vec![answer.into_inner()]
        };
        for (request, answer) in chunk.iter().zip(answers) {
            acknowledged.lock().unwrap().insert(request.request_id.clone(), (request.clone(), answer));
            count.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// One life of the server: killed by a thread once `kill_after` upserts are acknowledged, at no particular point.
async fn round(
    data_dir: &Path,
    requests: Vec<UpsertRecordRequest>,
    kill_after: usize,
    acknowledged: &Arc<Mutex<Acknowledged>>,
) {
    let program = Program::start(data_dir);
    let client = program.client().await;
    check_repeats(client.clone(), acknowledged, 5).await;
    let count = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let share = requests.iter().skip(writer).step_by(WRITERS).cloned().collect();
            tokio::spawn(write(client.clone(), writer % 2 == 1, share, Arc::clone(acknowledged), Arc::clone(&count)))
        })
        .collect();
    let killer = {
        let (count, mut program) = (Arc::clone(&count), program);
        std::thread::spawn(move || {
            let started = std::time::Instant::now();
            while count.load(Ordering::SeqCst) < kill_after && started.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_micros(200));
            }
            program.kill();
        })
    };
    for writer in writers {
        writer.await.unwrap();
    }
    killer.join().unwrap();
    assert!(count.load(Ordering::SeqCst) >= kill_after, "the server acknowledged too little in a minute");
}

/// Sends acknowledged requests again, the latest first: each must get the answer that it got before.
async fn check_repeats(
    mut client: RecordServiceClient<Channel>,
    acknowledged: &Arc<Mutex<Acknowledged>>,
    limit: usize,
) {
    let known: Vec<_> = acknowledged.lock().unwrap().values().rev().take(limit).cloned().collect();
    for (request, answer) in known {
        let repeated = client.upsert_record(request.clone()).await.expect("the repetition is answered").into_inner();
        assert_eq!(repeated, answer, "{} was applied twice", request.request_id);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut sample = records(&fixture("sample/customers.csv"), "sample");
    let rounds = std::env::var("GUIYI_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    // Every round brings the sample's next records, and once it is used up the first ones as another source's.
    let all = sample.clone();
    for copy in 1.. {
        if sample.len() >= rounds * RECORDS_PER_ROUND {
            break;
        }
        sample.extend(all.iter().map(|record| {
            let key = RecordKey::new(record.key.source.0.clone(), format!("{}-{copy}", record.key.record_id));
            RawRecord { key, ..record.clone() }
        }));
    }
    sample.truncate(rounds * RECORDS_PER_ROUND);
    let acknowledged = Arc::new(Mutex::new(Acknowledged::new()));
    for (number, chunk) in sample.chunks(RECORDS_PER_ROUND).enumerate() {
        let requests = chunk.iter().map(|raw| request(number, raw)).collect();
        round(folder.path(), requests, 3 + number * 11 % 97, &acknowledged).await;
    }
    {
        let program = Program::start(folder.path());
        check_repeats(program.client().await, &acknowledged, usize::MAX).await;
    }

    let engine = engine(Arc::new(RocksStore::open(folder.path()).expect("a killed server leaves no lock")));
    let page = engine.records(None, None, usize::MAX).unwrap();
    let present: BTreeMap<RecordKey, RawRecord> =
        page.items.iter().map(|view| (view.loaded.raw().key, view.loaded.raw())).collect();
    for (request_id, (request, _)) in acknowledged.lock().unwrap().iter() {
        let sent = request.record.as_ref().unwrap();
        let found = present.get(&RecordKey::new(sent.source.as_str(), sent.record_id.as_str()));
        assert_eq!(
            found.map(record_request).as_ref(),
            Some(sent),
            "{request_id} was acknowledged and is not there as sent"
        );
    }
    assert!(page.items.iter().all(|view| view.loaded.stored.revision == 1), "a request was applied twice");
    assert_eq!(engine.fsck().unwrap().problems, Vec::<String>::new());
    assert!(present.len() < sample.len(), "no kill hit a round in the middle: the test shows nothing");
    let present: Vec<RawRecord> = present.into_values().collect();
    assert_eq!(groups_of_engine(&engine), groups_of_outcome(&bulk(&present, &Judgements::default())));
}
