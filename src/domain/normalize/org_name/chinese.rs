//! Names of organisations in Chinese characters: [place] core [trade] [legal form] [branch], the place also in brackets.

use super::super::address::places;
use super::legal_form::{BRACKETED_FORMS, CHINESE_FORMS, FORM_ENDINGS, FORMS_IN_FRONT, KIND_ENDINGS};
use super::{NameParts, alias, trade, typo};
use crate::domain::record::OrgName;
use crate::domain::text::han::{COMPOUND_SURNAMES, is_han, is_surname};
use crate::domain::text::latin;
use smol_str::{SmolStr, format_smolstr};
use std::borrow::Cow;

/// Takes a simplified name apart.
pub fn parse(simplified: &str) -> NameParts {
    let mut parts = taken_apart(simplified);
    let form_says_nothing = matches!(parts.name.legal_form, "" | "company");
    let known = form_says_nothing.then(|| alias::full_name(&parts.bare)).flatten();
    if let Some(full) = known {
        use_official_name(full, &mut parts);
    }
    parts
}

/// The official name's core serves as the key of a short name; place and branch of the name as written win.
pub fn use_official_name(full: &'static str, parts: &mut NameParts) {
    let official = taken_apart(full).name;
    if parts.name.place.is_empty() {
        parts.name.place = official.place;
    }
    if official.core != parts.name.core {
        parts.alias_of = full;
    }
    parts.name.core = official.core;
    parts.name.legal_form = "";
}

fn taken_apart(simplified: &str) -> NameParts {
    let mut name = OrgName::default();
    // Nearly every name is Han throughout and stays as it is.
    let outside = match simplified.chars().all(is_han) {
        true => Cow::Borrowed(simplified),
        false => Cow::Owned(without_brackets(&latin::fold(simplified), &mut name)),
    };
    let mut parts = NameParts::default();
    let with_branch = &*outside;
    let parent = if name.branch.is_empty() { take_branch(with_branch, &mut name) } else { with_branch };
    let repaired = typo::repaired(parent);
    if let Some(repaired) = &repaired {
        parts.repaired = Some(format!("{repaired}{}", with_branch.get(parent.len()..).unwrap_or_default()));
    }
    let whole = repaired.as_deref().unwrap_or(parent);
    let bare = take_form(whole, &mut name);
    let rest = take_places(bare, &mut name);
    if !name.branch.is_empty() {
        parts.parent = SmolStr::new(parent);
    }
    let (head, tail) = trade::split_trade(rest);
    (parts.head, parts.trade) = (SmolStr::new(head), SmolStr::new(tail));
    if matches!(name.legal_form, "" | "sole_trader") {
        parts.person = SmolStr::new(person_of(rest).unwrap_or_default());
    }
    if matches!(name.legal_form, "" | "company") {
        parts.bare = SmolStr::new(bare);
    }
    name.core = SmolStr::new(rest);
    parts.name = name;
    parts
}

/// The letters and digits outside brackets, with those inside that belong to the name.
fn without_brackets(folded: &str, name: &mut OrgName) -> String {
    let mut outside = String::with_capacity(folded.len());
    let mut inside: Option<String> = None;
    for c in folded.chars() {
        match (c, inside.as_mut()) {
            ('(' | '[' | '【' | '〔' | '{', None) => inside = Some(String::new()),
            (')' | ']' | '】' | '〕' | '}', Some(text)) => {
                let text = std::mem::take(text);
                inside = None;
                take_bracket(&text, name, &mut outside);
            }
            (c, Some(text)) if c.is_alphanumeric() => text.push(c),
            (c, None) if c.is_alphanumeric() => outside.push(c),
            _ => {}
        }
    }
    outside.push_str(&inside.unwrap_or_default());
    outside
}

/// (中国), (上海) are places; (集团), (有限合伙) forms; (西单店) a branch; anything else belongs to the name.
fn take_bracket(text: &str, name: &mut OrgName, outside: &mut String) {
    const BRANCHES: [&str; 8] = ["店", "分公司", "支行", "分行", "营业部", "校区", "院区", "分校"];
    let bare = text.strip_suffix("特别行政区").unwrap_or_else(|| text.trim_end_matches(['市', '省']));
    let form = CHINESE_FORMS.iter().chain(BRACKETED_FORMS).find(|(word, _)| *word == text);
    if places::is_place(bare) {
        add_place(bare, name);
    } else if let Some((_, form)) = form {
        name.legal_form = form;
    } else if let Some(county) = county_at_start(text).filter(|county| county.len() == text.len()) {
        add_place(county, name);
    } else if !outside.is_empty() && text.chars().count() > 1 && BRANCHES.iter().any(|ending| text.ends_with(ending)) {
        name.branch = SmolStr::new(text);
    } else {
        outside.push_str(text);
    }
}

/// …上海分公司, …第一分店, …支行: another party than its parent. What stays is the parent.
fn take_branch<'a>(text: &'a str, name: &mut OrgName) -> &'a str {
    const ENDINGS: [&str; 22] = [
        "分公司",
        "子公司",
        "分店",
        "支行",
        "分行",
        "营业部",
        "办事处",
        "分部",
        "分厂",
        "分校",
        "分院",
        "分所",
        "分社",
        "分中心",
        "分支机构",
        "代表处",
        "分理处",
        "储蓄所",
        "营业所",
        "营业厅",
        "项目部",
        "事业部",
    ];
    // Every ending ends in one of these: most names have none and leave at once.
    if !text.ends_with(['司', '店', '行', '部', '处', '厂', '校', '院', '所', '社', '心', '构', '厅']) {
        return text;
    }
    if text.ends_with("公司") && !text.ends_with("分公司") && !text.ends_with("子公司") {
        return text;
    }
    let Some(head) = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)) else { return text };
    // A street's office is an authority, not a branch.
    if head.is_empty() || head.ends_with("街道") {
        return text;
    }
    let end = parent_end(head);
    let (Some(parent), Some(branch)) = (text.get(..end), text.get(end..)) else { return text };
    name.branch = SmolStr::new(branch);
    parent
}

/// Where the parent's own name ends: behind its legal form, or before the place and ordinal that belong to the branch.
fn parent_end(head: &str) -> usize {
    const FORMS: [&str; 12] =
        ["公司", "银行", "集团", "信用社", "合作社", "事务所", "大学", "学校", "医院", "研究院", "旅行社", "酒店"];
    let behind_form = FORMS.iter().filter_map(|form| Some(head.rfind(form)? + form.len())).max();
    if let Some(end) = behind_form.or_else(|| trade::last_shop_end(head).filter(|end| *end < head.len())) {
        return end;
    }
    let mut parent = head.trim_end_matches(|c: char| "一二三四五六七八九十百0123456789".contains(c));
    if parent.len() < head.len() {
        parent = parent.strip_suffix('第').unwrap_or(head);
    }
    let short = parent.strip_suffix(['市', '省']).unwrap_or(parent);
    let place_at = short
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .take(4)
        .skip(1)
        .find(|at| *at > 0 && short.get(*at..).is_some_and(places::is_place));
    place_at.unwrap_or(parent.len())
}

fn take_form<'a>(text: &'a str, name: &mut OrgName) -> &'a str {
    if let Some((rest, form)) = FORM_ENDINGS.split(text) {
        if name.legal_form.is_empty() || name.legal_form == "company" {
            name.legal_form = form;
        }
        return rest;
    }
    let in_front = FORMS_IN_FRONT.iter().find_map(|word| Some((text.strip_prefix(word)?, *word)));
    if let Some((rest, word)) = in_front.filter(|(rest, _)| !rest.is_empty()) {
        let class = CHINESE_FORMS.iter().find(|(form, _)| *form == word).map_or("", |(_, class)| class);
        name.legal_form = class;
        return rest;
    }
    if name.legal_form.is_empty()
        && let Some((_, kind)) = KIND_ENDINGS.split(text)
    {
        name.legal_form = kind;
    }
    text
}

/// A place inside brackets and one in front are both part of the name: 北京归一(上海) is neither 北京归一 nor 上海归一.
fn add_place(place: &str, name: &mut OrgName) {
    if !name.place.contains(place) {
        name.place = format_smolstr!("{}{place}", name.place);
    }
}

fn take_places<'a>(text: &'a str, name: &mut OrgName) -> &'a str {
    let mut rest = text;
    let mut found = "";
    // 广东省深圳市…: the last place is the narrowest.
    for _ in 0..3 {
        let Some(place) = places::at_start(rest) else { break };
        let after = rest.strip_prefix(place).unwrap_or(rest);
        let units = ["特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "省", "市"];
        let after = units.iter().find_map(|unit| after.strip_prefix(unit)).unwrap_or(after);
        if !stands_alone(after) {
            break;
        }
        found = place;
        rest = after;
    }
    if let Some(county) = county_at_start(rest) {
        let after = rest.strip_prefix(county).unwrap_or(rest);
        if stands_alone(after) {
            found = if found.is_empty() { county } else { found };
            rest = after;
        }
    }
    if !found.is_empty() && !name.place.contains(found) {
        name.place = if name.place.is_empty() { SmolStr::new(found) } else { format_smolstr!("{found}{}", name.place) };
    }
    // 阿里巴巴中国有限公司 is 阿里巴巴(中国)有限公司.
    let company = matches!(name.legal_form, "limited" | "joint_stock");
    let at_end = if company && name.place.is_empty() { place_at_end(rest) } else { None };
    match at_end {
        Some(at) => {
            let (head, place) = rest.split_at_checked(at).unwrap_or((rest, ""));
            add_place(place, name);
            head
        }
        None => rest,
    }
}

/// 北京大学, 上海银行: without two more characters the place is the name.
fn stands_alone(after: &str) -> bool {
    const GENERIC: [&str; 14] = [
        "大学",
        "银行",
        "学院",
        "医院",
        "航空",
        "证券",
        "电视台",
        "日报",
        "人民医院",
        "工业大学",
        "师范大学",
        "理工大学",
        "集团",
        "控股",
    ];
    after.chars().nth(1).is_some() && !GENERIC.contains(&after)
}

/// 朝阳区, 浦东新区, 桐庐县, 横店镇 at the start: a county or township by its unit.
fn county_at_start(text: &str) -> Option<&str> {
    const NO_DIVISIONS: [&str; 16] = [
        "小区", "社区", "园区", "景区", "校区", "厂区", "地区", "街区", "库区", "片区", "特区", "赛区", "专区", "展区",
        "故乡", "古镇",
    ];
    let unit = text.char_indices().skip(1).take(5).find(|(_, c)| matches!(c, '区' | '县' | '镇' | '乡' | '旗'))?;
    let place = text.get(..unit.0 + unit.1.len_utf8())?;
    let usual = place.chars().nth(2).is_some() && place.chars().all(is_han);
    (usual && !NO_DIVISIONS.iter().any(|word| place.ends_with(word))).then_some(place)
}

/// Places that end a company's name often enough to be told from a word of it: 中国 and the provinces.
const WIDE_PLACES: [&str; 35] = [
    "中国",
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
];

/// Where a place at the very end begins: 中国 or a province behind two characters, a city behind three.
fn place_at_end(text: &str) -> Option<usize> {
    let mut starts = text.char_indices().rev().map(|(at, _)| at);
    starts.next()?;
    starts.take(2).find(|at| {
        let (head, tail) = text.split_at_checked(*at).unwrap_or((text, ""));
        let head_chars_min = || if WIDE_PLACES.contains(&tail) { 2 } else { 3 };
        places::is_place(tail) && head.chars().nth(head_chars_min() - 1).is_some()
    })
}

/// The person a shop is named by: 张三便利店. Two or three characters that begin with a surname, then only shop words.
fn person_of(rest: &str) -> Option<&str> {
    // Characters of good omen that brands are made of far more often than the given names of shopkeepers.
    const COMMERCIAL: &str = "鑫福记盛隆源顺汇旺氏家味鲜香食味井大城港湾园路街巷村桥道牌";
    let mut starts = rest.char_indices().map(|(at, _)| at).skip(2).take(3);
    let shop_at = starts.find(|at| rest.get(*at..).is_some_and(trade::is_whole_shop))?;
    let person = rest.get(..shop_at)?;
    let surname_chars = if COMPOUND_SURNAMES.iter().any(|surname| person.starts_with(surname)) { 2 } else { 1 };
    let given_chars = person.chars().count().checked_sub(surname_chars)?;
    let fits = (1..=2).contains(&given_chars)
        && (surname_chars == 2 || person.chars().next().is_some_and(is_surname))
        && !person.chars().skip(surname_chars).any(|c| COMMERCIAL.contains(c) || !is_han(c));
    fits.then_some(person)
}
