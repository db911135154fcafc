//! 瑞典：Swedish formats.

use super::IdFormat;

pub mod orgnr;
pub mod personnummer;
pub mod postnummer;
pub mod vat;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&orgnr::FORMAT, &personnummer::FORMAT, &postnummer::FORMAT, &vat::FORMAT];
