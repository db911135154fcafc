//! 阿根廷税务识别号, Argentina CUIT (Código Único de Identificación Tributaria).
//!
//! Structure (11): 2 digits kind (20 23 24 25 26 27 persons, 30 33 34 companies, 50 51 55 foreign), 8 digits number
//! (for persons the DNI), 1 check digit.
//! Check rule: weights 5 4 3 2 7 6 5 4 3 2, 11 − Σ mod 11; 11 gives 0, 10 gives 9.
//! Source: AFIP/ARCA, Resolución General 10/1997 (from memory, 2026-11-22).
//! Examples: 20123456786, 30712345671.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 阿根廷税务识别号.
pub const FORMAT: Declared = Declared {
    code: "ar.cuit",
    name_zh: "阿根廷税务识别号",
    name_en: "Argentina CUIT (Código Único de Identificación Tributaria)",
    source: "AFIP/ARCA, Resolución General 10/1997",
    example: "20123456786",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[11], |text| {
        let kind = match numeric::part(&text, 0..2) {
            "20" | "23" | "24" | "25" | "26" | "27" => "person",
            "30" | "33" | "34" => "company",
            "50" | "51" | "55" => "foreign",
            _ => {
                return shape::wrong_component(
                    text,
                    "前两位不是纳税人类别",
                    "the first two digits are no kind of taxpayer",
                );
            }
        };
        let expected = match 11 - numeric::weighted(&text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
            11 => 0,
            10 => 9,
            rest => rest,
        };
        let holds = numeric::digit(&text, 10) == expected;
        let dni = numeric::part(&text, 2..10).to_owned();
        let mut checked = numeric::proved(text, holds);
        checked.fact("entity_type", kind);
        if kind == "person" {
            checked.fact("dni", dni);
        }
        checked
    })
}
