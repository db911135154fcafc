//! Outlines: the few bytes of a sketch that rule out most pairs, small enough to be at hand for every record of a store.
//!
//! An outline knows no rarities, so it is the same under every model. Of a birth date, a sex and a telephone number, and of a name as far as
//! names in different scripts are compared, it has what the sketch has; of other values marks of one or two bytes, of which only the difference
//! is certain.

use super::sketch::{AddressSketch, HAN_MAX, NameSketch, PhoneSketch, Sketch};
use crate::domain::date::{CivilDate, PartialDate};
use crate::domain::normalize::person_name::romanisation;
use crate::domain::record::Gender;
use crate::domain::text::han;

/// The outline of one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    phone_digits: u64,
    /// Of a Han name its characters, 16 bits each; of a Latin one the marks of what may be its surname, [`SPELLING_BITS`] each.
    name: u64,
    name_letters: u32,
    /// Year, month and day, the unknown ones 0; 0 for no date.
    birth_date: u32,
    /// Comparators, a bit each by position, for which the record has a value.
    pub present: u16,
    held: u16,
    flags: u16,
    toneless: u16,
    sorted: u16,
    /// How the surname of a Han name is read.
    reading: u16,
    /// Mark of the document's number.
    pub document: u16,
    /// Mark of the social account's number.
    pub social_id: u16,
    /// Mark of the document's format.
    pub document_format: u8,
    /// Mark of the social account's format.
    pub social_id_format: u8,
    phone_len: u8,
    han_len: u8,
    surname_len: u8,
    spellings_len: u8,
    letters_len: u8,
    /// Marks of the e-mail address.
    pub email: EmailOutline,
    /// Marks of the address.
    pub address: AddressOutline,
}

/// Marks of an e-mail address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmailOutline {
    /// The signs of the local part: a bit each, two signs to a bit.
    pub letters: u32,
    /// The match key.
    pub key: u16,
    /// The local part.
    pub local: u8,
    /// Bytes of the match key.
    pub key_len: u8,
    /// Bytes of the local part.
    pub local_len: u8,
}

/// A set of signs in half as many bits: no two sets differ in more of these than before.
#[inline]
pub fn folded(letters: u64) -> u32 {
    (letters | letters >> 32) as u32
}

/// Bits of a mark of a spelling, and how many of them an outline has room for.
const SPELLING_BITS: usize = 9;
const SPELLINGS_MAX: usize = 64 / SPELLING_BITS;

/// Marks of the parts of an address, 0 where a part is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressOutline {
    /// City.
    pub city: u8,
    /// District.
    pub district: u8,
    /// Road.
    pub street: u8,
    /// House number.
    pub number: u8,
    /// Estate.
    pub community: u8,
    /// Building, unit and room.
    pub unit: u8,
    /// The whole line.
    pub line: u8,
    /// Postal code.
    pub postal_code: u8,
}

/// The bits of `flags`.
mod flag {
    pub(super) const FEMALE: u16 = 1 << 0;
    pub(super) const MALE: u16 = 1 << 1;
    pub(super) const MOBILE: u16 = 1 << 2;
    pub(super) const SURNAME_ONLY: u16 = 1 << 3;
    pub(super) const NICKNAME: u16 = 1 << 4;
    pub(super) const LOOSE: u16 = 1 << 5;
    pub(super) const HAN_CITY: u16 = 1 << 6;
    pub(super) const LATIN_STREET: u16 = 1 << 7;
    pub(super) const VERIFIED: u16 = 1 << 8;
}

/// One byte of a hash; 0 only for 0, which stands for nothing.
#[inline]
pub fn mark(hash: u64) -> u8 {
    if hash == 0 { 0 } else { ((hash >> 56) as u8).max(1) }
}

/// Two bytes of a hash.
#[inline]
pub fn wide_mark(hash: u64) -> u16 {
    (hash >> 48) as u16
}

impl Outline {
    /// Draws the outline of a sketch.
    pub fn of(sketch: &Sketch) -> Self {
        let spellings = usize::from(sketch.name.spellings_len);
        let left_out = if spellings <= SPELLINGS_MAX { 0 } else { 1 << Sketch::PERSON_NAME };
        let flags = [
            (flag::FEMALE, sketch.gender == Some(Gender::Female)),
            (flag::MALE, sketch.gender == Some(Gender::Male)),
            (flag::MOBILE, sketch.phone.mobile),
            (flag::SURNAME_ONLY, sketch.name.surname_only),
            (flag::NICKNAME, sketch.name.nickname),
            (flag::LOOSE, sketch.name.loose),
            (flag::HAN_CITY, sketch.address.han_city),
            (flag::LATIN_STREET, sketch.address.latin_street),
            (flag::VERIFIED, sketch.document.verified),
        ];
        Self {
            phone_digits: sketch.phone.digits,
            name: packed_name(&sketch.name),
            name_letters: sketch.name.letters,
            birth_date: sketch.birth_date.map_or(0, |(date, _)| packed_date(date)),
            present: sketch.present,
            held: sketch.plain & !left_out,
            flags: flags.into_iter().filter(|(_, is)| *is).fold(0, |flags, (flag, _)| flags | flag),
            toneless: sketch.name.toneless,
            sorted: sketch.name.sorted,
            reading: sketch.name.spellings.first().copied().unwrap_or_default(),
            document: wide_mark(sketch.document.key),
            social_id: wide_mark(sketch.social_id.1),
            document_format: mark(sketch.document.format),
            social_id_format: mark(sketch.social_id.0),
            phone_len: sketch.phone.len,
            han_len: sketch.name.han_len,
            surname_len: sketch.name.surname_len,
            spellings_len: sketch.name.spellings_len,
            letters_len: sketch.name.letters_len,
            email: EmailOutline {
                letters: folded(sketch.email.letters),
                key: wide_mark(sketch.email.key),
                local: mark(sketch.email.local),
                key_len: sketch.email.key_len,
                local_len: sketch.email.local_len,
            },
            address: AddressOutline::of(&sketch.address),
        }
    }

    /// Whether the outline has the value that the comparator at a position reads.
    #[inline]
    pub fn holds(&self, position: u16) -> bool {
        self.held & 1 << position != 0
    }

    #[inline]
    fn is(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Sex.
    #[inline]
    pub fn gender(&self) -> Option<Gender> {
        match (self.is(flag::FEMALE), self.is(flag::MALE)) {
            (true, _) => Some(Gender::Female),
            (_, true) => Some(Gender::Male),
            (false, false) => None,
        }
    }

    /// Birth date.
    #[inline]
    pub fn birth_date(&self) -> Option<PartialDate> {
        let (year, month, day) =
            ((self.birth_date >> 9) as i16, (self.birth_date >> 5 & 0xf) as u8, self.birth_date & 0x1f);
        match (month, day as u8) {
            (0, _) => PartialDate::year(year),
            (month, 0) => PartialDate::month(year, month),
            (month, day) => CivilDate::new(year, month, day).map(PartialDate::from),
        }
    }

    /// Telephone number, without its rarity.
    #[inline]
    pub fn phone(&self) -> PhoneSketch {
        PhoneSketch { digits: self.phone_digits, len: self.phone_len, mobile: self.is(flag::MOBILE), rarity: 0 }
    }

    /// The name is written in Han characters.
    #[inline]
    pub fn has_han_name(&self) -> bool {
        self.han_len > 0
    }

    /// The name, without its rarities and without the spellings of a Han surname, which [`Self::spelt_name`] adds.
    #[inline]
    pub fn name(&self) -> NameSketch {
        let mut name = NameSketch {
            han_len: self.han_len,
            surname_len: self.surname_len,
            surname_only: self.is(flag::SURNAME_ONLY),
            nickname: self.is(flag::NICKNAME),
            loose: self.is(flag::LOOSE),
            toneless: self.toneless,
            sorted: self.sorted,
            letters: self.name_letters,
            letters_len: self.letters_len,
            spellings_len: self.spellings_len,
            ..NameSketch::default()
        };
        if self.has_han_name() {
            let folded = |c: u16| char::from_u32(u32::from(c)).map_or(0, |c| u32::from(han::fold_variant(c)) as u16);
            for (place, (sign, fold)) in
                name.han.iter_mut().zip(&mut name.folded).enumerate().take(usize::from(self.han_len))
            {
                *sign = (self.name >> (16 * place)) as u16;
                *fold = folded(*sign);
            }
            name.spellings.fill(self.reading);
        } else {
            for (place, spelling) in name.spellings.iter_mut().enumerate().take(SPELLINGS_MAX) {
                *spelling = (self.name >> (SPELLING_BITS * place)) as u16 & ((1 << SPELLING_BITS) - 1);
            }
        }
        name
    }

    /// A name in Han characters with the spellings of its surname in Latin letters.
    pub fn spelt_name(&self) -> NameSketch {
        let name = self.name();
        let surname = name.han.iter().take(usize::from(self.surname_len.max(1)));
        let surname: String = surname.filter_map(|c| char::from_u32(u32::from(*c))).collect();
        NameSketch { surname_marks: romanisation::surname_marks(&surname), ..name }
    }

    /// The city is written in Han characters.
    #[inline]
    pub fn has_han_city(&self) -> bool {
        self.is(flag::HAN_CITY)
    }

    /// The road is written in at least five ASCII signs.
    #[inline]
    pub fn has_latin_street(&self) -> bool {
        self.is(flag::LATIN_STREET)
    }

    /// A check digit proved the document.
    #[inline]
    pub fn has_verified_document(&self) -> bool {
        self.is(flag::VERIFIED)
    }
}

impl AddressOutline {
    fn of(sketch: &AddressSketch) -> Self {
        Self {
            city: mark(sketch.city),
            district: mark(sketch.district),
            street: mark(sketch.street),
            number: mark(sketch.number),
            community: mark(sketch.community),
            unit: mark(sketch.unit),
            line: mark(sketch.line),
            postal_code: mark(sketch.postal_code),
        }
    }

    /// Anything below the district is known.
    #[inline]
    pub fn has_detail(&self) -> bool {
        self.street | self.number | self.community | self.unit != 0
    }
}

fn packed_name(name: &NameSketch) -> u64 {
    let pack = |signs: &[u16], bits: usize| {
        signs.iter().enumerate().fold(0, |packed, (place, sign)| packed | u64::from(*sign) << (bits * place))
    };
    match name.han_len {
        0 => pack(name.spellings.get(..SPELLINGS_MAX).unwrap_or_default(), SPELLING_BITS),
        _ => pack(&name.han, u64::BITS as usize / HAN_MAX),
    }
}

fn packed_date(date: PartialDate) -> u32 {
    u32::from(date.year as u16) << 9 | u32::from(date.month.unwrap_or(0)) << 5 | u32::from(date.day.unwrap_or(0))
}
