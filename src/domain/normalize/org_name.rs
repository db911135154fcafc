//! Names of organisations: place, distinctive core, legal form and branch, Chinese and foreign.

use super::address::places;
use super::{Context, prepared, truncated};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, AttributeKind, OrgName, RawAttribute, Value};
use crate::domain::text::han::{is_han, to_simplified};
use crate::domain::text::{self, latin, placeholder, script};
use legal_form::{CHINESE_FORMS, LATIN_FORMS};
use unicode_normalization::UnicodeNormalization;

mod legal_form;

/// Prepares the name of an organisation or employer.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    // NFKC makes ㈱ (株); it must not touch what is shown.
    let shown = cleaned.text.clone();
    let simplified = to_simplified(&shown.nfkc().collect::<String>());
    if is_placeholder(&simplified) {
        let checked = Checked::suspect(shown, Finding::of(Defect::Placeholder));
        let value = Value::Text(latin::fold(&simplified));
        let mut attribute = prepared(raw, &cleaned, checked, value);
        attribute.evidence = false;
        return vec![attribute];
    }
    let mut checked = Checked::valid(display(&simplified));
    let name = if simplified.chars().any(is_han) { chinese(&simplified) } else { foreign(&simplified) };
    if let Some(repaired) = repaired_form(&simplified) {
        let (zh, en) = ("组织形式疑似笔误", "probably a typing error in the legal form");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Typo, zh, en).suggest(repaired, zh, en));
    }
    let generic = name.core.chars().count() < 2;
    if generic {
        let (zh, en) = ("没有可区分的字号", "nothing distinctive in the name");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Partial, zh, en));
    }
    if raw.kind == AttributeKind::OrgName && looks_like_person(&simplified, &name) {
        let (zh, en) = ("像个人姓名", "looks like a person's name");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    let mut attribute = prepared(raw, &cleaned, checked, Value::OrgName(name));
    attribute.evidence &= !generic;
    vec![attribute]
}

/// Brackets in one form, as they stand in the register.
fn display(simplified: &str) -> String {
    if !simplified.chars().any(is_han) {
        return simplified.to_owned();
    }
    simplified.replace(['[', '【', '〔', '{'], "(").replace([']', '】', '〕', '}'], ")")
}

fn is_placeholder(text: &str) -> bool {
    const NOT_COMPANIES: [&str; 27] = [
        "个人",
        "私人",
        "自由职业",
        "自由职业者",
        "自由",
        "无业",
        "待业",
        "退休",
        "离休",
        "学生",
        "在家",
        "家庭主妇",
        "全职妈妈",
        "个体",
        "个体户",
        "自雇",
        "无单位",
        "无公司",
        "无工作",
        "无字号",
        "保密",
        "self employed",
        "self-employed",
        "freelance",
        "freelancer",
        "unemployed",
        "retired",
    ];
    let folded = text.to_lowercase();
    placeholder::is_placeholder_name(text)
        || NOT_COMPANIES.contains(&folded.as_str())
        || matches!(folded.as_str(), "student" | "公司" | "某公司")
}

fn looks_like_person(simplified: &str, name: &OrgName) -> bool {
    let length = simplified.chars().count();
    (2..=3).contains(&length)
        && name.legal_form.is_empty()
        && simplified.chars().all(is_han)
        && simplified.chars().next().is_some_and(crate::domain::text::han::is_surname)
}

/// Chinese names: [place] core [trade] legal form [branch].
fn chinese(simplified: &str) -> OrgName {
    let folded = latin::fold(simplified);
    let mut name = OrgName::default();
    let mut outside = String::with_capacity(folded.len());
    let mut inside: Option<String> = None;
    for c in folded.chars() {
        match (c, inside.as_mut()) {
            ('(' | '[' | '【' | '〔' | '{', None) => inside = Some(String::new()),
            (')' | ']' | '】' | '〕' | '}', Some(text)) => {
                let text = std::mem::take(text);
                inside = None;
                take_bracket(&text, &mut name, &mut outside);
            }
            (c, Some(text)) if c.is_alphanumeric() => text.push(c),
            (c, None) if c.is_alphanumeric() => outside.push(c),
            _ => {}
        }
    }
    outside.push_str(&inside.unwrap_or_default());
    let rest = take_branch(&outside, &mut name);
    let rest = take_form(&rest, &mut name);
    name.core = take_place(&rest, &mut name);
    name
}

/// (中国), (上海) are places; (集团), (有限合伙) forms; anything else belongs to the name.
fn take_bracket(text: &str, name: &mut OrgName, outside: &mut String) {
    let bare = text.trim_end_matches(['市', '省']);
    if places::is_place(bare) {
        if name.place.is_empty() {
            bare.clone_into(&mut name.place);
        }
    } else if text == "集团" || text == "控股" {
        outside.push_str(text);
    } else if let Some((_, form)) = CHINESE_FORMS.iter().find(|(word, _)| *word == text) {
        (*form).clone_into(&mut name.legal_form);
    } else {
        outside.push_str(text);
    }
}

/// …上海分公司, …第一分店, …支行: another party than its parent.
fn take_branch(text: &str, name: &mut OrgName) -> String {
    const ENDINGS: [&str; 9] = ["分公司", "子公司", "分店", "支行", "分行", "营业部", "办事处", "分部", "分厂"];
    let Some(ending) = ENDINGS.iter().find(|ending| text.ends_with(**ending)) else { return text.to_owned() };
    // Only behind the parent's legal form is the branch's own name told apart from the parent's.
    let parent_end = ["有限责任公司", "股份有限公司", "有限公司", "公司", "银行", "集团"]
        .iter()
        .filter_map(|form| text.strip_suffix(*ending)?.rfind(form).map(|at| at + form.len()))
        .max();
    let without_ending = text.strip_suffix(*ending).unwrap_or(text);
    let (parent, branch) = match parent_end.and_then(|at| text.split_at_checked(at)) {
        Some((parent, branch)) => (parent, branch.to_owned()),
        None => (without_ending, (*ending).to_owned()),
    };
    name.branch = branch;
    parent.to_owned()
}

fn take_form(text: &str, name: &mut OrgName) -> String {
    // 株式会社 stands in front as often as behind.
    for (word, form) in CHINESE_FORMS {
        let rest = text.strip_suffix(word).or_else(|| text.strip_prefix(word).filter(|_| word.contains('会')));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            if name.legal_form.is_empty() {
                (*form).clone_into(&mut name.legal_form);
            }
            return rest.to_owned();
        }
    }
    text.to_owned()
}

fn take_place(text: &str, name: &mut OrgName) -> String {
    let mut rest = text;
    // 广东省深圳市…: the last place is the narrowest.
    for _ in 0..3 {
        let Some(place) = places::at_start(rest) else { break };
        let after = rest.strip_prefix(place).unwrap_or(rest);
        let after =
            ["特别行政区", "自治区", "省", "市"].iter().find_map(|unit| after.strip_prefix(unit)).unwrap_or(after);
        // 北京大学, 上海银行: without two more characters the place is the name.
        if after.chars().count() < 2 || ["大学", "银行", "学院", "医院"].contains(&after) {
            break;
        }
        place.clone_into(&mut name.place);
        rest = after;
    }
    rest.to_owned()
}

/// Foreign names: the legal form stands at the end, seldom in front.
fn foreign(text: &str) -> OrgName {
    let folded = latin::fold(&script::romanize(text)).replace('&', " and ").replace("a/s", "as").replace("s/a", "sa");
    let folded = folded.replace("k.k.", "kk").replace("s.p.a.", "spa");
    let mut words = joined_initials(&latin::words(&folded));
    let mut name = OrgName::default();
    while words.len() > 1 {
        let Some((length, form)) = LATIN_FORMS.iter().find_map(|(form, class)| {
            let parts: Vec<&str> = form.split(' ').collect();
            let fits = words.len() > parts.len()
                && words.ends_with(&parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
            fits.then_some((parts.len(), *class))
        }) else {
            break;
        };
        words.truncate(words.len() - length);
        if !form.is_empty() {
            form.clone_into(&mut name.legal_form);
        }
    }
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    const IN_FRONT: [&str; 6] = ["oy", "pt", "kk", "ooo", "ao", "sarl"];
    if name.legal_form.is_empty()
        && words.len() > 1
        && words.first().is_some_and(|first| IN_FRONT.contains(&first.as_str()))
    {
        words.remove(0);
        "limited".clone_into(&mut name.legal_form);
    }
    name.core = words.iter().filter(|word| *word != "and").map(String::as_str).collect();
    name
}

/// `S. A.` and `L.L.C.` are one word each.
fn joined_initials(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut in_initials = false;
    for word in words {
        let single = word.chars().count() == 1;
        match out.last_mut() {
            Some(last) if single && in_initials => last.push_str(word),
            _ => out.push(word.clone()),
        }
        in_initials = single;
    }
    out
}

/// 有限公公司, 有艮公司: what the legal form was meant to be.
fn repaired_form(simplified: &str) -> Option<String> {
    const TYPOS: [(&str, &str); 7] = [
        ("有限公公司", "有限公司"),
        ("有限限公司", "有限公司"),
        ("有有限公司", "有限公司"),
        ("有艮公司", "有限公司"),
        ("有跟公司", "有限公司"),
        ("有限公同", "有限公司"),
        ("有线公司", "有限公司"),
    ];
    if let Some((typo, right)) = TYPOS.iter().find(|(typo, _)| simplified.ends_with(typo)) {
        return simplified.strip_suffix(typo).map(|head| format!("{head}{right}"));
    }
    let head = simplified.strip_suffix("限公司")?;
    (!head.ends_with('有')).then(|| format!("{head}有限公司"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Attribute, OrgName) {
        let attribute = normalize(&RawAttribute::full(AttributeKind::Company, text), &Context::default()).remove(0);
        let name = if let Value::OrgName(name) = &attribute.value { name.clone() } else { OrgName::default() };
        (attribute, name)
    }

    #[test]
    fn chinese_names() {
        let cases = [
            ("阿里巴巴（中国）有限公司", "阿里巴巴", "中国", "limited", ""),
            ("北京某度科技有限公司", "某度科技", "北京", "limited", ""),
            ("某度科技(北京)有限责任公司", "某度科技", "北京", "limited", ""),
            ("廣東省深圳市騰飛科技股份有限公司", "腾飞科技", "深圳", "joint_stock", ""),
            ("腾飞科技有限公司上海分公司", "腾飞科技", "", "limited", "上海分公司"),
            ("张三便利店(个体工商户)", "张三便利店", "", "sole_trader", ""),
            ("株式会社山田", "山田", "", "joint_stock", ""),
            ("㈱山田", "山田", "", "joint_stock", ""),
            ("北京大学", "北京大学", "", "", ""),
            ("万联新能源有限责任公司", "万联新能源", "", "limited", ""),
        ];
        for (text, core, place, form, branch) in cases {
            let name = read(text).1;
            let seen = (name.core.as_str(), name.place.as_str(), name.legal_form.as_str(), name.branch.as_str());
            assert_eq!(seen, (core, place, form, branch), "{text}");
        }
    }

    #[test]
    fn foreign_names() {
        let cases = [
            ("Acme Widgets Co., Ltd.", "acmewidgets", "limited"),
            ("ACME Widgets Company Limited", "acmewidgets", "limited"),
            ("Müller & Söhne GmbH", "mullersohne", "limited"),
            ("The Acme Corporation", "acme", "corporation"),
            ("Banco Ejemplo S.A.", "bancoejemplo", "joint_stock"),
            ("Acme L.L.C.", "acme", "limited"),
            ("Oy Hello World", "helloworld", "limited"),
            ("Ltd", "ltd", ""),
        ];
        for (text, core, form) in cases {
            let name = read(text).1;
            assert_eq!((name.core.as_str(), name.legal_form.as_str()), (core, form), "{text}");
        }
    }

    #[test]
    fn placeholders_and_typos() {
        for text in ["无", "个人", "自由职业", "学生", "公司", "-"] {
            let attribute = read(text).0;
            assert!(
                !attribute.evidence && attribute.findings.iter().any(|f| f.defect == Defect::Placeholder),
                "{text}"
            );
        }
        let typo = read("腾飞科技有限公公司").0;
        let suggestion = typo.findings.first().and_then(|f| f.suggestion.clone());
        assert_eq!(suggestion.map(|s| s.value).as_deref(), Some("腾飞科技有限公司"));
        for text in ["(", ")", "分公司", "有限公司", "&", "S.", "()()", "分店"] {
            read(text);
        }
    }
}
