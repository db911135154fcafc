//! Check characters (校验码), each a pure function of the characters before it.
//!
//! Everything answers `None` or `false` for input of the wrong length or alphabet instead of guessing.

/// The alphabet of GB 32100: digits and capital letters without I, O, S, V, Z.
pub const MOD31_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Luhn (ISO/IEC 7812-1 annex B): whether the digits, check digit last, add up.
pub fn luhn_holds(digits: &str) -> bool {
    if digits.len() < 2 {
        return false;
    }
    let sum = digits.bytes().rev().enumerate().try_fold(0u32, |sum, (position, byte)| {
        let digit = byte.is_ascii_digit().then(|| u32::from(byte - b'0'))?;
        let doubled = if position % 2 == 0 { digit } else { digit * 2 };
        Some((sum + doubled / 10 + doubled % 10) % 10)
    });
    sum == Some(0)
}

/// The weights of ISO 7064 MOD 11-2 over the characters of a resident identity number, check character last.
const MOD11_2_WEIGHTS: [u32; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];

/// The sum of ISO 7064 MOD 11-2 over 17 digits and their check character, from which that of a number beside it follows.
pub struct Mod11Sum<'a> {
    number: &'a [u8; 18],
    sum: u32,
}

impl<'a> Mod11Sum<'a> {
    /// `None` unless there are 17 digits and a digit or `X`.
    pub fn of(number: &'a [u8; 18]) -> Option<Self> {
        let mut sum = 0;
        for (position, (byte, weight)) in number.iter().zip(MOD11_2_WEIGHTS).enumerate() {
            sum += weight * mod11_value(position, *byte)?;
        }
        Some(Self { number, sum })
    }

    /// Whether the check character fits once the characters at these positions are others; they are all digits, but for
    /// an `X` in the last place.
    pub fn holds_with(&self, changes: &[(usize, u8)]) -> bool {
        let part = |&(position, new): &(usize, u8)| {
            let old = *self.number.get(position)?;
            let weight = MOD11_2_WEIGHTS.get(position)?;
            // 11 more than the difference, lest it be negative.
            Some(weight * (11 + mod11_value(position, new)? - mod11_value(position, old)?))
        };
        let sum = changes.iter().try_fold(self.sum, |sum, change| Some(sum + part(change)?));
        sum.is_some_and(|sum| sum % 11 == 1)
    }
}

fn mod11_value(position: usize, byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'X' if position == 17 => Some(10),
        _ => None,
    }
}

/// ISO 7064 MOD 11-2 over the 17 digits of a resident identity number: `0`–`9` or `X`.
pub fn mod11_2(body: &str) -> Option<char> {
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let digits: &[u8; 17] = body.as_bytes().try_into().ok()?;
    // Neither loop has an early exit or may overflow, so that several digits are added at once.
    if !digits.iter().fold(true, |all, byte| all & byte.is_ascii_digit()) {
        return None;
    }
    let product = |(digit, weight): (&u8, u32)| u32::from(digit.wrapping_sub(b'0')).wrapping_mul(weight);
    let sum = digits.iter().zip(MOD11_2_WEIGHTS).map(product).fold(0, u32::wrapping_add);
    CHECKS.get((sum % 11) as usize).copied()
}

/// MOD 31-3 of GB 32100 over the first 17 characters of a unified social credit code.
pub fn mod31_3(body: &str) -> Option<char> {
    if body.len() != 17 {
        return None;
    }
    let mut weight = 1usize;
    let mut sum = 0usize;
    for byte in body.bytes() {
        sum += usize::from(mod31_value(byte)?) * weight;
        weight = weight * 3 % 31;
    }
    MOD31_ALPHABET.get((31 - sum % 31) % 31).map(|&b| char::from(b))
}

/// The place of a character in [`MOD31_ALPHABET`].
fn mod31_value(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'H' => byte - b'A' + 10,
        b'J'..=b'N' => byte - b'J' + 18,
        b'P'..=b'R' => byte - b'P' + 23,
        b'T' | b'U' => byte - b'T' + 26,
        b'W'..=b'Y' => byte - b'W' + 28,
        _ => return None,
    })
}

/// GB 11714 over the first 8 characters of an organisation code: `0`–`9` or `X`.
pub fn gb11714(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    if body.len() != WEIGHTS.len() || body.bytes().any(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let sum = body.chars().zip(WEIGHTS).try_fold(0u32, |sum, (c, weight)| Some(sum + c.to_digit(36)? * weight))?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        rest => char::from_digit(rest, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_hold_and_damaged_ones_do_not() {
        assert_eq!(mod11_2("11010519491231002"), Some('X'));
        assert_eq!(mod11_2("44030819990110151"), Some('2'));
        assert_eq!(mod11_2("4403081999011015a"), None);
        assert_eq!(mod31_3("91110000600037341"), Some('L'));
        assert_eq!(mod31_3("91152201078376286"), Some('0'), "a check character 0 is possible");
        assert_eq!(mod31_3("9111000060003734I"), None);
        assert_eq!(gb11714("D2143569"), Some('X'));
        assert_eq!(gb11714("77255161"), Some('1'));
        assert_eq!(gb11714("7725516"), None);
        assert!(luhn_holds("6283875070985593"));
        assert!(!luhn_holds("6283875070985594"));
        assert!(!luhn_holds("0") && !luhn_holds("") && !luhn_holds("62x"));
    }
}
