//! 日期时间：dates, times and durations in the strict notations of ISO 8601 and RFC 3339.

use super::IdFormat;

pub mod clock;
pub mod date_time;
pub mod duration;
pub mod full_date;
pub mod full_time;
pub mod iso8601;
pub mod rfc3339;
pub mod time;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[
    &iso8601::FORMAT,
    &rfc3339::FORMAT,
    &date_time::FORMAT,
    &full_date::FORMAT,
    &full_time::FORMAT,
    &time::FORMAT,
    &duration::FORMAT,
];
