//! Classes of the characters of Chinese addresses: what a character may begin, end or part, looked up in one table, so that
//! one pass over a text tells which steps of the reading have anything to do.

use crate::domain::text::han::is_han;

/// A digit of a Chinese number in a house or door.
pub const NUMERAL: u16 = 1;
/// Begins the label of a door: 号, 栋, 单元.
pub const LABEL: u16 = 1 << 1;
/// Begins or is the ending of a road's name.
pub const ROAD: u16 = 1 << 2;
/// Begins the kind of a town or sub-district.
pub const TOWN: u16 = 1 << 3;
/// Begins a remark for the courier.
pub const REMARK: u16 = 1 << 4;
/// Begins or belongs to the words before an address: 地址, 家住.
pub const INTRODUCTION: u16 = 1 << 5;
/// Between the name of a road and its kind or branch: a quarter or a number of order.
pub const BRANCH: u16 = 1 << 6;
/// Has a number of order before it: 二期, 三组.
pub const PHASE: u16 = 1 << 7;
/// Punctuation within an address.
pub const PUNCTUATION: u16 = 1 << 8;
/// Blanks and punctuation around a text.
pub const EDGE: u16 = 1 << 9;
/// A bracket that opens.
pub const BRACKET: u16 = 1 << 10;
/// A dash other than `-`, or what may be one between digits.
pub const DASH: u16 = 1 << 11;
/// A raised or lowered digit.
pub const RAISED: u16 = 1 << 12;
/// Stands for a character that is hidden or lost.
pub const MASK: u16 = 1 << 13;
/// A Han character.
pub const HAN: u16 = 1 << 14;
/// Part of a number in words, in whatever spelling.
pub const NUMBER: u16 = 1 << 15;

const FIRST: usize = 0x4E00;
const LAST: usize = 0x9FFF;

/// The classes of the common Han characters.
static COMMON: [u16; LAST - FIRST + 1] = {
    let mut table = [HAN; LAST - FIRST + 1];
    let classes: [(&[char], u16); 9] = [
        (&['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百'], NUMERAL),
        (
            &[
                '号', '栋', '幢', '座', '单', '层', '楼', '室', '房', '区', '弄', '排', '门', '户', '组', '队', '期',
                '米', '公',
            ],
            LABEL,
        ),
        (&['大', '马', '胡', '路', '街', '道', '巷'], ROAD),
        (&['街', '办', '镇', '乡', '苏'], TOWN),
        (&['送', '请', '提', '电', '放', '工', '周', '勿', '不', '到', '联'], REMARK),
        (&['址', '处', '我', '家', '现', '住', '坐', '位', '地', '寄', '送', '发', '请'], INTRODUCTION),
        (&['东', '南', '西', '北', '中', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'], BRANCH),
        (&['期', '组', '队', '社', '屯'], PHASE),
        (
            &[
                '零', '一', '壹', '弌', '幺', '二', '贰', '貳', '弍', '两', '兩', '三', '叁', '參', '叄', '弎', '四',
                '肆', '五', '伍', '六', '陆', '陸', '七', '柒', '八', '捌', '九', '玖', '十', '拾', '百', '佰', '千',
                '仟', '万', '萬',
            ],
            NUMBER,
        ),
    ];
    let mut class = 0;
    while class < classes.len() {
        let (signs, bit) = classes[class];
        let mut at = 0;
        while at < signs.len() {
            table[signs[at] as usize - FIRST] |= bit;
            at += 1;
        }
        class += 1;
    }
    table
};

/// The classes of the characters of ASCII.
static ASCII: [u16; 256] = {
    let mut table = [0; 256];
    let classes: [(&[u8], u16); 7] = [
        (b"#", LABEL),
        (b",;:\"", PUNCTUATION | EDGE),
        (b"|'", PUNCTUATION),
        (b" -.", EDGE),
        (b"([", BRACKET),
        (b"*", MASK),
        (b"~", DASH),
    ];
    let mut class = 0;
    while class < classes.len() {
        let (signs, bits) = classes[class];
        let mut at = 0;
        while at < signs.len() {
            table[signs[at] as usize] = bits;
            at += 1;
        }
        class += 1;
    }
    table
};

/// The classes of a character.
#[inline]
pub fn of(c: char) -> u16 {
    match c {
        '\u{4E00}'..='\u{9FFF}' => COMMON.get(c as usize - FIRST).copied().unwrap_or(HAN),
        '\0'..='\u{7F}' => ASCII.get(c as usize).copied().unwrap_or_default(),
        _ => of_other(c),
    }
}

/// Whether a character is of a class.
#[inline]
pub fn is(c: char, class: u16) -> bool {
    of(c) & class != 0
}

fn of_other(c: char) -> u16 {
    match c {
        '，' | '；' | '、' | '。' | '：' | '“' | '”' => PUNCTUATION | EDGE,
        '（' | '【' | '〔' => BRACKET,
        '\u{FFFD}' => MASK,
        '〇' => NUMERAL | NUMBER | HAN,
        '○' | '◯' => NUMBER,
        '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}' => RAISED,
        'ー' | '\u{FF70}' => DASH,
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2053}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => DASH,
        '\u{301C}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{FF5E}' => DASH,
        _ if is_han(c) => HAN,
        _ => 0,
    }
}

/// What one pass over a text saw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Survey {
    /// The classes of all characters.
    signs: u16,
    /// ASCII digits.
    pub digits: usize,
    /// The longest run of them.
    pub digits_in_a_row: usize,
    /// ASCII letters.
    pub letters: usize,
}

impl Survey {
    /// Looks over a text.
    pub fn of(text: &str) -> Self {
        let mut seen = Self::default();
        let mut run = 0;
        if text.is_ascii() {
            for byte in text.bytes() {
                if byte.is_ascii_digit() {
                    run += 1;
                    continue;
                }
                seen.end_run(run);
                run = 0;
                seen.signs |= ASCII.get(usize::from(byte)).copied().unwrap_or_default();
                seen.letters += usize::from(byte.is_ascii_alphabetic());
            }
            seen.end_run(run);
            return seen;
        }
        for c in text.chars() {
            if c.is_ascii_digit() {
                run += 1;
                continue;
            }
            seen.signs |= of(c);
            if run > 0 {
                seen.end_run(run);
                // 138一0013: only behind a digit may 一 be a dash.
                seen.signs |= if c == '一' { DASH } else { 0 };
                run = 0;
            }
            if c.is_ascii() {
                seen.letters += usize::from(c.is_ascii_alphabetic());
            }
        }
        seen.end_run(run);
        seen
    }

    fn end_run(&mut self, digits: usize) {
        self.digits += digits;
        self.digits_in_a_row = self.digits_in_a_row.max(digits);
    }

    /// Whether the text has a character of one of the classes.
    #[inline]
    pub fn has(&self, classes: u16) -> bool {
        self.signs & classes != 0
    }
}
