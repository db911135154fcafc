//! Identifiers and scores as types of their own, so that none is mistaken for another.

use std::fmt;

use super::hash::{mix, stable_hash};

/// Where a record comes from (`crm`, `store`, …).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub String);

/// Identifies a record for ever: the source and the source's own id of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The channel.
    pub source: SourceId,
    /// The id of the record within its source.
    pub record_id: String,
}

impl RecordKey {
    /// Builds a key from its two texts.
    pub fn new(source: impl Into<String>, record_id: impl Into<String>) -> Self {
        Self { source: SourceId(source.into()), record_id: record_id.into() }
    }

    /// The handle that indexes and edges use. Pure: it depends on the key alone.
    pub fn handle(&self) -> RecordHandle {
        RecordHandle(stable_hash(&["record", &self.source.0, &self.record_id]))
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.source.0, self.record_id)
    }
}

/// A 64-bit stand-in for a [`RecordKey`]; also the tie-break wherever an order is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordHandle(pub u64);

/// Probes after which a search that the handles mislead goes on by halving.
const PROBES_MAX: usize = 8;

/// Where a record stands among items that ascend by handle. Handles are hashes, so that they are spread evenly and the place can be foretold:
/// three or four probes find it among millions, each of which costs a look into memory, where halving takes twenty.
pub fn place_of<T>(items: &[T], handle: RecordHandle, handle_of: impl Fn(&T) -> RecordHandle) -> Option<usize> {
    let (mut from, mut to) = (0, items.len());
    // No item from `from` to `to` is below the first or above the second.
    let (mut lowest, mut highest) = (u64::MIN, u64::MAX);
    for _ in 0..PROBES_MAX {
        let (Some(above), Some(width)) = (handle.0.checked_sub(lowest), highest.checked_sub(lowest)) else { break };
        let foretold = (above as f64 / width as f64 * (to - from) as f64) as usize;
        let at = (from + foretold).min(to.saturating_sub(1));
        let found = items.get(at).filter(|_| at >= from).map(&handle_of)?;
        match found.cmp(&handle) {
            std::cmp::Ordering::Equal => return Some(at),
            std::cmp::Ordering::Less => (from, lowest) = (at + 1, found.0),
            std::cmp::Ordering::Greater => (to, highest) = (at, found.0),
        }
    }
    let rest = items.get(from..to)?;
    rest.binary_search_by_key(&handle, handle_of).ok().map(|at| from + at)
}

/// A hashed blocking key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockKey(pub u64);

/// A golden profile's id; shown as `p` and 13 characters of Crockford base 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileId(pub u64);

impl ProfileId {
    /// The id that a profile founded on this record gets; `attempt` counts up when it is taken.
    pub fn founded_on(record: RecordHandle, attempt: u64) -> Self {
        Self(mix(record.0 ^ mix(attempt)))
    }

    /// Reads the shown form back.
    pub fn parse(text: &str) -> Option<Self> {
        parse_base32(text.strip_prefix('p')?).map(Self)
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", base32(self.0))
    }
}

/// A review task's id: a function of the two records it asks about, so that a re-run finds the same task again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewTaskId(pub u64);

impl ReviewTaskId {
    /// The task about this pair of records.
    pub fn about(pair: RecordPair) -> Self {
        Self(mix(pair.low().0 ^ mix(pair.high().0)))
    }

    /// Reads the shown form back.
    pub fn parse(text: &str) -> Option<Self> {
        parse_base32(text.strip_prefix('t')?).map(Self)
    }
}

impl fmt::Display for ReviewTaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}", base32(self.0))
    }
}

/// Two different records, in ascending order of handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordPair {
    low: RecordHandle,
    high: RecordHandle,
}

impl RecordPair {
    /// Orders the two; `None` when they are one record.
    pub fn new(a: RecordHandle, b: RecordHandle) -> Option<Self> {
        match a.cmp(&b) {
            std::cmp::Ordering::Less => Some(Self { low: a, high: b }),
            std::cmp::Ordering::Greater => Some(Self { low: b, high: a }),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The smaller handle.
    pub fn low(&self) -> RecordHandle {
        self.low
    }

    /// The larger handle.
    pub fn high(&self) -> RecordHandle {
        self.high
    }
}

/// A match weight in thousandths of a bit (log2 of a likelihood ratio). Integers, so that no summation order shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchWeight(pub i32);

impl MatchWeight {
    /// log2 of a ratio of probabilities, in thousandths of a bit.
    pub fn from_ratio(numerator: f64, denominator: f64) -> Self {
        Self(((numerator / denominator).log2() * 1000.0).round() as i32)
    }

    /// The weight in bits, for people.
    pub fn bits(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl std::ops::Add for MatchWeight {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for MatchWeight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "+" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 1000, size % 1000 / 10)
    }
}

/// An immutable released model or rule set: `name@version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelVersion {
    /// The family (`default`).
    pub name: String,
    /// Counts up from 1.
    pub version: u32,
}

impl ModelVersion {
    /// Reads `name@version`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, version) = text.split_once('@')?;
        if name.is_empty() {
            return None;
        }
        Some(Self { name: name.to_owned(), version: version.parse().ok()? })
    }
}

impl fmt::Display for ModelVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

const BASE32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn base32(value: u64) -> String {
    (0..13).rev().map(|i| char::from(BASE32[((value >> (i * 5)) & 31) as usize])).collect()
}

fn parse_base32(text: &str) -> Option<u64> {
    if text.len() != 13 {
        return None;
    }
    text.bytes().try_fold(0u64, |value, byte| {
        let digit = BASE32.iter().position(|&b| b == byte)? as u64;
        value.checked_mul(32)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_wherever_handles_lie() {
        let even: Vec<RecordHandle> = (0..1_000u64).map(|at| RecordHandle(at * (u64::MAX / 999))).collect();
        let crowded: Vec<RecordHandle> =
            (0..1_000u64).map(|at| RecordHandle(if at < 990 { at } else { u64::MAX - 2 * (999 - at) })).collect();
        for handles in [&even[..], &crowded[..], &even[..1], &[]] {
            for (at, handle) in handles.iter().enumerate() {
                assert_eq!(place_of(handles, *handle, |handle| *handle), Some(at));
            }
            for missing in [1, 990, u64::MAX / 2, u64::MAX - 1].map(RecordHandle) {
                assert_eq!(place_of(handles, missing, |handle| *handle), handles.binary_search(&missing).ok());
            }
        }
    }

    #[test]
    fn ids_read_back_what_they_show() {
        for value in [0, 1, u64::MAX, 0x0123_4567_89ab_cdef] {
            assert_eq!(ProfileId::parse(&ProfileId(value).to_string()), Some(ProfileId(value)));
            assert_eq!(ReviewTaskId::parse(&ReviewTaskId(value).to_string()), Some(ReviewTaskId(value)));
        }
        assert_eq!(ProfileId::parse("t0000000000000"), None);
        assert_eq!(ProfileId::parse("pzzzzzzzzzzzzz"), None);
    }

    #[test]
    fn a_pair_is_ordered_and_never_of_one_record() {
        let (a, b) = (RecordHandle(2), RecordHandle(1));
        assert_eq!(RecordPair::new(a, b), RecordPair::new(b, a));
        assert_eq!(RecordPair::new(a, a), None);
    }

    #[test]
    fn weights_show_as_bits() {
        assert_eq!(MatchWeight(-1250).to_string(), "-1.25");
        assert_eq!(MatchWeight(12_000).to_string(), "+12.00");
    }
}
