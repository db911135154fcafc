//! 比利时的证号与代码, identifiers of Belgium.

use super::IdFormat;

mod banks;
pub mod bis;
pub mod eid;
pub mod iban;
pub mod nn;
pub mod ogm_vcs;
mod population;
pub mod ssn;
pub mod vat;

/// Every format of Belgium.
pub const ALL: &[&dyn IdFormat] =
    &[&bis::FORMAT, &eid::FORMAT, &iban::FORMAT, &nn::FORMAT, &ogm_vcs::FORMAT, &ssn::FORMAT, &vat::FORMAT];
