//! 卢森堡的证件与编号, identifiers of Luxembourg.

use crate::domain::formats::IdFormat;

pub mod tva;

/// Every format of Luxembourg.
pub const ALL: &[&dyn IdFormat] = &[&tva::FORMAT];
