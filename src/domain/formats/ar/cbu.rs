//! 阿根廷统一银行账号, Argentina CBU (Clave Bancaria Uniforme).
//!
//! Structure (22): 3 digits bank, 4 digits branch, 1 check digit; 13 digits account, 1 check digit.
//! Check rule, for each block: weights 3 1 7 9 3 1 … from its last digit backwards; the check digit brings the sum to a
//! multiple of 10.
//! Source: Banco Central de la República Argentina, Com. A 2559 (from memory, 2026-11-22).
//! Examples: 0170123040000123456782, 0110456530098765432104.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 阿根廷统一银行账号.
pub const FORMAT: Declared = Declared {
    code: "ar.cbu",
    name_zh: "阿根廷统一银行账号",
    name_en: "Argentina CBU (Clave Bancaria Uniforme)",
    source: "Banco Central de la República Argentina, Com. A 2559",
    example: "0170123040000123456782",
    check_digit: true,
    check,
};

/// From the last digit before the check digit backwards.
const WEIGHTS: [u32; 4] = [3, 1, 7, 9];

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[22], |text| {
        let holds = block_holds(numeric::part(&text, 0..8)) && block_holds(numeric::part(&text, 8..22));
        let bank = numeric::part(&text, 0..3).to_owned();
        let mut checked = numeric::proved(text, holds);
        checked.fact("bank_code", bank);
        checked
    })
}

fn block_holds(block: &str) -> bool {
    let body = numeric::part(block, 0..block.len().saturating_sub(1));
    let sum = numeric::weighted_from_end(body, &WEIGHTS) + numeric::digit(block, body.len());
    sum.is_multiple_of(10)
}
