//! 新西兰的证件与编号, identifiers of New Zealand.

use crate::domain::formats::IdFormat;

pub mod bankaccount;
pub mod ird;

/// Every format of New Zealand.
pub const ALL: &[&dyn IdFormat] = &[&bankaccount::FORMAT, &ird::FORMAT];
