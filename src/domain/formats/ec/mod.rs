//! 厄瓜多尔的证号与代码, identifiers of Ecuador.

use super::IdFormat;

pub mod ci;
pub mod ruc;

/// Every format of Ecuador.
pub const ALL: &[&dyn IdFormat] = &[&ci::FORMAT, &ruc::FORMAT];
