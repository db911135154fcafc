//! Writes one record of a person the way a source would: which fields it fills, in which form, with which dirt.

use super::calendar::{Date, civil, day_number, lunar, push_date};
use super::dirt::{BirthError, BirthForm, EmailError, ErrorModel, GenderError, MissingWord};
use super::names::Culture;
use super::numerals::push_padded;
use super::person::{Person, Tables};
use super::random::Random;
use super::source::Source;
use super::spoil::{slip_latin, widen};

/// A record before it becomes a line.
pub struct Row {
    /// Where it comes from.
    pub source: Source,
    /// When it was written.
    pub time: i64,
    /// name
    pub name: String,
    /// gender
    pub gender: String,
    /// birth_date
    pub birth_date: String,
    /// phone
    pub phone: String,
    /// email
    pub email: String,
    /// id_number
    pub id_number: String,
    /// address
    pub address: String,
    /// company
    pub company: String,
    /// wechat_unionid
    pub unionid: String,
    /// How much there is to place the record by: 2 for a number of one's own, 1 for what many share.
    pub evidence: u32,
}

impl Row {
    /// An empty record.
    pub fn new() -> Self {
        Self {
            source: Source::Crm,
            time: 0,
            name: String::new(),
            gender: String::new(),
            birth_date: String::new(),
            phone: String::new(),
            email: String::new(),
            id_number: String::new(),
            address: String::new(),
            company: String::new(),
            unionid: String::new(),
            evidence: 0,
        }
    }

    fn reset(&mut self, source: Source, time: i64) {
        self.source = source;
        self.time = time;
        self.evidence = 0;
        let Self { name, gender, birth_date, phone, email, id_number, address, company, unionid, .. } = self;
        for field in [name, gender, birth_date, phone, email, id_number, address, company, unionid] {
            field.clear();
        }
    }
}

/// A record with less evidence than this is given a phone, or else a name.
const EVIDENCE_MIN: u32 = 3;
/// Share of weak records that stay weak, in 1/10,000.
const LEFT_WEAK: u32 = 1500;

/// Writes records.
pub struct Scribe<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// Randomness of errors.
    pub random: Random,
    /// The error model.
    pub errors: ErrorModel,
}

impl<'a> Scribe<'a> {
    /// A scribe of a seed.
    pub fn new(tables: &'a Tables, seed: u64, difficulty_percent: u32) -> Self {
        Self { tables, random: Random::new(seed, 2), errors: ErrorModel::new(difficulty_percent) }
    }

    /// Writes a record of a person into `row`.
    pub fn record(&mut self, person: &Person, source: Source, time: i64, row: &mut Row) {
        row.reset(source, time);
        let habits = source.habits();
        if self.random.chance(habits.name) {
            self.write_name(person, row);
        }
        if self.random.chance(habits.gender) {
            self.write_gender(person, row);
        }
        if self.random.chance(habits.birth_date) {
            self.write_birth_date(person, row);
        }
        if self.random.chance(habits.phone) {
            self.write_phone(person, row);
        }
        if self.random.chance(habits.email) {
            self.write_email(person, row);
        }
        if self.random.chance(habits.id_number) {
            self.write_id_number(person, row);
        }
        if self.random.chance(habits.address) {
            self.write_address(person, row);
        }
        if self.random.chance(habits.company) {
            self.write_company(person, row);
        }
        if self.random.chance(habits.unionid) {
            row.unionid.push_str(&person.unionid);
            row.evidence += 1;
        }
        self.strengthen(person, row);
        self.write_missing_words(row);
    }

    /// Keeps records that nobody could place rare.
    fn strengthen(&mut self, person: &Person, row: &mut Row) {
        if row.evidence >= EVIDENCE_MIN || self.random.chance(LEFT_WEAK) {
            return;
        }
        row.phone.clear();
        person.mobile_at(row.time).push_plain(&mut row.phone);
        if row.evidence == 0 {
            row.name.clear();
            person.name.push_full(&mut row.name, person.surname_at(row.time));
        }
    }

    fn write_missing_words(&mut self, row: &mut Row) {
        const WORDS: [[&str; 4]; 5] = [
            ["无", "N/A", "-", "不详"],
            ["null", "N/A", "null", "无"],
            ["null", "undefined", "-", "无"],
            ["无", "不详", "-", "无"],
            ["-", "无", "/", "--"],
        ];
        let (source, habits) = (row.source, row.source.habits());
        let fields = [
            (&mut row.name, habits.name),
            (&mut row.birth_date, habits.birth_date),
            (&mut row.phone, habits.phone),
            (&mut row.email, habits.email),
            (&mut row.id_number, habits.id_number),
            (&mut row.address, habits.address),
            (&mut row.company, habits.company),
        ];
        for (field, share) in fields {
            if !field.is_empty() || share == 0 {
                continue;
            }
            if let Some(kind) = self.errors.draw::<MissingWord>(source, &mut self.random) {
                field.push_str(self.random.pick(&WORDS[source.index()]));
                self.errors.note(kind, source);
            }
        }
    }

    fn write_gender(&mut self, person: &Person, row: &mut Row) {
        let error = self.errors.draw::<GenderError>(row.source, &mut self.random);
        let text = match error {
            None => row.source.gender(person.sex),
            Some(GenderError::WrongSex) => row.source.gender(person.sex.other()),
            Some(GenderError::UnknownSex) => match row.source {
                Source::Crm | Source::CallCenter => "未知",
                Source::Web => "U",
                Source::Wechat => "0",
                Source::Store => "保密",
            },
        };
        row.gender.push_str(text);
        if let Some(error) = error {
            self.errors.note(error, row.source);
        }
    }

    fn write_birth_date(&mut self, person: &Person, row: &mut Row) {
        let mut date = civil(person.birth);
        if let Some(error) = self.errors.draw::<BirthError>(row.source, &mut self.random)
            && self.apply_birth_error(error, person, &mut date)
        {
            self.errors.note(error, row.source);
            match error {
                BirthError::Partial => {
                    push_padded(&mut row.birth_date, date.year.unsigned_abs().into(), 4);
                    if self.random.chance(8000) {
                        row.birth_date.push('-');
                        push_padded(&mut row.birth_date, date.month.into(), 2);
                    }
                    return;
                }
                BirthError::DefaultDate => {}
                BirthError::DayMonthSwapped | BirthError::WrongDigit | BirthError::Lunar => row.evidence += 1,
            }
        } else {
            row.evidence += 1;
        }
        let form = self.errors.draw::<BirthForm>(row.source, &mut self.random);
        match form.filter(|&form| form != BirthForm::DayFirst || person.name.culture == Culture::Western) {
            Some(form) => {
                push_birth_form(&mut row.birth_date, date, form);
                self.errors.note(form, row.source);
            }
            None => push_date(&mut row.birth_date, date, "-"),
        }
    }

    fn apply_birth_error(&mut self, error: BirthError, person: &Person, date: &mut Date) -> bool {
        match error {
            BirthError::Partial => true,
            BirthError::DefaultDate => {
                let year = self.random.pick(&[1990, 1990, 1990, 1980, 1980, 1900, 1970, 2000]);
                *date = Date { year, month: 1, day: 1 };
                true
            }
            BirthError::DayMonthSwapped => {
                let swappable = date.day <= 12 && date.day != date.month;
                if swappable {
                    *date = Date { month: date.day, day: date.month, ..*date };
                }
                swappable
            }
            BirthError::WrongDigit => {
                let other = 1 + self.random.below(8);
                match self.random.below(3) {
                    0 => date.year += if date.year % 10 >= 5 { -(other as i32 % 5 + 1) } else { other as i32 % 5 + 1 },
                    1 => date.month = (date.month + other) % 12 + 1,
                    _ => date.day = (date.day + other) % 28 + 1,
                }
                true
            }
            BirthError::Lunar => match lunar(person.birth).filter(|_| person.lunar_birthday) {
                Some(other) => {
                    *date = other;
                    true
                }
                None => false,
            },
        }
    }

    fn write_email(&mut self, person: &Person, row: &mut Row) {
        let other = person.other_email.as_ref().filter(|_| self.random.chance(2500));
        let Some(email) = other.or(person.email.as_ref()) else { return };
        row.email.push_str(email);
        row.evidence += 2;
        if let Some(error) = self.errors.draw::<EmailError>(row.source, &mut self.random)
            && self.apply_email_error(error, row)
        {
            self.errors.note(error, row.source);
        }
    }

    fn apply_email_error(&mut self, error: EmailError, row: &mut Row) -> bool {
        const TYPOS: [(&str, &str); 14] = [
            ("@gmail.com", "@gmial.com"),
            ("@gmail.com", "@gmai.com"),
            ("@163.com", "@163.con"),
            ("@163.com", "@163.cm"),
            ("@qq.com", "@qq.con"),
            ("@qq.com", "@qq.cm"),
            ("@126.com", "@126.cim"),
            ("@sina.com", "@sian.com"),
            ("@outlook.com", "@outlok.com"),
            ("@hotmail.com", "@hotmial.com"),
            ("@foxmail.com", "@foxmial.com"),
            ("@gmail.com", "@gmail.co"),
            (".com", ".con"),
            (".cn", ".cm"),
        ];
        match error {
            EmailError::DomainTypo => {
                let start = self.random.below(12) as usize;
                let mut tried = TYPOS.iter().cycle().skip(start).take(12).chain(&TYPOS[12..]);
                match tried.find(|(from, _)| row.email.ends_with(from)) {
                    Some((from, to)) => {
                        row.email.truncate(row.email.len() - from.len());
                        row.email.push_str(to);
                        true
                    }
                    None => false,
                }
            }
            EmailError::LocalTypo => {
                let Some((local, domain)) = row.email.split_once('@') else { return false };
                let (mut local, domain) = (local.to_owned(), domain.to_owned());
                let slipped = slip_latin(&mut local, &mut self.random);
                row.email = format!("{local}@{domain}");
                slipped
            }
            EmailError::UpperCase => {
                if self.random.chance(5000) {
                    row.email.make_ascii_uppercase();
                } else if let Some(first) = row.email.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                true
            }
            EmailError::Wide => {
                row.email = if self.random.chance(4000) {
                    widen(&row.email)
                } else {
                    row.email.replace('@', "＠").replace('.', "．")
                };
                true
            }
            EmailError::Placeholder => {
                let text = self.random.pick(&[
                    "test@test.com",
                    "123@qq.com",
                    "noemail@noemail.com",
                    "none@none.com",
                    "a@a.com",
                ]);
                row.email.clear();
                row.email.push_str(text);
                row.evidence -= 2;
                true
            }
        }
    }
}

fn push_birth_form(text: &mut String, date: Date, form: BirthForm) {
    let Date { year, month, day } = date;
    match form {
        BirthForm::Slashes => text.push_str(&format!("{year}/{month}/{day}")),
        BirthForm::Compact => push_date(text, date, ""),
        BirthForm::Chinese => text.push_str(&format!("{year}年{month}月{day}日")),
        BirthForm::HanDigits => {
            const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
            text.extend(year.to_string().bytes().map(|digit| DIGITS[usize::from(digit % 16) % 10]));
            text.push('年');
            super::numerals::push_han_number(text, month);
            text.push('月');
            super::numerals::push_han_number(text, day);
            text.push('日');
        }
        BirthForm::Wide => {
            let mut plain = String::new();
            push_date(&mut plain, date, "-");
            text.push_str(&widen(&plain));
        }
        // Excel counts from 1899-12-30, 25,569 days before the epoch.
        BirthForm::ExcelSerial => text.push_str(&(day_number(date) + 25_569).to_string()),
        BirthForm::Dots => text.push_str(&format!("{year}.{month}.{day}")),
        BirthForm::DayFirst => text.push_str(&format!("{day:02}/{month:02}/{year}")),
    }
}
