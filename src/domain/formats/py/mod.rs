//! 巴拉圭：Paraguayan formats.

use super::IdFormat;

pub mod ruc;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&ruc::FORMAT];
