//! Names of organisations that are customers themselves.

use super::similarity::{bigram_dice, jaro_winkler};
use super::{Agreement, Comparator, Level, best};
use crate::domain::features::{Features, OrgFeature};

/// Compares the distinctive part of the names; place, legal form and branch tell look-alikes apart.
pub struct OrgNameComparator;

const EXACT: usize = 0;
const SAME_CORE: usize = 1;
const FUZZY: usize = 2;
const CONTAINED: usize = 3;
const DIFFERENT: usize = 4;

const LEVELS: &[Level] = &[
    Level::new("exact", "名称相同", "same name"),
    Level::new("same_core", "字号相同，地名或组织形式不同", "same core, another place or legal form"),
    Level::new("fuzzy", "名称相近", "nearly the same name"),
    Level::new("contained", "一方包含另一方", "one contains the other"),
    Level::new("different", "名称不同", "different names"),
];

impl Comparator for OrgNameComparator {
    fn code(&self) -> &'static str {
        "org_name"
    }

    fn name_zh(&self) -> &'static str {
        "机构名称"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let levels = a.orgs.iter().flat_map(|x| b.orgs.iter().map(move |y| rated_level(x, y)));
        out.extend(best(levels));
    }
}

pub(super) fn rated_level(a: &OrgFeature, b: &OrgFeature) -> (usize, i32) {
    match level(a, b) {
        level @ (EXACT | SAME_CORE | FUZZY) => (level, a.rarity.min(b.rarity)),
        level => (level, 0),
    }
}

fn level(a: &OrgFeature, b: &OrgFeature) -> usize {
    // A branch is a party of its own.
    if a.name.branch != b.name.branch {
        return DIFFERENT;
    }
    if a.core == b.core && !a.core.is_empty() {
        let places_agree = a.name.place.is_empty() || b.name.place.is_empty() || a.name.place == b.name.place;
        let forms_agree = is_open(&a.name.legal_form) || is_open(&b.name.legal_form);
        let same = places_agree && (forms_agree || a.name.legal_form == b.name.legal_form);
        return if same { EXACT } else { SAME_CORE };
    }
    if a.core.len().min(b.core.len()) >= 4
        && (jaro_winkler(&a.core, &b.core) >= 920 || bigram_dice(&a.core, &b.core) >= 800)
    {
        return FUZZY;
    }
    let (shorter, longer) = if a.core.len() <= b.core.len() { (&a.core, &b.core) } else { (&b.core, &a.core) };
    let contained = shorter.len() >= 2 && longer.windows(shorter.len()).any(|window| window == shorter.as_slice());
    if contained { CONTAINED } else { DIFFERENT }
}

/// Whether a legal form contradicts no other: unknown, or a company that may be of any form.
fn is_open(legal_form: &str) -> bool {
    matches!(legal_form, "" | "company")
}
