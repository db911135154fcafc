//! 北马其顿的证件与编号, identifiers of North Macedonia.

use crate::domain::formats::IdFormat;

pub mod edb;

/// Every format of North Macedonia.
pub const ALL: &[&dyn IdFormat] = &[&edb::FORMAT];
