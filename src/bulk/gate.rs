//! The quality gate: conditions on the scorecard of a run, such as `validity(phone) >= 0.98, duplicates <= 0.05`.

use std::fmt;

use serde::Serialize;

use super::report::Report;
use crate::catalog::sources::Mapping;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::rule::RuleSet;
use crate::domain::quality::scorecard::RECORD;
use crate::error::{Error, Result, did_you_mean};

const ORIGIN: &str = "--gate";
/// Sources that a message names.
const NAMED_SOURCES_MAX: usize = 10;
/// Measures that are no dimension of quality.
const OTHER_MEASURES: [&str; 5] = ["score", "duplicates", "rejected", "review", "rule"];

/// Conditions that a run must meet, all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq)]
struct Condition {
    measure: Measure,
    comparison: Comparison,
    bound: f64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Measure {
    /// A dimension of one field or of all, of one source or of all.
    Dimension { dimension: Dimension, field: Option<String>, source: Option<String> },
    /// The score of a source; without one the lowest of all sources.
    Score { source: Option<String> },
    /// Records beyond the first of each profile, of all records.
    Duplicates,
    /// Rows rejected, of all rows.
    Rejected,
    /// Pairs for clerical review, of all records.
    Review,
    /// Records that break a record rule, of all records.
    Rule(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Comparison {
    /// Longer signs first, so that `>=` is not read as `>`.
    const ALL: [Self; 4] = [Self::AtLeast, Self::AtMost, Self::Above, Self::Below];

    fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::Below => "<",
        }
    }

    fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::AtLeast => value >= bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::Below => value < bound,
        }
    }
}

/// How one condition came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateResult {
    /// The condition.
    pub condition: String,
    /// The value measured, from 0 to 1; nothing where there was nothing to judge.
    pub measured: Option<f64>,
    /// Whether the run meets it; what was not judged does not.
    pub passed: bool,
    /// Why there was nothing to judge, where the condition names a source that no record is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl GateResult {
    /// The result in words.
    pub fn message(&self) -> String {
        match (self.measured, &self.note) {
            (Some(measured), _) => format!("{}: measured {measured:.4}", self.condition),
            (None, Some(note)) => format!("{}: there was nothing to judge: {note}", self.condition),
            (None, None) => format!("{}: there was nothing to judge", self.condition),
        }
    }
}

impl Gate {
    /// Reads conditions separated by commas or `and`.
    pub fn parse(text: &str) -> Result<Self> {
        let conditions: Vec<Condition> = split(text)
            .iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .map(condition)
            .collect::<Result<_>>()?;
        if conditions.is_empty() {
            return Err(Error::config(ORIGIN, "no condition; write one such as \"validity(phone) >= 0.98\""));
        }
        Ok(Self { conditions })
    }

    /// Checks that the fields named are mapped, that the rules named are there and, where the mapping names the source, that no other one is
    /// meant, so that what is misspelt is known before the run.
    pub fn check(&self, mapping: &Mapping, rules: &RuleSet) -> Result<()> {
        let mut fields: Vec<&str> = mapping.columns.iter().map(|column| column.kind.code()).collect();
        fields.push(RECORD);
        let ids: Vec<&str> = rules.rules.iter().map(|rule| rule.id.as_str()).collect();
        for condition in &self.conditions {
            let unknown = |what: &str, name: &str, known: &[&str]| {
                let hint = did_you_mean(name, known.iter().copied());
                Error::config(ORIGIN, format!("{condition}: {what} \"{name}\"{hint}"))
            };
            if let Some(kind) = condition.measure.field().and_then(|field| field.split(':').next())
                && !fields.contains(&kind)
            {
                return Err(unknown("the mapping has no field", kind, &fields));
            }
            if let Measure::Rule(rule) = &condition.measure
                && !ids.contains(&rule.as_str())
            {
                let what = format!("{} has no rule", rules.version);
                return Err(unknown(&what, rule, &ids));
            }
            if let (Some(source), Some(only)) = (condition.measure.source(), mapping.source_name())
                && source != only
            {
                let what = format!("the mapping gives every record the source \"{only}\", not");
                return Err(unknown(&what, source, &[only]));
            }
        }
        Ok(())
    }

    /// Judges a run.
    pub fn evaluate(&self, report: &Report) -> Vec<GateResult> {
        let result = |condition: &Condition| {
            let measured = condition.measure.of(report);
            GateResult {
                condition: condition.to_string(),
                measured,
                passed: measured.is_some_and(|value| condition.comparison.holds(value, condition.bound)),
                note: condition.measure.source().and_then(|source| no_such_source(source, report)),
            }
        };
        self.conditions.iter().map(result).collect()
    }
}

/// Names the sources of a run, where this one is none of them.
fn no_such_source(source: &str, report: &Report) -> Option<String> {
    let known: Vec<&str> = report.scorecard.sources.iter().map(|known| known.source.as_str()).collect();
    if known.contains(&source) {
        return None;
    }
    let shown: Vec<&str> = known.iter().copied().take(NAMED_SOURCES_MAX).collect();
    let more =
        if known.len() > shown.len() { format!(" and {} more", known.len() - shown.len()) } else { String::new() };
    let hint = did_you_mean(source, known.iter().copied());
    Some(format!("no record is of the source \"{source}\"{hint}; the sources are {}{more}", shown.join(", ")))
}

/// Parts between commas or `and` that stand outside of brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for word in text.split_inclusive([' ', ',', '(', ')', '\n']) {
        let last = word.chars().next_back().unwrap_or_default();
        if depth == 0 && word.trim().eq_ignore_ascii_case("and") {
            parts.push(String::new());
            continue;
        }
        let ends = depth == 0 && last == ',';
        if let Some(part) = parts.last_mut() {
            part.push_str(if ends { word.trim_end_matches(',') } else { word });
        }
        match last {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if ends => parts.push(String::new()),
            _ => {}
        }
    }
    parts
}

fn condition(text: &str) -> Result<Condition> {
    let wrong = |why: &str| Error::config(ORIGIN, format!("\"{text}\": {why}"));
    let found = Comparison::ALL.into_iter().find_map(|comparison| {
        let (measure, bound) = text.split_once(comparison.sign())?;
        Some((measure.trim(), comparison, bound.trim()))
    });
    let Some((name, comparison, bound)) = found else {
        return Err(wrong("compare with >=, <=, > or <, such as duplicates <= 0.05"));
    };
    let (number, scale) = bound.strip_suffix('%').map_or((bound, 1.0), |percent| (percent.trim(), 100.0));
    let bound = number.parse::<f64>().ok().map(|number| number / scale).filter(|bound| (0.0..=1.0).contains(bound));
    let bound = bound.ok_or_else(|| wrong("the bound must be a share from 0 to 1 or a percentage such as 98%"))?;
    Ok(Condition { measure: measure(name, &wrong)?, comparison, bound })
}

fn measure(text: &str, wrong: &dyn Fn(&str) -> Error) -> Result<Measure> {
    let (name, of) = match text.split_once('(') {
        None => (text, ""),
        Some((name, rest)) => {
            let of = rest.strip_suffix(')').ok_or_else(|| wrong("a closing bracket is missing"))?;
            (name.trim(), of.trim())
        }
    };
    // `validity(phone@crm)`: one field of one source; `validity(@crm)`: all of its fields.
    let (field, source) = of.split_once('@').map_or((of, ""), |(field, source)| (field.trim(), source.trim()));
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if let Some(dimension) = Dimension::from_code(name) {
        return Ok(Measure::Dimension { dimension, field: given(field), source: given(source) });
    }
    match (name, of.is_empty()) {
        ("score", _) if field.is_empty() || source.is_empty() => {
            Ok(Measure::Score { source: given(if source.is_empty() { field } else { source }) })
        }
        ("duplicates", true) => Ok(Measure::Duplicates),
        ("rejected", true) => Ok(Measure::Rejected),
        ("review", true) => Ok(Measure::Review),
        ("rule", false) => Ok(Measure::Rule(of.to_owned())),
        ("rule", true) => Err(wrong("name the rule, such as rule(vip-reachable)")),
        ("score" | "duplicates" | "rejected" | "review", _) => Err(wrong("this measure takes no field")),
        _ => {
            let known = Dimension::ALL.iter().map(|dimension| dimension.code()).chain(OTHER_MEASURES);
            let hint = did_you_mean(name, known.clone());
            let known: Vec<&str> = known.collect();
            Err(wrong(&format!("no measure is called \"{name}\"{hint}; there are {}", known.join(", "))))
        }
    }
}

impl Measure {
    fn field(&self) -> Option<&str> {
        match self {
            Self::Dimension { field, .. } => field.as_deref(),
            Self::Score { .. } | Self::Duplicates | Self::Rejected | Self::Review | Self::Rule(_) => None,
        }
    }

    fn source(&self) -> Option<&str> {
        match self {
            Self::Dimension { source, .. } | Self::Score { source } => source.as_deref(),
            Self::Duplicates | Self::Rejected | Self::Review | Self::Rule(_) => None,
        }
    }

    fn of(&self, report: &Report) -> Option<f64> {
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        match self {
            Self::Dimension { dimension, field, source } => {
                let cells = report.scorecard.cells.iter().filter(|cell| {
                    let is_field = field.as_deref().is_none_or(|field| is_field(&cell.field, field));
                    let is_source = source.as_deref().is_none_or(|source| cell.source == source);
                    cell.dimension == dimension.code() && is_field && is_source
                });
                let (passed, checked) = cells.fold((0, 0), |(p, c), cell| (p + cell.passed, c + cell.checked));
                share(passed, checked)
            }
            Self::Score { source } => {
                let sources = report.scorecard.sources.iter();
                let named = sources.filter(|found| source.as_deref().is_none_or(|source| found.source == source));
                named.filter_map(|found| found.score).min().map(|score| score as f64 / 1000.0)
            }
            Self::Duplicates => share(report.duplicates, report.records),
            Self::Rejected => share(report.rejected, report.records + report.rejected),
            Self::Review => share(report.review_pairs, report.records),
            Self::Rule(rule) => share(report.scorecard.broken_rules.get(rule).copied().unwrap_or(0), report.records),
        }
    }
}

/// `phone` means `phone:mobile` and `phone:home` as well.
fn is_field(field: &str, wanted: &str) -> bool {
    field == wanted || field.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(':'))
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.measure, self.comparison.sign(), self.bound)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |source: &Option<String>| source.as_ref().map(|source| format!("@{source}")).unwrap_or_default();
        match self {
            Self::Dimension { dimension, field: None, source: None } => f.write_str(dimension.code()),
            Self::Dimension { dimension, field, source } => {
                write!(f, "{}({}{})", dimension.code(), field.as_deref().unwrap_or_default(), at(source))
            }
            Self::Score { source: None } => f.write_str("score"),
            Self::Score { source: Some(source) } => write!(f, "score({source})"),
            Self::Duplicates => f.write_str("duplicates"),
            Self::Rejected => f.write_str("rejected"),
            Self::Review => f.write_str("review"),
            Self::Rule(rule) => write!(f, "rule({rule})"),
        }
    }
}

/// The results as JUnit XML, which build servers show.
pub fn junit(results: &[GateResult]) -> String {
    use std::fmt::Write;
    let failures = results.iter().filter(|result| !result.passed).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ =
        writeln!(text, "<testsuite name=\"guiyi quality gate\" tests=\"{}\" failures=\"{failures}\">", results.len());
    for result in results {
        let name = escape(&result.condition);
        let _ = write!(text, "  <testcase classname=\"gate\" name=\"{name}\"");
        if result.passed {
            text.push_str("/>\n");
        } else {
            let _ = writeln!(text, "><failure message=\"{}\"/></testcase>", escape(&result.message()));
        }
    }
    text.push_str("</testsuite>\n");
    text
}

fn escape(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_written_back() {
        let text = "validity(phone:mobile) >= 98%, duplicates<=0.05 and completeness(@crm) > 0.5, rule(a, and b) < 0.1, score >= 0.7";
        let gate = Gate::parse(text).unwrap();
        let written: Vec<String> = gate.conditions.iter().map(Condition::to_string).collect();
        let wanted = [
            "validity(phone:mobile) >= 0.98",
            "duplicates <= 0.05",
            "completeness(@crm) > 0.5",
            "rule(a, and b) < 0.1",
            "score >= 0.7",
        ];
        assert_eq!(written, wanted);
    }

    #[test]
    fn what_is_wrong_is_named_with_a_suggestion() {
        for (text, wanted) in [
            ("validty(phone) >= 0.9", "did you mean \"validity\"?"),
            ("validity(phone >= 0.9", "closing bracket"),
            ("validity(phone)", "compare with"),
            ("validity(phone) >= 98", "from 0 to 1"),
            ("validity(phone) >= NaN", "from 0 to 1"),
            ("duplicates(phone) <= 0.1", "takes no field"),
            ("rule <= 0.1", "name the rule"),
            (" , ", "no condition"),
        ] {
            let error = Gate::parse(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{text}: {error}");
        }
        let mapping = crate::catalog::sources::load_built_in("sample").unwrap();
        let rules = crate::catalog::quality::load(crate::catalog::quality::DEFAULT).unwrap();
        let check = |text: &str| Gate::parse(text).unwrap().check(&mapping, &rules).map_err(|error| error.to_string());
        let error = check("validity(phon) >= 0.9").unwrap_err();
        assert!(error.contains("did you mean \"phone\"?"), "{error}");
        let error = check("rule(name-requird) <= 0").unwrap_err();
        assert!(error.contains("quality@1 has no rule \"name-requird\"; did you mean \"name-required\"?"), "{error}");
        assert_eq!(check("validity(phone:mobile@crm) >= 0.9, rule(name-required) <= 0, score(any) > 0"), Ok(()));
    }

    #[test]
    fn what_was_not_judged_does_not_pass() {
        let results = [
            GateResult { condition: "a < 1".to_owned(), measured: None, passed: false, note: None },
            GateResult { condition: "b".to_owned(), measured: Some(0.5), passed: true, note: None },
        ];
        let text = junit(&results);
        assert!(
            text.contains("tests=\"2\" failures=\"1\"") && text.contains("a &lt; 1: there was nothing to judge"),
            "{text}"
        );
        assert!(is_field("phone:mobile", "phone") && !is_field("phones", "phone"));
    }
}
