//! Of each field: what was wrong with its values, and what was changed in them, with examples and by source.

use std::collections::BTreeMap;

use super::{count, escape, field_name, table};
use crate::bulk::report::records::REWRITTEN;
use crate::bulk::report::{FieldReport, SourceField};
use crate::domain::action::Action;
use crate::domain::finding::Defect;

/// Sources that are told beside a count, those with the most first.
const SOURCES_MAX: usize = 8;

/// What was wrong with each field, with examples.
pub fn defects(page: &mut String, fields: &[FieldReport]) {
    let rows = fields.iter().map(|f| {
        let defect = |(code, found): (&&'static str, &u64)| {
            let known = Defect::ALL.iter().find(|defect| defect.code() == *code);
            let [zh, en] = known.map_or([""; 2], |defect| [defect.message_zh(), defect.message_en()]);
            let examples = f.examples.get(code).map(|examples| escape(&examples.join(" · "))).unwrap_or_default();
            let sources = by_source(&f.sources, |source| source.defects.get(code).copied());
            format!(
                "<div class=\"defect\">{zh} <b>{}</b>{sources}<br><i>{code}: {}</i><br><i>{examples}</i></div>",
                count(*found),
                escape(en)
            )
        };
        let counts = [f.values, f.valid, f.suspect, f.invalid, f.missing].map(count);
        let defects: String = f.defects.iter().map(defect).collect();
        std::iter::once(field_name(&f.field)).chain(counts).chain([defects]).collect()
    });
    let header =
        ["字段 field", "值 values", "有效 valid", "可疑 suspect", "无效 invalid", "缺失 missing", "问题 defects"];
    table(page, "字段质量 · quality by field", &header, &[0, 6], rows);
    by_source_table(page, fields);
}

/// The same counts by source, where there are several.
fn by_source_table(page: &mut String, fields: &[FieldReport]) {
    let mut lines: BTreeMap<(&str, &str), &SourceField> = BTreeMap::new();
    for field in fields {
        lines.extend(field.sources.iter().map(|(source, counts)| ((source.as_str(), field.field.as_str()), counts)));
    }
    let rows = lines.iter().map(|((source, field), of)| {
        let defects: Vec<String> =
            of.defects.iter().map(|(code, found)| format!("{code}&nbsp;<b>{}</b>", count(*found))).collect();
        let counts = [of.values, of.valid, of.suspect, of.invalid, of.missing].map(count);
        [escape(source), field_name(field)].into_iter().chain(counts).chain([defects.join(", ")]).collect()
    });
    let header = [
        "来源 source",
        "字段 field",
        "值 values",
        "有效 valid",
        "可疑 suspect",
        "无效 invalid",
        "缺失 missing",
        "问题 defects",
    ];
    table(page, "各来源的问题 · what was wrong by source", &header, &[0, 1, 7], rows);
}

/// What was changed in each field, by which action, with examples.
pub fn changes(page: &mut String, fields: &[FieldReport]) {
    let mut changed: Vec<&FieldReport> = fields.iter().filter(|field| field.changed > 0).collect();
    changed.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.field.cmp(&b.field)));
    let rows = changed.into_iter().map(|f| {
        let mut actions: Vec<(&'static str, u64)> = f.actions.iter().map(|(code, done)| (*code, *done)).collect();
        actions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let told = actions.into_iter().map(|(code, done)| action(f, code, done)).collect::<String>();
        let share = format!("{:.1}&nbsp;%", 100.0 * f.changed as f64 / f.values.max(1) as f64);
        let sources = by_source(&f.sources, |source| Some(source.changed));
        vec![field_name(&f.field), count(f.values), format!("{}{sources}", count(f.changed)), share, told]
    });
    let header = ["字段 field", "值 values", "改动 changed", "占比 share", "做了什么 what was done"];
    table(page, "修改了什么 · what was changed", &header, &[0, 4], rows);
}

fn action(field: &FieldReport, code: &'static str, done: u64) -> String {
    let known = Action::ALL.iter().find(|action| action.code() == code);
    let [zh, en] = match known {
        Some(action) => [action.name_zh(), action.name_en()],
        None if code == REWRITTEN => ["写成标准形式", "written in the normal form"],
        None => [code; 2],
    };
    let example = |before: &str, after: &str| {
        format!("<br><i class=\"as-is\">{}</i> → <i class=\"as-is\">{}</i>", escape(before), escape(after))
    };
    let examples = field.changes.get(code).into_iter().flatten().map(|change| example(&change.before, &change.after));
    let sources = by_source(&field.sources, |source| source.actions.get(code).copied());
    format!(
        "<div class=\"defect\">{zh} <i lang=\"en\">{en}</i> <b>{}</b>{sources}{}</div>",
        count(done),
        examples.collect::<String>()
    )
}

/// A count by source, the largest first; nothing where there is only one source.
fn by_source(sources: &BTreeMap<String, SourceField>, of: impl Fn(&SourceField) -> Option<u64>) -> String {
    if sources.len() < 2 {
        return String::new();
    }
    let counted = sources.iter().filter_map(|(name, source)| Some((name, of(source).filter(|found| *found > 0)?)));
    let mut counted: Vec<(&String, u64)> = counted.collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let more = if counted.len() > SOURCES_MAX { " …" } else { "" };
    let told = counted.iter().take(SOURCES_MAX);
    let told: Vec<String> = told.map(|(name, found)| format!("{}&nbsp;{}", escape(name), count(*found))).collect();
    format!("<br><i>{}{more}</i>", told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::report::ChangeExample;

    fn field() -> FieldReport {
        let source = |defects: u64, changed: u64| SourceField {
            changed,
            defects: [("CHECKSUM", defects)].into_iter().collect(),
            actions: [("case_folded", changed)].into_iter().collect(),
            ..SourceField::default()
        };
        let change = ChangeExample { before: "1*  *2".to_owned(), after: "1**2".to_owned() };
        FieldReport {
            field: "id_document".to_owned(),
            values: 20_000,
            changed: 1_500,
            defects: [("CHECKSUM", 12_345)].into_iter().collect(),
            examples: [("CHECKSUM", vec!["1****2".to_owned()])].into_iter().collect(),
            actions: [("case_folded", 1_500), (REWRITTEN, 1)].into_iter().collect(),
            changes: [("case_folded", vec![change])].into_iter().collect(),
            sources: [("crm".to_owned(), source(12_000, 0)), ("<web>".to_owned(), source(345, 1_500))].into(),
            ..FieldReport::default()
        }
    }

    #[test]
    fn defects_are_told_in_both_languages_with_their_examples_and_sources() {
        let mut page = String::new();
        defects(&mut page, &[field()]);
        for told in [
            "证件号码",
            "校验位不对",
            "12,345",
            "CHECKSUM: the check digit",
            "1****2",
            "问题<br>",
            "crm&nbsp;12,000, &lt;web&gt;&nbsp;345",
            "CHECKSUM&nbsp;<b>345</b>",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }

    #[test]
    fn changes_are_told_by_action_with_examples_before_and_after() {
        let mut page = String::new();
        changes(&mut page, &[field(), FieldReport::default()]);
        for told in [
            "修改了什么 · what was changed",
            "1,500",
            "7.5&nbsp;%",
            "letter case changed",
            "1*  *2</i> → ",
            "写成标准形式",
            "&lt;web&gt;&nbsp;1,500",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("crm&nbsp;0"), "{page}");
    }
}
