//! Paging (AIP-158): opaque tokens that only fit the list and filter they were made for, and pages of bounded size.

use prost::Message;

use crate::domain::hash::stable_hash;
use crate::error::{Error, Result};

/// Items of a page when the request does not say.
const PAGE_ITEMS_DEFAULT: usize = 100;
/// Items of a page at most; a larger wish is cut to it.
const PAGE_ITEMS_MAX: usize = 1_000;
/// Bytes of a page at most: half of what a message may have, because a page always holds at least one item.
const PAGE_BYTES_MAX: usize = 8 << 20;
/// Bytes of the checksum before the key.
const CHECKSUM_BYTES: usize = 8;

/// Which list is read: its name and its filter.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// `records`, `profiles`, `reviewTasks`.
    pub name: &'static str,
    /// Whatever selects its items.
    pub filter: &'a str,
}

/// Where a page starts and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Items at most.
    pub limit: usize,
    /// The key after which it starts; `None`: at the beginning.
    pub after: Option<Vec<u8>>,
}

impl List<'_> {
    /// Reads page size and token of a request.
    pub fn page(&self, page_size: i32, page_token: &str) -> Result<PageRequest> {
        let limit = match usize::try_from(page_size) {
            Ok(0) => PAGE_ITEMS_DEFAULT,
            Ok(size) => size.min(PAGE_ITEMS_MAX),
            Err(_) => return Err(Error::invalid("page_size", "is negative; leave it out for pages of 100")),
        };
        if page_token.is_empty() {
            return Ok(PageRequest { limit, after: None });
        }
        let foreign = || Error::invalid("page_token", "is not a next_page_token of this list; start again without one");
        let bytes = from_hex(page_token).ok_or_else(foreign)?;
        let (checksum, key) = bytes.split_at_checked(CHECKSUM_BYTES).ok_or_else(foreign)?;
        if checksum != self.checksum(key) {
            return Err(foreign());
        }
        Ok(PageRequest { limit, after: Some(key.to_vec()) })
    }

    /// The token of the page after `next`; empty at the end.
    pub fn token(&self, next: Option<&[u8]>) -> String {
        next.map(|key| to_hex(&self.checksum(key)) + &to_hex(key)).unwrap_or_default()
    }

    fn checksum(&self, key: &[u8]) -> [u8; CHECKSUM_BYTES] {
        stable_hash(&["page", self.name, self.filter, &to_hex(key)]).to_be_bytes()
    }
}

/// Cuts a page so that it fits into a message; each item comes with the key that a next page would start after.
pub fn cut<T: Message>(items: Vec<(Vec<u8>, T)>, next: Option<Vec<u8>>) -> (Vec<T>, Option<Vec<u8>>) {
    let mut kept = Vec::with_capacity(items.len());
    let mut bytes = 0;
    let mut last = None;
    for (key, item) in items {
        bytes += item.encoded_len();
        if bytes > PAGE_BYTES_MAX && last.is_some() {
            return (kept, last);
        }
        kept.push(item);
        last = Some(key);
    }
    (kept, next)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(high)? * 16 + digit(low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: List<'static> = List { name: "records", filter: "crm" };

    #[test]
    fn page_sizes_are_bounded() {
        let limit = |size| RECORDS.page(size, "").map(|page| page.limit);
        assert_eq!(limit(0).unwrap(), 100);
        assert_eq!(limit(1).unwrap(), 1);
        assert_eq!(limit(1_000).unwrap(), 1_000);
        assert_eq!(limit(1_001).unwrap(), 1_000);
        assert_eq!(limit(i32::MAX).unwrap(), 1_000);
        assert!(limit(-1).is_err());
    }

    #[test]
    fn a_token_fits_only_its_own_list() {
        let token = RECORDS.token(Some(&[0, 7, 255]));
        assert_eq!(RECORDS.page(10, &token).unwrap(), PageRequest { limit: 10, after: Some(vec![0, 7, 255]) });
        assert!(List { name: "records", filter: "" }.page(10, &token).is_err());
        assert!(List { name: "profiles", filter: "crm" }.page(10, &token).is_err());
        assert_eq!(RECORDS.token(None), "");
    }

    #[test]
    fn damaged_tokens_are_refused() {
        let token = RECORDS.token(Some(&[1, 2, 3]));
        for position in 0..token.len() {
            let mut damaged = token.clone().into_bytes();
            damaged[position] = if damaged[position] == b'0' { b'1' } else { b'0' };
            assert!(RECORDS.page(0, std::str::from_utf8(&damaged).unwrap()).is_err());
        }
        for other in ["x", "0", "00", "zz", "张三", &token[2..]] {
            assert!(RECORDS.page(0, other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_page_is_cut_before_it_outgrows_a_message() {
        let items = |bytes: usize| (0u8..3).map(|key| (vec![key], "x".repeat(bytes))).collect::<Vec<_>>();
        let (kept, next) = cut(items(10), None);
        assert_eq!((kept.len(), next), (3, None));
        let (kept, next) = cut(items(PAGE_BYTES_MAX / 2 - 16), None);
        assert_eq!((kept.len(), next), (2, Some(vec![1])));
        let (kept, next) = cut(items(PAGE_BYTES_MAX + 1), None);
        assert_eq!((kept.len(), next), (1, Some(vec![0])));
    }
}
