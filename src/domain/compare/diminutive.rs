//! Short and familiar forms of western given names: Bob for Robert.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const DIMINUTIVES: &str = include_str!("diminutives.dat");

/// Names that a form may stand for, ascending, by form.
static FULL_FORMS: LazyLock<FxHashMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut forms: FxHashMap<&str, BTreeSet<&str>> = FxHashMap::default();
    for row in DIMINUTIVES.lines().filter(|line| !line.starts_with('#')) {
        let mut names = row.split_whitespace();
        let Some(full) = names.next() else { continue };
        for form in names {
            forms.entry(form).or_default().insert(full);
        }
    }
    forms
});

/// The names that a folded given name may be short for, ascending.
pub fn full_forms(form: &str) -> impl Iterator<Item = &'static str> {
    FULL_FORMS.get(form).into_iter().flatten().copied()
}

/// Whether one folded given name is a short form of the other, or both are of one name.
pub fn related(a: &str, b: &str) -> bool {
    let stands_for = |form: &str, full: &str| FULL_FORMS.get(form).is_some_and(|names| names.contains(full));
    let share = || match (FULL_FORMS.get(a), FULL_FORMS.get(b)) {
        (Some(x), Some(y)) => x.iter().any(|full| y.contains(full)),
        _ => false,
    };
    a != b && (stands_for(a, b) || stands_for(b, a) || share())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_stand_for_their_names() {
        assert!(related("bob", "robert"));
        assert!(related("robert", "rob"));
        assert!(related("bill", "will"));
        assert!(!related("bob", "henry"));
        assert!(!related("robert", "robert"));
    }
}
