//! 智利的证号与代码, identifiers of Chile.

use super::IdFormat;

pub mod rut;

/// Every format of Chile.
pub const ALL: &[&dyn IdFormat] = &[&rut::FORMAT];
