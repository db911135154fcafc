//! 波兰：Polish formats.

use super::IdFormat;

pub mod nip;
pub mod pesel;
pub mod regon;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&nip::FORMAT, &pesel::FORMAT, &regon::FORMAT];
