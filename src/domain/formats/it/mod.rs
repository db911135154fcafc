//! 意大利的证件与编号, identifiers of Italy.

use crate::domain::formats::IdFormat;

pub mod aic;
pub mod codicefiscale;
pub mod iva;

/// Every format of Italy.
pub const ALL: &[&dyn IdFormat] = &[&aic::FORMAT, &codicefiscale::FORMAT, &iva::FORMAT];
