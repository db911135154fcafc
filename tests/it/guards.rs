//! What is never merged without a person, on prepared records and the model that is built in.

use guiyi::catalog::models;
use guiyi::domain::cluster::judgement::{Judgements, Verdict};
use guiyi::domain::cluster::{complete, partition};
use guiyi::domain::features::Features;
use guiyi::domain::id::{RecordHandle, RecordKey, RecordPair};
use guiyi::domain::model::MatchModel;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{AttributeKind, RawAttribute, RawRecord};
use guiyi::domain::score::evidence;

const NAME: (AttributeKind, &str) = (AttributeKind::PersonName, "欧阳若曦");
const PHONE: (AttributeKind, &str) = (AttributeKind::Phone, "13912340007");
const MAIL: (AttributeKind, &str) = (AttributeKind::Email, "ruoxi.ouyang@example.com");

fn prepared(id: &str, values: &[(AttributeKind, &str)], model: &MatchModel) -> Features {
    let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
        country: Some("CN".into()),
        ..RawAttribute::full(*kind, *text)
    };
    let attributes = values.iter().map(attribute).collect();
    let raw = RawRecord { key: RecordKey::new("crm", id), owner: None, observed_time: None, attributes };
    Features::of(&prepare(&raw), &model.frequencies)
}

#[test]
fn clusters_that_hold_different_verified_documents_never_merge() {
    let records = [
        ("1", vec![NAME, PHONE, (AttributeKind::IdDocument, "11010519491231002X")]),
        ("2", vec![NAME, PHONE, MAIL]),
        ("3", vec![NAME, PHONE, MAIL, (AttributeKind::IdDocument, "440308199901101512")]),
        // The same document as the first, in its form of fifteen digits.
        ("4", vec![NAME, PHONE, (AttributeKind::IdDocument, "110105491231002")]),
        // The third's with a typing error that its check digit shows.
        ("5", vec![NAME, PHONE, MAIL, (AttributeKind::IdDocument, "440308199901101513")]),
    ];
    let model = models::load(models::DEFAULT).unwrap();
    let mut features: Vec<Features> = records.iter().map(|(id, values)| prepared(id, values, &model)).collect();
    features.sort_unstable_by_key(|features| features.handle);
    let members: Vec<RecordHandle> = features.iter().map(|features| features.handle).collect();
    let of = |handle| features.iter().find(|f| f.handle == handle).expect("known");
    let score = |a: RecordHandle, b: RecordHandle| evidence(&model, of(a), of(b));
    let clusters = partition(&model, &members, &complete(&members), &Judgements::default(), &score).clusters;
    let handle = |id: &str| RecordKey::new("crm", id).handle();
    let cluster_of = |id: &str| clusters.iter().position(|cluster| cluster.contains(&handle(id)));
    assert_eq!(clusters.len(), 2, "{clusters:?}");
    assert_eq!(cluster_of("1"), cluster_of("4"));
    assert_eq!(cluster_of("3"), cluster_of("5"));
    assert_ne!(cluster_of("1"), cluster_of("3"), "the second record matches both, and they stay apart");
}

#[test]
fn a_person_and_an_organisation_never_become_one_profile() {
    let organisation = (AttributeKind::OrgName, "上海明珠贸易有限公司");
    let model = models::load(models::DEFAULT).unwrap();
    let person = prepared("1", &[NAME, PHONE, MAIL], &model);
    let company = prepared("2", &[organisation, NAME, PHONE, MAIL], &model);
    let (a, b) = (person.handle, company.handle);
    let evidence = evidence(&model, &person, &company);
    let mut judgements = Judgements::default();
    let clusters = |judgements: &Judgements| {
        let members = [a.min(b), a.max(b)];
        partition(&model, &members, &complete(&members), judgements, &|_, _| evidence).clusters.len()
    };
    assert_eq!(clusters(&judgements), 2);
    if let Some(pair) = RecordPair::new(a, b) {
        judgements.insert(pair, Verdict::Positive);
    }
    assert_eq!(clusters(&judgements), 1, "unless a person says so");
}
