//! 土耳其：Turkish formats.

use super::IdFormat;

pub mod tckimlik;
pub mod vkn;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&tckimlik::FORMAT, &vkn::FORMAT];
