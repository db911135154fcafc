//! 阿尔及利亚的证号与代码, identifiers of Algeria.

use super::IdFormat;

pub mod nif;

/// Every format of Algeria.
pub const ALL: &[&dyn IdFormat] = &[&nif::FORMAT];
