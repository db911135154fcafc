//! 越南：Vietnamese formats.

use super::IdFormat;

pub mod mst;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&mst::FORMAT];
