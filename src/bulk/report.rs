//! The report of a run: counted once, shown as JSON and as a self-contained page. No personal values in either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;

use super::gate::GateResult;
use super::pipeline::Outcome;
use super::quality::Assessment;
use crate::domain::finding::{Severity, Validity};
use crate::domain::model::MatchModel;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::scorecard::{Scorecard, field_name};
use crate::domain::record::Value;
use crate::domain::survive::SurvivorshipPolicy;

/// What came in, what was wrong, what was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Match model used.
    pub model: String,
    /// Survivorship rules used.
    pub rules: String,
    /// Records processed.
    pub records: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Golden profiles.
    pub profiles: u64,
    /// Records beyond the first of each profile.
    pub duplicates: u64,
    /// Pairs for clerical review.
    pub review_pairs: u64,
    /// Quality by field, worst first.
    pub fields: Vec<FieldReport>,
    /// Quality by source, field and dimension.
    pub scorecard: ScorecardReport,
    /// Records and profiles by source.
    pub sources: Vec<SourceReport>,
    /// Profiles that two sources have in common.
    pub source_overlaps: Vec<OverlapReport>,
    /// Profiles by number of records.
    pub cluster_sizes: BTreeMap<usize, u64>,
    /// How candidates were found.
    pub blocking: BlockingReport,
    /// How the conditions of the quality gate came out, where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<GateResult>,
}

/// The quality of one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FieldReport {
    /// Kind, and label where there is one.
    pub field: String,
    /// Values delivered.
    pub values: u64,
    /// Of these, placeholders that say that there is no value.
    pub missing: u64,
    /// Verdicts on the others.
    pub valid: u64,
    /// Possibly wrong.
    pub suspect: u64,
    /// Proved wrong.
    pub invalid: u64,
    /// Findings by code, informative ones left out.
    pub defects: BTreeMap<&'static str, u64>,
}

/// Quality by source, field and dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScorecardReport {
    /// Record rules used.
    pub rules: String,
    /// The day as of which freshness was judged, ISO 8601.
    pub as_of: Option<String>,
    /// Each source in each dimension, and over all.
    pub sources: Vec<SourceScore>,
    /// Each field of each source in each dimension.
    pub cells: Vec<CellReport>,
    /// Records that break each rule.
    pub broken_rules: BTreeMap<String, u64>,
}

/// The score of one source, per thousand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceScore {
    /// Its name.
    pub source: String,
    /// Mean of the dimensions that were judged.
    pub score: Option<u64>,
    /// By dimension.
    pub dimensions: BTreeMap<&'static str, u64>,
}

/// One field of one source in one dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellReport {
    /// The source.
    pub source: String,
    /// Kind, and label where there is one; `record` for the record as a whole.
    pub field: String,
    /// The dimension of quality.
    pub dimension: &'static str,
    /// Values or records judged.
    pub checked: u64,
    /// Of these, without fault.
    pub passed: u64,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub source: String,
    /// Its records.
    pub records: u64,
    /// Profiles with at least one of its records.
    pub profiles: u64,
}

/// Two sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverlapReport {
    /// The two names, in alphabetical order.
    pub sources: [String; 2],
    /// Profiles with records of both.
    pub profiles: u64,
}

/// How candidates were found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BlockingReport {
    /// Pairs compared.
    pub candidate_pairs: u64,
    /// Blocks over the limit, which made no candidates.
    pub generic_blocks: u64,
    /// Components over the limit, which were cut at rising thresholds.
    pub cut_components: u64,
}

/// Counts everything once.
pub fn build(
    outcome: &Outcome,
    assessment: &Assessment<'_>,
    rejected: u64,
    model: &MatchModel,
    policy: &SurvivorshipPolicy,
) -> Report {
    let mut records_by_source: BTreeMap<&str, u64> = BTreeMap::new();
    for record in &outcome.records {
        *records_by_source.entry(&record.key.source.0).or_default() += 1;
    }
    let mut profiles_by_source: BTreeMap<&str, u64> = BTreeMap::new();
    let mut overlaps: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut cluster_sizes: BTreeMap<usize, u64> = BTreeMap::new();
    for (assignment, golden) in &outcome.profiles {
        *cluster_sizes.entry(assignment.members.len()).or_default() += 1;
        let sources: BTreeSet<&str> = golden.members.iter().map(|key| key.source.0.as_str()).collect();
        for a in &sources {
            *profiles_by_source.entry(a).or_default() += 1;
            for b in sources.range::<str, _>((std::ops::Bound::Excluded(*a), std::ops::Bound::Unbounded)) {
                *overlaps.entry((a, b)).or_default() += 1;
            }
        }
    }
    let (records, profiles) = (outcome.records.len() as u64, outcome.profiles.len() as u64);
    let mut card = assessment.scorecard.clone();
    for (source, records) in &records_by_source {
        card.add_uniqueness(source, *records, profiles_by_source.get(source).copied().unwrap_or(0));
    }
    Report {
        model: model.version.to_string(),
        rules: policy.version.to_string(),
        records,
        rejected,
        profiles,
        duplicates: records - profiles,
        review_pairs: outcome.review.len() as u64,
        fields: fields(outcome),
        scorecard: scorecard(&card, assessment),
        sources: records_by_source
            .iter()
            .map(|(source, records)| SourceReport {
                source: (*source).to_owned(),
                records: *records,
                profiles: profiles_by_source.get(source).copied().unwrap_or(0),
            })
            .collect(),
        source_overlaps: overlaps
            .into_iter()
            .map(|((a, b), profiles)| OverlapReport { sources: [a.to_owned(), b.to_owned()], profiles })
            .collect(),
        cluster_sizes,
        blocking: BlockingReport {
            candidate_pairs: outcome.candidate_pairs,
            generic_blocks: outcome.generic_blocks,
            cut_components: outcome.cut_components,
        },
        gate: Vec::new(),
    }
}

fn scorecard(card: &Scorecard, assessment: &Assessment<'_>) -> ScorecardReport {
    let mut broken_rules: BTreeMap<String, u64> = BTreeMap::new();
    for violations in &assessment.violations {
        let broken: BTreeSet<&str> = violations.iter().map(|violation| violation.rule.id.as_str()).collect();
        for rule in broken {
            *broken_rules.entry(rule.to_owned()).or_default() += 1;
        }
    }
    let dimensions = |source: &str| {
        let score = |dimension: &Dimension| Some((dimension.code(), card.of_source(source, *dimension).per_mille()?));
        Dimension::ALL.iter().filter_map(score).collect()
    };
    let sources = card.sources().map(|source| SourceScore {
        source: source.to_owned(),
        score: card.score(source),
        dimensions: dimensions(source),
    });
    let cells = card.cells().into_iter().map(|cell| CellReport {
        source: cell.source.to_owned(),
        field: cell.field.to_owned(),
        dimension: cell.dimension.code(),
        checked: cell.tally.checked,
        passed: cell.tally.passed,
    });
    ScorecardReport {
        rules: assessment.rules.version.to_string(),
        as_of: assessment.as_of.map(|day| day.to_string()),
        sources: sources.collect(),
        cells: cells.collect(),
        broken_rules,
    }
}

fn fields(outcome: &Outcome) -> Vec<FieldReport> {
    let mut fields: BTreeMap<String, FieldReport> = BTreeMap::new();
    for attribute in outcome.records.iter().flat_map(|record| &record.attributes) {
        let field = fields.entry(field_name(attribute).into_owned()).or_default();
        field.values += 1;
        match (&attribute.value, attribute.validity) {
            (Value::Missing, _) => field.missing += 1,
            (_, Validity::Valid) => field.valid += 1,
            (_, Validity::Suspect) => field.suspect += 1,
            (_, Validity::Invalid) => field.invalid += 1,
        }
        for finding in attribute.findings.iter().filter(|finding| finding.defect.severity() > Severity::Info) {
            *field.defects.entry(finding.defect.code()).or_default() += 1;
        }
    }
    let mut fields: Vec<FieldReport> =
        fields.into_iter().map(|(field, report)| FieldReport { field, ..report }).collect();
    // Worst first: by the share of values that are not valid, compared as fractions.
    let bad = |f: &FieldReport| f.suspect + f.invalid + f.missing;
    fields.sort_by(|a, b| (bad(b) * a.values).cmp(&(bad(a) * b.values)).then_with(|| a.field.cmp(&b.field)));
    fields
}

/// The report as a page of its own: no scripts, no network.
pub fn html(report: &Report) -> String {
    let mut page = String::from(PAGE_HEAD);
    let mut summary = String::new();
    for (zh, en, value) in [
        ("记录", "records", report.records),
        ("退回的行", "rejected rows", report.rejected),
        ("客户档案", "profiles", report.profiles),
        ("重复记录", "duplicates", report.duplicates),
        ("待人工复核", "pairs for review", report.review_pairs),
    ] {
        let _ = write!(summary, "<div class=\"card\"><b>{value}</b><span>{zh}<br><i>{en}</i></span></div>");
    }
    let _ = write!(page, "<section class=\"cards\">{summary}</section>");
    let rows = report.fields.iter().map(|f| {
        let defects: Vec<String> = f.defects.iter().map(|(code, count)| format!("{code}&nbsp;{count}")).collect();
        vec![
            escape(&f.field),
            f.values.to_string(),
            f.valid.to_string(),
            f.suspect.to_string(),
            f.invalid.to_string(),
            f.missing.to_string(),
            defects.join(", "),
        ]
    });
    table(
        &mut page,
        "字段质量 · quality by field",
        &["field", "values", "valid", "suspect", "invalid", "missing", "defects"],
        rows,
    );
    scorecard_tables(&mut page, &report.scorecard);
    let rows = report.sources.iter().map(|s| vec![escape(&s.source), s.records.to_string(), s.profiles.to_string()]);
    table(&mut page, "来源 · sources", &["source", "records", "profiles"], rows);
    let rows = report
        .source_overlaps
        .iter()
        .map(|o| vec![format!("{} ∩ {}", escape(&o.sources[0]), escape(&o.sources[1])), o.profiles.to_string()]);
    table(&mut page, "跨来源的同一客户 · customers that two sources share", &["sources", "profiles"], rows);
    let rows = report.cluster_sizes.iter().map(|(size, count)| vec![size.to_string(), count.to_string()]);
    table(&mut page, "每个客户的记录数 · records per profile", &["records", "profiles"], rows);
    let _ = writeln!(
        page,
        "<p class=\"foot\">{} · {} · {} candidate pairs · {} generic blocks</p></body></html>",
        escape(&report.model),
        escape(&report.rules),
        report.blocking.candidate_pairs,
        report.blocking.generic_blocks
    );
    page
}

fn scorecard_tables(page: &mut String, card: &ScorecardReport) {
    let percent = |score: Option<u64>| {
        score.map_or_else(|| "–".to_owned(), |score| format!("{}.{}&nbsp;%", score / 10, score % 10))
    };
    let mut header = vec!["source".to_owned(), "总分 score".to_owned()];
    header.extend(Dimension::ALL.iter().map(|d| format!("{}<br>{}", d.name_zh(), d.code())));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = card.sources.iter().map(|source| {
        let scores = Dimension::ALL.iter().map(|d| percent(source.dimensions.get(d.code()).copied()));
        [escape(&source.source), percent(source.score)].into_iter().chain(scores).collect()
    });
    table(page, "数据质量评分 · scorecard", &header, rows);
    let mut lines: BTreeMap<(&str, &str), BTreeMap<&str, u64>> = BTreeMap::new();
    for cell in &card.cells {
        let line = lines.entry((&cell.source, &cell.field)).or_default();
        line.extend((cell.passed * 1000).checked_div(cell.checked).map(|score| (cell.dimension, score)));
    }
    let mut header = vec!["source · field"];
    header.extend(Dimension::ALL.iter().map(|dimension| dimension.name_zh()));
    let rows = lines.iter().map(|((source, field), scores)| {
        let scores = Dimension::ALL.iter().map(|dimension| percent(scores.get(dimension.code()).copied()));
        std::iter::once(format!("{} · {}", escape(source), escape(field))).chain(scores).collect()
    });
    table(page, "各来源各字段评分 · scores by source and field", &header, rows);
    let rows = card.broken_rules.iter().map(|(rule, records)| vec![escape(rule), records.to_string()]);
    table(page, "违反的业务规则 · broken rules", &["rule", "records"], rows);
}

const PAGE_HEAD: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>guiyi 归一</title><style>\
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2330}\
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:2rem 0 .4rem}\
.cards{display:flex;flex-wrap:wrap;gap:.8rem}.card{border:1px solid #d5dbe5;border-radius:.5rem;padding:.7rem 1rem;min-width:7rem}\
.card b{display:block;font-size:1.5rem}.card span{color:#5a6577}i{font-style:normal;font-size:.85em}\
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #e6eaf0;text-align:right}\
td:first-child,th:first-child,td:last-child,th:last-child{text-align:left}.foot{color:#5a6577;margin-top:2rem}\
</style></head><body><h1>guiyi 归一 · 数据清洗报告 · cleansing report</h1>";

fn table(page: &mut String, title: &str, header: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let head: String = header.iter().map(|name| format!("<th>{name}</th>")).collect();
    let _ = write!(page, "<h2>{title}</h2><table><tr>{head}</tr>");
    for row in rows {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        let _ = write!(page, "<tr>{cells}</tr>");
    }
    page.push_str("</table>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
