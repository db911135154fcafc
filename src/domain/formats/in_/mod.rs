//! 印度的证件与编号, identifiers of India.

use crate::domain::formats::IdFormat;

pub mod aadhaar;
pub mod epic;
pub mod gstin;
pub mod pan;
mod verhoeff;
pub mod vid;

/// Every format of India.
pub const ALL: &[&dyn IdFormat] = &[&aadhaar::FORMAT, &epic::FORMAT, &gstin::FORMAT, &pan::FORMAT, &vid::FORMAT];
