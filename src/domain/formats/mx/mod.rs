//! 墨西哥的证件与编号, identifiers of Mexico.

use crate::domain::formats::IdFormat;

pub mod curp;
mod offensive;
pub mod rfc;

/// Every format of Mexico.
pub const ALL: &[&dyn IdFormat] = &[&curp::FORMAT, &rfc::FORMAT];
