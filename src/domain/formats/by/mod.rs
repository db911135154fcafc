//! 白俄罗斯的证号与代码, identifiers of Belarus.

use super::IdFormat;

pub mod unp;

/// Every format of Belarus.
pub const ALL: &[&dyn IdFormat] = &[&unp::FORMAT];
