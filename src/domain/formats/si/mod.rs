//! 斯洛文尼亚：Slovenian formats.

use super::IdFormat;

pub mod ddv;
pub mod emso;
pub mod maticna;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&ddv::FORMAT, &emso::FORMAT, &maticna::FORMAT];
