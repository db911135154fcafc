//! The report as a page that people read, in Chinese and English.

mod fields;
mod input;

use std::collections::BTreeMap;
use std::fmt::Write;

use super::precision::PrecisionReport;
use super::quality::QualityReport;
use super::{ClusterReport, Report, ScorecardReport, StageTime, picture};
use crate::domain::quality::dimension::Dimension;
use crate::domain::record::AttributeKind;

/// The report as a page of its own: no scripts, no network.
pub fn html(report: &Report, times: &[StageTime]) -> String {
    let mut page = String::from(PAGE_HEAD);
    let mut summary = String::new();
    for (zh, en, value) in [
        ("记录", "records", report.records),
        ("退回的行", "rejected rows", report.rejected),
        ("客户档案", "profiles", report.profiles),
        ("重复记录", "duplicates", report.duplicates),
        ("来源内部重复", "within one source", report.duplicates_within_sources),
        ("跨来源重复", "across sources", report.duplicates_across_sources),
        ("待人工复核", "pairs for review", report.review_pairs),
    ] {
        let _ = write!(summary, "<div class=\"card\"><b>{}</b><span>{zh}<br><i>{en}</i></span></div>", count(value));
    }
    let _ = write!(page, "<section class=\"cards\">{summary}</section>");
    if !report.masked {
        page.push_str(UNMASKED);
    }
    input::tables(&mut page, &report.input);
    fields::defects(&mut page, &report.fields);
    fields::changes(&mut page, &report.fields);
    before_and_after(&mut page, &report.quality);
    estimate(&mut page, &report.precision);
    scorecard_tables(&mut page, &report.scorecard);
    customers(&mut page, report);
    timings(&mut page, times);
    let _ = writeln!(
        page,
        "<p class=\"foot\">{} · {} · {} 对候选记录 candidate pairs · {} 个通用块 generic blocks</p></body></html>",
        escape(&report.model),
        escape(&report.rules),
        count(report.blocking.candidate_pairs),
        count(report.blocking.generic_blocks)
    );
    page
}

fn timings(page: &mut String, times: &[StageTime]) {
    let rows = times.iter().map(|time| {
        let seconds = |seconds: f64| format!("{seconds:.2}");
        vec![time.stage.to_owned(), count(time.units), seconds(time.cpu_seconds), seconds(time.wall_seconds)]
    });
    // The blank that does not break is no end of the Chinese heading either.
    let header = ["阶段 stage", "处理量 units", "CPU\u{a0}秒 CPU s", "用时秒 wall s"];
    table(page, "各阶段用时 · timings by stage", &header, &[0], rows);
}

/// Who is one customer: sources, sizes, weights, profiles to look at.
fn customers(page: &mut String, report: &Report) {
    let rows = report.sources.iter().map(|s| vec![escape(&s.source), count(s.records), count(s.profiles)]);
    table(page, "来源 · sources", &["来源 source", "记录 records", "客户档案 profiles"], &[0], rows);
    let rows = report
        .source_overlaps
        .iter()
        .map(|o| vec![format!("{} ∩ {}", escape(&o.sources[0]), escape(&o.sources[1])), count(o.profiles)]);
    let header = ["来源 sources", "客户档案 profiles"];
    table(page, "跨来源的同一客户 · customers that two sources share", &header, &[0], rows);
    section(page, "来源交集 · which sources know the same customers", &picture::overlaps(&report.source_combinations));
    let sizes: Vec<(String, u64)> = picture::sizes(&report.cluster_sizes);
    section(page, "每个客户的记录数 · records per profile", &picture::bars(&sizes, &[]));
    let thresholds = &report.thresholds_bits;
    let first = report.weights.keys().next().copied().unwrap_or(0);
    let at = |bits: f64| bits - f64::from(first);
    let marks = [
        ("复核 review", at(thresholds.review)),
        ("连接 link", at(thresholds.link)),
        ("合并 merge", at(thresholds.merge)),
    ];
    let filled = picture::without_gaps(&report.weights);
    section(page, "记录对的匹配权重（比特）· match weights of pairs in bits", &picture::bars(&filled, &marks));
    clusters(page, "最大的客户档案 · largest profiles", &report.largest, report.masked);
    clusters(page, "最可疑的客户档案 · most doubtful profiles", &report.doubtful, report.masked);
}

fn section(page: &mut String, title: &str, content: &str) {
    let _ = write!(page, "<h2>{title}</h2>{content}");
}

fn clusters(page: &mut String, title: &str, clusters: &[ClusterReport], masked: bool) {
    if clusters.is_empty() {
        return;
    }
    let rows = clusters.iter().map(|cluster| {
        let sources: Vec<String> =
            cluster.sources.iter().map(|(source, records)| format!("{}&nbsp;{records}", escape(source))).collect();
        let values: Vec<String> =
            cluster.values.iter().map(|(kind, value)| format!("{}: {}", field_name(kind), escape(value))).collect();
        let weakest = cluster.weakest_bits.map(|bits| format!("{bits:.2}")).unwrap_or_default();
        vec![cluster.profile.clone(), cluster.records.to_string(), weakest, sources.join(", "), values.join("<br>")]
    });
    let values = if masked { "取值（已掩码） values (masked)" } else { "取值 values" };
    let header = ["档案 profile", "记录 records", "最弱连接 weakest, bits", "来源 sources", values];
    table(page, title, &header, &[0, 3, 4], rows);
}

fn percent(score: Option<u64>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| format!("{}.{}&nbsp;%", score / 10, score % 10))
}

/// The scores of what came in beside those of what stands for it now.
fn before_and_after(page: &mut String, quality: &QualityReport) {
    let mut header = vec!["来源 source".to_owned(), "总分 score".to_owned()];
    header.extend(Dimension::ALL.iter().map(|d| format!("{} {}", d.name_zh(), d.code())));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let change = |before: Option<u64>, after: Option<u64>| format!("{} → <b>{}</b>", percent(before), percent(after));
    let rows = quality.sources.iter().map(|source| {
        let dimension = |dimension: &Dimension| match source.dimensions.get(dimension.code()) {
            Some(quality) => change(quality.before.score, quality.after.score),
            None => "–".to_owned(),
        };
        let all = change(source.score_before, source.score_after);
        [escape(&source.source), all].into_iter().chain(Dimension::ALL.iter().map(dimension)).collect()
    });
    table(page, "清洗前后的数据质量 · quality before → after cleansing", &header, &[0], rows);
    let _ = write!(page, "<p class=\"note\">{}<br><i lang=\"en\">{}</i></p>", quality.legend_zh, quality.legend_en);
}

/// How many of the pairs put together are right.
fn estimate(page: &mut String, precision: &PrecisionReport) {
    let mut said = String::new();
    if let Some(estimate) = &precision.estimate {
        let [low, high] = estimate.interval_95.map(|share| format!("{:.2}", 100.0 * share));
        let (share, decoys) = (100.0 * estimate.precision, count(estimate.decoys));
        let (joined, pairs) = (count(estimate.decoys_joined), count(estimate.found_pairs));
        let _ = write!(
            said,
            "<p><b>{share:.2} %</b>（95 % 区间 {low}–{high} %）：{decoys} 个虚构记录中有 {joined} 个被并入档案；共合并 {pairs} 对记录。<br>\
             <i lang=\"en\"><b>{share:.2} %</b> (95 % interval {low} to {high} %): of {decoys} decoys {joined} joined a profile; {pairs} pairs \
             of records were put together.</i></p>"
        );
    }
    let _ = write!(
        said,
        "<p class=\"note\">{}<br><i lang=\"en\">{}</i></p>",
        escape(&precision.note_zh),
        escape(&precision.note_en)
    );
    section(page, "合并精确率估计 · estimated precision of what was merged", &said);
}

fn scorecard_tables(page: &mut String, card: &ScorecardReport) {
    let mut header = vec!["来源 source".to_owned(), "总分 score".to_owned()];
    header.extend(Dimension::ALL.iter().map(|d| format!("{} {}", d.name_zh(), d.code())));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = card.sources.iter().map(|source| {
        let scores = Dimension::ALL.iter().map(|d| percent(source.dimensions.get(d.code()).copied()));
        [escape(&source.source), percent(source.score)].into_iter().chain(scores).collect()
    });
    table(page, "数据质量评分 · scorecard", &header, &[0], rows);
    let mut lines: BTreeMap<(&str, &str), BTreeMap<&str, u64>> = BTreeMap::new();
    for cell in &card.cells {
        let line = lines.entry((&cell.source, &cell.field)).or_default();
        line.extend((cell.passed * 1000).checked_div(cell.checked).map(|score| (cell.dimension, score)));
    }
    let mut header = vec!["来源 source".to_owned(), "字段 field".to_owned()];
    header.extend(Dimension::ALL.iter().map(|d| format!("{} {}", d.name_zh(), d.code())));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = lines.iter().map(|((source, field), scores)| {
        let scores = Dimension::ALL.iter().map(|dimension| percent(scores.get(dimension.code()).copied()));
        [escape(source), field_name(field)].into_iter().chain(scores).collect()
    });
    table(page, "各来源各字段评分 · scores by source and field", &header, &[0, 1], rows);
    let rows = card.broken_rules.iter().map(|(rule, records)| {
        let message = card.rule_messages.get(rule).map(|[zh, en]| format!("{}<br><i>{}</i>", escape(zh), escape(en)));
        vec![escape(rule), message.unwrap_or_default(), count(*records)]
    });
    let header = ["规则 rule", "要求 what it asks", "违反的记录 records"];
    table(page, "违反的业务规则 · broken rules", &header, &[0, 1], rows);
}

const UNMASKED: &str = "<p class=\"note\"><b>本报告含未掩码的个人数据，请按个人信息保护要求保管。</b><br><i lang=\"en\">This report shows \
personal data unmasked (--unmask): keep it as such data is to be kept.</i></p>";

const PAGE_HEAD: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>guiyi 归一</title><style>\
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c2330}\
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:2rem 0 .4rem}\
.cards{display:flex;flex-wrap:wrap;gap:.8rem}.card{border:1px solid #d5dbe5;border-radius:.5rem;padding:.7rem 1rem;min-width:7rem}\
.card b{display:block;font-size:1.5rem}.card span{color:#5a6577}i{font-style:normal;font-size:.85em}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}td,th{padding:.3rem .6rem;border-bottom:1px solid #e6eaf0;text-align:right;vertical-align:top}\
th{vertical-align:bottom;font-weight:600}.t{text-align:left}i{color:#5a6577}.defect{margin-bottom:.35rem}.foot,.note{color:#5a6577}.foot{margin-top:2rem}.note{font-size:.9em}.as-is{white-space:pre-wrap;overflow-wrap:anywhere}svg{max-width:100%;height:auto}\
</style></head><body><h1>guiyi 归一 · 数据清洗报告 · cleansing report</h1>";

/// A table; the columns at the places in `texts` hold texts, the others numbers. A heading is Chinese, a blank and English.
fn table(page: &mut String, title: &str, header: &[&str], texts: &[usize], rows: impl Iterator<Item = Vec<String>>) {
    let class = |place: usize| if texts.contains(&place) { " class=\"t\"" } else { "" };
    let heading = |(place, name): (usize, &&str)| {
        let (zh, en) = name.split_once(' ').unwrap_or((name, ""));
        format!("<th{}>{zh}<br><i lang=\"en\">{en}</i></th>", class(place))
    };
    let head: String = header.iter().enumerate().map(heading).collect();
    let _ = write!(page, "<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>");
    for row in rows {
        let cell = |(place, cell): (usize, &String)| format!("<td{}>{cell}</td>", class(place));
        let cells: String = row.iter().enumerate().map(cell).collect();
        let _ = write!(page, "<tr>{cells}</tr>");
    }
    page.push_str("</tbody></table>");
}

/// A number with its thousands parted: 1,234,567.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut parted = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

/// A field's name for people, and the code that programs know it by.
fn field_name(field: &str) -> String {
    let kind = field.split(':').next().unwrap_or(field);
    let zh = match AttributeKind::ALL.iter().find(|known| known.code() == kind) {
        Some(known) => known.name_zh(),
        None if field == "record" => "整条记录",
        None => return escape(field),
    };
    format!("{zh} <i>{}</i>", escape(field))
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 65_536, 1_234_567].map(count), ["0", "999", "1,000", "65,536", "1,234,567"]);
    }

    #[test]
    fn a_field_has_its_name_and_its_code_and_nothing_that_a_browser_runs() {
        assert_eq!(field_name("phone:<b>"), "电话 <i>phone:&lt;b&gt;</i>");
        assert_eq!(field_name("record"), "整条记录 <i>record</i>");
        assert_eq!(field_name("<script>"), "&lt;script&gt;");
    }

    #[test]
    fn timings_are_headed_in_both_languages() {
        let mut page = String::new();
        timings(&mut page, &[StageTime { stage: "prepare", units: 1, cpu_seconds: 2.0, wall_seconds: 1.5 }]);
        assert!(page.contains("<th>CPU\u{a0}秒<br><i lang=\"en\">CPU s</i></th>"), "{page}");
        assert!(page.contains("<td>2.00</td><td>1.50</td>"), "{page}");
    }
}
