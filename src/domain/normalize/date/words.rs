//! Words in dates: names of months and days of the week in the major languages, particles, halves of the day, zones.
//!
//! Tables are written in lower case and without the accents of Latin and Greek letters, as [`fold`] leaves a word.

use unicode_normalization::UnicodeNormalization;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month, 1–12.
    Month(u32),
    /// A day of the week: says nothing that the date does not say.
    Weekday,
    /// A particle (of, de, года) or a remark that this is a date of birth.
    Filler,
    /// Marks the number before it as a day: 1st, 3rd, 1er.
    Ordinal,
    /// Morning of a 12-hour clock.
    Am,
    /// Afternoon of a 12-hour clock.
    Pm,
    /// Hours stand before it: 15h, 15 Uhr.
    Hour,
    /// T between date and time.
    Stamp,
    /// W before a week's number.
    Week,
    /// Offset east of UTC in minutes; `None` for a zone whose offset is of no use here.
    Zone(Option<i32>),
}

/// Lower case, without the accents of Latin and Greek letters.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let is_mark = |c: &char| matches!(*c, '\u{300}'..='\u{36f}');
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'ł' => folded.push('l'),
            '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                folded.extend(std::iter::once(c).nfd().filter(|c| !is_mark(c)));
            }
            c if is_mark(&c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The twelve months of one language, in the forms met in dates, separated by blanks; English first.
const MONTHS: &[&str] = &[
    "january february march april may june july august september october november december",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
    "styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien",
    "ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
    "leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec",
    "januar februar marts april maj juni juli august september oktober november desember",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta \
     marraskuuta joulukuuta",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου \
     δεκεμβριου",
    "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
];

/// Short forms that do not begin their month.
const SHORT_MONTHS: [(&str, u32); 7] =
    [("mrz", 3), ("maerz", 3), ("mrt", 3), ("sept", 9), ("jaenner", 1), ("janner", 1), ("aug", 8)];

const WEEKDAYS: &[&str] = &[
    "monday tuesday wednesday thursday friday saturday sunday",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend",
    "lunes martes miercoles jueves viernes sabado domingo",
    "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "segunda terca quarta quinta sexta feira",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "понедельник вторник среда четверг пятница суббота воскресенье",
    "pazartesi sali carsamba persembe cuma cumartesi pazar gunu",
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela",
    "mandag tirsdag onsdag torsdag fredag lordag sondag",
    "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
];

const FILLERS: &[&str] = &[
    "of",
    "the",
    "de",
    "del",
    "d",
    "do",
    "da",
    "di",
    "le",
    "el",
    "la",
    "il",
    "den",
    "der",
    "am",
    "on",
    "at",
    "in",
    "ad",
    "ce",
    "anno",
    "ano",
    "year",
    "e",
    "y",
    "г",
    "год",
    "года",
    "р",
    "року",
    "roku",
    "rok",
    "r",
    "ngay",
    "nam",
    "dob",
    "born",
    "birth",
    "date",
    "birthday",
    "geboren",
    "nacido",
    "ne",
    "nee",
    "naissance",
    "и",
    "et",
    "um",
];

/// What a folded word says; `None` when nothing known.
pub(super) fn meaning(word: &str) -> Option<Word> {
    Some(match word {
        "am" | "a.m" => Word::Am,
        "pm" | "p.m" => Word::Pm,
        "t" => Word::Stamp,
        "w" => Word::Week,
        "h" | "uhr" | "hrs" | "hours" | "ч" => Word::Hour,
        "st" | "nd" | "rd" | "th" | "er" | "ste" | "de." | "го" | "º" | "ª" | "°" => Word::Ordinal,
        "z" | "utc" | "gmt" => Word::Zone(Some(0)),
        "est" | "edt" | "cst" | "cdt" | "mst" | "mdt" | "pst" | "pdt" | "cet" | "cest" | "bst" | "jst" | "kst"
        | "msk" | "hkt" | "ist" | "brst" | "aest" | "aedt" => Word::Zone(None),
        word if FILLERS.contains(&word) => Word::Filler,
        word => {
            if let Some(month) = month(word) {
                return Some(Word::Month(month));
            }
            let is_day = |name: &str| name == word || word.chars().count() >= 3 && name.starts_with(word);
            let weekday = WEEKDAYS.iter().any(|names| names.split(' ').any(is_day));
            let short =
                matches!(word, "mo" | "tu" | "fr" | "sa" | "su" | "пн" | "вт" | "ср" | "чт" | "пт" | "сб" | "вс");
            return (weekday || short).then_some(Word::Weekday);
        }
    })
}

/// The month of a name, or of three letters or more that begin it in a way that fits no other month.
fn month(word: &str) -> Option<u32> {
    let exact = |names: &&str| names.split_ascii_whitespace().position(|name| name == word);
    let number = |position: usize| u32::try_from(position + 1).ok();
    if let Some(position) = MONTHS.iter().find_map(exact) {
        return number(position);
    }
    if let Some((_, month)) = SHORT_MONTHS.iter().find(|(name, _)| *name == word) {
        return Some(*month);
    }
    if word.chars().count() < 3 {
        return None;
    }
    let begun = |names: &&'static str| {
        let places = names.split_ascii_whitespace().enumerate();
        places.filter(|(_, name)| name.starts_with(word)).map(|(place, _)| place).collect::<Vec<_>>()
    };
    // In English the first counts: "ma" is too short already, "jun" and "jul" differ.
    let english = MONTHS.first().map(begun).unwrap_or_default();
    if let Some(place) = english.first() {
        return number(*place);
    }
    let mut places = MONTHS.iter().skip(1).flat_map(begun);
    let found = places.next();
    let found = found.filter(|place| places.all(|other| other == *place));
    found.and_then(number)
}

/// A part of the day, which a 12-hour clock needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOfDay {
    /// Between midnight and noon; twelve is midnight.
    SmallHours,
    /// Between midnight and noon; twelve is noon.
    Morning,
    /// Around noon.
    Noon,
    /// After noon.
    Afternoon,
    /// After noon; twelve is midnight.
    Evening,
}

const PARTS_OF_DAY: [(&str, PartOfDay); 26] = [
    ("凌晨", PartOfDay::SmallHours),
    ("清晨", PartOfDay::Morning),
    ("早晨", PartOfDay::Morning),
    ("早上", PartOfDay::Morning),
    ("上午", PartOfDay::Morning),
    ("午前", PartOfDay::SmallHours),
    ("早", PartOfDay::Morning),
    ("朝", PartOfDay::Morning),
    ("오전", PartOfDay::SmallHours),
    ("中午", PartOfDay::Noon),
    ("正午", PartOfDay::Noon),
    ("午间", PartOfDay::Noon),
    ("下午", PartOfDay::Afternoon),
    ("午后", PartOfDay::Afternoon),
    ("午後", PartOfDay::Afternoon),
    ("오후", PartOfDay::Afternoon),
    ("傍晚", PartOfDay::Evening),
    ("晚上", PartOfDay::Evening),
    ("晚间", PartOfDay::Evening),
    ("夜里", PartOfDay::Evening),
    ("夜间", PartOfDay::Evening),
    ("夜晚", PartOfDay::Evening),
    ("半夜", PartOfDay::SmallHours),
    ("午夜", PartOfDay::SmallHours),
    ("夜", PartOfDay::Evening),
    ("晚", PartOfDay::Evening),
];

/// The part of the day that a text begins with, and the length of its name.
pub(super) fn part_of_day(text: &str) -> Option<(PartOfDay, usize)> {
    PARTS_OF_DAY.iter().find(|(name, _)| text.starts_with(name)).map(|(name, part)| (*part, name.len()))
}

/// The length of the name of a day of the week in Chinese, Japanese or Korean that a text begins with, brackets too.
pub(super) fn weekday_length(text: &str) -> Option<usize> {
    const BEFORE: [&str; 6] = ["星期", "礼拜", "禮拜", "周", "週", "逢"];
    const DAYS: &str = "一二三四五六日天月火水木金土월화수목금토일";
    let one_of_days = |rest: &str| rest.chars().next().filter(|c| DAYS.contains(*c)).map(char::len_utf8);
    if let Some(rest) = text.strip_prefix('(') {
        let inner = weekday_length(rest).or_else(|| one_of_days(rest))?;
        return rest.get(inner..)?.starts_with(')').then_some(inner + 2);
    }
    if let Some(name) = BEFORE.iter().find(|name| text.starts_with(**name)) {
        return one_of_days(text.get(name.len()..)?).map(|length| name.len() + length);
    }
    let day = one_of_days(text)?;
    let rest = text.get(day..)?;
    ["曜日", "曜", "요일"].iter().find(|end| rest.starts_with(**end)).map(|end| day + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_many_languages() {
        let cases = [
            ("Feb", 2),
            ("FEBRUARY", 2),
            ("février", 2),
            ("März", 3),
            ("mrz", 3),
            ("ene", 1),
            ("Gen", 1),
            ("março", 3),
            ("maart", 3),
            ("мая", 5),
            ("сент", 9),
            ("Şubat", 2),
            ("Kasım", 11),
            ("października", 10),
            ("září", 9),
            ("août", 8),
            ("nov", 11),
            ("Mar", 3),
            ("jun", 6),
            ("července", 7),
            ("नवं", 11),
            ("Ιουνίου", 6),
            ("mai", 5),
        ];
        for (word, month) in cases {
            assert_eq!(meaning(&fold(word)), Some(Word::Month(month)), "{word}");
        }
        for word in ["mardi", "Thu", "Wednesday", "lunedì", "vendredi", "sáb", "Пятница"] {
            assert_eq!(meaning(&fold(word)), Some(Word::Weekday), "{word}");
        }
        for word in ["m", "ma", "cer", "zhang", "x"] {
            assert_eq!(meaning(&fold(word)), None, "{word}");
        }
    }

    #[test]
    fn days_of_the_week_are_measured() {
        for (text, length) in [("星期四", 9), ("周日", 6), ("(木)", 5), ("木曜日", 9), ("(星期五)", 11), ("화요일", 9)]
        {
            assert_eq!(weekday_length(text), Some(length), "{text}");
        }
        for text in ["月", "日", "一月", "(3)", "周岁"] {
            assert_eq!(weekday_length(text), None, "{text}");
        }
    }
}
