//! 拉脱维亚的证件与编号, identifiers of Latvia.

use crate::domain::formats::IdFormat;

pub mod pvn;

/// Every format of Latvia.
pub const ALL: &[&dyn IdFormat] = &[&pvn::FORMAT];
