//! 欧盟增值税号, VAT number of the European Union.
//!
//! Structure: 2 letters member state (EL for Greece, XI for Northern Ireland), then the national number of 8–12
//! characters.
//! Check: that of the member state's own format.
//! Source: VIES (from memory, 2026-11-22).
//! Computed examples: PL1234567854, SE556123456701.

use crate::domain::finding::Checked;
use crate::domain::formats::{IdFormat, declared::Declared, general::numeric, shape};
use crate::domain::formats::{
    at, be, bg, cy, cz, de, dk, ee, es, fi, fr, gb, gr, hr, hu, ie, it, lt, lu, lv, mt, nl, pl, pt, ro, se, si, sk,
};

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

/// The states with the formats of their numbers.
const NATIONAL: &[(&str, &dyn IdFormat)] = &[
    ("AT", &at::uid::FORMAT),
    ("BE", &be::vat::FORMAT),
    ("BG", &bg::vat::FORMAT),
    ("CY", &cy::vat::FORMAT),
    ("CZ", &cz::dic::FORMAT),
    ("DE", &de::vat::FORMAT),
    ("DK", &dk::cvr::FORMAT),
    ("EE", &ee::kmkr::FORMAT),
    ("EL", &gr::vat::FORMAT),
    ("ES", &es::nif::FORMAT),
    ("FI", &fi::alv::FORMAT),
    ("FR", &fr::tva::FORMAT),
    ("HR", &hr::oib::FORMAT),
    ("HU", &hu::anum::FORMAT),
    ("IE", &ie::vat::FORMAT),
    ("IT", &it::iva::FORMAT),
    ("LT", &lt::pvm::FORMAT),
    ("LU", &lu::tva::FORMAT),
    ("LV", &lv::pvn::FORMAT),
    ("MT", &mt::vat::FORMAT),
    ("NL", &nl::btw::FORMAT),
    ("PL", &pl::nip::FORMAT),
    ("PT", &pt::nif::FORMAT),
    ("RO", &ro::cf::FORMAT),
    ("SE", &se::vat::FORMAT),
    ("SI", &si::ddv::FORMAT),
    ("SK", &sk::dph::FORMAT),
    ("XI", &gb::vat::FORMAT),
];

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -./,:");
    let place = match numeric::part(&written, 0..2) {
        "GR" => "EL",
        place => place,
    };
    let Some((place, format)) = NATIONAL.iter().find(|(code, _)| *code == place) else {
        return shape::wrong_component(written, "不是欧盟成员国", "not a member state");
    };
    let rest = numeric::part(&written, 2..written.len());
    let repeated = rest.starts_with(place);
    let mut checked = if repeated { shape::wrong_shape(rest.to_owned()) } else { format.check(rest) };
    if !checked.normal.starts_with(place) {
        checked.normal = [place, &*checked.normal].concat().into();
    }
    checked.fact("country", if *place == "EL" { "GR" } else { place });
    checked
}
