//! 巴西的证号与代码, identifiers of Brazil.

use super::IdFormat;
use super::numeric;

pub mod cnpj;
pub mod cpf;

/// Every format of Brazil.
pub const ALL: &[&dyn IdFormat] = &[&cnpj::FORMAT, &cpf::FORMAT];

/// Whether both check digits at the end hold; weights from 2 to `weight_max`, counted from the right and repeated.
fn check_digits_hold(text: &str, weight_max: u32) -> bool {
    let expected = |body: &str| {
        let weights = (2..=weight_max).cycle();
        let sum: u32 =
            body.bytes().rev().zip(weights).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
        if sum % 11 < 2 { 0 } else { 11 - sum % 11 }
    };
    let end = text.len().saturating_sub(2);
    [end, end + 1].into_iter().all(|place| expected(numeric::part(text, 0..place)) == numeric::digit(text, place))
}
