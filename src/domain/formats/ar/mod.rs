//! 阿根廷的证号与代码, identifiers of Argentina.

use super::IdFormat;

pub mod cbu;
pub mod cuit;
pub mod dni;

/// Every format of Argentina.
pub const ALL: &[&dyn IdFormat] = &[&cbu::FORMAT, &cuit::FORMAT, &dni::FORMAT];
