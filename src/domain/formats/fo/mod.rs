//! 法罗群岛的证件与编号, identifiers of the Faroe Islands.

use crate::domain::formats::IdFormat;

pub mod vn;

/// Every format of the Faroe Islands.
pub const ALL: &[&dyn IdFormat] = &[&vn::FORMAT];
