//! Employers: the same comparison as organisation names, worth less, for colleagues share them.

use super::{Agreement, Comparator, Level, Sketched, best, org_name};
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;

/// Compares the companies that two people work for.
pub struct CompanyComparator;

const LEVELS: &[Level] = &[
    Level::new("exact", "公司相同", "same company"),
    Level::new("same_core", "字号相同", "same core name"),
    Level::new("fuzzy", "公司名称相近", "nearly the same company name"),
    Level::new("acronym", "一方为另一方的首字母缩写", "one is the initials of the other"),
    Level::new("contained", "一方包含另一方", "one contains the other"),
    Level::new("different", "公司不同", "different companies"),
];

impl Comparator for CompanyComparator {
    fn code(&self) -> &'static str {
        "company"
    }

    fn name_zh(&self) -> &'static str {
        "单位"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        org_name::sketched_level(&a.company, &b.company)
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let levels = a.companies.iter().flat_map(|x| b.companies.iter().map(move |y| org_name::rated_level(x, y)));
        out.extend(best(levels));
    }
}
