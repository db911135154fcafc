//! Comparison vectors: which comparator saw which level. Small, ordered, storable for ever.

use super::ALL;

/// What one comparator saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// Position of the comparator in [`ALL`].
    pub comparator: u8,
    /// Position of the level in the comparator's list.
    pub level: u8,
    /// The attribute's label where a comparator speaks once a label; otherwise empty.
    pub label: &'a str,
    /// How much more than a value of mean frequency the agreeing value proves, in milli-bits.
    pub rarity: i32,
}

impl<'a> Agreement<'a> {
    /// An agreement at a level, on a value of mean frequency and without label; [`super::compare`] fills in the comparator.
    pub fn at(level: usize) -> Self {
        Self::on(level, 0)
    }

    /// An agreement on a value of a certain rarity.
    pub fn on(level: usize, rarity: i32) -> Self {
        Self { comparator: 0, level: level as u8, label: "", rarity }
    }

    /// The level's description.
    pub fn level_entry(&self) -> Option<&'static super::Level> {
        ALL.get(usize::from(self.comparator))?.levels().get(usize::from(self.level))
    }
}

/// The owned, storable form of a comparison: (comparator, level, label) in the order of [`ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComparisonVector {
    /// One entry an agreement.
    pub entries: Vec<(u8, u8, String)>,
}

impl ComparisonVector {
    /// Takes the storable part of agreements.
    pub fn of(agreements: &[Agreement<'_>]) -> Self {
        Self { entries: agreements.iter().map(|a| (a.comparator, a.level, a.label.to_owned())).collect() }
    }
}
