//! Which of 03/04 is the day: what the values of the columns of dates prove, by source, counted so that rows can be taken out again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalog::sources::{BoundMapping, DateOrders};
use crate::domain::date::DateOrder;
use crate::domain::normalize::date::vote_order;

/// Values that prove that the day comes first, and those that prove that the month does, by source and column of the mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes(BTreeMap<(String, usize), [u64; 2]>);

impl Votes {
    /// Counts a row.
    pub fn add<T: AsRef<str>>(&mut self, bound: &BoundMapping<'_>, fields: &[T]) {
        self.count(bound, fields, &|votes| *votes += 1);
    }

    /// Takes a row that was counted out again.
    pub fn take_out<T: AsRef<str>>(&mut self, bound: &BoundMapping<'_>, fields: &[T]) {
        self.count(bound, fields, &|votes| *votes = votes.saturating_sub(1));
    }

    fn count<T: AsRef<str>>(&mut self, bound: &BoundMapping<'_>, fields: &[T], change: &dyn Fn(&mut u64)) {
        for (column, index) in bound.undecided_date_columns() {
            let value = fields.get(index).map_or("", AsRef::as_ref);
            let side = match vote_order(std::iter::once(value)) {
                Some(DateOrder::Dmy) => 0,
                Some(DateOrder::Mdy) => 1,
                Some(DateOrder::Ymd) | None => continue,
            };
            let votes = self.0.entry((bound.source(fields).to_owned(), column)).or_default();
            votes.get_mut(side).into_iter().for_each(change);
        }
    }

    /// Adds the votes of other rows.
    pub fn merge(&mut self, other: &Self) {
        for (place, votes) in &other.0 {
            let sum = self.0.entry(place.clone()).or_default();
            sum.iter_mut().zip(votes).for_each(|(sum, votes)| *sum += votes);
        }
    }

    /// The fewest votes that decide anything; nothing when none do.
    pub fn fewest(&self) -> Option<u64> {
        self.0.values().flatten().copied().filter(|votes| *votes > 0).min()
    }

    /// What they prove: nothing where values contradict each other.
    pub fn orders(&self) -> DateOrders {
        let order = |(place, votes): (&(String, usize), &[u64; 2])| match votes {
            [0, 0] => None,
            [_, 0] => Some((place.clone(), DateOrder::Dmy)),
            [0, _] => Some((place.clone(), DateOrder::Mdy)),
            _ => None,
        };
        self.0.iter().filter_map(order).collect()
    }
}

/// The sources whose dates two sets of orders read differently.
pub fn differing(a: &DateOrders, b: &DateOrders) -> BTreeSet<String> {
    let differs = |place: &&(String, usize)| a.get(*place) != b.get(*place);
    a.keys().chain(b.keys()).filter(differs).map(|(source, _)| source.clone()).collect()
}

/// Votes as they stand on disk: source, column, day first, month first.
pub type StoredVotes = Vec<(String, usize, u64, u64)>;

/// Orders as they stand on disk: source, column, day first.
pub type StoredOrders = Vec<(String, usize, bool)>;

/// Rows that were read with one set of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many they are.
    pub rows: u64,
    orders: StoredOrders,
}

impl Part {
    /// So many rows that were read with these orders.
    pub fn new(rows: u64, orders: &DateOrders) -> Self {
        let stored = orders.iter().map(|((source, column), order)| (source.clone(), *column, *order == DateOrder::Dmy));
        Self { rows, orders: stored.collect() }
    }

    /// Adds rows that were read with the same orders, if they were.
    pub fn join(&mut self, other: &Self) -> bool {
        let same = self.orders == other.orders;
        self.rows += if same { other.rows } else { 0 };
        same
    }

    /// The orders that they were read with.
    pub fn orders(&self) -> DateOrders {
        let order = |day_first: bool| if day_first { DateOrder::Dmy } else { DateOrder::Mdy };
        self.orders.iter().map(|(source, column, day)| ((source.clone(), *column), order(*day))).collect()
    }
}

impl From<&Votes> for StoredVotes {
    fn from(votes: &Votes) -> Self {
        let stored = votes.0.iter().filter(|(_, votes)| **votes != [0, 0]);
        stored.map(|((source, column), [day, month])| (source.clone(), *column, *day, *month)).collect()
    }
}

impl From<StoredVotes> for Votes {
    fn from(stored: StoredVotes) -> Self {
        Self(stored.into_iter().map(|(source, column, day, month)| ((source, column), [day, month])).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(counts: &[(&str, u64, u64)]) -> Votes {
        let stored: StoredVotes =
            counts.iter().map(|(source, day, month)| ((*source).to_owned(), 0, *day, *month)).collect();
        stored.into()
    }

    #[test]
    fn votes_decide_unless_they_contradict_each_other() {
        let mut both = votes(&[("crm", 2, 0), ("web", 0, 1), ("shop", 3, 4), ("store", 0, 0)]);
        let orders = both.orders();
        let of = |source: &str| orders.get(&(source.to_owned(), 0)).copied();
        assert_eq!(
            [of("crm"), of("web"), of("shop"), of("store")],
            [Some(DateOrder::Dmy), Some(DateOrder::Mdy), None, None]
        );
        assert_eq!(both.fewest(), Some(1));
        both.merge(&votes(&[("web", 5, 0), ("new", 1, 0)]));
        let differing = differing(&orders, &both.orders());
        assert_eq!(differing.iter().map(String::as_str).collect::<Vec<_>>(), ["new", "web"]);
        assert_eq!(Votes::default().fewest(), None);
    }

    #[test]
    fn rows_read_alike_are_one_part() {
        let (crm, web) = (votes(&[("crm", 1, 0)]).orders(), votes(&[("web", 0, 1)]).orders());
        let mut part = Part::new(3, &crm);
        assert!(part.join(&Part::new(4, &crm)) && !part.join(&Part::new(5, &web)));
        assert_eq!((part.rows, part.orders()), (7, crm));
        assert_eq!(Part::new(5, &web).orders(), web);
    }
}
