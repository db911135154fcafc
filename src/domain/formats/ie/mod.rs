//! 爱尔兰的证件与编号, identifiers of Ireland.

use crate::domain::formats::IdFormat;

pub mod pps;
pub mod vat;

/// Every format of Ireland.
pub const ALL: &[&dyn IdFormat] = &[&pps::FORMAT, &vat::FORMAT];
