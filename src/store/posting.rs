//! The records under a blocking key, as one small value, so that one look-up answers "who else has this?".
//!
//! Up to the model's limit the records are listed in the row. Over it the key is generic: the row counts them, and the records
//! stand in rows of their own (`Space::BlockRecords`), because a list of 100,000 would be written anew with each of them.

use crate::domain::id::RecordHandle;
use crate::error::{Error, Result};

/// The value under a blocking key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posting {
    /// The records, ascending.
    Listed(Vec<RecordHandle>),
    /// So many that they are no candidates.
    Generic(u64),
}

/// First byte of a generic key's value; a list has a multiple of eight bytes.
const GENERIC: u8 = 1;

impl Posting {
    /// Reads a row; no row is an empty list.
    pub fn decode(value: Option<&[u8]>) -> Result<Self> {
        let numbers = |bytes: &[u8]| -> Vec<u64> {
            bytes.chunks_exact(8).filter_map(|chunk| chunk.try_into().ok().map(u64::from_be_bytes)).collect()
        };
        match value {
            None => Ok(Self::Listed(Vec::new())),
            Some([GENERIC, count @ ..]) if count.len() == 8 => {
                Ok(Self::Generic(numbers(count).first().copied().unwrap_or(0)))
            }
            Some(list) if list.len() % 8 == 0 => {
                Ok(Self::Listed(numbers(list).into_iter().map(RecordHandle).collect()))
            }
            Some(_) => Err(Error::store("a row of the blocking index is damaged; run `guiyi rebuild`")),
        }
    }

    /// The row; `None` where there is nothing to keep.
    pub fn encode(&self) -> Option<Vec<u8>> {
        match self {
            Self::Listed(records) if records.is_empty() => None,
            Self::Listed(records) => {
                let mut row = Vec::with_capacity(8 * records.len());
                Self::put_list(records, &mut row);
                Some(row)
            }
            Self::Generic(count) => Some([&[GENERIC], &count.to_be_bytes()[..]].concat()),
        }
    }

    /// Puts the row of records, which ascend, into a buffer.
    pub fn put_list(records: &[RecordHandle], row: &mut Vec<u8>) {
        row.extend(records.iter().flat_map(|record| record.0.to_be_bytes()));
    }

    /// The number of records under the key.
    pub fn record_count(&self) -> usize {
        match self {
            Self::Listed(records) => records.len(),
            Self::Generic(count) => usize::try_from(*count).unwrap_or(usize::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_round_trip_and_damage_is_noticed() {
        for posting in [
            Posting::Listed(Vec::new()),
            Posting::Listed(vec![RecordHandle(1), RecordHandle(u64::MAX)]),
            Posting::Generic(121),
        ] {
            assert_eq!(Posting::decode(posting.encode().as_deref()).unwrap(), posting);
        }
        assert_eq!(Posting::Listed(Vec::new()).encode(), None);
        assert!(Posting::decode(Some(&[0, 1, 2])).is_err());
    }
}
