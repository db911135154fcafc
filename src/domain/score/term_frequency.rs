//! Term frequency: agreeing on 张伟 proves less than agreeing on 澹台明镜.
//!
//! How common a value is comes from two places. The tables shipped with the release (surnames with their share of the Han
//! population, characters of given names) speak for Han names without any data. The statistics epoch of a trained model
//! counts the values of a data set: not the records that carry one but the *customers*, so that ten records of one person
//! do not make her name common. Counts are smoothed towards the release's expectation, so that small data sets say little.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::domain::hash::stable_hash;

const SURNAMES: &str = include_str!("surnames.dat");
const GIVEN_CHARACTERS: &str = include_str!("given_characters.dat");
const COMMON_NAMES: &str = include_str!("common_names.dat");

/// Rarity of the surname of two people who share one, on average: −log2 Σf², in milli-bits.
const MEAN_SURNAME: i32 = 5_300;
/// No surname counts as rarer than this.
const SURNAME_MAX: i32 = 8_300;
/// A character of given names outside the table is taken to be this rare.
const CHARACTER_MAX: i32 = 15_300;
/// −log2 of the share of given names of one character.
const SHORT_GIVEN_NAME: i32 = 2_800;
/// The rarity for which the level weights of full agreement are set.
const MEAN_NAME: i32 = 13_300;
/// Bounds of the rarity of a full name: its parts go together more often than chance.
const NAME_MIN: i32 = 9_000;
const NAME_MAX: i32 = 15_000;
/// Rarity of the names that most people bear: each has 11 to 22 in 100,000.
const COMMON_NAME: i32 = 12_500;
/// Customers whose worth of expectation is added to every count.
const PSEUDO_CUSTOMERS: f64 = 400.0;
/// No correction goes beyond this, in milli-bits.
pub const ADJUSTMENT_MAX: i32 = 8_000;

/// What a value is, for counting: values of different kinds are never counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TermKind {
    /// A whole name of a person, folded, whatever the word order.
    FullName,
    /// A family name.
    FamilyName,
    /// A given name.
    GivenName,
    /// Name of an organisation.
    OrgName,
    /// An employer.
    Company,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The local part of an e-mail address.
    EmailLocal,
    /// A whole birth date.
    BirthDate,
    /// An identity document's number.
    Document,
    /// A whole address.
    AddressLine,
    /// A road or estate.
    Street,
    /// A city with its district.
    Place,
    /// A postal code.
    PostalCode,
    /// A social account.
    SocialId,
    /// A bank card.
    BankCard,
    /// A free attribute under its label.
    Text,
}

impl TermKind {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 17] = [
        Self::FullName,
        Self::FamilyName,
        Self::GivenName,
        Self::OrgName,
        Self::Company,
        Self::Phone,
        Self::Email,
        Self::EmailLocal,
        Self::BirthDate,
        Self::Document,
        Self::AddressLine,
        Self::Street,
        Self::Place,
        Self::PostalCode,
        Self::SocialId,
        Self::BankCard,
        Self::Text,
    ];

    /// The name used in frequency files.
    pub fn code(self) -> &'static str {
        match self {
            Self::FullName => "full_name",
            Self::FamilyName => "family_name",
            Self::GivenName => "given_name",
            Self::OrgName => "org_name",
            Self::Company => "company",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::EmailLocal => "email_local",
            Self::BirthDate => "birth_date",
            Self::Document => "document",
            Self::AddressLine => "address_line",
            Self::Street => "street",
            Self::Place => "place",
            Self::PostalCode => "postal_code",
            Self::SocialId => "social_id",
            Self::BankCard => "bank_card",
            Self::Text => "text",
        }
    }
}

/// A value's table and hash; `expected` is its rarity in milli-bits where the release knows better than "average".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// What the value is.
    pub kind: TermKind,
    /// Hash of kind and label: the table that counts it.
    pub table: u64,
    /// Hash of the value, so that frequency files hold no personal data.
    pub hash: u64,
    /// −log2 of the share that the release's own tables give it, relative to the mean of its kind, in milli-bits.
    pub expected: i32,
}

impl Term {
    /// A value about which the release knows nothing.
    pub fn of(kind: TermKind, parts: &[&str]) -> Self {
        let table = TABLES.get(kind as usize).copied().unwrap_or_default();
        Self { kind, table, hash: stable_hash(parts), expected: 0 }
    }

    /// The same under a label, which has a table of its own.
    pub fn labelled(kind: TermKind, label: &str, parts: &[&str]) -> Self {
        Self { kind, table: table_of(kind, label), hash: stable_hash(parts), expected: 0 }
    }
}

fn table_of(kind: TermKind, label: &str) -> u64 {
    stable_hash(&[kind.code(), label])
}

/// The tables of the kinds without label, in the order of [`TermKind::ALL`].
static TABLES: LazyLock<[u64; TermKind::ALL.len()]> = LazyLock::new(|| TermKind::ALL.map(|kind| table_of(kind, "")));

/// How often the values of one kind occur, under one label.
#[derive(Clone, Debug, PartialEq)]
pub struct TermTable {
    /// What the values are.
    pub kind: TermKind,
    /// (Customer, value) pairs counted.
    pub total: u64,
    /// Probability that two strangers agree on a value of this table: Σf², smoothed.
    pub collision: f64,
    /// The same over all tables of the kind: what the level weights are set for.
    pub reference: f64,
    /// Customers that carry a value, where more than one does.
    pub counts: FxHashMap<u64, u32>,
    /// Share of customers that carry a value which only one is known to carry: see [`Self::settle`].
    pub single: f64,
}

impl TermTable {
    /// Works out [`Self::single`] from the counts, by Good and Turing: among values that everybody else lacks, one more customer
    /// finds a partner as often as values have two carriers instead of one. Birth dates, which are spread evenly, are not
    /// rare because nobody else in a small file has one; misspelt names are.
    pub fn settle(&mut self) {
        let several: u64 = self.counts.values().map(|count| u64::from(*count)).sum();
        let pairs = 2 * self.counts.values().filter(|count| **count == 2).count();
        let singles = self.total.saturating_sub(several);
        let share = (pairs as f64 + 1.0) / (singles as f64 + 1.0) / (self.total as f64).max(1.0);
        self.single = share.min(self.collision);
    }
}

/// The statistics epoch: how often values occur among the customers of a data set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermFrequencies {
    /// Tables by the hash of kind and label; none without data.
    pub tables: FxHashMap<u64, TermTable>,
}

/// Pairs of customers whose worth of expected coincidences is added to the counted ones.
const PSEUDO_PAIRS: f64 = 1_000_000.0;

/// Counts values: one call for each customer, then [`TermCounter::finish`].
#[derive(Debug, Default)]
pub struct TermCounter {
    tables: FxHashMap<u64, (TermKind, u64, FxHashMap<u64, u32>)>,
}

impl TermCounter {
    /// Counts one customer's values; each counts once, however many of the customer's records carry it.
    pub fn add(&mut self, terms: &mut Vec<Term>) {
        Self::once_each(terms);
        for term in terms.iter() {
            let (_, total, counts) =
                self.tables.entry(term.table).or_insert_with(|| (term.kind, 0, FxHashMap::default()));
            *total += 1;
            *counts.entry(term.hash).or_default() += 1;
        }
    }

    /// Leaves each value once.
    pub fn once_each(terms: &mut Vec<Term>) {
        terms.sort_unstable_by_key(|term| (term.table, term.hash));
        terms.dedup_by_key(|term| (term.table, term.hash));
    }

    /// Adds (customer, value) pairs of a table that were counted elsewhere; [`Self::put_count`] tells the values.
    pub fn put_total(&mut self, table: u64, kind: TermKind, total: u64) {
        self.tables.entry(table).or_insert_with(|| (kind, 0, FxHashMap::default())).1 += total;
    }

    /// Says how many customers carry a value of a table that [`Self::put_total`] named. Values of one customer need no more room than the
    /// total.
    pub fn put_count(&mut self, table: u64, hash: u64, count: u32) {
        if let Some((.., counts)) = self.tables.get_mut(&table).filter(|_| count > 1) {
            *counts.entry(hash).or_default() += count;
        }
    }

    /// Adds another counter's counts.
    pub fn merge(mut self, other: Self) -> Self {
        for (key, (kind, total, counts)) in other.tables {
            let entry = self.tables.entry(key).or_insert_with(|| (kind, 0, FxHashMap::default()));
            entry.1 += total;
            for (hash, count) in counts {
                *entry.2.entry(hash).or_default() += count;
            }
        }
        self
    }

    /// The frequencies. `expected` is the probability that two strangers agree on a value of a kind, by the base model. Values with
    /// more than `generic` customers say nothing of what to expect of others; they count in the mean of the kind, as they do in the
    /// level's u, from which corrections start.
    pub fn finish(self, expected: &dyn Fn(TermKind) -> f64, generic: u32) -> TermFrequencies {
        let mut tables: FxHashMap<u64, TermTable> = FxHashMap::default();
        let mut by_kind = [(0.0, 0.0); TermKind::ALL.len()];
        for (key, (kind, total, mut counts)) in self.tables {
            // Sums of integers: the order of the hash table does not show.
            let pairs = |n: u64| (n * n.saturating_sub(1) / 2) as f64;
            let agreeing: u64 =
                counts.values().filter(|n| **n <= generic).map(|n| u64::from(*n) * u64::from(n - 1) / 2).sum();
            let all: u64 = counts.values().map(|n| u64::from(*n) * u64::from(n - 1) / 2).sum();
            let sum = &mut by_kind[kind as usize];
            *sum = (sum.0 + all as f64, sum.1 + pairs(total));
            let collision = (agreeing as f64 + PSEUDO_PAIRS * expected(kind)) / (pairs(total) + PSEUDO_PAIRS);
            counts.retain(|_, count| *count > 1);
            let mut table = TermTable { kind, total, collision, reference: collision, counts, single: 0.0 };
            table.settle();
            tables.insert(key, table);
        }
        for table in tables.values_mut() {
            let (agreeing, pairs) = by_kind[table.kind as usize];
            table.reference = (agreeing + PSEUDO_PAIRS * expected(table.kind)) / (pairs + PSEUDO_PAIRS);
        }
        TermFrequencies { tables }
    }
}

impl TermFrequencies {
    /// Customers that carried a value in the data that the model was fitted to; 0 where at most one did.
    pub fn customers(&self, term: Term) -> u32 {
        self.tables.get(&term.table).and_then(|table| table.counts.get(&term.hash)).copied().unwrap_or(0)
    }

    /// What to add to a level's weight because the value is rarer (positive) or more common than the mean of its kind.
    pub fn adjustment(&self, term: Term) -> i32 {
        let Some(table) = self.tables.get(&term.table) else {
            return term.expected.clamp(-ADJUSTMENT_MAX, ADJUSTMENT_MAX);
        };
        // Of the customers that carry the value two may be the ones that are compared, or one if they are the same.
        let others = f64::from(table.counts.get(&term.hash).copied().unwrap_or(0).saturating_sub(2));
        let expected = table.collision * (f64::from(-term.expected) / 1000.0).exp2();
        let share = (others + PSEUDO_CUSTOMERS * expected) / (table.total as f64 + PSEUDO_CUSTOMERS);
        let rarity = (table.reference / share.max(table.single)).log2() * 1000.0;
        (rarity.round() as i32).clamp(-ADJUSTMENT_MAX, ADJUSTMENT_MAX)
    }
}

type Table = FxHashMap<&'static str, i32>;

static SURNAME_RARITY: LazyLock<Table> = LazyLock::new(|| table(SURNAMES));
static CHARACTER_RARITY: LazyLock<Table> = LazyLock::new(|| table(GIVEN_CHARACTERS));

/// How much rarer than the mean a Han name is by the release's tables, in milli-bits.
pub fn han_name_rarity(surname: &str, given: &str) -> i32 {
    let characters = given.char_indices().map(|(start, c)| {
        let character = given.get(start..start + c.len_utf8()).unwrap_or_default();
        CHARACTER_RARITY.get(character).copied().unwrap_or(CHARACTER_MAX)
    });
    let short = if given.chars().count() == 1 { SHORT_GIVEN_NAME } else { 0 };
    let rarity = (surname_rarity(surname) + characters.sum::<i32>() + short).clamp(NAME_MIN, NAME_MAX);
    let common = COMMON.get(surname).is_some_and(|names| names.contains(&given));
    (if common { rarity.min(COMMON_NAME) } else { rarity }) - MEAN_NAME
}

/// How much rarer than the mean a Han surname is by the release's table, in milli-bits.
pub fn han_surname_rarity(surname: &str) -> i32 {
    surname_rarity(surname) - MEAN_SURNAME
}

/// Whether the release's table of surnames has a character.
pub fn is_surname(character: char) -> bool {
    SURNAME_RARITY.contains_key(character.encode_utf8(&mut [0; 4]) as &str)
}

/// Given names of the commonest full names, by surname.
static COMMON: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = COMMON_NAMES.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).map(|(surname, given)| (surname, given.split(' ').collect())).collect()
});

fn surname_rarity(surname: &str) -> i32 {
    SURNAME_RARITY.get(surname).copied().unwrap_or(SURNAME_MAX).min(SURNAME_MAX)
}

/// Reads `value<TAB>per million` into −log2 of the share, in milli-bits.
fn table(text: &'static str) -> Table {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let fields = rows.filter_map(|line| line.split_once('\t'));
    let rarity = |per_million: u32| -((f64::from(per_million.max(1)) / 1e6).log2() * 1000.0).round() as i32;
    fields.filter_map(|(value, per_million)| Some((value, rarity(per_million.trim().parse().ok()?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_name_proves_less_than_a_rare_one() {
        assert!(han_name_rarity("张", "伟") < han_name_rarity("张", "泽懿"));
        assert!(han_name_rarity("王", "伟") < han_name_rarity("欧阳", "伟"));
        assert_eq!(han_name_rarity("澹台", "明镜"), NAME_MAX - MEAN_NAME);
        assert!(han_surname_rarity("王") < han_surname_rarity("卜"));
        // Its character is rarer than the name.
        assert!(han_name_rarity("李", "娜") < han_name_rarity("李", "珍"));
    }

    #[test]
    fn a_value_that_nobody_else_has_is_as_rare_as_such_values_are() {
        let counted = |values: &[String]| {
            let mut counter = TermCounter::default();
            for value in values {
                counter.add(&mut vec![Term::of(TermKind::BirthDate, &[value])]);
            }
            counter.finish(&|_| 1.0 / 20_000.0, 120)
        };
        // 20,000 people spread evenly over 20,000 days: nobody's birthday is rarer than another's.
        let days: Vec<String> = (0..20_000u64).map(|n| (crate::domain::hash::mix(n) % 20_000).to_string()).collect();
        let unborn = Term::of(TermKind::BirthDate, &["nobody's"]);
        assert!(counted(&days).adjustment(unborn).abs() < 300, "{}", counted(&days).adjustment(unborn));
        // Half of them share 50 values, the others have one each.
        let names: Vec<String> = (0..20_000).map(|n| if n % 2 == 0 { n % 100 } else { n }.to_string()).collect();
        assert!(counted(&names).adjustment(unborn) > 4_000, "{}", counted(&names).adjustment(unborn));
    }

    #[test]
    fn the_tables_stand_in_the_order_of_the_kinds() {
        for (position, kind) in TermKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, position);
            assert_eq!(Term::of(kind, &["x"]), Term::labelled(kind, "", &["x"]));
        }
    }

    #[test]
    fn counts_outweigh_expectations_as_the_data_grow() {
        let term = Term::of(TermKind::Phone, &["+861"]);
        let frequencies = |total, count| {
            let counts = [(term.hash, count)].into_iter().collect();
            let table = TermTable { kind: term.kind, total, collision: 1e-5, reference: 1e-5, counts, single: 0.0 };
            TermFrequencies { tables: [(term.table, table)].into_iter().collect() }
        };
        assert_eq!(TermFrequencies::default().adjustment(term), 0);
        let shared = frequencies(10_000, 50).adjustment(term);
        let own = frequencies(10_000, 1).adjustment(term);
        assert!(shared < -7_000, "fifty people share it: {shared}");
        assert!(own > 0, "one person has it: {own}");
    }
}
