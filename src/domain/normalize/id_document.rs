//! Numbers of identity documents and registrations, judged by the format that the source names or that they look like.

use super::super::date::CivilDate;
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::formats::cn::hk_macau_permit::HkMacauPermit;
use super::super::formats::cn::passport::Passport;
use super::super::formats::cn::resident_id::{self, ResidentId};
use super::super::formats::cn::taiwan_permit::TaiwanPermit;
use super::super::formats::cn::uscc::{self, UnifiedSocialCreditCode};
use super::super::formats::cn::{compact, compacted, excel_truncated, is_digits, is_masked, is_scientific, org_code};
use super::super::formats::{self, IdFormat};
use super::super::record::{Attribute, Identifier, RawAttribute, Value};
use super::super::text::Cleaned;
use super::super::text::placeholder::{is_placeholder_name, is_repeated_or_sequential_digits};
use super::{Context, Field, prepared};
use smol_str::SmolStr;

/// Characters below which a number of unknown format says too little to be evidence.
const GENERIC_EVIDENCE_CHARS_MIN: usize = 5;
/// Nobody is older.
const AGE_YEARS_MAX: i16 = 130;

/// Prepares the number of an identity document.
pub fn normalize(field: &Field<'_>, context: &Context) -> Attribute {
    match without_label(field) {
        Some((number, cleaned)) => judge(&Field { text: number, cleaned: &cleaned, ..*field }, context),
        None => judge(field, context),
    }
}

fn judge(field: &Field<'_>, context: &Context) -> Attribute {
    let raw = field.raw;
    let code = raw.format.as_deref().filter(|code| !code.is_empty());
    if code.is_none()
        && let Some(checked) = resident_id::check_proved(field.text)
    {
        return of_format(field, context, &ResidentId, checked);
    }
    let format = match code {
        Some(code) => formats::by_code(code),
        None => detect(raw, field.text),
    };
    match (format, code) {
        (Some(format), _) => of_format(field, context, format, format.check(field.text)),
        (None, None | Some("hk.id")) if is_hong_kong_id(field.text) => hong_kong_id(field),
        (None, code) => generic(field, code.unwrap_or_default()),
    }
}

/// The number behind 身份证号： and the like.
fn without_label<'a>(field: &Field<'a>) -> Option<(&'a str, Cleaned)> {
    let (label, rest) = field.text.rsplit_once(':')?;
    let number = Some(rest.trim()).filter(|rest| !rest.is_empty() && !label.contains(|c: char| c.is_ascii_digit()))?;
    let mut cleaned = field.cleaned.clone();
    cleaned.text = number.to_owned();
    cleaned.findings.push(Finding::with_detail(Defect::RemarkRemoved, label.to_owned(), label.to_owned()));
    Some((number, cleaned))
}

fn of_format(field: &Field<'_>, context: &Context, format: &dyn IdFormat, mut checked: Checked) -> Attribute {
    judge_age(&mut checked, context);
    const UNPROVED: [Defect; 4] = [Defect::Checksum, Defect::Masked, Defect::Historic, Defect::Placeholder];
    let unproved = checked.validity == Validity::Invalid || UNPROVED.iter().any(|defect| checked.has(*defect));
    // One mistyped digit leaves the other 17 telling: weak evidence, unverified. Anything else wrong says nothing.
    let mistyped = checked.normal.len() == 18
        && checked.has(Defect::Checksum)
        && !checked.has(Defect::Component)
        && !checked.has(Defect::Placeholder);
    let (code, match_key) = number_inside(format, &checked);
    // An archive number of a licence has no check digit, the resident's number that a licence carries has one.
    let checkable = format.has_check_digit() || code == ResidentId.code();
    let carrier = Some(format.code()).filter(|own| *own != code);
    let identifier =
        Identifier { format: SmolStr::new_static(code), carrier, match_key, verified: checkable && !unproved };
    let mut attribute = prepared(field.raw, field.cleaned, checked, Value::Identifier(identifier));
    attribute.evidence |= mistyped;
    attribute
}

/// Format and number by which a document is compared. Several documents carry the same number: a driving licence, a
/// residence permit and a person's tax number that of the resident identity card; a unified social credit code and a
/// tax number of 15 characters the organisation code, which stays when the rest of the code is given anew.
fn number_inside(format: &dyn IdFormat, checked: &Checked) -> (&'static str, SmolStr) {
    let code = format.code();
    if let Some(number) = checked.fact_value("resident_id") {
        return (ResidentId.code(), number.into());
    }
    let of_person = matches!(code, "cn.hmt_residence_permit" | "cn.foreigner_permanent_residence");
    if of_person && checked.normal.len() == 18 {
        return (ResidentId.code(), checked.normal.clone());
    }
    if let (UNIFIED_CODE | "cn.taxpayer_id", Some(number)) = (code, checked.fact_value("org_code")) {
        return (org_code::FORMAT.code, number.into());
    }
    (code, format.match_key(&checked.normal))
}

const UNIFIED_CODE: &str = "cn.uscc";

/// A document's holder was born before its source confirmed it, and not 130 years before.
fn judge_age(checked: &mut Checked, context: &Context) {
    let Some(today) = context.reference_date else { return };
    let Some(birth) = checked.fact_value("birth_date").and_then(CivilDate::parse) else { return };
    if birth > today {
        let finding = Finding::with_detail(Defect::Component, "出生日期在未来", "born in the future");
        checked.worsen(Validity::Invalid, finding);
    } else if today.year() - birth.year() > AGE_YEARS_MAX {
        let finding = Finding::with_detail(Defect::Component, "年龄超过 130 岁", "older than 130 years");
        checked.worsen(Validity::Invalid, finding);
    }
}

/// The format that a number without a named one looks like.
fn detect(raw: &RawAttribute, text: &str) -> Option<&'static dyn IdFormat> {
    let number = compacted(text);
    let length = number.chars().count();
    let leading_digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if is_resident_id(&number, length, leading_digits) {
        return Some(&ResidentId);
    }
    let has_letter = number.bytes().any(|b| b.is_ascii_uppercase());
    if length == 18 && number.bytes().all(|b| b.is_ascii_alphanumeric()) && (has_letter || uscc_holds(&number)) {
        return Some(&UnifiedSocialCreditCode);
    }
    if matches!(length, 9 | 11) && HkMacauPermit.check(&number).validity != Validity::Invalid && !is_masked(&number) {
        return Some(&HkMacauPermit);
    }
    if is_taiwan_permit(raw, &number, leading_digits) {
        return Some(&TaiwanPermit);
    }
    // Eight and one behind a hyphen, with a check character that fits: 60003734-1.
    if length == 9
        && text.trim().char_indices().nth(8).is_some_and(|(at, c)| at == 8 && c == '-')
        && org_code::holds(&number)
    {
        return Some(&org_code::FORMAT);
    }
    let passport = matches!(length, 8 | 9) && Passport.check(text).validity != Validity::Invalid;
    (passport && !is_masked(&number)).then_some(&Passport)
}

fn is_resident_id(number: &str, length: usize, leading_digits: usize) -> bool {
    match (leading_digits, length) {
        (18, 18) => resident_id::is_proved(number) || !uscc_holds(number),
        (17, 17 | 18) => length == 17 || !number.ends_with(|c: char| c.is_ascii_uppercase() && c != 'X'),
        (15, 15) => ResidentId.check(number).validity != Validity::Invalid,
        (6.., 18) => is_masked(number),
        _ => is_scientific(number) && number.ends_with("17"),
    }
}

fn uscc_holds(number: &str) -> bool {
    uscc::is_proved(number)
}

/// Ten digits with the office's letter are unmistakable; bare digits need a hint from the source.
fn is_taiwan_permit(raw: &RawAttribute, number: &str, leading_digits: usize) -> bool {
    let label = raw.label.to_lowercase();
    let hinted = raw.country.as_deref().is_some_and(|country| country.eq_ignore_ascii_case("TW"))
        || ["台", "taiwan", "tw_"].iter().any(|hint| label.contains(hint));
    let lettered = leading_digits == 10 && number.len() > 10;
    (hinted || lettered) && TaiwanPermit.check(number).validity == Validity::Valid
}

/// `A123456(3)`: bracketed, or bare with a fitting check digit.
fn is_hong_kong_id(text: &str) -> bool {
    let bracketed = text.contains(['(', '（', '[']);
    hong_kong_parts(text).is_some_and(|(_, check_holds)| bracketed || check_holds)
}

/// The number without brackets and whether its check digit (weights 9…1, blank 36, letters from 10) holds.
fn hong_kong_parts(text: &str) -> Option<(String, bool)> {
    let key: String = compact(text).chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']')).collect();
    let letters = key.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = key.get(letters..letters + 6)?;
    let check = key.get(letters + 6..)?;
    if !matches!(letters, 1 | 2) || !is_digits(digits) || !(check == "A" || check.len() == 1 && is_digits(check)) {
        return None;
    }
    let blank = (letters == 1).then_some(36);
    let values = blank.into_iter().chain(key.chars().filter_map(|c| c.to_digit(36)));
    let sum: u32 = values.zip((1..=9).rev()).map(|(value, weight)| value * weight).sum();
    Some((key, sum.is_multiple_of(11)))
}

fn hong_kong_id(field: &Field<'_>) -> Attribute {
    let (key, verified) = hong_kong_parts(field.text).unwrap_or_default();
    let (body, check) = key.split_at_checked(key.len().saturating_sub(1)).unwrap_or_default();
    let mut checked = Checked::valid(format!("{body}({check})"));
    if !verified {
        // The format was guessed from the brackets, so a failing check is no proof.
        checked.worsen(Validity::Suspect, Finding::of(Defect::Checksum));
    }
    let identifier = Identifier { format: "hk.id".into(), carrier: None, match_key: key.into(), verified };
    prepared(field.raw, field.cleaned, checked, Value::Identifier(identifier))
}

/// A document of a format that nothing here can check: folded and compared as it stands.
fn generic(field: &Field<'_>, code: &str) -> Attribute {
    let number = compact(field.text);
    let match_key: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut checked = Checked::valid(number.as_str());
    if is_masked(&number) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Masked));
    } else if is_scientific(&number) {
        // No document's number is written so: a column of floating-point numbers.
        checked.worsen(Validity::Invalid, excel_truncated());
    } else if match_key.is_empty() || number.contains('@') || is_mobile_number(&match_key) {
        let finding = Finding::with_detail(Defect::WrongColumn, "不像证件号码", "does not look like a document number");
        checked.worsen(Validity::Suspect, finding);
    } else if is_filler_number(&match_key) || is_filler_word(&number) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    } else if code.is_empty() && match_key.len() == 8 && is_digits(&match_key) {
        let zh = "可能是台胞证号或其他证件";
        let finding = Finding::with_detail(Defect::Ambiguous, zh, "may be a Taiwan permit or something else");
        checked.worsen(Validity::Suspect, finding);
    }
    let telling = match_key.chars().count() >= GENERIC_EVIDENCE_CHARS_MIN && !checked.has(Defect::WrongColumn);
    let identifier = Identifier { format: code.into(), carrier: None, match_key: match_key.into(), verified: false };
    let mut attribute = prepared(field.raw, field.cleaned, checked, Value::Identifier(identifier));
    attribute.evidence &= telling;
    attribute
}

fn is_mobile_number(key: &str) -> bool {
    key.len() == 11 && is_digits(key) && key.starts_with('1') && !key.starts_with("10")
}

fn is_filler_number(key: &str) -> bool {
    is_digits(key) && is_repeated_or_sequential_digits(key) || is_one_character(key)
}

/// test, asdf, 测试: no digits at all.
fn is_filler_word(number: &str) -> bool {
    !number.bytes().any(|b| b.is_ascii_digit()) && is_placeholder_name(number)
}

fn is_one_character(key: &str) -> bool {
    let mut chars = key.chars();
    let first = chars.next();
    chars.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::domain::normalize;
    use crate::domain::record::AttributeKind;

    fn one(format: Option<&str>, input: &str) -> (Attribute, Identifier) {
        let mut raw = RawAttribute::full(AttributeKind::IdDocument, input);
        raw.format = format.map(Into::into);
        let reference_date = CivilDate::new(2026, 11, 22);
        let attribute = normalize::attribute(&raw, &Context { reference_date }).remove(0);
        let Value::Identifier(identifier) = attribute.value.clone() else { panic!("{input}") };
        (attribute, identifier)
    }

    #[test]
    fn the_format_is_detected() {
        use Validity::{Invalid, Suspect, Valid};
        // input, format, match key, verified, verdict, evidence
        let cases = [
            ("11010519491231002x", "cn.resident_id", "11010519491231002X", true, Valid, true),
            ("身份证：110105 19491231 002X", "cn.resident_id", "11010519491231002X", true, Valid, true),
            ("110105491231002", "cn.resident_id", "11010519491231002X", false, Valid, true),
            ("110105194912310021", "cn.resident_id", "110105194912310021", false, Invalid, true),
            ("440308199902301512", "cn.resident_id", "440308199902301512", false, Invalid, false),
            ("110105********002X", "cn.resident_id", "110105********002X", false, Suspect, false),
            ("110101199003070000", "cn.resident_id", "110101199003070000", false, Invalid, false),
            ("911522010783762860", "cn.org_code", "078376286", true, Valid, true),
            ("91110000600037341L", "cn.org_code", "600037341", true, Valid, true),
            ("91350211M00013FA1N", "cn.org_code", "M00013FA1", false, Suspect, true),
            ("60003734-1", "cn.org_code", "600037341", true, Valid, true),
            ("H1234567001", "cn.hk_macau_permit", "H12345670", false, Valid, true),
            ("0561682301(D)", "cn.taiwan_permit", "05616823", false, Valid, true),
            ("05616823", "", "05616823", false, Suspect, true),
            ("E00160025", "cn.passport", "E00160025", false, Valid, true),
            ("A123456（3）", "hk.id", "A1234563", true, Valid, true),
            ("g123456a", "hk.id", "G123456A", true, Valid, true),
            ("A123456(4)", "hk.id", "A1234564", false, Suspect, true),
            ("军字第2001988号", "", "军字第2001988号", false, Valid, true),
            ("ab-12/34 c", "", "AB1234C", false, Valid, true),
            ("1234", "", "1234", false, Suspect, false),
            ("15912340000", "", "15912340000", false, Suspect, false),
        ];
        for (input, format, key, verified, validity, evidence) in cases {
            let (attribute, identifier) = one(None, input);
            let seen = (&*identifier.format, identifier.match_key.as_str(), identifier.verified);
            assert_eq!(seen, (format, key, verified), "{input}");
            assert_eq!((attribute.validity, attribute.evidence), (validity, evidence), "{input}");
        }
    }

    #[test]
    fn a_named_format_decides() {
        let (taiwan, key) = one(Some("cn.taiwan_permit"), "05616823");
        assert_eq!((taiwan.validity, key.match_key.as_str()), (Validity::Valid, "05616823"));
        let (unknown, key) = one(Some("xx.licence"), "ab 1234.5");
        assert_eq!((unknown.validity, &*key.format), (Validity::Valid, "xx.licence"));
        assert_eq!(key.match_key, "AB12345");
        assert_eq!(one(Some("cn.ric"), "11010519491231002X").1.format, "cn.resident_id");
        let licence = one(Some("cn.driving_licence"), "11010519491231002X").1;
        assert_eq!((licence.document_format(), &*licence.format), ("cn.driving_licence", "cn.resident_id"));
    }

    #[test]
    fn documents_with_the_same_number_are_compared() {
        let key = |format, input| {
            let (_, identifier) = one(Some(format), input);
            (identifier.format, identifier.match_key, identifier.verified)
        };
        let person = |number: &str| (SmolStr::new("cn.resident_id"), SmolStr::new(number), true);
        assert_eq!(key("cn.taxpayer_id", "11010519491231002X00"), person("11010519491231002X"));
        assert_eq!(key("cn.taxpayer_id", "11010519491231002X"), person("11010519491231002X"));
        assert_eq!(key("cn.driving_licence", "11010519491231002X"), person("11010519491231002X"));
        assert_eq!(key("cn.hmt_residence_permit", "810000199408230021"), person("810000199408230021"));
        assert_eq!(key("cn.foreigner_permanent_residence", "932682198501010017"), person("932682198501010017"));
        let organisation = ("cn.org_code".into(), "600037341".into(), true);
        for (format, input) in
            [("cn.uscc", "91110000600037341L"), ("cn.taxpayer_id", "91110000600037341L"), ("cn.org_code", "60003734-1")]
        {
            assert_eq!(key(format, input), organisation, "{format}");
        }
        // The form of 15 characters is historic: not proved, yet the same number.
        assert_eq!(key("cn.taxpayer_id", "110105600037341").1, "600037341");
        // An archive number is no resident's number.
        let archive = ("cn.driving_licence".into(), "430101758218".into(), false);
        assert_eq!(key("cn.driving_licence", "430101758218"), archive);
        assert!(!key("cn.driving_licence", "110105********002X").2);
    }

    #[test]
    fn nobody_is_born_in_the_future() {
        let body = "11010520300101001";
        let number = format!("{body}{}", formats::check_digit::mod11_2(body).unwrap());
        let (attribute, _) = one(None, &number);
        assert_eq!((attribute.validity, attribute.evidence), (Validity::Invalid, false));
    }
}
