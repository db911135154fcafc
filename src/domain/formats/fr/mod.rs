//! 法国的证件与编号, identifiers of France.

use crate::domain::formats::IdFormat;

pub mod accise;
pub mod nif;
pub mod nir;
pub mod rcs;
pub mod siren;
pub mod siret;
pub mod tva;

/// Every format of France.
pub const ALL: &[&dyn IdFormat] =
    &[&accise::FORMAT, &nif::FORMAT, &nir::FORMAT, &rcs::FORMAT, &siren::FORMAT, &siret::FORMAT, &tva::FORMAT];
