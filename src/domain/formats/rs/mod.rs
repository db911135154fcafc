//! 塞尔维亚：Serbian formats.

use super::IdFormat;

pub mod pib;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&pib::FORMAT];
