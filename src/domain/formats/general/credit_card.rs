//! 国际信用卡号, payment card number (PAN).
//!
//! Structure (12–19 digits): the network's prefix, account, check digit. Visa 4 (13, 16, 19); Mastercard 51–55 and
//! 2221–2720 (16); American Express 34, 37 (15); Discover 6011, 644–649, 65 (16–19); JCB 3528–3589 (16–19); Diners
//! Club 300–305, 36, 38, 39 (14–19); UnionPay 62, 81 (16–19); Maestro 50, 56–58, 6 (12–19).
//! Check: Luhn. Source: ISO/IEC 7812-1 (from memory, 2026-11-22).
//! Computed examples: 4000001234567899, 6283875070985593.

use std::ops::RangeInclusive;

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{check_digit, declared::Declared, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 国际信用卡号.
pub const FORMAT: Declared = Declared {
    code: "credit_card",
    name_zh: "国际信用卡号",
    name_en: "payment card number",
    source: "ISO/IEC 7812-1",
    example: "4000001234567899",
    check_digit: true,
    check,
};

/// Networks: name, first four digits, lengths.
const NETWORKS: &[(&str, RangeInclusive<u32>, &[usize])] = &[
    ("visa", 4000..=4999, &[13, 16, 19]),
    ("mastercard", 5100..=5599, &[16]),
    ("mastercard", 2221..=2720, &[16]),
    ("amex", 3400..=3499, &[15]),
    ("amex", 3700..=3799, &[15]),
    ("discover", 6011..=6011, &[16, 17, 18, 19]),
    ("discover", 6440..=6599, &[16, 17, 18, 19]),
    ("jcb", 3528..=3589, &[16, 17, 18, 19]),
    ("diners", 3000..=3059, &[14, 16, 17, 18, 19]),
    ("diners", 3600..=3699, &[14, 15, 16, 17, 18, 19]),
    ("diners", 3800..=3999, &[14, 16, 17, 18, 19]),
    ("unionpay", 6200..=6299, &[16, 17, 18, 19]),
    ("unionpay", 8100..=8199, &[16, 17, 18, 19]),
    ("maestro", 5000..=5099, &[12, 13, 14, 15, 16, 17, 18, 19]),
    ("maestro", 5600..=5899, &[12, 13, 14, 15, 16, 17, 18, 19]),
    ("maestro", 6000..=6999, &[12, 13, 14, 15, 16, 17, 18, 19]),
];

fn check(input: &str) -> Checked {
    let number = shape::compact(input, "-");
    if !number.is_empty() && !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    if !(12..=19).contains(&number.len()) {
        return shape::wrong_length(number, "12–19");
    }
    if !check_digit::luhn_holds(&number) {
        return shape::wrong_check_digit(number);
    }
    let prefix = part::number_at(&number, 0..4).unwrap_or_default();
    let Some((network, _, lengths)) = NETWORKS.iter().find(|(_, prefixes, _)| prefixes.contains(&prefix)) else {
        // Mastercard's second series is exactly 2221 to 2720: its neighbours belong to nobody.
        let neighbour = number.len() == 16 && (2200..2800).contains(&prefix) && !(2200..=2205).contains(&prefix);
        let (zh, en) = ("未知的卡组织", "unknown network");
        return if neighbour {
            shape::wrong_component(number, zh, en)
        } else {
            shape::unknown_component(number, zh, en)
        };
    };
    if !lengths.contains(&number.len()) {
        let expected: Vec<String> = lengths.iter().map(usize::to_string).collect();
        return shape::wrong_length(number, &expected.join("/"));
    }
    let mut checked = Checked::valid(number.as_str());
    checked.fact("network", *network);
    if is_repeated_or_sequential_digits(&number) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_and_length_name_the_network() {
        let complete = |body: &str| {
            let numbers = (0..10).map(|digit| format!("{body}{digit}"));
            numbers.into_iter().find(|number| check_digit::luhn_holds(number)).unwrap_or_default()
        };
        let cases = [
            ("400000123456789", Some("visa")),
            ("222100123456789", Some("mastercard")),
            ("272099123456789", Some("mastercard")),
            ("37000012345678", Some("amex")),
            ("601100123456789", Some("discover")),
            ("352800123456789", Some("jcb")),
            ("3600001234567", Some("diners")),
            ("810000123456789", Some("unionpay")),
            ("222000123456789", None),
            ("37000012345", None),
        ];
        for (body, network) in cases {
            assert_eq!(check(&complete(body)).fact_value("network"), network, "{body}");
        }
    }
}
