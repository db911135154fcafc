//! 加纳的证件与编号, identifiers of Ghana.

use crate::domain::formats::IdFormat;

pub mod tin;

/// Every format of Ghana.
pub const ALL: &[&dyn IdFormat] = &[&tin::FORMAT];
