//! 西班牙邮政编码, Spain postal code (Código postal).
//!
//! Structure (5): 2 digits province (01–52), 3 digits zone.
//! Check rule: none; the province must exist.
//! Source: Correos, RD 1829/1999 (from memory, 2026-11-22).
//! Examples: 28001, 08002.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙邮政编码.
pub const FORMAT: Declared = Declared {
    code: "es.postal_code",
    name_zh: "西班牙邮政编码",
    name_en: "Spain postal code (Código postal)",
    source: "Correos, RD 1829/1999",
    example: "28001",
    check_digit: false,
    check,
};

const PROVINCES: [&str; 52] = [
    "Álava",
    "Albacete",
    "Alicante",
    "Almería",
    "Ávila",
    "Badajoz",
    "Illes Balears",
    "Barcelona",
    "Burgos",
    "Cáceres",
    "Cádiz",
    "Castellón",
    "Ciudad Real",
    "Córdoba",
    "A Coruña",
    "Cuenca",
    "Girona",
    "Granada",
    "Guadalajara",
    "Gipuzkoa",
    "Huelva",
    "Huesca",
    "Jaén",
    "León",
    "Lleida",
    "La Rioja",
    "Lugo",
    "Madrid",
    "Málaga",
    "Murcia",
    "Navarra",
    "Ourense",
    "Asturias",
    "Palencia",
    "Las Palmas",
    "Pontevedra",
    "Salamanca",
    "Santa Cruz de Tenerife",
    "Cantabria",
    "Segovia",
    "Sevilla",
    "Soria",
    "Tarragona",
    "Teruel",
    "Toledo",
    "Valencia",
    "Valladolid",
    "Bizkaia",
    "Zamora",
    "Zaragoza",
    "Ceuta",
    "Melilla",
];

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "E-", " ", &[5], |text| {
        let province = (numeric::number(&text, 0..2) as usize).checked_sub(1).and_then(|index| PROVINCES.get(index));
        let Some(province) = province else {
            return shape::wrong_component(text, "没有这个省", "no such province");
        };
        let mut checked = Checked::valid(text);
        checked.fact("region", *province);
        checked
    })
}
