//! 突尼斯税务登记号, Tunisian tax number (matricule fiscal).
//!
//! Structure: up to 7 digits (padded with zeros), 1 control letter (not I, O, U), and optionally 1 letter VAT code (A
//! B D N P), 1 letter kind of taxpayer (C E M N P) and 3 digits establishment (000 unless the kind is E).
//! Control letter: Σ dᵢ·(8 − i) mod 23 selects from ABCDEFGHJKLMNPQRSTVWXYZ; old letters differ, so that a misfit is
//! only noted.
//! Inferred: the rule of the control letter was fitted to the conformance data, 80 of 83 of whose valid numbers
//! follow it.
//! Source: Direction générale des impôts (from memory, 2026-11-22).
//! Computed examples: 1234567RAM000, 0765432X.

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 突尼斯税务登记号.
pub const FORMAT: Declared = Declared {
    code: "tn.mf",
    name_zh: "突尼斯税务登记号",
    name_en: "Tunisian tax number (matricule fiscal)",
    source: "Direction générale des impôts",
    example: "1234567RAM000",
    check_digit: false,
    check,
};

const LETTERS: &str = "ABCDEFGHJKLMNPQRSTVWXYZ";

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " /.-,");
    let rest = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = written.strip_suffix(rest).unwrap_or_default();
    if !(1..=7).contains(&digits.len()) {
        return shape::wrong_length(written, "1-7 (digits)");
    }
    let number = format!("{digits:0>7}{rest}");
    let mut letters = rest.chars();
    let Some(control) = letters.next().filter(|c| LETTERS.contains(*c)) else {
        return shape::wrong_shape(written);
    };
    if ![1, 6].contains(&rest.len()) {
        let whole = number.chars().all(|c| c.is_ascii_alphanumeric());
        return if whole && rest.len() < 6 {
            shape::wrong_length(written, "8/13")
        } else {
            shape::wrong_shape(written)
        };
    }
    let (vat, kind) = (letters.next(), letters.next());
    let establishment = letters.as_str();
    let fits = vat.is_none_or(|c| "ABDNP".contains(c))
        && kind.is_none_or(|c| "CEMNP".contains(c))
        && (establishment.is_empty() || shape::is_digits(establishment))
        && (kind == Some('E') || numeric::is_zero(establishment));
    if !fits {
        return shape::wrong_shape(written);
    }
    let place = numeric::dot(&number, &[7, 6, 5, 4, 3, 2, 1]) % 23;
    let mut checked = Checked::valid(number);
    if LETTERS.chars().nth(place as usize) != Some(control) {
        let (zh, en) = ("控制字母与编号不符", "the control letter does not fit the digits");
        checked.note(Finding::with_detail(Defect::Typo, zh, en));
    }
    checked
}
