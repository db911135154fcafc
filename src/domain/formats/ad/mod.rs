//! 安道尔的证号与代码, identifiers of Andorra.

use super::IdFormat;

pub mod nrt;

/// Every format of Andorra.
pub const ALL: &[&dyn IdFormat] = &[&nrt::FORMAT];
