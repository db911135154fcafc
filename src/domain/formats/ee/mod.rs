//! 爱沙尼亚的证号与代码, identifiers of Estonia.

use super::IdFormat;
use super::numeric;

pub mod ik;
pub mod kmkr;
pub mod registrikood;

/// Every format of Estonia.
pub const ALL: &[&dyn IdFormat] = &[&ik::FORMAT, &kmkr::FORMAT, &registrikood::FORMAT];

/// The check digit of an Estonian code: modulo 11 with the first weights, with the second when that gives 10.
fn check_digit(text: &str, first: &[u32], second: &[u32]) -> u32 {
    match numeric::weighted(text, first) % 11 {
        10 => numeric::weighted(text, second) % 11 % 10,
        rest => rest,
    }
}
