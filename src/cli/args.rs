//! The arguments of every subcommand.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// guiyi 归一: customer data quality and deduplication.
#[derive(Parser, Debug)]
#[command(name = "guiyi", version, about, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Cleanse files: validate, normalize, match, merge; write golden profiles and a report
    Cleanse(Cleanse),
    /// Show what the columns of a file hold: types, fill, different values, patterns, keys
    Profile(Profile),
    /// Draft a mapping file from the headers and the content of a file
    Map(Map),
    /// Show what changed between two runs of cleanse
    Diff(Diff),
    /// Check values, one a line, and print one JSON object a line
    Check(Check),
    /// Measure a clustering against known truth
    Evaluate(Evaluate),
    /// Estimate precision and recall with intervals from a sample that people resolve
    Certify(Certify),
    /// Show why two records match or do not, or how a record's profile comes together
    Explain(Explain),
    /// Show which pairs blocking compares: per rule, how rules overlap, the largest blocks
    Blocking(Blocking),
    /// Make customers with known truth
    Synth(Synth),
    /// Fit a match model to files, without labels or with them
    Train(Train),
    /// List the formats that can be checked
    Formats(Listing),
    /// List the built-in source mappings, or print one
    Sources(Listing),
    /// List the built-in match models, print one, or import one of Splink
    Models(Models),
    /// List the built-in survivorship and record rules, or print one
    Rules(Listing),
    /// Measure how fast parts of the program are on this machine
    Bench(Bench),
    /// Load files into an embedded store
    #[cfg(feature = "rocks")]
    Load(Load),
    /// Check every invariant of an embedded store that no server has open
    #[cfg(feature = "rocks")]
    Fsck(StoreFolder),
    /// Derive indexes, edges and profiles of an embedded store anew and mend what differs
    #[cfg(feature = "rocks")]
    Rebuild(StoreFolder),
    /// Serve gRPC on an embedded store
    #[cfg(all(feature = "grpc", feature = "rocks"))]
    Serve(Serve),
}

/// `guiyi fsck`, `guiyi rebuild`.
#[cfg(feature = "rocks")]
#[derive(ClapArgs, Debug)]
pub struct StoreFolder {
    /// Folder of the embedded store
    #[arg(long, value_name = "DIR", env = "GUIYI_DATA_DIR", default_value = "guiyi-data")]
    pub data_dir: PathBuf,
    /// JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// Which files, and what their columns are.
#[derive(ClapArgs, Debug)]
pub struct InputArgs {
    /// CSV, TSV, JSONL, Parquet or XLSX files (`file.xlsx#Sheet2`), also .gz and .zst; `-` is standard input; patterns are expanded
    #[arg(required = true)]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: MappingArgs,
}

/// What the columns of the files are.
#[derive(ClapArgs, Debug)]
#[group(required = true, multiple = false)]
pub struct MappingArgs {
    /// Built-in mapping (see `guiyi sources`)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Mapping file of your own
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
}

/// `guiyi cleanse`.
#[derive(ClapArgs, Debug)]
pub struct Cleanse {
    /// CSV, TSV, JSONL, Parquet or XLSX files (`file.xlsx#Sheet2`), also .gz and .zst; `-` is standard input; patterns are expanded
    #[arg(required_unless_present = "deleted")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: MappingArgs,
    /// Folder for the results; made when missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Match model: `auto` (the default for the input's language, fitted to the input), a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
    /// Survivorship rules: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::rules::DEFAULT)]
    pub rules: String,
    /// Record rules: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::quality::DEFAULT)]
    pub quality: String,
    /// Day as of which freshness and ages are judged (YYYY-MM-DD); by default that of the newest confirmation in the input
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Crosswalk of an earlier run, whose profile ids are kept
    #[arg(long, value_name = "CSV", group = "earlier")]
    pub previous: Option<PathBuf>,
    /// Results of an earlier run with --keep-state: the inputs are new and changed records only, and the result is that of a run over all
    /// of its records as they are now, with its profile ids
    #[arg(long, value_name = "RUN_DIR", group = "earlier")]
    pub since: Option<PathBuf>,
    /// Records of the earlier run that are no more: source,record_id
    #[arg(long, value_name = "CSV", requires = "since")]
    pub deleted: Option<PathBuf>,
    /// Keep in the results (state.json, state.bin) what a later run with --since needs: the prepared records, compressed
    #[arg(long)]
    pub keep_state: bool,
    /// Stop with exit code 4, writing the report only, when a larger share of the previous run's profiles would be split or merged
    #[arg(long, value_name = "SHARE", requires = "earlier", value_parser = share)]
    pub change_max: Option<f64>,
    /// Stewards' judgements: left_source,left_record_id,right_source,right_record_id,verdict (POSITIVE, NEGATIVE, UNSURE)
    #[arg(long, value_name = "CSV")]
    pub judgements: Option<PathBuf>,
    /// What people said of values: rule,value,override (GENERIC, SPECIFIC); the parts of a value are joined by `|`
    #[arg(long, value_name = "CSV")]
    pub generic_values: Option<PathBuf>,
    /// Known truth (record_id,cluster_id): adds precision, recall and F1 to the summary
    #[arg(long, value_name = "CSV")]
    pub truth: Option<PathBuf>,
    /// Conditions on the scorecard, such as `validity(phone) >= 0.98, duplicates <= 0.05`; exit code 4 when one is not met
    #[arg(long, value_name = "CONDITIONS")]
    pub gate: Option<String>,
    /// Write how each condition came out as JUnit XML
    #[arg(long, value_name = "FILE", requires = "gate")]
    pub gate_junit: Option<PathBuf>,
    /// Form of the golden profiles; a stopped run can be resumed with another one
    #[arg(long, value_enum, default_value_t = GoldenForm::Csv)]
    pub format: GoldenForm,
    /// Memory that the run may take (`4GB`, `512MB`): what does not fit goes to disk, into the folder of the results, and the results are the
    /// same. An input that needs more even so is refused at once, with the smallest size that works
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub memory_max: Option<u64>,
    /// Put everything on disk and work on no more than this at a time, for tests
    #[arg(long, hide = true, value_name = "SIZE", value_parser = bytes)]
    pub working_memory: Option<u64>,
    /// Put the finished run into the embedded store of this folder, which must be empty: `guiyi serve --data-dir` goes on from there, under
    /// the run's model and with its profile ids. Nothing is loaded when --gate or --change-max stops the results
    #[arg(long, value_name = "DATA_DIR")]
    pub load: Option<PathBuf>,
    /// Go on without the store that the stopped run was to be put into
    #[arg(long, requires = "resume", conflicts_with = "load")]
    pub no_load: bool,
    /// Go on with the run that was stopped in the folder of the results, from its last checkpoint; begins where there is none
    #[arg(long)]
    pub resume: bool,
    /// Show values of people in report.html and report.json as they are; otherwise they are masked. A stopped run can be resumed with or
    /// without it
    #[arg(long)]
    pub unmask: bool,
    /// Lines of progress on standard error where that is no terminal
    #[arg(long)]
    pub progress: bool,
    /// End when standard input does: for a program that starts this one and may die before it
    #[arg(long, hide = true)]
    pub end_with_stdin: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

/// Reads a number of bytes: `4GB`, `512MB`, `2GiB`, `1000000`.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => 0,
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| "a size is a whole number with a unit, such as 4GB or 512MB".to_owned())
}

/// Reads a share.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share lies between 0 and 1, such as 0.2".to_owned())
}

/// Form of the golden profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum GoldenForm {
    /// One row a profile
    Csv,
    /// One object a profile, with the lineage of each value
    Jsonl,
    /// One row a profile; the crosswalk is written as Parquet too
    Parquet,
    /// A workbook for every table (golden, crosswalk, records, findings, review, relations), all cells texts; up to 1,048,575 records
    Xlsx,
}

/// `guiyi map`.
#[derive(ClapArgs, Debug)]
pub struct Map {
    /// The file; `-` is standard input
    pub input: PathBuf,
    /// Where the mapping goes; standard output when not given
    #[arg(long, value_name = "FILE.toml")]
    pub out: Option<PathBuf>,
    /// Default region of telephone numbers, addresses and dates (ISO 3166-1 alpha-2); by default CN where the content is Chinese
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
}

/// `guiyi diff`.
#[derive(ClapArgs, Debug)]
pub struct Diff {
    /// Results (`--out`) of the earlier run
    pub before: PathBuf,
    /// Results of the later run
    pub after: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi profile`.
#[derive(ClapArgs, Debug)]
pub struct Profile {
    /// The file; `-` is standard input. Several, and all that a pattern matches, are looked at as one table and need the same columns
    #[arg(required = true)]
    pub input: Vec<PathBuf>,
    /// An earlier profile (JSON): reports what drifted since
    #[arg(long, value_name = "JSON")]
    pub previous: Option<PathBuf>,
    /// Largest change that is no alarm, from 0 to 1; exit code 4 beyond
    #[arg(long, value_name = "SHARE", requires = "previous", value_parser = share)]
    pub drift_max: Option<f64>,
    /// Show values as they are
    #[arg(long)]
    pub unmask: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi check`.
#[derive(ClapArgs, Debug)]
pub struct Check {
    /// Format of every line (see `guiyi formats`); without it each line is JSON {"type","country","input"}
    #[arg(long, value_name = "CODE")]
    pub format: Option<String>,
    /// Default region for --format, ISO 3166-1 alpha-2
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// Accepted for symmetry: the answer always is JSON
    #[arg(long, hide = true)]
    pub json: bool,
}

/// `guiyi evaluate`.
#[derive(ClapArgs, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Evaluate {
    #[command(subcommand)]
    pub command: Option<EvaluateCommand>,
    /// CSV with record_id and profile_id or cluster_id (a crosswalk); its column source gives the table by source
    #[arg(long, value_name = "FILE", required_unless_present_any = ["thresholds", "chart"])]
    pub clusters: Option<PathBuf>,
    /// CSV with record_id and cluster_id
    #[arg(long, value_name = "FILE", required = true)]
    pub truth: Option<PathBuf>,
    /// The records behind both: lists the errors by what failed
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: OptionalMappingArgs,
    /// Match model of the run: a built-in name, a .toml file, or auto
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
    /// Write every wrong pair that was looked at, with the reason
    #[arg(long, value_name = "CSV", requires = "input", requires = "clusters")]
    pub errors: Option<PathBuf>,
    /// Precision, recall and F1 of candidate pairs at each whole bit of match weight
    #[arg(long, requires = "input")]
    pub thresholds: bool,
    /// Draw that table
    #[arg(long, value_name = "SVG", requires = "input")]
    pub chart: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What the columns of the files are, where there are files.
#[derive(ClapArgs, Debug)]
#[group(multiple = false)]
pub struct OptionalMappingArgs {
    /// Built-in mapping of the input (see `guiyi sources`)
    #[arg(long, value_name = "NAME", requires = "input")]
    pub source: Option<String>,
    /// Mapping file of your own
    #[arg(long, value_name = "FILE", requires = "input")]
    pub mapping: Option<PathBuf>,
}

/// `guiyi evaluate …`.
#[derive(Subcommand, Debug)]
pub enum EvaluateCommand {
    /// Estimate the share of wrong pairs without labels, from records of nobody
    Decoys(Decoys),
}

/// `guiyi evaluate decoys`.
#[derive(ClapArgs, Debug)]
pub struct Decoys {
    #[command(flatten)]
    pub input: InputArgs,
    /// Match model: a built-in name, a .toml file, or auto
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
    /// Decoys for every hundred records
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub share: u32,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi certify`.
#[derive(ClapArgs, Debug)]
pub struct Certify {
    #[command(subcommand)]
    pub command: CertifyCommand,
}

/// `guiyi certify …`.
#[derive(Subcommand, Debug)]
pub enum CertifyCommand {
    /// Draw records and write their clusters for people to resolve
    Sample(CertifySample),
    /// Estimate precision and recall from the resolved sample
    Estimate(CertifyEstimate),
}

/// `guiyi certify sample`.
#[derive(ClapArgs, Debug)]
pub struct CertifySample {
    /// CSV with record_id and profile_id or cluster_id (a crosswalk)
    #[arg(long, value_name = "FILE")]
    pub clusters: PathBuf,
    /// Records to draw, each of which stands for its customer
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub entities: u64,
    /// The same seed draws the same records
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The file to fill in
    #[arg(long, value_name = "CSV")]
    pub out: PathBuf,
    /// The records: shows their columns and suggests records outside the cluster
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: OptionalMappingArgs,
    /// Match model that weighs the suggestions: a built-in name, a .toml file, or auto
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
}

/// `guiyi certify estimate`.
#[derive(ClapArgs, Debug)]
pub struct CertifyEstimate {
    /// The crosswalk from which the sample was drawn
    #[arg(long, value_name = "FILE")]
    pub clusters: PathBuf,
    /// The sample, filled in
    #[arg(long, value_name = "CSV")]
    pub labels: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi explain`.
#[derive(ClapArgs, Debug)]
pub struct Explain {
    /// First record: its id, or source/id
    #[arg(required_unless_present = "profile")]
    pub a: Option<String>,
    /// Second record: its id, or source/id
    #[arg(required_unless_present = "profile")]
    pub b: Option<String>,
    /// Instead of a pair: how the profile of this record comes together from the input, merge by merge
    #[arg(long, value_name = "RECORD", conflicts_with_all = ["a", "b", "svg"])]
    pub profile: Option<String>,
    /// Files that hold the records
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: MappingArgs,
    /// Match model: `auto` (as in cleanse, fitted to the files), a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
    /// Stewards' judgements, as for `guiyi cleanse`
    #[arg(long, value_name = "CSV")]
    pub judgements: Option<PathBuf>,
    /// Language of the text and of the chart
    #[arg(long, value_enum, default_value_t = Language::Both)]
    pub lang: Language,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also write the waterfall as a chart
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// The language of texts for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Simplified Chinese
    #[value(name = "zh-CN")]
    ZhCn,
    /// English
    #[value(name = "en")]
    En,
    /// Both, side by side
    #[value(name = "both")]
    Both,
}

impl Language {
    /// Chooses between a Chinese and an English text.
    pub fn say(self, zh: &str, en: &str) -> String {
        match self {
            Self::ZhCn => zh.to_owned(),
            Self::En => en.to_owned(),
            Self::Both if zh == en => zh.to_owned(),
            Self::Both => format!("{zh} · {en}"),
        }
    }
}

/// `guiyi blocking`.
#[derive(ClapArgs, Debug)]
pub struct Blocking {
    #[command(flatten)]
    pub input: InputArgs,
    /// Match model, whose limit on blocks counts: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::models::DEFAULT)]
    pub model: String,
    /// Known truth (record_id,cluster_id): adds the share of true pairs that blocking covers
    #[arg(long, value_name = "CSV")]
    pub truth: Option<PathBuf>,
    /// How many of the largest blocks are named
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub largest: u16,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi synth`.
#[derive(ClapArgs, Debug)]
pub struct Synth {
    /// Records to make
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub records: u64,
    /// The same seed gives the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder for customers.csv, truth.csv and mapping.toml; made when missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Scales every error rate, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=400))]
    pub difficulty: u32,
}

/// `guiyi train`.
#[derive(ClapArgs, Debug)]
pub struct Train {
    #[command(flatten)]
    pub input: InputArgs,
    /// Where the model goes; its frequency file is written beside it
    #[arg(long, value_name = "FILE.toml")]
    pub out: PathBuf,
    /// Model to start from: a built-in name or a .toml file; without it the default for the input's language
    #[arg(long, value_name = "NAME@N")]
    pub base: Option<String>,
    /// Labels: left_source,left_record_id,right_source,right_record_id,verdict (POSITIVE, NEGATIVE, UNSURE)
    #[arg(long, value_name = "CSV")]
    pub labels: Option<PathBuf>,
}

/// `guiyi models`.
#[derive(ClapArgs, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Models {
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<ModelsAction>,
    #[command(flatten)]
    pub listing: Listing,
}

/// The subcommands of `guiyi models`.
#[derive(Subcommand, Debug)]
pub enum ModelsAction {
    /// Take over the probabilities of a model that Splink 4 saved as JSON
    Import(ImportModel),
}

/// `guiyi models import`.
#[derive(ClapArgs, Debug)]
pub struct ImportModel {
    /// JSON of linker.misc.save_model_to_json
    pub file: PathBuf,
    #[command(flatten)]
    pub mapping: MappingArgs,
    /// Model file to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Model that gives what Splink's does not say: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::models::DEFAULT)]
    pub base: String,
}

/// `guiyi formats`, `guiyi sources`, `guiyi rules`.
#[derive(ClapArgs, Debug)]
pub struct Listing {
    /// Print this one whole
    pub name: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi bench`.
#[derive(ClapArgs, Debug)]
pub struct Bench {
    /// What to measure
    #[arg(value_enum)]
    pub part: BenchPart,
    /// Records to run through it
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub records: usize,
    /// Online: seconds of streamed upserts
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub seconds: u16,
    /// Online: fill the store with a finished run (`guiyi cleanse --load`) instead of upserts
    #[arg(long)]
    pub from_run: bool,
    /// Online, bulk: where to make a folder for the data, removed afterwards; the system's temporary folder when not given
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Bulk: the same seed gives the same customers
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Bulk: scales every error rate, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    pub difficulty: u32,
    /// Bulk: three rows in ten have this in common
    #[arg(long, value_enum)]
    pub skew: Option<Skew>,
    /// Bulk, online with --from-run: match model, as for `guiyi cleanse`
    #[arg(long, value_name = "NAME@N", default_value = "auto")]
    pub model: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What three rows in ten have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Skew {
    /// One telephone number
    SharedPhone,
    /// No name
    BlankNames,
}

/// What `guiyi bench` measures.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum BenchPart {
    /// Validation and normalization of records of twelve fields, one thread
    Prepare,
    /// A whole cleansing as a process of its own: CPU-seconds by stage, peak memory, quality
    Bulk,
    /// The server over gRPC: upserts over streams, single ones, searches and reads
    #[cfg(all(feature = "grpc", feature = "rocks"))]
    Online,
    /// Scoring of the candidate pairs of synthetic customers, one thread
    Scoring,
}

/// `guiyi load`.
#[derive(ClapArgs, Debug)]
pub struct Load {
    #[command(flatten)]
    pub input: InputArgs,
    /// Folder of the embedded store; made when missing
    #[arg(long, value_name = "DIR", env = "GUIYI_DATA_DIR", default_value = "guiyi-data")]
    pub data_dir: PathBuf,
    /// Match model: a built-in name or a .toml file, such as `guiyi train` writes
    #[arg(long, value_name = "NAME@N", env = "GUIYI_MODEL", default_value = crate::catalog::models::DEFAULT)]
    pub model: String,
}

/// `guiyi serve`.
#[derive(ClapArgs, Debug)]
pub struct Serve {
    /// Folder of the embedded store; made when missing
    #[arg(long, value_name = "DIR", env = "GUIYI_DATA_DIR", default_value = "guiyi-data")]
    pub data_dir: PathBuf,
    /// Address to listen on; only loopback until TLS and authentication are there
    #[arg(long, value_name = "ADDR", env = "GUIYI_LISTEN", default_value = "127.0.0.1:50051")]
    pub listen: std::net::SocketAddr,
    /// Match model: a built-in name or a .toml file, such as `guiyi train` writes
    #[arg(long, value_name = "NAME@N", env = "GUIYI_MODEL", default_value = crate::catalog::models::DEFAULT)]
    pub model: String,
    /// Record rules: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", env = "GUIYI_QUALITY", default_value = crate::catalog::quality::DEFAULT)]
    pub quality: String,
    /// Hours for which a repeated request_id gets its first answer
    #[arg(long, value_name = "HOURS", env = "GUIYI_REQUEST_RETENTION_HOURS", default_value_t = 168, value_parser = clap::value_parser!(u32).range(1..))]
    pub request_retention_hours: u32,
    /// Days for which WatchProfiles can be resumed; without it for ever
    #[arg(long, value_name = "DAYS", env = "GUIYI_FEED_RETENTION_DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    pub feed_retention_days: Option<u32>,
    /// Folder of cleanse jobs; by default `jobs` in the folder of the store
    #[arg(long, value_name = "DIR", env = "GUIYI_JOBS_DIR")]
    pub jobs_dir: Option<PathBuf>,
    /// Folder whose files cleanse jobs may read; without it all input is uploaded
    #[arg(long, value_name = "DIR", env = "GUIYI_JOBS_INPUT")]
    pub jobs_input: Option<PathBuf>,
    /// What may be uploaded for one cleanse job (`4GB`)
    #[arg(long, value_name = "SIZE", env = "GUIYI_JOBS_UPLOAD_MAX", default_value = "16GB", value_parser = bytes)]
    pub jobs_upload_max: u64,
    /// Do not offer gRPC reflection
    #[arg(long)]
    pub no_reflection: bool,
}
