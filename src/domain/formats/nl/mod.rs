//! 荷兰的证件与编号, identifiers of the Netherlands.

use crate::domain::formats::IdFormat;

pub mod brin;
pub mod bsn;
pub mod btw;
pub mod identiteitskaartnummer;
pub mod onderwijsnummer;
pub mod postcode;

/// Every format of the Netherlands.
pub const ALL: &[&dyn IdFormat] = &[
    &brin::FORMAT,
    &bsn::FORMAT,
    &btw::FORMAT,
    &identiteitskaartnummer::FORMAT,
    &onderwijsnummer::FORMAT,
    &postcode::FORMAT,
];
