//! 黑山的证件与编号, identifiers of Montenegro.

use crate::domain::formats::IdFormat;

pub mod iban;
pub mod pib;

/// Every format of Montenegro.
pub const ALL: &[&dyn IdFormat] = &[&iban::FORMAT, &pib::FORMAT];
