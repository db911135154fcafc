//! Folds a date's text: half-width, Chinese numerals to digits, 年月日 to hyphens, eras to years, month names to numbers.

use unicode_normalization::UnicodeNormalization;

use super::super::super::text::width;
use super::lunar::{self, LunarDay};

/// A date's text after folding.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    /// The date part: digits and separators, month names as `m09`.
    pub date: String,
    /// The time of day with its offset; empty when there is none.
    pub time: String,
    /// The first year of the era named (令和: 2019); 0 for the Common Era.
    pub era: Option<Era>,
    /// The year stands first for sure (年, or an era).
    pub year_first: bool,
    /// A day of the Chinese lunar calendar.
    pub lunar: Option<LunarDay>,
    /// A separator stands before the first or behind the last number.
    pub dangling: bool,
    /// Names a calendar or notion that no rule here converts.
    pub unsupported: Option<&'static str>,
}

/// A calendar era: year 1 and the first and last day, as yyyymmdd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    /// The Common Era year of the era's year 1.
    pub first_year: i32,
    /// The first day.
    pub from: i32,
    /// The last day.
    pub to: i32,
}

const fn era(first_year: i32, from: i32, to: i32) -> Era {
    Era { first_year, from, to }
}

/// Japanese eras from Meiji on, and the Republic of China's (民国).
const ERAS: [(&[&str], Era); 6] = [
    (&["令和", "R"], era(2019, 20_190_501, 99_991_231)),
    (&["平成", "H"], era(1989, 19_890_108, 20_190_430)),
    (&["昭和", "S"], era(1926, 19_261_225, 19_890_107)),
    (&["大正", "T"], era(1912, 19_120_730, 19_261_224)),
    (&["明治", "M"], era(1868, 18_680_125, 19_120_729)),
    (&["中华民国", "中華民國", "民国", "民國", "ROC"], era(1912, 19_120_101, 99_991_231)),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How the months begin in French, German, Spanish, Italian, Portuguese, Dutch and Turkish where not as in English.
const FOREIGN_MONTHS: [(&str, usize); 34] = [
    ("ene", 1),
    ("gen", 1),
    ("ocak", 1),
    ("fev", 2),
    ("subat", 2),
    ("maa", 3),
    ("mrz", 3),
    ("avr", 4),
    ("abr", 4),
    ("nisan", 4),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("juin", 6),
    ("giu", 6),
    ("haz", 6),
    ("juil", 7),
    ("lug", 7),
    ("tem", 7),
    ("ago", 8),
    ("aou", 8),
    ("agu", 8),
    ("set", 9),
    ("eyl", 9),
    ("out", 10),
    ("okt", 10),
    ("ott", 10),
    ("eki", 10),
    ("kas", 11),
    ("dez", 12),
    ("dic", 12),
    ("des", 12),
    ("ara", 12),
    ("gru", 12),
];

/// How the days of the week begin in the same languages; they say nothing about the date.
const WEEKDAYS: [&str; 24] = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mer", "jeu", "ven", "sam", "dim", "mie", "jue", "vie",
    "sab", "dom", "gio", "don", "die", "mit", "fre", "mard",
];

/// How they end: `ventidue` is a number.
const WEEKDAY_ENDINGS: [&str; 11] = ["day", "tag", "dag", "di", "woch", "es", "do", "to", "ca", "go", "che"];

/// Folds a cleaned text.
pub(super) fn fold(text: &str) -> Folded {
    let folded = width::fold_dashes(&width::fold_digits(&width::to_halfwidth(text)));
    let folded = before_the_republic(&ascii_letters(&folded)).unwrap_or_else(|| ascii_letters(&folded));
    let mut result = Folded { unsupported: unsupported(&folded), ..Folded::default() };
    if lunar::is_lunar(&folded) {
        result.lunar = lunar::read(&folded);
        if result.lunar.is_some() {
            result.unsupported = None;
            return result;
        }
    }
    let separates = ['-', '/', '.'];
    result.dangling = folded.starts_with(separates) || folded.ends_with(separates);
    let (mut date, time) = split_time(folded.trim());
    result.time = time;
    if let Some((era, rest)) = strip_era(&date) {
        result.era = Some(era);
        result.year_first = true;
        date = rest;
    }
    result.year_first |= date.contains('年') || date.contains('月');
    result.date = numeric(&date);
    result
}

/// février → fevrier, Kasım → Kasim; 년월일 and の are written as in Chinese.
fn ascii_letters(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = |c: char| match c {
        'ı' => 'i',
        '년' => '年',
        '월' => '月',
        '일' => '日',
        'の' => ' ',
        '時' => '时',
        '點' => '点',
        other => other,
    };
    let is_mark = |c: &char| matches!(*c, '\u{300}'..='\u{36f}');
    let letters = text.chars().map(plain).flat_map(|c| {
        let latin = matches!(c, '\u{c0}'..='\u{24f}');
        let spelled: Vec<char> = if latin { [c].into_iter().nfd().filter(|c| !is_mark(c)).collect() } else { vec![c] };
        spelled
    });
    letters.filter(|c| !is_mark(c)).collect()
}

/// 民国前1年 is 1911: the years before the Republic of China counted backwards.
fn before_the_republic(text: &str) -> Option<String> {
    let names = ["中华民国前", "中華民國前", "民国前", "民國前"];
    let rest = names.iter().find_map(|name| text.trim_start().strip_prefix(name))?;
    let (year, rest) = rest.split_once('年')?;
    let count: i32 = han_number(year.trim()).parse().ok()?;
    (1..=200).contains(&count).then(|| format!("{}年{rest}", 1912 - count))
}

fn unsupported(text: &str) -> Option<&'static str> {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    const REIGNS: [&str; 5] = ["康熙", "乾隆", "光绪", "宣统", "咸丰"];
    const RELATIVE: [&str; 14] = [
        "今天",
        "昨天",
        "天前",
        "上个月",
        "去年",
        "明天",
        "今年",
        "本月",
        "今月",
        "明日",
        "今日",
        "今夜",
        "后天",
        "前天",
    ];
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if lunar::is_lunar(text) {
        Some("农历 / lunar calendar")
    } else if any(&["岁", "歲", "years old", "周岁"]) {
        Some("年龄 / an age")
    } else if any(&REIGNS) || text.starts_with(|c| STEMS.contains(c)) || text.contains("民国前") {
        Some("干支或年号 / sexagenary or reign year")
    } else if any(&RELATIVE) {
        Some("相对日期 / relative date")
    } else {
        None
    }
}

/// Cuts the time of day off: at 上午 and its like, after T, a blank or 日 before `hh:`.
fn split_time(text: &str) -> (String, String) {
    const PARTS_OF_DAY: [&str; 13] =
        ["上午", "下午", "凌晨", "中午", "早上", "晚上", "傍晚", "午前", "午後", "正午", "早晨", "朝", "夜"];
    let part_of_day = PARTS_OF_DAY.iter().filter_map(|part| text.find(part)).min();
    // 20030925T104941, 2003-09-25T10.
    let compact_clock = || {
        let at = text.find(['T', 't'])?;
        let (head, tail) = (text.get(..at)?, text.get(at + 1..)?);
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let fits = head.ends_with(|c: char| c.is_ascii_digit()) && tail.starts_with(|c: char| c.is_ascii_digit());
        (fits && digits(head) >= 6).then_some((at, at + 1))
    };
    let before_clock = || {
        let head = text.get(..text.find([':', '时', '点'])?)?;
        let (at, separator) = head.char_indices().rfind(|(_, c)| matches!(c, 'T' | 't' | ' ' | '日' | '号'))?;
        Some((at, at + separator.len_utf8()))
    };
    let Some((end, start)) = part_of_day.map(|at| (at, at)).or_else(compact_clock).or_else(before_clock) else {
        return (text.to_owned(), String::new());
    };
    let trimmed = |part: Option<&str>| part.unwrap_or_default().trim().to_owned();
    (trimmed(text.get(..end)), trimmed(text.get(start..)))
}

/// The era that a text begins with; a letter counts only directly before a digit (R5.2.9).
fn strip_era(text: &str) -> Option<(Era, String)> {
    for (names, era) in ERAS {
        for name in names {
            let Some(rest) = text.strip_prefix(name) else { continue };
            let rest = rest.trim_start();
            let begins_with_digit = rest.starts_with(|c: char| c.is_ascii_digit());
            if name.len() > 1 || begins_with_digit {
                return Some((era, rest.replacen('元', "1", 1)));
            }
        }
    }
    None
}

/// Digits with `-` between the fields; month names become `m` and two digits.
fn numeric(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_alphabetic() {
            let mut word = String::from(c.to_ascii_lowercase());
            while let Some(next) = chars.next_if(char::is_ascii_alphabetic) {
                word.push(next.to_ascii_lowercase());
            }
            push_word(&word, &mut out);
        } else if c.is_ascii_digit() {
            out.push(c);
        } else if is_han_numeral(c) {
            let mut run = String::from(c);
            while let Some(next) = chars.next_if(|c| is_han_numeral(*c)) {
                run.push(next);
            }
            out.push_str(&han_number(&run));
        } else if matches!(c, '日' | '号' | '號') {
            out.push(' ');
        } else if matches!(c, '年' | '月' | '-' | '/' | '.' | ',' | '_' | '\\' | '、' | ' ' | '\'' | '。') {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        } else {
            // Anything else makes the text no date.
            out.push('?');
        }
    }
    out.trim_matches([' ', '-']).to_owned()
}

fn push_word(word: &str, out: &mut String) {
    let whole = word.len() <= 4 || WEEKDAY_ENDINGS.iter().any(|end| word.ends_with(end));
    let weekday = whole && WEEKDAYS.iter().any(|day| word.starts_with(day));
    let english = MONTHS.iter().position(|name| word.starts_with(name));
    let foreign = || FOREIGN_MONTHS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, month)| month - 1);
    match english.or_else(foreign).filter(|_| !matches!(word, "mardi" | "martes" | "martedi")) {
        // "march", "mars" and "mar" alike, but "m" or "ma" say nothing.
        Some(position) => {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            out.push_str(&format!("m{:02}-", position + 1));
        }
        None if weekday
            || matches!(word, "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "e" | "er" | "ad" | "ce" | "at") => {}
        None => out.push('?'),
    }
}

fn is_han_numeral(c: char) -> bool {
    matches!(c, '十' | '拾' | '百' | '千') || width::han_digit(c).is_some()
}

/// 二〇二三 → 2023, 二十九 → 29, 十 → 10.
fn han_number(run: &str) -> String {
    if let Some((thousands, rest)) = run.split_once('千') {
        let (hundreds, rest) = rest.split_once('百').unwrap_or(("", rest));
        let digit = |text: &str| text.chars().last().and_then(width::han_digit).unwrap_or(0);
        let below: u32 = han_number(rest.trim_start_matches(['零', '〇'])).parse().unwrap_or(0);
        return below.saturating_add(digit(thousands) * 1000 + digit(hundreds) * 100).to_string();
    }
    let Some((tens, ones)) = run.split_once(['十', '拾']) else { return width::han_digits(run) };
    let tens = if tens.is_empty() { "1".to_owned() } else { width::han_digits(tens) };
    let ones = if ones.is_empty() { "0".to_owned() } else { width::han_digits(ones) };
    tens + &ones
}
