//! 古巴的证号与代码, identifiers of Cuba.

use super::IdFormat;

pub mod ni;

/// Every format of Cuba.
pub const ALL: &[&dyn IdFormat] = &[&ni::FORMAT];
