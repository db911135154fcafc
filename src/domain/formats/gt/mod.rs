//! 危地马拉的证件与编号, identifiers of Guatemala.

use crate::domain::formats::IdFormat;

pub mod nit;

/// Every format of Guatemala.
pub const ALL: &[&dyn IdFormat] = &[&nit::FORMAT];
