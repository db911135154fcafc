//! 澳门：formats of Macau.

use super::IdFormat;

pub mod bir;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&bir::FORMAT];
