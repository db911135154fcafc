//! People as facts: who they are, where they live, how they are reached, and what changes in their lives.

use std::rc::Rc;

use super::address::{Address, Place, draw_address, neighbour};
use super::calendar::{DAY_SECONDS, Date, civil, day_number, observation_span};
use super::company::{Company, Trades};
use super::contact::{Contacts, Phone, landline, unionid};
use super::documents::{Document, FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR, Registry};
use super::gazetteer::Gazetteer;
use super::hanzi::Hanzi;
use super::name_tables::NICKNAMES;
use super::names::{Culture, Names, PersonName, Sex, Surname};
use super::random::{Random, Weighted};

/// A customer.
pub struct Person {
    /// Running number; the cluster.
    pub customer: u64,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth: i32,
    /// True name.
    pub name: PersonName,
    /// The surname before marriage and the time it ended.
    pub maiden: Option<(Surname, i64)>,
    /// Identity document.
    pub document: Document,
    /// First mobile.
    pub mobile: Phone,
    /// The mobile that replaced it, and when.
    pub next_mobile: Option<(Phone, i64)>,
    /// A second card.
    pub spare_mobile: Option<Phone>,
    /// The mobile of a relative who answers for this person at times.
    pub relative_mobile: Option<Phone>,
    /// The landline of the household.
    pub landline: Option<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Second e-mail address.
    pub other_email: Option<String>,
    /// First home.
    pub home: Address,
    /// The home moved to, and when.
    pub next_home: Option<(Address, i64)>,
    /// Employer.
    pub company: Option<Rc<Company>>,
    /// Extension in the office; 0 for none.
    pub extension: u16,
    /// WeChat unionid.
    pub unionid: String,
    /// WeChat nickname.
    pub nickname: String,
    /// True for people who keep the lunar birthday.
    pub lunar_birthday: bool,
    /// First and last time of contact.
    pub seen: (i64, i64),
    /// How many records there are.
    pub records: u32,
}

impl Person {
    /// The surname in use at a time.
    pub fn surname_at(&self, time: i64) -> &Surname {
        match &self.maiden {
            Some((maiden, until)) if time < *until => maiden,
            Some(_) | None => &self.name.surname,
        }
    }

    /// The mobile in use at a time.
    pub fn mobile_at(&self, time: i64) -> Phone {
        current(self.mobile, self.next_mobile, time)
    }

    /// The home at a time.
    pub fn home_at(&self, time: i64) -> Address {
        current(self.home, self.next_home, time)
    }
}

fn current<T>(first: T, next: Option<(T, i64)>, time: i64) -> T {
    match next {
        Some((value, since)) if time >= since => value,
        Some(_) | None => first,
    }
}

/// What is settled about a person before the rest is drawn.
pub struct Draft {
    /// Culture.
    pub culture: Culture,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth: i32,
    /// Home.
    pub home: Address,
    /// A surname taken over.
    pub surname: Option<Surname>,
    /// A given name taken over, written and romanised.
    pub given: Option<(String, String)>,
    /// Position of the region code of the identity number.
    pub region: Option<usize>,
    /// Employer.
    pub company: Option<Rc<Company>>,
}

/// The tables that never change.
pub struct Tables {
    /// Han characters.
    pub hanzi: Hanzi,
    /// Names.
    pub names: Names,
    /// Places.
    pub gazetteer: Gazetteer,
    nicknames: Vec<&'static str>,
}

impl Tables {
    /// Reads all tables.
    pub fn new() -> Self {
        Self {
            hanzi: Hanzi::new(),
            names: Names::new(),
            gazetteer: Gazetteer::new(),
            nicknames: NICKNAMES.split_whitespace().collect(),
        }
    }
}

/// Records of a customer: share of 1, 2, … 12 records in 1/1,000; mean 2.5.
const CLUSTER_SIZES: [u32; 12] = [380, 260, 150, 85, 50, 30, 18, 11, 7, 4, 3, 2];
/// Former owners' numbers that wait for a new owner.
const RETIRED_MAX: usize = 512;
/// Employers of many.
const EMPLOYERS: usize = 300;
/// A number rests this long before it is given out again.
const REISSUE_REST: i64 = 120 * DAY_SECONDS;

/// The source of people.
pub struct World<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// Randomness of facts.
    pub random: Random,
    trades: Trades,
    registry: Registry,
    contacts: Contacts,
    sizes: Weighted,
    employers: Vec<Rc<Company>>,
    employer_weights: Weighted,
    retired: Vec<(Phone, i64)>,
    /// Share of new customers who get a number that had another owner, in 1/10,000.
    reissue_share: u32,
    customers: u64,
}

impl<'a> World<'a> {
    /// A world of a seed; `difficulty_percent` scales the re-issuing of numbers.
    pub fn new(tables: &'a Tables, seed: u64, difficulty_percent: u32) -> Self {
        let mut random = Random::new(seed, 1);
        let trades = Trades::new();
        let employers: Vec<Rc<Company>> = (0..EMPLOYERS)
            .map(|_| {
                let county = tables.gazetteer.draw_county(&mut random);
                Rc::new(trades.company(&tables.gazetteer, &tables.hanzi, county, &mut random))
            })
            .collect();
        Self {
            tables,
            random,
            trades,
            registry: Registry::new(seed, tables.gazetteer.id_codes.clone()),
            contacts: Contacts::new(seed),
            sizes: Weighted::new(CLUSTER_SIZES.into_iter()),
            employer_weights: Weighted::ranked(EMPLOYERS, 10),
            employers,
            retired: Vec::with_capacity(RETIRED_MAX),
            reissue_share: (400 * u64::from(difficulty_percent) / 100).min(5000) as u32,
            customers: 0,
        }
    }

    /// A day of birth of an adult.
    pub fn birth(&mut self) -> i32 {
        let year = 1944 + self.random.below(33) + self.random.below(31);
        self.birth_in(year as i32)
    }

    /// A day of a birth year, kept within the years the register covers.
    pub fn birth_in(&mut self, year: i32) -> i32 {
        let year = year.clamp(FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR);
        day_number(Date { year, month: 1, day: 1 }) + self.random.below(365) as i32
    }

    /// A home that suits the culture.
    pub fn home(&mut self, culture: Culture) -> Address {
        let place = self.place(culture);
        draw_address(&self.tables.gazetteer, place, &mut self.random)
    }

    fn place(&mut self, culture: Culture) -> Place {
        let gazetteer = &self.tables.gazetteer;
        let suits = |county: usize| {
            let city = gazetteer.city_of(county);
            match culture {
                Culture::Mainland => true,
                Culture::Uyghur => city.province.starts_with("新疆"),
                Culture::Tibetan => city.province.starts_with("西藏"),
                Culture::HongKong => city.province == "广东省",
                Culture::Taiwan | Culture::Western => {
                    city.province == city.name || matches!(city.english, "Shenzhen" | "Guangzhou" | "Suzhou" | "Xiamen")
                }
            }
        };
        let overseas = matches!(culture, Culture::HongKong | Culture::Taiwan) && self.random.chance(5800);
        if overseas {
            let hong_kong = culture == Culture::HongKong;
            let fitting: Vec<u8> = (0..gazetteer.overseas.len() as u8)
                .filter(|&at| gazetteer.overseas[usize::from(at)].hong_kong == hong_kong)
                .collect();
            return Place::Overseas(self.random.pick(&fitting));
        }
        let mut county = gazetteer.draw_county(&mut self.random);
        let tries = if matches!(culture, Culture::Uyghur | Culture::Tibetan) { 60 } else { 6 };
        for _ in 0..tries {
            if suits(county) {
                break;
            }
            county = gazetteer.draw_county(&mut self.random);
        }
        Place::Mainland(county as u16)
    }

    /// A new employer near a home.
    pub fn company_near(&mut self, home: &Address) -> Rc<Company> {
        let gazetteer = &self.tables.gazetteer;
        let county = home.county().unwrap_or_else(|| gazetteer.draw_county(&mut self.random));
        Rc::new(self.trades.company(gazetteer, &self.tables.hanzi, county, &mut self.random))
    }

    /// A landline where the home is; none outside the mainland.
    pub fn landline_at(&mut self, home: &Address) -> Option<Phone> {
        let county = home.county()?;
        Some(landline(self.tables.gazetteer.city_of(county), &mut self.random))
    }

    /// Completes a draft.
    pub fn person(&mut self, draft: Draft) -> Person {
        let birth_year = civil(draft.birth).year;
        let name = self.name(&draft, birth_year);
        let gazetteer = &self.tables.gazetteer;
        let region = draft.region.unwrap_or_else(|| {
            let hukou_home = draft.home.county().filter(|_| draft.culture == Culture::Mainland);
            gazetteer.draw_id_region(hukou_home, birth_year < 1986, &mut self.random)
        });
        let document = self.registry.document(draft.culture, region, draft.birth, draft.sex, &mut self.random);
        let records = self.sizes.draw(&mut self.random) as u32 + 1;
        let (mobile, earliest) = self.mobile_and_start(draft.culture);
        let seen = self.seen(earliest);
        let company = draft.company.or_else(|| self.employer(&draft.home));
        let domain = company.as_ref().map(|company| company.domain.as_str());
        let hanzi = &self.tables.hanzi;
        let mut email = |share: u32, domain: Option<&str>, random: &mut Random| {
            random.chance(share).then(|| self.contacts.email(hanzi, &name, civil(draft.birth), mobile, domain, random))
        };
        let main_email = email(8000, domain, &mut self.random);
        let other_email = email(2000, None, &mut self.random);
        let nickname = self.nickname(&name);
        let person = Person {
            customer: self.customers,
            sex: draft.sex,
            birth: draft.birth,
            maiden: None,
            document,
            mobile,
            next_mobile: self.next_mobile(draft.culture, mobile, seen),
            spare_mobile: self.random.chance(2000).then(|| self.contacts.mobile(draft.culture, &mut self.random)),
            relative_mobile: None,
            landline: if self.random.chance(800) { self.landline_at(&draft.home) } else { None },
            email: main_email,
            other_email,
            home: draft.home,
            next_home: self.next_home(draft.culture, draft.home, seen),
            company,
            extension: if self.random.chance(4000) { self.random.between(101, 899) as u16 } else { 0 },
            unionid: unionid(&mut self.random),
            nickname,
            lunar_birthday: draft.culture != Culture::Western
                && self.random.chance(if birth_year < 1975 { 900 } else { 200 }),
            seen,
            records,
            name,
        };
        self.customers += 1;
        person
    }

    fn name(&mut self, draft: &Draft, birth_year: i32) -> PersonName {
        let tables = self.tables;
        let surname = draft.surname.clone();
        let mut name =
            tables.names.person(&tables.hanzi, &mut self.random, draft.culture, draft.sex, birth_year, surname);
        if let Some((given, given_latin)) = &draft.given {
            name.given.clone_from(given);
            name.given_latin.clone_from(given_latin);
        }
        name
    }

    /// A mobile and the earliest time of contact; a few get a number whose former owner gave it up before.
    fn mobile_and_start(&mut self, culture: Culture) -> (Phone, i64) {
        let (start, end) = observation_span();
        if !self.retired.is_empty() && culture == Culture::Mainland && self.random.chance(self.reissue_share) {
            let at = self.random.below(self.retired.len() as u32) as usize;
            let (phone, since) = self.retired.swap_remove(at);
            let earliest = since + REISSUE_REST;
            if earliest < end - 90 * DAY_SECONDS {
                return (phone, earliest);
            }
        }
        (self.contacts.mobile(culture, &mut self.random), start)
    }

    fn seen(&mut self, earliest: i64) -> (i64, i64) {
        let (_, end) = observation_span();
        let first = self.moment(earliest, end - 60 * DAY_SECONDS);
        let last = self.moment(first, end);
        (first, last)
    }

    /// A time between two others.
    pub fn moment(&mut self, from: i64, to: i64) -> i64 {
        let days = ((to - from) / DAY_SECONDS).max(0) as u32;
        from + i64::from(self.random.below(days + 1)) * DAY_SECONDS
    }

    fn next_mobile(&mut self, culture: Culture, mobile: Phone, seen: (i64, i64)) -> Option<(Phone, i64)> {
        if !self.random.chance(2600) {
            return None;
        }
        let since = self.moment(seen.0, seen.1);
        if matches!(mobile, Phone::Mobile(_)) {
            if self.retired.len() >= RETIRED_MAX {
                let at = self.random.below(RETIRED_MAX as u32) as usize;
                self.retired.swap_remove(at);
            }
            self.retired.push((mobile, since));
        }
        Some((self.contacts.mobile(culture, &mut self.random), since))
    }

    fn next_home(&mut self, culture: Culture, home: Address, seen: (i64, i64)) -> Option<(Address, i64)> {
        if !self.random.chance(2200) {
            return None;
        }
        let next = match self.random.below(10) {
            0 => neighbour(home, &mut self.random),
            1..=6 => draw_address(&self.tables.gazetteer, home.place, &mut self.random),
            _ => self.home(culture),
        };
        Some((next, self.moment(seen.0, seen.1)))
    }

    fn employer(&mut self, home: &Address) -> Option<Rc<Company>> {
        match self.random.below(100) {
            0..22 => self.employers.get(self.employer_weights.draw(&mut self.random)).cloned(),
            22..45 => Some(self.company_near(home)),
            _ => None,
        }
    }

    fn nickname(&mut self, name: &PersonName) -> String {
        let pattern = self.random.pick(&self.tables.nicknames);
        let character = name.given.chars().last().unwrap_or('小');
        if name.is_han() {
            let mut buffer = [0u8; 4];
            pattern.replace("{}", character.encode_utf8(&mut buffer))
        } else if pattern.contains("{}") {
            name.given_latin.clone()
        } else {
            pattern.to_owned()
        }
    }
}
