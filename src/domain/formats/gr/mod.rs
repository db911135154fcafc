//! 希腊的证件与编号, identifiers of Greece.

use crate::domain::formats::IdFormat;

pub mod amka;
pub mod vat;

/// Every format of Greece.
pub const ALL: &[&dyn IdFormat] = &[&amka::FORMAT, &vat::FORMAT];
