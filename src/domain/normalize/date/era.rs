//! Years counted from an event: Japanese eras from Meiji on, the Republic of China (民国) and the years before it.

/// An era: its year 1, and the first and last day, as yyyymmdd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Era {
    first_year: i32,
    from: i32,
    to: i32,
    /// Years are counted towards the past.
    backwards: bool,
}

const fn era(first_year: i32, from: i32, to: i32) -> Era {
    Era { first_year, from, to, backwards: false }
}

const BEFORE_REPUBLIC: Era = Era { first_year: 1911, from: 10_101, to: 19_111_231, backwards: true };

/// The Republic of China.
pub(super) const REPUBLIC: Era = era(1912, 19_120_101, 99_991_231);

/// Names, the longer first. Letters count only directly before a digit (R5.2.9).
const ERAS: [(&[&str], Era); 7] = [
    (&["令和", "㋿", "R"], era(2019, 20_190_501, 99_991_231)),
    (&["平成", "㍻", "H"], era(1989, 19_890_108, 20_190_430)),
    (&["昭和", "㍼", "S"], era(1926, 19_261_225, 19_890_107)),
    (&["大正", "㍽", "T"], era(1912, 19_120_730, 19_261_224)),
    (&["明治", "㍾", "M"], era(1868, 18_680_125, 19_120_729)),
    (&["中华民国前", "中華民國前", "民国前", "民國前", "民前"], BEFORE_REPUBLIC),
    (&["中华民国", "中華民國", "民国", "民國", "ROC"], REPUBLIC),
];

impl Era {
    /// The Common Era year of a year of the era, 1 and up.
    pub(super) fn year(self, count: u32) -> Option<u32> {
        let count = i32::try_from(count).ok().filter(|count| (1..=1_000).contains(count))?;
        let year = if self.backwards { self.first_year - count + 1 } else { self.first_year + count - 1 };
        u32::try_from(year).ok()
    }

    /// Whether a day of the era can be meant; unknown parts get the benefit of the doubt.
    pub(super) fn has(self, year: i16, month: Option<u8>, day: Option<u8>) -> bool {
        let shown = |month: u8, day: u8| i32::from(year) * 10_000 + i32::from(month) * 100 + i32::from(day);
        let earliest = shown(month.unwrap_or(1), day.unwrap_or(1));
        let latest = shown(month.unwrap_or(12), day.unwrap_or(31));
        latest >= self.from && earliest <= self.to
    }
}

/// The era that a text begins with, and the rest.
pub(super) fn strip(text: &str) -> Option<(Era, &str)> {
    let begins = |name: &str| {
        let rest = text.strip_prefix(name)?;
        let letter = name.len() == 1;
        let rest = if letter { rest } else { rest.trim_start() };
        (!letter || rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
    };
    ERAS.iter().find_map(|(names, era)| names.iter().find_map(|name| begins(name)).map(|rest| (*era, rest)))
}
