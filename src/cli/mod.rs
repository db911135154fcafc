//! The command line: one file a subcommand. Data on stdout, messages and progress on stderr.

mod args;
mod bench;
mod blocking;
mod certify;
mod check;
mod cleanse;
mod diff;
mod evaluate;
mod exit_code;
mod explain;
mod formats;
#[cfg(feature = "rocks")]
mod fsck;
mod import;
mod list;
#[cfg(feature = "rocks")]
mod load;
mod map;
mod outputs;
mod profile;
mod progress;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod serve;
mod synth;
mod train;

use clap::Parser;

use crate::error::Result;
pub use exit_code::ExitStatus;

/// Parses the arguments and runs the subcommand.
pub fn run() -> ExitStatus {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to stdout and are no failure; clap's own exit code for a wrong usage is ours too.
            let _ = error.print();
            return if error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Ok };
        }
    };
    match dispatch(args.command) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("guiyi: {error}");
            ExitStatus::of_error(&error)
        }
    }
}

fn dispatch(command: args::Command) -> Result<ExitStatus> {
    match command {
        args::Command::Cleanse(args) => cleanse::run(&args),
        args::Command::Map(args) => map::run(&args),
        args::Command::Diff(args) => diff::run(&args),
        args::Command::Profile(args) => profile::run(&args),
        args::Command::Check(args) => check::run(&args),
        args::Command::Bench(args) => bench::run(&args),
        args::Command::Blocking(args) => blocking::run(&args),
        args::Command::Evaluate(args) => evaluate::run(&args),
        args::Command::Certify(args) => certify::run(&args),
        args::Command::Explain(args) => explain::run(&args),
        args::Command::Synth(args) => synth::run(&args),
        args::Command::Train(args) => train::run(&args),
        args::Command::Formats(args) => formats::run(&args),
        args::Command::Sources(args) => list::sources(&args),
        args::Command::Models(args) => import::models(&args),
        args::Command::Rules(args) => list::rules(&args),
        #[cfg(feature = "rocks")]
        args::Command::Fsck(args) => fsck::fsck(&args),
        #[cfg(feature = "rocks")]
        args::Command::Rebuild(args) => fsck::rebuild(&args),
        #[cfg(feature = "rocks")]
        args::Command::Load(args) => load::run(&args),
        #[cfg(all(feature = "grpc", feature = "rocks"))]
        args::Command::Serve(args) => serve::run(&args),
    }
}

/// Writes to stdout; a reader that went away (`| head`) ends the program quietly.
fn print(text: &str) -> Result<()> {
    use std::io::Write;
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(crate::error::Error::write(std::path::Path::new("stdout"), error))
        }
        Err(_) | Ok(()) => Ok(()),
    }
}
