//! 西班牙的证号与代码, identifiers of Spain.

use super::IdFormat;

pub mod cae;
pub mod ccc;
pub mod cif;
pub mod cups;
pub mod dni;
pub mod iban;
pub mod nie;
pub mod nif;
pub mod postal_code;
pub mod referenciacatastral;

/// Every format of Spain.
pub const ALL: &[&dyn IdFormat] = &[
    &cae::FORMAT,
    &ccc::FORMAT,
    &cif::FORMAT,
    &cups::FORMAT,
    &dni::FORMAT,
    &iban::FORMAT,
    &nie::FORMAT,
    &nif::FORMAT,
    &postal_code::FORMAT,
    &referenciacatastral::FORMAT,
];

/// The check letter of a Spanish number: its remainder by 23.
fn letter_of(number: u64) -> Option<char> {
    "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth((number % 23) as usize)
}
