//! 欧盟：formats of the European Union.

use super::IdFormat;

pub mod at_02;
pub mod banknote;
pub mod ecnumber;
pub mod eic;
pub mod excise;
pub mod nace;
pub mod nace_classes;
pub mod oss;
pub mod vat;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[
    &at_02::FORMAT,
    &banknote::FORMAT,
    &ecnumber::FORMAT,
    &eic::FORMAT,
    &excise::FORMAT,
    &nace::FORMAT,
    &oss::FORMAT,
    &vat::FORMAT,
];
