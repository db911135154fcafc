//! What stands in an address field besides the address: recipient, telephone, postal code, labels, delivery remarks.

use super::gazetteer::{Form, Level, level, names_at};
use super::places::REMARKS;
use super::signs::{self, Survey};
use crate::domain::finding::Fact;
use crate::domain::text::han::{is_han, is_surname};
use smol_str::SmolStr;
use std::borrow::Cow;

/// The address without the rest, and the rest by its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bare<'a> {
    /// The address.
    pub text: Cow<'a, str>,
    /// Postal code of six digits; empty where none was written.
    pub postal_code: SmolStr,
    /// Telephone numbers and recipient, by the names of their facts.
    pub extracted: Vec<Fact>,
    /// Something for the courier or about the recipient was split off.
    pub remark: bool,
}

/// Takes off what is no address. `text`: simplified, dashes folded, single blanks.
pub fn split<'a>(text: Cow<'a, str>, survey: &Survey) -> Bare<'a> {
    let mut bare = Bare::default();
    let mut out = text;
    // Six digits are a postal code, eleven a telephone number, which may stand in groups: 138 0013 8000.
    if survey.digits_in_a_row >= 6 || survey.digits_in_a_row >= 4 && survey.has(signs::EDGE) && survey.digits >= 11 {
        out = without_postal_code(&out, &mut bare).map_or(out, Cow::Owned);
        out = without_phone(&out, &mut bare).map_or(out, Cow::Owned);
    }
    if survey.has(signs::BRACKET) {
        out = without_brackets(&out, &mut bare).map_or(out, Cow::Owned);
    }
    // A name stands apart, as it does behind what was taken out.
    let apart = matches!(out, Cow::Owned(_)) || survey.has(signs::EDGE);
    if apart && bare.extracted.iter().all(|fact| fact.name != "recipient") {
        out = without_recipient_alone(&out, &mut bare).map_or(out, Cow::Owned);
    }
    if let Some(at) = survey.has(signs::REMARK).then(|| remark_start(&out)).flatten() {
        out = up_to(out, at);
        bare.remark = true;
    }
    bare.text = out;
    if apart || survey.has(signs::INTRODUCTION) {
        bare.text = match bare.text {
            Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
            Cow::Owned(text) => Cow::Owned(trimmed(&text).to_owned()),
        };
    }
    bare
}

fn trimmed(text: &str) -> &str {
    without_label(text.trim()).trim_matches(is_edge)
}

fn up_to(text: Cow<'_, str>, end: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..end).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

fn remark_start(text: &str) -> Option<usize> {
    let begins = |here: &str| REMARKS.iter().any(|remark| here.starts_with(remark));
    let may_begin = |c: char| signs::is(c, signs::REMARK);
    text.char_indices().find(|(at, c)| may_begin(*c) && text.get(*at..).is_some_and(begins)).map(|(at, _)| at)
}

fn is_edge(c: char) -> bool {
    signs::is(c, signs::EDGE)
}

/// 邮编518000, or six digits that stand alone.
fn without_postal_code(text: &str, bare: &mut Bare) -> Option<String> {
    let mut from = 0;
    while let Some((start, end)) = digit_run(text, from) {
        from = end;
        let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if end - start != 6 {
            continue;
        }
        let trimmed = head.trim_end_matches([':', '：', ' ', '(', '（']);
        let label = ["邮政编码", "邮编", "邮政"].iter().find_map(|label| trimmed.strip_suffix(label));
        let alone = (head.is_empty() || head.ends_with([' ', ',', '，', '(', '（', ';']))
            && (tail.is_empty() || tail.starts_with([' ', ',', '，', ')', '）', ';']));
        // 518000广东省…: six digits before the name of a province.
        let before_place = head.is_empty() && names_at(tail).any(|name| level(name.place.code) < Level::County);
        if label.is_some() || alone || before_place {
            bare.postal_code = SmolStr::new(text.get(start..end).unwrap_or_default());
            let tail = if label.is_some() { tail.trim_start_matches([')', '）']) } else { tail };
            return Some(format!("{} {tail}", label.unwrap_or(head)));
        }
    }
    None
}

/// The next run of ASCII digits, as bytes.
fn digit_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.bytes().position(|b| b.is_ascii_digit())?;
    let length = text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
    Some((start, start + length))
}

/// A mobile or landline number, with its label and the recipient beside it.
fn without_phone(text: &str, bare: &mut Bare) -> Option<String> {
    let (start, end) = phone(text)?;
    let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    bare.extracted.push(Fact::new("phone", text.get(start..end).unwrap_or_default().trim()));
    bare.remark = true;
    let head = head.trim_end_matches("+86").trim_end_matches(is_edge);
    let labels = ["联系电话", "手机号码", "联系方式", "手机号", "电话", "手机", "tel", "Tel", "TEL"];
    let head = labels.iter().find_map(|label| head.strip_suffix(label)).unwrap_or(head);
    let (head, name) = without_last_name(head);
    let (tail, later) = if name.is_none() { without_name_behind(tail, head.trim().is_empty()) } else { (tail, None) };
    bare.extracted.extend(name.or(later).map(|name| Fact::new("recipient", name)));
    Some(format!("{head} {tail}"))
}

/// 13800138000, 138-0013-8000, 138 0013 8000, 0755-12345678.
fn phone(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some((start, end)) = digit_run(text, from) {
        from = end;
        let run = text.get(start..end)?;
        let country = run.strip_prefix("86").filter(|rest| rest.len() == 11 && rest.starts_with('1'));
        let mobile = |digits: &str| {
            digits.starts_with('1')
                && digits.get(1..).is_some_and(|rest| rest.starts_with(['3', '4', '5', '6', '7', '8', '9']))
        };
        if (run.len() == 11 && mobile(run)) || country.is_some() {
            return Some((start, end));
        }
        if run.len() == 3 && mobile(run) {
            let grouped = next_group(text, end, 4).and_then(|end| next_group(text, end, 4));
            if let Some(end) = grouped {
                return Some((start, end));
            }
        }
        let landline = run.starts_with('0') && (3..=4).contains(&run.len());
        let subscriber = || next_group(text, end, 8).or_else(|| next_group(text, end, 7));
        if let Some(end) = landline.then(subscriber).flatten() {
            return Some((start, end));
        }
    }
    None
}

/// The end of a group of exactly so many digits behind one separator.
fn next_group(text: &str, end: usize, digits: usize) -> Option<usize> {
    let rest = text.get(end..)?.strip_prefix(['-', ' '])?;
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    (run == digits).then(|| text.len() - rest.len() + run)
}

/// The last word before a telephone number, if it is a name.
fn without_last_name(text: &str) -> (&str, Option<String>) {
    let trimmed = text.trim_end_matches(is_edge);
    let at = trimmed
        .rfind(is_edge)
        .map_or(0, |at| at + trimmed.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (head, last) = trimmed.split_at_checked(at).unwrap_or(("", trimmed));
    let last = RECIPIENT_LABELS.iter().find_map(|label| last.strip_prefix(label)).unwrap_or(last);
    if !is_person(last) {
        return (text, None);
    }
    let head = head.trim_end_matches(is_edge);
    let head = RECIPIENT_LABELS.iter().find_map(|label| head.strip_suffix(label)).unwrap_or(head);
    (head, Some(last.to_owned()))
}

/// A name behind the telephone number: at once where the number came first, else only at the very end.
fn without_name_behind(text: &str, leads: bool) -> (&str, Option<String>) {
    let trimmed = text.trim_matches(is_edge);
    let (first, rest) = trimmed.split_once(is_edge).unwrap_or((trimmed, ""));
    if is_person(first) && (rest.is_empty() || leads) {
        return (rest, Some(first.to_owned()));
    }
    (text, None)
}

const RECIPIENT_LABELS: [&str; 6] = ["收件人姓名", "收件人", "收货人", "联系人", "姓名", "收货"];

/// 张三 北京市…, …1201室 张三收: a recipient without a telephone number.
fn without_recipient_alone(text: &str, bare: &mut Bare) -> Option<String> {
    let trimmed = text.trim_matches(is_edge);
    // A name stands apart.
    if !trimmed.chars().any(is_edge) {
        return None;
    }
    let labelled = RECIPIENT_LABELS.iter().find_map(|label| trimmed.strip_prefix(label));
    let (first, rest) = labelled.unwrap_or(trimmed).trim_start_matches(is_edge).split_once(is_edge).unwrap_or(("", ""));
    let next = rest.trim_start_matches(is_edge);
    let before_place = || names_at(next).any(|name| name.form != Form::OldShort && name.text.chars().count() > 1);
    if is_person(first) && (labelled.is_some() || (before_place() && names_at(first).next().is_none())) {
        bare.extracted.push(Fact::new("recipient", first));
        bare.remark = true;
        return Some(next.to_owned());
    }
    let last = trimmed.rsplit(is_edge).next().unwrap_or_default();
    let name = ["亲收", "亲启", "收"].iter().find_map(|sign| last.strip_suffix(sign));
    if let Some(name) = name.filter(|name| is_person(name) && last.len() < trimmed.len()) {
        bare.extracted.push(Fact::new("recipient", name));
        bare.remark = true;
        return Some(trimmed.strip_suffix(last).unwrap_or(trimmed).to_owned());
    }
    None
}

/// Two to four Han characters, a surname first, no sign of an address among them.
fn is_person(word: &str) -> bool {
    let address = ['省', '市', '区', '县', '路', '街', '号', '室', '栋', '村', '镇', '楼', '层', '园', '州', '座'];
    word.len() <= 4 * 4
        && (2..=4).contains(&word.chars().count())
        && word.chars().all(is_han)
        && word.chars().next().is_some_and(is_surname)
        && !word.contains(address)
}

/// (放门卫), 【…】: what stands in brackets is for the courier or repeats.
fn without_brackets(text: &str, bare: &mut Bare) -> Option<String> {
    if !text.chars().any(|c| signs::is(c, signs::BRACKET)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' if !inside => {
                inside = true;
                out.push(' ');
            }
            ')' | '）' | ']' | '】' | '〕' if inside => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    bare.remark |= out.len() < text.len();
    Some(out)
}

/// 地址：, 我家的地址是, 家住: the words before the address.
pub fn without_label(text: &str) -> &str {
    let head = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let introduced = text.get(..head).is_some_and(|head| head.chars().any(|c| signs::is(c, signs::INTRODUCTION)));
    if !introduced {
        return text;
    }
    let starts_with_place =
        names_at(text).any(|name| name.form == Form::Full || level(name.place.code) < Level::County);
    if !starts_with_place {
        for label in ["地址", "住址", "住处"] {
            let at = text.get(..head).and_then(|head| head.find(label));
            let Some(rest) = at.and_then(|at| text.get(at + label.len()..)) else { continue };
            let rest = rest.trim_start_matches(is_edge);
            return rest.strip_prefix(['是', '为', '在']).unwrap_or(rest).trim_start_matches(is_edge);
        }
        for label in [
            "我家住在",
            "我家在",
            "我住在",
            "我住",
            "家住",
            "现住",
            "现居",
            "住在",
            "坐落于",
            "位于",
            "地处",
            "寄到",
            "送到",
            "送至",
            "寄往",
            "寄至",
            "发到",
            "请寄",
            "我在",
        ] {
            let Some(rest) = text.strip_prefix(label) else { continue };
            let rest = rest.trim_start_matches(is_edge);
            let place = names_at(rest).any(|name| name.form == Form::Full || level(name.place.code) < Level::County);
            return if place { rest } else { text };
        }
    }
    text
}
