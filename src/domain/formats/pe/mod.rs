//! 秘鲁：Peruvian formats.

use super::IdFormat;

pub mod cui;
pub mod ruc;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&cui::FORMAT, &ruc::FORMAT];
