//! 委内瑞拉：Venezuelan formats.

use super::IdFormat;

pub mod rif;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&rif::FORMAT];
