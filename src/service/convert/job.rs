//! Cleanse jobs ↔ wire types.

use super::time::micros_out;
use crate::error::{Error, Result};
use crate::jobs::{GoldenFormat, Job, JobId, JobOptions, JobState};
use crate::service::proto;
use crate::service::proto::cleanse_job::State;
use crate::service::proto::cleanse_options::GoldenFormat as WireFormat;

/// A job.
pub fn job_out(job: Job) -> proto::CleanseJob {
    let state = match job.state {
        JobState::WaitingForInput => State::WaitingForInput,
        JobState::Queued => State::Queued,
        JobState::Running => State::Running,
        JobState::Succeeded => State::Succeeded,
        JobState::Failed => State::Failed,
        JobState::Cancelled => State::Cancelled,
    };
    let progress = job.progress.as_ref().filter(|_| job.state == JobState::Running);
    let time = |micros: i64| if micros == 0 { None } else { micros_out(micros) };
    proto::CleanseJob {
        name: job.id.name(),
        state: state.into(),
        progress: progress.map(|progress| proto::CleanseProgress {
            stage: progress.stage.clone(),
            units_done: count(progress.done),
            units_total: count(progress.total),
        }),
        summary: job.summary.as_ref().map(|summary| proto::CleanseSummary {
            record_count: count(summary.records),
            rejected_count: count(summary.rejected),
            profile_count: count(summary.profiles),
            duplicate_count: count(summary.duplicates),
            review_pair_count: count(summary.review_pairs),
            gate_passed: summary.gate_passed,
        }),
        results: job
            .results
            .iter()
            .map(|(name, bytes)| proto::CleanseResult { file_name: name.clone(), size_bytes: count(*bytes) })
            .collect(),
        error: job.error.clone(),
        create_time: time(job.create_micros),
        start_time: time(job.start_micros),
        end_time: time(job.end_micros),
        etag: job.etag(),
        options: Some(options_out(job.options)),
    }
}

fn options_out(options: JobOptions) -> proto::CleanseOptions {
    let golden_format = match options.golden_format {
        GoldenFormat::Csv => WireFormat::Csv,
        GoldenFormat::Jsonl => WireFormat::Jsonl,
        GoldenFormat::Parquet => WireFormat::Parquet,
        GoldenFormat::Xlsx => WireFormat::Xlsx,
    };
    proto::CleanseOptions {
        input_files: options.input_files,
        mapping_toml: options.mapping_toml,
        source_mapping: options.source_mapping,
        model: options.model,
        golden_format: golden_format.into(),
        previous_job: options.previous_job.map(JobId::name).unwrap_or_default(),
        change_share_max: options.change_share_max,
        gate: options.gate,
        memory_bytes_max: options.memory_bytes_max.map_or(0, count),
    }
}

/// What a job is to do.
pub fn job_options_in(options: proto::CleanseOptions) -> Result<JobOptions> {
    let golden_format = match WireFormat::try_from(options.golden_format) {
        Ok(WireFormat::Unspecified | WireFormat::Csv) => GoldenFormat::Csv,
        Ok(WireFormat::Jsonl) => GoldenFormat::Jsonl,
        Ok(WireFormat::Parquet) => GoldenFormat::Parquet,
        Ok(WireFormat::Xlsx) => GoldenFormat::Xlsx,
        Err(_) => {
            let message = format!("{} is no known value", options.golden_format);
            return Err(Error::invalid("options.golden_format", message));
        }
    };
    let previous = Some(options.previous_job).filter(|name| !name.is_empty());
    let memory = u64::try_from(options.memory_bytes_max)
        .map_err(|_| Error::invalid("options.memory_bytes_max", "is negative; leave it out for no limit"))?;
    Ok(JobOptions {
        input_files: options.input_files,
        mapping_toml: options.mapping_toml,
        source_mapping: options.source_mapping,
        model: options.model,
        golden_format,
        previous_job: previous.map(|name| job_id_in("options.previous_job", &name)).transpose()?,
        change_share_max: options.change_share_max,
        gate: options.gate,
        memory_bytes_max: Some(memory).filter(|bytes| *bytes > 0),
    })
}

/// Reads the name of a job. Ids are opaque to clients, so one that cannot exist is simply not found.
pub fn job_id_in(field: &str, name: &str) -> Result<JobId> {
    let id = name.strip_prefix("cleanseJobs/").filter(|id| !id.is_empty() && !id.contains('/'));
    let id = id.ok_or_else(|| Error::invalid(field, "must look like cleanseJobs/{job}"))?;
    JobId::parse(id).ok_or_else(|| Error::not_found(name))
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
