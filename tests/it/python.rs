//! A client that shares no code with the server: Python, stubs generated from `proto/`, the real program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::root;

const PACKAGES: &[&str] = &["grpcio==1.76.0", "grpcio-tools==1.76.0", "protobuf==6.33.0"];

/// Runs a command; what it printed is the error.
fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("{command:?}: {}\n{stdout}\n{stderr}", output.status))
}

/// A virtual environment with the packages; made when it is missing, kept between runs.
fn environment() -> Result<PathBuf, String> {
    let home = std::env::var_os("HOME").ok_or("HOME is not set")?;
    let folder = Path::new(&home).join(".cache/guiyi/venv");
    let python = folder.join("bin/python");
    let complete = || run(Command::new(&python).args(["-c", "import grpc, grpc_tools, google.protobuf"]));
    if complete().is_err() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(PACKAGES))?;
        complete()?;
    }
    Ok(python)
}

#[test]
fn a_python_client_speaks_with_the_server() {
    let python = match environment() {
        Ok(python) => python,
        Err(reason) => {
            // A machine without Python or network cannot run this; the continuous integration has both.
            assert!(std::env::var_os("CI").is_none(), "Python is needed here: {reason}");
            eprintln!("skipped: no Python with gRPC: {reason}");
            return;
        }
    };
    let mut command = Command::new(python);
    command.arg(root().join("tests/python/test_grpc.py")).arg(env!("CARGO_BIN_EXE_guiyi")).arg(root());
    if let Err(failure) = run(&mut command) {
        panic!("{failure}");
    }
}
