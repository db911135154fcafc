//! 日本的证件与编号, identifiers of Japan.

use crate::domain::formats::IdFormat;

pub mod cn;
pub mod in_;

/// Every format of Japan.
pub const ALL: &[&dyn IdFormat] = &[&cn::FORMAT, &in_::FORMAT];
