//! 乌克兰：Ukrainian formats.

use super::IdFormat;

pub mod edrpou;
pub mod rntrc;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&edrpou::FORMAT, &rntrc::FORMAT];
