//! 保加利亚的证号与代码, identifiers of Bulgaria.

use super::IdFormat;

pub mod egn;
pub mod pnf;
pub mod vat;

/// Every format of Bulgaria.
pub const ALL: &[&dyn IdFormat] = &[&egn::FORMAT, &pnf::FORMAT, &vat::FORMAT];
