//! Social accounts: only accounts that stay with their owner (a WeChat unionid) are identity.

use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::features::Features;
use crate::domain::features::outline::{Outline, mark, wide_mark};
use crate::domain::features::sketch::Sketch;

/// Compares accounts of the same network.
pub struct SocialIdComparator;

const LEVELS: &[Level] =
    &[Level::new("exact", "账号相同", "same account"), Level::new("different", "账号不同", "different accounts")];

/// What an outline leaves of it.
pub(super) fn outlined((format, number, rarity): (u64, u64, i16), b: &Outline) -> Outlined {
    match (mark(format) == b.social_id_format, wide_mark(number) == b.social_id) {
        (false, _) => Outlined::Silent,
        (true, true) => Outlined::AtBest(0, i32::from(rarity).max(0)),
        (true, false) => Outlined::AtBest(1, 0),
    }
}

impl Comparator for SocialIdComparator {
    fn code(&self) -> &'static str {
        "social_id"
    }

    fn name_zh(&self) -> &'static str {
        "社交账号"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let ((format, number, rarity), (other_format, other_number, _)) = (a.social_id, b.social_id);
        match (format == other_format, number == other_number) {
            (false, _) => Sketched::Silent,
            (true, true) => Sketched::Seen(0, i32::from(rarity)),
            (true, false) => Sketched::Seen(1, 0),
        }
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.social_ids.iter().flat_map(|x| b.social_ids.iter().map(move |y| (x, y)));
        let levels = pairs.filter(|(x, y)| x.format == y.format).map(|(x, y)| match x.match_key == y.match_key {
            true => (0, x.rarity),
            false => (1, 0),
        });
        out.extend(best(levels));
    }
}
