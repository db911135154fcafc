//! Same name at the same employer.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: each part of the name with the company's core.
pub struct CompanyNameRule;

impl BlockingRule for CompanyNameRule {
    fn code(&self) -> &'static str {
        "company_name"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for company in &features.companies {
            for word in features.names.iter().flat_map(|name| &name.sorted_words) {
                out.add(&[&company.name.core, word]);
            }
        }
    }
}
