//! Telephone numbers: every way of writing one to E.164, with the country's numbering plan asked last.
//!
//! The order: take the field apart (`field`), drop dialling prefixes, ask the Chinese plan for what libphonenumber does
//! not know (`chinese_plan`), then libphonenumber. A number that stays invalid keeps its digits, but is no evidence.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use self::chinese_plan::Special;
use self::field::Piece;
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::formats::cn::letters_as_digits;
use super::super::record::{Attribute, Phone, RawAttribute, Value};
use super::super::text::{self, Cleaned};
use super::{Context, prepared, truncated};

mod chinese_plan;
mod field;

/// Digits below which nothing can be a subscriber's number.
const DIGITS_MIN: usize = 7;
/// Digits of the longest E.164 number.
const DIGITS_MAX: usize = 15;

/// Prepares the numbers of a field.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let written = truncated(&raw.raw());
    let cleaned = text::clean(&written);
    let region = region_of(raw);
    let pieces = field::pieces(&cleaned.text);
    let several = pieces.len() > 1;
    let mut judged: Vec<(Checked, Value)> = Vec::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let (mut checked, value) = judge(&piece, region, &cleaned.text);
        checked.findings.extend(piece.findings);
        if several && index == 0 {
            checked.note(Finding::of(Defect::MultipleValues));
        } else if !several {
            compare_with_library(&written, &piece.number, region, !cleaned.findings.is_empty(), &mut checked);
        }
        judged.push((checked, value));
    }
    let refused = judged.iter().any(|(checked, _)| checked.validity == Validity::Invalid);
    if let Some(whole) = refused.then(|| library_alone(&cleaned.text, region)).flatten() {
        judged = vec![whole];
    }
    let attribute = |(index, (checked, value)): (usize, (Checked, Value))| {
        let cleaned = if index == 0 { cleaned.clone() } else { Cleaned { findings: Vec::new(), ..cleaned.clone() } };
        prepared(raw, &cleaned, checked, value)
    };
    judged.into_iter().enumerate().map(attribute).collect()
}

/// Prepares the numbers of a field for mobile numbers of one country: any other number is invalid in it.
pub fn mobile(raw: &RawAttribute, context: &Context) -> Vec<Attribute> {
    let country = raw.country.as_deref().and_then(|code| Region::from_code(&code.to_ascii_uppercase()).ok());
    let calling_code = country.map(region_code).filter(|code| *code > 0);
    let mut attributes = normalize(raw, context);
    for attribute in &mut attributes {
        let Value::Phone(phone) = &attribute.value else { continue };
        // Data cards are no telephones, but some lists of mobile numbers hold them: the plan's verdict stands.
        let data_card = attribute.facts.iter().any(|fact| fact.name == "type" && fact.value == "iot");
        let elsewhere = calling_code.is_some_and(|code| {
            phone.e164.strip_prefix('+').is_some_and(|digits| !digits.starts_with(&code.to_string()))
        });
        if attribute.validity == Validity::Invalid || data_card || phone.mobile && !elsewhere {
            continue;
        }
        attribute.validity = Validity::Invalid;
        attribute.evidence = false;
        let (zh, en) = ("不是手机号码", "not a mobile number");
        attribute.findings.push(Finding::with_detail(Defect::Component, zh, en));
    }
    if let [only] = attributes.as_mut_slice() {
        let doubtful = only.validity == Validity::Invalid && calling_code.is_none();
        if doubtful && is_mobile_somewhere(&only.raw) {
            only.validity = Validity::Suspect;
            let (zh, en) = ("未给出国家，可能是外国手机号码", "no country given; perhaps a mobile number abroad");
            only.findings = vec![Finding::with_detail(Defect::Ambiguous, zh, en)];
        }
    }
    attributes
}

/// Whether some country other than China could have the number as a mobile number, with or without its calling code.
fn is_mobile_somewhere(written: &str) -> bool {
    let folded = text::width::fold_digits(&text::width::to_halfwidth(written));
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let fits = (DIGITS_MIN - 2..=DIGITS_MAX).contains(&digits.len()) && !chinese_plan::is_mobile_shape(&digits);
    if !fits || folded.contains('+') || folded.chars().any(char::is_alphabetic) {
        return false;
    }
    let is_mobile =
        |number: PhoneNumber| matches!(number.get_type(), PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile);
    read(&format!("+{digits}"), Region::CN).is_some_and(is_mobile)
        || PHONE_NUMBER_UTIL
            .get_supported_regions()
            .any(|region| region != Region::CN && read(&digits, region).is_some_and(is_mobile))
}

/// A number that only the repairs made here turned into a valid one is worth a look: by the international rules the
/// text as it was written is none.
fn compare_with_library(written: &str, number: &str, region: Region, cleaned: bool, checked: &mut Checked) {
    // The plainest way of writing a mobile number needs no second look.
    let plain = written == number && chinese_plan::is_mobile_shape(written);
    if checked.validity != Validity::Valid || plain && region == Region::CN {
        return;
    }
    let same = read(written, region).is_some_and(|library| {
        let e164 = library.format_as(PhoneNumberFormat::E164);
        checked.normal.split(';').next() == Some(&*e164)
    });
    let explained = cleaned || checked.findings.iter().any(|finding| finding.defect != Defect::NotPersonal);
    if same {
        return;
    }
    if explained {
        checked.validity = Validity::Suspect;
    } else {
        let finding = Finding::with_detail(
            Defect::Ambiguous,
            "只有按国内书写习惯才能读出",
            "readable by local habits only, not by the international rules",
        );
        checked.worsen(Validity::Suspect, finding);
    }
}

/// What the library makes of a whole field that could not be read piece by piece: vanity letters, RFC 3966
/// parameters, extensions in other languages.
fn library_alone(text: &str, region: Region) -> Option<(Checked, Value)> {
    let number = read(text, region).filter(|_| !field::is_masked(text))?;
    let extension = number.extension.clone().unwrap_or_default();
    let (mut checked, value) = accept(&number, &Piece { extension, ..Piece::default() });
    let digits = text.chars().filter(|c| c.is_ascii_digit()).count();
    let national = number.get_national_significant_number();
    if digits < national.len() || is_letter_amid_digits(text) {
        let finding = Finding::with_detail(Defect::Alphabet, "号码中有字母", "letters inside the number");
        checked.worsen(Validity::Suspect, finding);
    }
    Some((checked, value))
}

/// 0900 332 600A5.
fn is_letter_amid_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_digit() && b.is_ascii_alphabetic()))
}

fn region_of(raw: &RawAttribute) -> Region {
    let country = raw.country.as_deref().map(str::to_ascii_uppercase);
    country.and_then(|code| Region::from_code(&code).ok()).unwrap_or(Region::CN)
}

fn judge(piece: &Piece, region: Region, whole: &str) -> (Checked, Value) {
    let digits: String = piece.number.chars().filter(char::is_ascii_digit).collect();
    if piece.masked {
        let checked = Checked::suspect(piece.number.as_str(), Finding::of(Defect::Masked));
        return (checked, unjudged(&piece.number, &piece.extension));
    }
    if let Some(finding) = foreign_to_the_column(whole, &digits) {
        return (Checked::invalid(whole, finding), Value::Text(whole.to_owned()));
    }
    if piece.lossy {
        // The finding is among the piece's own.
        let checked = Checked { validity: Validity::Invalid, ..Checked::valid(digits.as_str()) };
        return (checked, unjudged(&digits, ""));
    }
    if piece.number.chars().any(|c| c.is_ascii_alphabetic()) {
        return with_letters(piece, region);
    }
    let (mut checked, value) = judge_digits(piece, &digits, region);
    if piece.han {
        let finding = Finding::with_detail(Defect::Format, "号码用汉字书写", "written with Chinese digits");
        let finding = finding.suggest(digits, "汉字数字转换", "Chinese digits converted");
        checked.worsen(Validity::Suspect, finding);
    }
    (checked, value)
}

/// An e-mail address, a resident ID, or no digits at all.
fn foreign_to_the_column(whole: &str, digits: &str) -> Option<Finding> {
    use super::super::formats::{IdFormat, cn::resident_id::ResidentId};
    if whole.contains('@') {
        return Some(Finding::with_detail(Defect::WrongColumn, "像电子邮箱", "looks like an e-mail address"));
    }
    if digits.len() >= 17 && ResidentId.check(whole).validity == Validity::Valid {
        return Some(Finding::with_detail(Defect::WrongColumn, "像身份证号码", "looks like a resident ID"));
    }
    digits.is_empty().then(|| Finding::with_detail(Defect::Format, "没有数字", "no digits"))
}

/// 1380013800O: the library would drop the letter, so the number is refused and the likely one suggested.
fn with_letters(piece: &Piece, region: Region) -> (Checked, Value) {
    let vanity = read(&piece.number, region).filter(|_| region_code(region) == 1 && longest_word(&piece.number) >= 3);
    if let Some(number) = vanity {
        return accept(&number, piece);
    }
    let fixed = letters_as_digits(&piece.number);
    let digits: String = fixed.chars().filter(char::is_ascii_digit).collect();
    let finding = Finding::with_detail(Defect::Alphabet, "号码中有字母", "letters inside the number");
    let plain = Piece { number: fixed.clone(), ..Piece::default() };
    let fits = fixed.chars().all(|c| !c.is_ascii_alphabetic())
        && judge_digits(&plain, &digits, region).0.validity == Validity::Valid
        || chinese_plan::is_mobile_shape(&digits);
    let (zh, en) = ("字母疑为形近数字", "letters look like digits");
    let finding = if fits { finding.suggest(digits, zh, en) } else { finding };
    let visible: String = piece.number.chars().filter(char::is_ascii_digit).collect();
    (Checked::invalid(piece.number.as_str(), finding), unjudged(&visible, &piece.extension))
}

fn longest_word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_alphabetic()).map(str::len).max().unwrap_or(0)
}

fn region_code(region: Region) -> i32 {
    PHONE_NUMBER_UTIL.get_country_code_for_region(region).unwrap_or(0)
}

fn judge_digits(piece: &Piece, digits: &str, region: Region) -> (Checked, Value) {
    if region == Region::CN && !is_foreign(&piece.number, digits) {
        let national = chinese_plan::without_prefixes(digits);
        let special = chinese_plan::special(national);
        // +86-10-6552-9988 begins like a port for text messages (106…), so long numbers are the library's first.
        let number = if national.len() >= 10 || special.is_none() { read(national, Region::CN) } else { None };
        match (number, special) {
            (Some(number), _) => return accept(&number, piece),
            (None, Some(special)) => return special_number(special, national, piece),
            (None, None) => {}
        }
        if let Some((number, extension)) = dashed_extension(piece) {
            return accept(&number, &Piece { extension, ..Piece::default() });
        }
        return neighbour(national).map_or_else(|| refuse(piece, digits, national), |number| accept(&number, piece));
    }
    let plain = piece.number.replace("(0)", "");
    match read(&plain, region) {
        Some(number) => accept(&number, piece),
        None => refuse(piece, digits, digits),
    }
}

/// A plus sign, or the 00 dialled for it, and another country's code.
fn is_foreign(number: &str, digits: &str) -> bool {
    let international = number.trim_start_matches(['(', ' ']).starts_with('+') && !digits.starts_with("86");
    international || digits.strip_prefix("00").is_some_and(|rest| !rest.starts_with("86") && rest.len() >= 8)
}

/// 010-65529988-8001: the last group is an extension when the rest is a number.
fn dashed_extension(piece: &Piece) -> Option<(PhoneNumber, String)> {
    let (body, extension) = piece.number.rsplit_once('-')?;
    let short = (1..=6).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    let number = read(chinese_plan::without_prefixes(&digits), Region::CN).filter(|_| short)?;
    Some((number, extension.to_owned()))
}

/// 85291234567 in a Chinese column: Hong Kong, Macau or Taiwan without the plus sign.
fn neighbour(digits: &str) -> Option<PhoneNumber> {
    let coded = ["852", "853", "886"].iter().any(|code| digits.starts_with(code));
    coded.then(|| read(&format!("+{digits}"), Region::CN))?
}

/// The number when the library finds it valid.
fn read(text: &str, region: Region) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(text, Some(region)).ok().filter(PhoneNumber::is_valid)
}

fn accept(number: &PhoneNumber, piece: &Piece) -> (Checked, Value) {
    let e164 = number.format_as(PhoneNumberFormat::E164).into_owned();
    let kind = number.get_type();
    let country = number.get_region_code().map(|region| region.as_region_str().to_string()).unwrap_or_default();
    let national = number.get_national_significant_number();
    let personal = !matches!(
        kind,
        PhoneNumberType::TollFree
            | PhoneNumberType::SharedCost
            | PhoneNumberType::PremiumRate
            | PhoneNumberType::UAN
            | PhoneNumberType::VoiceMail
    );
    let mut checked = Checked::valid(with_extension(&e164, &piece.extension));
    checked.fact("type", type_name(kind));
    if let Some(operator) = chinese_plan::virtual_operator(&national).filter(|_| country == "CN") {
        checked.fact("virtual_operator", operator);
    }
    checked.fact("country", country);
    if !personal {
        checked.note(Finding::of(Defect::NotPersonal));
    } else if chinese_plan::is_placeholder(&national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    let mobile = matches!(kind, PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile);
    (checked, Value::Phone(Phone { e164, extension: piece.extension.clone(), mobile, personal }))
}

fn special_number(special: Special, national: &str, piece: &Piece) -> (Checked, Value) {
    let (kind, normal, personal) = match special {
        Special::Service => ("service", national.to_owned(), false),
        Special::InternetOfThings => ("iot", format!("+86{national}"), false),
        Special::Satellite => ("satellite", format!("+86{national}"), true),
        Special::Local => ("fixed_line", national.to_owned(), true),
    };
    let mut checked = Checked::valid(with_extension(&normal, &piece.extension));
    checked.fact("type", kind);
    checked.fact("country", "CN");
    let finding = match special {
        Special::Local => Finding::with_detail(Defect::Partial, "缺少区号", "the area code is missing"),
        Special::Satellite => {
            Finding::with_detail(Defect::UnknownComponent, "海事卫星号段", "a prefix of maritime satellites")
        }
        Special::Service | Special::InternetOfThings => Finding::of(Defect::NotPersonal),
    };
    // Known to the Chinese plan, unknown to the international one: nobody's telephone, but no error either.
    checked.worsen(Validity::Suspect, finding);
    if personal && chinese_plan::is_placeholder(national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    let mobile = special == Special::Satellite;
    (checked, Value::Phone(Phone { e164: normal, extension: piece.extension.clone(), mobile, personal }))
}

/// No plan knows the number: what is wrong with it, as far as that can be told.
fn refuse(piece: &Piece, digits: &str, national: &str) -> (Checked, Value) {
    let finding = if !(DIGITS_MIN..=DIGITS_MAX).contains(&national.len()) {
        let zh = format!("{} 位数字", national.len());
        Finding::with_detail(Defect::Length, zh, format!("{} digits", national.len()))
    } else if chinese_plan::is_mobile_shape(national) {
        Finding::with_detail(Defect::Component, "号段未分配", "no such mobile prefix")
    } else {
        Finding::with_detail(Defect::Format, "不符合该地区的编号规则", "does not fit the region's numbering plan")
    };
    let international = piece.number.trim_start().starts_with('+');
    let kept = if international { format!("+{digits}") } else { digits.to_owned() };
    let mut checked = Checked::invalid(with_extension(&kept, &piece.extension), finding);
    if chinese_plan::is_placeholder(national) {
        checked.note(Finding::of(Defect::Placeholder));
    }
    (checked, unjudged(&kept, &piece.extension))
}

fn with_extension(number: &str, extension: &str) -> String {
    if extension.is_empty() { number.to_owned() } else { format!("{number};ext={extension}") }
}

fn unjudged(number: &str, extension: &str) -> Value {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mobile = chinese_plan::is_mobile_shape(chinese_plan::without_prefixes(&digits));
    Value::Phone(Phone { e164: number.to_owned(), extension: extension.to_owned(), mobile, personal: true })
}

fn type_name(kind: PhoneNumberType) -> &'static str {
    match kind {
        PhoneNumberType::FixedLine => "fixed_line",
        PhoneNumberType::Mobile => "mobile",
        PhoneNumberType::FixedLineOrMobile => "fixed_line_or_mobile",
        PhoneNumberType::TollFree => "toll_free",
        PhoneNumberType::PremiumRate => "premium_rate",
        PhoneNumberType::SharedCost => "shared_cost",
        PhoneNumberType::VoIP => "voip",
        PhoneNumberType::PersonalNumber => "personal_number",
        PhoneNumberType::Pager => "pager",
        PhoneNumberType::UAN => "uan",
        PhoneNumberType::VoiceMail => "voicemail",
        PhoneNumberType::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests;
