//! What becomes of profiles, searches with little, late deliveries, another model while serving.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use guiyi::domain::record::AttributeKind::{Address, BirthDate, Email, PersonName, Phone};
use guiyi::service::proto::generic_value::Override;
use guiyi::service::proto::match_model::State;
use guiyi::service::proto::model_service_client::ModelServiceClient;
use guiyi::service::proto::profile_change::Kind;
use guiyi::service::proto::{
    ActivateMatchModelRequest, AttributeKind, CreateMatchModelRequest, DeleteRecordRequest, GenericValue,
    GetMatchModelRequest, GetProfileRequest, ListGenericValuesRequest, ListMatchModelsRequest, MatchModel,
    MatchRecordRequest, OverrideGenericValueRequest, PinAttributeRequest, Profile, ProfileChange, Record,
    UnpinAttributeRequest, UpsertRecordRequest, WatchProfilesRequest, WatchProfilesResponse,
};
use guiyi::service::record_request;
use guiyi::store::Durability;
use tonic::Code;

use super::server::{TestServer, assert_invalid, assert_refused, record};
use crate::support::{fixture, groups_of_engine, records};

async fn watch(server: &TestServer, request: WatchProfilesRequest) -> tonic::Streaming<WatchProfilesResponse> {
    server.profiles().watch_profiles(request).await.unwrap().into_inner()
}

async fn next(stream: &mut tonic::Streaming<WatchProfilesResponse>) -> (ProfileChange, String) {
    let answer = tokio::time::timeout(Duration::from_secs(20), stream.message()).await.expect("a change comes");
    let answer = answer.unwrap().expect("the stream stays open");
    (answer.change.unwrap(), answer.resume_token)
}

const PERSON: [(guiyi::domain::record::AttributeKind, &str); 3] =
    [(PersonName, "欧阳若曦"), (Phone, "13912340007"), (BirthDate, "1990-01-02")];

#[tokio::test]
async fn a_follower_is_told_what_becomes_of_profiles_and_resumes_anywhere() {
    let server = TestServer::start().await;
    let mut stream = watch(&server, WatchProfilesRequest::default()).await;
    let first = server.upsert(record("crm", "1", &PERSON)).await.resolution.unwrap().profile;
    server.upsert(record("shop", "1", &PERSON)).await;
    let delete = |name: &str| DeleteRecordRequest { name: name.to_owned(), ..DeleteRecordRequest::default() };
    server.records().delete_record(delete("sources/crm/records/1")).await.unwrap();
    server.records().delete_record(delete("sources/shop/records/1")).await.unwrap();
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(next(&mut stream).await);
    }
    let kinds: Vec<Kind> = told.iter().map(|(change, _)| change.kind()).collect();
    assert_eq!(kinds, [Kind::Created, Kind::Changed, Kind::Changed, Kind::Erased]);
    assert!(told.iter().all(|(change, _)| change.profile == first));
    assert_eq!(told[1].0.records_before, ["sources/crm/records/1"]);
    assert_eq!(told[1].0.records_after.iter().collect::<BTreeSet<_>>().len(), 2);
    assert_eq!(told[3].0.records_after, Vec::<String>::new());
    for (position, (_, token)) in told.iter().enumerate().take(3) {
        let request = WatchProfilesRequest { resume_token: token.clone(), from_now: false };
        let mut resumed = watch(&server, request).await;
        assert_eq!(next(&mut resumed).await, told[position + 1], "after change {position}");
    }
    let foreign = WatchProfilesRequest { resume_token: "00ff".into(), from_now: false };
    assert_invalid(server.profiles().watch_profiles(foreign).await, "resume_token");
    // Who watches from now on sees nothing of the past; and open streams do not hold up a shutdown.
    let mut late = watch(&server, WatchProfilesRequest { resume_token: String::new(), from_now: true }).await;
    let again = server.upsert(record("crm", "2", &PERSON)).await;
    let (change, _) = next(&mut late).await;
    assert_eq!((change.kind(), change.profile), (Kind::Created, again.resolution.unwrap().profile));
    let stopped = tokio::time::timeout(Duration::from_secs(8), server.stop()).await;
    stopped.expect("streams end with the server").unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_at_once_end_in_one_outcome_that_a_follower_reproduces() {
    let server = TestServer::start().await;
    let mut sample = records(&fixture("sample/customers.csv"), "sample");
    sample.truncate(240);
    let mut writers = Vec::new();
    for writer in 0..8 {
        let mut client = server.records();
        let share: Vec<Record> = sample.iter().skip(writer).step_by(8).map(record_request).collect();
        writers.push(tokio::spawn(async move {
            for record in share {
                let request = UpsertRecordRequest { record: Some(record), request_id: String::new() };
                client.upsert_record(request).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let expected = groups_of_engine(&server.engine);
    let mut stream = watch(&server, WatchProfilesRequest::default()).await;
    let mut profiles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    loop {
        let Ok(answer) = tokio::time::timeout(Duration::from_millis(500), stream.message()).await else { break };
        let change = answer.unwrap().unwrap().change.unwrap();
        profiles.remove(&change.profile);
        if !change.records_after.is_empty() {
            profiles.insert(change.profile, change.records_after.into_iter().collect());
        }
    }
    let name = |key: &guiyi::domain::id::RecordKey| format!("sources/{}/records/{}", key.source.0, key.record_id);
    let expected: BTreeSet<BTreeSet<String>> = expected.iter().map(|group| group.iter().map(name).collect()).collect();
    assert_eq!(profiles.into_values().collect::<BTreeSet<_>>(), expected);
}

#[tokio::test]
async fn two_simultaneous_upserts_of_one_person_end_in_one_profile() {
    let server = TestServer::start().await;
    for round in 0..20 {
        let phone = format!("139123400{round:02}");
        let values = [(PersonName, "欧阳若曦"), (Phone, phone.as_str())];
        let (one, two) = (format!("{round}-a"), format!("{round}-b"));
        let (a, b) =
            tokio::join!(server.upsert(record("crm", &one, &values)), server.upsert(record("shop", &two, &values)),);
        let profile = server.engine.record(&guiyi::domain::id::RecordKey::new("crm", one)).unwrap().profile;
        assert_eq!(profile, server.engine.record(&guiyi::domain::id::RecordKey::new("shop", two)).unwrap().profile);
        assert!(a.resolution.is_some() && b.resolution.is_some());
    }
}

#[tokio::test]
async fn a_late_delivery_does_not_replace_a_newer_one() {
    let server = TestServer::start().await;
    let at = |seconds: i64, phone: &str| Record {
        observed_time: Some(prost_types::Timestamp { seconds, nanos: 0 }),
        ..record("crm", "1", &[(PersonName, "欧阳若曦"), (Phone, phone)])
    };
    assert!(!server.upsert(at(2_000, "13912340007")).await.outdated);
    let late = server.upsert(at(1_000, "13800000001")).await;
    assert!(late.outdated);
    assert_eq!(late.record.unwrap().etag, "\"1\"", "the stored revision");
    assert!(!server.upsert(at(3_000, "13800000001")).await.outdated);
    // Where nobody says when, the later arrival wins.
    let unsaid = Record { observed_time: None, ..at(0, "13912340007") };
    assert!(!server.upsert(unsaid).await.outdated);
}

#[tokio::test]
async fn searches_work_with_little() {
    let server = TestServer::start().await;
    let values = [(PersonName, "欧阳若曦"), (Phone, "13912340007"), (Address, "广东省深圳市南山区科技园路8号3栋402室")];
    let profile = server.upsert(record("crm", "1", &values)).await.resolution.unwrap().profile;
    server.upsert(record("crm", "2", &[(PersonName, "王小明"), (Phone, "13712340000")])).await;
    for typed in [
        &[(PersonName, "欧阳若曦")][..],
        &[(PersonName, "ouyang ruoxi")][..],
        &[(Phone, "139 1234")][..],
        &[(Phone, "1391234000")][..],
        &[(Address, "深圳南山科技园路8号3栋402")][..],
    ] {
        let half_typed = Record { source: String::new(), record_id: String::new(), ..record("", "", typed) };
        let request = MatchRecordRequest { record: Some(half_typed), max_candidates: 0 };
        let found = server.records().match_record(request).await.unwrap().into_inner();
        let best = found.candidates.first().unwrap_or_else(|| panic!("{typed:?} finds nobody"));
        assert_eq!(best.profile, profile, "{typed:?}");
        assert_eq!(found.explanations.len(), found.candidates.len());
        assert!(!found.incomplete);
    }
}

#[tokio::test]
async fn another_model_is_evaluated_while_serving_and_there_is_a_way_back() {
    let server = TestServer::start().await;
    let mut sample = records(&fixture("sample/customers.csv"), "sample");
    sample.truncate(400);
    for raw in &sample {
        server.engine.upsert("test", &crate::support::upsert(raw), Durability::Deferred).unwrap();
    }
    let before = server.engine.partition().unwrap();
    let mut models = ModelServiceClient::new(server.channel.clone());
    // Profiles that a split founds are younger than those from before.
    server.clock.advance_seconds(60);
    // A model of one's own: the default with a higher bar.
    let listed = models.list_match_models(ListMatchModelsRequest {}).await.unwrap().into_inner().match_models;
    let active = listed.iter().find(|model| model.state() == State::Active).expect("one is in force");
    assert_eq!(
        (active.name.as_str(), active.model_toml.as_str()),
        ("matchModels/default-zh@1", ""),
        "no files in lists"
    );
    let active = until(&mut models, "matchModels/default-zh@1", State::Active).await;
    let strict = active.model_toml.replace("name = \"default-zh\"", "name = \"strict\"");
    let strict = strict.replace("merge = 0.0", "merge = 14.0");
    assert!(strict.contains("\"strict\"") && strict.contains("merge = 14.0"), "the default's text has changed");
    let own = MatchModel { model_toml: strict.clone(), ..MatchModel::default() };
    let create = CreateMatchModelRequest { match_model: Some(own) };
    assert_eq!(models.create_match_model(create.clone()).await.unwrap().into_inner().name, "matchModels/strict@1");
    assert_eq!(models.create_match_model(create).await.unwrap().into_inner().state(), State::Available);
    let other = MatchModel { model_toml: strict.replace("merge = 14.0", "merge = 13.0"), ..MatchModel::default() };
    let changed = models.create_match_model(CreateMatchModelRequest { match_model: Some(other) }).await;
    assert_refused(changed, Code::FailedPrecondition, "MODEL_EXISTS");

    let name = "matchModels/strict@1".to_owned();
    models.activate_match_model(ActivateMatchModelRequest { name: name.clone(), dry_run: true }).await.unwrap();
    let evaluated = until(&mut models, &name, State::Evaluated).await;
    let difference = evaluated.difference.unwrap();
    assert!(difference.split_count > 0 && !difference.largest.is_empty(), "{difference:?}");
    assert!(difference.largest.iter().all(|change| change.change_time.is_none()), "nothing has happened yet");
    assert_eq!(server.engine.partition().unwrap(), before, "a dry run changes nothing");

    models.activate_match_model(ActivateMatchModelRequest { name: name.clone(), dry_run: false }).await.unwrap();
    until(&mut models, &name, State::Active).await;
    assert_ne!(groups_of_engine(&server.engine).len(), before.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len());
    assert_eq!(server.engine.fsck().unwrap().problems, Vec::<String>::new());

    let back = "matchModels/default-zh@1".to_owned();
    models.activate_match_model(ActivateMatchModelRequest { name: back.clone(), dry_run: false }).await.unwrap();
    until(&mut models, &back, State::Active).await;
    assert_eq!(server.engine.partition().unwrap(), before, "the way back leads to the same profiles and ids");
    let missing = ActivateMatchModelRequest { name: "matchModels/none@1".into(), dry_run: false };
    assert_refused(models.activate_match_model(missing).await, Code::NotFound, "NOT_FOUND");
}

async fn until(models: &mut ModelServiceClient<tonic::transport::Channel>, name: &str, state: State) -> MatchModel {
    for _ in 0..600 {
        let request = GetMatchModelRequest { name: name.to_owned() };
        let model = models.get_match_model(request).await.unwrap().into_inner();
        if model.state() == state {
            return model;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{name} did not become {state:?} in half a minute");
}

#[tokio::test]
async fn generic_values_are_learnt_and_shown() {
    let server = TestServer::start().await;
    let limit = server.engine.model().limits.block_records_max;
    // Different people who leave the front desk's number.
    for number in 0..=limit {
        let name = format!("Customer Name{number:03}");
        let values = [(PersonName, name.as_str()), (Phone, "021-65529988")];
        server.upsert(record("crm", &number.to_string(), &values)).await;
    }
    let mut models = ModelServiceClient::new(server.channel.clone());
    let listed = models.list_generic_values(ListGenericValuesRequest::default()).await.unwrap().into_inner();
    let phone = listed.generic_values.iter().find(|value| value.rule == "phone").expect("the number is generic");
    assert_eq!((phone.parts.as_slice(), phone.record_count), (&["+862165529988".to_owned()][..], limit as i64 + 1));

    // A person knows better: the number is worth comparing by. And then does not care any more.
    let say = |said: Override| OverrideGenericValueRequest {
        request_id: String::new(),
        generic_value: Some(GenericValue { r#override: said.into(), ..phone.clone() }),
        reason: "a school".to_owned(),
    };
    let specific = models.override_generic_value(say(Override::Specific)).await.unwrap().into_inner();
    assert_eq!((specific.generic, specific.r#override()), (false, Override::Specific));
    let overridden = ListGenericValuesRequest { overridden_only: true, ..ListGenericValuesRequest::default() };
    let listed = models.list_generic_values(overridden.clone()).await.unwrap().into_inner().generic_values;
    assert_eq!(listed, [specific]);
    let learnt = models.override_generic_value(say(Override::Unspecified)).await.unwrap().into_inner();
    assert_eq!((learnt.generic, learnt.record_count), (true, limit as i64 + 1));
    assert!(models.list_generic_values(overridden).await.unwrap().into_inner().generic_values.is_empty());
    let nonsense = GenericValue { rule: "fone".to_owned(), ..phone.clone() };
    let nonsense = OverrideGenericValueRequest { generic_value: Some(nonsense), ..say(Override::Generic) };
    assert_refused(models.override_generic_value(nonsense).await, Code::InvalidArgument, "INVALID_FIELD");
}

#[tokio::test]
async fn a_pinned_value_is_the_primary_one_until_it_is_unpinned() {
    let server = TestServer::start().await;
    let name = (PersonName, "欧阳思远");
    let known = [name, (Email, "siyuan.ouyang@example.com"), (BirthDate, "1990-01-02")];
    server.upsert(record("crm", "1", &[&known[..], &[(Phone, "13912340007")]].concat())).await;
    let known = server.upsert(record("shop", "1", &[&known[..], &[(Phone, "13712340008")]].concat())).await;
    let profile = known.resolution.unwrap().profile;
    let mut profiles = server.profiles();
    let get = GetProfileRequest { name: profile.clone() };
    let before = profiles.get_profile(get.clone()).await.unwrap().into_inner();
    assert_eq!(before.records.len(), 2);
    let phones = |profile: &Profile| -> Vec<(String, String)> {
        let phones = profile.attributes.iter().filter(|attribute| attribute.kind() == AttributeKind::Phone);
        phones.map(|phone| (phone.value.clone(), phone.lineage.clone().unwrap().rule)).collect()
    };
    let second = phones(&before)[1].0.clone();
    let pin = PinAttributeRequest {
        name: profile.clone(),
        kind: AttributeKind::Phone.into(),
        qualifier: String::new(),
        value: second.clone(),
        etag: before.etag.clone(),
        request_id: "pin-1".to_owned(),
    };
    let pinned = profiles.pin_attribute(pin.clone()).await.unwrap().into_inner();
    assert_eq!(phones(&pinned)[0], (second, "pinned".to_owned()));
    assert_ne!(pinned.etag, before.etag);
    // The same request again changes nothing; another one must know the new etag.
    assert_eq!(profiles.pin_attribute(pin.clone()).await.unwrap().into_inner().etag, pinned.etag);
    let stale = PinAttributeRequest { request_id: String::new(), ..pin.clone() };
    assert_refused(profiles.pin_attribute(stale).await, Code::Aborted, "ETAG_MISMATCH");
    let nobodys = PinAttributeRequest {
        value: "+8613800138000".to_owned(),
        etag: String::new(),
        request_id: String::new(),
        ..pin
    };
    assert_refused(profiles.pin_attribute(nobodys).await, Code::InvalidArgument, "INVALID_FIELD");
    let unpin =
        UnpinAttributeRequest { name: profile, kind: AttributeKind::Phone.into(), ..UnpinAttributeRequest::default() };
    let unpinned = profiles.unpin_attribute(unpin).await.unwrap().into_inner();
    assert_eq!(phones(&unpinned), phones(&before));
}
