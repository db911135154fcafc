//! What follows the divisions: town, road, house number, estate, building, unit, floor and room.

use super::door::{self, Door};
use super::signs;
use crate::domain::text::han::{is_han, numerals_to_digits};
use smol_str::{SmolStr, SmolStrBuilder};
use std::borrow::Cow;

/// The parts of the place within its county; empty where nothing was written. Letters as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House<'a> {
    /// Town, township or sub-district with its kind: 石桥镇, 东明路街道.
    pub town: SmolStr,
    /// The town without its kind.
    pub town_short: &'a str,
    /// Road or street.
    pub road: &'a str,
    /// House number, `-` between lane and number: `100-5`.
    pub number: SmolStr,
    /// Estate, building or village by its name.
    pub community: SmolStr,
    /// Building, unit, floor and room.
    pub door: Door,
}

/// Reads the text behind the divisions: simplified, without blanks and punctuation but `-` and `#`.
pub fn parse(text: &str) -> House<'_> {
    let mut house = House::default();
    let rest = take_town(text, &mut house);
    let rest = take_road(rest, &mut house);
    let rest = take_number(rest, &mut house);
    let start = door::start(rest);
    let (community, unit) = rest.split_at_checked(start).unwrap_or((rest, ""));
    add_community_name(community, &mut house);
    house.door = door::parse(unit);
    house
}

/// Town or sub-district. 镇海路, 乡村大道: the kind is part of another word.
fn take_town<'a>(text: &'a str, house: &mut House<'a>) -> &'a str {
    const KINDS: [&str; 6] = ["街道办事处", "街道", "办事处", "镇", "乡", "苏木"];
    let mut first = [None; KINDS.len()];
    let mut some = false;
    for (at, c) in text.char_indices() {
        if !signs::is(c, signs::TOWN) {
            continue;
        }
        let here = text.get(at..).unwrap_or_default();
        for (kind, first) in KINDS.iter().zip(&mut first) {
            if first.is_none() && here.starts_with(kind) {
                *first = Some(at);
                some = true;
            }
        }
    }
    if !some {
        return text;
    }
    for (kind, at) in KINDS.into_iter().zip(first) {
        let Some(at) = at.filter(|at| *at > 0) else { continue };
        let Some((head, rest)) = text.split_at_checked(at) else { continue };
        let rest = rest.strip_prefix(kind).unwrap_or(rest);
        let one_sign = kind.chars().count() == 1;
        let in_word = one_sign
            && (rest.starts_with(['海', '江', '路', '街', '村', '中', '宁', '原', '平', '安', '亲', '里'])
                && !rest.starts_with("中心")
                || head.contains(['路', '巷'])
                || head.ends_with(['城', '香', '故', '老', '同', '古']));
        let name_like = head.chars().count() <= 8
            && head.chars().all(is_han)
            && !head.contains(['号', '栋', '街', '巷', '楼', '室'])
            && !has_pair(head, |pair| matches!(pair, ('小', '区') | ('公', '寓') | ('花', '园') | ('大', '厦' | '道')));
        if name_like && !in_word {
            house.town_short = head;
            let kind = kind.strip_suffix("办事处").filter(|kind| !kind.is_empty()).unwrap_or(kind);
            house.town = joined([head, kind]);
            // 石桥镇人民政府: what remains is the office, not its people.
            return rest;
        }
    }
    text
}

/// Characters of the longest names of roads without their ending.
const ROAD_CHARS_MAX: usize = 14;

fn take_road<'a>(text: &'a str, house: &mut House<'a>) -> &'a str {
    let end = named_road(text).or_else(|| numbered_road(text)).or_else(|| lane_of_shanghai(text));
    let Some((road, rest)) = end.and_then(|end| text.split_at_checked(end)) else { return text };
    // 科技园社区高新南一道: the neighbourhood stands before the road.
    if let Some((front, behind)) =
        road.contains('社').then(|| road.split_once("社区")).flatten().filter(|(_, behind)| behind.chars().count() >= 3)
    {
        house.community = joined([front, "社区"]);
        house.road = behind;
        return rest;
    }
    // 幸福小区门前路: what ends with the estate is no road's name. 铁路新村 and 公路局 stand beside none.
    let no_road = has_estate(road)
        || matches!(road, "铁路" | "公路" | "道路" | "通道" | "街道" | "频道" | "跑道") && !starts_with_number(rest);
    if no_road {
        return text;
    }
    house.road = road.trim_matches('-');
    rest
}

fn has_estate(text: &str) -> bool {
    has_pair(text, |pair| matches!(pair, ('小' | '社', '区') | ('公', '寓') | ('大', '厦')))
}

/// Whether two neighbours in a text are such a pair.
fn has_pair(text: &str, is_pair: impl Fn((char, char)) -> bool) -> bool {
    let mut before = ' ';
    text.chars().any(|c| is_pair((std::mem::replace(&mut before, c), c)))
}

/// 石桥三路, 深南大道, 信义路五段, 南京路步行街: the first ending counts.
fn named_road(text: &str) -> Option<usize> {
    for (position, (offset, c)) in text.char_indices().take(ROAD_CHARS_MAX + 1).enumerate() {
        if is_numeric(c) {
            return None;
        }
        if position == 0 || !signs::is(c, signs::ROAD) {
            continue;
        }
        let mut end = offset + c.len_utf8();
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        match (c, next) {
            ('大', Some('道' | '街')) | ('马', Some('路')) | ('胡', Some('同')) => end += '道'.len_utf8(),
            ('大' | '马' | '胡', _) => continue,
            _ => {}
        }
        // 道 of 街道, 大道 and 道路 belong together: 解放道路 ends with 路.
        let rest = |end: usize| text.get(end..).unwrap_or_default();
        if c == '道' && rest(end).starts_with('路') {
            end += '路'.len_utf8();
        }
        let numerals = rest(end).trim_start_matches(|c| signs::is(c, signs::BRANCH));
        if numerals.len() < rest(end).len() && numerals.starts_with('段') {
            end = text.len() - numerals.len() + '段'.len_utf8();
        } else if let Some(part) = ["步行街", "支路", "辅路", "支巷"].iter().find(|part| rest(end).starts_with(**part))
        {
            end += part.len();
        } else if let Some(branch) = branch_end(rest(end)) {
            end += branch;
        } else if rest(end).starts_with(['东', '南', '西', '北', '中']) {
            // 皇后大道中1号, 德辅道西: the quarter of a Hong Kong road stands before the number.
            let quarter = rest(end).chars().next().map_or(0, char::len_utf8);
            end += if rest(end + quarter).starts_with(|c: char| c.is_ascii_digit()) { quarter } else { 0 };
        }
        return Some(end);
    }
    None
}

/// 人民路二巷, 解放路3巷: a lane off a road bears its name.
fn branch_end(rest: &str) -> Option<usize> {
    let inner = rest.trim_start_matches(|c: char| c.is_ascii_digit() || signs::is(c, signs::BRANCH));
    let length = rest.len() - inner.len();
    let is_branch = length > 0 && length <= 9 && inner.starts_with(['巷', '街', '条']) && !inner.starts_with("街道");
    is_branch.then(|| length + '巷'.len_utf8())
}

/// 经10路, 107国道, G107国道.
fn numbered_road(text: &str) -> Option<usize> {
    let head: usize = text.chars().take_while(|c| !c.is_numeric()).take(4).map(char::len_utf8).sum();
    let rest = text.get(head..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) || text.get(..head)?.chars().count() > 3 {
        return None;
    }
    let after = rest.get(digits..)?;
    let highways = ["国道", "省道", "县道", "乡道"];
    let ends = ["号路", "大街", "大道", "路", "街", "道", "巷"];
    let highway = highways.iter().find(|end| after.starts_with(**end));
    let end = highway.or_else(|| ends.iter().find(|end| head > 0 && after.starts_with(**end)))?;
    Some(head + digits + end.len())
}

/// 长江里742号: a lane whose name ends with 里 has a number behind it.
fn lane_of_shanghai(text: &str) -> Option<usize> {
    for (position, (offset, c)) in text.char_indices().take(11).enumerate() {
        if is_numeric(c) {
            return None;
        }
        if c != '里' {
            continue;
        }
        let end = offset + c.len_utf8();
        let rest = text.get(end..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let label = rest.get(digits..)?.strip_prefix(['号', '#']);
        if position > 0 && digits > 0 && label.is_some_and(|after| !after.starts_with('楼')) {
            return Some(end);
        }
    }
    None
}

/// Like [`char::is_numeric`]; most characters are Han.
#[inline]
fn is_numeric(c: char) -> bool {
    !is_ideograph(c) && c.is_numeric()
}

/// Adds a text without its punctuation.
pub fn push_letters_and_digits(text: &str, out: &mut String) {
    if is_han_letters_and_digits(text) {
        return out.push_str(text);
    }
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if !is_letter_or_digit(c) {
            out.push_str(text.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// Whether a text surely has letters and digits only: common Han characters and those of ASCII.
pub fn is_han_letters_and_digits(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    loop {
        bytes = match bytes {
            [] => return true,
            [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', rest @ ..] => rest,
            // U+4E00–U+9FFF.
            [0xE4, 0xB8..=0xBF, _, rest @ ..] | [0xE5..=0xE9, _, _, rest @ ..] => rest,
            _ => return false,
        };
    }
}

/// Like [`char::is_alphanumeric`]; most characters are Han.
#[inline]
pub fn is_letter_or_digit(c: char) -> bool {
    is_ideograph(c) || c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric()
}

#[inline]
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn starts_with_number(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_ascii_digit()
            || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
            || matches!(c, '甲' | '乙' | '丙')
    })
}

/// House number: 15号, 100弄5支弄3号, 甲15号, 5号院, 15号之3, 15#; without its sign only at the end or before a name.
fn take_number<'a>(text: &'a str, house: &mut House<'a>) -> &'a str {
    let mut rest = text.strip_prefix("门牌").unwrap_or(text);
    rest = rest.strip_prefix('第').filter(|rest| starts_with_number(rest)).unwrap_or(rest);
    let mut split = split_number(rest);
    for lane in ["弄", "支弄", "巷"] {
        let Some((number, after)) = split else { break };
        let Some(after) = after.strip_prefix(lane).filter(|_| lane != "巷" || house.road.is_empty()) else { continue };
        push_number(number, &mut house.number);
        rest = after;
        split = split_number(rest);
    }
    let Some((digits, after)) = split else { return rest };
    let label = ["号院", "号大院", "号", "#"].iter().find(|label| after.starts_with(**label));
    let Some(label) = label else {
        let digits = with_digits(digits);
        let bare = digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        // 建国路88现代城; but 88栋, 3-704 and 5楼 are doors.
        let before_name =
            after.starts_with(is_han) && !after.starts_with(door::is_label_start) && !digits.contains('-');
        if bare
            && house.number.is_empty()
            && !house.road.is_empty()
            && (after.is_empty() && !digits.contains('-') || before_name)
        {
            house.number = digits.into();
            return after;
        }
        return rest;
    };
    let after = after.strip_prefix(label).unwrap_or(after);
    let is_building = after.starts_with(['楼', '栋', '幢', '座']) && !after.starts_with("楼上")
        || (*label == "#" && house.road.is_empty())
        || after.starts_with("单元")
        || after.starts_with(['线', '桥', '路']);
    if is_building {
        return rest;
    }
    push_number(digits, &mut house.number);
    take_annex(after, &mut house.number)
}

/// Adds a number behind those around it.
fn push_number(number: &str, line: &mut SmolStr) {
    let number = with_digits(number);
    if line.is_empty() {
        *line = number.into();
    } else {
        *line = joined([line.as_str(), "-", &number]);
    }
}

/// 附3号, 之3: a number beside the number.
fn take_annex<'a>(text: &'a str, line: &mut SmolStr) -> &'a str {
    let Some(rest) = text.strip_prefix('附').or_else(|| text.strip_prefix('之')) else { return text };
    let Some((digits, rest)) = split_number(rest) else { return text };
    push_number(digits, line);
    rest.strip_prefix('号').unwrap_or(rest)
}

/// Digits or Chinese numerals at the start, 甲 … before them, further ones behind `-`, 之, 附 or 至.
fn split_number(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(number_end(text)?)
}

fn with_digits(number: &str) -> Cow<'_, str> {
    if number.is_ascii() {
        return Cow::Borrowed(number);
    }
    Cow::Owned(numerals_to_digits(number).replace(['之', '附', '至'], "-"))
}

fn number_end(text: &str) -> Option<usize> {
    let prefix = text.chars().next().filter(|c| matches!(c, '甲' | '乙' | '丙' | '丁')).map_or(0, char::len_utf8);
    let mut end = prefix + digits_end(text.get(prefix..)?)?;
    loop {
        let rest = text.get(end..)?;
        let mut chars = rest.chars();
        let separator = chars.next().filter(|c| matches!(c, '-' | '之' | '附' | '至'));
        let Some(next) = separator
            .and_then(|_| digits_end(chars.as_str()))
            .filter(|next| chars.as_str().get(..*next).is_some_and(|d| d.is_ascii()))
        else {
            break;
        };
        end += rest.len() - chars.as_str().len() + next;
    }
    Some(end)
}

/// Bytes of the digits, with one letter behind them (15A号), or of the Chinese numeral at the start.
fn digits_end(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let letter = text.get(digits..)?.strip_prefix(|c: char| c.is_ascii_alphabetic());
        return Some(digits + usize::from(letter.is_some_and(|rest| rest.starts_with('号'))));
    }
    let rest = text.trim_start_matches(door::is_numeral);
    (rest.len() < text.len()).then(|| text.len() - rest.len())
}

/// Pieces put together.
pub fn joined<const COUNT: usize>(pieces: [&str; COUNT]) -> SmolStr {
    let mut whole = SmolStrBuilder::new();
    pieces.into_iter().for_each(|piece| whole.push_str(piece));
    whole.finish()
}

/// The name of the estate behind what is known of it.
fn add_community_name(text: &str, house: &mut House<'_>) {
    let plain = is_han_letters_and_digits(text) && !text.chars().any(|c| signs::is(c, signs::PHASE));
    if plain && house.community.is_empty() {
        house.community = SmolStr::new(text);
        return;
    }
    let mut community = String::from(house.community.as_str());
    push_community_name(text, &mut community);
    house.community = community.into();
}

/// Letters and digits of a name; the numerals of a phase or group become digits: 二期, 三组.
fn push_community_name(text: &str, out: &mut String) {
    if !text.chars().any(|c| signs::is(c, signs::PHASE)) {
        push_letters_and_digits(text, out);
        return;
    }
    let mut run = String::new();
    for c in text.chars().filter(|c| is_letter_or_digit(*c)) {
        if signs::is(c, signs::NUMERAL) && !matches!(c, '〇' | '零' | '百') {
            run.push(c);
            continue;
        }
        match c {
            '期' | '组' | '队' | '社' => out.push_str(&numerals_to_digits(&run)),
            _ => out.push_str(&run),
        }
        run.clear();
        out.push(c);
    }
    out.push_str(&run);
}
