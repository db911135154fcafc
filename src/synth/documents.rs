//! Identity documents with right check digits, each given to one person only.

use super::calendar::{Date, civil, day_number, push_date};
use super::names::{Culture, Sex};
use super::numerals::push_padded;
use super::random::{Permutation, Random, mix};

/// A person's document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which kind it is.
    pub kind: DocumentKind,
    /// The number without blanks, letters in upper case.
    pub text: String,
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// 居民身份证, 18 characters (GB 11643-1999).
    ResidentId,
    /// 港澳居民来往内地通行证, H or M and eight digits.
    HongKongPermit,
    /// 台湾居民来往大陆通行证, eight digits.
    TaiwanPermit,
    /// A passport.
    Passport,
}

/// First birth day that the register of sequence numbers covers, as a year.
pub const FIRST_BIRTH_YEAR: i32 = 1934;
/// Last birth year covered.
pub const LAST_BIRTH_YEAR: i32 = 2009;
/// Sequence numbers of one sex, region and day.
const SEQUENCES: u16 = 499;

/// Gives out document numbers, none of them twice. The register counts the ids of every region and birth day
/// (18 MB, whatever the number of records); other documents come from permuted counters.
pub struct Registry {
    used: Vec<u16>,
    first_day: i32,
    days: usize,
    id_codes: Vec<u32>,
    permit_numbers: Permutation,
    passport_numbers: Permutation,
    permits: u64,
    passports: u64,
    seed: u64,
}

impl Registry {
    /// A register for the region codes given.
    pub fn new(seed: u64, id_codes: Vec<u32>) -> Self {
        let first_day = day_number(Date { year: FIRST_BIRTH_YEAR, month: 1, day: 1 });
        let last_day = day_number(Date { year: LAST_BIRTH_YEAR, month: 12, day: 31 });
        let days = (last_day - first_day + 1).unsigned_abs() as usize;
        Self {
            used: vec![0; id_codes.len() * days],
            first_day,
            days,
            id_codes,
            permit_numbers: Permutation::new(seed, 21, 100_000_000),
            passport_numbers: Permutation::new(seed, 22, 10_000_000),
            permits: 0,
            passports: 0,
            seed,
        }
    }

    /// The document of a new person; `region` is a position in the region codes.
    pub fn document(&mut self, culture: Culture, region: usize, birth: i32, sex: Sex, random: &mut Random) -> Document {
        match culture {
            Culture::Mainland | Culture::Uyghur | Culture::Tibetan => {
                Document { kind: DocumentKind::ResidentId, text: self.resident_id(region, birth, sex) }
            }
            Culture::HongKong => {
                let letter = if random.chance(8500) { "H" } else { "M" };
                Document { kind: DocumentKind::HongKongPermit, text: self.permit(letter) }
            }
            Culture::Taiwan => Document { kind: DocumentKind::TaiwanPermit, text: self.permit("") },
            Culture::Western => Document { kind: DocumentKind::Passport, text: self.passport(random) },
        }
    }

    fn resident_id(&mut self, region: usize, birth: i32, sex: Sex) -> String {
        let day = usize::try_from(birth - self.first_day).unwrap_or(0).min(self.days - 1);
        // A day is full after 499 births of a region; then the next region serves. All regions of a day are
        // never full below a thousand million people.
        let regions = self.id_codes.len();
        let region = (0..regions)
            .map(|step| (region + step) % regions)
            .find(|&at| self.used[at * self.days + day] < SEQUENCES)
            .unwrap_or(region % regions);
        let place = region * self.days + day;
        let count = self.used[place];
        self.used[place] = count.saturating_add(1);
        let offset = (mix(self.seed ^ place as u64) % u64::from(SEQUENCES)) as u16;
        let turn = (count + offset) % SEQUENCES;
        let sequence = match sex {
            Sex::Male => 2 * turn + 1,
            Sex::Female => 2 * turn + 2,
        };
        let mut text = String::with_capacity(18);
        push_padded(&mut text, self.id_codes[region].into(), 6);
        push_date(&mut text, civil(birth), "");
        push_padded(&mut text, sequence.into(), 3);
        text.push(check_character(&text));
        text
    }

    fn permit(&mut self, letter: &str) -> String {
        let mut text = letter.to_owned();
        push_padded(&mut text, self.permit_numbers.apply(self.permits), 8);
        self.permits += 1;
        text
    }

    /// Passports of several countries; the seven digits of the permuted counter stand in each.
    fn passport(&mut self, random: &mut Random) -> String {
        let number = self.passport_numbers.apply(self.passports);
        self.passports += 1;
        let letter = |index: u64| char::from(b'A' + (index % 26) as u8);
        let mut text = String::new();
        match random.below(10) {
            0..=3 => {
                text.push(letter(random.bits()));
                push_padded(&mut text, random.below(10).into(), 1);
                push_padded(&mut text, number, 7);
            }
            4..=5 => {
                text.push_str("PA");
                push_padded(&mut text, number, 7);
            }
            6 => {
                text.push(letter(random.bits()));
                text.push(letter(number / 1_000_000));
                push_padded(&mut text, number % 1_000_000, 6);
            }
            7 => {
                push_padded(&mut text, number / 100_000, 2);
                text.push(letter(random.bits()));
                text.push(letter(random.bits()));
                push_padded(&mut text, number % 100_000, 5);
            }
            8 => {
                text.push('C');
                text.push(random.pick(&['F', 'G', 'H', 'J', 'K']));
                push_padded(&mut text, number, 7);
            }
            _ => {
                push_padded(&mut text, u64::from(random.between(10, 79)), 2);
                push_padded(&mut text, number, 7);
            }
        }
        text
    }
}

/// The check character of the first 17 digits: ISO 7064 MOD 11-2.
pub fn check_character(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 =
        digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    CHARACTERS[(sum % 11) as usize]
}

/// The number of 15 digits that preceded one of 18: without the century and the check character.
pub fn fifteen_digits(text: &str) -> Option<String> {
    Some(format!("{}{}", text.get(..6)?, text.get(8..17)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_are_right() {
        // GB 11643-1999's own example, and two from the project's list.
        for id in ["11010519491231002X", "440308199901101512", "360426199101010071"] {
            assert_eq!(id.chars().last(), Some(check_character(&id[..17])));
        }
        assert_eq!(fifteen_digits("11010519491231002X").as_deref(), Some("110105491231002"));
    }

    #[test]
    fn no_number_is_given_twice() {
        let mut registry = Registry::new(1, vec![110_101, 110_102]);
        let mut random = Random::new(1, 1);
        let birth = day_number(Date { year: 1985, month: 3, day: 12 });
        let mut seen = Vec::new();
        for turn in 0..900 {
            let sex = if turn % 2 == 0 { Sex::Male } else { Sex::Female };
            seen.push(registry.document(Culture::Mainland, 0, birth, sex, &mut random).text);
        }
        for culture in [Culture::HongKong, Culture::Taiwan, Culture::Western] {
            for _ in 0..2000 {
                seen.push(registry.document(culture, 0, birth, Sex::Male, &mut random).text);
            }
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }
}
