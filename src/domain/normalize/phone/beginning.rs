//! The first digits of a number that somebody is still typing, as they stand in E.164.

use super::{region_code, region_of};
use crate::domain::text::clean;

/// Digits of a half-typed number with the calling code in front: `138 0013` in China is `861380013`, `+44 20` is `4420`.
/// `None` where there are no digits or something else stands between them.
pub fn beginning(text: &str, country: Option<&str>) -> Option<String> {
    let cleaned = clean::clean(text);
    let typed = cleaned.text.trim();
    let (typed, has_code) = match typed.strip_prefix('+').or_else(|| typed.strip_prefix("00")) {
        Some(rest) => (rest, true),
        None => (typed, false),
    };
    if typed.chars().any(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '(' | ')' | '.')) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    if has_code {
        return Some(digits);
    }
    let code = region_code(region_of(country));
    Some(format!("{code}{}", digits.trim_start_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_typed_numbers_get_their_calling_code() {
        assert_eq!(beginning("138 0013", Some("CN")).as_deref(), Some("861380013"));
        assert_eq!(beginning("１３８-００", None).as_deref(), Some("8613800"));
        assert_eq!(beginning("+44 20", Some("CN")).as_deref(), Some("4420"));
        assert_eq!(beginning("0044 20", Some("CN")).as_deref(), Some("4420"));
        assert_eq!(beginning("021 655", Some("CN")).as_deref(), Some("8621655"));
        assert_eq!(beginning("张伟", None), None);
        assert_eq!(beginning("", None), None);
    }
}
