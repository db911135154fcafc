//! 新加坡：Singaporean formats.

use super::IdFormat;

pub mod uen;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&uen::FORMAT];
