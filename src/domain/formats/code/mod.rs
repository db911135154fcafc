//! 标准代码：codes of countries, currencies, languages and scripts, language tags, coordinates.

use super::IdFormat;

pub mod language_tag;
pub mod latlong;
pub mod listed;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[
    &listed::COUNTRY_2,
    &listed::COUNTRY_3,
    &listed::COUNTRY_NUMBER,
    &listed::CURRENCY,
    &listed::LANGUAGE,
    &listed::SCRIPT,
    &language_tag::FORMAT,
    &latlong::FORMAT,
];
