//! The columns that say which row, where from, when confirmed, and whose customer it is.

use std::collections::{BTreeSet, HashSet};

use super::super::reader::Table;
use super::aside::Aside;
use super::column;
use super::content::{Content, ContentType};
use super::headers::{Identifies, Meaning, identifies};
use crate::domain::record::AttributeKind;

/// Sources that a column may name; a column with more values is no channel.
const SOURCES_MAX: usize = 50;
/// Of a hundred values, those that must look like dates in a column of confirmation times.
const TIMES_PERCENT_MIN: u64 = 80;
/// Of a hundred values, those of a type that no identifier has which rule a column out.
const OTHER_PERCENT_MIN: u64 = 50;

/// The columns that are no attributes.
pub struct Roles {
    /// Identifies a row; none where no column can.
    pub record_id: Option<usize>,
    /// What a person must settle about it.
    pub warning: Option<String>,
    /// Names the channel.
    pub source: Option<usize>,
    /// When the source last confirmed the row.
    pub observed_time: Option<usize>,
    /// Who looks after the customer.
    pub owner: Option<usize>,
    /// The record id is an attribute as well: an account at a social network.
    id_is_attribute: bool,
}

impl Roles {
    /// Finds them by the headers, and a record id also by the content.
    pub fn find(table: &Table, contents: &[Content], meanings: &[Option<Meaning>]) -> Self {
        let named = |meaning: Meaning| {
            let positions = meanings.iter().enumerate().filter(move |(_, found)| **found == Some(meaning));
            positions.map(|(position, _)| position)
        };
        let full = |index: &usize| contents.get(*index).is_some_and(|content| content.filled == content.rows);
        let source = named(Meaning::Source).filter(full).find(|index| {
            let values: BTreeSet<&str> = column(table, *index).collect();
            values.len() <= SOURCES_MAX
        });
        let is_time = |index: &usize| {
            contents.get(*index).is_some_and(|content| {
                content.percent(ContentType::Timestamp) + content.percent(ContentType::Date) >= TIMES_PERCENT_MIN
            })
        };
        let mut roles = Self {
            record_id: None,
            warning: None,
            source,
            observed_time: named(Meaning::ObservedTime).find(is_time),
            owner: named(Meaning::Owner).next(),
            id_is_attribute: false,
        };
        roles.find_record_id(table, contents, meanings);
        roles
    }

    /// Whether a column is one of them and no attribute.
    pub fn has(&self, index: usize) -> bool {
        let id = self.record_id.filter(|_| !self.id_is_attribute);
        [id, self.source, self.observed_time, self.owner].contains(&Some(index))
    }

    /// The header's word first, then an account, then what looks like numbers given one by one; a wrong record id would drop
    /// rows or tell them apart by chance, so none is better than a telephone number or an amount.
    fn find_record_id(&mut self, table: &Table, contents: &[Content], meanings: &[Option<Meaning>]) {
        let means = |index: usize| meanings.get(index).copied().flatten();
        let header = |index: usize| table.header.get(index).map_or("", String::as_str);
        let full = |index: usize| contents.get(index).is_some_and(|content| content.filled == content.rows);
        let all = 0..table.header.len();
        let named: Vec<usize> = all.clone().filter(|index| means(*index) == Some(Meaning::RecordId)).collect();
        let is_free = |index: usize| matches!(means(index), None | Some(Meaning::Aside(Aside::Category)));
        let says = |wanted: Identifies| {
            all.clone().filter(move |index| is_free(*index) && identifies(header(*index)) == Some(wanted))
        };
        let is_account = |index: &usize| matches!(means(*index), Some(Meaning::Attribute(AttributeKind::SocialId, ..)));
        let is_unnamed = |index: &usize| means(*index).is_none() && is_numbered(table, *index);
        let other = |index: &usize| contents.get(*index).is_some_and(is_other);
        let fits = |index: &usize| full(*index) && is_unique(table, *index, self.source);
        let clean = |index: &usize| !other(index) && fits(index);
        if let Some(index) = named.iter().copied().chain(says(Identifies::Clearly)).find(clean) {
            self.record_id = Some(index);
            return;
        }
        if let Some(index) = all.clone().filter(is_account).find(clean) {
            (self.record_id, self.id_is_attribute) = (Some(index), true);
            return;
        }
        if let Some(index) = named.iter().copied().find(fits) {
            let seen = contents.get(index).and_then(Content::most).map_or("", |(found, _)| found.code());
            self.record_id = Some(index);
            self.warning = Some(format!(
                "record_id = \"{0}\" by its header, but its values look like {seen}: see whether they identify rows, and \
                 map \"{0}\" as {seen} as well if they are that",
                header(index)
            ));
            return;
        }
        if let Some(index) = says(Identifies::Perhaps).chain(all.clone().filter(is_unnamed)).find(clean) {
            self.record_id = Some(index);
            self.warning = Some(format!(
                "record_id = \"{}\" is a guess: the header does not say so clearly, but its values are different in every row; \
                 name the right column",
                header(index)
            ));
            return;
        }
        self.record_id = named.first().copied();
        self.warning = Some(match self.record_id {
            Some(index) => format!(
                "no column is filled and different in every row; record_id = \"{}\" by its header, although it is empty or \
                 repeated in some: name a column that identifies a row, or add one of row numbers (1, 2, 3 …)",
                header(index)
            ),
            None => {
                "no column is filled, different in every row and made of numbers or codes given to rows; add one of row \
                     numbers (1, 2, 3 …) to the file and write its header into record_id below"
                    .to_owned()
            }
        });
    }
}

/// Whether most values are of a type that identifies nobody's row: a telephone number, a name, a day.
fn is_other(content: &Content) -> bool {
    let types = [
        ContentType::Email,
        ContentType::Url,
        ContentType::Timestamp,
        ContentType::Date,
        ContentType::Phone,
        ContentType::Gender,
        ContentType::Address,
        ContentType::Organisation,
        ContentType::Place,
        ContentType::PersonName,
        ContentType::ResidentId,
    ];
    types.into_iter().map(|found| content.percent(found)).sum::<u64>() >= OTHER_PERCENT_MIN
}

/// Whether values look as if a system had given them, by themselves: letters and digits without blanks, and numbers that are
/// close together or of one length, which amounts and counts are not.
fn is_numbered(table: &Table, index: usize) -> bool {
    const CHARACTERS_MAX: usize = 64;
    const LENGTH_MIN: usize = 5;
    let is_code = |value: &str| {
        let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b':' | b'#'));
        plain && value.len() <= CHARACTERS_MAX && value.bytes().any(|b| b.is_ascii_digit())
    };
    let values: Vec<&str> = column(table, index).map(str::trim).collect();
    let numbers: Vec<u64> = values.iter().filter_map(|value| value.parse().ok()).collect();
    let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else {
        return values.iter().all(|value| is_code(value));
    };
    if numbers.len() < values.len() {
        return values.iter().all(|value| is_code(value));
    }
    let (range, count) = (most - least, numbers.len() as u64);
    let one_length = values.iter().all(|value| value.len() >= LENGTH_MIN && value.len() == most.to_string().len());
    let round = numbers.iter().all(|number| number % 10 == 0);
    range < 2 * count || numbers.is_sorted() && range <= 10 * count || one_length && !round
}

fn is_unique(table: &Table, index: usize, source: Option<usize>) -> bool {
    let mut seen = HashSet::new();
    table.rows.iter().all(|row| {
        let text = |index: usize| row.fields.get(index).map_or("", |field| field.trim());
        seen.insert((source.map_or("", text), text(index)))
    })
}
