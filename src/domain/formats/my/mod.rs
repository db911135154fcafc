//! 马来西亚的证件与编号, identifiers of Malaysia.

use crate::domain::formats::IdFormat;

pub mod nric;

/// Every format of Malaysia.
pub const ALL: &[&dyn IdFormat] = &[&nric::FORMAT];
