//! 瑞士的证号与代码, identifiers of Switzerland.

use super::IdFormat;

pub mod esr;
pub mod ssn;
pub mod uid;
pub mod vat;

/// Every format of Switzerland.
pub const ALL: &[&dyn IdFormat] = &[&esr::FORMAT, &ssn::FORMAT, &uid::FORMAT, &vat::FORMAT];
