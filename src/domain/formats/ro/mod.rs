//! 罗马尼亚：Romanian formats.

use super::IdFormat;

pub mod cf;
pub mod cnp;
pub mod cui;
pub mod onrc;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&cf::FORMAT, &cnp::FORMAT, &cui::FORMAT, &onrc::FORMAT];
