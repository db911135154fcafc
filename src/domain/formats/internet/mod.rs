//! 网络标识：addresses and names of the internet.

use super::IdFormat;

pub mod fqdn;
pub mod ip;
pub mod uuid;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] =
    &[&fqdn::FORMAT, &ip::ANY, &ip::VERSION_4, &ip::VERSION_6, &ip::RANGE, &uuid::FORMAT, &uuid::TEXT];
