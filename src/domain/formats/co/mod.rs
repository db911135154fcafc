//! 哥伦比亚的证号与代码, identifiers of Colombia.

use super::IdFormat;

pub mod nit;

/// Every format of Colombia.
pub const ALL: &[&dyn IdFormat] = &[&nit::FORMAT];
