//! 丹麦的证号与代码, identifiers of Denmark.

use super::IdFormat;

pub mod cpr;
pub mod cvr;

/// Every format of Denmark.
pub const ALL: &[&dyn IdFormat] = &[&cpr::FORMAT, &cvr::FORMAT];
