//! 马耳他的证件与编号, identifiers of Malta.

use crate::domain::formats::IdFormat;

pub mod vat;

/// Every format of Malta.
pub const ALL: &[&dyn IdFormat] = &[&vat::FORMAT];
