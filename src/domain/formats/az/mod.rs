//! 阿塞拜疆的证号与代码, identifiers of Azerbaijan.

use super::IdFormat;

pub mod voen;

/// Every format of Azerbaijan.
pub const ALL: &[&dyn IdFormat] = &[&voen::FORMAT];
