//! Resource names: `sources/{source}/records/{record_id}`, `profiles/{profile}`, `reviewTasks/{task}`.
//!
//! A record id may contain slashes: it is everything after `/records/`. A source contains none.

use crate::domain::id::{ProfileId, RecordKey, ReviewTaskId};
use crate::error::{Error, Result};

pub use crate::engine::record_name as record;

/// The name of a profile.
pub fn profile(id: ProfileId) -> String {
    format!("profiles/{id}")
}

/// The name of a review task.
pub fn task(id: ReviewTaskId) -> String {
    format!("reviewTasks/{id}")
}

/// Reads the name of a record in a field of a request.
pub fn parse_record(field: &str, name: &str) -> Result<RecordKey> {
    let parts = name.strip_prefix("sources/").and_then(|rest| rest.split_once('/'));
    let parts = parts.and_then(|(source, rest)| Some((source, rest.strip_prefix("records/")?)));
    match parts {
        Some((source, record_id)) if !source.is_empty() && !record_id.is_empty() => {
            Ok(RecordKey::new(source, record_id))
        }
        _ => Err(Error::invalid(field, "must look like sources/{source}/records/{record_id}")),
    }
}

/// Reads the parent of a list of records: a source, or `None` for all (`sources/-` or empty).
pub fn parse_parent(field: &str, parent: &str) -> Result<Option<String>> {
    if parent.is_empty() || parent == "sources/-" {
        return Ok(None);
    }
    match parent.strip_prefix("sources/") {
        Some(source) if !source.is_empty() && !source.contains('/') => Ok(Some(source.to_owned())),
        _ => Err(Error::invalid(field, "must look like sources/{source}; sources/- means all sources")),
    }
}

/// Reads the name of a profile. Ids are opaque to clients, so one that cannot exist is simply not found.
pub fn parse_profile(field: &str, name: &str) -> Result<ProfileId> {
    let id = parse_id(field, name, "profiles/", "profiles/{profile}")?;
    ProfileId::parse(id).ok_or_else(|| Error::not_found(name))
}

/// Reads the name of a review task.
pub fn parse_task(field: &str, name: &str) -> Result<ReviewTaskId> {
    let id = parse_id(field, name, "reviewTasks/", "reviewTasks/{task}")?;
    ReviewTaskId::parse(id).ok_or_else(|| Error::not_found(name))
}

fn parse_id<'a>(field: &str, name: &'a str, prefix: &str, pattern: &str) -> Result<&'a str> {
    let id = name.strip_prefix(prefix).filter(|id| !id.is_empty() && !id.contains('/'));
    id.ok_or_else(|| Error::invalid(field, format!("must look like {pattern}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_record_id_may_contain_slashes() {
        for key in [RecordKey::new("crm", "1"), RecordKey::new("crm", "a/records/b"), RecordKey::new("门店", "张 三/1")]
        {
            assert_eq!(parse_record("name", &record(&key)).unwrap(), key);
        }
    }

    #[test]
    fn other_names_are_refused_by_field() {
        for name in
            ["", "sources/crm", "sources//records/1", "sources/crm/records/", "profiles/p1", "sources/a/b/records/1"]
        {
            let error = parse_record("left_record", name).unwrap_err();
            assert!(error.to_string().starts_with("left_record: "), "{name}: {error}");
        }
        for name in ["", "profiles/", "p0000000000000", "profiles/a/b"] {
            assert!(
                matches!(parse_profile("name", name).unwrap_err().kind(), ErrorKind::InvalidArgument { .. }),
                "{name}"
            );
        }
    }

    #[test]
    fn an_id_that_cannot_exist_is_not_found() {
        assert!(matches!(parse_profile("name", "profiles/nobody").unwrap_err().kind(), ErrorKind::NotFound { .. }));
        assert!(matches!(parse_task("name", "reviewTasks/p0").unwrap_err().kind(), ErrorKind::NotFound { .. }));
        assert_eq!(parse_profile("name", &profile(ProfileId(7))).unwrap(), ProfileId(7));
        assert_eq!(parse_task("name", &task(ReviewTaskId(7))).unwrap(), ReviewTaskId(7));
    }

    #[test]
    fn a_parent_names_one_source_or_all() {
        assert_eq!(parse_parent("parent", "").unwrap(), None);
        assert_eq!(parse_parent("parent", "sources/-").unwrap(), None);
        assert_eq!(parse_parent("parent", "sources/crm").unwrap().as_deref(), Some("crm"));
        assert!(parse_parent("parent", "sources/crm/records/1").is_err());
        assert!(parse_parent("parent", "crm").is_err());
    }
}
