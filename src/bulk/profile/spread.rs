//! How the numbers and days of a column are spread: smallest, largest, quantiles, what lies far out, and how that moved.
//!
//! Everything is exact and reads every different value once, with how often it occurs: the order of rows cannot show, and the numbers of one
//! column at a time take 16 bytes for each different value of a table that is in memory anyway.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Outlier;
use super::header::Says;
use crate::bulk::map::content::{Content, ContentType};
use crate::domain::check::{self, Judge};
use crate::domain::date::CivilDate;
use crate::domain::normalize::date::parse_timestamp;

/// Values of a hundred that are numbers, or days, in a column of these.
const PERCENT_MIN: u64 = 80;
/// Fewer values have no outliers: chance moves their quartiles.
const VALUES_MIN: u64 = 20;
/// Interquartile ranges beyond a quartile from which a value is far out: the outer fences of Tukey, Exploratory Data Analysis (1977), 2D.
const FENCE_RANGES: f64 = 3.0;
/// Significant digits of a number that is shown masked, less one.
const DIGITS_AFTER_FIRST: usize = 3;
/// From here on numbers are written with an exponent.
const PLAIN_MAX: f64 = 1e15;
/// Outliers shown.
const EXAMPLES_MAX: usize = 3;

/// How the values of a column are spread. A quantile is the smallest value that so many of a hundred do not exceed. Without `--unmask`
/// numbers are rounded to four digits, and days of a person are years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// `number` or `date`.
    pub of: String,
    /// Rows with a value that is one.
    pub values: u64,
    /// The smallest.
    pub min: String,
    /// 5 of a hundred do not exceed it.
    pub p5: String,
    /// The lower quartile.
    pub p25: String,
    /// The median.
    pub p50: String,
    /// The upper quartile.
    pub p75: String,
    /// 95 of a hundred do not exceed it.
    pub p95: String,
    /// The largest.
    pub max: String,
}

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Number,
    Date,
}

/// How values are shown.
#[derive(Clone, Copy)]
enum Precision {
    Whole,
    Rounded,
}

static DATE: LazyLock<Option<Judge>> = LazyLock::new(|| check::resolve("date"));

/// The spread of a column of numbers or days, and what lies far out; nothing of other columns and of numbers that identify.
pub fn of(says: Says, content: &Content, counts: &[(&str, u64)], unmask: bool) -> Option<(Spread, Option<Outlier>)> {
    let percent = |found| content.percent(found);
    let of = match content.most()?.0 {
        ContentType::Number | ContentType::Text if says != Says::Personal => Of::Number,
        ContentType::Date | ContentType::Timestamp
            if percent(ContentType::Date) + percent(ContentType::Timestamp) >= PERCENT_MIN =>
        {
            Of::Date
        }
        _ => return None,
    };
    let read = |text: &str| match of {
        Of::Number => number(text),
        Of::Date => day(text).map(|day| day.days_since_epoch() as f64),
    };
    let mut values: Vec<(f64, u64)> = counts.iter().filter_map(|(text, count)| Some((read(text)?, *count))).collect();
    let (all, filled) = (total(&values), counts.iter().map(|(_, count)| count).sum::<u64>());
    if values.is_empty() || all * 100 < filled * PERCENT_MIN {
        return None;
    }
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let precision = if unmask || of == Of::Date && says == Says::Event { Precision::Whole } else { Precision::Rounded };
    let show = |value: f64| of.shown(value, precision);
    let quantile = |percent: u64| quantile(&values, all, percent);
    let spread = Spread {
        of: of.code().to_owned(),
        values: all,
        min: show(quantile(0)),
        p5: show(quantile(5)),
        p25: show(quantile(25)),
        p50: show(quantile(50)),
        p75: show(quantile(75)),
        p95: show(quantile(95)),
        max: show(quantile(100)),
    };
    let range = FENCE_RANGES * (quantile(75) - quantile(25));
    let fences = [quantile(25) - range, quantile(75) + range];
    let outlier = (range > 0.0 && all >= VALUES_MIN).then(|| far_out(&values, fences, quantile(50), &show)).flatten();
    Some((spread, outlier))
}

fn total(values: &[(f64, u64)]) -> u64 {
    values.iter().map(|(_, count)| count).sum()
}

/// The smallest value that so many of a hundred do not exceed, of values ascending.
fn quantile(values: &[(f64, u64)], all: u64, percent: u64) -> f64 {
    let rank = (all * percent).div_ceil(100).max(1);
    let mut below = 0;
    let reached = values.iter().find(|(_, count)| {
        below += count;
        below >= rank
    });
    reached.or(values.last()).map_or(0.0, |(value, _)| *value)
}

/// Values outside of the fences, the farthest shown.
fn far_out(values: &[(f64, u64)], [low, high]: [f64; 2], median: f64, show: &dyn Fn(f64) -> String) -> Option<Outlier> {
    let mut out: Vec<(f64, u64)> = values.iter().copied().filter(|(value, _)| *value < low || *value > high).collect();
    if out.is_empty() {
        return None;
    }
    let count = total(&out);
    out.sort_by(|a, b| (b.0 - median).abs().total_cmp(&(a.0 - median).abs()).then_with(|| a.0.total_cmp(&b.0)));
    Some(Outlier {
        rule: "value".to_owned(),
        detail: format!("below {} or above {}", show(low), show(high)),
        count,
        examples: out.into_iter().take(EXAMPLES_MAX).map(|(value, _)| show(value)).collect(),
    })
}

impl Of {
    fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
        }
    }

    fn shown(self, value: f64, precision: Precision) -> String {
        match (self, precision) {
            (Self::Number, Precision::Whole) => written(value),
            (Self::Number, Precision::Rounded) => {
                written(format!("{value:.DIGITS_AFTER_FIRST$e}").parse().unwrap_or(value))
            }
            (Self::Date, _) => {
                // A fence may lie before or behind every calendar.
                let Some(day) = CivilDate::from_days_since_epoch(value as i64) else { return "-".to_owned() };
                match precision {
                    Precision::Whole => day.to_string(),
                    Precision::Rounded => format!("{:04}", day.year()),
                }
            }
        }
    }
}

fn written(value: f64) -> String {
    if value.abs() < PLAIN_MAX { value.to_string() } else { format!("{value:e}") }
}

/// A number as people write it: `-1,234.50`, `¥35`, `1e5`.
fn number(text: &str) -> Option<f64> {
    let plain = text.trim().trim_start_matches(['¥', '￥', '$', '€', '£']).trim_start();
    let whole = plain.trim_start_matches(['-', '+']).split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let number = match plain.contains(',') {
        false => plain.parse::<f64>(),
        true if is_grouped => plain.replace(',', "").parse(),
        true => return None,
    };
    number.ok().filter(|number| number.is_finite())
}

fn day(text: &str) -> Option<CivilDate> {
    if let Some(time) = parse_timestamp(text) {
        return time.date();
    }
    let judged = DATE.as_ref()?.check(Some("CN"), text);
    CivilDate::parse(&judged.normal)
}

/// How far the values moved since an earlier spread, from 0 to 1, and how the median did: the largest difference between the shares of values
/// up to any point (Kolmogorov and Smirnov's distance), as far as the quantiles tell them.
pub fn moved(before: &Spread, after: &Spread) -> Option<(f64, String)> {
    let (old, new) = (before.points()?, after.points()?);
    if before.of != after.of {
        return None;
    }
    let points = old.iter().chain(&new).map(|(value, _)| *value);
    let differences = points.map(|value| {
        let ([old_below, old_upto], [new_below, new_upto]) = (shares(&old, value), shares(&new, value));
        (old_below - new_below).abs().max((old_upto - new_upto).abs())
    });
    let size = differences.fold(0.0, f64::max);
    Some((size, format!("median {} before, {} now", before.p50, after.p50)))
}

impl Spread {
    /// The values of the quantiles and the shares of values up to them; nothing where a text is none of what was written above.
    fn points(&self) -> Option<Vec<(f64, f64)>> {
        let texts = [&self.min, &self.p5, &self.p25, &self.p50, &self.p75, &self.p95, &self.max];
        let shares = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];
        let read = |text: &String| match self.of.as_str() {
            "date" => {
                let full = if text.len() == 4 { format!("{text}-01-01") } else { text.clone() };
                CivilDate::parse(&full).map(|day| day.days_since_epoch() as f64)
            }
            _ => text.parse().ok(),
        };
        texts.into_iter().zip(shares).map(|(text, share)| Some((read(text)?, share))).collect()
    }
}

/// The shares of values below a value and up to it, between two quantiles as on a straight line.
fn shares(points: &[(f64, f64)], value: f64) -> [f64; 2] {
    let between = |(low, from): (f64, f64), (high, to): (f64, f64)| from + (to - from) * (value - low) / (high - low);
    let last_below = points.iter().rev().find(|(known, _)| *known < value);
    let first_above = points.iter().find(|(known, _)| *known > value);
    let mut equal = points.iter().filter(|(known, _)| *known == value).map(|(_, share)| *share);
    let (first_equal, last_equal) = (equal.clone().next(), equal.next_back());
    let interpolated = match (last_below, first_above) {
        (Some(low), Some(high)) => between(*low, *high),
        (Some(_), None) => 1.0,
        (None, _) => 0.0,
    };
    [first_equal.unwrap_or(interpolated), last_equal.unwrap_or(interpolated)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn spread(texts: &[String], says: Says, unmask: bool) -> Option<(Spread, Option<Outlier>)> {
        let counts: Vec<(&str, u64)> = texts.iter().map(|text| (text.as_str(), 1)).collect();
        let content = Content::of(texts.iter().map(String::as_str), 1_000);
        of(says, &content, &counts, unmask)
    }

    #[test]
    fn numbers_have_quantiles_and_values_far_out() {
        let mut texts: Vec<String> = (1..=99).map(|number| number.to_string()).collect();
        texts.push("12,345.6".to_owned());
        let (found, outlier) = spread(&texts, Says::Nothing, false).unwrap();
        assert_eq!(
            [&found.min, &found.p5, &found.p25, &found.p50, &found.p75, &found.p95, &found.max],
            ["1", "5", "25", "50", "75", "95", "12350"]
        );
        let outlier = outlier.unwrap();
        assert_eq!((outlier.count, outlier.detail.as_str()), (1, "below -125 or above 225"));
        assert_eq!(outlier.examples, ["12350"]);
        let (plain, outlier) = spread(&texts, Says::Nothing, true).unwrap();
        assert_eq!((plain.max.as_str(), outlier.unwrap().examples), ("12345.6", vec!["12345.6".to_owned()]));
        texts.reverse();
        assert_eq!(spread(&texts, Says::Nothing, false).unwrap().0, found, "the order of rows does not show");
        assert!(spread(&texts, Says::Personal, false).is_none(), "a number that identifies has no distribution");
        // At the fences, below 20 values and where the quartiles are equal nothing is far out.
        texts[0] = "225".to_owned();
        assert!(spread(&texts, Says::Nothing, false).unwrap().1.is_none());
        assert!(spread(&texts[..19], Says::Nothing, false).unwrap().1.is_none());
    }

    #[test]
    fn days_of_persons_are_shown_by_year_and_days_of_events_whole() {
        let texts: Vec<String> = (0..40).map(|n| format!("{}-0{}-11", 1950 + n, n % 9 + 1)).collect();
        let mut more = texts.clone();
        more.push("1650年01月01日".to_owned());
        let (born, outlier) = spread(&more, Says::Personal, false).unwrap();
        assert_eq!((born.of.as_str(), born.p50.as_str(), born.max.as_str()), ("date", "1969", "1989"));
        assert_eq!(outlier.unwrap().examples, ["1650"]);
        assert_eq!(spread(&texts, Says::Event, false).unwrap().0.min, "1950-01-11");
        assert_eq!(spread(&texts, Says::Personal, true).unwrap().0.min, "1950-01-11");
    }

    #[test]
    fn movement_is_the_largest_difference_of_shares() {
        let of = |numbers: std::ops::Range<u32>| {
            let texts: Vec<String> = numbers.map(|number| number.to_string()).collect();
            spread(&texts, Says::Nothing, false).unwrap().0
        };
        let before = of(100..200);
        assert_eq!(moved(&before, &before).unwrap().0, 0.0);
        let (size, detail) = moved(&before, &of(150..250)).unwrap();
        assert!((size - 0.5).abs() < 0.03, "{size}");
        assert_eq!(detail, "median 149 before, 199 now");
        assert!(moved(&before, &of(300..400)).unwrap().0 > 0.99);
        let constant = |value: &str| spread(&vec![value.to_owned(); 30], Says::Nothing, false).unwrap().0;
        assert_eq!(moved(&constant("7"), &constant("7")).unwrap().0, 0.0);
        assert_eq!(moved(&constant("7"), &constant("8")).unwrap().0, 1.0);
    }
}
