//! Gender: weak when it agrees, telling when it does not.

use super::{Agreement, Comparator, Level, Sketched};
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;

/// Compares the stated or derived sex.
pub struct GenderComparator;

const LEVELS: &[Level] =
    &[Level::new("same", "性别相同", "same gender"), Level::new("different", "性别不同", "different gender")];

impl Comparator for GenderComparator {
    fn code(&self) -> &'static str {
        "gender"
    }

    fn name_zh(&self) -> &'static str {
        "性别"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        Sketched::Seen(usize::from(a.gender != b.gender), 0)
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        if let (Some(x), Some(y)) = (a.gender, b.gender) {
            out.push(Agreement::at(usize::from(x != y)));
        }
    }
}
