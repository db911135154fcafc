//! 巴基斯坦：Pakistani formats.

use super::IdFormat;

pub mod cnic;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&cnic::FORMAT];
