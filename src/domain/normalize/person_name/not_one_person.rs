//! What stands in a name field and is not one person: several persons, organisations, numbers.

use super::{han_name, has_brackets, without_brackets};
use crate::domain::finding::{Defect, Finding};
use crate::domain::text::char_set::CharSet;
use crate::domain::text::han::{is_han, is_surname, name_to_simplified, simplified};
use crate::domain::text::latin;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The persons in one field: 张三、李四 are two, 张 三 is one; so are John & Mary Smith.
pub fn several(text: &str) -> Vec<String> {
    let one = || vec![text.to_owned()];
    if text.chars().any(is_han) {
        let couple = text.trim_end_matches("夫妇").trim_end_matches("夫妻");
        let pieces: Vec<&str> = couple
            .split(['、', '/', ';', '；', '，', ',', '&', '+', '和', '与', ' '])
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        let is_name = |piece: &&str| {
            let simplified = name_to_simplified(piece);
            let letters = simplified.chars().filter(|c| is_han(*c)).count();
            (2..=4).contains(&letters)
                && letters == simplified.chars().count()
                && simplified.chars().next().is_some_and(is_surname)
                && !han_name::parse(&format!("王{simplified}")).surname_only
        };
        let split = (2..=4).contains(&pieces.len()) && pieces.iter().all(is_name);
        return if split { pieces.into_iter().map(str::to_owned).collect() } else { one() };
    }
    if !text.contains(['&', ';']) && !text.contains(" and ") {
        return one();
    }
    let joined = text.replace(" and ", "&").replace(';', "&");
    let pieces: Vec<&str> = joined.split('&').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let Some(last) = pieces.last().filter(|_| (2..=4).contains(&pieces.len())) else { return one() };
    let family = last.split_whitespace().next_back().unwrap_or_default();
    let complete =
        |piece: &&str| if piece.contains([' ', ',']) { (*piece).to_owned() } else { format!("{piece} {family}") };
    pieces.iter().map(complete).collect()
}

/// Former and other names that a field states beside the name: 张三(曾用名李四), 张三 又名：李四. Each with a label.
pub fn without_aliases(text: &str) -> (String, Vec<(&'static str, String)>) {
    let none = || (text.to_owned(), Vec::new());
    // Every mark ends in this character.
    if !text.contains('名') {
        return none();
    }
    let found = ALIAS_MARKS.iter().find_map(|(mark, label)| Some((text.split_once(mark)?, *label)));
    let Some(((before, after), label)) = found else { return none() };
    let is_outside = |c: char| matches!(c, ' ' | '(' | ')' | '[' | ']' | '【' | '】' | ',' | '，' | '、' | ';' | '/');
    let main = before.trim_end_matches(is_outside);
    let named = after.trim_start_matches(|c| matches!(c, ':' | '：' | '是' | '为' | '叫') || is_outside(c));
    let end = named.find(is_outside).unwrap_or(named.len());
    let (alias, rest) = named.split_at_checked(end).unwrap_or((named, ""));
    let letters = alias.chars().filter(|c| is_han(*c) || c.is_alphabetic()).count();
    if main.is_empty() || !(2..=20).contains(&letters) {
        return none();
    }
    let rest = rest.trim_matches(is_outside);
    (format!("{main} {rest}").trim().to_owned(), vec![(label, alias.to_owned())])
}

const ALIAS_MARKS: &[(&str, &str)] = &[
    ("曾用名", "former_name"),
    ("原名", "former_name"),
    ("旧名", "former_name"),
    ("本名", "alias"),
    ("又名", "alias"),
    ("别名", "alias"),
    ("別名", "alias"),
    ("小名", "alias"),
    ("艺名", "alias"),
    ("笔名", "alias"),
    ("英文名", "alias"),
    ("中文名", "alias"),
];

/// Organisations and numbers in the name column.
pub fn wrong_column(text: &str) -> Option<Finding> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 7 && digits * 2 > text.chars().count() {
        let (zh, en) = ("姓名栏里是号码", "a number in the name column");
        return Some(Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    if text.contains('@') && text.contains('.') {
        let (zh, en) = ("姓名栏里是邮箱", "an e-mail address in the name column");
        return Some(Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    let outer = if has_brackets(text) { Cow::Owned(without_brackets(text).0) } else { Cow::Borrowed(text.trim()) };
    let simplified = simplified(&outer);
    if COLUMN_NAMES.contains(&&*simplified) {
        return Some(Finding::with_detail(Defect::Placeholder, "是栏位的名称", "the name of the column"));
    }
    let long_enough = simplified.chars().count() >= 4;
    let telling = simplified.chars().any(|c| ORGANISATION_CHARACTERS.contains(c));
    let is_organisation = telling && ORGANISATION_WORDS.iter().any(|word| simplified.contains(word))
        || (telling && long_enough && ORGANISATION_ENDINGS.iter().any(|word| simplified.ends_with(word)))
        || is_latin_organisation(&simplified);
    is_organisation.then(|| {
        let finding =
            Finding::with_detail(Defect::WrongColumn, "姓名栏里是单位名称", "an organisation in the name column");
        finding.suggest(text, "移到单位名称栏", "move it to the organisation name")
    })
}

/// What forms call the column or show in an empty one.
const COLUMN_NAMES: [&str; 12] = [
    "昵称",
    "微信昵称",
    "微信名",
    "微信用户",
    "网名",
    "QQ昵称",
    "QQ网名",
    "用户昵称",
    "客户昵称",
    "默认昵称",
    "淘宝昵称",
    "抖音昵称",
];

/// The last characters of the words that tell an organisation wherever they stand.
pub fn last_of_words() -> impl Iterator<Item = char> {
    ORGANISATION_WORDS.iter().filter_map(|word| word.chars().next_back())
}

/// The last characters of the words that tell an organisation at the end of its name.
pub fn last_of_endings() -> impl Iterator<Item = char> {
    ORGANISATION_ENDINGS.iter().filter_map(|word| word.chars().next_back())
}

static ORGANISATION_CHARACTERS: LazyLock<CharSet> =
    LazyLock::new(|| CharSet::of(last_of_words().chain(last_of_endings())));

/// Whether the last word is a legal form: Smith Ltd.
pub fn is_latin_organisation(text: &str) -> bool {
    const FORMS: [&str; 12] = [
        "inc",
        "llc",
        "ltd",
        "limited",
        "gmbh",
        "corp",
        "corporation",
        "company",
        "plc",
        "llp",
        "holdings",
        "incorporated",
    ];
    if text.is_ascii() && !text.contains(['\'', '`']) {
        // What folding would do, without a copy.
        let mut words = text.rsplit(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let is_form = |last: &str| FORMS.iter().any(|form| form.eq_ignore_ascii_case(last));
        return words.next().is_some_and(is_form) && words.next().is_some();
    }
    let words = latin::words(text);
    words.len() > 1 && words.last().is_some_and(|last| FORMS.contains(&last.as_str()))
}

const ORGANISATION_WORDS: &[&str] = &[
    "有限公司",
    "有限责任",
    "公司",
    "集团",
    "工作室",
    "商行",
    "批发",
    "经营部",
    "事务所",
    "合作社",
    "研究院",
    "研究所",
    "委员会",
    "幼儿园",
    "加工厂",
    "服务部",
    "销售部",
    "门市部",
    "便利店",
    "专卖店",
    "旗舰店",
    "培训",
    "建材",
    "装饰工程",
];

const ORGANISATION_ENDINGS: &[&str] = &[
    "店", "厂", "超市", "酒店", "宾馆", "学校", "医院", "银行", "协会", "中心", "餐厅", "饭店", "药房", "大学", "中学",
    "小学", "部",
];
