//! 塞浦路斯的证号与代码, identifiers of Cyprus.

use super::IdFormat;

pub mod vat;

/// Every format of Cyprus.
pub const ALL: &[&dyn IdFormat] = &[&vat::FORMAT];
