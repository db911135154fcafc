//! Addresses as facts, and the many ways of writing one of them.

use super::gazetteer::{County, Gazetteer};
use super::hanzi::Hanzi;
use super::numerals::{push_han_number, push_padded};
use super::random::Random;
use super::romanize::capitalized;

/// Where an address lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Position of a mainland county.
    Mainland(u16),
    /// Position of a district of Hong Kong or Taiwan.
    Overseas(u8),
}

/// A flat, an office or a farmhouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// County or district.
    pub place: Place,
    road: u8,
    road_kind: u8,
    direction: u8,
    number: u16,
    estate: u8,
    ending: u8,
    has_estate: bool,
    building: u8,
    unit: u8,
    room: u16,
    /// Town, village, group: addresses of the countryside have no road.
    village: Option<(u8, u8, u8)>,
}

/// How much of province, city and county is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// 广东省深圳市南山区
    Full,
    /// 深圳市南山区
    NoProvince,
    /// 南山区
    CountyOnly,
    /// 广东深圳南山区
    Short,
    /// Nothing.
    Nothing,
}

/// How the house is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// 15号3栋2单元1201室
    Plain,
    /// 15#3栋2单元1201
    Hash,
    /// 15号3-2-1201
    Dashes,
    /// 十五号三栋二单元1201室
    HanNumerals,
    /// 15号3幢2单元1201
    Zhuang,
    /// 15号3座1201室
    Zuo,
    /// 15号3号楼2单元1201
    HaoLou,
}

/// One way of writing an address.
#[derive(Clone, Copy, Debug)]
pub struct AddressStyle {
    /// The upper part.
    pub division: Division,
    /// The lower part.
    pub house: House,
    /// Whether the road is written.
    pub road: bool,
    /// Whether the housing estate is written.
    pub estate: bool,
    /// Whether building, unit and room are written.
    pub room: bool,
}

const ROAD_KINDS: [(&str, &str); 8] = [
    ("路", "Road"),
    ("路", "Road"),
    ("路", "Road"),
    ("路", "Road"),
    ("大道", "Avenue"),
    ("街", "Street"),
    ("大街", "Street"),
    ("巷", "Lane"),
];
const DIRECTIONS: [(&str, &str); 8] = [
    ("", ""),
    ("东", " East"),
    ("西", " West"),
    ("南", " South"),
    ("北", " North"),
    ("中", " Middle"),
    ("一", " 1st"),
    ("二", " 2nd"),
];
const HONG_KONG_HOUSES: [(&str, &str); 8] = [
    ("金輝大廈", "Golden Glory Building"),
    ("富豪花園", "Regal Garden"),
    ("嘉湖閣", "Kingswood Court"),
    ("海景樓", "Sea View House"),
    ("華麗中心", "Wah Lai Centre"),
    ("永安大廈", "Wing On Building"),
    ("康寧苑", "Hong Ning Court"),
    ("景榮樓", "King Wing House"),
];

/// An address in a mainland county or, with `overseas`, in that district.
pub fn draw_address(gazetteer: &Gazetteer, place: Place, random: &mut Random) -> Address {
    let rural_share = match place {
        Place::Mainland(county) => {
            let name = gazetteer.county(usize::from(county)).name;
            if name.ends_with('县') || name.ends_with('旗') {
                5500
            } else if name.ends_with('市') {
                2500
            } else {
                0
            }
        }
        Place::Overseas(_) => 0,
    };
    let village = random
        .chance(rural_share)
        .then(|| (gazetteer.towns.draw(random), gazetteer.villages.draw(random), random.between(1, 12) as u8));
    let road_kind = random.below(ROAD_KINDS.len() as u32) as u8;
    // Only roads and lanes are numbered (解放二路), not avenues and streets.
    let directions = if ROAD_KINDS[usize::from(road_kind)].0.ends_with(['路', '巷']) { 8 } else { 6 };
    Address {
        place,
        road: gazetteer.roads.draw(random),
        road_kind,
        direction: if random.chance(5500) { 0 } else { random.below(directions) as u8 },
        number: random.between(1, 999) as u16,
        estate: gazetteer.estates.draw(random),
        ending: gazetteer.endings.draw(random),
        has_estate: random.chance(8000),
        building: random.between(1, 30) as u8,
        unit: random.between(1, 6) as u8,
        room: (random.between(1, 28) * 100 + random.between(1, 8)) as u16,
        village,
    }
}

/// Moves to another flat of the same building.
pub fn neighbour(address: Address, random: &mut Random) -> Address {
    Address { room: (random.between(1, 28) * 100 + random.between(1, 8)) as u16, ..address }
}

/// Drops the administrative suffix: 广东省 → 广东, 深圳市 → 深圳.
pub fn short_division(name: &str) -> &str {
    const SUFFIXES: [&str; 8] =
        ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "白族自治州", "地区", "省", "市"];
    SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

impl Address {
    /// True when there is a housing estate in it that can be left out.
    pub fn has_estate(&self) -> bool {
        self.has_estate && self.village.is_none()
    }

    /// True for addresses of villages, which have neither road nor room.
    pub fn is_rural(&self) -> bool {
        self.village.is_some()
    }

    /// Position of the mainland county.
    pub fn county(&self) -> Option<usize> {
        match self.place {
            Place::Mainland(county) => Some(usize::from(county)),
            Place::Overseas(_) => None,
        }
    }

    /// Appends the address in Chinese.
    pub fn push_chinese(&self, output: &mut String, gazetteer: &Gazetteer, style: AddressStyle) {
        match self.place {
            Place::Mainland(county) => {
                push_division(output, gazetteer, gazetteer.county(usize::from(county)), style.division);
                self.push_street(output, gazetteer, style);
            }
            Place::Overseas(district) => self.push_overseas(output, gazetteer, usize::from(district), style),
        }
    }

    fn push_street(&self, output: &mut String, gazetteer: &Gazetteer, style: AddressStyle) {
        if let Some((town, village, group)) = self.village {
            output.push_str(gazetteer.towns.at(town));
            output.push_str(gazetteer.villages.at(village));
            push_number(output, group.into(), style.house);
            output.push('组');
            push_number(output, u32::from(self.number) % 90 + 1, style.house);
            output.push('号');
            return;
        }
        if style.road {
            output.push_str(gazetteer.roads.at(self.road));
            output.push_str(DIRECTIONS[usize::from(self.direction)].0);
            output.push_str(ROAD_KINDS[usize::from(self.road_kind)].0);
            push_number(output, self.number.into(), style.house);
            output.push(if style.house == House::Hash { '#' } else { '号' });
        }
        if !style.road || (style.estate && self.has_estate) {
            output.push_str(gazetteer.estates.at(self.estate));
            output.push_str(gazetteer.endings.at(self.ending));
        }
        if style.room {
            self.push_room(output, style.house);
        }
    }

    fn push_room(&self, output: &mut String, house: House) {
        let (block, unit, room) = match house {
            House::Plain | House::HanNumerals => ("栋", "单元", "室"),
            House::Hash => ("栋", "单元", ""),
            House::Dashes => ("-", "-", ""),
            House::Zhuang => ("幢", "单元", ""),
            House::Zuo => ("座", "单元", "室"),
            House::HaoLou => ("号楼", "单元", ""),
        };
        push_number(output, self.building.into(), house);
        output.push_str(block);
        push_number(output, self.unit.into(), house);
        output.push_str(unit);
        push_padded(output, self.room.into(), 3);
        output.push_str(room);
    }

    fn push_overseas(&self, output: &mut String, gazetteer: &Gazetteer, district: usize, style: AddressStyle) {
        let district = &gazetteer.overseas[district];
        if matches!(style.division, Division::Full | Division::NoProvince | Division::Short) {
            output.push_str(district.city);
        }
        output.push_str(district.district);
        output.push_str(district.roads[usize::from(self.road) % district.roads.len()].0);
        if !district.hong_kong && self.direction > 0 {
            push_han_number(output, self.direction.into());
            output.push('段');
        }
        push_padded(output, (self.number % 400 + 1).into(), 1);
        output.push('號');
        if district.hong_kong && style.estate {
            output.push_str(HONG_KONG_HOUSES[usize::from(self.estate) % HONG_KONG_HOUSES.len()].0);
        }
        if style.room {
            push_padded(output, (self.room / 100).into(), 1);
            output.push('樓');
            if district.hong_kong {
                output.push(char::from(b'A' + (self.room % 8) as u8));
                output.push('室');
            } else {
                output.push('之');
                push_padded(output, (self.room % 100).into(), 1);
            }
        }
    }

    /// Appends the address in English, the smallest part first.
    pub fn push_english(&self, output: &mut String, gazetteer: &Gazetteer, hanzi: &Hanzi) {
        match self.place {
            Place::Mainland(position) => {
                let county = gazetteer.county(usize::from(position));
                output.push_str("Room ");
                push_padded(output, self.room.into(), 3);
                output.push_str(", Unit ");
                push_padded(output, self.unit.into(), 1);
                output.push_str(", Building ");
                push_padded(output, self.building.into(), 1);
                output.push_str(", No. ");
                push_padded(output, self.number.into(), 1);
                output.push(' ');
                output.push_str(&capitalized(&hanzi.pinyin(gazetteer.roads.at(self.road))));
                output.push_str(DIRECTIONS[usize::from(self.direction)].1);
                output.push(' ');
                output.push_str(ROAD_KINDS[usize::from(self.road_kind)].1);
                output.push_str(", ");
                output.push_str(&county.english);
                output.push_str(", ");
                output.push_str(gazetteer.cities[county.city].english);
            }
            Place::Overseas(position) => {
                let district = &gazetteer.overseas[usize::from(position)];
                output.push_str("Flat ");
                output.push(char::from(b'A' + (self.room % 8) as u8));
                output.push_str(", ");
                push_padded(output, (self.room / 100).into(), 1);
                output.push_str("/F, ");
                if district.hong_kong {
                    output.push_str(HONG_KONG_HOUSES[usize::from(self.estate) % HONG_KONG_HOUSES.len()].1);
                    output.push_str(", ");
                }
                push_padded(output, (self.number % 400 + 1).into(), 1);
                output.push(' ');
                output.push_str(&district.roads[usize::from(self.road) % district.roads.len()].1);
                output.push_str(", ");
                output.push_str(&district.english);
            }
        }
    }
}

fn push_division(output: &mut String, gazetteer: &Gazetteer, county: &County, division: Division) {
    let city = &gazetteer.cities[county.city];
    let municipality = city.province == city.name;
    match division {
        Division::Full => {
            output.push_str(city.province);
            if !municipality {
                output.push_str(city.name);
            }
            output.push_str(county.name);
        }
        Division::NoProvince => {
            output.push_str(city.name);
            output.push_str(county.name);
        }
        Division::CountyOnly => output.push_str(county.name),
        Division::Short => {
            output.push_str(short_division(city.province));
            if !municipality {
                output.push_str(short_division(city.name));
            }
            output.push_str(county.name);
        }
        Division::Nothing => {}
    }
}

fn push_number(output: &mut String, number: u32, house: House) {
    if house == House::HanNumerals {
        push_han_number(output, number);
    } else {
        push_padded(output, number.into(), 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_written_in_many_ways() {
        let (gazetteer, hanzi, mut random) = (Gazetteer::new(), Hanzi::new(), Random::new(1, 1));
        let county = gazetteer.counties.iter().position(|county| county.code == 440_305).unwrap_or(0);
        let mut address = draw_address(&gazetteer, Place::Mainland(county as u16), &mut random);
        address =
            Address { road: 0, road_kind: 0, direction: 1, number: 15, building: 3, unit: 2, room: 1201, ..address };
        let style =
            AddressStyle { division: Division::Full, house: House::Plain, road: true, estate: false, room: true };
        let mut text = String::new();
        address.push_chinese(&mut text, &gazetteer, style);
        assert_eq!(text, "广东省深圳市南山区解放东路15号3栋2单元1201室");
        text.clear();
        let style = AddressStyle { division: Division::Short, house: House::Dashes, ..style };
        address.push_chinese(&mut text, &gazetteer, style);
        assert_eq!(text, "广东深圳南山区解放东路15号3-2-1201");
        text.clear();
        address.push_english(&mut text, &gazetteer, &hanzi);
        assert_eq!(text, "Room 1201, Unit 2, Building 3, No. 15 Jiefang East Road, Nanshan District, Shenzhen");
    }
}
