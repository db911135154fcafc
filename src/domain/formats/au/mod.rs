//! 澳大利亚的证号与代码, identifiers of Australia.

use super::IdFormat;

pub mod abn;
pub mod acn;
pub mod tfn;

/// Every format of Australia.
pub const ALL: &[&dyn IdFormat] = &[&abn::FORMAT, &acn::FORMAT, &tfn::FORMAT];
