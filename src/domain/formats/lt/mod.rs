//! 立陶宛的证件与编号, identifiers of Lithuania.

use crate::domain::formats::IdFormat;

pub mod asmens;
pub mod pvm;

/// Every format of Lithuania.
pub const ALL: &[&dyn IdFormat] = &[&asmens::FORMAT, &pvm::FORMAT];
