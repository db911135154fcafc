//! 以色列的证件与编号, identifiers of Israel.

use crate::domain::formats::IdFormat;

pub mod hp;
pub mod idnr;

/// Every format of Israel.
pub const ALL: &[&dyn IdFormat] = &[&hp::FORMAT, &idnr::FORMAT];
