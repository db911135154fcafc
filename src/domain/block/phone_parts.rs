//! Mobile numbers one typing error apart: they agree in what is left without the part that the error is in.

use super::{BlockingRule, KeyKind, KeySink};
use crate::domain::features::Features;

/// Keys: the number without one part of it, for the parts from the fourth digit of eleven on; the last seven digits, without those before, are the key
/// of `phone_tail`.
pub struct PhonePartsRule;

/// Where the parts begin and end, in digits from the end. Each of the longer ones reaches over the first digit of the next, so that two digits that
/// changed places stand in one of them; of the last four digits leaving out one is enough, as either number leaves out another. Where many
/// customers are of one city their numbers begin alike: there longer parts of the end would leave what hundreds share.
const PARTS: [(usize, usize); 6] = [(8, 5), (6, 3), (4, 3), (3, 2), (2, 1), (1, 0)];

impl BlockingRule for PhonePartsRule {
    fn code(&self) -> &'static str {
        "phone_parts"
    }

    fn kind(&self) -> KeyKind {
        KeyKind::Identifier
    }

    fn keys(&self, features: &Features, out: &mut KeySink<'_>) {
        for phone in features.phones.iter().filter(|phone| phone.mobile && phone.e164.is_ascii()) {
            let length = phone.e164.len();
            for (from, to) in PARTS.iter().filter(|(from, _)| *from < length) {
                out.add(&[&without(&phone.e164, length - from, length - to)]);
            }
        }
    }
}

/// An ASCII text without the characters from one position up to another.
pub(super) fn without(text: &str, from: usize, to: usize) -> String {
    let (before, after) = (text.get(..from), text.get(to..));
    [before.unwrap_or_default(), after.unwrap_or_default()].concat()
}
