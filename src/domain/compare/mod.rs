//! Stage 3a: two records' features become a comparison vector. One comparator a file.
//!
//! A comparator looks at one kind of evidence as a whole (the entire name, the entire address), because the parts of a
//! name or address are not independent. It answers with a level; what a level is worth stands in the match model.
//! A missing value on either side is no agreement and no disagreement: the comparator says nothing.
//!
//! A comparator reads the values of its own kind and the day of the record, nothing else: of packed records only these are unpacked for it.
//!
//! To add one: write the file, list it in [`ALL`] (at the end: stored vectors refer to the position), give the models
//! its levels, add `fixtures/compare/<name>.toml`.

use super::features::Features;
use super::features::outline::Outline;
use super::features::sketch::Sketch;
use super::score::term_frequency::ADJUSTMENT_MAX;

mod address;
mod bank_card;
mod birth_date;
mod company;
pub mod diminutive;
mod email;
mod gender;
mod id_document;
mod known_names;
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
    /// What the sketches of two records alone tell, each of which holds all of its evidence. Agrees with [`Self::compare`].
    fn sketched(&self, _a: &Sketch, _b: &Sketch) -> Sketched {
        Sketched::AtBest(0, i32::from(i16::MAX))
    }
    /// Adds what it sees to `out`: at most one agreement a label, none when either side is missing.
    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>);
}

/// What two sketches tell about a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sketched {
    /// The comparator says nothing.
    Silent,
    /// This level, on a value of this rarity.
    Seen(usize, i32),
    /// This level or a later one, or nothing, on a value of at most this rarity.
    AtBest(usize, i32),
}

/// What a sketch and an outline tell about a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlined {
    /// The comparator says nothing.
    Silent,
    /// This level, on a value of this rarity.
    Seen(usize, i32),
    /// This level or a later one, on a value of at most this rarity.
    From(usize, i32),
    /// The same, or nothing.
    AtBest(usize, i32),
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
    /// What it says of a value that a customer has one of for life.
    pub steady: Steady,
}

/// What a level says of a value that a customer has one of for life, as far as a given name or a birth date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Steady {
    /// Both records have the same, however it is written.
    Same,
    /// They have another, unless one of them is wrong.
    Other,
    /// They have another, or one of them is mistyped: as like as not while nobody has seen either twice.
    Near,
    /// Neither: the value may change, is known in part, or is written in a way that leaves it open.
    #[default]
    Open,
}

impl Level {
    /// An ordinary level.
    pub const fn new(code: &'static str, name_zh: &'static str, name_en: &'static str) -> Self {
        Self { code, name_zh, name_en, cannot_link: false, steady: Steady::Open }
    }

    /// The same level, which says that a value for life is the same.
    const fn same(self) -> Self {
        Self { steady: Steady::Same, ..self }
    }

    /// The same level, which says that a value for life is another.
    const fn other(self) -> Self {
        Self { steady: Steady::Other, ..self }
    }

    /// The same level, which says that a value for life is another or mistyped.
    const fn near(self) -> Self {
        Self { steady: Steady::Near, ..self }
    }

    /// A level that forbids a merge.
    pub const fn forbidding(code: &'static str, name_zh: &'static str, name_en: &'static str) -> Self {
        Self { cannot_link: true, ..Self::new(code, name_zh, name_en) }
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
    let mut agreements = Vec::with_capacity(COUNT);
    for position in shared(&a.sketch, &b.sketch) {
        match sketched(position, &a.sketch, &b.sketch) {
            Sketched::Silent => {}
            Sketched::Seen(level, rarity) => {
                agreements.push(Agreement { comparator: position, ..Agreement::on(level, rarity) });
            }
            Sketched::AtBest(..) => in_full(position, a, b, &mut agreements),
        }
    }
    agreements
}

/// Whether a level of the comparator at a position of [`ALL`] forbids a merge.
#[inline]
pub fn forbids(position: u8, level: usize) -> bool {
    // The one comparator that has such levels; a test holds it.
    u16::from(position) == Sketch::ID_DOCUMENT && id_document::forbids(level)
}

/// What a level of the comparator at a position of [`ALL`] says of a value for life.
pub fn steady(position: u8, level: usize) -> Steady {
    let levels = ALL.get(usize::from(position)).map_or(&[][..], |comparator| comparator.levels());
    levels.get(level).map_or(Steady::Open, |level| level.steady)
}

/// Positions of the comparators for which both records have values, ascending.
#[inline]
pub fn shared(a: &Sketch, b: &Sketch) -> impl Iterator<Item = u8> + use<> {
    positions(a.present & b.present)
}

/// The positions whose bit is set, ascending.
#[inline]
pub fn positions(bits: u16) -> impl Iterator<Item = u8> + Clone + use<> {
    let mut left = bits;
    std::iter::from_fn(move || {
        let position = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        (position < u16::BITS).then_some(position as u8)
    })
}

/// Adds what the comparator at a position of [`ALL`] sees in the features themselves.
pub fn in_full<'a>(position: u8, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
    let first = out.len();
    if let Some(comparator) = ALL.get(usize::from(position)) {
        comparator.compare(a, b, out);
    }
    for agreement in out.iter_mut().skip(first) {
        agreement.comparator = position;
    }
}

/// What the sketches alone tell about the comparison at a position of [`ALL`].
#[inline]
pub fn sketched(position: u8, a: &Sketch, b: &Sketch) -> Sketched {
    if a.plain & b.plain & (1 << position) == 0 {
        return Sketched::AtBest(0, i32::from(a.rarity_max.max(b.rarity_max)));
    }
    // Named one by one instead of called through ALL: most pairs are decided here.
    match u16::from(position) {
        Sketch::PERSON_NAME => person_name::PersonNameComparator.sketched(a, b),
        Sketch::ID_DOCUMENT => id_document::IdDocumentComparator.sketched(a, b),
        Sketch::PHONE => phone::PhoneComparator.sketched(a, b),
        Sketch::EMAIL => email::EmailComparator.sketched(a, b),
        Sketch::BIRTH_DATE => birth_date::BirthDateComparator.sketched(a, b),
        Sketch::GENDER => gender::GenderComparator.sketched(a, b),
        Sketch::ADDRESS => address::AddressComparator.sketched(a, b),
        Sketch::COMPANY => company::CompanyComparator.sketched(a, b),
        Sketch::SOCIAL_ID => social_id::SocialIdComparator.sketched(a, b),
        _ => Sketched::AtBest(0, i32::from(a.rarity_max.max(b.rarity_max))),
    }
}

/// [`sketched`], and of names what was found when they were compared before. What it says is what [`in_full`] says; whether it says anything
/// depends on what the program did before.
#[inline]
pub fn known(position: u8, a: &Sketch, b: &Sketch) -> Sketched {
    match sketched(position, a, b) {
        Sketched::AtBest(..) if u16::from(position) == Sketch::PERSON_NAME => person_name::known(a, b),
        told => told,
    }
}

/// What a sketch tells about the comparison of its record with that of an outline, by the comparator at a position of [`ALL`]: never less than
/// the features themselves would say.
pub fn outlined(position: u8, a: &Sketch, b: &Outline) -> Outlined {
    let position = u16::from(position);
    if a.plain & (1 << position) == 0 || !b.holds(position) {
        return Outlined::AtBest(0, ADJUSTMENT_MAX);
    }
    match position {
        Sketch::PERSON_NAME => person_name::outlined(&a.name, b),
        Sketch::ID_DOCUMENT => id_document::outlined(&a.document, b),
        Sketch::PHONE => phone::outlined(&a.phone, b),
        Sketch::EMAIL => email::outlined(&a.email, b),
        Sketch::BIRTH_DATE => birth_date::outlined(a.birth_date, b),
        Sketch::GENDER => Outlined::Seen(usize::from(a.gender != b.gender()), 0),
        Sketch::ADDRESS => address::outlined(&a.address, b),
        Sketch::SOCIAL_ID => social_id::outlined(a.social_id, b),
        _ => Outlined::AtBest(0, ADJUSTMENT_MAX),
    }
}

/// Keeps the best of several (level, rarity): the first level, and of equals the rarest value.
fn best<'a>(seen: impl Iterator<Item = (usize, i32)>) -> Option<Agreement<'a>> {
    let (level, rarity) = seen.min_by_key(|(level, rarity)| (*level, std::cmp::Reverse(*rarity)))?;
    Some(Agreement::on(level, rarity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_forbidding_levels_are_what_the_comparators_say() {
        for (position, comparator) in ALL.iter().enumerate() {
            for (level, entry) in comparator.levels().iter().enumerate() {
                assert_eq!(forbids(position as u8, level), entry.cannot_link, "{} {}", comparator.code(), entry.code);
            }
        }
        let named = [
            (Sketch::PERSON_NAME, "person_name"),
            (Sketch::ORG_NAME, "org_name"),
            (Sketch::ID_DOCUMENT, "id_document"),
            (Sketch::PHONE, "phone"),
            (Sketch::EMAIL, "email"),
            (Sketch::BIRTH_DATE, "birth_date"),
            (Sketch::GENDER, "gender"),
            (Sketch::ADDRESS, "address"),
            (Sketch::COMPANY, "company"),
            (Sketch::SOCIAL_ID, "social_id"),
            (Sketch::BANK_CARD, "bank_card"),
            (Sketch::POSTAL_CODE, "postal_code"),
            (Sketch::TEXT, "text"),
        ];
        for (position, code) in named {
            assert_eq!(ALL.get(usize::from(position)).map(|comparator| comparator.code()), Some(code));
        }
    }
}
