//! The features of all records of a run: spread out where there are few records, packed where there are many.
//!
//! Features take kilobytes a record spread out and some eighty bytes packed. A packed store spreads out what a piece of work reads and
//! forgets it afterwards; sketches, which decide most pairs, are always at hand.

pub mod drawn;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::spool::{self, Directory};
use crate::domain::features::rating::ValueTerms;
use crate::domain::features::sketch::Sketch;
use crate::domain::features::{Features, codec};
use crate::domain::generic::GenericMask;
use crate::domain::id::{RecordHandle, place_of};
use crate::domain::record::PreparedRecord;
use crate::domain::score::term_frequency::{Term, TermFrequencies};
use crate::domain::score::{prefilter, sketched};
use crate::error::{Error, Result};
use drawn::Drawn;

/// Records up to which features are kept spread out.
pub const SPREAD_RECORDS_MAX: usize = 200_000;

/// Features that a piece of work keeps spread out; when there are more, it forgets all.
const VIEW_RECORDS_MAX: usize = 20_000;

/// Packed features of records, ascending by handle.
#[derive(Debug)]
pub struct Packed {
    directory: Directory,
    bytes: Bytes,
    /// Features that a piece of work keeps spread out; when there are more, it forgets all.
    view_records_max: usize,
}

impl Default for Packed {
    fn default() -> Self {
        Self { directory: Directory::default(), bytes: Bytes::Held(Vec::new()), view_records_max: VIEW_RECORDS_MAX }
    }
}

/// Where packed features are.
#[derive(Debug)]
enum Bytes {
    /// In memory.
    Held(Vec<u8>),
    /// In a file.
    Filed(FiledBytes),
}

impl Packed {
    /// Packs the features of prepared records.
    pub fn of(records: &[PreparedRecord]) -> Self {
        let packed: Vec<(RecordHandle, Vec<u8>)> =
            records.par_iter().with_min_len(256).map(|record| (record.key.handle(), pack(record))).collect();
        let mut this = Self::default();
        for (handle, bytes) in packed {
            this.push(handle, &bytes);
        }
        this.sort();
        this
    }

    /// Adds a record; [`Self::sort`] comes after the last one. Where features are in a file, they are written there, one after the other.
    pub fn push(&mut self, handle: RecordHandle, bytes: &[u8]) {
        match &mut self.bytes {
            Bytes::Held(held) => {
                self.directory.push(handle, held.len() as u64, bytes.len() as u32);
                held.extend_from_slice(bytes);
            }
            Bytes::Filed(_) => self.push_filed(handle, bytes.len() as u32),
        }
    }

    /// Adds a record whose features of so many bytes stand next in the file.
    pub fn push_filed(&mut self, handle: RecordHandle, length: u32) {
        if let Bytes::Filed(filed) = &mut self.bytes {
            self.directory.push(handle, filed.end, length);
            filed.end += u64::from(length);
        }
    }

    /// Makes room for so many records more.
    pub fn reserve(&mut self, records: usize) {
        self.directory.reserve(records);
    }

    /// From now on features are read from a file, which has them in the order in which they were added.
    pub fn leave_to(&mut self, path: &Path) -> Result<()> {
        if let Bytes::Held(held) = &self.bytes {
            self.bytes = Bytes::Filed(FiledBytes::open(path, held.len() as u64)?);
        }
        Ok(())
    }

    /// Features are read from a file.
    pub fn is_filed(&self) -> bool {
        matches!(self.bytes, Bytes::Filed(_))
    }

    /// Fails where features could not be read from their file.
    pub fn check(&self) -> Result<()> {
        match &self.bytes {
            Bytes::Held(_) => Ok(()),
            Bytes::Filed(filed) => filed.check(),
        }
    }

    /// Pieces of work keep the features of no more records spread out.
    pub fn limit_views(&mut self, records_max: usize) {
        self.view_records_max = records_max;
    }

    /// How many these are.
    pub fn view_records_max(&self) -> usize {
        self.view_records_max
    }

    /// Forgets all records but the first ones, which are as they were added.
    pub fn truncate(&mut self, records: usize) {
        let end = records.checked_sub(1).and_then(|last| self.directory.place(last));
        let end = end.map_or(0, |(start, length)| start as usize + length as usize);
        self.directory.truncate(records);
        if let Bytes::Held(held) = &mut self.bytes {
            held.truncate(end);
        }
    }

    /// Orders the records by handle.
    pub fn sort(&mut self) {
        self.directory.sort();
    }

    /// Records.
    pub fn len(&self) -> usize {
        self.directory.len()
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.directory.is_empty()
    }

    /// The packed bytes of a record.
    pub fn bytes(&self, position: usize) -> Option<Cow<'_, [u8]>> {
        let (start, length) = self.directory.place(position)?;
        match &self.bytes {
            Bytes::Held(held) => held.get(start as usize..start as usize + length as usize).map(Cow::Borrowed),
            Bytes::Filed(filed) => filed.read(start, length).map(Cow::Owned),
        }
    }

    /// The record at a position.
    pub fn handle(&self, position: usize) -> RecordHandle {
        self.directory.handle(position)
    }

    /// The position of a record.
    pub fn position(&self, handle: RecordHandle) -> Option<usize> {
        self.directory.position(handle)
    }

    /// All features under no frequencies, for what does not depend on these.
    pub fn plain_store(&self) -> FeatureStore<'_> {
        FeatureStore::Packed(self, &NO_FREQUENCIES, &NO_GENERIC_VALUES)
    }

    /// The terms of a record, for counting; each once.
    pub fn terms(&self, position: usize) -> Vec<Term> {
        self.bytes(position).and_then(|bytes| codec::terms(&bytes)).unwrap_or_default()
    }

    /// The records at some positions, which ascend.
    pub fn subset(&self, positions: &[u32]) -> Self {
        let mut this = Self::default();
        for position in positions {
            let position = *position as usize;
            if let Some(bytes) = self.bytes(position) {
                this.push(self.handle(position), &bytes);
            }
        }
        this
    }

    fn unpacked(&self, position: usize, frequencies: &TermFrequencies, generic: &GenericValues) -> Option<Features> {
        let mut features = codec::decode(&self.bytes(position)?, frequencies)?;
        if let Some(mask) = generic.get(&(position as u32)) {
            mask.strip(&mut features, frequencies);
        }
        Some(features)
    }

    /// What some comparators read of a record whose sketch is at hand.
    fn parts(&self, position: usize, parts: u16, model: &Unpacking<'_>) -> Option<Features> {
        let mut features = codec::decode_parts(&self.bytes(position)?, parts, model.frequencies)?;
        if let Some(mask) = model.generic.get(&(position as u32)) {
            mask.strip(&mut features, model.frequencies);
        }
        features.sketch = model.sketches.get(position)?.clone();
        Some(features)
    }
}

/// Packed features in a file.
#[derive(Debug)]
struct FiledBytes {
    path: PathBuf,
    file: File,
    /// Bytes that were added.
    end: u64,
    /// Why something could not be read: whoever asks for features hears that there are none, and the stage fails at its end.
    failed: OnceLock<String>,
}

impl FiledBytes {
    fn open(path: &Path, end: u64) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::read(path, error))?;
        Ok(Self { path: path.to_owned(), file, end, failed: OnceLock::new() })
    }

    fn read(&self, start: u64, length: u32) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length as usize];
        match spool::read_at(&self.file, &mut bytes, start) {
            Ok(()) => Some(bytes),
            Err(error) => {
                self.failed.get_or_init(|| error.to_string());
                None
            }
        }
    }

    fn check(&self) -> Result<()> {
        let failed = |reason: &String| Err(Error::input(&self.path, format!("{reason}; check the disk and run again")));
        self.failed.get().map_or(Ok(()), failed)
    }
}

static NO_GENERIC_VALUES: LazyLock<GenericValues> = LazyLock::new(GenericValues::default);

/// For training, which finds out itself how common values are.
pub fn no_generic_values() -> &'static GenericValues {
    &NO_GENERIC_VALUES
}

static NO_FREQUENCIES: LazyLock<TermFrequencies> = LazyLock::new(TermFrequencies::default);

/// Packs the features of one record. How rare its values are is no part of that.
pub fn pack(record: &PreparedRecord) -> Vec<u8> {
    codec::encode_record(record)
}

/// Which values of some records are generic, by the positions of the records.
pub type GenericValues = FxHashMap<u32, GenericMask>;

/// Features under one model's frequencies, ascending by handle.
pub enum FeatureStore<'p> {
    /// Spread out.
    Spread(Cow<'p, [Features]>),
    /// Packed.
    Packed(&'p Packed, &'p TermFrequencies, &'p GenericValues),
}

impl<'p> FeatureStore<'p> {
    /// Spread-out features, which are under these frequencies, without generic values.
    #[must_use]
    pub fn without(self, generic: &'p GenericValues, frequencies: &TermFrequencies) -> Self {
        match self {
            Self::Spread(features) if generic.is_empty() => Self::Spread(features),
            Self::Spread(features) => {
                let mut features = features.into_owned();
                for (position, mask) in generic {
                    if let Some(features) = features.get_mut(*position as usize) {
                        mask.strip(features, frequencies);
                    }
                }
                Self::Spread(features.into())
            }
            Self::Packed(packed, frequencies, _) => Self::Packed(packed, frequencies, generic),
        }
    }

    /// The features, where they are spread out.
    pub fn into_spread(self) -> Vec<Features> {
        match self {
            Self::Spread(features) => features.into_owned(),
            Self::Packed(..) => Vec::new(),
        }
    }

    /// Records.
    pub fn len(&self) -> usize {
        match self {
            Self::Spread(features) => features.len(),
            Self::Packed(packed, ..) => packed.len(),
        }
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at a position.
    pub fn handle(&self, position: usize) -> RecordHandle {
        match self {
            Self::Spread(features) => features.get(position).map_or(RecordHandle(0), |features| features.handle),
            Self::Packed(packed, ..) => packed.handle(position),
        }
    }

    /// The position of a record.
    pub fn position(&self, handle: RecordHandle) -> Option<usize> {
        match self {
            Self::Spread(features) => place_of(features, handle, |features| features.handle),
            Self::Packed(packed, ..) => packed.position(handle),
        }
    }

    /// All handles, ascending.
    pub fn handles(&self) -> Vec<RecordHandle> {
        (0..self.len()).map(|position| self.handle(position)).collect()
    }

    /// One record's features.
    pub fn get(&self, position: usize) -> Option<Cow<'_, Features>> {
        match self {
            Self::Spread(features) => features.get(position).map(Cow::Borrowed),
            Self::Packed(packed, frequencies, generic) => {
                packed.unpacked(position, frequencies, generic).map(Cow::Owned)
            }
        }
    }

    /// One record's features as they were before any model rated them, and the terms by which one would; none where the features are spread out.
    pub fn unrated(&self, position: usize) -> Option<(Cow<'_, Features>, Option<ValueTerms>)> {
        match self {
            Self::Spread(features) => features.get(position).map(|features| (Cow::Borrowed(features), None)),
            Self::Packed(packed, ..) => {
                let (features, terms) = codec::decode_unrated(&packed.bytes(position)?)?;
                Some((Cow::Owned(features), Some(terms)))
            }
        }
    }

    /// Room for the sketches of all records, where whoever unpacks all of them should draw these.
    pub fn to_draw(&self) -> Option<Drawn> {
        match self {
            Self::Packed(packed, ..) if !packed.is_filed() => Some(Drawn::with_records(packed.len())),
            _ => None,
        }
    }

    /// Reads a little of the second record of each pair where features are spread out, so that the memory delivers them side by side.
    pub fn fetch(&self, pairs: &[u64]) {
        if let Self::Spread(features) = self {
            let second = |pair: &u64| features.get((pair & 0xffff_ffff) as usize).map(|features| &features.sketch);
            prefilter::fetch(pairs.iter().filter_map(second));
        }
    }

    /// What one piece of work reads, with the sketches of all records.
    pub fn view<'s>(&'s self, sketches: &'s [Sketch]) -> View<'s> {
        View { store: self, sketches, unpacked: FxHashMap::default() }
    }

    /// The sketches that [`Self::view`] reads: none where the features are spread out.
    pub fn sketches_to_view(&self) -> Vec<Sketch> {
        if let Self::Spread(_) = self { Vec::new() } else { self.sketches() }
    }

    /// The sketches of all records side by side.
    pub fn sketches(&self) -> Vec<Sketch> {
        let sketch = |position| match self {
            Self::Spread(features) => features.get(position).map(|features: &Features| features.sketch.clone()),
            Self::Packed(packed, frequencies, generic) => {
                packed.unpacked(position, frequencies, generic).map(|features| features.sketch)
            }
        };
        (0..self.len()).into_par_iter().with_min_len(256).map(|position| sketch(position).unwrap_or_default()).collect()
    }
}

/// The features of packed records for the models of a run, one after the other: where there are few records they are spread out once and
/// only rated anew, and where there are more, their sketches are.
pub struct Unpacked<'p> {
    /// The records.
    pub packed: &'p Packed,
    spread: Option<(Vec<Features>, Vec<ValueTerms>)>,
    drawn: Option<Drawn>,
}

impl<'p> Unpacked<'p> {
    /// Unpacks the features, where there are few.
    pub fn of(packed: &'p Packed) -> Self {
        if packed.len() > SPREAD_RECORDS_MAX || packed.is_filed() {
            return Self::kept_packed(packed);
        }
        let damaged = AtomicBool::new(false);
        let unpacked = |position| {
            let unpacked = packed.bytes(position).and_then(|bytes| codec::decode_unrated(&bytes));
            unpacked.unwrap_or_else(|| {
                damaged.store(true, Ordering::Relaxed);
                (Features::empty(packed.handle(position)), ValueTerms::default())
            })
        };
        // Each at its place at once: features are large.
        let (mut features, mut terms) = (Vec::new(), Vec::new());
        let all = (0..packed.len()).into_par_iter().with_min_len(256).map(unpacked);
        all.unzip_into_vecs(&mut features, &mut terms);
        let spread = (!damaged.into_inner()).then_some((features, terms));
        Self { packed, spread, drawn: None }
    }

    /// Leaves the features packed, however few.
    pub fn kept_packed(packed: &'p Packed) -> Self {
        Self { packed, spread: None, drawn: None }
    }

    /// Takes the sketches that somebody drew who unpacked all records.
    pub fn keep(&mut self, drawn: Option<Drawn>) {
        self.drawn = drawn;
    }

    /// The features as they are, for what does not depend on how rare values are.
    pub fn plain(&self) -> FeatureStore<'_> {
        match &self.spread {
            Some((features, _)) => FeatureStore::Spread(features.into()),
            None => self.packed.plain_store(),
        }
    }

    /// The features under a model's frequencies, and their sketches.
    pub fn under<'s>(&'s mut self, frequencies: &'s TermFrequencies) -> (FeatureStore<'s>, Cow<'s, [Sketch]>) {
        self.without(frequencies, &NO_GENERIC_VALUES)
    }

    /// The same, without generic values.
    pub fn without<'s>(
        &'s mut self,
        frequencies: &'s TermFrequencies,
        generic: &'s GenericValues,
    ) -> (FeatureStore<'s>, Cow<'s, [Sketch]>) {
        self.rate(frequencies, generic);
        let store = match &self.spread {
            Some((features, _)) => FeatureStore::Spread(features.into()).without(generic, frequencies),
            None => FeatureStore::Packed(self.packed, frequencies, generic),
        };
        let sketches = match &self.drawn {
            Some(drawn) => drawn.sketches().into(),
            None => store.sketches().into(),
        };
        (store, sketches)
    }

    /// The features under the last model's frequencies, without generic values.
    pub fn finally(mut self, frequencies: &'p TermFrequencies, generic: &'p GenericValues) -> FeatureStore<'p> {
        self.rate(frequencies, generic);
        self.into_store(frequencies, generic)
    }

    /// The same, and their sketches.
    pub fn finally_sketched(
        mut self,
        frequencies: &'p TermFrequencies,
        generic: &'p GenericValues,
    ) -> (FeatureStore<'p>, Vec<Sketch>) {
        self.rate(frequencies, generic);
        let drawn = self.drawn.take().map(Drawn::into_sketches);
        let store = self.into_store(frequencies, generic);
        let sketches = drawn.unwrap_or_else(|| store.sketches());
        (store, sketches)
    }

    fn into_store(self, frequencies: &'p TermFrequencies, generic: &'p GenericValues) -> FeatureStore<'p> {
        match self.spread {
            Some((features, _)) => FeatureStore::Spread(features.into()).without(generic, frequencies),
            None => FeatureStore::Packed(self.packed, frequencies, generic),
        }
    }

    fn rate(&mut self, frequencies: &TermFrequencies, generic: &GenericValues) {
        if let Some((features, terms)) = &mut self.spread {
            let both = features.par_iter_mut().zip(terms.par_iter()).with_min_len(256);
            both.for_each(|(features, terms)| features.rate(terms, frequencies));
        }
        if let Some(drawn) = &mut self.drawn {
            let packed = self.packed;
            drawn.rate(frequencies, &|position| codec::sketch(&packed.bytes(position)?));
            let without = |position| packed.unpacked(position, frequencies, generic).map(|features| features.sketch);
            drawn.mask(generic.keys().copied().collect(), &without);
        }
    }

    /// Adds the terms of a record, for counting.
    pub fn put_terms(&self, position: usize, to: &mut Vec<Term>) {
        match (&self.spread, &self.drawn) {
            (Some((_, terms)), _) => {
                to.extend(terms.get(position).into_iter().flat_map(ValueTerms::placed).map(|(_, term)| term));
            }
            (None, Some(drawn)) => drawn.put_terms(position, to),
            (None, None) => to.extend(self.packed.terms(position)),
        }
    }
}

/// What unpacking needs besides the packed bytes.
struct Unpacking<'s> {
    frequencies: &'s TermFrequencies,
    generic: &'s GenericValues,
    sketches: &'s [Sketch],
}

/// Features at hand for one piece of work: of packed records those parts that were asked for.
pub struct View<'s> {
    store: &'s FeatureStore<'s>,
    sketches: &'s [Sketch],
    unpacked: FxHashMap<u32, (u16, Box<Features>)>,
}

impl View<'_> {
    /// Something of two records' features, which are kept for the next pairs. Of these only what the comparators read that the sketches
    /// leave open is sure to be there.
    pub fn with_pair<T>(&mut self, a: usize, b: usize, read: impl FnOnce(&Features, &Features) -> T) -> Option<T> {
        let (packed, frequencies, generic) = match self.store {
            FeatureStore::Spread(features) => return features.get(a).zip(features.get(b)).map(|(a, b)| read(a, b)),
            FeatureStore::Packed(packed, frequencies, generic) => (packed, frequencies, generic),
        };
        if self.unpacked.len() + 2 > packed.view_records_max {
            self.unpacked.clear();
        }
        let open = sketched::open(self.sketches.get(a)?, self.sketches.get(b)?);
        let unpacking = Unpacking { frequencies, generic, sketches: self.sketches };
        for position in [a, b] {
            let entry = self.unpacked.entry(position as u32);
            let had = if let Entry::Occupied(entry) = &entry { entry.get().0 } else { 0 };
            if matches!(entry, Entry::Vacant(_)) || had & open != open {
                let parts = had | open;
                entry.insert_entry((parts, Box::new(packed.parts(position, parts, &unpacking)?)));
            }
        }
        let (a, b) = (self.unpacked.get(&(a as u32))?, self.unpacked.get(&(b as u32))?);
        Some(read(&a.1, &b.1))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::catalog::models;
    use crate::domain::compare;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score;

    fn record(id: usize, values: &[(AttributeKind, &str)]) -> PreparedRecord {
        let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
            country: Some("CN".into()),
            ..RawAttribute::full(*kind, *text)
        };
        let attributes = values.iter().map(attribute).collect();
        prepare(&RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes })
    }

    #[test]
    fn parts_that_the_sketches_leave_open_weigh_what_whole_records_weigh() {
        use AttributeKind::{Address, BirthDate, Company, Email, IdDocument, OrgName, PersonName, Phone, Text};
        let records = [
            record(
                1,
                &[(PersonName, "欧阳若曦"), (Phone, "13912340007"), (Address, "上海市黄浦区南京东路100号5幢301室")],
            ),
            record(2, &[(PersonName, "Ouyang Ruoxi"), (Phone, "13912340007"), (Phone, "13912340008")]),
            record(
                3,
                &[
                    (PersonName, "欧阳若溪"),
                    (Address, "黄浦区南京东路100号"),
                    (Address, "浦东新区世纪大道8号"),
                    (Company, "上海明珠贸易有限公司"),
                ],
            ),
            record(
                4,
                &[(OrgName, "上海明珠贸易有限公司"), (Phone, "02163219876"), (Email, "info@mingzhu.example.com")],
            ),
            record(
                5,
                &[
                    (OrgName, "上海明珠贸易"),
                    (Company, "明珠集团"),
                    (Company, "上海明朱贸易有限公司"),
                    (Email, "inf0@mingzhu.example.com"),
                    (Text, "甲"),
                ],
            ),
            record(6, &[(PersonName, "John Smith"), (BirthDate, "1988-02-29"), (IdDocument, "11010519491231002X")]),
            record(
                7,
                &[(PersonName, "Jon Smyth"), (BirthDate, "1988-02"), (IdDocument, "110105194912310021"), (Text, "乙")],
            ),
        ];
        let model = models::load(models::DEFAULT).unwrap();
        let packed = Packed::of(&records);
        let store = FeatureStore::Packed(&packed, &model.frequencies, no_generic_values());
        let sketches = store.sketches();
        let mut view = store.view(&sketches);
        let mut open = 0;
        for (a, b) in (0..records.len()).flat_map(|a| (a + 1..records.len()).map(move |b| (a, b))) {
            let (whole_a, whole_b) = (store.get(a).unwrap(), store.get(b).unwrap());
            open |= sketched::open(&sketches[a], &sketches[b]);
            let scored = view.with_pair(a, b, |a, b| score::score(&model, a, b)).unwrap();
            assert_eq!(scored, score::score(&model, &whole_a, &whole_b), "{a} {b}");
            let mut alone = store.view(&sketches);
            let seen = |a: &Features, b: &Features| score::evidence(&model, a, b).parts;
            assert_eq!(alone.with_pair(a, b, seen).unwrap(), seen(&whole_a, &whole_b), "{a} {b}");
        }
        let asked =
            [Sketch::PERSON_NAME, Sketch::ORG_NAME, Sketch::PHONE, Sketch::ADDRESS, Sketch::COMPANY, Sketch::TEXT];
        for position in asked {
            assert!(open & 1 << position != 0, "no pair leaves {} open", compare::ALL[usize::from(position)].code());
        }
    }
}
