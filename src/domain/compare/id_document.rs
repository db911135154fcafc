//! Identity documents: equal numbers are near-decisive, two different proved numbers of one kind forbid a merge.

use super::similarity::one_edit_apart;
use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::features::Features;
use crate::domain::features::outline::{Outline, mark, wide_mark};
use crate::domain::features::sketch::{DocumentSketch, Sketch};
use crate::domain::record::Identifier;

/// Compares documents of the same format only: a passport says nothing about a resident ID.
pub struct IdDocumentComparator;

const VERIFIED_EXACT: usize = 0;
const EXACT: usize = 1;
const ONE_EDIT_UNVERIFIED: usize = 2;
const ONE_EDIT: usize = 3;
const DIFFERENT: usize = 4;
const VERIFIED_DIFFERENT: usize = 5;

const LEVELS: &[Level] = &[
    Level::new("verified_exact", "证件号码相同且校验通过", "same number, proved by its check digit"),
    Level::new("exact", "证件号码相同", "same number"),
    Level::new("one_edit_unverified", "差一位，一方校验不通过", "one edit apart, and one side fails its check digit"),
    Level::new("one_edit", "差一位", "one edit apart"),
    Level::new("different", "证件号码不同", "different numbers"),
    Level::forbidding(
        "verified_different",
        "两个不同且均校验通过的号码",
        "two different numbers, both proved by their check digits",
    ),
];

/// Whether a level forbids a merge.
pub(super) fn forbids(level: usize) -> bool {
    level == VERIFIED_DIFFERENT
}

impl Comparator for IdDocumentComparator {
    fn code(&self) -> &'static str {
        "id_document"
    }

    fn name_zh(&self) -> &'static str {
        "证件"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let (x, y) = (&a.document, &b.document);
        if x.format != y.format {
            return Sketched::Silent;
        }
        let both_verified = x.verified && y.verified;
        match (x.key == y.key, both_verified) {
            (true, true) => Sketched::Seen(VERIFIED_EXACT, i32::from(x.rarity)),
            (true, false) => Sketched::Seen(EXACT, i32::from(x.rarity)),
            (false, true) => Sketched::Seen(VERIFIED_DIFFERENT, 0),
            (false, false) if !may_be_one_edit_apart(x, y) => Sketched::Seen(DIFFERENT, 0),
            (false, false) if x.verified || y.verified => Sketched::AtBest(ONE_EDIT_UNVERIFIED, 0),
            (false, false) => Sketched::AtBest(ONE_EDIT, 0),
        }
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.documents.iter().flat_map(|x| b.documents.iter().map(move |y| (x, y)));
        let levels = pairs.filter(|(x, y)| x.format == y.format).map(|(x, y)| match level(x, y) {
            level @ (VERIFIED_EXACT | EXACT) => (level, x.rarity),
            level => (level, 0),
        });
        out.extend(best(levels));
    }
}

fn level(a: &Identifier, b: &Identifier) -> usize {
    if a.match_key == b.match_key {
        return if a.verified && b.verified { VERIFIED_EXACT } else { EXACT };
    }
    let both_verified = a.verified && b.verified;
    match one_edit_apart(&a.match_key, &b.match_key) {
        // Two valid check digits one edit apart: twins registered one after the other, not a typing error.
        _ if both_verified => VERIFIED_DIFFERENT,
        true if a.verified || b.verified => ONE_EDIT_UNVERIFIED,
        true => ONE_EDIT,
        false => DIFFERENT,
    }
}

/// What an outline leaves of it.
pub(super) fn outlined(a: &DocumentSketch, b: &Outline) -> Outlined {
    if mark(a.format) != b.document_format {
        return Outlined::Silent;
    }
    match (wide_mark(a.key) == b.document, a.verified && b.has_verified_document()) {
        (true, _) => Outlined::AtBest(VERIFIED_EXACT, i32::from(a.rarity).max(0)),
        (false, true) => Outlined::AtBest(VERIFIED_DIFFERENT, 0),
        (false, false) => Outlined::AtBest(ONE_EDIT_UNVERIFIED, 0),
    }
}

/// One edit leaves the beginning or the end of a number as it is.
fn may_be_one_edit_apart(a: &DocumentSketch, b: &DocumentSketch) -> bool {
    a.len.abs_diff(b.len) <= 1 && (a.ends != b.ends || a.head == b.head || a.tail == b.tail)
}
