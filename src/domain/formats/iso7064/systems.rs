//! The algorithms of ISO 7064: pure systems (Σ to a power series) and hybrid systems (a running product).

/// Digits and X = 10, the characters of MOD 11-2.
pub const DIGITS_X: &str = "0123456789X";
/// The ten digits, the characters of MOD 11,10.
pub const DIGITS: &str = "0123456789";
/// Digits and capitals, the characters of MOD 37,36.
pub const ALPHANUMERIC: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Digits, capitals and the asterisk = 36, the characters of MOD 37-2.
pub const ALPHANUMERIC_STAR: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

/// A pure system with one check character: the text, check character last, is 1 modulo the size of the alphabet as a
/// number of the radix. The supplementary last character of the alphabet may only stand at the end.
pub fn pure_holds(text: &str, alphabet: &str, radix: usize) -> bool {
    let modulus = alphabet.len();
    let length = text.len();
    if length < 2 {
        return false;
    }
    let remainder = text.chars().enumerate().try_fold(0, |remainder, (place, c)| {
        let value = alphabet.find(c)?;
        (value + 1 < modulus || place + 1 == length).then_some((remainder * radix + value) % modulus)
    });
    remainder == Some(1)
}

/// A hybrid system MOD (n+1),n for an alphabet of n characters, check character last.
pub fn hybrid_holds(text: &str, alphabet: &str) -> bool {
    let size = alphabet.len();
    let Some((at, last)) = text.char_indices().last() else { return false };
    let body = text.get(..at).unwrap_or_default();
    let product = body.chars().try_fold(size, |product, c| {
        let sum = (product + alphabet.find(c)?) % size;
        Some((if sum == 0 { size } else { sum }) * 2 % (size + 1))
    });
    let Some((product, check)) = product.zip(alphabet.find(last)) else { return false };
    !body.is_empty() && (product + check) % size == 1
}

/// The text, letters as 10–35, modulo 97; `None` when there is anything but digits and capitals.
pub fn remainder_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |remainder, c| {
        let value = if c.is_ascii_lowercase() { None } else { c.to_digit(36) }?;
        Some((remainder * if value < 10 { 10 } else { 100 } + value) % 97)
    })
}

/// MOD 97-10, the two check digits last.
pub fn mod_97_10_holds(text: &str) -> bool {
    text.len() > 2 && remainder_97(text) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        assert!(pure_holds("07940", DIGITS_X, 2) && pure_holds("079X", DIGITS_X, 2));
        assert!(!pure_holds("07X9", DIGITS_X, 2) && !pure_holds("", DIGITS_X, 2));
        assert!(hybrid_holds("794623", DIGITS) && !hybrid_holds("794624", DIGITS) && !hybrid_holds("7", DIGITS));
        assert!(hybrid_holds("A12425GABC1234002M", ALPHANUMERIC));
        assert!(pure_holds("G123489654321Y", ALPHANUMERIC_STAR, 2));
        assert!(mod_97_10_holds("79444") && !mod_97_10_holds("79445") && !mod_97_10_holds("794é4"));
    }
}
