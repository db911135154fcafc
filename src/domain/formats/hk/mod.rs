//! 香港：formats of Hong Kong.

use super::IdFormat;

pub mod id;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&id::FORMAT];
