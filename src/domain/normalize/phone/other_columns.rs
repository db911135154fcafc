//! What stands in a telephone column and is none: another kind of value, or a reference to a column beside it.

use super::super::super::date::CivilDate;
use super::super::super::finding::{Defect, Finding, Validity};
use super::super::super::formats::{IdFormat, cn::resident_id::ResidentId};
use super::super::super::text::{is_missing, placeholder::is_placeholder_name};

/// Digits of the shortest resident ID, the form of before 1999.
const RESIDENT_ID_DIGITS_MIN: usize = 15;

/// The kind of another column's value (`email`, `id_document`, `date`; empty: no value at all) and what to say about it.
pub(super) fn detect(whole: &str, digits: &str) -> Option<(&'static str, Finding)> {
    let wrong =
        |kind, zh: &'static str, en: &'static str| Some((kind, Finding::with_detail(Defect::WrongColumn, zh, en)));
    if whole.contains('@') {
        return wrong("email", "像电子邮箱", "looks like an e-mail address");
    }
    // The last of 18 characters may be an X.
    let long = digits.len() >= RESIDENT_ID_DIGITS_MIN && !whole.starts_with('+');
    if long && ResidentId.check(whole).validity == Validity::Valid {
        return wrong("id_document", "像身份证号码", "looks like a resident ID");
    }
    if is_date(whole) {
        return wrong("date", "像日期", "looks like a date");
    }
    digits.is_empty().then(|| match is_placeholder_name(whole) {
        true => ("", Finding::of(Defect::Placeholder)),
        false => ("", Finding::with_detail(Defect::Format, "没有数字", "no digits")),
    })
}

/// 1985-03-12, 1985/3/12, 1985年3月12日, 19850312. Eight digits from 2000 on could be a local number.
fn is_date(text: &str) -> bool {
    let separated: Vec<&str> = text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let parts = match separated.as_slice() {
        [year, month, day] => Some((*year, *month, *day)),
        [whole] if whole.len() == 8 && whole.starts_with("19") => {
            whole.get(..4).zip(whole.get(4..6)).zip(whole.get(6..)).map(|((year, month), day)| (year, month, day))
        }
        _ => None,
    };
    let Some((year, month, day)) = parts.filter(|(year, month, day)| {
        year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && month.len() <= 2 && day.len() <= 2
    }) else {
        return false;
    };
    let number =
        |text: &str| -> Option<i16> { text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten() };
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else { return false };
    let narrow = u8::try_from(month).ok().zip(u8::try_from(day).ok());
    narrow.is_some_and(|(month, day)| CivilDate::new(year, month, day).is_some())
}

/// 同手机, 微信同号, same as above: the value is said to stand elsewhere in the record.
pub(super) fn reference(text: &str) -> Option<Finding> {
    const WORDS: [&str; 15] = [
        "同上",
        "同前",
        "如上",
        "同手机",
        "同手機",
        "同號",
        "同号",
        "同电话",
        "同電話",
        "同座机",
        "同微信",
        "同住宅",
        "同公司",
        "见手机",
        "见备注",
    ];
    const ENGLISH: [&str; 4] = ["same as", "as above", "ditto", "see above"];
    let folded = text.to_ascii_lowercase();
    let refers = WORDS.iter().chain(&ENGLISH).any(|word| folded.contains(word));
    let (zh, en) = ("指向同一记录的另一栏", "refers to another attribute of the record");
    refers.then(|| Finding::with_detail(Defect::Missing, zh, en))
}

/// A [`reference`] to another column, or the word that there is none: 电话：无, 号码不详.
pub(super) fn no_number(text: &str) -> Option<Finding> {
    const NONE: [&str; 6] = ["不详", "暂无", "无电话", "无手机", "没有电话", "没有手机"];
    // Such remarks are short, and hold no number of their own.
    if text.len() > 60 || text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(finding) = reference(text) {
        return Some(finding);
    }
    let labelled = text.split_once([':', '：']).is_some_and(|(_, value)| is_missing(value));
    (labelled || NONE.iter().any(|word| text.contains(word))).then(|| Finding::of(Defect::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_numbers() {
        for date in ["1985-03-12", "1985/3/12", "1985年3月12日", "19850312", "2010.03.12"] {
            assert!(is_date(date), "{date}");
        }
        for number in ["20100312", "1985-13-12", "010-6552-9988", "139-1234-0007", "19851312", "1985-03", ""] {
            assert!(!is_date(number), "{number}");
        }
    }

    #[test]
    fn references_are_no_numbers() {
        for text in ["同手机", "微信同号", "与手机同号", "Same as mobile", "同上", "电话：无", "号码不详"]
        {
            assert!(no_number(text).is_some(), "{text}");
        }
        for text in ["13912340007 微信同号", "张三", "010-65529988"] {
            assert!(no_number(text).is_none(), "{text}");
        }
    }
}
