//! 国际增值税号, VAT identification number of any country (VATIN).
//!
//! Structure: 2 letters country (EL for Greece, XI for Northern Ireland), then the national number. Those of the
//! European Union go to eu.vat; Oman, Peru, El Salvador, Paraguay, Russia, San Marino, Serbia, Thailand, Tunisia,
//! Turkey, Taiwan, Ukraine, Uruguay, Venezuela, Vietnam and South Africa to their own rule; for the others only the
//! shape (2–15 letters and digits) is known here.
//! Check: that of the national number, where there is one.
//! Source: VIES and national tax authorities (from memory, 2026-11-22).
//! Computed examples: PL1234567854, BR12345678000195.

use crate::domain::finding::Checked;
use crate::domain::formats::eu;
use crate::domain::formats::{declared::Declared, general::country, general::numeric, shape};
use crate::domain::formats::{om, pe, py, rs, ru, sm, sv, th, tn, tr, tw, ua, uy, ve, vn, za};

/// 国际增值税号.
pub const FORMAT: Declared = Declared {
    code: "vatin",
    name_zh: "国际增值税号",
    name_en: "VAT identification number of any country (VATIN)",
    source: "VIES and national tax authorities",
    example: "PL1234567854",
    check_digit: true,
    check,
};

const NATIONAL: &[(&str, &Declared)] = &[
    ("OM", &om::vat::FORMAT),
    ("PE", &pe::ruc::FORMAT),
    ("PY", &py::ruc::FORMAT),
    ("RS", &rs::pib::FORMAT),
    ("RU", &ru::inn::FORMAT),
    ("SM", &sm::coe::FORMAT),
    ("SV", &sv::nit::FORMAT),
    ("TH", &th::tin::FORMAT),
    ("TN", &tn::mf::FORMAT),
    ("TR", &tr::vkn::FORMAT),
    ("TW", &tw::ubn::FORMAT),
    ("UA", &ua::edrpou::FORMAT),
    ("UY", &uy::rut::FORMAT),
    ("VE", &ve::rif::FORMAT),
    ("VN", &vn::mst::FORMAT),
    ("ZA", &za::tin::FORMAT),
];

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -./,:");
    let place = numeric::part(&written, 0..2).to_owned();
    if place.len() != 2 || !place.bytes().all(|b| b.is_ascii_uppercase()) {
        return shape::wrong_shape(written);
    }
    if country::is_eu_member(&place) || ["EL", "XI"].contains(&place.as_str()) {
        return (eu::vat::FORMAT.check)(input);
    }
    if !country::is_known(&place) {
        return shape::wrong_component(written, "未知的国家代码", "an unknown country");
    }
    let rest = numeric::part(&written, 2..written.len());
    let mut checked = match NATIONAL.iter().find(|(code, _)| *code == place) {
        Some((_, format)) => (format.check)(rest),
        None => check_shape(rest),
    };
    if !checked.normal.starts_with(&place) {
        checked.normal = [&*place, &*checked.normal].concat().into();
    }
    checked.fact("country", place);
    checked
}

fn check_shape(number: &str) -> Checked {
    if !number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
        return shape::wrong_alphabet(number.to_owned());
    }
    if !(2..=15).contains(&number.len()) {
        return shape::wrong_length(number.to_owned(), "2-15");
    }
    Checked::valid(number)
}
