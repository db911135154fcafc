//! Texts that name no day by themselves: ages, relative dates, sexagenary and reign years, lunar days without a year.

use super::super::super::date::CivilDate;
use super::super::super::finding::Fact;
use super::{lunar, numerals};

/// Why a text is not read as a date, and what follows from it all the same.
#[derive(Debug)]
pub(super) struct Refused {
    pub zh: &'static str,
    pub en: &'static str,
    pub facts: Vec<Fact>,
}

const REIGNS: [&str; 12] =
    ["顺治", "康熙", "雍正", "乾隆", "嘉庆", "道光", "咸丰", "同治", "光绪", "光緒", "宣统", "宣統"];

const RELATIVE: [&str; 45] = [
    "今天",
    "昨天",
    "明天",
    "前天",
    "后天",
    "後天",
    "今日",
    "昨日",
    "明日",
    "明後日",
    "今年",
    "去年",
    "明年",
    "前年",
    "后年",
    "後年",
    "本月",
    "今月",
    "先月",
    "来月",
    "上月",
    "下月",
    "上个月",
    "下个月",
    "这个月",
    "本周",
    "上周",
    "下周",
    "这周",
    "今週",
    "先週",
    "来週",
    "上星期",
    "下星期",
    "今夜",
    "今晚",
    "昨晚",
    "刚才",
    "现在",
    "目前",
    "至今",
    "오늘",
    "어제",
    "내일",
    "当前",
];

/// A character that every one of them has.
const BEGINNINGS: &str = "今昨明前后後去本先来上下这刚现目至当오어내";

const RELATIVE_LATIN: [&str; 16] = [
    "today",
    "yesterday",
    "tomorrow",
    "ago",
    "last",
    "next",
    "now",
    "aujourd",
    "hier",
    "demain",
    "heute",
    "gestern",
    "morgen",
    "hoy",
    "ayer",
    "overmorgen",
];

/// Whether and why a text is refused; `reference` is the day on which it was written, where known.
pub(super) fn reason(text: &str, reference: Option<CivilDate>) -> Option<Refused> {
    let refused = |zh, en| Some(Refused { zh, en, facts: Vec::new() });
    if let Some((age, nominal)) = age(text) {
        return Some(Refused {
            zh: "年龄，不是日期",
            en: "an age, not a date",
            facts: age_facts(age, nominal, reference),
        });
    }
    if !text.is_ascii() {
        let last = reference.map_or(2_100, |date| i32::from(date.year()));
        if let Some(years) = lunar::cycle_years(text, last) {
            let shown: Vec<String> = years.iter().map(i32::to_string).collect();
            let facts = vec![Fact::new("candidate_years", shown.join(","))];
            let (zh, en) = ("干支纪年每六十年重复，无法确定年份", "a sexagenary year comes back every 60 years");
            return Some(Refused { zh, en, facts });
        }
        if REIGNS.iter().any(|reign| text.starts_with(reign)) {
            return refused("帝王年号纪年，不支持换算", "a year of an emperor's reign is not converted");
        }
        let begun = text.contains(|c| BEGINNINGS.contains(c));
        if begun && (RELATIVE.iter().any(|word| text.contains(word)) || is_before_or_after(text)) {
            return refused("相对日期，缺少参照时间", "a relative date says nothing without its day of writing");
        }
    }
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let relative = |word: &str| RELATIVE_LATIN.iter().any(|name| word.eq_ignore_ascii_case(name));
    if words().any(relative) {
        return refused("相对日期，缺少参照时间", "a relative date says nothing without its day of writing");
    }
    None
}

/// 3天前, 两年后: a unit of time before 前 or 后.
fn is_before_or_after(text: &str) -> bool {
    let text = text.trim_end_matches(['以', '之']);
    let units = ["天", "日", "周", "週", "星期", "月", "年", "小时", "日間"];
    let rest = ["前", "后", "後"].iter().find_map(|end| text.strip_suffix(end));
    rest.is_some_and(|rest| units.iter().any(|unit| rest.trim_end_matches(['以', '之']).ends_with(unit)))
}

/// 38岁, 38周岁, 虚岁38, 38 years old, age 38: the years, and whether they count from the year of birth as one.
fn age(text: &str) -> Option<(u32, bool)> {
    let lower = text.to_ascii_lowercase();
    let marks = [
        "周岁",
        "週歲",
        "虚岁",
        "虛歲",
        "岁",
        "歲",
        "年龄",
        "年齡",
        "歳",
        "years old",
        "year old",
        "y/o",
        "yrs",
        "aged",
        "age",
    ];
    let bare = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    if !bare && !marks.iter().any(|mark| lower.contains(mark)) {
        return None;
    }
    let nominal = lower.contains('虚') || lower.contains('虛');
    let plain = marks.iter().fold(lower, |text, mark| text.replace(mark, ""));
    let number = plain.trim_matches(|c: char| matches!(c, ' ' | ':' | '：' | '.' | ',')).to_owned();
    let number = numerals::parse(&number).filter(|number| number.digits <= 3 && number.value <= 150)?;
    u32::try_from(number.value).ok().map(|age| (age, nominal))
}

/// The age, and the years of birth that it leaves.
fn age_facts(age: u32, nominal: bool, reference: Option<CivilDate>) -> Vec<Fact> {
    let mut facts = vec![Fact::new("age", age.to_string())];
    if let Some(today) = reference {
        let latest = i64::from(today.year()) - i64::from(age) + i64::from(nominal);
        facts.push(Fact::new("birth_year_from", (latest - 1).to_string()));
        facts.push(Fact::new("birth_year_to", latest.to_string()));
    }
    facts
}
