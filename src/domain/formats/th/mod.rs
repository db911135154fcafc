//! 泰国：Thai formats.

use super::IdFormat;

pub mod moa;
pub mod pin;
pub mod tin;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&moa::FORMAT, &pin::FORMAT, &tin::FORMAT];
