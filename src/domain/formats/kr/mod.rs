//! 韩国的证件与编号, identifiers of South Korea.

use crate::domain::formats::IdFormat;

pub mod brn;
pub mod rrn;

/// Every format of South Korea.
pub const ALL: &[&dyn IdFormat] = &[&brn::FORMAT, &rrn::FORMAT];
