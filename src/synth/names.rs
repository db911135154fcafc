//! Makes the true names of people from the tables: namesakes come by themselves, because surnames and given
//! names follow the shares they have in life.

use super::hanzi::Hanzi;
use super::name_tables::{
    CANTONESE_FIRST, CANTONESE_SECOND, ENGLISH_FIRST, GIVEN, GivenTable, OVERSEAS_SURNAMES, RARE_GIVEN, SURNAMES,
    TIBETAN_NAMES, UYGHUR_NAMES, WESTERN_LAST,
};
use super::random::{Random, Weighted};
use super::romanize::{capitalized, mainland_latin, taiwanese_latin};

/// Sex as documents state it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// The other sex.
    pub fn other(self) -> Self {
        match self {
            Sex::Male => Sex::Female,
            Sex::Female => Sex::Male,
        }
    }

    /// Position in tables that hold male, then female.
    pub fn index(self) -> usize {
        match self {
            Sex::Male => 0,
            Sex::Female => 1,
        }
    }
}

/// Where a name comes from; it decides its script and its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Culture {
    /// Mainland Chinese with surname and given name.
    Mainland,
    /// Uyghur or Kazakh: own name, dot, father's name.
    Uyghur,
    /// Tibetan: no surname.
    Tibetan,
    /// Hong Kong: traditional characters, Cantonese spelling.
    HongKong,
    /// Taiwan: traditional characters, Wade–Giles spelling.
    Taiwan,
    /// Western, in Latin letters.
    Western,
}

/// A family's name in both scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surname {
    /// As written in Han (or in Latin letters for a western name); empty for Tibetans.
    pub written: String,
    /// As romanised.
    pub latin: String,
}

/// The true name of a person.
#[derive(Clone, Debug)]
pub struct PersonName {
    /// The culture of the name.
    pub culture: Culture,
    /// The surname; the father's name of a Uyghur person.
    pub surname: Surname,
    /// The given name as written.
    pub given: String,
    /// The given name as romanised.
    pub given_latin: String,
    /// An English first name beside a Han name.
    pub english: Option<&'static str>,
}

impl PersonName {
    /// True for names in Han characters that have surname and given name.
    pub fn is_han(&self) -> bool {
        matches!(self.culture, Culture::Mainland | Culture::HongKong | Culture::Taiwan)
    }

    /// Appends the full name as its owner writes it, with the surname given.
    pub fn push_full(&self, output: &mut String, surname: &Surname) {
        let (first, joint, last) = match self.culture {
            Culture::Mainland | Culture::HongKong | Culture::Taiwan => (&surname.written, "", &self.given),
            Culture::Uyghur => (&self.given, "·", &surname.written),
            Culture::Tibetan => (&self.given, "", &surname.written),
            Culture::Western => (&self.given, " ", &surname.written),
        };
        output.push_str(first);
        output.push_str(joint);
        output.push_str(last);
    }
}

struct GivenPool {
    singles: Vec<char>,
    singles_weight: Weighted,
    firsts: Vec<char>,
    firsts_weight: Weighted,
    seconds: Vec<char>,
    seconds_weight: Weighted,
    popular: Vec<&'static str>,
    popular_weight: Weighted,
    single_share: u32,
}

impl GivenPool {
    fn new(table: &GivenTable) -> Self {
        let singles: Vec<char> = table.singles.chars().collect();
        let firsts: Vec<char> = table.firsts.chars().collect();
        let seconds: Vec<char> = table.seconds.chars().collect();
        let popular: Vec<&'static str> = table.popular.split_whitespace().collect();
        Self {
            singles_weight: Weighted::ranked(singles.len(), 8),
            firsts_weight: Weighted::ranked(firsts.len(), 12),
            seconds_weight: Weighted::ranked(seconds.len(), 12),
            popular_weight: Weighted::ranked(popular.len(), 10),
            singles,
            firsts,
            seconds,
            popular,
            single_share: table.single_share,
        }
    }
}

/// Splits `a:b` words.
pub fn pairs(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.split_whitespace().filter_map(|word| word.split_once(':')).collect()
}

/// All name tables, read once.
pub struct Names {
    surnames: Vec<(&'static str, &'static str)>,
    surname_weights: Weighted,
    overseas: Vec<[&'static str; 3]>,
    overseas_weights: Weighted,
    given: Vec<[GivenPool; 2]>,
    rare: Vec<char>,
    cantonese: [[Vec<(&'static str, &'static str)>; 2]; 2],
    uyghur: [Vec<(&'static str, &'static str)>; 2],
    tibetan: [Vec<(&'static str, &'static str)>; 2],
    english: [Vec<&'static str>; 2],
    english_weights: [Weighted; 2],
    western: Vec<String>,
    western_weights: Weighted,
}

impl Names {
    /// Reads the tables.
    pub fn new() -> Self {
        let words = |text: &'static str| -> Vec<Vec<&'static str>> {
            text.split_whitespace().map(|word| word.split(':').collect()).collect()
        };
        let share = |word: &Vec<&str>| word.last().and_then(|text| text.parse().ok()).unwrap_or(1);
        let surnames = words(SURNAMES);
        let overseas = words(OVERSEAS_SURNAMES);
        let english = ENGLISH_FIRST.map(|text| text.split_whitespace().collect::<Vec<_>>());
        let western: Vec<String> = WESTERN_LAST.split_whitespace().map(|word| word.replace('_', " ")).collect();
        Self {
            surname_weights: Weighted::new(surnames.iter().map(share)),
            surnames: surnames.iter().filter_map(|word| Some((*word.first()?, *word.get(1)?))).collect(),
            overseas_weights: Weighted::new(overseas.iter().map(share)),
            overseas: overseas.iter().filter_map(|word| Some([*word.first()?, *word.get(1)?, *word.get(2)?])).collect(),
            given: GIVEN.iter().map(|sexes| sexes.each_ref().map(GivenPool::new)).collect(),
            rare: RARE_GIVEN.chars().collect(),
            cantonese: [CANTONESE_FIRST.map(pairs), CANTONESE_SECOND.map(pairs)],
            uyghur: UYGHUR_NAMES.map(pairs),
            tibetan: TIBETAN_NAMES.map(pairs),
            english_weights: english.each_ref().map(|list| Weighted::ranked(list.len(), 12)),
            english,
            western_weights: Weighted::ranked(western.len(), 12),
            western,
        }
    }

    /// A surname of the culture.
    pub fn surname(&self, culture: Culture, random: &mut Random) -> Surname {
        match culture {
            Culture::Mainland => {
                let (han, latin) = self.surnames[self.surname_weights.draw(random)];
                Surname { written: han.to_owned(), latin: capitalized(latin) }
            }
            Culture::HongKong | Culture::Taiwan => {
                let [han, cantonese, taiwanese] = self.overseas[self.overseas_weights.draw(random)];
                let latin = if culture == Culture::HongKong { cantonese } else { taiwanese };
                Surname { written: han.to_owned(), latin: latin.to_owned() }
            }
            Culture::Uyghur => surname(random.pick(&self.uyghur[Sex::Male.index()])),
            Culture::Tibetan => Surname { written: String::new(), latin: String::new() },
            Culture::Western => {
                let name = &self.western[self.western_weights.draw(random)];
                Surname { written: name.clone(), latin: name.clone() }
            }
        }
    }

    /// A full name: `surname` is kept when given.
    pub fn person(
        &self,
        hanzi: &Hanzi,
        random: &mut Random,
        culture: Culture,
        sex: Sex,
        birth_year: i32,
        surname: Option<Surname>,
    ) -> PersonName {
        let surname = surname.unwrap_or_else(|| self.surname(culture, random));
        let (given, given_latin) = match culture {
            Culture::Mainland | Culture::Taiwan => self.chinese_given(hanzi, random, culture, sex, birth_year),
            Culture::HongKong => {
                let (first, first_latin) = random.pick(&self.cantonese[0][sex.index()]);
                let (second, second_latin) = random.pick(&self.cantonese[1][sex.index()]);
                (format!("{first}{second}"), format!("{first_latin} {second_latin}"))
            }
            Culture::Uyghur => owned(random.pick(&self.uyghur[sex.index()])),
            Culture::Tibetan => {
                let (first, first_latin) = random.pick(&self.tibetan[sex.index()]);
                let (second, second_latin) = random.pick(&self.tibetan[sex.index()]);
                (format!("{first}{second}"), format!("{first_latin}{}", second_latin.to_lowercase()))
            }
            Culture::Western => {
                let name = self.english_first(sex, random);
                (name.to_owned(), name.to_owned())
            }
        };
        let english_share = match culture {
            Culture::HongKong => 6000,
            Culture::Taiwan => 3000,
            Culture::Mainland if birth_year > 1972 => 900,
            Culture::Mainland | Culture::Uyghur | Culture::Tibetan | Culture::Western => 0,
        };
        let english = random.chance(english_share).then(|| self.english_first(sex, random));
        PersonName { culture, surname, given, given_latin, english }
    }

    /// An English first name.
    pub fn english_first(&self, sex: Sex, random: &mut Random) -> &'static str {
        let sex = sex.index();
        self.english[sex][self.english_weights[sex].draw(random)]
    }

    /// One character of a given name of a generation, for relatives who share one.
    pub fn second_character(&self, sex: Sex, birth_year: i32, random: &mut Random) -> char {
        let pool = &self.given[era(birth_year)][sex.index()];
        pool.seconds[pool.seconds_weight.draw(random)]
    }

    fn chinese_given(
        &self,
        hanzi: &Hanzi,
        random: &mut Random,
        culture: Culture,
        sex: Sex,
        birth_year: i32,
    ) -> (String, String) {
        let pool = &self.given[era(birth_year)][sex.index()];
        let single = culture == Culture::Mainland && random.chance(pool.single_share);
        let mut characters = String::new();
        if single {
            let common = pool.singles[pool.singles_weight.draw(random)];
            characters.push(self.or_rare(common, random));
        } else if culture == Culture::Mainland && random.chance(2200) {
            characters.push_str(pool.popular[pool.popular_weight.draw(random)]);
        } else {
            let first = pool.firsts[pool.firsts_weight.draw(random)];
            let second = pool.seconds[pool.seconds_weight.draw(random)];
            characters.push(self.or_rare(first, random));
            characters.push(self.or_rare(second, random));
        }
        if culture == Culture::Taiwan {
            let latin = taiwanese_latin(hanzi, &characters);
            (characters.chars().map(|c| hanzi.traditional(c)).collect(), latin)
        } else {
            let latin = mainland_latin(hanzi, &characters);
            (characters, latin)
        }
    }

    fn or_rare(&self, common: char, random: &mut Random) -> char {
        if random.chance(400) { random.pick(&self.rare) } else { common }
    }
}

fn owned(pair: (&'static str, &'static str)) -> (String, String) {
    (pair.0.to_owned(), pair.1.to_owned())
}

fn surname(pair: (&'static str, &'static str)) -> Surname {
    Surname { written: pair.0.to_owned(), latin: pair.1.to_owned() }
}

/// The era of the given-name tables.
fn era(birth_year: i32) -> usize {
    match birth_year {
        ..1965 => 0,
        1965..1980 => 1,
        1980..1995 => 2,
        1995.. => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_tables_are_large_enough() {
        let names = Names::new();
        assert!(names.surnames.len() >= 150);
        assert_eq!(names.surnames.len(), SURNAMES.split_whitespace().count());
        assert!(names.surnames.iter().any(|(han, _)| *han == "欧阳"));
        let mut characters: BTreeSet<char> = RARE_GIVEN.chars().collect();
        for table in GIVEN.iter().flatten() {
            characters.extend([table.singles, table.firsts, table.seconds].iter().flat_map(|text| text.chars()));
        }
        assert!(characters.len() >= 400, "{}", characters.len());
        let hanzi = Hanzi::new();
        let silent: Vec<&char> = characters.iter().filter(|&&c| hanzi.syllable(c).is_none()).collect();
        assert!(silent.is_empty(), "no reading: {silent:?}");
    }

    #[test]
    fn namesakes_arise() {
        let (names, hanzi, mut random) = (Names::new(), Hanzi::new(), Random::new(1, 1));
        let mut count = 0;
        for _ in 0..40_000 {
            let name = names.person(&hanzi, &mut random, Culture::Mainland, Sex::Male, 1985, None);
            count += u32::from(name.surname.written == "张" && name.given == "伟");
        }
        assert!((10..400).contains(&count), "{count}");
    }
}
