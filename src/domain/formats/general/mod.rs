//! 国际与通用：international and general formats.

use super::IdFormat;

pub mod bic;
pub mod bitcoin;
pub mod bitcoin_bech32;
pub mod casrn;
pub mod cfi;
pub mod cfi_groups;
pub mod country;
pub mod credit_card;
pub mod cusip;
pub mod damm;
pub mod ean;
pub mod figi;
pub mod grid;
pub mod gs1_128;
pub mod gs1_elements;
pub mod iban;
pub mod iban_national;
pub mod iban_registry;
pub mod imei;
pub mod imo;
pub mod imsi;
pub mod isan;
pub mod isbn;
pub mod isil;
pub mod isin;
pub mod ismn;
pub mod isni;
pub mod iso11649;
pub mod iso6346;
pub mod isrc;
pub mod issn;
pub mod lei;
pub mod luhn;
pub mod mac;
pub mod meid;
pub mod networks;
pub mod numeric;
pub mod sha256;
pub mod upi;
pub mod url;
pub mod vatin;
pub mod verhoeff;

/// Every format of this folder.
pub const ALL: &[&dyn IdFormat] = &[
    &bic::FORMAT,
    &bitcoin::FORMAT,
    &casrn::FORMAT,
    &cfi::FORMAT,
    &credit_card::FORMAT,
    &cusip::FORMAT,
    &damm::FORMAT,
    &ean::FORMAT,
    &figi::FORMAT,
    &grid::FORMAT,
    &gs1_128::FORMAT,
    &iban::FORMAT,
    &imei::FORMAT,
    &imo::FORMAT,
    &imsi::FORMAT,
    &isan::FORMAT,
    &isbn::FORMAT,
    &isil::FORMAT,
    &isin::FORMAT,
    &ismn::FORMAT,
    &isni::FORMAT,
    &iso11649::FORMAT,
    &iso6346::FORMAT,
    &isrc::FORMAT,
    &issn::FORMAT,
    &lei::FORMAT,
    &luhn::FORMAT,
    &mac::FORMAT,
    &meid::FORMAT,
    &upi::FORMAT,
    &url::FORMAT,
    &vatin::FORMAT,
    &verhoeff::FORMAT,
];
