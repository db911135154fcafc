//! 新西兰银行账号, New Zealand bank account number.
//!
//! Structure (16): 2 bank, 4 branch, 7 account, 3 suffix (2 digits get a 0 in front).
//! Check: the branch lies in a range of the bank; weights by bank, Σ ≡ 0 mod 11 or 10: most banks 6 3 7 9 over the
//! branch (accounts below 990000 only) and 10 5 8 4 2 1 over the last 6 of the account.
//! Standard: Payments NZ branch register; Inland Revenue, resident withholding tax specification (from memory,
//! 2026-11-22).
//! Examples: 0102422442319000, 0102427210200000.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 新西兰银行账号.
pub const FORMAT: Declared = Declared {
    code: "nz.bankaccount",
    name_zh: "新西兰银行账号",
    name_en: "New Zealand bank account number",
    source: "Payments NZ branch register; Inland Revenue, resident withholding tax specification",
    example: "0102422442319000",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed: String = input.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    let number = joined(&shape::compact(&typed, ""));
    if let Some(wrong) = part::wrong_digits(&number, &[16]) {
        return wrong;
    }
    let (bank, branch) = (part::number_at(&number, 0..2).unwrap_or_default(), part::number_at(&number, 2..6));
    let Some((ranges, rule)) = bank_rule(bank) else {
        return shape::unknown_component(number, "未知的银行代码", "unknown bank");
    };
    let branch = branch.unwrap_or_default();
    if !ranges.iter().any(|(low, high)| (*low..=*high).contains(&branch)) {
        return shape::wrong_component(number, "该银行没有此支行", "the bank has no such branch");
    }
    if !holds(&number, rule) {
        return shape::wrong_check_digit(number);
    }
    let issuer = number.get(..2).unwrap_or_default().to_owned();
    let mut checked = Checked::valid(number);
    checked.fact("issuer", issuer);
    checked
}

/// The 16 digits; parts between dashes are filled with zeros to their width.
fn joined(typed: &str) -> String {
    let parts: Vec<&str> = typed.split('-').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [bank, branch, account, suffix] if bank.len() <= 2 && branch.len() <= 4 && account.len() <= 7 => {
            format!("{bank:0>2}{branch:0>4}{account:0>7}{suffix:0>3}")
        }
        parts => {
            let number = parts.concat();
            match (number.get(..13), number.get(13..)) {
                (Some(head), Some(suffix)) if suffix.len() == 2 => format!("{head}0{suffix}"),
                _ => number,
            }
        }
    }
}

/// Weights over the 16 digits, the modulus, and whether the digits of each product are added up first.
struct Rule {
    weights: [u32; 16],
    modulus: u32,
    adds_digits: bool,
}

const LOW: Rule = Rule { weights: [0, 0, 6, 3, 7, 9, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], modulus: 11, adds_digits: false };
const HIGH: Rule = Rule { weights: [0, 0, 0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1, 0, 0, 0], modulus: 11, adds_digits: false };
const SEVEN: Rule = Rule { weights: [0, 0, 0, 0, 0, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0], modulus: 11, adds_digits: false };
const RESERVE: Rule =
    Rule { weights: [0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 4, 3, 2, 0, 0, 1], modulus: 11, adds_digits: true };
const F: Rule = Rule { weights: [0, 0, 0, 0, 0, 0, 1, 7, 3, 1, 7, 3, 1, 0, 0, 0], modulus: 10, adds_digits: false };
const G: Rule = Rule { weights: [0, 0, 0, 0, 0, 0, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1], modulus: 10, adds_digits: true };
const NONE: Rule = Rule { weights: [0; 16], modulus: 1, adds_digits: false };

fn holds(number: &str, rule: &Rule) -> bool {
    let is_high = part::number_at(number, 6..13) >= Some(990_000);
    let rule = if is_high && rule.weights == LOW.weights { &HIGH } else { rule };
    let products =
        number.chars().filter_map(|c| c.to_digit(10)).zip(rule.weights).map(|(digit, weight)| digit * weight);
    let sum: u32 = products.map(|p| if rule.adds_digits && p > 0 { (p - 1) % 9 + 1 } else { p }).sum();
    sum.is_multiple_of(rule.modulus)
}

/// The branches of a bank and its rule.
fn bank_rule(bank: u32) -> Option<(&'static [(u32, u32)], &'static Rule)> {
    Some(match bank {
        1 => (&[(1, 999), (1100, 1199), (1800, 1899)], &LOW),
        2 => (&[(1, 999), (1200, 1299)], &LOW),
        3 => (&[(1, 999), (1300, 1399), (1500, 1599), (1700, 1799), (1900, 1999), (7350, 7399)], &LOW),
        4 => (&[(2014, 2024)], &LOW),
        6 => (&[(1, 999), (1400, 1499)], &LOW),
        8 => (&[(6500, 6599)], &SEVEN),
        9 => (&[(0, 0)], &RESERVE),
        10 => (&[(5165, 5169)], &LOW),
        11 => (&[(5000, 6499), (6600, 8999)], &LOW),
        12 => (&[(3000, 3299), (3400, 3499), (3600, 3699)], &LOW),
        13 => (&[(4900, 4999)], &LOW),
        14 => (&[(4700, 4799)], &LOW),
        15 => (&[(3900, 3999)], &LOW),
        16 => (&[(4400, 4499)], &LOW),
        17 => (&[(3300, 3399)], &LOW),
        18 => (&[(3500, 3599)], &LOW),
        19 => (&[(4600, 4649)], &LOW),
        20 => (&[(4100, 4199)], &LOW),
        21 => (&[(4800, 4899)], &LOW),
        22 => (&[(4000, 4049)], &LOW),
        23 => (&[(3700, 3799)], &LOW),
        24 => (&[(4300, 4349)], &LOW),
        25 => (&[(2500, 2599)], &F),
        26 => (&[(2600, 2699)], &G),
        27 => (&[(3800, 3849)], &LOW),
        28 => (&[(2100, 2149)], &G),
        29 => (&[(2150, 2299)], &G),
        30 => (&[(2900, 2949)], &LOW),
        31 => (&[(2800, 2849)], &NONE),
        33 => (&[(6700, 6799)], &F),
        35 => (&[(2400, 2499)], &LOW),
        38 => (&[(9000, 9499)], &LOW),
        88 => (&[(8800, 8805)], &LOW),
        _ => return None,
    })
}
