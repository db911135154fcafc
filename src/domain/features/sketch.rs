//! Sketches: what decides most comparisons, of one size and side by side, so that a pair costs no walk through the heap.
//!
//! Texts stand as 64-bit hashes, whose equality counts as equality of the texts, and as sets of signs, which bound how
//! similar two texts can be. A comparator that cannot tell from the sketches reads the features themselves.

use smol_str::SmolStr;

use super::rating::Place;
use super::{AddressFeature, EmailFeature, Features, NameFeature, OrgFeature, Rated};
use crate::domain::date::PartialDate;
use crate::domain::hash::{mix, stable_hash, stable_hash_of};
use crate::domain::normalize::person_name::romanisation::{self, SurnameMarks};
use crate::domain::record::{Gender, Identifier, PersonName, Phone};
use crate::domain::text::pinyin;

/// Characters of a Han name that a sketch holds.
pub const HAN_MAX: usize = 4;
/// Latin spellings of a surname that a sketch of a Latin name may hold.
const SPELLINGS_MAX: usize = 8;

/// The sketch of one record. The order of the parts is that of reading: what decides most pairs comes first, and no part
/// straddles more cache lines than it must.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[repr(C, align(128))]
pub struct Sketch {
    /// Comparators, a bit each by position, for which the record has a value.
    pub present: u16,
    /// Comparators whose evidence the sketch holds: one value, of an ordinary shape.
    pub plain: u16,
    /// The greatest rarity of any value, at least 0.
    pub rarity_max: i16,
    /// Free attributes.
    pub texts: u8,
    /// Sex.
    pub gender: Option<Gender>,
    /// The day for which the record's values stand, in days since 1970.
    pub observed_day: Option<i64>,
    /// Birth date and its rarity.
    pub birth_date: Option<(PartialDate, i16)>,
    /// Telephone number.
    pub phone: PhoneSketch,
    /// Identity document.
    pub document: DocumentSketch,
    /// Name of the person.
    pub name: NameSketch,
    /// Address.
    pub address: AddressSketch,
    /// E-mail address.
    pub email: EmailSketch,
    /// Social account: format, number, rarity.
    pub social_id: (u64, u64, i16),
    /// Employer.
    pub company: OrgSketch,
}

/// More would take a fourth of the memory of a run more.
const _: () = assert!(size_of::<Sketch>() <= 384);

impl Sketch {
    /// A few bits of every part. Reading them for many records before they are compared lets the memory fetch them side by
    /// side instead of one after the other.
    #[inline]
    pub fn touch(&self) -> u64 {
        let name = u64::from(self.name.letters);
        let address = self.address.region ^ u64::from(self.address.signs.len);
        u64::from(self.present) ^ name ^ address ^ self.email.key ^ self.company.core ^ self.company.signs.single
    }
}

/// A name of up to [`HAN_MAX`] Han characters, or in Latin words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameSketch {
    /// Characters of the Han name.
    pub han: [u16; HAN_MAX],
    /// The same after variant folding.
    pub folded: [u16; HAN_MAX],
    /// How many there are; 0 for a name in Latin letters.
    pub han_len: u8,
    /// How many of them are the surname.
    pub surname_len: u8,
    /// Given name unknown.
    pub surname_only: bool,
    /// No surname can be told.
    pub nickname: bool,
    /// May be a nickname.
    pub loose: bool,
    /// Hash of the toneless syllables.
    pub toneless: u16,
    /// Hash of the sorted toneless syllables or words.
    pub sorted: u16,
    /// The letters of the syllables or words, joined: a bit each.
    pub letters: u32,
    /// How many letters there are.
    pub letters_len: u8,
    /// How the surname may be spelled in Latin letters: `None` for a Latin name and for surnames outside the tables.
    pub surname_marks: Option<&'static SurnameMarks>,
    /// Of a Han name the mark of its surname's pinyin; of a Latin one those of words that may spell a surname.
    pub spellings: [u16; SPELLINGS_MAX],
    /// How many of these there are.
    pub spellings_len: u8,
    /// Rarity of the whole name, the family name and the given name.
    pub rarity: [i16; 3],
    /// Hash of all that is compared of the name: two names of one hash are to any third one the same.
    pub identity: u64,
}

/// A number of up to 16 digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneSketch {
    /// The digits, four bits each, the last one lowest.
    pub digits: u64,
    /// How many there are.
    pub len: u8,
    /// A mobile number.
    pub mobile: bool,
    /// Its rarity.
    pub rarity: i16,
}

/// An identity document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentSketch {
    /// Hash of the format.
    pub format: u64,
    /// Hash of the number.
    pub key: u64,
    /// Hash of the first characters; one edit leaves these or the last ones as they are.
    pub head: u16,
    /// Hash of as many last ones.
    pub tail: u16,
    /// How many characters the number has.
    pub len: u8,
    /// How many of them are in `head` and `tail` each; 0 for short numbers.
    pub ends: u8,
    /// A check digit proved it.
    pub verified: bool,
    /// Its rarity.
    pub rarity: i16,
}

/// An e-mail address in ASCII.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailSketch {
    /// Hash of the match key.
    pub key: u64,
    /// Hash of the local part.
    pub local: u64,
    /// Its signs, a bit each.
    pub letters: u64,
    /// Bytes of the match key.
    pub key_len: u8,
    /// Bytes of the local part.
    pub local_len: u8,
    /// Rarity of the address.
    pub rarity: i16,
    /// Rarity of the local part.
    pub local_rarity: i16,
}

/// An address. Hashes are 0 where the part is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressSketch {
    /// Province or state.
    pub region: u64,
    /// City.
    pub city: u64,
    /// District.
    pub district: u64,
    /// Road.
    pub street: u64,
    /// House number.
    pub number: u64,
    /// Estate.
    pub community: u64,
    /// Building, unit and room.
    pub unit: u64,
    /// Postal code.
    pub postal_code: u64,
    /// Hash of the whole line.
    pub line: u64,
    /// The line's signs and pairs of signs.
    pub signs: Signs,
    /// The letters of a city of at least five Latin letters, a bit each; 0 for any other, which is never a misspelling.
    pub city_letters: u32,
    /// The city is written in Han characters.
    pub han_city: bool,
    /// The road is written in at least five ASCII signs, so that it may be a misspelling of another.
    pub latin_street: bool,
    /// Rarity of the whole, the road, the place and the postal code.
    pub rarity: [i16; 4],
}

/// An organisation's name. Hashes are 0 where the part is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgSketch {
    /// The core.
    pub core: u64,
    /// The place.
    pub place: u64,
    /// The branch.
    pub branch: u64,
    /// The legal form.
    pub legal_form: u64,
    /// The legal form contradicts no other.
    pub open_form: bool,
    /// The core is written in Han characters.
    pub han: bool,
    /// The core's signs and pairs of signs.
    pub signs: Signs,
    /// Its rarity.
    pub rarity: i16,
}

/// Which signs and pairs of neighbours a text has: hashed sets that say how much two texts have in common at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// Single signs.
    pub single: u64,
    /// Pairs of neighbours.
    pub pairs: u64,
    /// How many signs the text has.
    pub len: u16,
}

impl Signs {
    /// The signs of a text.
    pub fn of(text: &[char]) -> Self {
        let bit = |hash: u64| 1u64 << (hash >> 58);
        let single = text.iter().fold(0, |set, c| set | bit(mix(u64::from(u32::from(*c)))));
        let neighbours = text.iter().zip(text.iter().skip(1));
        let joined = |(x, y): (&char, &char)| mix(u64::from(u32::from(*x)) << 32 | u64::from(u32::from(*y)));
        let pairs = neighbours.fold(0, |set, pair| set | bit(joined(pair)));
        Self { single, pairs, len: u16::try_from(text.len()).unwrap_or(u16::MAX) }
    }

    /// Whether Jaro–Winkler can reach `jaro_winkler_min`, or the share of common bigrams `dice_min` (thousandths).
    #[inline]
    pub fn may_be_similar(&self, other: &Self, jaro_winkler_min: u32, dice_min: u32) -> bool {
        let (a, b) = (u32::from(self.len), u32::from(other.len));
        if a < 2 || b < 2 {
            return true;
        }
        may_reach_jaro_winkler((a, self.single), (b, other.single), jaro_winkler_min)
            || 2000 * common_at_most((a - 1, self.pairs), (b - 1, other.pairs)) >= dice_min * (a + b - 2)
    }

    /// Whether this text can stand inside the other.
    #[inline]
    pub fn may_be_within(&self, other: &Self) -> bool {
        self.single & !other.single == 0 && self.pairs & !other.pairs == 0
    }
}

/// Members that two bags have in common at most; a bit that only one has stands for a member that only it has.
#[inline]
fn common_at_most((a, set_a): (u32, u64), (b, set_b): (u32, u64)) -> u32 {
    a.saturating_sub((set_a & !set_b).count_ones()).min(b.saturating_sub((set_b & !set_a).count_ones()))
}

/// Whether two texts, given as length and set of signs, can be as similar as `min` thousandths by Jaro–Winkler.
#[inline]
pub fn may_reach_jaro_winkler((a, set_a): (u32, u64), (b, set_b): (u32, u64), min: u32) -> bool {
    // A common beginning of four gives at most 0.4 of what Jaro's similarity lacks, and nothing is out of order at best:
    // matches / a + matches / b + 1 >= 3 × jaro. Thousandths are rounded down, so two less are asked for.
    let jaro_min = u64::from((min.saturating_sub(402)) * 1000 / 600);
    let common = u64::from(common_at_most((a, set_a), (b, set_b)));
    let (a, b) = (u64::from(a), u64::from(b));
    common * (a + b) * 1000 + a * b * 1000 >= 3 * jaro_min * a * b
}

impl Sketch {
    /// Positions in [`crate::domain::compare::ALL`].
    pub const PERSON_NAME: u16 = 0;
    /// Position of the organisation's name.
    pub const ORG_NAME: u16 = 1;
    /// Position of the identity document.
    pub const ID_DOCUMENT: u16 = 2;
    /// Position of the telephone number.
    pub const PHONE: u16 = 3;
    /// Position of the e-mail address.
    pub const EMAIL: u16 = 4;
    /// Position of the birth date.
    pub const BIRTH_DATE: u16 = 5;
    /// Position of the sex.
    pub const GENDER: u16 = 6;
    /// Position of the address.
    pub const ADDRESS: u16 = 7;
    /// Position of the employer.
    pub const COMPANY: u16 = 8;
    /// Position of the social account.
    pub const SOCIAL_ID: u16 = 9;
    /// Position of the bank card.
    pub const BANK_CARD: u16 = 10;
    /// Position of the postal code.
    pub const POSTAL_CODE: u16 = 11;
    /// Position of free attributes.
    pub const TEXT: u16 = 12;

    /// Draws the sketch of features.
    pub fn of(features: &Features) -> Self {
        let mut sketch = Self { rarity_max: rarity_max(features), ..Self::default() };
        sketch.texts = features.texts.len() as u8;
        sketch.gender = features.gender;
        sketch.observed_day = features.observed_day;
        let Features { names, documents, phones, emails, birth_dates, addresses, companies, social_ids, .. } = features;
        sketch.note(Self::PERSON_NAME, names.len(), |s| only(names).and_then(name).map(|name| s.name = name));
        sketch.note(Self::ORG_NAME, features.orgs.len(), |_| None);
        sketch.note(Self::ID_DOCUMENT, documents.len(), |s| only(documents).and_then(document).map(|d| s.document = d));
        sketch.note(Self::PHONE, phones.len(), |s| only(phones).and_then(phone).map(|phone| s.phone = phone));
        sketch.note(Self::EMAIL, emails.len(), |s| only(emails).and_then(email).map(|email| s.email = email));
        sketch.note(Self::BIRTH_DATE, birth_dates.len(), |s| {
            let date = only(birth_dates)?;
            s.birth_date = Some((date.value, rarity(date.rarity)?));
            Some(())
        });
        sketch.note(Self::GENDER, usize::from(features.gender.is_some()), |_| Some(()));
        sketch.note(Self::ADDRESS, addresses.len(), |s| only(addresses).and_then(address).map(|a| s.address = a));
        sketch.note(Self::COMPANY, companies.len(), |s| only(companies).and_then(org).map(|org| s.company = org));
        sketch
            .note(Self::SOCIAL_ID, social_ids.len(), |s| only(social_ids).and_then(social_id).map(|i| s.social_id = i));
        sketch.note(Self::BANK_CARD, features.bank_cards.len(), |_| None);
        sketch.note(Self::POSTAL_CODE, features.postal_codes.len(), |_| None);
        sketch.note(Self::TEXT, features.texts.len(), |_| None);
        sketch
    }

    /// One record names an organisation as the customer and the other only people: never one customer.
    #[inline]
    pub fn is_of_another_kind(&self, other: &Self) -> bool {
        let kind = |sketch: &Self| sketch.present & (1 << Self::ORG_NAME | 1 << Self::PERSON_NAME);
        let person = |sketch: &Self| kind(sketch) == 1 << Self::PERSON_NAME;
        let organisation = |sketch: &Self| kind(sketch) & (1 << Self::ORG_NAME) != 0;
        (organisation(self) && person(other)) || (organisation(other) && person(self))
    }

    /// Takes over rarities of all values, each with its place; values without one have none before and after.
    pub fn rate(&mut self, rarities: impl Iterator<Item = (Place, i32)>) {
        let mut most = 0;
        for (place, rarity) in rarities {
            most = rarity.max(most);
            if let Some(to) = self.rarity_at(place) {
                *to = short(rarity);
            }
        }
        self.rarity_max = i16::try_from(most).unwrap_or(i16::MAX);
    }

    /// Where the rarity of a value is that the sketch holds.
    fn rarity_at(&mut self, place: Place) -> Option<&mut i16> {
        let (position, rarity) = match place {
            Place::Nowhere => return None,
            Place::BirthDate => return self.birth_date.as_mut().map(|(_, rarity)| rarity),
            Place::Name(part) => (Self::PERSON_NAME, self.name.rarity.get_mut(usize::from(part))?),
            Place::Company => (Self::COMPANY, &mut self.company.rarity),
            Place::Phone => (Self::PHONE, &mut self.phone.rarity),
            Place::Email(0) => (Self::EMAIL, &mut self.email.rarity),
            Place::Email(_) => (Self::EMAIL, &mut self.email.local_rarity),
            Place::Document => (Self::ID_DOCUMENT, &mut self.document.rarity),
            Place::SocialId => (Self::SOCIAL_ID, &mut self.social_id.2),
            Place::Address(part) => (Self::ADDRESS, self.address.rarity.get_mut(usize::from(part))?),
        };
        (self.plain & 1 << position != 0).then_some(rarity)
    }

    fn note(&mut self, position: u16, values: usize, draw: impl FnOnce(&mut Self) -> Option<()>) {
        if values > 0 {
            self.present |= 1 << position;
            self.plain |= u16::from(draw(self).is_some()) << position;
        }
    }
}

fn only<T>(values: &[T]) -> Option<&T> {
    if let [value] = values { Some(value) } else { None }
}

fn rarity(value: i32) -> Option<i16> {
    i16::try_from(value).ok()
}

/// A rarity as a sketch holds it; no frequencies give one that does not fit.
fn short(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

fn rarity_max(features: &Features) -> i16 {
    let names = features.names.iter().flat_map(|name| [name.rarity, name.family_rarity, name.given_rarity]);
    let orgs = features.orgs.iter().chain(&features.companies).map(|org| org.rarity);
    let emails = features.emails.iter().flat_map(|email| [email.rarity, email.local_rarity]);
    let addresses =
        features.addresses.iter().flat_map(|a| [a.rarity, a.street_rarity, a.place_rarity, a.postal_code_rarity]);
    let numbers = [&features.documents, &features.social_ids, &features.bank_cards];
    let numbers = numbers.into_iter().flatten().map(|number| number.rarity);
    let phones = features.phones.iter().map(|phone| phone.rarity);
    let dates = features.birth_dates.iter().map(|date| date.rarity);
    let codes = features.postal_codes.iter().map(|code| code.rarity);
    let texts = features.texts.iter().map(|text| text.rarity);
    let all = names.chain(orgs).chain(emails).chain(addresses).chain(numbers).chain(phones).chain(dates);
    i16::try_from(all.chain(codes).chain(texts).fold(0, i32::max)).unwrap_or(i16::MAX)
}

/// Hash of a text; 0 for none.
fn text_hash(text: &str) -> u64 {
    if text.is_empty() { 0 } else { stable_hash(&[text]) | 1 }
}

fn name(name: &NameFeature) -> Option<NameSketch> {
    let mut sketch = NameSketch {
        nickname: name.nickname,
        loose: name.loose,
        surname_only: name.name.surname_only,
        identity: identity(&name.name),
        sorted: stable_hash(&name.sorted_words.iter().map(SmolStr::as_str).collect::<Vec<_>>()) as u16,
        rarity: [rarity(name.rarity)?, rarity(name.family_rarity)?, rarity(name.given_rarity)?],
        ..NameSketch::default()
    };
    match (name.han.is_empty(), name.name.words.is_empty()) {
        (false, true) => han_name(name, &mut sketch)?,
        (true, false) => latin_name(name, &mut sketch)?,
        _ => return None,
    }
    Some(sketch)
}

/// Features of a name are made of nothing else.
fn identity(name: &PersonName) -> u64 {
    let PersonName { han, han_surname_len, surname_only, syllables, family, given, words, suffix } = name;
    let surname = ["0", "1", "2", "3", "4"].get(*han_surname_len).copied().unwrap_or("+");
    let parts = [han.as_str(), surname, if *surname_only { "only" } else { "" }, family, suffix].into_iter();
    // Lists are told apart by a part that none of them has.
    let lists = given.iter().map(String::as_str).chain(["\n"]).chain(words.iter().map(String::as_str)).chain(["\n"]);
    stable_hash_of(parts.chain(lists).chain(syllables.iter().map(AsRef::as_ref)))
}

fn han_name(name: &NameFeature, sketch: &mut NameSketch) -> Option<()> {
    let latin_parts = name.name.given.is_empty() && name.name.family.is_empty() && name.name.suffix.is_empty();
    if name.han.len() > HAN_MAX || name.han.len() != name.han_folded.len() || !latin_parts || !name.compared.is_empty()
    {
        return None;
    }
    for (signs, to) in [(&name.han, &mut sketch.han), (&name.han_folded, &mut sketch.folded)] {
        for (c, to) in signs.iter().zip(to) {
            *to = u16::try_from(u32::from(*c)).ok()?;
        }
    }
    sketch.han_len = name.han.len() as u8;
    sketch.surname_len = u8::try_from(name.name.han_surname_len).ok()?;
    sketch.toneless = stable_hash(&name.syllables.iter().map(SmolStr::as_str).collect::<Vec<_>>()) as u16;
    join_letters(name.syllables.iter().map(SmolStr::as_str), sketch)?;
    let surname_len = name.name.han_surname_len.max(1);
    let surname: String = name.han.get(..surname_len)?.iter().collect();
    sketch.surname_marks = romanisation::surname_marks(&surname);
    let read: String = name.syllables.iter().take(surname_len).map(SmolStr::as_str).collect();
    sketch.spellings_len = 1;
    sketch.spellings = [romanisation::spelling_mark(&read); SPELLINGS_MAX];
    Some(())
}

fn latin_name(name: &NameFeature, sketch: &mut NameSketch) -> Option<()> {
    let words = &name.name.words;
    if !words.iter().all(|word| word.is_ascii()) {
        return None;
    }
    join_letters(words.iter().map(|word| pinyin::surname_lv_fold(word)), sketch)?;
    let neighbours = words.iter().zip(words.iter().skip(1)).map(|(x, y)| format!("{x}{y}"));
    let family = (!name.name.family.is_empty()).then(|| name.name.family.replace(' ', ""));
    let mut marks: Vec<u16> = Vec::with_capacity(SPELLINGS_MAX);
    for word in words.iter().cloned().chain(neighbours).chain(family) {
        let folded = if word == "lu" { "lv" } else { pinyin::surname_lv_fold(&word) };
        for mark in [romanisation::spelling_mark(&word), romanisation::spelling_mark(folded)] {
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    if marks.len() > SPELLINGS_MAX {
        return None;
    }
    sketch.spellings_len = marks.len() as u8;
    for (to, mark) in sketch.spellings.iter_mut().zip(marks) {
        *to = mark;
    }
    Some(())
}

fn join_letters<'a>(words: impl Iterator<Item = &'a str>, sketch: &mut NameSketch) -> Option<()> {
    let mut length = 0;
    for word in words {
        length += word.len();
        let signs = sign_set(word)?;
        sketch.letters |= (signs | signs >> 32) as u32;
    }
    sketch.letters_len = u8::try_from(length).ok()?;
    Some(())
}

/// The signs of an ASCII text, a bit each.
fn sign_set(text: &str) -> Option<u64> {
    text.is_ascii().then(|| {
        text.bytes().fold(0, |set, byte| {
            set | match byte {
                b'a'..=b'z' => 1u64 << (byte - b'a'),
                b'0'..=b'9' => 1 << (26 + byte - b'0'),
                other => 1 << (36 + other % 28),
            }
        })
    })
}

fn phone(phone: &Rated<Phone>) -> Option<PhoneSketch> {
    let digits = phone.e164.strip_prefix('+')?;
    let all_digits = (8..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits && phone.extension.is_empty()).then_some(())?;
    Some(PhoneSketch {
        digits: digits.bytes().fold(0, |number, digit| number << 4 | u64::from(digit - b'0')),
        len: digits.len() as u8,
        mobile: phone.mobile,
        rarity: rarity(phone.rarity)?,
    })
}

fn document(document: &Rated<Identifier>) -> Option<DocumentSketch> {
    let key = document.match_key.as_str();
    let ends = match key.len() {
        17.. => 8,
        9..=16 => 4,
        _ => 0,
    };
    key.is_ascii().then_some(())?;
    Some(DocumentSketch {
        format: text_hash(&document.format),
        key: text_hash(key),
        head: text_hash(key.get(..ends)?) as u16,
        tail: text_hash(key.get(key.len() - ends..)?) as u16,
        len: u8::try_from(key.len()).ok()?,
        ends: ends as u8,
        verified: document.verified,
        rarity: rarity(document.rarity)?,
    })
}

fn email(email: &EmailFeature) -> Option<EmailSketch> {
    let address = &email.address;
    address.match_key.is_ascii().then_some(())?;
    Some(EmailSketch {
        key: text_hash(&address.match_key),
        local: text_hash(&address.local),
        letters: sign_set(&address.local)?,
        key_len: u8::try_from(address.match_key.len()).ok()?,
        local_len: u8::try_from(address.local.len()).ok()?,
        rarity: rarity(email.rarity)?,
        local_rarity: rarity(email.local_rarity)?,
    })
}

fn social_id(account: &Rated<Identifier>) -> Option<(u64, u64, i16)> {
    Some((text_hash(&account.format), text_hash(&account.match_key), rarity(account.rarity)?))
}

fn address(feature: &AddressFeature) -> Option<AddressSketch> {
    let address = &feature.address;
    let line: String = feature.line.iter().collect();
    Some(AddressSketch {
        region: text_hash(&address.region),
        city: text_hash(&address.city),
        district: text_hash(&address.district),
        street: text_hash(&address.street),
        number: text_hash(&address.number),
        community: text_hash(&address.community),
        unit: text_hash(&address.unit),
        postal_code: text_hash(&address.postal_code),
        line: text_hash(&line),
        signs: Signs::of(&feature.line),
        city_letters: city_letters(&address.city),
        han_city: address.city.chars().next().is_some_and(crate::domain::text::han::is_han),
        latin_street: address.street.is_ascii() && address.street.len() >= 5,
        rarity: [
            rarity(feature.rarity)?,
            rarity(feature.street_rarity)?,
            rarity(feature.place_rarity)?,
            rarity(feature.postal_code_rarity)?,
        ],
    })
}

fn city_letters(city: &str) -> u32 {
    let latin = city.len() >= 5 && city.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    if latin { sign_set(city).map_or(0, |signs| (signs | signs >> 32) as u32) } else { 0 }
}

fn org(org: &OrgFeature) -> Option<OrgSketch> {
    Some(OrgSketch {
        core: text_hash(&org.name.core),
        place: text_hash(&org.name.place),
        branch: text_hash(&org.name.branch),
        legal_form: text_hash(org.name.legal_form),
        open_form: matches!(org.name.legal_form, "" | "company"),
        han: org.han,
        signs: Signs::of(&org.core),
        rarity: rarity(org.rarity)?,
    })
}
