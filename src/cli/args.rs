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
    /// Check values, one a line, and print one JSON object a line
    Check(Check),
    /// Measure a clustering against known truth
    Evaluate(Evaluate),
    /// Show why two records match or do not
    Explain(Explain),
    /// Make customers with known truth
    Synth(Synth),
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
    /// Serve gRPC on an embedded store
    #[cfg(all(feature = "grpc", feature = "rocks"))]
    Serve(Serve),
}

/// Which files, and what their columns are.
#[derive(ClapArgs, Debug)]
pub struct InputArgs {
    /// CSV, TSV or JSONL files; `-` is CSV on standard input
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
    #[command(flatten)]
    pub input: InputArgs,
    /// Folder for the results; made when missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Match model: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::models::DEFAULT)]
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
    #[arg(long, value_name = "CSV")]
    pub previous: Option<PathBuf>,
    /// Stewards' judgements: left_source,left_record_id,right_source,right_record_id,verdict (POSITIVE, NEGATIVE, UNSURE)
    #[arg(long, value_name = "CSV")]
    pub judgements: Option<PathBuf>,
    /// Known truth (record_id,cluster_id): adds precision, recall and F1 to the summary
    #[arg(long, value_name = "CSV")]
    pub truth: Option<PathBuf>,
    /// Form of the golden profiles
    #[arg(long, value_enum, default_value_t = GoldenForm::Csv)]
    pub format: GoldenForm,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

/// Form of the golden profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum GoldenForm {
    /// One row a profile
    Csv,
    /// One object a profile, with the lineage of each value
    Jsonl,
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
pub struct Evaluate {
    /// CSV with record_id and profile_id or cluster_id (a crosswalk)
    #[arg(long, value_name = "FILE")]
    pub clusters: PathBuf,
    /// CSV with record_id and cluster_id
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `guiyi explain`.
#[derive(ClapArgs, Debug)]
pub struct Explain {
    /// First record: its id, or source/id
    pub a: String,
    /// Second record: its id, or source/id
    pub b: String,
    /// Files that hold the records
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub mapping: MappingArgs,
    /// Match model: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", default_value = crate::catalog::models::DEFAULT)]
    pub model: String,
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
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What `guiyi bench` measures.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum BenchPart {
    /// Validation and normalization of records of twelve fields, one thread
    Prepare,
}

/// `guiyi load`.
#[derive(ClapArgs, Debug)]
pub struct Load {
    #[command(flatten)]
    pub input: InputArgs,
    /// Folder of the embedded store; made when missing
    #[arg(long, value_name = "DIR", env = "GUIYI_DATA_DIR", default_value = "guiyi-data")]
    pub data_dir: PathBuf,
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
    /// Record rules: a built-in name or a .toml file
    #[arg(long, value_name = "NAME@N", env = "GUIYI_QUALITY", default_value = crate::catalog::quality::DEFAULT)]
    pub quality: String,
    /// Do not offer gRPC reflection
    #[arg(long)]
    pub no_reflection: bool,
}
