//! 冰岛的证件与编号, identifiers of Iceland.

use crate::domain::formats::IdFormat;

pub mod kennitala;
pub mod vsk;

/// Every format of Iceland.
pub const ALL: &[&dyn IdFormat] = &[&kennitala::FORMAT, &vsk::FORMAT];
