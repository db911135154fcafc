//! 南非：South African formats.

use super::IdFormat;

pub mod idnr;
pub mod tin;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&idnr::FORMAT, &tin::FORMAT];
