//! Postal addresses: Chinese ones from large to small, foreign ones by columns or by commas.

use super::{Context, prepared, truncated};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Address, Attribute, Part, RawAttribute, Value};
use crate::domain::text::{self, han};

mod chinese;
mod foreign;
mod foreign_words;
pub mod places;

/// Prepares an address.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    let reading = if cleaned.text.chars().any(han::is_han) {
        let (text, postal_code) = from_large_to_small(raw);
        let mut reading = chinese::parse(&text);
        if reading.address.postal_code.is_empty() {
            reading.address.postal_code = postal_code;
        }
        reading
    } else {
        foreign::parse(raw)
    };
    let Reading { address, shown, remark, extracted } = reading;
    let mut checked = Checked::valid(if shown.is_empty() { cleaned.text.clone() } else { shown });
    for (name, value) in extracted {
        checked.fact(name, value);
    }
    if remark {
        checked.note(Finding::of(Defect::RemarkRemoved));
    }
    let no_place = address.region.is_empty() && address.city.is_empty() && address.district.is_empty();
    let no_road = address.street.is_empty() && address.community.is_empty();
    if no_place && no_road {
        let (zh, en) = ("看不出行政区、道路或小区", "no division, road or estate recognised");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en));
    } else if no_road {
        checked.note(Finding::with_detail(Defect::Partial, "没有道路或小区", "no road or estate"));
    }
    if cleaned.text.contains(['*', '\u{FFFD}']) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Masked));
    }
    vec![prepared(raw, &cleaned, checked, Value::Address(address))]
}

/// An address as far as it could be read.
#[derive(Default)]
struct Reading {
    address: Address,
    /// For people: simplified, without what is no address.
    shown: String,
    /// Delivery remarks were split off.
    remark: bool,
    /// What stood in the field besides the address: a phone number, a recipient.
    extracted: Vec<(&'static str, String)>,
}

/// The parts of a Chinese address in one text, province first whatever the order of the columns; and the postal code.
fn from_large_to_small(raw: &RawAttribute) -> (String, String) {
    const ORDER: [Part; 8] = [
        Part::Region,
        Part::City,
        Part::District,
        Part::Full,
        Part::Line,
        Part::Street,
        Part::StreetNumber,
        Part::Unit,
    ];
    let mut texts: Vec<String> = Vec::new();
    for part in ORDER {
        for (_, value) in raw.parts.iter().filter(|(p, _)| *p == part) {
            let value = text::clean(&truncated(value)).text;
            // A full address repeats the columns before it.
            let value =
                texts.iter().fold(value.as_str(), |rest, earlier| rest.strip_prefix(earlier.as_str()).unwrap_or(rest));
            if !text::is_missing(value) {
                texts.push(value.to_owned());
            }
        }
    }
    let postal_code = raw.part(Part::PostalCode).map(|code| text::clean(code).text).unwrap_or_default();
    (texts.join(" "), postal_code.chars().filter(char::is_ascii_alphanumeric).collect())
}

#[cfg(test)]
mod tests;
