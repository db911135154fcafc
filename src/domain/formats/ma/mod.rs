//! 摩洛哥的证件与编号, identifiers of Morocco.

use crate::domain::formats::IdFormat;

pub mod ice;

/// Every format of Morocco.
pub const ALL: &[&dyn IdFormat] = &[&ice::FORMAT];
