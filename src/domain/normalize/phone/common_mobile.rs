//! 手机号码 in the spellings that nearly every record uses: 13912340007, +86 139…, 139-1234-0007, 0086…, 0139….
//!
//! Only what libphonenumber reads as the same valid number is taken; everything else is left to the slower ways. A test
//! holds the two equal over every prefix and spelling.

/// Digits of a Chinese mobile number.
const DIGITS: usize = 11;
/// Longest spelling looked at: 0086 0, eleven digits, and blanks or hyphens between them.
const BYTES_MAX: usize = 32;
/// 0086 and a trunk zero before eleven digits.
const DIGITS_MAX: usize = 16;

/// The eleven digits of a valid mobile number of China in a common spelling.
pub(super) fn read(text: &str) -> Option<[u8; DIGITS]> {
    let bytes = text.as_bytes();
    let (bracketed, bytes) = match bytes {
        [b'(', b'+', b'8', b'6', b')', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    let (international, rest) = match bytes {
        [b'+', rest @ ..] if !bracketed => (true, rest),
        _ => (false, bytes),
    };
    if rest.len() > BYTES_MAX {
        return None;
    }
    let mut digits = [0; DIGITS_MAX];
    let mut count = 0;
    // A bracket ends a group of digits too.
    let mut after_digit = bracketed;
    for byte in rest {
        match byte {
            b'0'..=b'9' => {
                *digits.get_mut(count)? = *byte;
                count += 1;
                after_digit = true;
            }
            b' ' | b'-' if after_digit => after_digit = false,
            _ => return None,
        }
    }
    let written = digits.get(..count).filter(|_| after_digit)?;
    let coded = match written {
        _ if bracketed => None,
        [b'8', b'6', rest @ ..] if international || rest.len() >= DIGITS => Some(rest),
        [b'0', b'0', b'8', b'6', rest @ ..] if !international => Some(rest),
        _ => None,
    };
    if international && coded.is_none() {
        return None;
    }
    let national = match coded.unwrap_or(written) {
        [b'0', rest @ ..] => rest,
        whole => whole,
    };
    let number: [u8; DIGITS] = national.try_into().ok()?;
    is_assigned(&number).then_some(number)
}

/// Whether the first digits are a mobile prefix, as libphonenumber's plan of China has them.
fn is_assigned(number: &[u8; DIGITS]) -> bool {
    let [first, second, third, fourth, fifth, ..] = *number;
    first == b'1'
        && match (second, third) {
            (b'3' | b'8', _) => true,
            (b'4', b'5' | b'7') => true,
            (b'5' | b'9', b'0'..=b'3' | b'5'..=b'9') => true,
            (b'6', b'2' | b'5'..=b'7') => true,
            (b'6', b'1') => fourth == b'0',
            (b'7', b'0'..=b'3' | b'5'..=b'8') => true,
            (b'7', b'4') => fourth == b'0' && matches!(fifth, b'0'..=b'5'),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::read;
    use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};

    /// E.164, when the library finds a valid mobile number of China.
    fn library(text: &str) -> Option<String> {
        let number = PHONE_NUMBER_UTIL.parse(text, Some(Region::CN)).ok().filter(|number| number.is_valid())?;
        let mobile = number.get_type() == PhoneNumberType::Mobile;
        let e164 = number.format_as(PhoneNumberFormat::E164).into_owned();
        (mobile && e164.starts_with("+86")).then_some(e164)
    }

    #[test]
    fn equal_to_the_library_over_every_prefix_and_spelling() {
        let mut state: u64 = 7;
        for prefix in 10_000..20_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = format!("{prefix}{:06}", (state >> 33) % 1_000_000);
            let (head, middle, tail) = (&number[..3], &number[3..7], &number[7..]);
            let spellings = [
                number.clone(),
                format!("+86{number}"),
                format!("+86 {head} {middle} {tail}"),
                format!("{head}-{middle}-{tail}"),
                format!("0086{number}"),
                format!("0086-{head}-{middle}-{tail}"),
                format!("86 {number}"),
                format!("86{number}"),
                format!("0{number}"),
                format!("+86 0{head} {middle} {tail}"),
                format!("00860{number}"),
                format!("860{number}"),
                format!("+{number}"),
                format!("(+86){number}"),
                format!("(+86) {head}-{middle}-{tail}"),
                format!("(+86)86{number}"),
                format!("(+86)0086{number}"),
                format!("(+86)0{number}"),
                format!("8{number}"),
            ];
            // Every spelling for one number in eight: the whole would take minutes without optimization.
            let count = if prefix % 8 == 0 { spellings.len() } else { 2 };
            for text in spellings.iter().take(count) {
                let own = read(text).map(|digits| format!("+86{}", str::from_utf8(&digits).unwrap()));
                assert_eq!(own, library(text), "{text}");
            }
        }
    }

    #[test]
    fn other_texts_are_left_alone() {
        let others = [
            "",
            "+",
            "-13912340007",
            "13912340007-",
            "139--12340007",
            "139123400071",
            "(+86)+8613912340007",
            "010-65529988",
            "+1 3912340007",
            "1391234000O",
        ];
        for text in others {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
