//! 莫桑比克的证件与编号, identifiers of Mozambique.

use crate::domain::formats::IdFormat;

pub mod nuit;

/// Every format of Mozambique.
pub const ALL: &[&dyn IdFormat] = &[&nuit::FORMAT];
