//! Short names of well-known Chinese organisations (工行, 中移动) and the official names that they stand for.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The official name behind a short one, simplified and folded; `None` for a name that is not in the table.
pub fn full_name(short: &str) -> Option<&'static str> {
    ALIASES.get(short).copied()
}

/// One line an organisation: official name, then its short names.
static ALIASES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("org_alias.dat").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.flat_map(|line| {
        let mut names = line.split_whitespace();
        let full = names.next().unwrap_or_default();
        names.map(move |short| (short, full))
    });
    pairs.collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::latin;

    #[test]
    fn short_names_are_unique_and_folded() {
        let lines = include_str!("org_alias.dat").lines().filter(|line| !line.starts_with('#'));
        let count: usize = lines.map(|line| line.split_whitespace().count().saturating_sub(1)).sum();
        assert_eq!(ALIASES.len(), count);
        assert!(ALIASES.keys().all(|short| latin::fold(short) == *short));
        assert_eq!(full_name("工行"), Some("中国工商银行"));
        assert_eq!(full_name("归一"), None);
    }
}
