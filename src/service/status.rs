//! The only place where an error becomes a `tonic::Status`. Every one carries `ErrorInfo` of the domain `guiyi`.

use std::collections::HashMap;
use std::time::Duration;

use prost::Message;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use crate::error::{Error, ErrorKind};

/// The domain of every `ErrorInfo`.
pub const DOMAIN: &str = "guiyi";
/// When a refused client should come back.
const OVERLOAD_RETRY_MS: u64 = 200;

/// The status of an engine's or a conversion's error.
pub fn of_error(error: &Error) -> Status {
    let message = error.to_string();
    match error.kind() {
        ErrorKind::InvalidArgument { field, message: problem } => {
            let mut details = details("INVALID_FIELD", &[("field", field)]);
            details.add_bad_request_violation(field, problem);
            Status::with_error_details(Code::InvalidArgument, message, details)
        }
        ErrorKind::NotFound { resource } => {
            let details = details("NOT_FOUND", &[("resource", resource)]);
            Status::with_error_details(Code::NotFound, message, details)
        }
        ErrorKind::FailedPrecondition { reason, .. } => {
            Status::with_error_details(Code::FailedPrecondition, message, details(reason, &[]))
        }
        ErrorKind::Conflict { resource, expected, actual } => {
            let metadata = [("resource", resource.as_str()), ("expected_etag", expected), ("actual_etag", actual)];
            Status::with_error_details(Code::Aborted, message, details("ETAG_MISMATCH", &metadata))
        }
        // What the store or a file said may name paths and keys; it is for the log, not for callers.
        ErrorKind::Store { .. } => {
            tracing::error!(error = %message, "the store failed");
            let message = "the store failed and nothing of the request was applied; see the server's log";
            Status::with_error_details(Code::Internal, message, details("STORE_FAILED", &[]))
        }
        ErrorKind::Panicked => panicked(),
        ErrorKind::Io { .. } | ErrorKind::Input { .. } | ErrorKind::Config { .. } => {
            tracing::error!(error = %message, "a request failed");
            internal("INTERNAL")
        }
    }
}

/// The server serves as many requests as it may.
pub fn overloaded() -> Status {
    let mut details = details("OVERLOADED", &[]);
    details.set_retry_info(Some(Duration::from_millis(OVERLOAD_RETRY_MS)));
    let message = "the server is busy with as many requests as it may serve at once; retry with growing delays";
    Status::with_error_details(Code::ResourceExhausted, message, details)
}

/// An earlier commit failed, so nothing is written any more.
pub fn read_only() -> Status {
    let message = "an earlier write failed, so this server only reads; restart it once its disk is well";
    Status::with_error_details(Code::Unavailable, message, details("READ_ONLY", &[]))
}

/// A request panicked; nothing of it was committed.
pub fn panicked() -> Status {
    tracing::error!("a request panicked");
    internal("PANICKED")
}

/// The same status as a message, for answers that hold failures beside successes.
pub fn to_message(status: &Status) -> tonic_types::Status {
    let plain = || tonic_types::Status {
        code: status.code().into(),
        message: status.message().to_owned(),
        details: Vec::new(),
    };
    match tonic_types::Status::decode(status.details()) {
        Ok(message) if !message.details.is_empty() => message,
        Ok(_) | Err(_) => plain(),
    }
}

fn internal(reason: &'static str) -> Status {
    let message = "the request failed inside the server; see the server's log";
    Status::with_error_details(Code::Internal, message, details(reason, &[]))
}

fn details(reason: &str, metadata: &[(&str, &str)]) -> ErrorDetails {
    let metadata: HashMap<String, String> =
        metadata.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ErrorDetails::with_error_info(reason, DOMAIN, metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_names_the_domain_and_a_reason() {
        let errors = [
            Error::invalid("record.source", "is empty"),
            Error::not_found("profiles/p1"),
            Error::precondition("REVIEW_TASK_NOT_CLAIMED", "claim it first"),
            Error::store("IO error: /secret/path"),
            Error::config("x", "y"),
            ErrorKind::Conflict { resource: "r".into(), expected: "\"1\"".into(), actual: "\"2\"".into() }.into(),
        ];
        let codes = errors.iter().map(|error| {
            let status = of_error(error);
            let info = status.get_details_error_info().unwrap();
            assert_eq!(info.domain, DOMAIN);
            assert!(info.reason.chars().all(|c| c.is_ascii_uppercase() || c == '_'), "{}", info.reason);
            status.code()
        });
        let expected = [
            Code::InvalidArgument,
            Code::NotFound,
            Code::FailedPrecondition,
            Code::Internal,
            Code::Internal,
            Code::Aborted,
        ];
        assert_eq!(codes.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_store_error_tells_callers_nothing_about_the_disk() {
        assert!(!of_error(&Error::store("IO error: /secret/path")).message().contains("secret"));
    }

    #[test]
    fn a_status_in_an_answer_keeps_its_details() {
        let message = to_message(&of_error(&Error::invalid("record", "is missing")));
        assert_eq!(message.code, i32::from(Code::InvalidArgument));
        assert_eq!(message.details.len(), 2);
    }
}
