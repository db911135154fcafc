//! Addresses as one comparison over the division tree and the folded line.

use super::similarity::{bigram_dice, jaro_winkler, one_edit_apart};
use super::{Agreement, Comparator, Level, best};
use crate::domain::features::{AddressFeature, Features};

/// Compares every address of one record with every one of the other.
pub struct AddressComparator;

const SAME_ROOM: usize = 0;
const SAME_LINE: usize = 1;
const SAME_NUMBER: usize = 2;
const SIMILAR_LINE: usize = 3;
const SAME_STREET: usize = 4;
const SAME_DISTRICT: usize = 5;
const SAME_CITY: usize = 6;
const DIFFERENT: usize = 7;

const LEVELS: &[Level] = &[
    Level::new("same_room", "同一房间", "same room at the same place"),
    Level::new("same_line", "地址全文相同", "same text"),
    Level::new("same_number", "同一门牌", "same street and house number"),
    Level::new("similar_line", "地址全文相近", "nearly the same text"),
    Level::new("same_street", "同一道路或小区", "same street or estate"),
    Level::new("same_district", "同一区县或邮编", "same district or postal code"),
    Level::new("same_city", "同一城市", "same city"),
    Level::new("different", "地址不同", "different addresses"),
];

impl Comparator for AddressComparator {
    fn code(&self) -> &'static str {
        "address"
    }

    fn name_zh(&self) -> &'static str {
        "地址"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let levels = a.addresses.iter().flat_map(|x| b.addresses.iter().map(move |y| level(x, y)));
        out.extend(best(levels).map(Agreement::at));
    }
}

fn level(left: &AddressFeature, right: &AddressFeature) -> usize {
    let (a, b) = (&left.address, &right.address);
    let same_place = agree(&a.street, &b.street) || agree(&a.community, &b.community);
    let numbers_agree = agree(&a.number, &b.number);
    let number_conflict = !numbers_agree && !a.number.is_empty() && !b.number.is_empty();
    let unit_conflict = !a.unit.is_empty() && !b.unit.is_empty() && a.unit != b.unit;
    // Streets of one name stand in many cities.
    let elsewhere = conflict(&a.city, &b.city) && conflict(&a.region, &b.region);
    if elsewhere {
        return DIFFERENT;
    }
    if same_place && agree(&a.unit, &b.unit) && !number_conflict {
        return SAME_ROOM;
    }
    if left.line == right.line && left.line.len() >= 6 {
        return SAME_LINE;
    }
    if same_place && numbers_agree {
        return SAME_NUMBER;
    }
    let street_is_near = same_place || street_misspelt(&a.street, &b.street);
    let parts_contradict =
        unit_conflict || number_conflict || (!street_is_near && !a.street.is_empty() && !b.street.is_empty());
    if !parts_contradict && lines_similar(left, right) || (numbers_agree && street_is_near) {
        return SIMILAR_LINE;
    }
    if same_place {
        return SAME_STREET;
    }
    if agree(&a.district, &b.district) || agree(&a.postal_code, &b.postal_code) {
        return SAME_DISTRICT;
    }
    if agree(&a.city, &b.city) { SAME_CITY } else { DIFFERENT }
}

fn agree(a: &str, b: &str) -> bool {
    !a.is_empty() && a == b
}

fn conflict(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && a != b
}

/// One edit in a road of Latin letters is a typing error; 文一路 and 文二路 are two roads.
fn street_misspelt(a: &str, b: &str) -> bool {
    let latin = a.is_ascii() && b.is_ascii();
    latin && a.len() >= 5 && b.len() >= 5 && (one_edit_apart(a, b) || super::similarity::jaro_winkler_str(a, b) >= 920)
}

fn lines_similar(a: &AddressFeature, b: &AddressFeature) -> bool {
    a.line.len().min(b.line.len()) >= 8
        && (bigram_dice(&a.line, &b.line) >= 750 || jaro_winkler(&a.line, &b.line) >= 930)
}
