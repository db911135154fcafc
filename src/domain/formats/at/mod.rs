//! 奥地利的证号与代码, identifiers of Austria.

use super::IdFormat;

pub mod businessid;
pub mod postleitzahl;
pub mod tin;
pub mod uid;
pub mod vnr;

/// Every format of Austria.
pub const ALL: &[&dyn IdFormat] =
    &[&businessid::FORMAT, &postleitzahl::FORMAT, &tin::FORMAT, &uid::FORMAT, &vnr::FORMAT];
