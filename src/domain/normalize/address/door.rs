//! Building, unit, floor and room: 27栋3单元704室, 27-3-704, A座12层1201, 5#302, 3号楼2门501.

use super::signs;
use crate::domain::text::han::numerals_to_digits;
use smol_str::{SmolStr, SmolStrBuilder};
use std::borrow::Cow;

/// The way to a door within a house number or estate; empty where nothing was written. Letters as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    /// Building: `27`, `A`.
    pub building: SmolStr,
    /// Unit or entrance.
    pub unit: SmolStr,
    /// Floor, as written or as the room tells it.
    pub floor: SmolStr,
    /// Room, as on its plate: `1201`.
    pub room: SmolStr,
    /// A house number that is all there is: 太平村3组12号.
    pub number: SmolStr,
    /// Every number in the order written, joined by `-`; the floor is left out where the room tells it.
    pub line: SmolStr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Building,
    Unit,
    Floor,
    /// 楼: a floor, or a building before a room elsewhere.
    Storey,
    Room,
    /// 号 and #: a building before a room, else the room.
    Number,
    Zone,
    None,
}

/// Tokens that are looked at.
const TOKENS_MAX: usize = 6;

/// A sign of a Chinese number in a house or door.
#[inline]
pub fn is_numeral(c: char) -> bool {
    signs::is(c, signs::NUMERAL)
}

/// Whether a text starts with a label of a door.
#[inline]
pub fn is_label_start(c: char) -> bool {
    signs::is(c, signs::LABEL)
}

/// The byte where the door begins; the length of the text where there is none.
pub fn start(text: &str) -> usize {
    let mut before = ' ';
    for (offset, c) in text.char_indices() {
        let here = text.get(offset..).unwrap_or_default();
        let numeral = is_numeral(c);
        let fresh = if numeral { !is_numeral(before) } else { !before.is_ascii_alphanumeric() };
        if fresh && (numeral || c.is_ascii_alphanumeric()) && is_door(here, numeral) {
            return offset;
        }
        before = c;
    }
    text.len()
}

/// Whether a run of digits, letters or numerals is a part of a door.
fn is_door(text: &str, numeral: bool) -> bool {
    if numeral {
        let rest = text.trim_start_matches(is_numeral);
        let label = label_of(rest);
        // 一门, 三户, 五排: words as often as doors.
        return label.is_some_and(|(sign, _)| !matches!(sign, '区' | '门' | '户' | '排' | '房'));
    }
    let run = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (token, rest) = text.split_at_checked(run).unwrap_or((text, ""));
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let letters = run - digits;
    let short_letters = if digits == 0 { letters <= 2 } else { letters <= 1 };
    if label_of(rest).is_some() && short_letters {
        return true;
    }
    let next_is_token =
        rest.strip_prefix('-').is_some_and(|next| next.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let first_letter = letters == 1 && token.starts_with(|c: char| c.is_ascii_alphabetic());
    let tokenlike = (letters == 0 || first_letter) && run <= 6;
    tokenlike && (next_is_token || (rest.is_empty() && digits > 0 && digits <= 5) || (first_letter && digits >= 2))
}

/// The label behind a number, and its first character.
fn label_of(text: &str) -> Option<(char, Label)> {
    let mut chars = text.chars();
    let sign = chars.next().filter(|c| is_label_start(*c))?;
    let after = chars.as_str();
    // 户型, 门面, 房产, 区域, 楼盘: other words.
    let label = match sign {
        '号' if after.starts_with(['楼', '栋']) || after.starts_with("公寓") => Label::Building,
        '号' if after.starts_with('门') => Label::Unit,
        '号' if after.starts_with(['线', '桥', '地', '码', '公']) => return None,
        '号' => Label::Number,
        '#' if after.starts_with('楼') => Label::Building,
        '#' => Label::Number,
        '单' if after.starts_with('元') => Label::Unit,
        '门' if after.starts_with(['面', '口', '诊', '窗', '前', '业', '卫', '市']) => return None,
        '排' if after.starts_with(['球', '骨']) => return None,
        '门' | '排' => Label::Unit,
        '栋' | '幢' | '座' => Label::Building,
        '层' => Label::Floor,
        '楼' => Label::Storey,
        '房' if after.starts_with(['产', '地', '屋']) => return None,
        '户' if after.starts_with(['型', '外']) => return None,
        '室' | '房' | '户' => Label::Room,
        '区' => Label::Zone,
        _ => return None,
    };
    Some((sign, label))
}

/// Reads the door.
pub fn parse(text: &str) -> Door {
    if text.is_empty() {
        return Door::default();
    }
    let numerals = text.contains(|c| signs::is(c, signs::NUMBER));
    let digits = if numerals { Cow::Owned(numerals_to_digits(text)) } else { Cow::Borrowed(text) };
    let mut tokens = [("", Label::None); TOKENS_MAX];
    let count = tokens_of(&digits, &mut tokens);
    let tokens = tokens.get(..count).unwrap_or_default();
    let mut door = Door { line: line_of(tokens), ..Door::default() };
    for (position, (token, label)) in tokens.iter().enumerate() {
        let last = position + 1 == tokens.len();
        let room_follows = || tokens.iter().skip(position + 1).find(|(_, l)| matches!(l, Label::Room | Label::None));
        let slot = match label {
            Label::Building => &mut door.building,
            Label::Unit => &mut door.unit,
            Label::Floor => &mut door.floor,
            // 5楼302室 is room 302 of building 5; 12楼1201室 is on the twelfth floor.
            Label::Storey
                if door.building.is_empty()
                    && room_follows().is_some_and(|(room, _)| floor_of(room).is_some_and(|floor| floor != *token)) =>
            {
                &mut door.building
            }
            Label::Storey => &mut door.floor,
            Label::Room => &mut door.room,
            Label::Number if door.building.is_empty() && !last => &mut door.building,
            Label::Number if last && position > 0 && door.room.is_empty() => &mut door.room,
            Label::Number if tokens.len() == 1 => &mut door.number,
            Label::Number => &mut door.building,
            Label::Zone | Label::None => continue,
        };
        if slot.is_empty() {
            *slot = SmolStr::new(token);
        }
    }
    place_bare(tokens, &mut door);
    if door.floor.is_empty() {
        door.floor = SmolStr::new(floor_of(&door.room).unwrap_or_default());
    }
    let small_letters = digits.bytes().any(|b| b.is_ascii_lowercase());
    for part in [&mut door.building, &mut door.unit, &mut door.floor, &mut door.room] {
        if small_letters || part.starts_with('0') {
            *part = part.trim_start_matches('0').to_ascii_uppercase().into();
        }
    }
    door
}

/// Numbers without labels: the last is the room, before it the unit, before that the building.
fn place_bare(tokens: &[(&str, Label)], door: &mut Door) {
    let mut left = tokens.iter().rev().filter(|(_, label)| *label == Label::None).map(|(token, _)| *token);
    if door.room.is_empty() {
        door.room = SmolStr::new(left.next().unwrap_or_default());
    }
    let two_more = left.clone().nth(1).is_some();
    if door.unit.is_empty() && (!door.building.is_empty() || two_more) {
        door.unit = SmolStr::new(left.next().unwrap_or_default());
    }
    if door.building.is_empty() {
        door.building = SmolStr::new(left.next().unwrap_or_default());
    }
}

/// 1201 is on floor 12, A704 on floor 7.
fn floor_of(room: &str) -> Option<&str> {
    let digits = room.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let digits = digits.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let plausible = (3..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.get(..digits.len().saturating_sub(2)).filter(|_| plausible).map(|floor| floor.trim_start_matches('0'))
}

/// Numbers with their labels; how many there are.
fn tokens_of<'a>(text: &'a str, tokens: &mut [(&'a str, Label)]) -> usize {
    let mut rest = text;
    let mut count = 0;
    for slot in tokens {
        let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) else { break };
        let from = rest.get(start..).unwrap_or_default();
        let run = from.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (token, after) = from.split_at_checked(run).unwrap_or((from, ""));
        let floor = token.strip_suffix(['f', 'F']).filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
        let label = label_of(after).map_or(Label::None, |(_, label)| label);
        *slot = match (floor, label) {
            (Some(floor), Label::None) => (floor, Label::Floor),
            _ => (token, label),
        };
        count += 1;
        rest = after;
    }
    count
}

/// Building, unit and room joined by `-`. The floor is left out where the room tells it: 12层1201室.
fn line_of(tokens: &[(&str, Label)]) -> SmolStr {
    let told_by_room = |position: usize, floor: &str| {
        tokens.get(position + 1).is_some_and(|(room, _)| room.len() > 2 && room.starts_with(floor))
    };
    let kept = tokens.iter().enumerate().filter(|(position, (token, label))| {
        !(matches!(label, Label::Floor | Label::Storey) && told_by_room(*position, token))
    });
    let mut line = SmolStrBuilder::new();
    let parts = kept.map(|(_, (token, _))| token.trim_start_matches('0')).filter(|token| !token.is_empty());
    for (position, part) in parts.enumerate() {
        if position > 0 {
            line.push('-');
        }
        if part.bytes().any(|b| b.is_ascii_uppercase()) {
            line.push_str(&part.to_ascii_lowercase());
        } else {
            line.push_str(part);
        }
    }
    line.finish()
}
