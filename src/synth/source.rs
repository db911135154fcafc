//! The five sources and their habits: which fields they fill, and how they write sex.

use super::names::Sex;
use super::random::Random;

/// Where a record comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// The sales department's customer system.
    Crm,
    /// The web shop.
    Web,
    /// The WeChat mini program.
    Wechat,
    /// The call centre, where everything is heard.
    CallCenter,
    /// The shop counter, where everything is scribbled and scanned.
    Store,
}

/// How many sources there are.
pub const SOURCE_COUNT: usize = 5;

/// Share of records with the field filled, in 1/10,000.
pub struct Habits {
    /// Name.
    pub name: u32,
    /// Sex.
    pub gender: u32,
    /// Birth date.
    pub birth_date: u32,
    /// Phone.
    pub phone: u32,
    /// E-mail.
    pub email: u32,
    /// Identity number.
    pub id_number: u32,
    /// Address.
    pub address: u32,
    /// Company, of those who have one.
    pub company: u32,
    /// WeChat unionid.
    pub unionid: u32,
}

const HABITS: [Habits; SOURCE_COUNT] = [
    Habits {
        name: 9850,
        gender: 6500,
        birth_date: 5200,
        phone: 9300,
        email: 3400,
        id_number: 3600,
        address: 5600,
        company: 7000,
        unionid: 0,
    },
    Habits {
        name: 9700,
        gender: 3500,
        birth_date: 2800,
        phone: 9500,
        email: 5500,
        id_number: 500,
        address: 8600,
        company: 1500,
        unionid: 1500,
    },
    Habits {
        name: 9300,
        gender: 6800,
        birth_date: 1400,
        phone: 7800,
        email: 300,
        id_number: 60,
        address: 1800,
        company: 300,
        unionid: 9600,
    },
    Habits {
        name: 9600,
        gender: 4200,
        birth_date: 1800,
        phone: 9850,
        email: 600,
        id_number: 1000,
        address: 3800,
        company: 1200,
        unionid: 0,
    },
    Habits {
        name: 9400,
        gender: 4500,
        birth_date: 3000,
        phone: 9700,
        email: 500,
        id_number: 700,
        address: 1800,
        company: 400,
        unionid: 0,
    },
];

impl Source {
    /// Position in the columns of the error table.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// A source, by its share of all records.
    pub fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..24 => Source::Crm,
            24..51 => Source::Web,
            51..70 => Source::Wechat,
            70..85 => Source::CallCenter,
            _ => Source::Store,
        }
    }

    /// The name in the `source` column.
    pub fn name(self) -> &'static str {
        match self {
            Source::Crm => "crm",
            Source::Web => "web",
            Source::Wechat => "wechat",
            Source::CallCenter => "call_center",
            Source::Store => "store",
        }
    }

    /// First letter of its record numbers.
    pub fn letter(self) -> char {
        match self {
            Source::Crm => 'C',
            Source::Web => 'W',
            Source::Wechat => 'X',
            Source::CallCenter => 'T',
            Source::Store => 'S',
        }
    }

    /// Which fields it fills.
    pub fn habits(self) -> &'static Habits {
        &HABITS[self.index()]
    }

    /// How it writes sex.
    pub fn gender(self, sex: Sex) -> &'static str {
        match (self, sex) {
            (Source::Web, Sex::Male) => "M",
            (Source::Web, Sex::Female) => "F",
            (Source::Wechat, Sex::Male) => "1",
            (Source::Wechat, Sex::Female) => "2",
            (Source::Store, Sex::Male) => "先生",
            (Source::Store, Sex::Female) => "女士",
            (Source::Crm | Source::CallCenter, Sex::Male) => "男",
            (Source::Crm | Source::CallCenter, Sex::Female) => "女",
        }
    }
}
