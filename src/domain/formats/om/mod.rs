//! 阿曼：Omani formats.

use super::IdFormat;

pub mod vat;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&vat::FORMAT];
