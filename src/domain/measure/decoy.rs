//! Decoys: records of people who do not exist, put together from the data's own values, so that every link to one is false.
//!
//! Each group of dependent attributes (a whole name, a whole address, everything that an identity document says) comes from
//! another real record of the same source, the donor; a donor without the group leaves it empty. The decoys therefore have the
//! data's common names, shared telephones, placeholders and gaps, but nothing ties their parts together (the idea: Robach et al.
//! 2025). A donor knows its own values, of course: links to donors and their clusters are no news and must be left out. What is
//! left counts accidental matches of strangers, and records of the donor's customer that its cluster had missed.

use crate::domain::hash::{mix, stable_hash};
use crate::domain::id::RecordKey;
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, RawAttribute, RawRecord};

/// The source of every decoy.
pub const SOURCE: &str = "decoy";
/// Records that a source must have to be the donor of its own decoys; smaller ones take from all records.
const SOURCE_RECORDS_MIN: usize = 30;
/// Donors tried for one group until one is found that gave nothing yet.
const DONORS_TRIED_MAX: u64 = 16;

/// A record that may be a donor, as delivered or prepared.
pub trait Donor {
    /// Its attributes.
    type Attribute: Clone;
    /// Which record.
    fn key(&self) -> &RecordKey;
    /// All it has.
    fn attributes(&self) -> &[Self::Attribute];
    /// What one of them is about.
    fn kind(attribute: &Self::Attribute) -> AttributeKind;
}

impl Donor for RawRecord {
    type Attribute = RawAttribute;

    fn key(&self) -> &RecordKey {
        &self.key
    }

    fn attributes(&self) -> &[RawAttribute] {
        &self.attributes
    }

    fn kind(attribute: &RawAttribute) -> AttributeKind {
        attribute.kind
    }
}

impl Donor for PreparedRecord {
    type Attribute = Attribute;

    fn key(&self) -> &RecordKey {
        &self.key
    }

    fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    fn kind(attribute: &Attribute) -> AttributeKind {
        attribute.kind
    }
}

/// A record of nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoy<A> {
    /// What it is called.
    pub key: RecordKey,
    /// Its attributes.
    pub attributes: Vec<A>,
    /// Positions of the records that gave its parts.
    pub donors: Vec<usize>,
}

impl Decoy<RawAttribute> {
    /// The record.
    pub fn record(self) -> RawRecord {
        RawRecord { key: self.key, owner: None, observed_time: None, attributes: self.attributes }
    }
}

impl Decoy<Attribute> {
    /// The record.
    pub fn record(self) -> PreparedRecord {
        PreparedRecord { key: self.key, owner: None, observed_time: None, attributes: self.attributes }
    }
}

/// Attributes that depend on each other and therefore come from one donor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Name,
    Person,
    Organisation,
    Phone,
    Email,
    Address,
    Company,
    Social,
    BankCard,
    Free,
}

impl Group {
    const ALL: [Self; 10] = [
        Self::Name,
        Self::Person,
        Self::Organisation,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::Company,
        Self::Social,
        Self::BankCard,
        Self::Free,
    ];

    /// Nothing for what is carried but never compared.
    fn of(kind: AttributeKind) -> Option<Self> {
        match kind {
            AttributeKind::PersonName => Some(Self::Name),
            // A resident ID holds the birth date and the sex.
            AttributeKind::BirthDate | AttributeKind::Gender | AttributeKind::IdDocument => Some(Self::Person),
            AttributeKind::OrgName => Some(Self::Organisation),
            AttributeKind::Phone => Some(Self::Phone),
            AttributeKind::Email => Some(Self::Email),
            AttributeKind::Address | AttributeKind::PostalCode => Some(Self::Address),
            AttributeKind::Company => Some(Self::Company),
            AttributeKind::SocialId => Some(Self::Social),
            AttributeKind::BankCard => Some(Self::BankCard),
            AttributeKind::Text | AttributeKind::Date => Some(Self::Free),
            AttributeKind::Tag | AttributeKind::Consent | AttributeKind::Amount => None,
        }
    }
}

/// Makes `count` decoys from records in a fixed order; at most one for each record, none from fewer than two records.
pub fn decoys<R: Donor>(records: &[&R], count: usize) -> Vec<Decoy<R::Attribute>> {
    if records.len() < 2 {
        return Vec::new();
    }
    // Records by source, so that a decoy has the gaps of its source.
    let mut by_source: Vec<usize> = (0..records.len()).collect();
    by_source.sort_by(|a, b| source(records, *a).cmp(source(records, *b)));
    let mut templates: Vec<usize> = (0..by_source.len()).collect();
    templates.sort_by_key(|place| mix(stable_hash(&["template"]) ^ mix(*place as u64)));
    let made = templates.into_iter().take(count).enumerate();
    made.map(|(number, place)| decoy(records, &by_source, place, number)).collect()
}

fn source<'r, R: Donor>(records: &[&'r R], position: usize) -> &'r str {
    records.get(position).map_or("", |record| &record.key().source.0)
}

fn decoy<R: Donor>(records: &[&R], by_source: &[usize], place: usize, number: usize) -> Decoy<R::Attribute> {
    let own = by_source.get(place).map_or("", |position| source(records, *position));
    let first = by_source.partition_point(|position| source(records, *position) < own);
    let end = by_source.partition_point(|position| source(records, *position) <= own);
    let fits = end - first >= SOURCE_RECORDS_MIN;
    let pool = if fits { by_source.get(first..end).unwrap_or(by_source) } else { by_source };
    let mut donors: Vec<usize> = Vec::new();
    let mut attributes: Vec<R::Attribute> = Vec::new();
    for (group_number, group) in Group::ALL.into_iter().enumerate() {
        let Some(donor) = donor(pool, &donors, number, group_number) else { continue };
        let Some(record) = records.get(donor) else { continue };
        let given = record.attributes().iter().filter(|attribute| Group::of(R::kind(attribute)) == Some(group));
        let before = attributes.len();
        attributes.extend(given.cloned());
        if attributes.len() > before {
            donors.push(donor);
        }
    }
    let key = RecordKey::new(SOURCE, format!("decoy-{number:08}"));
    Decoy { key, attributes, donors }
}

/// A record that has given nothing yet; in a tiny pool any record.
fn donor(pool: &[usize], taken: &[usize], number: usize, group: usize) -> Option<usize> {
    let seed = mix(stable_hash(&["donor"]) ^ mix(number as u64) ^ mix(group as u64 + 1).rotate_left(32));
    let candidate = |attempt: u64| pool.get((mix(seed ^ attempt) % pool.len().max(1) as u64) as usize).copied();
    (0..DONORS_TRIED_MAX).filter_map(candidate).find(|donor| !taken.contains(donor)).or_else(|| candidate(0))
}

/// What decoys say about a clustering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscoveryRate {
    /// Wrong pairs of real records to be expected, strangers only.
    pub false_pairs: f64,
    /// Estimated share of wrong pairs among those put together.
    pub rate: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// What was counted in a run with decoys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecoyCounts {
    /// Real records.
    pub records: u64,
    /// Pairs of real records put together.
    pub found_pairs: u64,
    /// Decoys offered.
    pub decoys: u64,
    /// Of these, joined to some real record.
    pub decoys_joined: u64,
    /// Pairs of a decoy and a real record put together.
    pub decoy_pairs: u64,
    /// Real records that a decoy would meet on joining a record's cluster at random: the mean size, weighted by records, in
    /// thousandths. It stands in where no decoy joined anything.
    pub partners_expected_thousandths: u64,
}

/// Scales decoys to real records: a stranger meets as many wrong partners as a decoy does, and every wrong pair is met from
/// both of its sides. Nothing without decoys or without pairs.
pub fn discovery_rate(counts: &DecoyCounts) -> Option<DiscoveryRate> {
    if counts.decoys == 0 || counts.found_pairs == 0 {
        return None;
    }
    let decoys = counts.decoys as f64;
    let partners = if counts.decoys_joined > 0 {
        counts.decoy_pairs as f64 / counts.decoys_joined as f64
    } else {
        counts.partners_expected_thousandths as f64 / 1000.0
    };
    let false_pairs = |joined: f64| joined * partners * counts.records as f64 / 2.0;
    let rate = |joined: f64| (false_pairs(joined) / counts.found_pairs as f64).min(1.0);
    let (low, high) = super::ratio::share_interval(counts.decoys_joined as f64, decoys);
    let joined = counts.decoys_joined as f64 / decoys;
    Some(DiscoveryRate { false_pairs: false_pairs(joined), rate: rate(joined), low: rate(low), high: rate(high) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: usize) -> RawRecord {
        let attribute = |kind, text: &str| RawAttribute::full(kind, format!("{text}{id}"));
        let mut attributes = vec![
            attribute(AttributeKind::PersonName, "name"),
            attribute(AttributeKind::BirthDate, "birth"),
            attribute(AttributeKind::Gender, "sex"),
            attribute(AttributeKind::Tag, "tag"),
        ];
        if id.is_multiple_of(2) {
            attributes.push(attribute(AttributeKind::Phone, "phone"));
        }
        let source = if id < 50 { "crm" } else { "web" };
        RawRecord { key: RecordKey::new(source, id.to_string()), owner: None, observed_time: None, attributes }
    }

    #[test]
    fn parts_come_from_different_donors_of_one_source_and_what_depends_stays_together() {
        let records: Vec<RawRecord> = (0..100).map(record).collect();
        let records: Vec<&RawRecord> = records.iter().collect();
        let made = decoys(&records, 100);
        assert_eq!((made.len(), &made), (100, &decoys(&records, 100)));
        let id = |attribute: &RawAttribute| attribute.raw().trim_start_matches(char::is_alphabetic).to_owned();
        let mut phones = 0;
        for decoy in &made {
            let of = |kind| decoy.attributes.iter().find(|a| a.kind == kind).map(&id);
            assert_ne!(of(AttributeKind::PersonName), of(AttributeKind::BirthDate));
            assert_eq!(of(AttributeKind::BirthDate), of(AttributeKind::Gender));
            assert_eq!(of(AttributeKind::Tag), None);
            phones += usize::from(of(AttributeKind::Phone).is_some());
            let sources: Vec<&str> = decoy.donors.iter().map(|donor| source(&records, *donor)).collect();
            assert!(sources.iter().all(|source| *source == sources[0]), "{decoy:?}");
        }
        assert!((35..65).contains(&phones), "half of the records have a phone, {phones} decoys of 100 do");
        assert!(decoys(&records[..1], 10).is_empty());
    }

    #[test]
    fn rates_by_hand() {
        let counts = DecoyCounts {
            records: 1_000,
            found_pairs: 500,
            decoys: 100,
            decoys_joined: 2,
            decoy_pairs: 4,
            partners_expected_thousandths: 1_500,
        };
        let rate = discovery_rate(&counts).unwrap();
        // Two of a hundred strangers meet two wrong partners each: 1,000 × 0.04 / 2 wrong pairs.
        assert!((rate.false_pairs - 20.0).abs() < 1e-9 && (rate.rate - 0.04).abs() < 1e-12, "{rate:?}");
        assert!(rate.low > 0.004 && rate.low < 0.006 && rate.high > 0.13 && rate.high < 0.15, "{rate:?}");
        let none = discovery_rate(&DecoyCounts { decoys_joined: 0, decoy_pairs: 0, ..counts }).unwrap();
        assert!(none.rate == 0.0 && none.high > 0.04 && none.high < 0.06, "{none:?}");
        assert_eq!(discovery_rate(&DecoyCounts { decoys: 0, ..counts }), None);
    }
}
