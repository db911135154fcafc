//! Upserts: request ids, etags, batches, streams.

use std::sync::Arc;

use guiyi::domain::record::AttributeKind::{Email, PersonName, Phone};
use guiyi::service::ServiceOptions;
use guiyi::service::proto::upsert_record_result::Result::{Error, Response};
use guiyi::service::proto::{
    BatchUpsertRecordsRequest, Record, StreamUpsertRecordsRequest, UpsertRecordRequest, UpsertRecordResult,
};
use guiyi::store::rocks::RocksStore;
use tonic::Code;
use tonic_types::RpcStatusExt;

use super::server::{TestServer, assert_invalid, assert_refused, record};

fn request(request_id: &str, record: Record) -> UpsertRecordRequest {
    UpsertRecordRequest { record: Some(record), request_id: request_id.to_owned() }
}

fn numbered(number: usize) -> Record {
    record("crm", &number.to_string(), &[(Email, &format!("customer{number}@example.cn"))])
}

#[tokio::test]
async fn a_request_id_gives_one_answer() {
    let server = TestServer::start().await;
    let mut client = server.records();
    let wang = |phone| record("crm", "1", &[(PersonName, "王若曦"), (Phone, phone)]);
    let first = client.upsert_record(request("r1", wang("13910012345"))).await.unwrap().into_inner();
    server.clock.advance_seconds(60);
    client.upsert_record(request("r2", wang("13910012346"))).await.unwrap();
    let repeated = client.upsert_record(request("r1", wang("13910012345"))).await.unwrap().into_inner();
    assert_eq!(repeated, first);
    let stored = server.engine.record(&guiyi::domain::id::RecordKey::new("crm", "1")).unwrap();
    assert_eq!(stored.loaded.stored.revision, 2, "a repetition writes nothing");
    assert_invalid(client.upsert_record(request("r1", wang("13910012347"))).await, "request_id");
}

#[tokio::test]
async fn a_stale_etag_is_refused() {
    let server = TestServer::start().await;
    let mut client = server.records();
    let first = server.upsert(numbered(1)).await.record.unwrap();
    let changed = Record { owner: "ann".into(), etag: first.etag.clone(), ..numbered(1) };
    let second = client.upsert_record(request("", changed.clone())).await.unwrap().into_inner().record.unwrap();
    assert_ne!(second.etag, first.etag);
    let stale = Record { owner: "bob".into(), ..changed };
    let status = assert_refused(client.upsert_record(request("", stale)).await, Code::Aborted, "ETAG_MISMATCH");
    assert!(status.message().contains("sources/crm/records/1"), "{status:?}");
}

fn assert_response(result: &UpsertRecordResult, record_id: &str) {
    match result.result.as_ref() {
        Some(Response(response)) => assert_eq!(response.record.as_ref().unwrap().record_id, record_id),
        other => panic!("{record_id}: {other:?}"),
    }
}

#[tokio::test]
async fn a_batch_answers_item_by_item() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(RocksStore::open(folder.path()).unwrap());
    let server = TestServer::start_with(store, ServiceOptions::default()).await;
    let mut bad = numbered(1);
    bad.attributes[0].kind = 99;
    let requests = vec![request("", numbered(0)), request("", bad), request("", numbered(2))];
    let batch = BatchUpsertRecordsRequest { requests };
    let results = server.records().batch_upsert_records(batch).await.unwrap().into_inner().results;
    assert_eq!(results.len(), 3);
    assert_response(&results[0], "0");
    assert_response(&results[2], "2");
    let Some(Error(error)) = &results[1].result else { panic!("{:?}", results[1]) };
    assert_eq!(error.code, i32::from(Code::InvalidArgument));
    let details = error.get_error_details();
    assert_eq!(details.error_info().map(|info| info.domain.as_str()), Some("guiyi"));
    assert_eq!(details.bad_request().unwrap().field_violations[0].field, "record.attributes[0].kind");

    let full = |count| BatchUpsertRecordsRequest { requests: (0..count).map(|n| request("", numbered(n))).collect() };
    let results = server.records().batch_upsert_records(full(1_000)).await.unwrap().into_inner().results;
    assert_eq!(results.len(), 1_000);
    assert_invalid(server.records().batch_upsert_records(full(1_001)).await, "requests");
}

#[tokio::test]
async fn a_stream_answers_in_order() {
    let server = TestServer::start().await;
    let items = (0..500).map(|n| StreamUpsertRecordsRequest { request: Some(request(&format!("s{n}"), numbered(n))) });
    let items: Vec<_> = items.collect();
    let answers = server.records().stream_upsert_records(tokio_stream::iter(items)).await.unwrap();
    let mut answers = answers.into_inner();
    let mut count = 0;
    while let Some(answer) = answers.message().await.unwrap() {
        assert_response(&answer.result.unwrap(), &count.to_string());
        count += 1;
    }
    assert_eq!(count, 500);
    assert_eq!(server.engine.partition().unwrap().len(), 500);
}

#[tokio::test]
async fn a_stream_talks_back_before_it_ends_and_survives_a_bad_item() {
    let server = TestServer::start().await;
    let (sender, receiver) = tokio::sync::mpsc::channel(4);
    let stream = tokio_stream::wrappers::ReceiverStream::new(receiver);
    sender.send(StreamUpsertRecordsRequest { request: Some(request("", numbered(1))) }).await.unwrap();
    let mut answers = server.records().stream_upsert_records(stream).await.unwrap().into_inner();
    assert_response(&answers.message().await.unwrap().unwrap().result.unwrap(), "1");
    sender.send(StreamUpsertRecordsRequest { request: None }).await.unwrap();
    let refused = answers.message().await.unwrap().unwrap().result.unwrap();
    assert!(matches!(refused.result, Some(Error(_))), "{refused:?}");
    sender.send(StreamUpsertRecordsRequest { request: Some(request("", numbered(2))) }).await.unwrap();
    assert_response(&answers.message().await.unwrap().unwrap().result.unwrap(), "2");
    drop(sender);
    assert!(answers.message().await.unwrap().is_none());
    server.stop().await.unwrap();
}
