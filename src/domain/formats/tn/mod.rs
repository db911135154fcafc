//! 突尼斯：Tunisian formats.

use super::IdFormat;

pub mod mf;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&mf::FORMAT];
