//! Phones, e-mail addresses and WeChat unionids: numbers that are valid and, but for the sharing and re-issuing
//! the generator does on purpose, belong to one person.

use super::calendar::Date;
use super::gazetteer::City;
use super::hanzi::Hanzi;
use super::names::{Culture, PersonName};
use super::numerals::push_padded;
use super::random::{Permutation, Random, Weighted};

/// A phone number as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phone {
    /// Mainland mobile, eleven digits.
    Mobile(u64),
    /// Mainland fixed line; extension 0 for none.
    Landline {
        /// Area code with its zero.
        area: &'static str,
        /// Local number.
        number: u32,
        /// Extension behind a switchboard.
        extension: u16,
    },
    /// A number of another country or territory.
    Abroad {
        /// Calling code.
        code: u16,
        /// National number.
        number: u64,
    },
}

impl Phone {
    /// Appends the plain form.
    pub fn push_plain(&self, output: &mut String) {
        match *self {
            Phone::Mobile(number) => push_padded(output, number, 11),
            Phone::Landline { area, number, extension } => {
                output.push_str(area);
                output.push('-');
                push_padded(output, number.into(), 7);
                if extension > 0 {
                    output.push('-');
                    push_padded(output, extension.into(), 3);
                }
            }
            Phone::Abroad { code, number } => {
                output.push('+');
                push_padded(output, code.into(), 1);
                push_padded(output, number, 1);
            }
        }
    }
}

/// Mobile prefixes in use: 13x, 15[0-35-9], 16[67], 17[35678], 18x, 19[1-35-9].
const MOBILE_PREFIXES: [u64; 44] = [
    130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 150, 151, 152, 153, 155, 156, 157, 158, 159, 166, 167, 173, 175,
    176, 177, 178, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 191, 192, 193, 195, 196, 197, 198, 199,
];

/// A landline of a city.
pub fn landline(city: &City, random: &mut Random) -> Phone {
    let (low, size) = if city.local_digits == 8 { (20_000_000, 69_999_999) } else { (2_000_000, 6_999_999) };
    Phone::Landline { area: city.area, number: low + random.below(size), extension: 0 }
}

const PROVIDERS: [(&str, u32); 9] = [
    ("163.com", 30),
    ("qq.com", 16),
    ("126.com", 13),
    ("gmail.com", 11),
    ("sina.com", 8),
    ("outlook.com", 8),
    ("foxmail.com", 6),
    ("hotmail.com", 4),
    ("icloud.com", 4),
];

/// Gives out phones, QQ numbers and e-mail addresses.
pub struct Contacts {
    mobile_tails: Permutation,
    qq_numbers: Permutation,
    abroad_numbers: Permutation,
    mobiles: u64,
    abroad: u64,
    qqs: u64,
    provider_weights: Weighted,
}

impl Contacts {
    /// The givers of a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            mobile_tails: Permutation::new(seed, 31, 100_000_000),
            qq_numbers: Permutation::new(seed, 32, 3_400_000_000),
            abroad_numbers: Permutation::new(seed, 33, ABROAD_NUMBERS),
            mobiles: 0,
            abroad: 0,
            qqs: 0,
            provider_weights: Weighted::new(PROVIDERS.iter().map(|(_, weight)| *weight)),
        }
    }

    /// A mobile of a person: mainland for most, a number of home for some.
    pub fn mobile(&mut self, culture: Culture, random: &mut Random) -> Phone {
        let abroad_share = match culture {
            Culture::HongKong | Culture::Taiwan => 6000,
            Culture::Western => 1200,
            Culture::Mainland | Culture::Uyghur | Culture::Tibetan => 0,
        };
        if random.chance(abroad_share) {
            let number = self.abroad_numbers.apply(self.abroad);
            self.abroad += 1;
            return abroad(culture, number);
        }
        let tail = self.mobile_tails.apply(self.mobiles);
        self.mobiles += 1;
        Phone::Mobile(random.pick(&MOBILE_PREFIXES) * 100_000_000 + tail)
    }

    /// An e-mail address of a person.
    pub fn email(
        &mut self,
        hanzi: &Hanzi,
        name: &PersonName,
        birth: Date,
        mobile: Phone,
        company_domain: Option<&str>,
        random: &mut Random,
    ) -> String {
        let western = name.culture == Culture::Western;
        if let Some(domain) = company_domain.filter(|_| random.chance(2500)) {
            return format!("{}@{domain}", self.work_local(hanzi, name, random));
        }
        if !western && random.chance(3400) {
            let number = 100_000_000 + self.qq_numbers.apply(self.qqs);
            self.qqs += 1;
            let domain = if random.chance(9300) { "qq.com" } else { "foxmail.com" };
            return format!("{number}@{domain}");
        }
        if let Phone::Mobile(number) = mobile
            && random.chance(1000)
        {
            let domain = random.pick(&["139.com", "163.com", "189.cn"]);
            return format!("{number}@{domain}");
        }
        let provider =
            if western && random.chance(6000) { "gmail.com" } else { PROVIDERS[self.provider_weights.draw(random)].0 };
        format!("{}@{provider}", self.private_local(hanzi, name, birth, random))
    }

    fn work_local(&self, hanzi: &Hanzi, name: &PersonName, random: &mut Random) -> String {
        let (family, given) = latin_parts(hanzi, name);
        match random.below(4) {
            0 => format!("{given}.{family}"),
            1 => format!("{family}.{given}"),
            2 => format!("{family}{given}"),
            _ => format!("{family}{}{}", first_letter(&given), random.between(1, 99)),
        }
    }

    /// Local parts as people choose them; the longer the digits, the rarer a name taken twice.
    fn private_local(&self, hanzi: &Hanzi, name: &PersonName, birth: Date, random: &mut Random) -> String {
        let (family, mut given) = latin_parts(hanzi, name);
        if let Some(english) = name.english
            && random.chance(5000)
        {
            given = ascii_lower(english);
        }
        let Date { year, month, day } = birth;
        let short_year = year % 100;
        let digits = random.between(10, 99_999);
        match random.below(9) {
            0 | 1 => format!("{family}{given}{short_year:02}{month:02}{day:02}"),
            2 => format!("{family}{given}{digits}"),
            3 => format!("{given}.{family}{short_year:02}{}", digits % 10),
            4 => format!("{given}{family}{digits}"),
            5 => format!("{family}_{given}{}", digits % 1000),
            6 => format!("{}{given}{year}", first_letter(&family)),
            7 if family.len() + given.len() >= 11 => format!("{family}{given}{year}"),
            7 => format!("{family}{given}{year}{month:02}"),
            _ => format!("{family}{}{short_year:02}{digits}", first_letter(&given)),
        }
    }
}

fn first_letter(text: &str) -> &str {
    text.get(..1).unwrap_or("x")
}

fn latin_parts(hanzi: &Hanzi, name: &PersonName) -> (String, String) {
    let given = if name.given_latin.is_empty() { hanzi.pinyin(&name.given) } else { ascii_lower(&name.given_latin) };
    let family = ascii_lower(&name.surname.latin);
    if family.is_empty() { (given.clone(), String::from("x")) } else { (family, given) }
}

/// Lower-case letters only; accents are dropped with their letter folded where the letter is common.
pub fn ascii_lower(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            'é' | 'è' => Some('e'),
            'ü' => Some('u'),
            'ö' => Some('o'),
            'í' => Some('i'),
            'ñ' => Some('n'),
            'ç' => Some('c'),
            _ => letter.is_ascii_alphabetic().then(|| letter.to_ascii_lowercase()),
        })
        .collect()
}

/// Numbers abroad that one counter serves, six digits behind each of six prefixes.
const ABROAD_NUMBERS: u64 = 6_000_000;

/// A mobile of the home of a culture.
fn abroad(culture: Culture, number: u64) -> Phone {
    const HONG_KONG: [(u16, u64); 6] = [(852, 61), (852, 63), (852, 65), (852, 69), (852, 94), (852, 96)];
    const TAIWAN: [(u16, u64); 6] = [(886, 910), (886, 921), (886, 932), (886, 955), (886, 972), (886, 988)];
    const WEST: [(u16, u64); 6] = [(1, 2125), (1, 4152), (1, 6502), (44, 7400), (61, 412), (33, 612)];
    let prefixes = match culture {
        Culture::HongKong => &HONG_KONG,
        Culture::Taiwan => &TAIWAN,
        Culture::Western | Culture::Mainland | Culture::Uyghur | Culture::Tibetan => &WEST,
    };
    let (code, prefix) = prefixes[(number / 1_000_000 % 6) as usize];
    Phone::Abroad { code, number: prefix * 1_000_000 + number % 1_000_000 }
}

/// A WeChat unionid: 28 characters that begin with `o`.
pub fn unionid(random: &mut Random) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::from("o");
    for _ in 0..3 {
        let mut bits = random.bits();
        for _ in 0..9 {
            text.push(char::from(ALPHABET[(bits & 63) as usize]));
            bits >>= 6;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_well_formed() {
        let mut contacts = Contacts::new(1);
        let mut random = Random::new(1, 1);
        for _ in 0..1000 {
            let mut text = String::new();
            contacts.mobile(Culture::Mainland, &mut random).push_plain(&mut text);
            assert_eq!(text.len(), 11);
            assert!(text.starts_with('1'));
            let id = unionid(&mut random);
            assert_eq!((id.len(), id.starts_with('o')), (28, true));
        }
    }

    #[test]
    fn accents_are_folded() {
        assert_eq!(ascii_lower("O'Brien Müller"), "obrienmuller");
    }
}
