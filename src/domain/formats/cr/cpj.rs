//! 哥斯达黎加法人证号, Costa Rica legal person ID (Cédula de Persona Jurídica).
//!
//! Structure (10): 1 digit class (2 government, 3 legal person, 4 autonomous institution, 5 by decree), 3 digits type
//! (2: 100 200 300 400; 3: 002–014, 101–110; 4: 000; 5: 001), 6 digits serial.
//! Check rule: none.
//! Source: Registro Nacional, Decreto 34691-J (from memory, 2026-11-22).
//! Examples: 3101012345, 2100042153.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 哥斯达黎加法人证号.
pub const FORMAT: Declared = Declared {
    code: "cr.cpj",
    name_zh: "哥斯达黎加法人证号",
    name_en: "Costa Rica legal person ID (Cédula de Persona Jurídica)",
    source: "Registro Nacional, Decreto 34691-J",
    example: "3101012345",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[10], |text| {
        let kind = match (numeric::digit(&text, 0), numeric::number(&text, 1..4)) {
            (2, 100 | 200 | 300 | 400) => "government",
            (3, 2..=14 | 101..=110) => "legal_person",
            (4, 0) => "autonomous_institution",
            (5, 1) => "decree",
            _ => return shape::wrong_component(text, "没有这种类别", "no such class and type"),
        };
        let mut checked = Checked::valid(text);
        checked.fact("entity_type", kind);
        checked
    })
}
