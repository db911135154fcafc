//! Synthetic customers with the truth beside them: `guiyi synth --records N --seed S --out DIR`.
//!
//! A world of fictitious people (singles, couples, families, twins, colleagues, namesakes) is told about by five
//! sources with habits of their own. The error model and its rates stand in docs/SYNTH.md and in `dirt`.
//! Memory does not grow with the number of records, and the same options give the same bytes.

mod address;
mod calendar;
mod channel;
mod company;
mod contact;
mod dirt;
mod dirt_address;
mod dirt_name;
mod dirt_value;
mod documents;
mod gazetteer;
mod hanzi;
mod hanzi_tables;
mod household;
mod name_tables;
mod names;
mod numerals;
mod output;
mod person;
mod places;
mod random;
mod romanize;
mod source;
mod spoil;
mod street_tables;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use calendar::waking_time;
use channel::{Row, Scribe};
use household::Units;
use output::{NUMBERS, Output};
use person::{Person, Tables, World};
use source::Source;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SynthOptions {
    /// Number of records, exactly; at most 2^32.
    pub records: u64,
    /// Seed of all randomness.
    pub seed: u64,
    /// 100 is the default; scales every error rate. Rates stay below 95 %, and more than 1,000 counts as 1,000.
    pub difficulty_percent: u32,
}

/// What was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SynthSummary {
    /// Records written.
    pub records: u64,
    /// Customers they belong to.
    pub customers: u64,
    /// Pairs of records of the same customer.
    pub pairs: u64,
}

/// The mapping file of the generated table.
pub const MAPPING: &str = r#"# Columns of the synthetic customers (guiyi synth).
record_id = "record_id"
source = { column = "source" }
observed_time = "updated_at"

[[column]]
name = "name"
kind = "person_name"

[[column]]
name = "gender"
kind = "gender"

[[column]]
name = "birth_date"
kind = "birth_date"

[[column]]
name = "phone"
kind = "phone"
label = "mobile"
country = "CN"

[[column]]
name = "email"
kind = "email"

# Resident ids, permits of Hong Kong and Taiwan, passports: the format is detected.
[[column]]
name = "id_number"
kind = "id_document"

[[column]]
name = "address"
kind = "address"
country = "CN"

[[column]]
name = "company"
kind = "company"

[[column]]
name = "wechat_unionid"
kind = "social_id"
label = "wechat_unionid"
"#;

const DIFFICULTY_MAX: u32 = 1000;
const WRITE_BUFFER_BYTES: usize = 1 << 17;
const PROGRESS_RECORDS: u64 = 10_000;

/// Writes `customers.csv`, `truth.csv` and `mapping.toml` into `out`, which is created when missing; `progress` is
/// called now and then with the number of rows written.
///
/// # Errors
/// When more than 2^32 records are asked for, and when the files cannot be written.
pub fn write(options: &SynthOptions, out: &Path, progress: &mut dyn FnMut(u64)) -> io::Result<SynthSummary> {
    if options.records > NUMBERS {
        let message = format!("at most {NUMBERS} records can be generated, not {}", options.records);
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    fs::create_dir_all(out)?;
    fs::write(out.join("mapping.toml"), MAPPING)?;
    let file = |name: &str| -> io::Result<BufWriter<File>> {
        Ok(BufWriter::with_capacity(WRITE_BUFFER_BYTES, File::create(out.join(name))?))
    };
    let difficulty_percent = options.difficulty_percent.min(DIFFICULTY_MAX);
    let tables = Tables::new();
    let mut scribe = Scribe::new(&tables, options.seed, difficulty_percent);
    let options = SynthOptions { difficulty_percent, ..*options };
    generate(&options, &tables, &mut scribe, file("customers.csv")?, file("truth.csv")?, progress)
}

fn generate<C: Write, T: Write>(
    options: &SynthOptions,
    tables: &Tables,
    scribe: &mut Scribe<'_>,
    customers: C,
    truth: T,
    progress: &mut dyn FnMut(u64),
) -> io::Result<SynthSummary> {
    let mut output = Output::new(customers, truth, options.seed)?;
    let mut world = World::new(tables, options.seed, options.difficulty_percent);
    let units = Units::new();
    let mut people: Vec<Person> = Vec::new();
    let mut row = Row::new();
    let mut summary = SynthSummary { records: 0, customers: 0, pairs: 0 };
    let mut reported = 0;
    while summary.records < options.records {
        units.next(&mut world, &mut people);
        for person in &people {
            let left = options.records - summary.records;
            let count = u64::from(person.records).min(left);
            for _ in 0..count {
                let source = Source::draw(&mut scribe.random);
                let moment = world.moment(person.seen.0, person.seen.1);
                let time = waking_time(moment, &mut scribe.random);
                scribe.record(person, source, time, &mut row);
                output.push(&row, person.customer)?;
            }
            summary.records += count;
            summary.customers += u64::from(count > 0);
            summary.pairs += count * count.saturating_sub(1) / 2;
        }
        if output.written() >= reported + PROGRESS_RECORDS {
            reported = output.written();
            progress(reported);
        }
    }
    let written = output.finish()?;
    progress(written);
    Ok(summary)
}
