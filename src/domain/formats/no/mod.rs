//! 挪威的证件与编号, identifiers of Norway.

use crate::domain::formats::IdFormat;

pub mod fodselsnummer;
pub mod iban;
pub mod kontonr;
pub mod mva;
pub mod orgnr;

/// Every format of Norway.
pub const ALL: &[&dyn IdFormat] =
    &[&fodselsnummer::FORMAT, &iban::FORMAT, &kontonr::FORMAT, &mva::FORMAT, &orgnr::FORMAT];
