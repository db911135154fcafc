//! 列支敦士登的证件与编号, identifiers of Liechtenstein.

use crate::domain::formats::IdFormat;

pub mod peid;

/// Every format of Liechtenstein.
pub const ALL: &[&dyn IdFormat] = &[&peid::FORMAT];
