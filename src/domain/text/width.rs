//! Width and digit folding: full-width forms, dashes in numeric contexts, decimal digits of every script.

use std::borrow::Cow;

/// Folds full-width ASCII (U+FF01–FF5E) and the ideographic space to ASCII.
pub fn to_halfwidth(text: &str) -> String {
    text.chars().map(halfwidth_char).collect()
}

/// The ASCII form of one full-width character; other characters unchanged.
pub fn halfwidth_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Folds every dash, minus and wave to `-`. Only for numeric contexts (phone, date, identifier, house number).
///
/// 一 and ー are dashes only between two digits: elsewhere 一 is the number one, and in names it is a Han character.
pub fn fold_dashes(text: &str) -> String {
    if !text.chars().any(|c| is_dash(c) || matches!(c, '一' | 'ー' | '\u{FF70}')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut after_digit = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            c if is_dash(c) => '-',
            '一' | 'ー' | '\u{FF70}' if after_digit && chars.peek().is_some_and(char::is_ascii_digit) => '-',
            other => other,
        });
        after_digit = c.is_ascii_digit();
    }
    out
}

/// Dashes, minus signs and waves other than `-`.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
        || matches!(c, '~' | '\u{FF5E}' | '\u{301C}' | '\u{2053}' | '\u{2500}' | '\u{2501}')
}

/// Folds the decimal digits of every script (Unicode class Nd: ０, ٣, ३ …) to ASCII.
pub fn fold_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(ascii_digit).collect())
}

/// Folds Chinese positional digits (〇零一…九, 壹…玖, 幺, 两) to ASCII digits; for texts that are numbers already.
pub fn han_digits(text: &str) -> String {
    text.chars().map(|c| han_digit(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)).collect()
}

/// The value of one Chinese digit, plain or financial.
pub fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | '◯' => 0,
        '一' | '壹' | '弌' | '幺' => 1,
        '二' | '贰' | '貳' | '弍' | '两' | '兩' => 2,
        '三' | '叁' | '參' | '叄' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn ascii_digit(c: char) -> char {
    let code = c as u32;
    if code < 0x80 {
        return c;
    }
    if (0x1D7CE..=0x1D7FF).contains(&code) {
        return char::from_digit((code - 0x1D7CE) % 10, 10).unwrap_or(c);
    }
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let digit = after.checked_sub(1).and_then(|i| ZEROS.get(i)).map(|zero| code - zero).filter(|d| *d < 10);
    digit.and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
}

/// The code point of the digit zero of every decimal digit range (Unicode 16, class Nd) but the mathematical ones.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950,
    0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1E140,
    0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_half_width() {
        assert_eq!(to_halfwidth("１３８　Ａ＠ｑｑ．ｃｏｍ～"), "138 A@qq.com~");
    }

    #[test]
    fn dashes_fold_but_the_number_one_stays() {
        assert_eq!(fold_dashes("010—8888－1234−5‐6‑7～8"), "010-8888-1234-5-6-7-8");
        assert_eq!(fold_dashes("138一0013ー8000"), "138-0013-8000");
        assert_eq!(fold_dashes("一号楼"), "一号楼");
    }

    #[test]
    fn digits_of_every_script_fold() {
        assert_eq!(fold_digits("٠١٢٩ ०९ ０９ 𝟎𝟿 𝟘"), "0129 09 09 09 0");
        assert_eq!(fold_digits("张三½"), "张三½");
        assert_eq!(han_digits("一三八〇零壹贰玖"), "13800129");
    }
}
