//! 圣马力诺：Formats of San Marino.

use super::IdFormat;

pub mod coe;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&coe::FORMAT];
