//! Chinese addresses: divisions by the gazetteer, then road, number, estate and door by the signs that end them.

use super::divisions::{self, Divisions};
use super::door;
use super::gazetteer::{Level, Place, level, lies_in, places};
use super::house::{self, House, joined, push_letters_and_digits};
use super::signs::{self, Survey};
use super::{Reading, remarks};
use crate::domain::action::Action;
use crate::domain::finding::{Defect, Fact, Finding, Validity};
use crate::domain::formats::IdFormat;
use crate::domain::formats::cn::postcode::Postcode;
use crate::domain::record::Address;
use crate::domain::text::han::{is_han, numerals_to_digits, simplified, to_simplified};
use crate::domain::text::{latin, width};
use smol_str::{SmolStr, format_smolstr};
use std::borrow::Cow;

/// The parts of a Chinese address by their full names of today; empty where nothing certain is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Province, autonomous region, municipality or special administrative region.
    pub province: String,
    /// Prefecture; the municipality itself for a municipality (北京市); empty for counties directly in a province.
    pub city: String,
    /// County, district, or development zone as written.
    pub county: String,
    /// What follows, as written in simplified characters.
    pub detail: String,
    /// GB/T 2260 code of the deepest division of today; empty where none is certain.
    pub adcode: String,
    /// Old names that were replaced by those of today.
    pub old_names: Vec<&'static str>,
    /// Full forms of the places that the text may mean, the likeliest first, where it is ambiguous.
    pub candidates: Vec<String>,
}

/// Takes an address apart into province, city, county and the rest. `text`: cleaned.
pub fn parse_parts(text: &str) -> Parts {
    let simplified = to_simplified(text);
    let simplified = abbreviation_expanded(Cow::Borrowed(&simplified));
    let packed: String = remarks::without_label(simplified.trim()).split_whitespace().collect();
    let found = divisions::parse(&packed, None);
    let names = Names::of(&found, &packed);
    Parts {
        detail: packed.get(found.end..).unwrap_or_default().to_owned(),
        adcode: names.adcode.to_string(),
        candidates: found.candidates.iter().map(|place| place.full_name.to_owned()).collect(),
        old_names: found.old,
        province: names.province.to_owned(),
        city: names.city.to_owned(),
        county: names.county.to_string(),
    }
}

/// A division's old full name with today's: 湖北省襄樊市 → 湖北省襄阳市; what follows the divisions is kept.
///
/// `None` where no division is recognised, or more than one could be meant.
pub fn rename(text: &str) -> Option<String> {
    let packed: String = to_simplified(text).split_whitespace().collect();
    let found = divisions::parse(&packed, None);
    let place = found.place?;
    let mut name = place.full_name.to_owned();
    // 融水县 has not been renamed: who writes it short may go on.
    if let Some(written) = found.written_county.filter(|_| level(place.code) == Level::County) {
        name = format!("{}{written}", name.strip_suffix(place.name).unwrap_or_default());
    }
    Some(name + &found.zone + packed.get(found.end..).unwrap_or_default())
}

/// Full names of today.
#[derive(Default)]
struct Names {
    province: &'static str,
    city: &'static str,
    county: SmolStr,
    adcode: SmolStr,
}

impl Names {
    fn of(found: &Divisions, text: &str) -> Self {
        let mut names = Self::default();
        let certain = found.place.or_else(|| common_province(&found.candidates));
        let Some(place) = certain else {
            names.county = ambiguous_name(found, text).map_or_else(|| found.zone.clone(), SmolStr::new_static);
            return names;
        };
        let name_of = |place: &'static Place| place.name;
        names.province = place.province().map(name_of).unwrap_or_default();
        names.city = match place.code / 10_000 {
            // Their own city, but no 市: 香港.
            81 | 82 => place.province().map(|p| p.short).unwrap_or_default(),
            _ => place.city().map(name_of).unwrap_or_default(),
        };
        let is_county = level(place.code) == Level::County;
        names.county = if is_county { SmolStr::new_static(place.name) } else { found.zone.clone() };
        let outside_standard = matches!(place.code / 10_000, 71 | 81 | 82);
        let coded = place.province().filter(|_| outside_standard).unwrap_or(place);
        names.adcode = SmolStr::new_static(coded.adcode);
        if found.place.is_none() {
            names.county = SmolStr::new_static(ambiguous_name(found, text).unwrap_or_default());
        } else if found.city_proper && level(place.code) == Level::City && found.zone.is_empty() {
            names.county = SmolStr::new_static("市辖区");
            names.adcode = format_smolstr!("{}", coded.code + 1);
        }
        names
    }
}

/// The province around every candidate.
fn common_province(candidates: &[&'static Place]) -> Option<&'static Place> {
    let province = candidates.first()?.province()?;
    candidates.iter().all(|place| lies_in(place.code, province.code)).then_some(province)
}

/// The name that the candidates share, as a county: 鼓楼区.
fn ambiguous_name(found: &Divisions, text: &str) -> Option<&'static str> {
    let first = found.candidates.first()?;
    let written = text.get(..found.end)?;
    let name = found.candidates.iter().map(|place| place.name).find(|name| written.ends_with(name));
    Some(name.unwrap_or(first.name))
}

/// Reads an address, cleaned but neither simplified nor folded. `postal_code`: from a column of its own.
pub fn parse(text: &str, survey: &Survey, postal_code: &str) -> Reading {
    let simplified = simplified(text);
    let mut reading = Reading::default();
    reading.act_if(matches!(simplified, Cow::Owned(_)) && simplified != text, Action::TraditionalToSimplified);
    let folded = abbreviation_expanded(dashes_folded(simplified, survey));
    let survey = if matches!(folded, Cow::Owned(_)) { Survey::of(&folded) } else { *survey };
    let bare = remarks::split(folded, &survey);
    reading.act_if(bare.remark, Action::RemarkSplit);
    reading.remark = bare.remark;
    let packed = without_blanks(&bare.text);
    reading.act_if(packed.len() < bare.text.len(), Action::SpacesNormalized);
    let code = if bare.postal_code.is_empty() { SmolStr::new(postal_code) } else { bare.postal_code };
    let code_province = province_of_postal_code(&code);
    let found = divisions::parse(&packed, code_province.map(|province| province.code));
    let names = Names::of(&found, &packed);
    let written = packed.get(..found.end).unwrap_or_default();
    let rest = packed.get(found.end..).unwrap_or_default();
    let mut shown = String::with_capacity(packed.len() + 48);
    match found.place {
        Some(place) => shown.extend([place.full_name, &found.zone]),
        None => shown.push_str(written),
    }
    let front = shown.len();
    tidy(rest, &survey, &mut shown, &mut reading);
    reading.shown = shown;
    let unpunctuated: Cow<'_, str> = match survey.has(signs::PUNCTUATION) && rest.chars().any(is_punctuation) {
        true => Cow::Owned(rest.chars().filter(|c| !is_punctuation(*c)).collect()),
        false => Cow::Borrowed(rest),
    };
    let house = house::parse(&unpunctuated);
    reading.act_if(found.place.is_some() && found.completed, Action::Completed);
    fill_address(&mut reading.address, &found, &names, &house);
    reading.address.line = line_of(&reading.address, house.town_short, &packed);
    reading.address.postal_code = code;
    findings(&mut reading, &found, &names, code_province, front);
    facts(&mut reading, names, house);
    reading.extracted.extend(bare.extracted);
    if !found.old.is_empty() {
        reading.extracted.push(Fact::new("old_name", found.old.join("、")));
    }
    reading
}

fn dashes_folded<'a>(text: Cow<'a, str>, survey: &Survey) -> Cow<'a, str> {
    // What was simplified was not looked over.
    if matches!(text, Cow::Borrowed(_)) && !survey.has(signs::DASH) {
        return text;
    }
    Cow::Owned(width::fold_dashes(&text))
}

/// Of a cleaned text: there are no other blanks in it.
fn without_blanks(text: &str) -> Cow<'_, str> {
    if !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(' ').collect())
}

fn is_punctuation(c: char) -> bool {
    signs::is(c, signs::PUNCTUATION)
}

/// 粤 深圳, 沪-徐汇区: the abbreviation of a province, only where a separator shows that it stands alone.
fn abbreviation_expanded(text: Cow<'_, str>) -> Cow<'_, str> {
    static ABBREVIATIONS: [(char, &str); 33] = [
        ('京', "北京"),
        ('津', "天津"),
        ('冀', "河北"),
        ('晋', "山西"),
        ('蒙', "内蒙古"),
        ('辽', "辽宁"),
        ('吉', "吉林"),
        ('黑', "黑龙江"),
        ('沪', "上海"),
        ('苏', "江苏"),
        ('浙', "浙江"),
        ('皖', "安徽"),
        ('闽', "福建"),
        ('赣', "江西"),
        ('鲁', "山东"),
        ('豫', "河南"),
        ('鄂', "湖北"),
        ('湘', "湖南"),
        ('粤', "广东"),
        ('桂', "广西"),
        ('琼', "海南"),
        ('渝', "重庆"),
        ('川', "四川"),
        ('蜀', "四川"),
        ('黔', "贵州"),
        ('滇', "云南"),
        ('藏', "西藏"),
        ('陕', "陕西"),
        ('甘', "甘肃"),
        ('青', "青海"),
        ('宁', "宁夏"),
        ('新', "新疆"),
        ('港', "香港"),
    ];
    let mut chars = text.chars();
    let first = chars.next();
    let rest = chars.as_str();
    let rest = rest.strip_prefix('省').unwrap_or(rest);
    if !rest.starts_with([' ', '-', '·', ',', '，', '/', '、', ':', '：']) {
        return text;
    }
    match ABBREVIATIONS.iter().find(|(sign, _)| Some(*sign) == first) {
        Some((_, name)) => Cow::Owned([name, rest].concat()),
        None => text,
    }
}

/// The province that a postal code's first digits tell.
fn province_of_postal_code(code: &str) -> Option<&'static Place> {
    if code.len() != 6 {
        return None;
    }
    let checked = Postcode.check(code);
    let province = checked.fact_value("province")?;
    places().iter().find(|place| level(place.code) == Level::Province && place.short == province)
}

/// The detail for people: numerals of numbers as digits, `#` as 号.
fn tidy(text: &str, survey: &Survey, out: &mut String, reading: &mut Reading) {
    if !survey.has(signs::NUMERAL) && !text.bytes().any(|b| b == b'#') {
        return out.push_str(text.trim_matches(is_punctuation));
    }
    const LABELS: [&str; 9] = ["号", "栋", "幢", "座", "单元", "室", "层", "楼", "弄"];
    let start = out.len();
    let mut rest = text.trim_matches(is_punctuation);
    while let Some(next) = rest.find(|c: char| c == '#' || door::is_numeral(c)) {
        let (plain, from) = rest.split_at_checked(next).unwrap_or((rest, ""));
        out.push_str(plain);
        rest = from;
        let run = rest.len() - rest.trim_start_matches(door::is_numeral).len();
        let (numeral, after) = rest.split_at_checked(run).unwrap_or(("", rest));
        let other_word = ["号桥", "号线", "号公馆", "座山", "层山", "楼桥"].iter().any(|word| after.starts_with(word));
        if run > 0 && LABELS.iter().any(|label| after.starts_with(label)) && !other_word {
            out.push_str(&numerals_to_digits(numeral));
            reading.act(Action::NumeralsToDigits);
            rest = after;
        } else if run > 0 {
            out.push_str(numeral);
            rest = after;
        } else {
            let behind_number = out.get(start..).is_some_and(|out| out.ends_with(|c: char| c.is_ascii_alphanumeric()));
            out.push(if behind_number { '号' } else { '#' });
            reading.act_if(behind_number, Action::SeparatorsNormalized);
            rest = rest.get('#'.len_utf8()..).unwrap_or_default();
        }
    }
    out.push_str(rest);
}

/// Short forms for comparing.
fn fill_address(address: &mut Address, found: &Divisions, names: &Names, house: &House<'_>) {
    let certain = found.place.or_else(|| common_province(&found.candidates));
    if let Some(place) = certain {
        let short = |place: &'static Place| SmolStr::new_static(place.short);
        address.region = place.province().map(short).unwrap_or_default();
        address.city = place.city().map(short).unwrap_or_default();
        if level(place.code) == Level::County {
            address.district = short(place);
            if address.city.is_empty() {
                // 仙桃市 lies in no city and is called one.
                address.city = short(place);
            }
        }
    }
    if address.district.is_empty() && names.county != "市辖区" {
        let shared = found.candidates.first().filter(|first| found.candidates.iter().all(|p| p.short == first.short));
        address.district =
            shared.map_or_else(|| zone_short(&names.county, &address.city), |first| SmolStr::new_static(first.short));
    }
    address.street = folded(house.road);
    address.number = folded(&house.number);
    address.community = folded(&house.community);
    if house.road.is_empty() && !house.town_short.is_empty() {
        address.community = joined([&folded(house.town_short), &address.community]);
    }
    address.unit = house.door.line.clone();
}

/// Folds a text; most are of Han characters and digits.
fn folded(text: &str) -> SmolStr {
    let plain = house::is_han_letters_and_digits(text) && !text.bytes().any(|b| b.is_ascii_uppercase());
    if plain { SmolStr::new(text) } else { latin::fold(text).into() }
}

/// 苏州工业园区 and 工业园区 are one, so are 高新技术产业开发区 and 高新区; 忠县 stays.
fn zone_short(zone: &str, city: &str) -> SmolStr {
    let own = zone.strip_prefix(city).unwrap_or(zone);
    let own = own.strip_prefix('市').unwrap_or(own);
    let own = if own.is_empty() { zone } else { own };
    let kinds = [
        ("高新技术产业开发区", "高新"),
        ("高新技术产业园区", "高新"),
        ("高新技术开发区", "高新"),
        ("经济技术开发区", "经开"),
        ("经济开发区", "经开"),
        ("自治县", ""),
        ("自治旗", ""),
        ("新区", ""),
        ("区", ""),
        ("县", ""),
        ("市", ""),
        ("旗", ""),
    ];
    for (kind, short) in kinds {
        if let Some(head) = own.strip_suffix(kind) {
            let core = joined([head, short]);
            if core.chars().count() >= 2 && !own.ends_with("开发区") || !short.is_empty() {
                return core;
            }
        }
    }
    SmolStr::new(own)
}

/// `front`: bytes of the divisions in the text shown.
fn findings(reading: &mut Reading, found: &Divisions, names: &Names, code_province: Option<&Place>, front: usize) {
    if !found.old.is_empty() {
        let (old, today) = (found.old.join("、"), found.place.map_or("", |place| place.full_name));
        let zh = format!("{old}是旧称，今为{today}");
        let finding = Finding::with_detail(Defect::Historic, zh, format!("{old} is no longer in force, today {today}"));
        reading.act(Action::HistoricUpdated);
        reading.findings.push((None, finding));
    }
    if let Some((written, meant)) = &found.typo {
        let (zh, en) = (format!("没有{written}，可能是{meant}"), format!("there is no {written}, probably {meant}"));
        let whole = reading.shown.replacen(written.as_str(), meant, 1);
        let finding =
            Finding::with_detail(Defect::Typo, zh, en).suggest(whole, "按行政区划名录更正", "by the gazetteer");
        reading.findings.push((Some(Validity::Suspect), finding));
    }
    if found.unknown && found.typo.is_none() {
        let (zh, en) = (format!("名录中没有{}", found.zone), format!("{} is in no registry", found.zone));
        reading.findings.push((Some(Validity::Suspect), Finding::with_detail(Defect::UnknownComponent, zh, en)));
    }
    if found.candidates.len() > 1 {
        let count = found.candidates.len();
        let (zh, en) = (format!("{}处同名", count), format!("{count} places of this name"));
        let mut finding = Finding::with_detail(Defect::Ambiguous, zh, en);
        let rest = reading.shown.get(front..).unwrap_or_default();
        for place in found.candidates.iter().take(SUGGESTIONS_MAX) {
            finding = finding.suggest([place.full_name, rest].concat(), "补全省市", "with province and city");
        }
        reading.findings.push((Some(Validity::Suspect), finding));
    }
    let Some(by_code) = code_province else { return };
    let here = places().iter().find(|place| level(place.code) == Level::Province && place.name == names.province);
    // Alxa has codes of Ningxia.
    let shared = reading.address.postal_code.starts_with("75") && names.province.starts_with("内蒙古");
    if let Some(here) = here.filter(|here| here.code != by_code.code && !shared) {
        let code = &reading.address.postal_code;
        let zh = format!("邮编{code}属于{}，不属于{}", by_code.name, here.name);
        let en = format!("postal code {code} belongs to {}, not to {}", by_code.name, here.name);
        reading.findings.push((Some(Validity::Suspect), Finding::with_detail(Defect::Conflict, zh, en)));
    }
}

/// Full forms offered for an ambiguous name.
const SUGGESTIONS_MAX: usize = 6;

/// Facts that an address may have besides the recipient and the old names.
const FACTS_MAX: usize = 14;

fn facts(reading: &mut Reading, names: Names, house: House<'_>) {
    let House { town, road, number, community, door, .. } = house;
    let room_on_floor =
        door.room.strip_prefix(door.floor.as_str()).filter(|rest| rest.len() == 2 && door.room.len() > 2);
    let room_on_floor = SmolStr::new(room_on_floor.unwrap_or_default());
    let facts = &mut reading.extracted;
    facts.reserve(FACTS_MAX);
    let mut tell = |name: &'static str, value: SmolStr| {
        if !value.is_empty() {
            facts.push(Fact { name, value });
        }
    };
    tell("province", SmolStr::new_static(names.province));
    tell("city", SmolStr::new_static(names.city));
    tell("county", names.county);
    tell("town", town);
    tell("road", road.into());
    tell("number", if number.is_empty() { door.number } else { number });
    tell("community", community);
    tell("building", door.building);
    tell("unit", door.unit);
    tell("floor", door.floor);
    tell("room", door.room);
    tell("room_on_floor", room_on_floor);
    tell("adcode", names.adcode);
    tell("postal_code", reading.address.postal_code.clone());
}

/// All parts in one line without punctuation; the folded text where nothing was recognised.
fn line_of(address: &Address, town: &str, packed: &str) -> String {
    let Address { region, city, district, street, number, community, unit, .. } = address;
    let parts = [region, city, district, town, street, number, community, unit];
    let mut line = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    // The names of the gazetteer have no punctuation.
    if region != city {
        line.push_str(region);
    }
    line.push_str(city);
    if district != city {
        push_letters_and_digits(district, &mut line);
    }
    if !street.is_empty() {
        line.push_str(town);
    }
    for part in [street, number, community, unit] {
        push_letters_and_digits(part, &mut line);
    }
    if line.is_empty() { latin::fold(packed).chars().filter(|c| c.is_alphanumeric()).collect() } else { line }
}

/// Whether a text has a Han character.
pub fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}
