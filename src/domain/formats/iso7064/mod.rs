//! ISO 7064 校验系统：the check character systems of ISO 7064.

use super::IdFormat;

pub mod mod_11_10;
pub mod mod_11_2;
pub mod mod_37_2;
pub mod mod_37_36;
pub mod mod_97_10;
pub mod systems;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] =
    &[&mod_11_10::FORMAT, &mod_11_2::FORMAT, &mod_37_2::FORMAT, &mod_37_36::FORMAT, &mod_97_10::FORMAT];
