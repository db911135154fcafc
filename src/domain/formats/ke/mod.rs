//! 肯尼亚的证件与编号, identifiers of Kenya.

use crate::domain::formats::IdFormat;

pub mod pin;

/// Every format of Kenya.
pub const ALL: &[&dyn IdFormat] = &[&pin::FORMAT];
