//! The dimensions of data quality after DAMA and GB/T 36344-2018, and the one that each defect belongs to.

use crate::domain::finding::Defect;

/// One way in which data can be good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The values that should be there are there, and whole.
    Completeness,
    /// Values have the form and the parts that their format allows.
    Validity,
    /// Values do not contradict one another.
    Consistency,
    /// One customer stands once, one value with one customer.
    Uniqueness,
    /// Somebody confirmed the data lately.
    Freshness,
    /// Values are the true ones as far as the data itself can tell: no fillers, no typing errors, no damage.
    Accuracy,
}

/// Some dimensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dimensions(u8);

impl Dimensions {
    /// Whether one is among them.
    pub fn contains(self, dimension: Dimension) -> bool {
        self.0 & 1 << dimension as u8 != 0
    }

    /// Each, in the order of reports.
    pub fn iter(self) -> impl Iterator<Item = Dimension> {
        Dimension::ALL.iter().copied().filter(move |dimension| self.contains(*dimension))
    }
}

impl FromIterator<Dimension> for Dimensions {
    fn from_iter<I: IntoIterator<Item = Dimension>>(dimensions: I) -> Self {
        Self(dimensions.into_iter().fold(0, |bits, dimension| bits | 1 << dimension as u8))
    }
}

impl Dimension {
    /// Every dimension, in the order of reports.
    pub const ALL: &'static [Self] =
        &[Self::Completeness, Self::Validity, Self::Consistency, Self::Uniqueness, Self::Freshness, Self::Accuracy];

    /// The name used in rule files and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Validity => "validity",
            Self::Consistency => "consistency",
            Self::Uniqueness => "uniqueness",
            Self::Freshness => "freshness",
            Self::Accuracy => "accuracy",
        }
    }

    /// The name for people, in simplified Chinese.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Completeness => "完整性",
            Self::Validity => "规范性",
            Self::Consistency => "一致性",
            Self::Uniqueness => "唯一性",
            Self::Freshness => "时效性",
            Self::Accuracy => "准确性",
        }
    }

    /// Reads the name back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.code() == code)
    }

    /// The dimension that a defect harms.
    pub fn of(defect: Defect) -> Self {
        match defect {
            Defect::Missing | Defect::Required | Defect::Partial | Defect::Masked | Defect::TooLong => {
                Self::Completeness
            }
            Defect::Length
            | Defect::Format
            | Defect::Alphabet
            | Defect::Checksum
            | Defect::Component
            | Defect::UnknownComponent
            | Defect::Ambiguous
            | Defect::WrongColumn
            | Defect::MultipleValues
            | Defect::RemarkRemoved
            | Defect::InvisibleRemoved
            | Defect::Historic
            | Defect::Unsupported
            | Defect::NotAllowed
            | Defect::OutOfRange
            | Defect::Rule => Self::Validity,
            Defect::Conflict => Self::Consistency,
            Defect::Shared => Self::Uniqueness,
            Defect::Stale => Self::Freshness,
            Defect::Placeholder
            | Defect::Typo
            | Defect::ExcelTruncated
            | Defect::EncodingDamaged
            | Defect::NotPersonal => Self::Accuracy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_has_a_defect_and_reads_back() {
        for dimension in Dimension::ALL {
            assert!(Defect::ALL.iter().any(|defect| Dimension::of(*defect) == *dimension), "{dimension:?}");
            assert_eq!(Dimension::from_code(dimension.code()), Some(*dimension));
        }
    }
}
