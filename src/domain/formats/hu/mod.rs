//! 匈牙利的证件与编号, identifiers of Hungary.

use crate::domain::formats::IdFormat;

pub mod anum;

/// Every format of Hungary.
pub const ALL: &[&dyn IdFormat] = &[&anum::FORMAT];
