//! The structures of VAT numbers that VIES publishes, for states whose numbers have no format in the same list.
//!
//! n stands for a digit, p for 1–9, a for a letter, x for a letter or digit; every other character for itself.
//! From memory, 2026-11-22. Check digits are not part of the structure.

/// The states with their structures.
const SHAPES: &[(&str, &[&str])] = &[
    ("AT", &["Unnnnnnnn"]),
    ("BE", &["0nnnnnnnnn", "1nnnnnnnnn"]),
    ("BG", &["nnnnnnnnn", "nnnnnnnnnn"]),
    ("CY", &["nnnnnnnna"]),
    ("CZ", &["nnnnnnnn", "nnnnnnnnn", "nnnnnnnnnn"]),
    ("DE", &["pnnnnnnnn"]),
    ("DK", &["pnnnnnnn"]),
    ("EE", &["nnnnnnnnn"]),
    ("EL", &["nnnnnnnnn"]),
    ("ES", &["annnnnnnn", "annnnnnna", "nnnnnnnna"]),
    ("FI", &["nnnnnnnn"]),
    ("FR", &["xxnnnnnnnnn"]),
    ("HR", &["nnnnnnnnnnn"]),
    ("HU", &["nnnnnnnn"]),
    ("IE", &["nnnnnnna", "nnnnnnnaa", "nannnnna", "n+nnnnna", "n*nnnnna"]),
    ("IT", &["nnnnnnnnnnn"]),
    ("LT", &["nnnnnnn1n", "nnnnnnnnnn1n"]),
    ("LU", &["nnnnnnnn"]),
    ("LV", &["nnnnnnnnnnn"]),
    ("MT", &["pnnnnnnn"]),
    ("NL", &["nnnnnnnnnBnn"]),
    ("XI", &["nnnnnnnnn", "nnnnnnnnnnnn", "GDnnn", "HAnnn"]),
];

/// The number with the zeros in front that people leave out (Belgium, the Netherlands); `None` for a state that has no
/// structure here.
pub fn lengthened(place: &str, number: &str) -> Option<String> {
    shapes(place)?;
    Some(match place {
        "BE" if number.len() == 9 => format!("0{number}"),
        "NL" if (4..12).contains(&number.len()) => format!("{number:0>12}"),
        _ => number.to_owned(),
    })
}

/// Whether the number has a structure of its state.
pub fn fits(place: &str, number: &str) -> bool {
    shapes(place).unwrap_or_default().iter().any(|shape| has_shape(number, shape))
}

/// The lengths that numbers of a state have.
pub fn lengths(place: &str) -> Vec<usize> {
    let mut lengths: Vec<usize> = shapes(place).unwrap_or_default().iter().map(|shape| shape.len()).collect();
    lengths.dedup();
    lengths
}

fn shapes(place: &str) -> Option<&'static [&'static str]> {
    SHAPES.iter().find(|(code, _)| *code == place).map(|(_, shapes)| *shapes)
}

fn has_shape(number: &str, shape: &str) -> bool {
    let allows = |(c, kind): (char, char)| match kind {
        'n' => c.is_ascii_digit(),
        'p' => c.is_ascii_digit() && c != '0',
        'a' => c.is_ascii_uppercase(),
        'x' => c.is_ascii_digit() || (c.is_ascii_uppercase() && c != 'I' && c != 'O'),
        literal => c == literal,
    };
    number.chars().count() == shape.len() && number.chars().zip(shape.chars()).all(allows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structures_are_held() {
        assert!(fits("AT", "U12345678") && !fits("AT", "012345678") && !fits("QQ", "1"));
        assert!(fits("IE", "1A23456B") && fits("LT", "123456715") && !fits("LT", "123456725"));
        assert_eq!(lengthened("NL", "12345678B01").as_deref(), Some("012345678B01"));
        assert_eq!(lengths("CZ"), [8, 9, 10]);
    }
}
