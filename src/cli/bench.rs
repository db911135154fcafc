//! `guiyi bench`: how fast parts of the program are on this machine, in CPU-seconds of one thread.

mod bulk;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod online;
mod scoring;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Instant;

use super::args::{Bench, BenchPart};
use super::{ExitStatus, print};
use crate::bulk::input;
use crate::catalog::sources;
use crate::domain::id::RecordKey;
use crate::domain::normalize::{self, Context};
use crate::domain::prepare::{self, prepare, prepare_all};
use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
use crate::error::{Error, Result};
use crate::synth::{self, SynthOptions};

/// Rows generated as a pool of values, as dirty as customers are.
const POOL_RECORDS: u64 = 20_000;

/// Runs the subcommand.
pub fn run(args: &Bench) -> Result<ExitStatus> {
    match args.part {
        BenchPart::Prepare => prepare_records(args),
        BenchPart::Bulk => bulk::run(args),
        #[cfg(all(feature = "grpc", feature = "rocks"))]
        BenchPart::Online => online::run(args),
        BenchPart::Scoring => scoring::run(args),
    }
}

/// Records of twelve filled fields through stage 1, on this thread.
fn prepare_records(args: &Bench) -> Result<ExitStatus> {
    let records = full_records(args.records)?;
    let fields = records.first().map_or(0, |record| record.attributes.len());
    // Tables are built on first use.
    records.iter().take(1_000).for_each(|record| drop(std::hint::black_box(prepare(record))));
    let before = CpuClock::now();
    for some in records.chunks(prepare::TOGETHER) {
        std::hint::black_box(prepare_all(some));
    }
    let seconds = before.seconds();
    let rate = records.len() as f64 / seconds;
    let kinds = nanoseconds_by_kind(&records);
    let text = if args.json {
        let value = serde_json::json!({
            "part": "prepare", "records": records.len(), "fields": fields,
            "cpu_seconds": seconds, "records_per_cpu_second": rate.round(), "nanoseconds_by_kind": kinds,
        });
        format!("{value}\n")
    } else {
        let count = records.len();
        let mut text = format!(
            "prepare: {count} records of {fields} fields in {seconds:.2} CPU-seconds, {rate:.0} a CPU-second\n"
        );
        for (kind, nanoseconds) in kinds {
            let _ = writeln!(text, "{kind:<14}{nanoseconds:>8} ns a value");
        }
        text
    };
    print(&text)?;
    Ok(ExitStatus::Ok)
}

/// Mean nanoseconds that a value of each kind takes.
fn nanoseconds_by_kind(records: &[RawRecord]) -> BTreeMap<&'static str, u64> {
    let mut kinds = BTreeMap::new();
    let context = Context::default();
    for kind in AttributeKind::ALL {
        let values: Vec<&RawAttribute> =
            records.iter().flat_map(|record| &record.attributes).filter(|attribute| attribute.kind == *kind).collect();
        let before = CpuClock::now();
        for value in &values {
            std::hint::black_box(normalize::attribute(value, &context));
        }
        if !values.is_empty() {
            kinds.insert(kind.code(), (before.seconds() * 1e9 / values.len() as f64) as u64);
        }
    }
    kinds
}

/// Records with a value in each of twelve fields, mixed from a pool of synthetic customers.
fn full_records(count: usize) -> Result<Vec<RawRecord>> {
    let pool = customers(POOL_RECORDS)?;
    let mut pools: Vec<Vec<RawAttribute>> = Vec::new();
    for kind in POOLED {
        let all = pool.iter().flat_map(|record| &record.attributes);
        pools.push(all.filter(|a| a.kind == *kind && !a.raw().is_empty()).cloned().collect());
    }
    let mut records = Vec::with_capacity(count);
    for number in 0..count {
        let mut attributes: Vec<RawAttribute> = Vec::with_capacity(POOLED.len() + COMPUTED);
        for (position, pool) in pools.iter().enumerate() {
            // Different strides, so that the values of a record come from different customers.
            let chosen = number.wrapping_mul(2 * position + 1) % pool.len().max(1);
            attributes.extend(pool.get(chosen).cloned());
        }
        attributes.extend(computed(number));
        records.push(RawRecord {
            key: RecordKey::new("bench", number.to_string()),
            owner: None,
            observed_time: None,
            attributes,
        });
    }
    Ok(records)
}

/// Synthetic customers, as dirty as customers are.
pub(super) fn customers(records: u64) -> Result<Vec<RawRecord>> {
    let folder = std::env::temp_dir().join(format!("guiyi-bench-{}", std::process::id()));
    let options = SynthOptions { records, seed: 1, difficulty_percent: 100 };
    let written = synth::write(&options, &folder, &mut |_| {}).map_err(|error| Error::write(&folder, error));
    let mapping = sources::load_file(&folder.join("mapping.toml"));
    let read = written.and_then(|_| input::read(&[folder.join("customers.csv")], &mapping?));
    std::fs::remove_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
    Ok(read?.records)
}

/// Fields taken from the pool.
const POOLED: &[AttributeKind] = &[
    AttributeKind::PersonName,
    AttributeKind::Gender,
    AttributeKind::BirthDate,
    AttributeKind::Phone,
    AttributeKind::Email,
    AttributeKind::IdDocument,
    AttributeKind::Address,
    AttributeKind::Company,
    AttributeKind::SocialId,
];

/// Fields computed: bank card, postal code, member level.
const COMPUTED: usize = 3;

fn computed(number: usize) -> [RawAttribute; COMPUTED] {
    let card = format!("622202{:09}", number % 1_000_000_000);
    let check = (0..10).find(|check| luhn_holds(&format!("{card}{check}"))).unwrap_or(0);
    [
        RawAttribute::full(AttributeKind::BankCard, format!("{card}{check}")),
        RawAttribute::full(AttributeKind::PostalCode, format!("{:06}", 100_000 + number % 700_000)),
        RawAttribute::full(AttributeKind::Tag, "金卡"),
    ]
}

fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits.bytes().rev().enumerate().map(|(position, digit)| luhn_part(position, digit)).sum();
    sum.is_multiple_of(10)
}

fn luhn_part(position: usize, digit: u8) -> u32 {
    let value = u32::from(digit.wrapping_sub(b'0'));
    if position % 2 == 1 { value * 2 / 10 + value * 2 % 10 } else { value }
}

/// CPU time of this thread where the system tells (Linux), wall time elsewhere.
pub(super) struct CpuClock {
    wall: Instant,
    cpu_nanos: Option<u64>,
}

impl CpuClock {
    pub(super) fn now() -> Self {
        Self { wall: Instant::now(), cpu_nanos: thread_cpu_nanos() }
    }

    pub(super) fn seconds(&self) -> f64 {
        match (self.cpu_nanos, thread_cpu_nanos()) {
            (Some(before), Some(after)) => after.saturating_sub(before) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn thread_cpu_nanos() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}
