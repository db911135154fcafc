//! Values that say that there is no value, and names that name nobody. Conservative: whole values only, so that the
//! surnames Null, None and Test survive inside a longer name.

use super::char_set::CharSet;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Whether a cleaned value says that there is none: empty, 无, N/A, `-`, `***` …
///
/// Digits are never missing here: 0 is a fine count and a gender code.
pub fn is_missing(cleaned: &str) -> bool {
    // No entry of the list is so long, and no filler stands around a text between two letters or digits.
    if cleaned.len() > MISSING_BYTES_MAX
        && let ([first, ..], [.., last]) = (cleaned.as_bytes(), cleaned.as_bytes())
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return false;
    }
    let mut chars = cleaned.chars();
    let Some(first) = chars.next() else { return true };
    if !is_filler(first) && !is_filler(chars.next_back().unwrap_or(first)) {
        return says_missing(cleaned);
    }
    let text = cleaned.trim();
    if text.len() > MISSING_BYTES_MAX && !text.starts_with(is_filler) && !text.ends_with(is_filler) {
        return false;
    }
    // （无）, -无-, 无。: the same without the filler around it.
    let inner = text.trim_matches(is_filler);
    inner.is_empty() || says_missing(text) || inner.len() < text.len() && says_missing(inner)
}

/// Whether the list has the text, whatever its case.
fn says_missing(text: &str) -> bool {
    if text.len() > MISSING_BYTES_MAX {
        return false;
    }
    let Some(first) = text.chars().next() else { return false };
    if !MISSING_FIRST.contains(first.to_ascii_lowercase()) {
        return false;
    }
    let candidates = MISSING_BY_FIRST.get(&first.to_ascii_lowercase());
    candidates.is_some_and(|candidates| candidates.iter().any(|entry| entry.eq_ignore_ascii_case(text)))
}

/// Bytes of the longest entry of the list.
const MISSING_BYTES_MAX: usize = 17;

static MISSING_FIRST: LazyLock<CharSet> = LazyLock::new(|| CharSet::of(MISSING_BY_FIRST.keys().copied()));

static MISSING_BY_FIRST: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for &entry in MISSING {
        by_first.entry(entry.chars().next().unwrap_or_default()).or_default().push(entry);
    }
    by_first
});

/// Whether a name is a stand-in for an unknown or invented person: 无名氏, 客户, 先生, test, aaa, 123.
pub fn is_placeholder_name(cleaned: &str) -> bool {
    if is_missing(cleaned) {
        return true;
    }
    let text = cleaned.trim();
    if text.starts_with("测试") || text.ends_with("测试") || text.starts_with("測試") {
        return true;
    }
    let without_number =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '。' | '_' | '-'));
    if without_number.is_empty() {
        return true;
    }
    if without_number.is_ascii() && without_number.len() > NAMES_BYTES_MAX {
        return is_one_letter_repeated(without_number);
    }
    let folded = folded(without_number);
    NAMES_SET.contains(&*folded) || is_one_letter_repeated(&folded)
}

/// Whether the digits of a text are one digit repeated (88888888) or a run (12345678, 98765432); at least four digits.
pub fn is_repeated_or_sequential_digits(text: &str) -> bool {
    let mut digits = text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0');
    let Some(mut previous) = digits.next() else { return false };
    let (mut count, mut step) = (1, None);
    for digit in digits {
        let this = (digit + 10 - previous) % 10;
        if !matches!(this, 0 | 1 | 9) || step.is_some_and(|step| step != this) {
            return false;
        }
        (previous, step) = (digit, Some(this));
        count += 1;
    }
    count >= 4
}

/// Punctuation that people type where nothing is known.
fn is_filler(c: char) -> bool {
    if c.is_ascii_alphanumeric() || matches!(c, '\u{4E00}'..='\u{9FFF}') {
        return false;
    }
    c.is_whitespace()
        || (c.is_ascii_punctuation())
        || matches!(
            c,
            '—' | '–' | '―' | '…' | '。' | '、' | '，' | '·' | '？' | '！' | '～' | '＊' | '／' | '＿' | '－'
        )
        || matches!(
            c,
            '“' | '”'
                | '‘'
                | '’'
                | '（'
                | '）'
                | '【'
                | '】'
                | '「'
                | '」'
                | '《'
                | '》'
                | '〇'
                | '※'
                | '■'
                | '□'
                | '●'
                | '×'
        )
}

fn folded(text: &str) -> Cow<'_, str> {
    let caseless = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii() && !c.is_ascii_uppercase();
    if text.chars().all(caseless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() })
}

fn is_one_letter_repeated(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    let is_first = |other: char| first.is_some_and(|first| other.eq_ignore_ascii_case(&first));
    text.len() >= 3 && first.is_some_and(|c| c.is_ascii_alphabetic()) && chars.all(is_first)
}

const MISSING: &[&str] = &[
    "无",
    "暂无",
    "没有",
    "不详",
    "未知",
    "未填",
    "未填写",
    "未提供",
    "未登记",
    "未录入",
    "未设置",
    "待补",
    "待补充",
    "待定",
    "待填",
    "空",
    "空白",
    "同上",
    "不明",
    "缺失",
    "暂缺",
    "保密",
    "不便透露",
    "不愿透露",
    "请选择",
    "其他未知",
    "无信息",
    "无数据",
    "暂无信息",
    "暂无数据",
    "没填",
    "不知道",
    "不清楚",
    "不适用",
    "未采集",
    "无此项",
    "无法获取",
    "無",
    "暫無",
    "沒有",
    "不詳",
    "未填寫",
    "未提供資料",
    "保密中",
    "n/a",
    "na",
    "n.a.",
    "n.a",
    "n/k",
    "null",
    "none",
    "nil",
    "nan",
    "undefined",
    "unknown",
    "not available",
    "not applicable",
    "not provided",
    "not known",
    "not given",
    "missing",
    "empty",
    "blank",
    "tbd",
    "unk",
    "#n/a",
    "#value!",
    "#ref!",
    "#null!",
    "#num!",
    "#name?",
    "#div/0!",
    "\\n",
    "n\\a",
    "please select",
    "prefer not to say",
];

/// Bytes of the longest entry in ASCII letters.
const NAMES_BYTES_MAX: usize = 18;

static NAMES_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NAMES.iter().copied().collect());

const NAMES: &[&str] = &[
    "无名氏",
    "无名",
    "無名氏",
    "匿名",
    "匿名用户",
    "匿名者",
    "佚名",
    "某某",
    "某某某",
    "某人",
    "客户",
    "客戶",
    "顾客",
    "散客",
    "访客",
    "游客",
    "用户",
    "新用户",
    "微信用户",
    "会员",
    "普通会员",
    "买家",
    "收件人",
    "收货人",
    "联系人",
    "本人",
    "自己",
    "亲",
    "路人",
    "路人甲",
    "先生",
    "女士",
    "小姐",
    "太太",
    "师傅",
    "老板",
    "经理",
    "老师",
    "先生女士",
    "先生/女士",
    "默认",
    "姓名",
    "名字",
    "昵称",
    "未命名",
    "临时客户",
    "零售客户",
    "个人",
    "商户",
    "test",
    "tests",
    "tester",
    "testing",
    "test test",
    "test user",
    "testuser",
    "test name",
    "test account",
    "xxx",
    "asdf",
    "asdfgh",
    "asd",
    "qwe",
    "qwer",
    "qwert",
    "qwerty",
    "abc",
    "abcd",
    "abcdef",
    "anonymous",
    "anon",
    "unnamed",
    "nobody",
    "no name",
    "noname",
    "customer",
    "client",
    "guest",
    "user",
    "new user",
    "member",
    "admin",
    "administrator",
    "demo",
    "sample",
    "dummy",
    "name",
    "first name",
    "last name",
    "full name",
    "firstname lastname",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mr.",
    "mrs.",
    "sir",
    "madam",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_entry_is_longer_than_the_limit() {
        assert_eq!(MISSING.iter().map(|entry| entry.len()).max(), Some(MISSING_BYTES_MAX));
        let ascii = NAMES.iter().filter(|name| name.is_ascii());
        assert_eq!(ascii.map(|name| name.len()).max(), Some(NAMES_BYTES_MAX));
    }

    #[test]
    fn missing_values() {
        for text in [
            "",
            " ",
            "无",
            "暂无",
            "N/A",
            "n.a.",
            "NULL",
            "None",
            "-",
            "--",
            "—",
            "/",
            "???",
            "？？？",
            "***",
            ".",
            "#N/A",
            "（无）",
            "【暂无】",
            "无。",
            "-无-",
            "(null)",
            "<NULL>",
            "\\N",
            "Not Available",
        ] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["0", "1", "Null John", "John Null", "无锡", "无为", "Test", "李", "aaa", "一"] {
            assert!(!is_missing(text), "{text}");
        }
    }

    #[test]
    fn placeholder_names() {
        for text in
            ["无名氏", "客户", "客户12", "匿名", "测试", "测试张三", "TEST", "test1", "aaa", "XXX", "123", "女士", "。"]
        {
            assert!(is_placeholder_name(text), "{text}");
        }
        for text in ["张三", "Testa Rossa", "Aa", "王先生", "John Test", "Guest John", "ng"] {
            assert!(!is_placeholder_name(text), "{text}");
        }
    }

    #[test]
    fn repeated_and_sequential_digits() {
        for text in ["88888888888", "12345678", "1234567890", "9876543210", "0000"] {
            assert!(is_repeated_or_sequential_digits(text), "{text}");
        }
        for text in ["", "123", "13800138000", "1357", "12346"] {
            assert!(!is_repeated_or_sequential_digits(text), "{text}");
        }
    }
}
