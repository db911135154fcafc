//! 英国的证件与编号, identifiers of the United Kingdom.

use crate::domain::formats::IdFormat;

pub mod nhs;
pub mod sedol;
pub mod upn;
pub mod utr;
pub mod vat;

/// Every format of the United Kingdom.
pub const ALL: &[&dyn IdFormat] = &[&nhs::FORMAT, &sedol::FORMAT, &upn::FORMAT, &utr::FORMAT, &vat::FORMAT];
