//! Names as sources write them.

use super::channel::{Row, Scribe};
use super::dirt::{NameCharacter, NameDecoration, NameForm, NameScript};
use super::names::{Culture, Sex, Surname};
use super::person::Person;
use super::spoil::{HanSlip, slip_han, slip_han_typing, slip_heard, slip_latin};
use super::street_tables::NAME_REMARKS;

impl Scribe<'_> {
    /// Writes the name.
    pub fn write_name(&mut self, person: &Person, row: &mut Row) {
        let surname = person.surname_at(row.time);
        if let Some(form) = self.errors.draw::<NameForm>(row.source, &mut self.random)
            && self.apply_name_form(form, person, surname, row)
        {
            self.errors.note(form, row.source);
            return;
        }
        person.name.push_full(&mut row.name, surname);
        row.evidence += 1;
        if let Some(script) = self.errors.draw::<NameScript>(row.source, &mut self.random)
            && self.apply_name_script(script, person.name.culture, &mut row.name)
        {
            self.errors.note(script, row.source);
        }
        if let Some(error) = self.errors.draw::<NameCharacter>(row.source, &mut self.random)
            && self.apply_name_character(error, person.name.culture, &mut row.name)
        {
            self.errors.note(error, row.source);
        }
        if let Some(decoration) = self.errors.draw::<NameDecoration>(row.source, &mut self.random)
            && self.apply_name_decoration(decoration, person, &mut row.name)
        {
            self.errors.note(decoration, row.source);
        }
    }

    fn apply_name_form(&mut self, form: NameForm, person: &Person, surname: &Surname, row: &mut Row) -> bool {
        let western = person.name.culture == Culture::Western;
        match form {
            NameForm::PinyinSpaced => !western && self.write_latin(person, surname, LatinForm::Spaced, row),
            NameForm::PinyinUpper => self.write_latin(person, surname, LatinForm::Upper, row),
            NameForm::PinyinReversed => self.write_latin(person, surname, LatinForm::Reversed, row),
            NameForm::PinyinJoined => self.write_latin(person, surname, LatinForm::Joined, row),
            NameForm::EnglishBeside => self.write_english_beside(person, surname, row),
            NameForm::CommaOrder => {
                western && {
                    row.name = format!("{}, {}", surname.written, person.name.given);
                    row.evidence += 1;
                    true
                }
            }
            NameForm::Initial => {
                western && {
                    row.name = format!("{}. {}", first_letters(&person.name.given, 1), surname.written);
                    row.evidence += 1;
                    true
                }
            }
            NameForm::Masked => {
                let known = if person.name.is_han() { &surname.written } else { &person.name.given };
                let stars = person.name.given.chars().count().min(2);
                row.name = format!("{}{}", first_letters(known, 1), &"**"[..stars]);
                true
            }
            NameForm::SurnameTitle => self.write_surname_title(person, surname, row),
            NameForm::Nickname => {
                row.name.push_str(&person.nickname);
                true
            }
            NameForm::Placeholder => {
                row.name.push_str(self.random.pick(&[
                    "无",
                    "未知",
                    "测试",
                    "散客",
                    "客户",
                    "test",
                    "匿名用户",
                    "先生",
                    "女士",
                    "。",
                ]));
                true
            }
        }
    }

    fn write_latin(&mut self, person: &Person, surname: &Surname, form: LatinForm, row: &mut Row) -> bool {
        let (family, given) = (self.spelled(&surname.latin), self.spelled(&person.name.given_latin));
        if family.is_empty() || given.is_empty() {
            row.name = if family.is_empty() { given } else { family };
            row.evidence += 1;
            return !row.name.is_empty();
        }
        let given_first = matches!(person.name.culture, Culture::Western | Culture::Uyghur);
        let (first, last) = if given_first { (given, family) } else { (family, given) };
        row.name = match form {
            LatinForm::Spaced => format!("{first} {last}"),
            LatinForm::Upper => format!("{first} {last}").to_uppercase(),
            LatinForm::Reversed => format!("{last} {first}"),
            LatinForm::Joined => format!("{first}{last}").replace([' ', '-'], "").to_lowercase(),
        };
        row.evidence += 1;
        true
    }

    /// Spells ü, which the tables write `v`.
    fn spelled(&mut self, latin: &str) -> String {
        if !latin.contains("Lv") && !latin.contains("lv") && !latin.contains("nv") {
            return latin.to_owned();
        }
        let vowel = self.random.pick(&["v", "v", "u", "yu", "ü"]);
        latin
            .replace("Lv", &format!("L{vowel}"))
            .replace("lv", &format!("l{vowel}"))
            .replace("nv", &format!("n{vowel}"))
    }

    fn write_english_beside(&mut self, person: &Person, surname: &Surname, row: &mut Row) -> bool {
        let Some(english) = person.name.english else { return false };
        let given = &person.name.given;
        let han = &surname.written;
        row.name = match self.random.below(5) {
            0 => format!("{han}{given} {english}"),
            1 => format!("{han}{given}({english})"),
            2 => format!("{english} {han}"),
            3 => format!("{english} {}", surname.latin),
            _ => format!("{english} {han}{given}"),
        };
        row.evidence += 1;
        true
    }

    fn write_surname_title(&mut self, person: &Person, surname: &Surname, row: &mut Row) -> bool {
        let han_title = self.title(person);
        row.name = match person.name.culture {
            Culture::Mainland | Culture::HongKong | Culture::Taiwan => format!("{}{han_title}", surname.written),
            Culture::Western if self.random.chance(5000) => {
                let title = if person.sex == Sex::Male { "Mr." } else { "Ms." };
                format!("{title} {}", surname.written)
            }
            Culture::Western => format!("{}{han_title}", surname.written),
            Culture::Uyghur | Culture::Tibetan => return false,
        };
        true
    }

    fn title(&mut self, person: &Person) -> &'static str {
        let polite = if person.sex == Sex::Male { "先生" } else { "女士" };
        let roll = self.random.below(100);
        match roll {
            0..72 => polite,
            72..80 => "老师",
            80..92 if person.company.is_some() => "总",
            92..96 if person.sex == Sex::Female => "小姐",
            _ => polite,
        }
    }

    fn apply_name_script(&mut self, script: NameScript, culture: Culture, name: &mut String) -> bool {
        let hanzi = &self.tables.hanzi;
        let written: String = match (script, culture) {
            (NameScript::Traditional, Culture::Mainland) => name.chars().map(|c| hanzi.traditional(c)).collect(),
            (NameScript::Simplified, Culture::HongKong | Culture::Taiwan) => {
                name.chars().map(|c| hanzi.simplified(c)).collect()
            }
            (NameScript::Traditional | NameScript::Simplified, _) => return false,
        };
        let changed = written != *name;
        *name = written;
        changed
    }

    fn apply_name_character(&mut self, error: NameCharacter, culture: Culture, name: &mut String) -> bool {
        let (hanzi, random) = (&self.tables.hanzi, &mut self.random);
        if culture == Culture::Western {
            return match error {
                NameCharacter::Homophone | NameCharacter::NearSound => slip_heard(name, random),
                NameCharacter::LookAlike | NameCharacter::Typo => slip_latin(name, random),
            };
        }
        match error {
            NameCharacter::Homophone => slip_han(name, HanSlip::Homophone, hanzi, random),
            NameCharacter::NearSound => slip_han(name, HanSlip::NearSound, hanzi, random),
            NameCharacter::LookAlike => slip_han(name, HanSlip::LookAlike, hanzi, random),
            NameCharacter::Typo => slip_han_typing(name, hanzi, random),
        }
    }

    fn apply_name_decoration(&mut self, decoration: NameDecoration, person: &Person, name: &mut String) -> bool {
        match decoration {
            NameDecoration::Title => {
                let title = self.title(person);
                if self.random.chance(8000) {
                    name.push_str(title);
                } else {
                    name.push_str(&format!("（{title}）"));
                }
                true
            }
            NameDecoration::Remark => {
                let remark = self.random.pick(&NAME_REMARKS);
                if self.random.chance(6000) {
                    name.push_str(&format!("({remark})"));
                } else {
                    name.push_str(&format!("（{remark}）"));
                }
                true
            }
            NameDecoration::InnerSpace => person.name.is_han() && insert_inside(name, ' '),
            NameDecoration::WideSpace => person.name.is_han() && insert_inside(name, '\u{3000}'),
            NameDecoration::TrailingMark => {
                name.push_str(self.random.pick(&["2", "1", "。", ".", " ", "　", "*"]));
                true
            }
        }
    }
}

/// How a name is romanised.
#[derive(Clone, Copy)]
enum LatinForm {
    Spaced,
    Upper,
    Reversed,
    Joined,
}

fn first_letters(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// Puts a blank behind the first character.
fn insert_inside(name: &mut String, blank: char) -> bool {
    let Some((at, _)) = name.char_indices().nth(1) else { return false };
    name.insert(at, blank);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_stand_behind_the_surname() {
        let mut name = String::from("张伟");
        assert!(insert_inside(&mut name, ' '));
        assert_eq!(name, "张 伟");
        assert!(!insert_inside(&mut String::from("张"), ' '));
    }
}
