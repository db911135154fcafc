//! 阿尔巴尼亚的证号与代码, identifiers of Albania.

use super::IdFormat;

pub mod nipt;

/// Every format of Albania.
pub const ALL: &[&dyn IdFormat] = &[&nipt::FORMAT];
