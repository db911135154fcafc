//! The edges of a record, as one small value, so that one look-up answers "whom does it match, and how well?".
//!
//! One entry an edge, ascending by the record at its other end: that record (8 bytes), the weight in milli-bits (4), 1 where the evidence
//! forbids a merge, then the comparison vector after its length. Both ends have the edge; only the row of the smaller handle has the
//! vector, which is kept to explain and never to decide.

use crate::domain::cluster::Edge;
use crate::domain::compare::ComparisonVector;
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair};
use crate::domain::score::Scored;
use crate::error::{Error, Result};

/// An entry and where it stands in its row.
struct Entry {
    start: usize,
    end: usize,
    other: RecordHandle,
    weight: MatchWeight,
    cannot_link: bool,
}

/// The entries of a row.
struct Entries<'r> {
    row: &'r [u8],
    position: usize,
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.position >= self.row.len() {
            return None;
        }
        let entry = self.read();
        self.position = entry.as_ref().map_or(self.row.len(), |entry| entry.end);
        Some(entry.ok_or_else(|| Error::store("a row of edges is damaged; run `guiyi rebuild`")))
    }
}

impl Entries<'_> {
    fn read(&self) -> Option<Entry> {
        let (other, rest) = self.row.get(self.position..)?.split_first_chunk()?;
        let (weight, rest) = rest.split_first_chunk()?;
        let (flag, mut rest) = rest.split_first()?;
        let length = prost::decode_length_delimiter(&mut rest).ok()?;
        let end = self.row.len() - rest.get(length..)?.len();
        Some(Entry {
            start: self.position,
            end,
            other: RecordHandle(u64::from_be_bytes(*other)),
            weight: MatchWeight(i32::from_be_bytes(*weight)),
            cannot_link: *flag == 1,
        })
    }
}

/// The edges in a record's row.
pub fn edges(handle: RecordHandle, row: &[u8]) -> Result<Vec<Edge>> {
    let mut edges = Vec::new();
    for entry in (Entries { row, position: 0 }) {
        let Entry { other, weight, cannot_link, .. } = entry?;
        if let Some(pair) = RecordPair::new(handle, other) {
            edges.push(Edge { pair, weight, cannot_link });
        }
    }
    Ok(edges)
}

/// Writes the edge to another record into a record's row, in place of the one that is there.
pub fn put(handle: RecordHandle, row: &mut Vec<u8>, other: RecordHandle, scored: &Scored) -> Result<()> {
    let vector = if handle < other { vector(&scored.vector) } else { Vec::new() };
    let mut entry = Vec::with_capacity(16 + vector.len());
    push_entry(&mut entry, other, scored.weight, scored.cannot_link, &vector);
    let (start, end) = place(row, other)?;
    row.splice(start..end, entry);
    Ok(())
}

/// Adds an edge to a record that is greater than all in the row; `vector` is packed ([`vector()`]).
pub fn push(handle: RecordHandle, row: &mut Vec<u8>, edge: &Edge, vector: &[u8]) {
    let (low, high) = (edge.pair.low(), edge.pair.high());
    let (other, vector) = if handle == low { (high, vector) } else { (low, &[][..]) };
    push_entry(row, other, edge.weight, edge.cannot_link, vector);
}

fn push_entry(row: &mut Vec<u8>, other: RecordHandle, weight: MatchWeight, cannot_link: bool, vector: &[u8]) {
    row.extend_from_slice(&other.0.to_be_bytes());
    row.extend_from_slice(&weight.0.to_be_bytes());
    row.push(u8::from(cannot_link));
    push_bytes(row, vector);
}

/// Takes the edge to another record out of a record's row.
pub fn remove(row: &mut Vec<u8>, other: RecordHandle) -> Result<()> {
    let (start, end) = place(row, other)?;
    row.drain(start..end);
    Ok(())
}

/// Where the entry of a record stands, or would stand.
fn place(row: &[u8], other: RecordHandle) -> Result<(usize, usize)> {
    for entry in (Entries { row, position: 0 }) {
        let entry = entry?;
        if entry.other >= other {
            return Ok((entry.start, if entry.other == other { entry.end } else { entry.start }));
        }
    }
    Ok((row.len(), row.len()))
}

/// Packs a comparison vector: one entry a comparison that said something: its position in `compare::ALL`, its level, its label after its
/// length.
pub fn vector(vector: &ComparisonVector) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(3 * vector.entries.len());
    for (comparator, level, label) in &vector.entries {
        bytes.extend_from_slice(&[*comparator, *level]);
        push_bytes(&mut bytes, label.as_bytes());
    }
    bytes
}

fn push_bytes(row: &mut Vec<u8>, bytes: &[u8]) {
    prost::encoding::encode_varint(bytes.len() as u64, row);
    row.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(weight: i32) -> Scored {
        let vector = ComparisonVector { entries: vec![(3, 1, "mobile".into()), (5, 0, "x".repeat(300))] };
        Scored { weight: MatchWeight(weight), cannot_link: false, vector }
    }

    #[test]
    fn edges_are_put_replaced_and_removed_in_the_order_of_their_other_ends() {
        let (handle, mut row) = (RecordHandle(5), Vec::new());
        for (other, weight) in [(9, 900), (2, 200), (7, -700), (9, 901)] {
            put(handle, &mut row, RecordHandle(other), &scored(weight)).unwrap();
        }
        let found = |row: &[u8]| {
            let edges = edges(handle, row).unwrap();
            edges.iter().map(|edge| (edge.pair.low().0, edge.pair.high().0, edge.weight.0)).collect::<Vec<_>>()
        };
        assert_eq!(found(&row), [(2, 5, 200), (5, 7, -700), (5, 9, 901)]);
        let mut pushed = Vec::new();
        for edge in edges(handle, &row).unwrap() {
            push(handle, &mut pushed, &edge, &vector(&scored(edge.weight.0).vector));
        }
        assert_eq!(pushed, row);
        remove(&mut row, RecordHandle(7)).unwrap();
        remove(&mut row, RecordHandle(8)).unwrap();
        assert_eq!(found(&row), [(2, 5, 200), (5, 9, 901)]);
        // The row of the smaller handle has the vector.
        let mut back = Vec::new();
        put(RecordHandle(9), &mut back, handle, &scored(901)).unwrap();
        assert_eq!(back.len(), 14);
        for length in 1..row.len() {
            // A cut row is an error or has fewer edges, never a panic.
            let _ = edges(handle, &row[..length]);
        }
        assert!(edges(handle, &row[..row.len() - 1]).is_err());
    }
}
