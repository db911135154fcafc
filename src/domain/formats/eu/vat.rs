//! 欧盟增值税号, VAT number of the European Union.
//!
//! Structure: 2 letters member state (EL for Greece, XI for Northern Ireland), then the national number of 8–12
//! characters.
//! Check: Poland, Portugal, Romania, Slovakia, Slovenia and Sweden by their own formats; for the other states only
//! the structure that VIES publishes is held against the number here (vat_shapes.rs), no check digit: it is for the
//! caller of this list to add their formats to OWN as they arrive.
//! Source: VIES (from memory, 2026-11-22).
//! Computed examples: PL1234567854, SE556123456701.

use super::vat_shapes;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};
use crate::domain::formats::{pl, pt, ro, se, si, sk};

/// 欧盟增值税号.
pub const FORMAT: Declared = Declared {
    code: "eu.vat",
    name_zh: "欧盟增值税号",
    name_en: "VAT number of the European Union",
    source: "VIES",
    example: "PL1234567854",
    check_digit: true,
    check,
};

/// The states whose numbers have a format of their own.
const OWN: &[(&str, &Declared)] = &[
    ("PL", &pl::nip::FORMAT),
    ("PT", &pt::nif::FORMAT),
    ("RO", &ro::cf::FORMAT),
    ("SE", &se::vat::FORMAT),
    ("SI", &si::ddv::FORMAT),
    ("SK", &sk::dph::FORMAT),
];

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -./,:");
    let place = match numeric::part(&written, 0..2) {
        "GR" => "EL",
        place => place,
    };
    let rest = numeric::part(&written, 2..written.len());
    let own = OWN.iter().find(|(code, _)| *code == place);
    let mut checked = match (own, vat_shapes::lengthened(place, rest)) {
        (Some((_, format)), _) if !rest.starts_with(place) => (format.check)(rest),
        (Some(_), _) => shape::wrong_shape(rest.to_owned()),
        (None, Some(number)) => check_shape(place, number),
        (None, None) => return shape::wrong_component(written, "不是欧盟成员国", "not a member state"),
    };
    let state = if place == "EL" { "GR" } else { place };
    checked.normal.insert_str(0, place);
    checked.fact("country", state);
    checked
}

fn check_shape(place: &str, number: String) -> Checked {
    if vat_shapes::fits(place, &number) {
        return Checked::valid(number);
    }
    let lengths = vat_shapes::lengths(place);
    numeric::length_fault(&number, &lengths).unwrap_or_else(|| shape::wrong_shape(number))
}
