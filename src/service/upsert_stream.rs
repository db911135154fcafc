//! `StreamUpsertRecords`: takes what is ready, writes it, puts it on disk once, answers in order, and only then takes more.
//!
//! Back-pressure: a client that sends faster than the disk writes, or that does not read its answers, is not read from.

use std::sync::Arc;

use prost::Message;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tonic::{Status, Streaming};

use super::admission::Admission;
use super::{proto, record_service, shell, status};
use crate::engine::Intake;

/// Items that are put on disk together, and items that wait.
pub const ITEMS_PER_SYNC_MAX: usize = 256;
/// Bytes of all items of one stream that are read but not answered; one larger item is let through alone.
const PENDING_BYTES_MAX: u32 = 16 << 20;

type Answers = mpsc::Sender<Result<proto::StreamUpsertRecordsResponse, Status>>;

/// An item that was read; its bytes are given back when it is answered.
struct Item {
    request: proto::UpsertRecordRequest,
    _bytes: Option<OwnedSemaphorePermit>,
}

/// Serves one stream until the client is done, gone, or sends something unreadable.
pub async fn run(
    intake: Arc<Intake>,
    requests: Streaming<proto::StreamUpsertRecordsRequest>,
    answers: Answers,
    admission: Option<Admission>,
) {
    // Held to the end: a stream counts as one request for as long as it lives.
    let _admission = admission;
    let (sender, mut receiver) = mpsc::channel(ITEMS_PER_SYNC_MAX);
    let reader = tokio::spawn(read(requests, sender));
    let mut pending = Vec::with_capacity(ITEMS_PER_SYNC_MAX);
    while receiver.recv_many(&mut pending, ITEMS_PER_SYNC_MAX).await > 0 {
        if write(&intake, &answers, std::mem::take(&mut pending)).await.is_err() {
            break;
        }
    }
    reader.abort();
}

async fn read(mut requests: Streaming<proto::StreamUpsertRecordsRequest>, sender: mpsc::Sender<Result<Item, Status>>) {
    let budget = Arc::new(Semaphore::new(PENDING_BYTES_MAX as usize));
    loop {
        let item = match requests.message().await {
            Ok(Some(message)) => {
                let bytes = u32::try_from(message.encoded_len()).unwrap_or(u32::MAX).min(PENDING_BYTES_MAX);
                let permit = Arc::clone(&budget).acquire_many_owned(bytes).await.ok();
                Ok(Item { request: message.request.unwrap_or_default(), _bytes: permit })
            }
            Ok(None) => return,
            Err(status) => Err(status),
        };
        let last = item.is_err();
        if sender.send(item).await.is_err() || last {
            return;
        }
    }
}

/// The stream is over.
struct Ended;

async fn write(intake: &Arc<Intake>, answers: &Answers, pending: Vec<Result<Item, Status>>) -> Result<(), Ended> {
    let mut items = Vec::with_capacity(pending.len());
    let mut failure = None;
    for item in pending {
        match item {
            Ok(item) => items.push(item),
            Err(status) => failure = Some(status),
        }
    }
    let results = if intake.engine().is_read_only() {
        Err(status::read_only())
    } else {
        let intake = Arc::clone(intake);
        shell::blocking(move || record_service::upsert_all(&intake, items.into_iter().map(|item| item.request))).await
    };
    match results {
        Ok(results) => {
            for result in results {
                let answer = proto::StreamUpsertRecordsResponse { result: Some(result) };
                answers.send(Ok(answer)).await.map_err(|_| Ended)?;
            }
        }
        Err(status) => failure = Some(status),
    }
    match failure {
        Some(status) => {
            // Nobody is left to tell when this fails.
            let _ = answers.send(Err(status)).await;
            Err(Ended)
        }
        None => Ok(()),
    }
}
