//! 埃及的证号与代码, identifiers of Egypt.

use super::IdFormat;

pub mod tn;

/// Every format of Egypt.
pub const ALL: &[&dyn IdFormat] = &[&tn::FORMAT];
