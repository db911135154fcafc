//! `ExplainProfile`: the merges that built a profile, in their order.

use guiyi::domain::record::AttributeKind::{Address, Email, PersonName, Phone};
use guiyi::service::proto::{ExplainMatchRequest, ExplainProfileRequest};
use tonic::Code;

use super::server::{TestServer, assert_invalid, assert_refused, record};

const NAME: (guiyi::domain::record::AttributeKind, &str) = (PersonName, "欧阳思远");

/// Three records of one customer: the third agrees with each of the others on something else.
async fn customer(server: &TestServer) -> String {
    let mut profile = String::new();
    for (id, values) in [
        ("1", vec![NAME, (Phone, "13910012345")]),
        ("2", vec![NAME, (Email, "siyuan.ouyang@yunhe-tea.cn"), (Address, "杭州市西湖区文三路100号")]),
        ("3", vec![NAME, (Phone, "13910012345"), (Email, "siyuan.ouyang@yunhe-tea.cn")]),
    ] {
        profile = server.upsert(record("crm", id, &values)).await.resolution.unwrap().profile;
    }
    profile
}

#[tokio::test]
async fn a_profile_is_told_merge_by_merge() {
    let server = TestServer::start().await;
    let name = customer(&server).await;
    let request = ExplainProfileRequest { name: name.clone() };
    let told = server.profiles().explain_profile(request).await.unwrap().into_inner();
    assert_eq!(told.name, name);
    assert_eq!(told.records, ["sources/crm/records/1", "sources/crm/records/2", "sources/crm/records/3"]);
    assert_eq!(told.merges.len(), 2, "{told:?}");
    for merge in &told.merges {
        assert!(!merge.judged && merge.match_weight_bits >= told.merge_threshold_bits, "{merge:?}");
        let means: f64 = merge.comparisons.iter().map(|comparison| comparison.mean_bits).sum();
        let sum = told.prior_bits + means + merge.relation_bits;
        assert!((sum - merge.match_weight_bits).abs() < 1e-6, "{merge:?}");
        assert!(merge.comparisons.iter().all(|comparison| comparison.pair_count >= 1));
        assert!(merge.strongest_pair.as_ref().is_some_and(|pair| !pair.left_record.is_empty()), "{merge:?}");
    }
    let last = &told.merges[1];
    assert_eq!(last.left_records.len() + last.right_records.len(), 3);
    assert!(told.judgements.is_empty() && !told.cut_to_limit);
}

#[tokio::test]
async fn what_cannot_be_explained_is_refused() {
    let server = TestServer::start().await;
    let missing = ExplainProfileRequest { name: "profiles/p0000000000000".into() };
    assert_refused(server.profiles().explain_profile(missing).await, Code::NotFound, "NOT_FOUND");
    let wrong = ExplainProfileRequest { name: "records/1".into() };
    assert_invalid(server.profiles().explain_profile(wrong).await, "name");
}

#[tokio::test]
async fn a_pair_that_was_never_compared_says_so() {
    let server = TestServer::start().await;
    server.upsert(record("crm", "1", &[NAME, (Phone, "13910012345")])).await;
    server.upsert(record("crm", "2", &[(PersonName, "李雷"), (Phone, "18688889999")])).await;
    let request = ExplainMatchRequest {
        left_record: "sources/crm/records/1".into(),
        right_record: "sources/crm/records/2".into(),
    };
    let explained = server.profiles().explain_match(request).await.unwrap().into_inner();
    let flip = explained.flip.unwrap();
    assert!(flip.never_compared && flip.margin_bits < 0.0 && explained.shared_keys.is_empty(), "{flip:?}");
    let description = flip.description.unwrap();
    assert!(description.en.contains("never compared") && description.zh_cn.contains("从未被比较"), "{description:?}");
}
