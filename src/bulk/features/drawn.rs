//! The sketches of packed records, drawn once for all models of a run: under another model only their rarities change.

use rayon::prelude::*;

use crate::domain::features::Features;
use crate::domain::features::rating::{Place, ValueTerms};
use crate::domain::features::sketch::Sketch;
use crate::domain::score::term_frequency::{Term, TermFrequencies, TermKind};

/// Records whose terms stand together.
pub const TOGETHER: usize = 4_096;

/// The sketches of all records, by position, and what they are rated by.
#[derive(Debug)]
pub struct Drawn {
    sketches: Vec<Sketch>,
    terms: Vec<Terms>,
    /// Positions whose sketches lack generic values.
    masked: Vec<u32>,
}

/// The terms of some records in little room: a record has eight, and all of them are in memory.
#[derive(Debug, Default)]
pub struct Terms {
    /// What the values of a term are, and where a sketch has its rarity; each once.
    kinds: Vec<(TermKind, u64, Place)>,
    hashes: Vec<u64>,
    /// For each term its place among `kinds`, and its expected rarity.
    notes: Vec<(u16, i16)>,
    /// Where the terms of each record end.
    ends: Vec<u32>,
}

impl Terms {
    /// Adds those of the next record.
    fn add(&mut self, terms: &ValueTerms) {
        for (place, term) in terms.placed() {
            let kind = (term.kind, term.table, place);
            let known = self.kinds.iter().position(|known| *known == kind);
            let number = known.unwrap_or_else(|| {
                self.kinds.push(kind);
                self.kinds.len() - 1
            });
            self.hashes.push(term.hash);
            // Records of 4,096 have no more labels than that, and no name is rarer.
            self.notes.push((number as u16, term.expected.clamp(i16::MIN.into(), i16::MAX.into()) as i16));
        }
        self.ends.push(self.hashes.len() as u32);
    }

    fn of(&self, record: usize) -> impl Iterator<Item = (Place, Term)> {
        let end = |record: usize| self.ends.get(record).map_or(0, |end| *end as usize);
        let range = record.checked_sub(1).map_or(0, end)..end(record);
        let hashes = self.hashes.get(range.clone()).unwrap_or_default();
        let notes = self.notes.get(range).unwrap_or_default();
        hashes.iter().zip(notes).filter_map(|(hash, (number, expected))| {
            let (kind, table, place) = *self.kinds.get(usize::from(*number))?;
            Some((place, Term { kind, table, hash: *hash, expected: i32::from(*expected) }))
        })
    }
}

/// Where the sketches of some records are drawn, one after the other.
pub struct Part<'d> {
    sketches: std::slice::IterMut<'d, Sketch>,
    terms: &'d mut Terms,
}

impl Part<'_> {
    /// Draws the next record's, which has no rarities yet.
    pub fn add(&mut self, features: &Features, terms: &ValueTerms) {
        if let Some(sketch) = self.sketches.next() {
            *sketch = features.sketch.clone();
            self.terms.add(terms);
        }
    }
}

impl Drawn {
    /// Room for so many records.
    pub fn with_records(records: usize) -> Self {
        let terms = (0..records.div_ceil(TOGETHER)).map(|_| Terms::default()).collect();
        Self { sketches: vec![Sketch::default(); records], terms, masked: Vec::new() }
    }

    /// The parts to be drawn, of [`TOGETHER`] records each.
    pub fn parts(&mut self) -> impl IndexedParallelIterator<Item = Part<'_>> {
        let sketches = self.sketches.par_chunks_mut(TOGETHER);
        sketches.zip(&mut self.terms).map(|(sketches, terms)| Part { sketches: sketches.iter_mut(), terms })
    }

    /// Rates all sketches by a model's frequencies.
    pub fn rate(&mut self, frequencies: &TermFrequencies, redraw: &(dyn Fn(usize) -> Option<Sketch> + Sync)) {
        let masked = std::mem::take(&mut self.masked);
        self.replace(&masked, redraw);
        self.sketches.par_chunks_mut(TOGETHER).zip(&self.terms).for_each(|(sketches, terms)| {
            for (record, sketch) in sketches.iter_mut().enumerate() {
                sketch.rate(terms.of(record).map(|(place, term)| (place, frequencies.adjustment(term))));
            }
        });
    }

    /// Puts other sketches into the place of those of records with generic values, until they are rated again.
    pub fn mask(&mut self, mut positions: Vec<u32>, redraw: &(dyn Fn(usize) -> Option<Sketch> + Sync)) {
        positions.sort_unstable();
        self.replace(&positions, redraw);
        self.masked = positions;
    }

    fn replace(&mut self, positions: &[u32], redraw: &(dyn Fn(usize) -> Option<Sketch> + Sync)) {
        for some in positions.chunks(TOGETHER) {
            let drawn: Vec<Option<Sketch>> =
                some.par_iter().with_min_len(64).map(|position| redraw(*position as usize)).collect();
            for (position, sketch) in some.iter().zip(drawn) {
                if let Some((to, sketch)) = self.sketches.get_mut(*position as usize).zip(sketch) {
                    *to = sketch;
                }
            }
        }
    }

    /// The sketches.
    pub fn sketches(&self) -> &[Sketch] {
        &self.sketches
    }

    /// The sketches, which nobody rates any more.
    pub fn into_sketches(self) -> Vec<Sketch> {
        self.sketches
    }

    /// Adds the terms of a record.
    pub fn put_terms(&self, position: usize, to: &mut Vec<Term>) {
        let terms = self.terms.get(position / TOGETHER).into_iter();
        to.extend(terms.flat_map(|terms| terms.of(position % TOGETHER)).map(|(_, term)| term));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::bulk::blocks::Blocks;
    use crate::bulk::features::{GenericValues, Packed, Unpacked, no_generic_values};
    use crate::bulk::pipeline::Silent;
    use crate::domain::generic::{BlockLimits, GenericMask};
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord};
    use crate::domain::score::term_frequency::TermCounter;

    /// Records of many kinds of values, some with several of a kind, more than stand together.
    fn records() -> Vec<PreparedRecord> {
        use AttributeKind::{
            Address, BirthDate, Company, Email, IdDocument, OrgName, PersonName, Phone, PostalCode, Text,
        };
        let shapes: [&[(AttributeKind, &str)]; 5] = [
            &[(PersonName, "欧阳若曦"), (Phone, "13912340007"), (Address, "上海市黄浦区南京东路100号5幢301室")],
            &[(PersonName, "Wang Fang"), (Email, "wang.fang@example.com"), (BirthDate, "1988-02-29")],
            &[(PersonName, "王芳"), (Phone, "13712340008"), (Phone, "13612340009"), (Company, "上海明珠贸易有限公司")],
            &[(OrgName, "上海明珠贸易有限公司"), (Phone, "02163219876"), (Text, "甲"), (PostalCode, "200001")],
            &[(PersonName, "李伟"), (IdDocument, "11010519491231002X"), (Text, "乙")],
        ];
        let record = |id: usize| {
            let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
                country: Some("CN".into()),
                label: if *kind == Text { format!("column{}", id % 3).into() } else { "".into() },
                ..RawAttribute::full(*kind, *text)
            };
            let attributes = shapes[id % shapes.len()].iter().map(attribute).collect();
            let key = RecordKey::new("crm", id.to_string());
            prepare(&RawRecord { key, owner: None, observed_time: None, attributes })
        };
        (0..TOGETHER + 300).map(record).collect()
    }

    #[test]
    fn drawn_sketches_and_terms_are_those_of_unpacked_features() {
        let packed = Packed::of(&records());
        let blocks = Blocks::of(&packed.plain_store(), BlockLimits::learnt(120), &Silent);
        let mut drawn = Unpacked::kept_packed(&packed);
        drawn.keep(blocks.drawn);
        let mut unpacked = Unpacked::kept_packed(&packed);
        let mut counter = TermCounter::default();
        for position in 0..packed.len() {
            let (mut seen, mut expected) = (Vec::new(), Vec::new());
            drawn.put_terms(position, &mut seen);
            unpacked.put_terms(position, &mut expected);
            TermCounter::once_each(&mut seen);
            TermCounter::once_each(&mut expected);
            assert_eq!(seen, expected, "{position}");
            counter.add(&mut seen);
        }
        let counted = counter.finish(&|_| 0.001, 120);
        // Every value of some records, as if each were generic.
        let masks = (0..packed.len() as u32).step_by(7);
        let masks: GenericValues = masks
            .map(|position| (position, GenericMask::from_bytes(GenericMask::default().to_bytes().map(|_| 1))))
            .collect();
        let mut differing = 0;
        for generic in [no_generic_values(), &masks, no_generic_values()] {
            for frequencies in [&TermFrequencies::default(), &counted] {
                let (_, seen) = drawn.without(frequencies, generic);
                let (_, expected) = unpacked.without(frequencies, generic);
                assert_eq!(seen, expected);
                let (_, plain) = unpacked.under(frequencies);
                differing += seen.iter().zip(plain.iter()).filter(|(a, b)| a != b).count();
            }
        }
        assert!(differing > 0, "no value was generic");
    }
}
