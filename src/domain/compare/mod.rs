//! Stage 3a: two records' features become a comparison vector. One comparator a file.
//!
//! A comparator looks at one kind of evidence as a whole (the entire name, the entire address), because the parts of a
//! name or address are not independent. It answers with a level; what a level is worth stands in the match model.
//! A missing value on either side is no agreement and no disagreement: the comparator says nothing.
//!
//! To add one: write the file, list it in [`ALL`] (at the end: stored vectors refer to the position), give the models
//! its levels, add `fixtures/compare/<name>.toml`.

use super::features::Features;

mod address;
mod bank_card;
mod birth_date;
mod company;
mod diminutive;
mod email;
mod gender;
mod id_document;
mod org_name;
mod person_name;
mod phone;
mod postal_code;
pub mod similarity;
mod social_id;
mod text;
pub mod vector;
mod words;

pub use vector::{Agreement, ComparisonVector};

/// One way of comparing one kind of evidence.
pub trait Comparator: Sync {
    /// The stable code, also the table's name in model files.
    fn code(&self) -> &'static str;
    /// Its name in simplified Chinese, for explanations.
    fn name_zh(&self) -> &'static str;
    /// The levels, best first.
    fn levels(&self) -> &'static [Level];
    /// A customer has several of these at once or one after another: one agreement says more than the others deny.
    fn several_valued(&self) -> bool {
        false
    }
    /// Adds what it sees to `out`: at most one agreement a label, none when either side is missing.
    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>);
}

/// One level of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The stable code, also the key in model files.
    pub code: &'static str,
    /// What it means, in simplified Chinese.
    pub name_zh: &'static str,
    /// What it means, in English.
    pub name_en: &'static str,
    /// Forbids a merge outright, unless a person says otherwise.
    pub cannot_link: bool,
}

impl Level {
    /// An ordinary level.
    pub const fn new(code: &'static str, name_zh: &'static str, name_en: &'static str) -> Self {
        Self { code, name_zh, name_en, cannot_link: false }
    }

    /// A level that forbids a merge.
    pub const fn forbidding(code: &'static str, name_zh: &'static str, name_en: &'static str) -> Self {
        Self { code, name_zh, name_en, cannot_link: true }
    }
}

/// Every comparator. The position is stored in comparison vectors: append only.
pub const ALL: &[&dyn Comparator] = &[
    &person_name::PersonNameComparator,
    &org_name::OrgNameComparator,
    &id_document::IdDocumentComparator,
    &phone::PhoneComparator,
    &email::EmailComparator,
    &birth_date::BirthDateComparator,
    &gender::GenderComparator,
    &address::AddressComparator,
    &company::CompanyComparator,
    &social_id::SocialIdComparator,
    &bank_card::BankCardComparator,
    &postal_code::PostalCodeComparator,
    &text::TextComparator,
];

/// How many comparators there are.
pub const COUNT: usize = 13;

const _: () = assert!(ALL.len() == COUNT);

/// Compares two records on every kind of evidence that both have.
pub fn compare<'a>(a: &'a Features, b: &'a Features) -> Vec<Agreement<'a>> {
    let mut agreements = Vec::with_capacity(ALL.len());
    for (position, comparator) in ALL.iter().enumerate() {
        let first = agreements.len();
        comparator.compare(a, b, &mut agreements);
        for agreement in &mut agreements[first..] {
            agreement.comparator = position as u8;
        }
    }
    agreements
}

/// Keeps the best of several (level, rarity): the first level, and of equals the rarest value.
fn best<'a>(seen: impl Iterator<Item = (usize, i32)>) -> Option<Agreement<'a>> {
    let (level, rarity) = seen.min_by_key(|(level, rarity)| (*level, std::cmp::Reverse(*rarity)))?;
    Some(Agreement::on(level, rarity))
}
