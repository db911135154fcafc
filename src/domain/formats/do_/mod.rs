//! 多米尼加的证号与代码, identifiers of the Dominican Republic.

use super::IdFormat;

pub mod cedula;
pub mod ncf;
pub mod rnc;

/// Every format of the Dominican Republic.
pub const ALL: &[&dyn IdFormat] = &[&cedula::FORMAT, &ncf::FORMAT, &rnc::FORMAT];
