//! 捷克银行账号, Czech bank account number.
//!
//! Structure: prefix of up to 6 digits and `-` (optional), root of 2–10 digits, `/`, 4 digits bank; normal form with
//! zeros in front.
//! Check rule, for prefix and root: weights 6 3 7 9 10 5 8 4 2 1 ending at the last digit, Σ mod 11 = 0.
//! Source: Czech National Bank, Decree 169/2011 (from memory, 2026-11-22).
//! Examples: 000019-0012345671/0710, 000000-0098765430/0100.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 捷克银行账号.
pub const FORMAT: Declared = Declared {
    code: "cz.bankaccount",
    name_zh: "捷克银行账号",
    name_en: "Czech bank account number",
    source: "Czech National Bank, Decree 169/2011",
    example: "000019-0012345671/0710",
    check_digit: true,
    check,
};

/// Banks and savings institutions that had a code at some time, sorted.
const BANKS: &[u64] = &[
    100, 300, 600, 710, 800, 2010, 2020, 2030, 2040, 2050, 2060, 2070, 2100, 2200, 2210, 2220, 2230, 2240, 2250, 2260,
    2275, 2310, 2600, 2700, 3020, 3030, 3040, 3050, 3060, 3500, 4000, 4300, 5000, 5400, 5500, 5800, 6000, 6100, 6200,
    6210, 6300, 6700, 6800, 7910, 7940, 7950, 7960, 7970, 7980, 7990, 8030, 8040, 8060, 8090, 8150, 8190, 8198, 8199,
    8200, 8211, 8215, 8220, 8221, 8222, 8223, 8224, 8225, 8226, 8227, 8228, 8229, 8230, 8231, 8240, 8241, 8242, 8243,
    8244, 8245, 8246, 8247, 8248, 8249, 8250, 8251, 8252, 8253, 8254, 8255, 8256, 8260, 8261, 8265, 8270, 8272, 8280,
    8281, 8282, 8283, 8291, 8292, 8293, 8294, 8296, 8297, 8299, 8500,
];

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " .");
    let Some((prefix, root, bank)) = split(&text) else { return shape::wrong_shape(text) };
    let (prefix, root) = (format!("{prefix:0>6}"), format!("{root:0>10}"));
    let normal = format!("{prefix}-{root}/{bank}");
    if !holds(&prefix) || !holds(&root) {
        return shape::wrong_check_digit(normal);
    }
    let code = numeric::number(bank, 0..4);
    if code == 0 || numeric::number(&root, 0..10) == 0 {
        return shape::wrong_component(normal, "银行代码或账号为零", "bank or account is zero");
    }
    let mut checked = match BANKS.binary_search(&code) {
        Ok(_) => Checked::valid(normal),
        Err(_) => shape::unknown_component(normal, "未知的银行代码", "an unknown bank"),
    };
    checked.fact("bank_code", bank);
    checked
}

fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (account, bank) = text.split_once('/')?;
    let (prefix, root) = account.split_once('-').unwrap_or(("0", account));
    let digits = [prefix, root, bank].into_iter().all(shape::is_digits);
    (digits && prefix.len() <= 6 && (2..=10).contains(&root.len()) && bank.len() == 4).then_some((prefix, root, bank))
}

fn holds(part: &str) -> bool {
    numeric::weighted_from_end(part, &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]).is_multiple_of(11)
}
