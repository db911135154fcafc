//! 哥斯达黎加的证号与代码, identifiers of Costa Rica.

use super::IdFormat;

pub mod cpf;
pub mod cpj;
#[expect(clippy::module_inception, reason = "the format is called so")]
pub mod cr;

/// Every format of Costa Rica.
pub const ALL: &[&dyn IdFormat] = &[&cpf::FORMAT, &cpj::FORMAT, &cr::FORMAT];
