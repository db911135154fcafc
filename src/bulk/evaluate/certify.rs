//! A sample for people to resolve, and what their answers say about the whole crosswalk.
//!
//! Records are drawn without replacement by a hash of their key and a seed. People are shown the cluster of each and say which
//! records belong together; the customer of a drawn record has then been drawn with probability proportional to its size.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use super::compared::Compared;
use super::labels::{Keying, LabelRow, Labels};
use crate::bulk::reader;
use crate::bulk::writer::InputRows;
use crate::domain::hash::stable_hash;
use crate::domain::id::{MatchWeight, RecordHandle};
use crate::domain::measure::entity::{Certificate, Observation, certify, pairs};
use crate::error::{Error, Result};

/// Records outside the cluster that are suggested for each task.
const SUGGESTIONS_MAX: usize = 5;
/// Share of all pairs from which on one cluster is worth a warning, in percent, and draws that make up for it.
const HUB_PAIRS_PERCENT: u64 = 10;
const HUB_DRAWS_MIN: usize = 5;

const COLUMNS: [&str; 7] = ["task", "role", "record_id", "source", "profile_id", "weight_bits", "true_cluster"];
const DRAWN: &str = "drawn";
const SAME_CLUSTER: &str = "same_cluster";
const SUGGESTED: &str = "suggested";

/// One cluster to resolve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Rows of the crosswalk that were drawn, in the order of their keys.
    pub drawn: Vec<usize>,
    /// The other rows of the cluster.
    pub others: Vec<usize>,
    /// Rows of other clusters that may belong to it, heaviest first.
    pub suggested: Vec<(usize, MatchWeight)>,
}

/// Draws records and gathers their clusters, in the order in which the clusters were first drawn.
pub fn draw(crosswalk: &Labels, draws: usize, seed: u64) -> Vec<Task> {
    let rows = &crosswalk.rows;
    let seed = seed.to_string();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let key = |row: &usize| rows.get(*row).map(|row| (row.source.as_str(), row.record_id.as_str())).unwrap_or_default();
    order.sort_by_cached_key(|row| {
        let (source, record) = key(row);
        (stable_hash(&["certify", &seed, source, record]), source.to_owned(), record.to_owned())
    });
    order.truncate(draws);
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        clusters.entry(&row.cluster).or_default().push(position);
    }
    let drawn: BTreeSet<usize> = order.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let mut tasks = Vec::new();
    for row in order {
        let Some(cluster) = rows.get(row).map(|row| row.cluster.as_str()) else { continue };
        if !seen.insert(cluster) {
            continue;
        }
        let mut members = clusters.get(cluster).cloned().unwrap_or_default();
        members.sort_by(|a, b| key(a).cmp(&key(b)));
        let (drawn, others) = members.into_iter().partition(|member| drawn.contains(member));
        tasks.push(Task { drawn, others, suggested: Vec::new() });
    }
    tasks
}

/// Adds to each task the records outside its cluster that share a blocking key with it and weigh most. `row_of` gives the row of
/// the crosswalk for a position among the compared records.
pub fn suggest(tasks: &mut [Task], compared: &Compared, row_of: &[Option<usize>]) {
    let mut task_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, task) in tasks.iter().enumerate() {
        task_of.extend(task.drawn.iter().chain(&task.others).map(|row| (*row, number)));
    }
    // By position, which depends on the records' keys alone: ties do not show the order of a file.
    let mut found: Vec<BTreeMap<usize, MatchWeight>> = vec![BTreeMap::new(); tasks.len()];
    let row = |position: usize| row_of.get(position).copied().flatten();
    for (a, b, score) in compared.candidates() {
        for (inside, outside) in [(a, b), (b, a)] {
            let (Some(inside), Some(outside_row)) = (row(inside), row(outside)) else { continue };
            let Some(task) = task_of.get(&inside).filter(|task| task_of.get(&outside_row) != Some(*task)) else {
                continue;
            };
            if let Some(weights) = found.get_mut(*task) {
                let best = weights.entry(outside).or_insert(score.weight);
                *best = score.weight.max(*best);
            }
        }
    }
    for (task, weights) in tasks.iter_mut().zip(found) {
        let mut weights: Vec<(usize, MatchWeight)> = weights.into_iter().collect();
        weights.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(SUGGESTIONS_MAX);
        task.suggested = weights.into_iter().filter_map(|(at, weight)| Some((row(at)?, weight))).collect();
    }
}

/// The input's rows, to be shown beside the tasks.
pub struct Shown<'a> {
    /// The rows.
    pub rows: &'a InputRows,
    /// The record behind a row of the crosswalk.
    pub record_of: &'a dyn Fn(&LabelRow) -> Option<RecordHandle>,
}

/// Writes the tasks for people to fill in; with the input's rows beside them, where there are any.
pub fn write_sample(path: &Path, crosswalk: &Labels, tasks: &[Task], input: Option<&Shown<'_>>) -> Result<()> {
    let failed = |error: csv::Error| Error::write(path, error.into());
    let file = File::create(path).map_err(|error| Error::write(path, error))?;
    let mut writer = csv::Writer::from_writer(file);
    let shown: Vec<usize> = input.map(|input| shown_columns(input.rows)).unwrap_or_default();
    let fields_of: BTreeMap<RecordHandle, &Vec<String>> =
        input.iter().flat_map(|input| &input.rows.rows).map(|(handle, fields)| (*handle, fields)).collect();
    let names = input.iter().flat_map(|input| shown.iter().filter_map(|column| input.rows.header.get(*column)));
    writer.write_record(COLUMNS.into_iter().chain(names.map(String::as_str))).map_err(failed)?;
    for (number, task) in tasks.iter().enumerate() {
        let name = format!("T{:05}", number + 1);
        let drawn = task.drawn.iter().map(|row| (*row, DRAWN, String::new()));
        let others = task.others.iter().map(|row| (*row, SAME_CLUSTER, String::new()));
        let suggested = task.suggested.iter().map(|(row, weight)| (*row, SUGGESTED, weight.to_string()));
        for (row, role, weight) in drawn.chain(others).chain(suggested) {
            let Some(row) = crosswalk.rows.get(row) else { continue };
            let own = [name.as_str(), role, &row.record_id, &row.source, &row.cluster, &weight, ""];
            let fields = input.and_then(|input| fields_of.get(&(input.record_of)(row)?));
            let texts = shown.iter().map(|column| fields.and_then(|f| f.get(*column)).map_or("", String::as_str));
            writer.write_record(own.into_iter().chain(texts)).map_err(failed)?;
        }
    }
    writer.flush().map_err(|error| Error::write(path, error))
}

/// Columns of the input that do not bear the name of one of our own.
fn shown_columns(input: &InputRows) -> Vec<usize> {
    let own = |name: &String| COLUMNS.contains(&name.as_str());
    input.header.iter().enumerate().filter(|(_, name)| !own(name)).map(|(column, _)| column).collect()
}

/// What a labelled sample says.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Records of the crosswalk.
    pub records: u64,
    /// Records drawn.
    pub draws: u64,
    /// Different entities among theirs.
    pub entities: u64,
    /// The estimates.
    pub certificate: Certificate,
    /// What to mistrust about them.
    pub warnings: Vec<String>,
}

/// Estimates the quality of a crosswalk from a labelled sample of it.
pub fn estimate(crosswalk: &Labels, keying: Keying, labels: &Path) -> Result<Findings> {
    let cluster_of = crosswalk.clustering(keying)?;
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for cluster in cluster_of.values() {
        *sizes.entry(cluster).or_default() += 1;
    }
    let answers = read_answers(labels, keying)?;
    let unknown = answers.iter().find(|answer| !cluster_of.contains_key(&answer.record));
    if let Some(answer) = unknown {
        let message = format!("line {}: record \"{}\" is not in the crosswalk", answer.line, answer.record);
        return Err(Error::input(labels, message));
    }
    let drawn = drawn_entities(labels, &answers)?;
    let observe = |entity: &BTreeSet<&str>| {
        let mut own: BTreeMap<&str, u64> = BTreeMap::new();
        for cluster in entity.iter().filter_map(|record| cluster_of.get(*record)) {
            *own.entry(cluster).or_default() += 1;
        }
        let parts: Vec<(u64, u64)> =
            own.iter().map(|(cluster, own)| (*own, sizes.get(cluster).copied().unwrap_or(*own))).collect();
        Observation::of(parts.into_iter())
    };
    let observations: Vec<Observation> = drawn.iter().map(|(_, entity)| observe(entity)).collect();
    let records = cluster_of.len() as u64;
    let mut warnings = contradictions(&drawn);
    warnings.extend(hubs(&sizes, drawn.iter().filter_map(|(record, _)| cluster_of.get(*record))));
    Ok(Findings {
        records,
        draws: drawn.len() as u64,
        entities: drawn.iter().map(|(_, entity)| entity).collect::<BTreeSet<_>>().len() as u64,
        certificate: certify(&observations, records),
        warnings,
    })
}

struct Answer {
    line: u64,
    task: String,
    drawn: bool,
    record: String,
    label: String,
}

fn read_answers(path: &Path, keying: Keying) -> Result<Vec<Answer>> {
    let table = reader::read(path)?;
    if let Some(reject) = table.rejects.first() {
        return Err(Error::input(path, format!("line {}: {}", reject.line, reject.reason)));
    }
    let column = |name: &str| {
        let found = table.header.iter().position(|column| column == name);
        found.ok_or_else(|| Error::input(path, format!("there is no column \"{name}\"")))
    };
    let (task, role, record, label) = (column("task")?, column("role")?, column("record_id")?, column("true_cluster")?);
    let source = match keying {
        Keying::RecordId => None,
        Keying::SourceAndRecordId => Some(column("source")?),
    };
    let answers: Vec<Answer> = table
        .rows
        .iter()
        .map(|row| {
            let field = |position: usize| row.fields.get(position).map_or("", |text| text.trim());
            Answer {
                line: row.line,
                task: field(task).to_owned(),
                drawn: field(role) == DRAWN,
                record: keying.key(source.map_or("", field), field(record)),
                label: field(label).to_owned(),
            }
        })
        .collect();
    let open: Vec<&Answer> = answers.iter().filter(|answer| answer.label.is_empty()).collect();
    if let Some(first) = open.first() {
        let message = format!(
            "{} rows have no true_cluster, the first on line {}; give every row a label: the same within a task for the \
             same customer, another for anybody else",
            open.len(),
            first.line
        );
        return Err(Error::input(path, message));
    }
    Ok(answers)
}

/// The drawn records with all records that bear their label in their task.
fn drawn_entities<'a>(path: &Path, answers: &'a [Answer]) -> Result<Vec<(&'a str, BTreeSet<&'a str>)>> {
    let mut groups: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut label_of: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for answer in answers {
        groups.entry((&answer.task, &answer.label)).or_default().insert(&answer.record);
        let before = label_of.insert((&answer.task, &answer.record), &answer.label);
        if before.is_some_and(|before| before != answer.label) {
            let message = format!("line {}: record \"{}\" has two labels in its task", answer.line, answer.record);
            return Err(Error::input(path, message));
        }
    }
    let drawn: BTreeMap<&str, &Answer> =
        answers.iter().filter(|answer| answer.drawn).map(|answer| (answer.record.as_str(), answer)).collect();
    if drawn.is_empty() {
        return Err(Error::input(
            path,
            "no row has the role \"drawn\"; fill in a file that `guiyi certify sample` wrote",
        ));
    }
    let entity = |answer: &Answer| groups.get(&(answer.task.as_str(), answer.label.as_str())).cloned();
    Ok(drawn.into_iter().map(|(record, answer)| (record, entity(answer).unwrap_or_default())).collect())
}

/// Two tasks that resolve one record in different ways.
fn contradictions(drawn: &[(&str, BTreeSet<&str>)]) -> Vec<String> {
    let mut entity_of: BTreeMap<&str, &BTreeSet<&str>> = BTreeMap::new();
    let mut warnings = Vec::new();
    for (name, entity) in drawn {
        let other = entity.iter().find(|record| entity_of.get(**record).is_some_and(|other| *other != entity));
        if let Some(record) = other {
            warnings.push(format!(
                "record \"{record}\" is resolved in two ways, once for \"{name}\"; let one person look at both tasks"
            ));
        }
        entity_of.extend(entity.iter().map(|record| (*record, entity)));
    }
    warnings
}

/// Clusters that hold so many of all pairs that a few draws cannot speak for them.
fn hubs<'a>(sizes: &BTreeMap<&str, u64>, drawn: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut draws: BTreeMap<&str, usize> = BTreeMap::new();
    for cluster in drawn {
        *draws.entry(cluster).or_default() += 1;
    }
    let all: u64 = sizes.values().map(|&size| pairs(size)).sum();
    let weighty = sizes.iter().filter(|(cluster, size)| {
        let few = draws.get(*cluster).copied().unwrap_or(0) < HUB_DRAWS_MIN;
        **size > 2 && pairs(**size) * 100 > all * HUB_PAIRS_PERCENT && few
    });
    let warning = |(cluster, size): (&&str, &u64)| {
        format!(
            "cluster {cluster} has {size} records and {} % of all pairs but hardly a draw; look at it by itself, the \
             intervals do not cover it",
            pairs(*size) * 100 / all.max(1)
        )
    };
    weighty.map(warning).collect()
}
