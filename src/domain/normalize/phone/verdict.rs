//! The verdict on a number as it is written: libphonenumber's, with what guiyi reads in it as findings and suggestion.
//!
//! Deliberately stricter than the library: masked numbers and e-mail addresses are no numbers, and a Chinese fixed line
//! is no mobile number. A placeholder is valid here, and no evidence in a record.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberType, Region};

use smol_str::{SmolStr, format_smolstr};

use super::super::super::action::Actions;
use super::super::super::finding::{Checked, Defect, Fact, Finding, Validity};
use super::super::super::record::{AttributeKind, RawAttribute, Value};
use super::super::super::text::{self, width};
use super::super::{Field, truncated};
use super::{DIGITS_MAX, DIGITS_MIN, Piece, accept, chinese_plan, common_number, field, normalize, read, region_of};

/// Judges a telephone number as it is written. Valid exactly when libphonenumber finds it valid; `country` is the
/// default region (ISO 3166-1 alpha-2), China without one. The normal form is E.164, the extension a fact.
pub fn check_number(text: &str, country: Option<&str>) -> Checked {
    let region = region_of(country);
    if let Some(checked) = common_number(text, region) {
        return Checked { validity: Validity::Valid, ..checked };
    }
    let written = truncated(text);
    let no_number = field::is_masked(&written) || written.contains('@');
    match read(&written, region).filter(|_| !no_number) {
        Some(number) => as_library_reads(&number),
        None => refused(&written, country),
    }
}

/// Judges a mobile number as it is written. In China a fixed line is refused; plans abroad often do not tell, so a valid
/// number of another type stays valid with a remark. Without a country a mobile number of any region will do.
pub fn check_mobile(text: &str, country: Option<&str>) -> Checked {
    let mut checked = check_number(text, country);
    let kind = checked.fact_value("type").unwrap_or_default().to_owned();
    let is_valid = checked.validity == Validity::Valid;
    if is_valid && matches!(kind.as_str(), "mobile" | "fixed_line_or_mobile") {
        return checked;
    }
    let chinese = checked.fact_value("country") == Some("CN");
    if country.is_none() && (chinese || !is_valid) && is_mobile_somewhere(text) {
        return mobile_abroad(text, is_valid, checked.actions);
    }
    if is_valid && !chinese {
        let (zh, en) = ("该国编号规则未列为手机号码", "not typed as a mobile number by the plan of its country");
        checked.note(Finding::with_detail(Defect::Ambiguous, zh, en));
    } else if is_valid {
        let (zh, en) = ("不是手机号码", "not a mobile number");
        checked.worsen(Validity::Invalid, Finding::with_detail(Defect::Component, zh, en));
    }
    checked
}

/// A valid number: E.164 alone, the extension as a fact. A placeholder keeps its finding.
fn as_library_reads(number: &PhoneNumber) -> Checked {
    let (checked, _) = accept(number, &Piece::default());
    let mut checked = Checked { validity: Validity::Valid, ..checked };
    if let Some(extension) = number.extension.as_deref().filter(|extension| !extension.is_empty()) {
        checked.fact("extension", extension);
    }
    checked
}

/// Not valid as it is written: what can be read in it all the same.
fn refused(written: &str, country: Option<&str>) -> Checked {
    let mut raw = RawAttribute::full(AttributeKind::Phone, written);
    raw.country = country.map(SmolStr::new);
    let mut checked = Checked { validity: Validity::Invalid, ..Checked::valid("") };
    let mut readable = true;
    let cleaned = text::clean(written);
    let mut attributes = Vec::new();
    normalize(&Field { raw: &raw, text: &cleaned.text, plain: false, cleaned: &cleaned }, &mut attributes);
    for attribute in attributes {
        let (number, extension) = match &attribute.value {
            Value::Phone(phone) => (phone.e164.as_str(), phone.extension.as_str()),
            _ => (attribute.normal.as_str(), ""),
        };
        let before = if checked.normal.is_empty() { "" } else { "; " };
        checked.normal = format_smolstr!("{}{before}{number}", checked.normal);
        if !extension.is_empty() {
            checked.facts.push(Fact::new("extension", extension));
        }
        readable &= attribute.validity != Validity::Invalid && number.starts_with('+') && !number.contains('*');
        checked.findings.extend(attribute.findings);
        checked.facts.extend(attribute.facts);
        attribute.actions.into_iter().for_each(|action| checked.act(action));
    }
    let suggested = checked.findings.iter().any(|finding| finding.suggestion().is_some());
    if readable && !suggested {
        let (zh, en) = ("按书写原样不是有效号码", "no valid number as it is written");
        let suggestion = checked.normal.clone();
        let finding = Finding::with_detail(Defect::Format, zh, en);
        checked.note(finding.suggest(suggestion, "按书写习惯读出", "as people read it"));
    }
    if checked.findings.is_empty() {
        checked.note(Finding::of(Defect::Format));
    }
    checked
}

/// A mobile number of some region, whose country nobody gave. Where China's own reading is as good, it is suspect:
/// a fixed line with its zero, or a Chinese mobile number with a digit lost or doubled.
fn mobile_abroad(text: &str, is_chinese_landline: bool, actions: Actions) -> Checked {
    let digits = digits_of(text);
    let damaged = (10..=12).contains(&digits.len())
        && digits.starts_with('1')
        && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
    let normal = read(&format!("+{digits}"), Region::CN).filter(|_| !digits.starts_with('0'));
    let normal = normal.map_or_else(|| SmolStr::new(&digits), |number| as_library_reads(&number).normal);
    let mut checked = Checked::valid(normal);
    checked.actions = actions;
    let (zh, en) = ("未给出国家，是外国的手机号码", "no country given; a mobile number abroad");
    let doubtful = damaged || is_chinese_landline && digits.starts_with('0');
    let validity = if doubtful { Validity::Suspect } else { Validity::Valid };
    checked.worsen(validity, Finding::with_detail(Defect::Ambiguous, zh, en));
    checked
}

fn digits_of(text: &str) -> String {
    let narrow = width::to_halfwidth(&truncated(text));
    width::fold_digits(&narrow).chars().filter(char::is_ascii_digit).collect()
}

/// Whether some country other than China could have the number as a mobile number, with or without its calling code.
fn is_mobile_somewhere(written: &str) -> bool {
    let digits = digits_of(written);
    let fits = (DIGITS_MIN - 2..=DIGITS_MAX).contains(&digits.len()) && !chinese_plan::is_mobile_shape(&digits);
    if !fits
        || written.contains(['+', '＋', '@'])
        || written.chars().any(char::is_alphabetic)
        || field::is_masked(written)
    {
        return false;
    }
    let is_mobile =
        |number: PhoneNumber| matches!(number.get_type(), PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile);
    read(&format!("+{digits}"), Region::CN).is_some_and(is_mobile)
        || PHONE_NUMBER_UTIL
            .get_supported_regions()
            .any(|region| region != Region::CN && read(&digits, region).is_some_and(is_mobile))
}
