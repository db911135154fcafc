//! Exit codes, the same for every subcommand.

use std::process::ExitCode;

use crate::error::{Error, ErrorKind};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done.
    Ok,
    /// Failed; stderr says why.
    Failure,
    /// Called wrongly.
    Usage,
    /// Done, but some rows were rejected.
    RejectedRows,
    /// Stopped before writing results: more would have changed than was allowed without a person.
    TooMuchChange,
    /// Done, but below the quality gate or beyond a limit that was set.
    BelowGate,
}

impl ExitStatus {
    /// A wrong mapping, model or argument is a wrong call; everything else a failure.
    pub fn of_error(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Config { .. } | ErrorKind::InvalidArgument { .. } => Self::Usage,
            _ => Self::Failure,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Ok => 0,
            ExitStatus::Failure => 1,
            ExitStatus::Usage => 2,
            ExitStatus::RejectedRows => 3,
            ExitStatus::TooMuchChange | ExitStatus::BelowGate => 4,
        })
    }
}
