//! The error type of the shell: what went wrong, where, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result type of the shell.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of the shell. Dirty data is never one: it becomes findings or rejected rows.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read or written.
    #[error("{}: {source}; {advice}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
        /// What to do.
        advice: &'static str,
    },
    /// An input file as a whole cannot be read as a table.
    #[error("{}: {message}", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// A mapping, model, rule set or configuration is wrong.
    #[error("{origin}: {message}")]
    Config {
        /// The file or setting.
        origin: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// A request is wrong in itself.
    #[error("{field}: {message}")]
    InvalidArgument {
        /// Path of the field.
        field: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// The named thing does not exist.
    #[error("{resource} does not exist")]
    NotFound {
        /// The resource name.
        resource: String,
    },
    /// The thing is not in a state that allows the request.
    #[error("{message}")]
    FailedPrecondition {
        /// A stable reason in UPPER_SNAKE.
        reason: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
    /// Somebody else changed it in between.
    #[error("{resource} has changed: etag {expected} was expected, {actual} is current; read it again and retry")]
    Conflict {
        /// The resource name.
        resource: String,
        /// The etag in the request.
        expected: String,
        /// The etag in the store.
        actual: String,
    },
    /// A command panicked; nothing of it was applied.
    #[error("the command panicked; nothing of it was applied")]
    Panicked,
    /// The store failed; nothing of the request was applied.
    #[error("store: {message}")]
    Store {
        /// What the store said.
        message: String,
    },
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A file that could not be read.
    pub fn read(path: &Path, source: std::io::Error) -> Self {
        ErrorKind::Io { path: path.to_owned(), source, advice: "check that the file exists and may be read" }.into()
    }

    /// A file that could not be written.
    pub fn write(path: &Path, source: std::io::Error) -> Self {
        ErrorKind::Io { path: path.to_owned(), source, advice: "check that the folder may be written and has space" }
            .into()
    }

    /// An input file that is no table.
    pub fn input(path: &Path, message: impl Into<String>) -> Self {
        ErrorKind::Input { path: path.to_owned(), message: message.into() }.into()
    }

    /// A wrong mapping, model, rule set or setting.
    pub fn config(origin: impl Into<String>, message: impl Into<String>) -> Self {
        ErrorKind::Config { origin: origin.into(), message: message.into() }.into()
    }

    /// A wrong field of a request.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        ErrorKind::InvalidArgument { field: field.into(), message: message.into() }.into()
    }

    /// A thing that does not exist.
    pub fn not_found(resource: impl Into<String>) -> Self {
        ErrorKind::NotFound { resource: resource.into() }.into()
    }

    /// A thing in the wrong state.
    pub fn precondition(reason: &'static str, message: impl Into<String>) -> Self {
        ErrorKind::FailedPrecondition { reason, message: message.into() }.into()
    }

    /// A failed store.
    pub fn store(message: impl fmt::Display) -> Self {
        ErrorKind::Store { message: message.to_string() }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// The candidate nearest to a misspelt name, for "did you mean".
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = candidates.map(|candidate| ((strsim::jaro_winkler(name, candidate) * 1000.0) as u32, candidate));
    scored.filter(|(score, _)| *score >= 600).max_by_key(|(score, _)| *score).map(|(_, candidate)| candidate)
}

/// `; did you mean "…"?` or nothing.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    nearest(name, candidates).map(|found| format!("; did you mean \"{found}\"?")).unwrap_or_default()
}
