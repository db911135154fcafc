//! 台湾：formats of Taiwan.

use super::IdFormat;

pub mod arc;
pub mod id;
pub mod letters;
pub mod ubn;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&arc::FORMAT, &id::FORMAT, &ubn::FORMAT];
