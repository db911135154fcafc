//! 摩尔多瓦的证件与编号, identifiers of Moldova.

use crate::domain::formats::IdFormat;

pub mod idno;

/// Every format of Moldova.
pub const ALL: &[&dyn IdFormat] = &[&idno::FORMAT];
