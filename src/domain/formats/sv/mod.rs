//! 萨尔瓦多：Salvadoran formats.

use super::IdFormat;

pub mod nit;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&nit::FORMAT];
