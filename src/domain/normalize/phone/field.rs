//! What people write into a phone field: several numbers, extensions, remarks, masks, the scars of spreadsheets.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::action::Action;
use super::super::super::finding::{Defect, Finding};
use super::super::super::text::width;
use super::chinese_plan::is_mobile_shape;

/// Numbers taken from one field.
const NUMBERS_MAX: usize = 10;
/// Digits of the longest E.164 number: more are two numbers.
const DIGITS_MAX: usize = 15;

/// One number of a field, before any numbering plan is asked.
#[derive(Debug, Default)]
pub(super) struct Piece {
    /// Digits with their separators and a leading plus sign; letters only where they stand inside the number.
    pub number: String,
    /// Extension digits.
    pub extension: String,
    /// What was cut off or repaired.
    pub findings: Vec<Finding>,
    /// What that was, in kinds.
    pub actions: Vec<Action>,
    /// Digits are hidden.
    pub masked: bool,
    /// The number was written with Chinese digits.
    pub han: bool,
    /// A spreadsheet rounded digits away.
    pub lossy: bool,
}

/// A pattern that is known to compile; a broken one would match nothing.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static EXTENSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.*\d[\s)]*?)[\s,，;（(-]*(?:总机转|總機轉|总机|總機|转接|轉接|转|轉|分机号?|分機|内线|extension|ext\.?|ext=|#|x)[\s:：.=]*(\d{1,7})[)）]?\s*$",
    )
});
static TRAILING_REMARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"[（(\[【][^（()）]*[^\d\s()（）+\-.·*xX][^（()）]*[)）\]】]"));
static SCIENTIFIC: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^(\d)\.(\d+)[eE]\+?(\d{1,2})$"));
static THOUSANDS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^\d{1,3}(?:,\d{3}){2,}$"));
static FLOAT: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^(\+?\d{7,})\.0+$"));
static MASK: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\d[\s-]*(?:[*•●·█＊]+|[xX×]{2,})|(?:\*+|[xX×]{3,})[\s-]*\d"));

fn matches(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Whether digits are hidden.
pub(super) fn is_masked(text: &str) -> bool {
    matches(&MASK, &width::to_halfwidth(text))
}

/// Takes a cleaned field apart; at least one piece.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let folded = width::fold_dashes(&width::fold_digits(&width::to_halfwidth(text)));
    let folded = folded.trim();
    if is_plain(folded) {
        let mut piece = Piece::default();
        cut_remark(folded, &mut piece);
        return vec![piece];
    }
    if matches(&THOUSANDS, folded) {
        let number = folded.replace(',', "");
        return vec![Piece { number, ..repaired("千分位", Piece::default()) }];
    }
    let parts = split(folded);
    if is_one_number(&parts) {
        return vec![piece(&parts.join(" "))];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for part in parts {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        match pieces.last_mut() {
            Some(previous) if (1..=4).contains(&digits) && digits == part.trim().len() => {
                previous.findings.push(abbreviated(&previous.number, part.trim()));
            }
            _ => pieces.push(piece(part.trim())),
        }
    }
    if pieces.len() > 1 {
        pieces.retain(|piece| piece.masked || piece.number.bytes().any(|b| b.is_ascii_digit()));
    }
    if pieces.is_empty() { vec![piece(folded)] } else { pieces }
}

/// Nothing but one number and its separators: no pattern needs to look for more.
fn is_plain(text: &str) -> bool {
    let number = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'+' | b'(' | b')'));
    number && text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
}

/// Separators of numbers; a blank separates only what could be whole numbers on both sides.
fn split(text: &str) -> Vec<String> {
    let is_parameter = text.contains(";ext=") || text.contains(";EXT=");
    let separates =
        |c: char| matches!(c, '/' | '、' | '，' | ',' | '；' | '|' | '\\' | '或') || c == ';' && !is_parameter;
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(separates).filter(|part| !part.trim().is_empty()).take(NUMBERS_MAX) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let whole = |word: &&str| word.bytes().filter(u8::is_ascii_digit).count() >= 7;
        let together = part.trim_start_matches("00").bytes().filter(u8::is_ascii_digit).count();
        if words.len() > 1 && together > DIGITS_MAX && words.iter().all(whole) {
            parts.extend(words.into_iter().take(NUMBERS_MAX).map(str::to_owned));
        } else if together > DIGITS_MAX {
            parts.extend(run_together(part));
        } else {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// Too many digits for one number: numbers with words between them (Tel … Fax …), or two mobile numbers in groups.
fn run_together(text: &str) -> Vec<String> {
    let between = |c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')' | '.'));
    let runs = text.split(between).map(str::trim);
    let numbers: Vec<String> = runs.filter(|run| digits_in(run) >= 7).map(str::to_owned).collect();
    if numbers.len() > 1 {
        return numbers;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.split_at_checked(11) {
        Some((first, second)) if is_mobile_shape(first) && is_mobile_shape(second) && !text.contains(between) => {
            vec![first.to_owned(), second.to_owned()]
        }
        _ => vec![text.to_owned()],
    }
}

fn digits_in(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// 010/65529988: a separator after too few digits for a number stands inside one.
fn is_one_number(parts: &[String]) -> bool {
    let digits = |text: &String| text.bytes().filter(u8::is_ascii_digit).count();
    let first = parts.first().map_or(0, digits);
    parts.len() > 1 && (1..7).contains(&first) && parts.iter().map(digits).sum::<usize>() <= DIGITS_MAX
}

fn piece(text: &str) -> Piece {
    let mut piece = Piece::default();
    let mut rest = text.to_owned();
    if matches(&MASK, &rest) {
        piece.masked = true;
        let hidden = |c: char| {
            if c.is_ascii_digit() || c == '+' { Some(c) } else { "*xX×•●·█＊".contains(c).then_some('*') }
        };
        piece.number = rest.chars().filter_map(hidden).collect();
        return piece;
    }
    if let Some(found) = SCIENTIFIC.as_ref().and_then(|regex| regex.captures(&rest)) {
        let (head, tail) = (found.get(1).map_or("", |m| m.as_str()), found.get(2).map_or("", |m| m.as_str()));
        return scientific(head, tail, found.get(3).and_then(|m| m.as_str().parse().ok()).unwrap_or(0));
    }
    if let Some(whole) = FLOAT.as_ref().and_then(|regex| regex.captures(&rest)).and_then(|found| found.get(1)) {
        return Piece { number: whole.as_str().to_owned(), ..repaired("小数部分", piece) };
    }
    if let Some(found) = EXTENSION.as_ref().and_then(|regex| regex.captures(&rest)) {
        piece.extension = found.get(2).map_or("", |m| m.as_str()).to_owned();
        rest = found.get(1).map_or("", |m| m.as_str()).to_owned();
    }
    if let Some(regex) = TRAILING_REMARK.as_ref() {
        let without = regex.replace_all(&rest, "").into_owned();
        if without != rest && without.bytes().any(|b| b.is_ascii_digit()) {
            split_remark(&rest, &mut piece);
            rest = without;
        }
    }
    if rest.bytes().filter(u8::is_ascii_digit).count() < 3 {
        let converted = width::han_digits(&rest);
        if converted.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            piece.han = true;
            rest = converted;
        }
    }
    cut_remark(&rest, &mut piece);
    piece
}

/// Keeps the span from the first to the last digit, with letters that touch it and look like digits (1380013800O).
fn cut_remark(text: &str, piece: &mut Piece) {
    let chars: Vec<char> = text.chars().collect();
    let starts = |c: &char| c.is_ascii_digit() || matches!(c, '+' | '(' | '（');
    let first = chars.iter().position(starts).unwrap_or(chars.len());
    let last = chars.iter().rposition(char::is_ascii_digit).map_or(first, |position| position + 1);
    let touching = |letters: &mut dyn Iterator<Item = &char>| -> usize {
        let run: Vec<char> = letters.take_while(|c| c.is_ascii_alphabetic()).copied().collect();
        if run.iter().all(|c| "OoIlSsBZ".contains(*c)) { run.len() } else { 0 }
    };
    let from = first - touching(&mut chars.iter().take(first).rev());
    let to = last + touching(&mut chars.iter().skip(last));
    piece.number = chars.iter().skip(from).take(to.saturating_sub(from)).collect();
    let outside = chars.iter().take(from).chain(chars.iter().skip(to));
    if !piece.number.is_empty() && outside.filter(|c| c.is_alphanumeric()).count() > 0 {
        split_remark(text, piece);
    }
}

/// Spreadsheets show at most six digits of a number in scientific notation, programs all that are not zero.
fn scientific(head: &str, tail: &str, exponent: usize) -> Piece {
    const PROGRAM_DIGITS_MIN: usize = 8;
    let mantissa = format!("{head}{tail}");
    let exact = mantissa.len() >= PROGRAM_DIGITS_MIN && exponent >= tail.len() && exponent < 20;
    let finding = if exact {
        Finding::with_detail(Defect::ExcelTruncated, "科学计数法，已还原", "scientific notation, restored")
    } else {
        Finding::with_detail(Defect::ExcelTruncated, "科学计数法，末位已丢失", "scientific notation; digits are lost")
    };
    let zeros = if exact { "0".repeat(exponent - tail.len()) } else { String::new() };
    let actions = if exact { vec![Action::NumberRestored] } else { Vec::new() };
    Piece { number: mantissa + &zeros, findings: vec![finding], actions, lossy: !exact, ..Piece::default() }
}

fn repaired(what: &str, mut piece: Piece) -> Piece {
    let zh = format!("去掉电子表格的{what}");
    piece.findings.push(Finding::with_detail(Defect::RemarkRemoved, zh, "removed what a spreadsheet added"));
    piece.actions.push(Action::NumberRestored);
    piece
}

fn split_remark(text: &str, piece: &mut Piece) {
    if piece.actions.contains(&Action::RemarkSplit) {
        return;
    }
    piece.findings.push(Finding::with_detail(Defect::RemarkRemoved, text.to_owned(), text.to_owned()));
    piece.actions.push(Action::RemarkSplit);
}

/// 13800138000/1: the second number shares all but its last digits.
fn abbreviated(number: &str, last_digits: &str) -> Finding {
    let kept = number.chars().count().saturating_sub(last_digits.len());
    let second: String = number.chars().take(kept).chain(last_digits.chars()).collect();
    let finding = Finding::with_detail(Defect::MultipleValues, "第二个号码是缩写", "the second number is abbreviated");
    finding.suggest(second, "按前一号码补全", "completed from the number before")
}
