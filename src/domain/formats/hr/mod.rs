//! 克罗地亚的证件与编号, identifiers of Croatia.

use crate::domain::formats::IdFormat;

pub mod oib;

/// Every format of Croatia.
pub const ALL: &[&dyn IdFormat] = &[&oib::FORMAT];
