//! 毛里求斯的证件与编号, identifiers of Mauritius.

use crate::domain::formats::IdFormat;

pub mod nid;

/// Every format of Mauritius.
pub const ALL: &[&dyn IdFormat] = &[&nid::FORMAT];
