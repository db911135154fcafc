//! 捷克的证号与代码, identifiers of the Czech Republic.

use super::IdFormat;

pub mod bankaccount;
pub mod dic;
pub mod ico;
pub mod rc;

/// Every format of the Czech Republic.
pub const ALL: &[&dyn IdFormat] = &[&bankaccount::FORMAT, &dic::FORMAT, &ico::FORMAT, &rc::FORMAT];
