//! 斯洛伐克：Slovak formats.

use super::IdFormat;

pub mod dph;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&dph::FORMAT];
