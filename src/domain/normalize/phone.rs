//! Telephone numbers: every way of writing one to E.164, with the country's numbering plan asked last.
//!
//! The order: the common spellings of a Chinese mobile number (`common_mobile`); else take the field apart (`field`),
//! drop dialling prefixes, ask libphonenumber, then the Chinese plan for what the library does not know
//! (`chinese_plan`). A number that stays invalid keeps its digits, but is no evidence.
//!
//! In a record a number counts that people can read: remarks, extensions, data cards. Whoever asks for the verdict on a
//! number as it is written (`verdict`) gets that of libphonenumber, and the reading as a suggestion.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

use self::chinese_plan::Special;
use self::field::Piece;
use super::super::action::Action;
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::formats::cn::letters_as_digits;
use super::super::record::{Attribute, Phone, RawAttribute, Value};
use super::super::text::Cleaned;
use super::{Field, prepared};

mod beginning;
mod chinese_plan;
mod common_mobile;
mod field;
mod other_columns;
mod verdict;

pub use self::beginning::beginning;
pub use self::verdict::{check_mobile, check_number};

/// Digits below which nothing can be a subscriber's number.
const DIGITS_MIN: usize = 7;
/// Digits of the longest E.164 number.
const DIGITS_MAX: usize = 15;

/// Prepares the numbers of a field.
pub fn normalize(field: &Field<'_>, out: &mut Vec<Attribute>) {
    let Field { raw, text, cleaned, .. } = *field;
    let region = region_of(raw.country.as_deref());
    if let Some(checked) = common_number(text, region) {
        let value = mobile(&checked);
        out.push(prepared(raw, cleaned, checked, value));
        return;
    }
    if let Some(finding) = other_columns::no_number(text) {
        let checked = Checked { findings: vec![finding], ..Checked::valid("") };
        out.push(prepared(raw, cleaned, checked, Value::Missing));
        return;
    }
    let quiet = Cleaned::default();
    for (index, (checked, value)) in numbers(text, region).into_iter().enumerate() {
        out.push(prepared(raw, if index == 0 { cleaned } else { &quiet }, checked, value));
    }
}

/// The detail of a number that lacks its area code; the record's city may complete it.
pub const POSSIBLE_LOCAL_ONLY: &str = "possible_local_only";

/// The number of a local number in a city of China, in E.164: what a record's city suggests for one without area code
/// (`65529988` and `北京` give `+861065529988`). `None` where the length does not fit the city.
pub fn complete_local(number: &str, city_short_name: &str) -> Option<String> {
    chinese_plan::in_city(number, city_short_name)
}

/// What is said of a short text that only points to another column of the record: 同手机, 手机同号, same as above.
pub fn reference(text: &str) -> Option<Finding> {
    const CHARS_MAX: usize = 12;
    // An account is one ASCII word, a reference never.
    let is_one_word = text.is_ascii() && !text.contains(' ');
    (!is_one_word && text.chars().count() <= CHARS_MAX).then(|| other_columns::reference(text))?
}

/// Prepares a field that holds nothing but a Chinese mobile number in a common spelling; no cleaning is needed first.
pub fn common(raw: &RawAttribute) -> Option<Attribute> {
    let [(_, text)] = raw.parts.as_slice() else { return None };
    let checked = common_number(text, region_of(raw.country.as_deref()))?;
    let value = mobile(&checked);
    Some(Attribute {
        kind: raw.kind,
        label: raw.label.clone(),
        raw: text.clone(),
        normal: checked.normal,
        validity: checked.validity,
        // Suspect here is a placeholder.
        evidence: checked.validity == Validity::Valid,
        value,
        findings: checked.findings,
        facts: checked.facts,
        actions: checked.actions,
    })
}

fn mobile(checked: &Checked) -> Value {
    Value::Phone(Phone { e164: checked.normal.clone(), extension: SmolStr::default(), mobile: true, personal: true })
}

/// A Chinese mobile number in a common spelling.
fn common_number(text: &str, region: Region) -> Option<Checked> {
    let digits = common_mobile::read(text).filter(|_| region == Region::CN)?;
    let national = str::from_utf8(&digits).ok()?;
    let mut e164 = SmolStrBuilder::new();
    e164.push_str("+86");
    e164.push_str(national);
    let e164 = e164.finish();
    let mut checked = Checked { facts: Vec::with_capacity(3), ..Checked::valid(e164) };
    checked.word("type", "mobile");
    chinese_plan::add_network(national, &mut checked);
    checked.word("country", "CN");
    act_on_spelling(text, &mut checked);
    if chinese_plan::is_placeholder(national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    Some(checked)
}

/// What became of separators and country code on the way to E.164.
fn act_on_spelling(number: &str, checked: &mut Checked) {
    if number.bytes().any(|b| !b.is_ascii_digit() && b != b'+') {
        checked.act(Action::SeparatorsNormalized);
    }
    if !number.starts_with('+') && checked.normal.starts_with('+') {
        checked.act(Action::CountryCodeAdded);
    }
}

/// Every number of a cleaned field; at least one.
fn numbers(text: &str, region: Region) -> Vec<(Checked, Value)> {
    let pieces = field::pieces(text);
    let several = pieces.len() > 1;
    let mut judged: Vec<(Checked, Value)> = Vec::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let (mut checked, value) = judge(&piece, region, text);
        if piece.findings.iter().any(|finding| finding.defect == Defect::ExcelTruncated) {
            // The zeros at the end may be digits that were rounded away.
            checked.validity = checked.validity.max(Validity::Suspect);
        }
        // Another kind of value stays whole: nothing was split off.
        if !matches!(value, Value::Text(_)) {
            checked.findings.extend(piece.findings);
            piece.actions.into_iter().for_each(|action| checked.act(action));
        }
        if several && index == 0 {
            checked.note(Finding::of(Defect::MultipleValues));
            checked.act(Action::ValuesSplit);
        }
        judged.push((checked, value));
    }
    // 138OO138OOO: the library would read the letters as keys of a telephone.
    let typo =
        |checked: &Checked| checked.has(Defect::Alphabet) && checked.findings.iter().any(|f| f.suggestion().is_some());
    let refused = judged.iter().any(|(checked, _)| checked.validity == Validity::Invalid && !typo(checked));
    if let Some(whole) = refused.then(|| library_alone(text, region)).flatten() {
        judged = vec![whole];
    }
    judged
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

/// The default region of a country code; China without one.
fn region_of(country: Option<&str>) -> Region {
    match country {
        None | Some("CN") => Region::CN,
        Some(code) => Region::from_code(&code.to_ascii_uppercase()).unwrap_or(Region::CN),
    }
}

fn judge(piece: &Piece, region: Region, whole: &str) -> (Checked, Value) {
    let digits: String = piece.number.chars().filter(char::is_ascii_digit).collect();
    if piece.masked {
        let visible = if region == Region::CN { chinese_plan::masked(&piece.number) } else { piece.number.as_str() };
        let checked = Checked::suspect(visible, Finding::of(Defect::Masked));
        return (checked, unjudged(visible, &piece.extension));
    }
    if let Some((kind, finding)) = other_columns::detect(whole, &digits) {
        let mut checked = Checked::invalid(whole, finding);
        if !kind.is_empty() {
            checked.fact("detected_kind", kind);
        }
        return (checked, Value::Text(whole.into()));
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
        checked.act(Action::NumeralsToDigits);
    }
    (checked, value)
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
        return judge_chinese(piece, digits);
    }
    let plain = piece.number.replace("(0)", "");
    match (read(&plain, region), mexican_mobile(digits)) {
        (Some(number), _) => accept(&number, piece),
        (None, Some(number)) => {
            let (mut checked, value) = accept(&number, piece);
            let (zh, en) = ("墨西哥手机号的 1 已于 2019 年取消", "the 1 of Mexican mobile numbers was dropped in 2019");
            checked.note(Finding::with_detail(Defect::Historic, zh, en));
            checked.act(Action::HistoricUpdated);
            (checked, value)
        }
        (None, None) => refuse(piece, digits, digits, region),
    }
}

/// +52 1 55 …: the mobile token of before 2019, which the plan of today does not know.
fn mexican_mobile(digits: &str) -> Option<PhoneNumber> {
    let abroad = digits.strip_prefix("00").unwrap_or(digits);
    let national = abroad.strip_prefix("521").filter(|national| national.len() == 10)?;
    read(&format!("+52{national}"), Region::MX)
}

fn judge_chinese(piece: &Piece, digits: &str) -> (Checked, Value) {
    let dialled = chinese_plan::undialled(digits);
    let national = dialled.national;
    let special = chinese_plan::special(national);
    // +86-10-6552-9988 begins like a port for text messages (106…), so long numbers are the library's first.
    let number = if national.len() >= 10 || special.is_none() { read(national, Region::CN) } else { None };
    let (mut checked, value) = match (number, special) {
        (Some(number), _) => accept(&number, piece),
        (None, Some(special)) => special_number(special, national, piece),
        (None, None) => match (dashed_extension(piece), neighbour(national)) {
            (Some((number, extension)), _) => {
                accept(&number, &Piece { extension, number: piece.number.clone(), ..Piece::default() })
            }
            (None, Some(number)) => from_neighbour(&number, piece),
            (None, None) => unknown_chinese(piece, digits, national),
        },
    };
    if dialled.carrier {
        checked.act(Action::DialPrefixRemoved);
    }
    if dialled.country_codes > 1 {
        checked.act(Action::DialPrefixRemoved);
        let (zh, en) = ("国家代码重复（duplicated_country_code）", "duplicated_country_code");
        checked.note(Finding::with_detail(Defect::Typo, zh, en).suggest(value_number(&value), "去掉重复", "once"));
    }
    (checked, value)
}

/// What neither the library nor the plan of today knows: a fixed line of before, or no number.
fn unknown_chinese(piece: &Piece, digits: &str, national: &str) -> (Checked, Value) {
    if let Some((local, extension)) = piece.number.rsplit_once('-') {
        let local: String = local.chars().filter(char::is_ascii_digit).collect();
        let is_extension = (3..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
        if is_extension && chinese_plan::special(&local) == Some(Special::Local) {
            let piece = Piece { extension: extension.to_owned(), ..Piece::default() };
            return special_number(Special::Local, &local, &piece);
        }
    }
    let coded = digits.len() > national.len() || national.starts_with('0');
    let (validity, finding) = match chinese_plan::landline_of_before(national).filter(|_| coded) {
        Some(before) => before,
        None => return refuse(piece, digits, national, Region::CN),
    };
    if validity == Validity::Invalid {
        return (
            Checked::invalid(with_extension(digits, &piece.extension), finding),
            unjudged(digits, &piece.extension),
        );
    }
    let number = format!("+86{}", national.strip_prefix('0').unwrap_or(national));
    let mut checked = Checked::suspect(with_extension(&number, &piece.extension), finding);
    checked.fact("type", "fixed_line");
    chinese_plan::add_area(number.strip_prefix("+86").unwrap_or_default(), &mut checked);
    checked.fact("country", "CN");
    act_on_spelling(&piece.number, &mut checked);
    (checked, unjudged(&number, &piece.extension))
}

fn value_number(value: &Value) -> &str {
    match value {
        Value::Phone(phone) => phone.e164.as_str(),
        _ => "",
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
    let number = short.then(|| read(chinese_plan::undialled(&digits).national, Region::CN))??;
    Some((number, extension.to_owned()))
}

/// 85291234567 in a Chinese column: Hong Kong, Macau or Taiwan without the plus sign.
fn neighbour(digits: &str) -> Option<PhoneNumber> {
    let coded = ["852", "853", "886"].iter().any(|code| digits.starts_with(code));
    coded.then(|| read(&format!("+{digits}"), Region::CN))?
}

/// Read without the plus sign it needs: likely, but a guess.
fn from_neighbour(number: &PhoneNumber, piece: &Piece) -> (Checked, Value) {
    let (mut checked, value) = accept(number, piece);
    let (zh, en) =
        ("按港澳台号码读取，缺少加号", "read as a number of Hong Kong, Macau or Taiwan without its plus sign");
    checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    (checked, value)
}

/// The number when the library finds it valid.
fn read(text: &str, region: Region) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(text, Some(region)).ok().filter(PhoneNumber::is_valid)
}

fn accept(number: &PhoneNumber, piece: &Piece) -> (Checked, Value) {
    let e164 = SmolStr::new(number.format_as(PhoneNumberFormat::E164));
    let kind = number.get_type();
    let country = number.get_region_code().map(|region| SmolStr::new(region.as_region_str())).unwrap_or_default();
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
    if country == "CN" {
        match kind {
            PhoneNumberType::Mobile => chinese_plan::add_network(&national, &mut checked),
            PhoneNumberType::FixedLine => chinese_plan::add_area(&national, &mut checked),
            _ => {}
        }
    }
    checked.fact("country", country);
    act_on_spelling(&piece.number, &mut checked);
    if !personal {
        checked.note(Finding::of(Defect::NotPersonal));
    } else if chinese_plan::is_placeholder(&national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    let mobile = matches!(kind, PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile);
    (checked, Value::Phone(Phone { e164, extension: SmolStr::new(&piece.extension), mobile, personal }))
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
    if special == Special::InternetOfThings {
        chinese_plan::add_network(national, &mut checked);
    }
    checked.fact("country", "CN");
    act_on_spelling(&piece.number, &mut checked);
    match special {
        Special::Local => {
            let finding = Finding::with_detail(Defect::Partial, "缺少区号", POSSIBLE_LOCAL_ONLY);
            checked.worsen(Validity::Suspect, finding);
        }
        // Nobody's telephone, and rarely meant where a customer's is asked for.
        Special::Service => checked.worsen(Validity::Suspect, Finding::of(Defect::NotPersonal)),
        Special::InternetOfThings => checked.note(Finding::of(Defect::NotPersonal)),
        Special::Satellite => {}
    }
    if personal && chinese_plan::is_placeholder(national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    let mobile = special == Special::Satellite;
    (checked, Value::Phone(Phone { e164: normal.into(), extension: SmolStr::new(&piece.extension), mobile, personal }))
}

/// No plan knows the number. It keeps its digits.
fn refuse(piece: &Piece, digits: &str, national: &str, region: Region) -> (Checked, Value) {
    let finding = what_is_wrong(national, region);
    let international = piece.number.trim_start().starts_with('+');
    let kept = if international { format!("+{digits}") } else { digits.to_owned() };
    let mut checked = Checked::invalid(with_extension(&kept, &piece.extension), finding);
    if chinese_plan::is_placeholder(national) {
        checked.note(Finding::of(Defect::Placeholder));
    }
    (checked, unjudged(&kept, &piece.extension))
}

/// What is wrong with national digits, as far as that can be told.
fn what_is_wrong(national: &str, region: Region) -> Finding {
    let digits = national.len();
    let like_mobile = region == Region::CN && chinese_plan::is_mobile_start(national);
    if like_mobile && chinese_plan::is_mobile_shape(national) {
        return Finding::with_detail(Defect::Component, "号段未分配", "no such mobile prefix");
    }
    if like_mobile && (9..=13).contains(&digits) {
        let zh = format!("手机号码应为 11 位，实为 {digits} 位");
        return Finding::with_detail(Defect::Length, zh, format!("{digits} digits; a mobile number has 11"));
    }
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&digits) {
        return Finding::with_detail(Defect::Length, format!("{digits} 位数字"), format!("{digits} digits"));
    }
    Finding::with_detail(Defect::Format, "不符合该地区的编号规则", "does not fit the region's numbering plan")
}

fn with_extension(number: &str, extension: &str) -> SmolStr {
    if extension.is_empty() { SmolStr::new(number) } else { format_smolstr!("{number};ext={extension}") }
}

fn unjudged(number: &str, extension: &str) -> Value {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mobile = chinese_plan::is_mobile_shape(chinese_plan::undialled(&digits).national);
    Value::Phone(Phone { e164: number.into(), extension: extension.into(), mobile, personal: true })
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
