//! 加拿大的证号与代码, identifiers of Canada.

use super::IdFormat;

pub mod bc_phn;
pub mod bn;
pub mod sin;

/// Every format of Canada.
pub const ALL: &[&dyn IdFormat] = &[&bc_phn::FORMAT, &bn::FORMAT, &sin::FORMAT];
