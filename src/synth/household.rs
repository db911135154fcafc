//! The units in which people are made: singles, couples, families, twins, colleagues and namesakes. What its
//! members share (an address, a landline, a name, an office) is what makes them hard to tell apart.

use super::address::Address;
use super::calendar::civil;
use super::names::{Culture, Sex, Surname};
use super::person::{Draft, Person, World};
use super::random::Weighted;
use super::romanize::mainland_latin;

/// Kinds of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Single,
    Couple,
    FatherSon,
    MotherDaughter,
    Family,
    Twins,
    Siblings,
    Office,
    Namesakes,
}

/// Units with their share in 1/1,000.
const UNITS: [(Unit, u32); 9] = [
    (Unit::Single, 520),
    (Unit::Couple, 140),
    (Unit::FatherSon, 55),
    (Unit::MotherDaughter, 50),
    (Unit::Family, 90),
    (Unit::Twins, 20),
    (Unit::Siblings, 35),
    (Unit::Office, 65),
    (Unit::Namesakes, 25),
];

/// Cultures with their share in 1/10,000.
const CULTURES: [(Culture, u32); 6] = [
    (Culture::Mainland, 8740),
    (Culture::Uyghur, 60),
    (Culture::Tibetan, 30),
    (Culture::HongKong, 340),
    (Culture::Taiwan, 230),
    (Culture::Western, 600),
];

/// Draws units.
pub struct Units {
    kinds: Weighted,
    cultures: Weighted,
}

impl Units {
    /// Reads the shares.
    pub fn new() -> Self {
        Self {
            kinds: Weighted::new(UNITS.iter().map(|(_, share)| *share)),
            cultures: Weighted::new(CULTURES.iter().map(|(_, share)| *share)),
        }
    }

    /// Puts the people of the next unit into `people`, which is cleared first.
    pub fn next(&self, world: &mut World<'_>, people: &mut Vec<Person>) {
        people.clear();
        let (culture, _) = CULTURES[self.cultures.draw(&mut world.random)];
        let (unit, _) = UNITS[self.kinds.draw(&mut world.random)];
        match unit {
            Unit::Single => {
                let sex = any_sex(world);
                let draft = draft(world, culture, sex);
                people.push(world.person(draft));
            }
            Unit::Couple => couple(world, culture, people),
            Unit::FatherSon => parent_and_child(world, culture, Sex::Male, people),
            Unit::MotherDaughter => parent_and_child(world, culture, Sex::Female, people),
            Unit::Family => family(world, culture, people),
            Unit::Twins => siblings(world, culture, true, people),
            Unit::Siblings => siblings(world, culture, false, people),
            Unit::Office => office(world, culture, people),
            Unit::Namesakes => namesakes(world, culture, people),
        }
    }
}

fn any_sex(world: &mut World<'_>) -> Sex {
    if world.random.chance(5000) { Sex::Male } else { Sex::Female }
}

/// A draft of an adult of their own.
fn draft(world: &mut World<'_>, culture: Culture, sex: Sex) -> Draft {
    let home = world.home(culture);
    draft_at(world, culture, sex, home)
}

fn draft_at(world: &mut World<'_>, culture: Culture, sex: Sex, home: Address) -> Draft {
    let birth = world.birth();
    Draft { culture, sex, birth, home, surname: None, given: None, region: None, company: None }
}

/// Lets two members of a household share what households share.
fn share_home(world: &mut World<'_>, people: &mut [Person]) {
    let Some(first) = people.first() else { return };
    let next_home = first.next_home;
    let landline = if world.random.chance(4500) { world.landline_at(&first.home) } else { None };
    let home = first.home;
    for person in people {
        person.home = home;
        if world.random.chance(8500) {
            person.next_home = next_home;
        }
        person.landline = landline;
    }
}

/// Lets the second answer the phone for the first, and the other way round.
fn share_phones(world: &mut World<'_>, people: &mut [Person], answers: u32, only_one: u32) {
    let [first, second, ..] = people else { return };
    if world.random.chance(answers) {
        first.relative_mobile = Some(second.mobile);
        second.relative_mobile = Some(first.mobile);
    }
    if world.random.chance(only_one) {
        first.mobile = second.mobile;
        first.next_mobile = second.next_mobile;
    }
}

fn couple(world: &mut World<'_>, culture: Culture, people: &mut Vec<Person>) {
    let husband = draft(world, culture, Sex::Male);
    let year = civil(husband.birth).year;
    let home = husband.home;
    let husband = world.person(husband);
    let mut wife = draft_at(world, culture, Sex::Female, home);
    let gap = world.random.below(9) as i32;
    wife.birth = world.birth_in(year + gap - 3);
    let married_name = culture == Culture::Western && world.random.chance(7500);
    if married_name {
        wife.surname = Some(husband.name.surname.clone());
    }
    let mut wife = world.person(wife);
    if married_name && world.random.chance(5000) {
        let maiden = world.tables.names.surname(culture, &mut world.random);
        let until = world.moment(wife.seen.0, wife.seen.1);
        wife.maiden = Some((maiden, until));
    }
    if world.random.chance(700) && husband.email.is_some() {
        wife.email.clone_from(&husband.email);
    }
    people.push(husband);
    people.push(wife);
    share_home(world, people);
    share_phones(world, people, 3000, 150);
}

/// The surname a child takes from a parent: the father's; a mother's only by chance.
fn child_surname(world: &mut World<'_>, culture: Culture, parent: &Person) -> Option<Surname> {
    let inherits = match culture {
        Culture::Mainland | Culture::HongKong | Culture::Taiwan => parent.sex == Sex::Male || world.random.chance(800),
        Culture::Western => true,
        // The father's own name stands behind the child's.
        Culture::Uyghur => {
            let father = &parent.name;
            return (parent.sex == Sex::Male)
                .then(|| Surname { written: father.given.clone(), latin: father.given_latin.clone() });
        }
        Culture::Tibetan => false,
    };
    inherits.then(|| parent.name.surname.clone())
}

fn child(world: &mut World<'_>, culture: Culture, sex: Sex, parent: &Person, surname_of: Option<&Person>) -> Draft {
    let year = civil(parent.birth).year;
    let mut child = draft_at(world, culture, sex, parent.home);
    let age = world.random.between(21, 36) as i32;
    child.birth = world.birth_in(year + age);
    child.surname = child_surname(world, culture, surname_of.unwrap_or(parent));
    if culture == Culture::Mainland && world.random.chance(2500) {
        child.given = shared_character(world, &parent.name.given, sex, year + age);
    }
    child
}

/// A given name that holds the last character of a relative's.
fn shared_character(world: &mut World<'_>, given: &str, sex: Sex, year: i32) -> Option<(String, String)> {
    let kept = given.chars().last()?;
    let other = world.tables.names.second_character(sex, year, &mut world.random);
    let name = if world.random.chance(5000) { [kept, other] } else { [other, kept] };
    let name: String = name.into_iter().collect();
    let latin = mainland_latin(&world.tables.hanzi, &name);
    Some((name, latin))
}

fn parent_and_child(world: &mut World<'_>, culture: Culture, sex: Sex, people: &mut Vec<Person>) {
    let mut parent = draft(world, culture, sex);
    let year = 1940 + world.random.below(40) as i32;
    parent.birth = world.birth_in(year);
    let parent = world.person(parent);
    let child = child(world, culture, sex, &parent, None);
    let child = world.person(child);
    people.push(parent);
    people.push(child);
    share_home(world, people);
    share_phones(world, people, 5000, 700);
}

fn family(world: &mut World<'_>, culture: Culture, people: &mut Vec<Person>) {
    couple(world, culture, people);
    let sex = any_sex(world);
    if let [father, mother] = &people[..] {
        let child = child(world, culture, sex, mother, Some(father));
        let mut child = world.person(child);
        child.home = mother.home;
        child.next_home = mother.next_home;
        child.landline = mother.landline;
        child.relative_mobile = Some(mother.mobile).filter(|_| world.random.chance(4000));
        people.push(child);
    }
}

fn siblings(world: &mut World<'_>, culture: Culture, twins: bool, people: &mut Vec<Person>) {
    let sex = any_sex(world);
    let mut elder = draft(world, culture, sex);
    let year = civil(elder.birth).year;
    let home_region = elder.home.county().filter(|_| culture == Culture::Mainland);
    let region = world.tables.gazetteer.draw_id_region(home_region, year < 1986, &mut world.random);
    elder.region = Some(region);
    let elder_birth = elder.birth;
    let elder = world.person(elder);
    let younger_sex = if world.random.chance(if twins { 8000 } else { 5000 }) { sex } else { any_sex(world) };
    let mut younger = draft_at(world, culture, younger_sex, elder.home);
    let gap = world.random.between(2, 8) as i32;
    younger.birth = if twins { elder_birth } else { world.birth_in(year + gap) };
    younger.surname = Some(elder.name.surname.clone());
    younger.region = Some(region);
    if culture == Culture::Mainland && (twins || world.random.chance(5000)) {
        younger.given = generation_name(world, &elder.name.given, younger_sex, year);
    }
    let younger = world.person(younger);
    people.push(elder);
    people.push(younger);
    share_home(world, people);
    share_phones(world, people, 1500, 100);
}

/// A given name with the same first character and another second one; of one character, another character.
fn generation_name(world: &mut World<'_>, given: &str, sex: Sex, year: i32) -> Option<(String, String)> {
    let mut characters = given.chars();
    let first = characters.next()?;
    let second = characters.next();
    let mut other = world.tables.names.second_character(sex, year, &mut world.random);
    if Some(other) == second || other == first {
        other = world.tables.hanzi.near_sound(other, &mut world.random)?;
    }
    let name: String = if second.is_some() { [first, other].into_iter().collect() } else { other.to_string() };
    let latin = mainland_latin(&world.tables.hanzi, &name);
    Some((name, latin))
}

fn office(world: &mut World<'_>, culture: Culture, people: &mut Vec<Person>) {
    let home = world.home(culture);
    let company = world.company_near(&home);
    for _ in 0..world.random.between(2, 5) {
        let sex = any_sex(world);
        let mut colleague = draft(world, culture, sex);
        if world.random.chance(7000) {
            colleague.home = super::address::draw_address(&world.tables.gazetteer, home.place, &mut world.random);
        }
        colleague.company = Some(company.clone());
        people.push(world.person(colleague));
    }
}

fn namesakes(world: &mut World<'_>, culture: Culture, people: &mut Vec<Person>) {
    let sex = any_sex(world);
    let first = draft(world, culture, sex);
    let (birth, place) = (first.birth, first.home.place);
    let first = world.person(first);
    let mut second = draft(world, culture, sex);
    second.surname = Some(first.name.surname.clone());
    second.given = Some((first.name.given.clone(), first.name.given_latin.clone()));
    match world.random.below(100) {
        0..8 => second.birth = birth,
        8..30 => second.birth = world.birth_in(civil(birth).year),
        _ => {}
    }
    if world.random.chance(4000) {
        second.home = super::address::draw_address(&world.tables.gazetteer, place, &mut world.random);
    }
    let second = world.person(second);
    people.push(first);
    people.push(second);
}
