//! 摩纳哥的证件与编号, identifiers of Monaco.

use crate::domain::formats::IdFormat;

pub mod tva;

/// Every format of Monaco.
pub const ALL: &[&dyn IdFormat] = &[&tva::FORMAT];
