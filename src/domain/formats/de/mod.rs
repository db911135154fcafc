//! 德国的证号与代码, identifiers of Germany.

use super::IdFormat;

mod courts;
pub mod handelsregisternummer;
pub mod idnr;
pub mod leitweg;
pub mod stnr;
pub mod vat;
pub mod wkn;

/// Every format of Germany.
pub const ALL: &[&dyn IdFormat] =
    &[&handelsregisternummer::FORMAT, &idnr::FORMAT, &leitweg::FORMAT, &stnr::FORMAT, &vat::FORMAT, &wkn::FORMAT];
