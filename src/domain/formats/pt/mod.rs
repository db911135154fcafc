//! 葡萄牙：Portuguese formats.

use super::IdFormat;

pub mod cc;
pub mod nif;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&cc::FORMAT, &nif::FORMAT];
