//! The plain notations, read in one pass over the bytes: 1985-03-12, 1985/3/12, 1985.3.12, 19850312, 1985年3月12日.

use super::super::super::date::{CivilDate, PartialDate};

/// A day in a plain notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub date: CivilDate,
    /// Eight digits without separators, which a column's order may read otherwise.
    pub compact: bool,
}

/// Reads a plain notation of a day that exists; `None` for anything else.
pub(super) fn read(text: &str) -> Option<Plain> {
    let bytes = text.as_bytes();
    let (year, rest) = number(bytes, 4)?;
    if let [_, _, _, _] = rest {
        let ((month, rest), compact) = (number(rest.get(..2)?, 2)?, true);
        let (day, _) = number(bytes.get(6..8)?, 2)?;
        return rest.is_empty().then(|| of(year, month, day, compact))?;
    }
    let (separator, month_mark, end) = match rest {
        [b'-', ..] => ("-", "-", ""),
        [b'/', ..] => ("/", "/", ""),
        [b'.', ..] => (".", ".", ""),
        _ => ("年", "月", "日"),
    };
    let (month, rest) = short(rest.strip_prefix(separator.as_bytes())?)?;
    let (day, rest) = short(rest.strip_prefix(month_mark.as_bytes())?)?;
    (rest == end.as_bytes()).then(|| of(year, month, day, false))?
}

fn of(year: u16, month: u16, day: u16, compact: bool) -> Option<Plain> {
    let date = CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(Plain { date, compact })
}

/// Exactly `count` digits, and what follows them.
fn number(bytes: &[u8], count: usize) -> Option<(u16, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(count)?;
    let step = |n: u16, b: &u8| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0'));
    digits.iter().try_fold(0, step).map(|n| (n, rest))
}

/// One or two digits, and what follows them.
fn short(bytes: &[u8]) -> Option<(u16, &[u8])> {
    number(bytes, 2).or_else(|| number(bytes, 1))
}

/// ISO 8601 with the precision that is known, without the machinery of formatting.
pub(super) fn shown(date: PartialDate) -> String {
    let mut out = String::with_capacity(10);
    let mut push = |number: u16, divisors: &[u16]| {
        for divisor in divisors {
            let digit = u8::try_from(number / divisor % 10).unwrap_or(0);
            out.push(char::from(b'0' + digit));
        }
    };
    push(date.year.unsigned_abs(), &[1000, 100, 10, 1]);
    let rest = [date.month, date.day];
    for part in rest.into_iter().map_while(|part| part) {
        out.push('-');
        let mut push = |digit: u8| out.push(char::from(b'0' + digit % 10));
        push(part / 10);
        push(part % 10);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_notations_of_one_day() {
        for text in ["1985-03-12", "19850312", "1985/3/12", "1985.3.12", "1985年3月12日", "1985年03月12日"] {
            assert_eq!(read(text).map(|plain| plain.date), CivilDate::new(1985, 3, 12), "{text}");
        }
        for text in
            ["", "1985", "1985-3", "1985-3/12", "1985-03-121", "1985-02-30", "85-3-12", "1985年3月12", "1985-3-12 "]
        {
            assert_eq!(read(text), None, "{text}");
        }
        for date in
            [PartialDate::year(1985), PartialDate::month(985, 3), CivilDate::new(5, 12, 31).map(PartialDate::from)]
        {
            assert_eq!(date.map(shown), date.map(|date| date.to_string()));
        }
    }
}
