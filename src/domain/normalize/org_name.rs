//! Names of organisations: place, distinctive core, trade, legal form and branch, Chinese and foreign.
//!
//! The displayed name is the name as written, simplified and with one kind of bracket. What two spellings of one name
//! have in common – place in front or in brackets, 有限公司 or 有限责任公司, 工行 or 中国工商银行 – is brought together
//! in the prepared [`OrgName`] only.

use super::{Field, prepared};
use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Fact, Finding, Validity};
use crate::domain::record::{Attribute, AttributeKind, OrgName, Value};
use crate::domain::text::han::{self, is_han, to_simplified};
use crate::domain::text::{latin, placeholder};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

mod alias;
mod chinese;
mod foreign;
mod legal_form;
mod legal_form_words;
mod remark;
mod trade;
mod typo;

pub use foreign::base_name;

/// A name taken apart, with what is told besides.
#[derive(Default)]
struct NameParts {
    name: OrgName,
    /// The core without words of trade (字号).
    head: SmolStr,
    /// Words of trade at the end of the core, with 集团 and 控股.
    trade: SmolStr,
    /// The name without legal form and branch, where it may be a short name.
    bare: SmolStr,
    /// The organisation that a branch belongs to, folded.
    parent: SmolStr,
    /// The person a shop is named by.
    person: SmolStr,
    /// The official name that this one is short for; empty when it is none.
    alias_of: &'static str,
    /// The name with its legal form spelt right, where it was not.
    repaired: Option<String>,
}

/// Prepares the name of an organisation or employer.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let Field { raw, text, plain, cleaned } = *field;
    // What is plain has no compatibility forms.
    let simplified = if plain { han::simplified(text) } else { simplified(text) };
    if is_placeholder(&simplified) {
        let value = Value::Text(latin::fold(&simplified).into());
        let checked = Checked::suspect(text, Finding::of(Defect::Placeholder));
        let mut attribute = prepared(raw, cleaned, checked, value);
        attribute.evidence = false;
        return attribute;
    }
    let remarks = remark::split(&simplified);
    let current = remarks.as_ref().map_or(&*simplified, |remarks| remarks.current.as_str());
    let mut checked = Checked::valid(display(current));
    record_actions(&mut checked, text, &simplified, current);
    let parts = if current.chars().any(is_han) { chinese::parse(current) } else { foreign::parse(current) };
    if let Some(remarks) = &remarks {
        checked.act(Action::RemarkSplit);
        checked.note(Finding::with_detail(Defect::RemarkRemoved, "另有名称", "another name was split off"));
        let former = remarks.former.iter().map(|name| ("former_name", name));
        for (fact, name) in former.chain(remarks.trading.iter().map(|name| ("trading_name", name))) {
            checked.fact(fact, name.as_str());
        }
    }
    let generic = parts.name.core.chars().nth(1).is_none();
    judge(&mut checked, &parts, generic);
    if raw.kind == AttributeKind::OrgName && looks_like_person(current, &parts.name) {
        let (zh, en) = ("像个人姓名", "looks like a person's name");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    let name = add_facts(&mut checked, parts);
    let mut attribute = prepared(raw, cleaned, checked, Value::OrgName(Box::new(name)));
    attribute.evidence &= !generic;
    attribute
}

/// Simplified, and compatibility characters resolved: NFKC makes ㈱ (株).
fn simplified(text: &str) -> Cow<'_, str> {
    // Common Han, Latin and kana have no compatibility forms: nearly every name skips the tables.
    let plain = |c: char| c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3041}'..='\u{30FE}');
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else if text.chars().all(plain) {
        han::simplified(text)
    } else {
        Cow::Owned(to_simplified(&text.nfkc().collect::<String>()))
    }
}

fn record_actions(checked: &mut Checked, text: &str, simplified: &str, current: &str) {
    if simplified != text {
        let unified: String = text.nfkc().collect();
        if unified != text {
            checked.act(Action::CharactersUnified);
        }
        if unified != simplified {
            checked.act(Action::TraditionalToSimplified);
        }
    }
    if checked.normal != current {
        checked.act(Action::SeparatorsNormalized);
    }
}

fn judge(checked: &mut Checked, parts: &NameParts, generic: bool) {
    if let Some(repaired) = &parts.repaired {
        let (zh, en) = ("组织形式疑似笔误", "probably a typing error in the legal form");
        let finding = Finding::with_detail(Defect::Typo, zh, en).suggest(repaired.as_str(), zh, en);
        checked.worsen(Validity::Suspect, finding);
    }
    if generic {
        let (zh, en) = ("没有可区分的字号", "nothing distinctive in the name");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Partial, zh, en));
    }
}

/// Facts: the parts of the name as the register knows them, and its relations to others. What is left is the name.
fn add_facts(checked: &mut Checked, parts: NameParts) -> OrgName {
    let NameParts { name, head, trade, parent, person, alias_of, .. } = parts;
    let (trade, group) = match trade.ends_with("集团") || trade.ends_with("控股") {
        true => {
            let rest = trade.trim_end_matches("集团").trim_end_matches("控股").trim_end_matches("集团");
            (SmolStr::new(rest), SmolStr::new(trade.get(rest.len()..).unwrap_or_default()))
        }
        false => (trade, SmolStr::default()),
    };
    let facts = [
        ("place", name.place.clone()),
        ("core", head),
        ("trade", trade),
        ("group", group),
        ("legal_form", SmolStr::new_static(name.legal_form)),
        ("branch", name.branch.clone()),
        ("parent", parent),
        ("person", person),
        ("alias_of", SmolStr::new_static(alias_of)),
    ];
    if checked.facts.is_empty() {
        checked.facts = Vec::with_capacity(FACTS_USUAL);
    }
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    checked.facts.extend(told.map(|(name, value)| Fact { name, value }));
    name
}

/// Facts of most names: place, core, trade and legal form.
const FACTS_USUAL: usize = 4;

/// Brackets in one form, as they stand in the register.
fn display(simplified: &str) -> SmolStr {
    const OPEN: [char; 4] = ['[', '【', '〔', '{'];
    const CLOSE: [char; 4] = [']', '】', '〕', '}'];
    // Those beyond ASCII begin with the byte E3.
    let may_be = simplified.bytes().fold(false, |may_be, b| may_be | matches!(b, b'[' | b']' | b'{' | b'}' | 0xE3));
    let bracketed =
        may_be && simplified.chars().any(|c| matches!(c, '[' | '【' | '〔' | '{' | ']' | '】' | '〕' | '}'));
    if !bracketed || !simplified.chars().any(is_han) {
        return SmolStr::new(simplified);
    }
    simplified.replace(OPEN, "(").replace(CLOSE, ")").into()
}

/// Whole values that name no organisation.
const NOT_COMPANIES: &[&str] = &[
    "个人",
    "私人",
    "个人业务",
    "个人客户",
    "自由职业",
    "自由职业者",
    "自由",
    "自由人",
    "无业",
    "无业人员",
    "无职业",
    "待业",
    "待业中",
    "失业",
    "退休",
    "已退休",
    "退休人员",
    "离休",
    "离退休",
    "学生",
    "在校学生",
    "在家",
    "在家务农",
    "务农",
    "农民",
    "打工",
    "家庭主妇",
    "全职太太",
    "全职妈妈",
    "个体",
    "个体户",
    "个体经营",
    "个体工商户",
    "自雇",
    "自己",
    "自营",
    "无单位",
    "无公司",
    "无工作",
    "无工作单位",
    "没有单位",
    "没有工作",
    "无字号",
    "无字号名称",
    "无名称",
    "无店名",
    "无招牌",
    "未起字号",
    "未命名",
    "保密",
    "公司",
    "单位",
    "某公司",
    "某单位",
    "某企业",
    "本公司",
    "我公司",
    "公司名称",
    "单位名称",
    "企业名称",
    "其他单位",
    "其他公司",
    "有限公司",
    "self employed",
    "self-employed",
    "selfemployed",
    "freelance",
    "freelancer",
    "unemployed",
    "not employed",
    "retired",
    "homemaker",
    "housewife",
    "student",
    "private",
    "private individual",
    "individual",
    "personal",
    "no company",
    "company",
    "company name",
    "my company",
];

static NOT_COMPANIES_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NOT_COMPANIES.iter().copied().collect());

fn is_placeholder(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '[', '【']).trim_end_matches([')', ']', '】']);
    // The longest entry has 18 bytes: longer names need no folding.
    if bare.len() <= 24 && (NOT_COMPANIES_SET.contains(bare) || NOT_COMPANIES_SET.contains(&*lower_case(bare))) {
        return true;
    }
    // Companies, as most names are, stand in no list of placeholders.
    let company = bare.ends_with("公司") && !bare.starts_with("测试");
    (!company && placeholder::is_placeholder_name(bare)) || is_dummy(bare)
}

fn lower_case(text: &str) -> Cow<'_, str> {
    let has_capitals = text.bytes().any(|b| b.is_ascii_uppercase());
    if has_capitals { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) }
}

/// 某某有限公司, XXX公司, ××科技有限公司: letters that stand for a name, with nothing but general words behind.
fn is_dummy(text: &str) -> bool {
    let rest = text.trim_start_matches(['某', 'X', 'x', '×', '*', '○', '〇', 'A', 'B', 'C']);
    let mark = text.get(..text.len() - rest.len()).unwrap_or_default();
    let stands_for_a_name = mark.chars().nth(1).is_some()
        && !matches!(mark, "AB" | "BA" | "CA" | "AC" | "BC" | "CB")
        && (!mark.contains(['A', 'B', 'C']) || mark == "ABC");
    stands_for_a_name
        && matches!(rest, "公司" | "有限公司" | "有限责任公司" | "股份有限公司" | "集团" | "单位" | "企业")
}

fn looks_like_person(simplified: &str, name: &OrgName) -> bool {
    let length = simplified.chars().count();
    (2..=3).contains(&length)
        && name.legal_form.is_empty()
        && simplified.chars().all(is_han)
        && simplified.chars().next().is_some_and(han::is_surname)
        && alias::full_name(simplified).is_none()
}

#[cfg(test)]
mod tests;
