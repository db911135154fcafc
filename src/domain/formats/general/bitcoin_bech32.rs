//! Bech32 and bech32m addresses of Bitcoin (BIP 173, BIP 350): five-bit characters with a BCH code.

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::shape;

const ALPHABET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
/// The human-readable part of the main network, `bc`, high bits and low bits.
pub const MAINNET: [u32; 5] = [3, 3, 0, 2, 3];
/// That of the test network, `tb`.
pub const TESTNET: [u32; 5] = [3, 3, 0, 20, 2];
const BECH32: u32 = 1;
const BECH32M: u32 = 0x2bc8_30a3;
const CHECKSUM_LENGTH: usize = 6;

/// The network of an address in lower case; `None` when it does not start like one of Bitcoin's.
pub fn network(address: &str) -> Option<[u32; 5]> {
    match address.get(..3)? {
        "bc1" => Some(MAINNET),
        "tb1" => Some(TESTNET),
        _ => None,
    }
}

/// Judges an address in lower case of a network.
pub fn judge(address: String, network: [u32; 5]) -> Checked {
    let characters = address.get(3..).unwrap_or_default().chars();
    let Some(values) = characters.map(|c| ALPHABET.find(c).map(|at| at as u32)).collect::<Option<Vec<u32>>>() else {
        return shape::wrong_alphabet(address);
    };
    let Some((version, rest)) = values.split_first().filter(|(_, rest)| rest.len() > CHECKSUM_LENGTH) else {
        return shape::wrong_length(address, "14-90");
    };
    let constant = checksum(network, &values);
    // BIP 173 had one constant for every version; BIP 350 took another one for the later versions.
    if constant != BECH32 && (constant != BECH32M || *version == 0) {
        return shape::wrong_check_digit(address);
    }
    if *version > 16 {
        return shape::wrong_component(address, "未知的见证版本", "an unknown witness version");
    }
    let program = rest.get(..rest.len() - CHECKSUM_LENGTH).unwrap_or_default();
    let (octets, spare) = (program.len() * 5 / 8, program.len() * 5 % 8);
    let padding = program.last().copied().unwrap_or(0) & ((1 << spare) - 1);
    let fits = if *version == 0 { [20, 32].contains(&octets) } else { (2..=40).contains(&octets) };
    if !fits || spare > 4 || padding != 0 {
        return shape::wrong_component(address, "见证程序长度不对", "an impossible length of the witness program");
    }
    let mut checked = Checked::valid(address);
    if *version > 0 && constant == BECH32 {
        checked.note(Finding::of(Defect::Historic));
    }
    checked
}

fn checksum(network: [u32; 5], values: &[u32]) -> u32 {
    network.iter().chain(values).fold(1, |state, value| {
        let top = state >> 25;
        let next = (state & 0x01ff_ffff) << 5 ^ value;
        let taken = GENERATORS.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1);
        taken.fold(next, |state, (_, generator)| state ^ generator)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Validity;

    #[test]
    fn the_examples_of_the_proposals_hold() {
        let valid = |address: &str| judge(address.to_owned(), MAINNET).validity == Validity::Valid;
        assert!(valid("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assert!(valid("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
        assert!(!valid("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5") && !valid("bc1") && !valid("bc1é"));
    }
}
