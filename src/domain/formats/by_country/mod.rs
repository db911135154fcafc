//! Kinds of values whose rules depend on a country: passports, licence plates, postal codes, identity cards, tax and
//! VAT numbers.
//!
//! Where a national format exists, it judges; elsewhere a table of shapes does. In the tables `#` is a digit, `@` a
//! capital letter, the rest a regular expression without groups that capture; blanks and `-./·_` outside of brackets
//! are separators of the official layout (`_` any one of them or none). A value in its official layout is valid, one
//! that only fits when letters are capitalised and separators dropped is suspect.

use std::collections::BTreeMap;

use regex::Regex;

use super::{IdFormat, shape};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::text::width;

pub mod identity_card;
pub mod license_plate;
pub mod passport;
pub mod postal_code;
pub mod tax_id;
pub mod vat;

/// No formats of its own: the kinds need a country and are judged by [`check`].
pub const ALL: &[&dyn IdFormat] = &[];

/// The kinds that [`check`] judges.
pub const KINDS: &[&str] = &["passport", "license_plate", "postal_code", "identity_card", "tax_id", "vat"];

/// Characters of the longest value of any kind; what is longer is no such value.
const LENGTH_MAX: usize = 64;

/// Judges a value of a kind by the rules of a country (ISO 3166-1 alpha-2, may be empty); `None` when there are none.
pub fn check(kind: &str, country: &str, input: &str) -> Option<Checked> {
    let country = match country.trim().to_ascii_uppercase() {
        greek if greek == "EL" => "GR".to_owned(),
        british if british == "UK" => "GB".to_owned(),
        other => other,
    };
    if input.chars().nth(LENGTH_MAX).is_some() {
        return Some(Checked::invalid(compact(input), Finding::of(Defect::Length)));
    }
    match kind {
        "passport" => passport::check(&country, input),
        "license_plate" => license_plate::check(&country, input),
        "postal_code" => postal_code::check(&country, input),
        "identity_card" => identity_card::check(&country, input),
        "tax_id" => tax_id::check(&country, input),
        "vat" => vat::check(&country, input),
        _ => None,
    }
}

/// A row of a table: a country and the shape of its values.
pub type Row = (&'static str, &'static str);

/// The shapes of one country, compiled.
pub struct Shapes {
    layout: Regex,
    loose: Regex,
}

/// The shapes of a kind by country.
pub type Table = BTreeMap<&'static str, Shapes>;

/// Compiles a table; a unit test proves that every row compiles.
pub fn compile(rows: &[Row]) -> Table {
    let entry = |(country, shape): &Row| {
        let layout = Regex::new(&expression(shape, true)).ok()?;
        let loose = Regex::new(&expression(shape, false)).ok()?;
        Some((*country, Shapes { layout, loose }))
    };
    rows.iter().filter_map(entry).collect()
}

/// The regular expression of a shape, with the separators of the layout or without any.
fn expression(shape: &str, with_separators: bool) -> String {
    let mut expression = String::from("^(?:");
    let mut in_brackets = false;
    let mut dropped = false;
    for c in shape.chars() {
        let after_dropped = std::mem::replace(&mut dropped, false);
        match c {
            '#' => expression.push_str("[0-9]"),
            '@' => expression.push_str("[A-Z]"),
            ' ' | '-' | '.' | '/' | '·' | '_' if !in_brackets => match (with_separators, c) {
                (false, _) => dropped = true,
                (true, '_') => expression.push_str("[ .·-]?"),
                (true, _) => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            },
            '?' if after_dropped => {}
            _ => {
                in_brackets = if c == '[' { true } else { in_brackets && c != ']' };
                expression.push(c);
            }
        }
    }
    expression.push_str(")$");
    expression
}

impl Shapes {
    /// Whether the text has the official layout.
    pub fn has_layout(&self, text: &str) -> bool {
        self.layout.is_match(text)
    }

    /// Whether the compact text would fit but for its separators and small letters.
    pub fn fits_loosely(&self, compact: &str) -> bool {
        self.loose.is_match(compact)
    }

    /// Valid in the official layout, suspect in another one, invalid when no layout would make it fit.
    pub fn judge(&self, text: &str) -> Checked {
        let normal = compact(text);
        if self.has_layout(text) {
            Checked::valid(normal)
        } else if self.fits_loosely(&normal) {
            unusual_layout(normal)
        } else {
            shape::wrong_shape(normal)
        }
    }
}

/// The verdict on a value that only fits without its separators or with capitals.
pub fn unusual_layout(normal: String) -> Checked {
    let finding = Finding::with_detail(Defect::Format, "书写格式不规范", "not in the official layout");
    let (zh, en) = ("去掉分隔符并大写后符合", "fits without separators and in capitals");
    let finding = finding.suggest(normal.clone(), zh, en);
    Checked::suspect(normal, finding)
}

/// Half-width, with plain dashes and without blanks around.
pub fn folded(input: &str) -> String {
    width::fold_dashes(&width::to_halfwidth(input)).trim().to_owned()
}

/// The letters and digits of a value, as capitals.
pub fn compact(input: &str) -> String {
    folded(input).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The best verdict of several national formats on a value: a country may have more than one kind of number.
pub fn best_of(codes: &str, input: &str) -> Option<Checked> {
    let formats = codes.split_whitespace().filter_map(super::by_code);
    formats.map(|format| format.check(input)).min_by_key(|checked| checked.validity)
}

/// The verdict when the country is not known: a value that fits some country's shape may be one, but nothing proves it.
pub fn in_some_country(table: &Table, text: &str) -> Option<Checked> {
    let countries: Vec<&str> =
        table.iter().filter(|(_, shapes)| shapes.has_layout(text)).map(|(country, _)| *country).collect();
    fitting(compact(text), &countries)
}

fn fitting(normal: String, countries: &[&str]) -> Option<Checked> {
    let first = countries.first()?;
    let detail = (format!("未注明国家，{first} 等国适用"), format!("no country given; fits {first}"));
    let mut checked = Checked::suspect(normal, Finding::with_detail(Defect::Ambiguous, detail.0, detail.1));
    checked.fact("countries", countries.join(" "));
    Some(checked)
}

/// Whether a verdict says that the value is right.
pub fn holds(checked: &Checked) -> bool {
    checked.validity == Validity::Valid
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_row_compiles_and_every_code_exists() {
        for rows in
            [passport::ROWS, license_plate::ROWS, postal_code::ROWS, identity_card::ROWS, tax_id::ROWS, vat::ROWS]
        {
            let mut countries: Vec<&str> = rows.iter().map(|(country, _)| *country).collect();
            countries.sort_unstable();
            countries.dedup();
            assert_eq!(countries.len(), rows.len(), "a country is listed once");
            assert_eq!(compile(rows).len(), rows.len(), "every shape compiles");
        }
        for (country, codes) in identity_card::FORMATS.iter().chain(tax_id::FORMATS).chain(vat::FORMATS) {
            for code in codes.split_whitespace() {
                assert!(super::super::by_code(code).is_some(), "{country}: {code}");
            }
        }
    }

    #[test]
    fn the_layout_decides_between_valid_and_suspect() {
        let table = compile(&[("XX", "@{2}_#{2}-?#")]);
        let cases = [
            ("AB 12-3", Validity::Valid),
            ("AB123", Validity::Valid),
            ("ab123", Validity::Suspect),
            ("A B123", Validity::Suspect),
            ("AB12", Validity::Invalid),
            ("", Validity::Invalid),
        ];
        for (text, validity) in cases {
            assert_eq!(table.get("XX").unwrap().judge(text).validity, validity, "{text}");
        }
    }

    #[test]
    fn kinds_and_countries_without_rules_are_not_judged() {
        assert!(check("passport", "XX", "A1234567").is_none());
        assert!(check("shoe_size", "DE", "42").is_none());
        assert!(check("vat", "", "12345678").is_none());
        assert_eq!(check("postal_code", "fr", &"7".repeat(500)).map(|c| c.validity), Some(Validity::Invalid));
    }
}
