//! 芬兰的证件与编号, identifiers of Finland.

use crate::domain::formats::IdFormat;

pub mod alv;
pub mod associationid;
pub mod hetu;
pub mod veronumero;
pub mod ytunnus;

/// Every format of Finland.
pub const ALL: &[&dyn IdFormat] =
    &[&alv::FORMAT, &associationid::FORMAT, &hetu::FORMAT, &veronumero::FORMAT, &ytunnus::FORMAT];
