//! 塞内加尔：Senegalese formats.

use super::IdFormat;

pub mod ninea;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[&ninea::FORMAT];
