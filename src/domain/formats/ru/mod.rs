//! 俄罗斯：Russian formats.

use super::IdFormat;

pub mod inn;
pub mod ogrn;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&inn::FORMAT, &ogrn::FORMAT];
