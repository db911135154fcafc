//! The `guiyi` command: parse arguments, call one function a subcommand, leave with its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    guiyi::cli::run().into()
}
