//! Records and profiles: read, list, delete, match, findings, errors, limits, shutdown.

use std::time::Duration;

use guiyi::domain::record::AttributeKind::{self, Address, Email, IdDocument, PersonName, Phone};
use guiyi::service::ServiceOptions;
use guiyi::service::proto::explain_match_response::Decision;
use guiyi::service::proto::resolution::Outcome;
use guiyi::service::proto::{
    CheckFormatRequest, DeleteRecordRequest, ExplainMatchRequest, GetProfileRequest, GetRecordRequest,
    ListFormatsRequest, ListProfilesRequest, ListRecordsRequest, MatchRecordRequest, NormalizeRecordsRequest, Record,
    SearchProfilesRequest, UpsertRecordRequest, ValidateRecordsRequest, Validity,
};
use guiyi::store::memory::MemoryStore;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

use super::server::{TestServer, assert_invalid, assert_refused, attribute, record};

const ZHANG: &[(AttributeKind, &str)] =
    &[(PersonName, "张泽懿"), (Phone, "13910012345"), (Email, "zeyi.zhang@example.cn")];

fn name(record: &str) -> GetRecordRequest {
    GetRecordRequest { name: record.to_owned() }
}

#[tokio::test]
async fn a_record_is_written_read_matched_and_deleted() {
    let server = TestServer::start().await;
    let mut client = server.records();
    let first = server.upsert(record("crm", "1", ZHANG)).await;
    let resolution = first.resolution.unwrap();
    assert_eq!(resolution.outcome(), Outcome::NewProfile);
    let second = server.upsert(record("shop", "a/b 7", ZHANG)).await;
    assert_eq!(second.resolution.as_ref().unwrap().outcome(), Outcome::Matched, "{second:?}");
    assert_eq!(second.resolution.as_ref().unwrap().candidates[0].record, "sources/crm/records/1");

    let read = client.get_record(name("sources/shop/records/a/b 7")).await.unwrap().into_inner();
    assert_eq!(read, second.record.unwrap(), "a record reads as it was answered");
    assert_eq!(read.profile, resolution.profile);
    assert_eq!(read.attributes[1].normal, "+8613910012345");
    assert_eq!(read.attributes[1].raw, "13910012345");

    let profile = GetProfileRequest { name: resolution.profile.clone() };
    let profile = server.profiles().get_profile(profile).await.unwrap().into_inner();
    assert_eq!(profile.display_name, "张泽懿");
    assert_eq!(profile.records, ["sources/crm/records/1", "sources/shop/records/a/b 7"]);
    assert!(profile.attributes.iter().all(|a| a.lineage.as_ref().is_some_and(|l| l.record_count == 2)), "{profile:?}");

    let explained = ExplainMatchRequest {
        left_record: "sources/crm/records/1".into(),
        right_record: "sources/shop/records/a/b 7".into(),
    };
    let explained = server.profiles().explain_match(explained).await.unwrap().into_inner();
    assert_eq!(explained.decision(), Decision::Match);
    let sum = explained.prior_bits + explained.steps.iter().map(|step| step.match_weight_bits).sum::<f64>();
    let sum = sum + explained.relation_bits;
    assert!((sum - explained.match_weight_bits).abs() < 1e-6, "{explained:?}");
    let flip = explained.flip.unwrap();
    assert!(flip.margin_bits >= 0.0 && !flip.never_compared && flip.forbidding_comparators.is_empty(), "{flip:?}");

    let delete =
        DeleteRecordRequest { name: "sources/crm/records/1".into(), etag: "\"9\"".into(), request_id: "d".into() };
    assert_refused(client.delete_record(delete.clone()).await, Code::Aborted, "ETAG_MISMATCH");
    let delete = DeleteRecordRequest { etag: String::new(), ..delete };
    client.delete_record(delete.clone()).await.unwrap();
    client.delete_record(delete.clone()).await.expect("the same request id gives the same answer");
    assert_refused(client.get_record(name("sources/crm/records/1")).await, Code::NotFound, "NOT_FOUND");
    let again = DeleteRecordRequest { request_id: String::new(), ..delete };
    assert_refused(client.delete_record(again).await, Code::NotFound, "NOT_FOUND");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn matching_writes_nothing() {
    let server = TestServer::start().await;
    let stored = server.upsert(record("crm", "1", ZHANG)).await.resolution.unwrap();
    let before = server.engine.partition().unwrap();
    let half_typed = record("", "", &[(PersonName, "张泽懿"), (Phone, "139 1001 2345")]);
    let request = MatchRecordRequest { record: Some(half_typed), max_candidates: 0 };
    let found = server.records().match_record(request.clone()).await.unwrap().into_inner();
    assert_eq!(found.outcome(), Outcome::Matched, "{found:?}");
    assert_eq!(found.candidates.len(), 1);
    assert_eq!(
        (&found.candidates[0].profile, found.candidates[0].record.as_str()),
        (&stored.profile, "sources/crm/records/1")
    );
    let answered = found.record.unwrap();
    assert_eq!((answered.name.as_str(), answered.source.as_str(), answered.record_id.as_str()), ("", "", ""));
    assert_eq!(server.engine.partition().unwrap(), before);

    let stranger = record("", "", &[(PersonName, "欧阳锦程"), (Phone, "13710098765")]);
    let request = MatchRecordRequest { record: Some(stranger), ..request };
    let found = server.records().match_record(request.clone()).await.unwrap().into_inner();
    assert_eq!((found.outcome(), found.candidates.len()), (Outcome::NewProfile, 0));
    let negative = MatchRecordRequest { max_candidates: -1, ..request };
    assert_invalid(server.records().match_record(negative).await, "max_candidates");
}

#[tokio::test]
async fn dirty_data_is_answered_with_findings() {
    let server = TestServer::start().await;
    // The last digit is wrong: 11010519491231002X is the textbook example.
    let dirty = record("crm", "1", &[(PersonName, "张泽懿"), (IdDocument, "110105194912310021"), (Email, "无")]);
    let answer = server.upsert(dirty.clone()).await;
    let finding = answer.findings.iter().find(|finding| finding.code == "CHECKSUM").expect("the check digit is wrong");
    assert_eq!(finding.validity(), Validity::Invalid);
    assert_eq!(finding.field, "attributes[1]");
    let message = finding.message.as_ref().unwrap();
    assert!(message.zh_cn.contains("校验位") && message.en.contains("check digit"), "{message:?}");
    assert_eq!(answer.record.unwrap().attributes[2].validity(), Validity::Missing);

    let mut quality = server.quality();
    let clean = record("", "", &[(Phone, "13910012345")]);
    let request = ValidateRecordsRequest { records: vec![dirty.clone(), clean] };
    let results = quality.validate_records(request).await.unwrap().into_inner().results;
    let verdicts: Vec<Validity> = results.iter().map(|result| result.validity()).collect();
    assert_eq!(verdicts, [Validity::Invalid, Validity::Valid]);
    let rules: Vec<(&str, &str, &str)> = results[1]
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.rule.as_str(), finding.dimension.as_str()))
        .collect();
    assert_eq!(rules, [("REQUIRED", "name-required", "completeness")], "a phone without a name");

    let records = vec![Record { source: String::new(), ..dirty }];
    let normalized = quality.normalize_records(NormalizeRecordsRequest { records }).await.unwrap().into_inner();
    assert_eq!(normalized.records[0].attributes[1].findings[0].code, "CHECKSUM");
    assert_eq!(normalized.records[0].name, "");

    let check = CheckFormatRequest {
        format: "cn.resident_id".into(),
        input: "11010519491231002x".into(),
        country: String::new(),
    };
    let checked = quality.check_format(check.clone()).await.unwrap().into_inner();
    assert_eq!((checked.validity(), checked.normal.as_str()), (Validity::Valid, "11010519491231002X"));
    assert_eq!(checked.facts["birth_date"], "1949-12-31");
    let unknown = CheckFormatRequest { format: "xx.unknown".into(), ..check.clone() };
    assert_eq!(quality.check_format(unknown).await.unwrap().into_inner().validity(), Validity::Unsupported);
    assert_invalid(quality.check_format(CheckFormatRequest { format: String::new(), ..check }).await, "format");
    let listed = quality.list_formats(ListFormatsRequest {}).await.unwrap().into_inner();
    assert!(listed.formats.iter().any(|format| format.code == "cn.resident_id"));
    assert!(listed.finding_types.iter().any(|finding| finding.code == "CHECKSUM"));
}

#[tokio::test]
async fn lists_come_in_pages_whose_tokens_fit_only_them() {
    let server = TestServer::start().await;
    for number in 0..25 {
        let (source, id) = (if number % 5 == 0 { "shop" } else { "crm" }, format!("{number:02}"));
        server.upsert(record(source, &id, &[(Email, &format!("user{number}x{number}@example.cn"))])).await;
    }
    let mut client = server.records();
    let mut request = ListRecordsRequest { parent: "sources/crm".into(), page_size: 8, page_token: String::new() };
    let (mut seen, mut pages, mut first_token) = (Vec::new(), 0, String::new());
    loop {
        let page = client.list_records(request.clone()).await.unwrap().into_inner();
        seen.extend(page.records.into_iter().map(|record| record.name));
        pages += 1;
        if page.next_page_token.is_empty() {
            break;
        }
        if first_token.is_empty() {
            first_token.clone_from(&page.next_page_token);
        }
        request.page_token = page.next_page_token;
    }
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), pages), (20, 3));

    let other = ListRecordsRequest { parent: String::new(), page_token: first_token.clone(), ..request.clone() };
    assert_invalid(client.list_records(other).await, "page_token");
    let other = ListProfilesRequest { page_size: 8, page_token: first_token };
    assert_invalid(server.profiles().list_profiles(other).await, "page_token");
    let garbage = ListRecordsRequest { page_token: "abc".into(), ..request.clone() };
    assert_invalid(client.list_records(garbage).await, "page_token");
    let negative = ListRecordsRequest { page_size: -1, page_token: String::new(), ..request.clone() };
    assert_invalid(client.list_records(negative).await, "page_size");
    let wrong = ListRecordsRequest { parent: "crm".into(), page_token: String::new(), ..request };
    assert_invalid(client.list_records(wrong).await, "parent");

    let all = ListProfilesRequest { page_size: 5_000, page_token: String::new() };
    let all = server.profiles().list_profiles(all).await.unwrap().into_inner();
    assert_eq!((all.profiles.len(), all.next_page_token.as_str()), (25, ""));
}

#[tokio::test]
async fn wrong_requests_name_the_field() {
    let server = TestServer::start().await;
    let mut client = server.records();
    let mut refused = async |record: Option<Record>, field: &str| {
        assert_invalid(client.upsert_record(UpsertRecordRequest { record, request_id: String::new() }).await, field);
    };
    refused(None, "record").await;
    refused(Some(record("", "1", ZHANG)), "record.source").await;
    refused(Some(record("a/b", "1", ZHANG)), "record.source").await;
    refused(Some(record("crm", "", ZHANG)), "record.record_id").await;
    refused(Some(record("crm", &"x".repeat(257), ZHANG)), "record.record_id").await;
    let mut unspecified = record("crm", "1", ZHANG);
    unspecified.attributes[2].kind = 0;
    refused(Some(unspecified), "record.attributes[2].kind").await;
    let mut unknown_format = record("crm", "1", ZHANG);
    unknown_format.attributes[1].format = "CN Unknown!".into();
    refused(Some(unknown_format), "record.attributes[1].format").await;
    let many = Record { attributes: vec![attribute(Phone, "1"); 129], ..record("crm", "1", &[]) };
    refused(Some(many), "record.attributes").await;

    for (wrong, code) in [("crm/1", Code::InvalidArgument), ("sources/crm/records/none", Code::NotFound)] {
        assert_eq!(client.get_record(name(wrong)).await.unwrap_err().code(), code);
    }
    let nobody = GetProfileRequest { name: "profiles/nobody".into() };
    assert_refused(server.profiles().get_profile(nobody).await, Code::NotFound, "NOT_FOUND");
    server.upsert(record("crm", "1", ZHANG)).await;
    let itself = ExplainMatchRequest {
        left_record: "sources/crm/records/1".into(),
        right_record: "sources/crm/records/1".into(),
    };
    assert_invalid(server.profiles().explain_match(itself).await, "right_record");
}

#[tokio::test]
async fn overload_is_refused_with_a_time_to_come_back() {
    let options = ServiceOptions { concurrent_requests_max: 0, ..ServiceOptions::default() };
    let server = TestServer::start_with(std::sync::Arc::new(MemoryStore::default()), options).await;
    let refused = server.records().get_record(name("sources/crm/records/1")).await;
    let status = assert_refused(refused, Code::ResourceExhausted, "OVERLOADED");
    assert!(status.get_details_retry_info().and_then(|info| info.retry_delay).is_some());
    let health = HealthClient::new(server.channel.clone()).check(HealthCheckRequest::default()).await;
    assert_eq!(health.unwrap().into_inner().status(), ServingStatus::Serving, "health is outside the limit");
}

#[tokio::test]
async fn health_follows_the_life_of_the_server() {
    let mut server = TestServer::start().await;
    let mut client = HealthClient::new(server.channel.clone());
    for service in ["", "guiyi.v1.RecordService", "guiyi.v1.ReviewService"] {
        let status = client.check(HealthCheckRequest { service: service.into() }).await.unwrap().into_inner().status();
        assert_eq!(status, ServingStatus::Serving, "{service}");
    }
    let mut watch = client.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    server.begin_stop();
    let next = tokio::time::timeout(Duration::from_secs(5), watch.message()).await.expect("a change is told at once");
    assert_eq!(next.unwrap().unwrap().status(), ServingStatus::NotServing);
    drop((watch, client));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn record_rules_are_judged_as_of_the_day_of_the_request() {
    let server = TestServer::start().await;
    let mut old = record("crm", "1", &[(PersonName, "张伟"), (Phone, "13910012345")]);
    old.observed_time = Some(prost_types::Timestamp { seconds: 1_600_000_000, nanos: 0 });
    let answer = server.upsert(old.clone()).await;
    let stale = answer.findings.iter().find(|finding| finding.code == "STALE").expect("confirmed three years ago");
    assert_eq!((stale.rule.as_str(), stale.dimension.as_str(), stale.field.as_str()), ("stale", "freshness", ""));
    assert!(stale.message.as_ref().unwrap().zh_cn.contains("两年"), "{stale:?}");

    let many = (0..21).map(|n| record("crm", &n.to_string(), &[(PersonName, "张伟"), (Phone, "13910012345")]));
    let request = ValidateRecordsRequest { records: many.collect() };
    let results = server.quality().validate_records(request).await.unwrap().into_inner().results;
    let shared =
        results[0].findings.iter().find(|finding| finding.rule == "phone-shared").expect("21 records, one phone");
    assert_eq!((shared.code.as_str(), shared.field.as_str()), ("SHARED", "attributes[1]"));
}

#[tokio::test]
async fn what_a_person_types_finds_profiles() {
    let server = TestServer::start().await;
    let wang = [(PersonName, "王小明"), (Phone, "13912345670"), (Email, "wang.xm@qq.com")];
    let first = server.upsert(record("crm", "1", &wang)).await.resolution.unwrap().profile;
    server.upsert(record("shop", "2", &[(PersonName, "王小明"), (Phone, "13912345670")])).await;
    let other = [(PersonName, "李雷"), (Phone, "13700001234"), (Address, "上海市徐汇区虹漕路461号58号楼502室")];
    let second = server.upsert(record("crm", "3", &other)).await.resolution.unwrap().profile;
    let search = async |query: &str| {
        let request = SearchProfilesRequest { query: query.into(), ..SearchProfilesRequest::default() };
        server.profiles().search_profiles(request).await
    };
    let cases = [
        ("王小明", &first),
        ("１３９ 1234 5670", &first),
        ("13912", &first),
        ("WANG.XM@qq.com", &first),
        ("王小明，13912345670", &first),
        ("李雷", &second),
        ("上海市徐汇区虹漕路461号58栋502", &second),
    ];
    for (query, profile) in cases {
        let found = search(query).await.unwrap().into_inner();
        assert_eq!(found.profiles.first().map(|found| &found.name), Some(profile), "{query}");
        let best = found.candidates.first().map(|candidate| &candidate.profile);
        assert_eq!((found.profiles.len(), best), (found.candidates.len(), Some(profile)), "{query}");
    }
    let read = search("王小明 13912345670").await.unwrap().into_inner();
    assert_eq!(read.profiles.len(), 1);
    let normal: Vec<String> = read.record.unwrap().attributes.into_iter().map(|attribute| attribute.normal).collect();
    assert_eq!(normal, ["王小明", "+8613912345670"]);
    assert!(search("韩梅梅").await.unwrap().into_inner().profiles.is_empty());
    assert_invalid(search(" ， ").await, "query");
    let wrong = SearchProfilesRequest { query: "王小明".into(), country: "China".into(), page_size: 0 };
    assert_invalid(server.profiles().search_profiles(wrong.clone()).await, "country");
    let negative = SearchProfilesRequest { country: String::new(), page_size: -1, ..wrong };
    assert_invalid(server.profiles().search_profiles(negative).await, "page_size");
}
