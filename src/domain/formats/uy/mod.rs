//! 乌拉圭：Uruguayan formats.

use super::IdFormat;

pub mod rut;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&rut::FORMAT];
