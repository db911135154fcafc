//! 美国：formats of the United States.

use super::IdFormat;

pub mod atin;
pub mod ein;
pub mod groups;
pub mod itin;
pub mod ptin;
pub mod rtn;
pub mod ssn;
pub mod tin;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] =
    &[&atin::FORMAT, &ein::FORMAT, &itin::FORMAT, &ptin::FORMAT, &rtn::FORMAT, &ssn::FORMAT, &tin::FORMAT];
