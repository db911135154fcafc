//! 印度尼西亚的证件与编号, identifiers of Indonesia.

use crate::domain::formats::IdFormat;

pub mod nik;
pub mod npwp;

/// Every format of Indonesia.
pub const ALL: &[&dyn IdFormat] = &[&nik::FORMAT, &npwp::FORMAT];
