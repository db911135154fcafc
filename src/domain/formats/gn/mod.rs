//! 几内亚的证件与编号, identifiers of Guinea.

use crate::domain::formats::IdFormat;

pub mod nifp;

/// Every format of Guinea.
pub const ALL: &[&dyn IdFormat] = &[&nifp::FORMAT];
