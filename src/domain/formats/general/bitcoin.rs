//! 比特币地址, Bitcoin address.
//!
//! Structure, base58: version octet 0 (1…) or 5 (3…), 20 octets hash, 4 octets checksum. Bech32: bc1, version q (0)
//! or p (1) … l (16), program of 20 or 32 octets (2–40 from version 1 on), 6 characters checksum. Upper and lower
//! case matter in base58.
//! Check, base58: the first four octets of SHA-256 of SHA-256 of the others. Bech32: a BCH code, constant 1 for
//! version 0, 0x2bc830a3 for later ones (bech32m); addresses of the first proposal with 1 for later versions are
//! noted as historic.
//! Source: BIP 13, BIP 173, BIP 350 (from memory, 2026-11-22).
//! Computed examples: 16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu, bc1qqypqxpq9qcrsszg2pvxq6rs0zqg3yyc5fcj4z3.

use super::bitcoin_bech32::{self, TESTNET};
use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, general::sha256, shape};
use crate::domain::text::width;

/// 比特币地址.
pub const FORMAT: Declared = Declared {
    code: "bitcoin",
    name_zh: "比特币地址",
    name_en: "Bitcoin address",
    source: "BIP 13, BIP 173, BIP 350",
    example: "16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu",
    check_digit: true,
    check,
};

const BASE58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH_MAX: usize = 90;

fn check(input: &str) -> Checked {
    let address: String = width::to_halfwidth(input).chars().filter(|c| !c.is_whitespace()).collect();
    if !(14..=LENGTH_MAX).contains(&address.len()) {
        return shape::wrong_length(address, "14-90");
    }
    let lower = address.to_ascii_lowercase();
    if let Some(network) = bitcoin_bech32::network(&lower) {
        if address == lower {
            return on_network(bitcoin_bech32::judge(lower, network), network == TESTNET);
        }
        if address != address.to_ascii_uppercase() {
            return shape::wrong_check_digit(address);
        }
        // Capitals are for QR codes (BIP 173); as a written address they are worth a look.
        let mut checked = on_network(bitcoin_bech32::judge(lower, network), network == TESTNET);
        checked.act(Action::CaseFolded);
        let finding = Finding::with_detail(Defect::Format, "大写形式只用于二维码", "capitals are for QR codes only");
        checked.worsen(Validity::Suspect, finding);
        return checked;
    }
    check_base58(address)
}

fn check_base58(address: String) -> Checked {
    let Some(octets) = address.chars().map(|c| BASE58.find(c)).try_fold(Vec::new(), append) else {
        return shape::wrong_alphabet(address);
    };
    let zeros = address.chars().take_while(|c| *c == '1').count();
    let mut payload = vec![0; zeros];
    payload.extend(octets.iter().rev());
    if payload.len() != 25 {
        return shape::wrong_length(address, "25 (octets)");
    }
    let (body, checksum) = payload.split_at_checked(21).unwrap_or_default();
    if sha256::digest(&sha256::digest(body)).get(..4) != Some(checksum) {
        return shape::wrong_check_digit(address);
    }
    match body.first() {
        Some(0 | 5) => Checked::valid(address),
        Some(111 | 196) => on_network(Checked::valid(address), true),
        _ => shape::wrong_component(address, "未知的地址版本", "an unknown version"),
    }
}

/// Addresses of the test network are well-formed, but nobody's money is there.
fn on_network(mut checked: Checked, is_test: bool) -> Checked {
    if is_test {
        checked.fact("network", "testnet");
        let finding =
            Finding::with_detail(Defect::UnknownComponent, "测试网络的地址", "an address of the test network");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

/// Multiplies a little-endian number by 58 and adds a digit.
fn append(mut octets: Vec<u8>, digit: Option<usize>) -> Option<Vec<u8>> {
    let mut carry = digit?;
    for octet in &mut octets {
        carry += usize::from(*octet) * 58;
        *octet = (carry % 256) as u8;
        carry /= 256;
    }
    while carry > 0 {
        octets.push((carry % 256) as u8);
        carry /= 256;
    }
    Some(octets)
}
