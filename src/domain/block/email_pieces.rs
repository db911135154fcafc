//! An e-mail address with a slip: one half of the local part is still right, and how the domain begins.

use super::{BlockingRule, KeySink};
use crate::domain::features::Features;

/// Keys: either half of the local part, or the whole where it is short, with the beginning of the domain.
pub struct EmailPiecesRule;

/// Bytes of the shortest local part that is halved.
const HALVED_MIN: usize = 6;
/// Bytes of a domain that are looked at.
const DOMAIN_BYTES: usize = 4;

impl BlockingRule for EmailPiecesRule {
    fn code(&self) -> &'static str {
        "email_pieces"
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for email in features.emails.iter().map(|email| &email.address) {
            let (local, domain) = (email.local.as_str(), email.domain.get(..DOMAIN_BYTES).unwrap_or(&email.domain));
            if local.len() < HALVED_MIN {
                out.add(&["whole", local, domain]);
                continue;
            }
            let half = local.len() / 2;
            out.add(&["beginning", local.get(..half).unwrap_or_default(), domain]);
            out.add(&["end", local.get(local.len() - half..).unwrap_or_default(), domain]);
        }
    }
}
