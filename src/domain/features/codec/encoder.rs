//! Packing: each text as the runs and repetitions that take the fewest bits.

use super::alphabet::Alphabet;
use super::bits::Writer;
use super::{DAY_BITS, DAY_OFFSET, DOMAINS, FORMATS, LEGAL_FORMS, PLACE_BITS, SPELLED_OUT, VERSION, bits_for};
use crate::domain::date::PartialDate;
use crate::domain::features::VALUES_PER_KIND_MAX;
use crate::domain::features::evidence_values::EvidenceValues;
use crate::domain::record::{Address, Email, Gender, Identifier, OrgName, PersonName, Phone};
use crate::domain::text::pinyin;

/// The shortest repetition that is cheaper than signs written again.
const REPEATED_MIN: usize = 2;

/// A repetition that is always cheaper.
const LONG_REPETITION: usize = 4;

/// Packs values.
pub(super) fn encode(values: &EvidenceValues<'_>) -> Vec<u8> {
    let mut out = Encoder { bits: Writer::default(), history: History::default() };
    out.bits.put(u64::from(VERSION), 8);
    out.bits.put(values.handle.0 >> 32, 32);
    out.bits.put(values.handle.0 & 0xffff_ffff, 32);
    out.bits.put(values.gender.map_or(0, |gender| if gender == Gender::Male { 1 } else { 2 }), 2);
    out.bits.flag(values.observed_day.is_some());
    if let Some(day) = values.observed_day {
        out.bits.put(day.clamp(-DAY_OFFSET, DAY_OFFSET - 1).wrapping_add(DAY_OFFSET) as u64, DAY_BITS);
    }
    out.list(&values.names, |out, name| out.name(name));
    out.list(&values.birth_dates, |out, date| out.date(*date));
    out.list(&values.phones, |out, phone| out.phone(phone));
    out.list(&values.documents, |out, document| out.identifier(document));
    out.list(&values.emails, |out, email| out.email(email));
    out.list(&values.addresses, |out, address| out.address(address));
    out.list(&values.companies, |out, org| out.org(org));
    out.list(&values.social_ids, |out, account| out.identifier(account));
    // Few customers have any of these.
    let rest = !(values.orgs.is_empty()
        && values.bank_cards.is_empty()
        && values.postal_codes.is_empty()
        && values.texts.is_empty());
    out.bits.flag(rest);
    if rest {
        out.list(&values.orgs, |out, org| out.org(org));
        out.list(&values.bank_cards, |out, card| out.identifier(card));
        out.list(&values.postal_codes, |out, code| out.text(code));
        out.list(&values.texts, |out, (label, text)| {
            out.text(label);
            out.text(text);
        });
    }
    out.bits.finish()
}

struct Encoder {
    bits: Writer,
    history: History,
}

impl Encoder {
    fn list<T>(&mut self, values: &[T], mut put: impl FnMut(&mut Self, &T)) {
        let kept = values.get(..VALUES_PER_KIND_MAX).unwrap_or(values);
        self.bits.number(kept.len() as u64);
        kept.iter().for_each(|value| put(self, value));
    }

    fn texts(&mut self, texts: &[String]) {
        self.bits.number(texts.len() as u64);
        texts.iter().for_each(|text| self.text(text));
    }

    /// A text that stands in a table, or spelled out.
    fn listed(&mut self, table: &[&str], text: &str) {
        let place = table.iter().position(|known| *known == text).map_or(SPELLED_OUT, |place| place as u64);
        self.bits.put(place.min(SPELLED_OUT), PLACE_BITS);
        if place >= SPELLED_OUT {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        let start = self.history.begin(text);
        let mut at = start;
        while at < self.history.signs.len() {
            let left = self.history.signs.len() - at;
            self.bits.flag(true);
            let (from, repeated) = self.history.longest_repetition(at, start);
            let serves_all = repeated >= LONG_REPETITION || repeated == left && repeated >= REPEATED_MIN;
            let run = (!serves_all).then(|| self.history.run(at)).filter(|run| repeated < REPEATED_MIN.max(run.1));
            let Some((alphabet, length)) = run else {
                self.bits.flag(true);
                self.bits.put(from as u64, bits_for(start));
                self.bits.number(repeated as u64);
                at += repeated;
                continue;
            };
            self.bits.flag(false);
            self.bits.put(alphabet as u64, Alphabet::CODE_BITS);
            self.bits.number(length as u64);
            self.history.signs.iter().skip(at).take(length).for_each(|sign| alphabet.put(*sign, &mut self.bits));
            at += length;
        }
        self.bits.flag(false);
        self.history.end(start);
    }

    fn name(&mut self, name: &PersonName) {
        self.text(&name.han);
        if !name.han.is_empty() {
            self.bits.number(name.han_surname_len as u64);
            self.bits.flag(name.surname_only);
            let derived = pinyin::syllables(&name.han, name.han_surname_len) == name.syllables;
            self.bits.flag(derived);
            if !derived {
                let syllables: Vec<String> = name.syllables.iter().map(|syllable| syllable.to_string()).collect();
                self.texts(&syllables);
            }
        }
        let latin =
            !(name.words.is_empty() && name.given.is_empty() && name.family.is_empty() && name.suffix.is_empty());
        let latin = latin || (name.han.is_empty() && (name.surname_only || name.han_surname_len > 0));
        self.bits.flag(latin);
        if latin {
            self.texts(&name.words);
            self.text(&name.family);
            self.texts(&name.given);
            self.text(&name.suffix);
            if name.han.is_empty() {
                self.bits.flag(name.surname_only);
            }
        }
    }

    fn date(&mut self, date: PartialDate) {
        self.bits.put(u64::from(date.year.unsigned_abs()), 14);
        self.bits.put(u64::from(date.month.unwrap_or(0)), 4);
        self.bits.put(u64::from(date.day.unwrap_or(0)), 5);
    }

    fn phone(&mut self, phone: &Phone) {
        let mainland = phone.e164.strip_prefix("+86");
        self.bits.flag(mainland.is_some());
        self.text(mainland.unwrap_or(&phone.e164));
        self.text(&phone.extension);
        self.bits.flag(phone.mobile);
        self.bits.flag(phone.personal);
    }

    fn identifier(&mut self, identifier: &Identifier) {
        self.listed(FORMATS, &identifier.format);
        self.text(&identifier.match_key);
        self.bits.flag(identifier.verified);
    }

    fn email(&mut self, email: &Email) {
        self.text(&email.local);
        let domain = email.match_key.strip_prefix(email.local.as_str()).and_then(|rest| rest.strip_prefix('@'));
        self.bits.flag(domain.is_some());
        match domain {
            Some(domain) => self.listed(DOMAINS, domain),
            None => self.text(&email.match_key),
        }
    }

    fn address(&mut self, address: &Address) {
        self.text(&address.line);
        let parts = parts(address);
        let given = parts.iter().rev().fold(0, |set, part| set << 1 | u64::from(!part.is_empty()));
        self.bits.put(given, parts.len() as u32);
        parts.into_iter().filter(|part| !part.is_empty()).for_each(|part| self.text(part));
    }

    fn org(&mut self, name: &OrgName) {
        self.text(&name.core);
        self.texts(&name.words);
        self.text(&name.place);
        let legal_form = LEGAL_FORMS.iter().position(|known| *known == name.legal_form);
        self.bits.put(legal_form.map_or(SPELLED_OUT, |place| place as u64), PLACE_BITS);
        self.text(&name.branch);
    }
}

fn parts(address: &Address) -> [&str; 8] {
    let Address { region, city, district, street, number, community, unit, postal_code, line: _ } = address;
    [region, city, district, street, number, community, unit, postal_code]
}

/// The signs of all texts so far, those of the present one last. Where a sign stands in an earlier text is found by chains:
/// searching the whole history for every sign took a quarter of the time of a bulk run's first stage.
struct History {
    signs: Vec<char>,
    /// By the lowest bits of a sign: one more than the last place in an earlier text, 0 for none.
    last: [u32; CHAINS],
    /// By place: one more than the place before it in the same chain, 0 for none.
    before: Vec<u32>,
}

/// A power of two, larger than the signs that most records are made of.
const CHAINS: usize = 128;

impl Default for History {
    fn default() -> Self {
        Self { signs: Vec::with_capacity(192), last: [0; CHAINS], before: Vec::with_capacity(192) }
    }
}

impl History {
    /// Adds the signs of a text; where they begin.
    fn begin(&mut self, text: &str) -> usize {
        let start = self.signs.len();
        self.signs.extend(text.chars());
        start
    }

    /// Makes the text that begins at `start` an earlier one.
    fn end(&mut self, start: usize) {
        for (place, sign) in self.signs.iter().enumerate().skip(start) {
            let last = &mut self.last[*sign as usize % CHAINS];
            self.before.push(*last);
            *last = place as u32 + 1;
        }
    }

    /// The places in earlier texts where a sign may stand, the last one first.
    fn places(&self, sign: char) -> impl Iterator<Item = usize> {
        let place = |next: u32| (next as usize).checked_sub(1);
        let last = place(self.last[sign as usize % CHAINS]);
        std::iter::successors(last, move |at| self.before.get(*at).and_then(|next| place(*next)))
    }

    /// Where the longest beginning of what follows `at` stands in the texts before `start`, and how long it is; of equals
    /// the first.
    fn longest_repetition(&self, at: usize, start: usize) -> (usize, usize) {
        let (earlier, rest) = (self.signs.get(..start).unwrap_or_default(), self.signs.get(at..).unwrap_or_default());
        let Some(first) = rest.first() else { return (0, 0) };
        let mut best = (0, 0);
        for from in self.places(*first) {
            let common = earlier.iter().skip(from).zip(rest).take_while(|(x, y)| x == y).count();
            if common > 0 && common >= best.1 {
                best = (from, common);
            }
        }
        best
    }

    /// The alphabet that takes the longest beginning of what follows `at`, of equals the one with the fewest bits, up to where
    /// a narrower alphabet or a repetition serves better.
    fn run(&self, at: usize) -> (Alphabet, usize) {
        let rest = self.signs.get(at..).unwrap_or_default();
        let lengths = Alphabet::lengths(rest);
        let fitting = Alphabet::ALL.into_iter().zip(lengths).filter(|(_, length)| *length > 0);
        let (alphabet, length) =
            fitting.reduce(|best, next| if next.1 > best.1 + 2 { next } else { best }).unwrap_or((Alphabet::Any, 1));
        // Signs that a long repetition covers are left to it.
        let is_repeated = |four: &[char]| {
            let earlier = self.signs.get(..self.before.len()).unwrap_or_default();
            let same = |from: usize| earlier.get(from..from + LONG_REPETITION) == Some(four);
            four.first().is_some_and(|first| self.places(*first).any(same))
        };
        let fours = rest.windows(LONG_REPETITION).take(length).skip(1);
        let start_of_repetition = fours.zip(1..).find(|(four, _)| is_repeated(four)).map(|(_, at)| at);
        (alphabet, start_of_repetition.unwrap_or(length))
    }
}
