//! The place tables, read once: cities, counties and districts with their weights, and the vocabulary of
//! roads and housing estates.

use super::names::pairs;
use super::places::{ABOLISHED_CODES, MAINLAND, OVERSEAS};
use super::random::{Random, Weighted};
use super::street_tables::{ESTATE_ENDINGS, ESTATES, ROADS, TOWNS, VILLAGES};

/// A mainland city.
#[derive(Debug)]
pub struct City {
    /// Province, with its suffix.
    pub province: &'static str,
    /// City, with its suffix; the province again for a municipality.
    pub name: &'static str,
    /// English name.
    pub english: &'static str,
    /// Telephone area code with its zero.
    pub area: &'static str,
    /// Digits of a local telephone number.
    pub local_digits: u32,
    /// First four digits of the postal code.
    pub postal: &'static str,
}

/// A mainland county or district.
#[derive(Debug)]
pub struct County {
    /// GB/T 2260 code.
    pub code: u32,
    /// Name with its suffix.
    pub name: &'static str,
    /// English name.
    pub english: String,
    /// Position of its city.
    pub city: usize,
}

/// A district of Hong Kong or Taiwan.
#[derive(Debug)]
pub struct OverseasDistrict {
    /// True for Hong Kong.
    pub hong_kong: bool,
    /// City and district in traditional characters.
    pub city: &'static str,
    /// The district in traditional characters.
    pub district: &'static str,
    /// English, district first.
    pub english: String,
    /// Roads in traditional characters and English.
    pub roads: Vec<(&'static str, String)>,
}

/// A ranked list of words.
pub struct Words {
    /// The words, most frequent first.
    pub list: Vec<&'static str>,
    weights: Weighted,
}

impl Words {
    fn new(text: &'static str) -> Self {
        let list: Vec<&'static str> = text.split_whitespace().collect();
        Self { weights: Weighted::ranked(list.len(), 15), list }
    }

    /// The position of a word, drawn by rank.
    pub fn draw(&self, random: &mut Random) -> u8 {
        self.weights.draw(random) as u8
    }

    /// The word at a position.
    pub fn at(&self, position: u8) -> &'static str {
        self.list.get(usize::from(position)).copied().unwrap_or("")
    }
}

/// All places and street words.
pub struct Gazetteer {
    /// Cities.
    pub cities: Vec<City>,
    /// Counties of all cities.
    pub counties: Vec<County>,
    county_weights: Weighted,
    /// Districts of Hong Kong and Taiwan.
    pub overseas: Vec<OverseasDistrict>,
    /// Region codes of identity numbers: those of the counties, then the abolished ones.
    pub id_codes: Vec<u32>,
    /// Roads.
    pub roads: Words,
    /// Housing estates.
    pub estates: Words,
    /// Endings of housing estates.
    pub endings: Words,
    /// Towns.
    pub towns: Words,
    /// Villages.
    pub villages: Words,
}

impl Gazetteer {
    /// Reads the tables.
    pub fn new() -> Self {
        let mut cities: Vec<City> = Vec::new();
        let mut counties: Vec<County> = Vec::new();
        let mut city_weights: Vec<u32> = Vec::new();
        for line in MAINLAND.lines() {
            if let Some(head) = line.strip_prefix("= ") {
                let words: Vec<&'static str> = head.split(' ').collect();
                if let [province, name, english, area, digits, postal, weight] = words[..] {
                    let local_digits = digits.parse().unwrap_or(8);
                    cities.push(City { province, name, english, area, local_digits, postal });
                    city_weights.push(weight.parse().unwrap_or(1));
                }
                continue;
            }
            counties.extend(line.split_whitespace().filter_map(|word| county(word, cities.len())));
        }
        let mut sizes = vec![0u32; cities.len()];
        for county in &counties {
            sizes[county.city] += 1;
        }
        let weight = |county: &County| city_weights[county.city] * 100 / sizes[county.city];
        let codes = counties.iter().map(|county| county.code);
        Self {
            county_weights: Weighted::new(counties.iter().map(weight)),
            id_codes: codes.chain(ABOLISHED_CODES).collect(),
            cities,
            counties,
            overseas: OVERSEAS.lines().filter_map(overseas_district).collect(),
            roads: Words::new(ROADS),
            estates: Words::new(ESTATES),
            endings: Words::new(ESTATE_ENDINGS),
            towns: Words::new(TOWNS),
            villages: Words::new(VILLAGES),
        }
    }

    /// A county, drawn by the weight of its city.
    pub fn draw_county(&self, random: &mut Random) -> usize {
        self.county_weights.draw(random)
    }

    /// The county at a position; positions come from this table alone.
    pub fn county(&self, position: usize) -> &County {
        &self.counties[position]
    }

    /// The city of a county.
    pub fn city_of(&self, county: usize) -> &City {
        &self.cities[self.counties[county].city]
    }

    /// Position of a region code of identity numbers, where an abolished code stands for a few of the old.
    pub fn draw_id_region(&self, home: Option<usize>, born_before_1986: bool, random: &mut Random) -> usize {
        if born_before_1986 && random.chance(1200) {
            return self.counties.len() + random.below(ABOLISHED_CODES.len() as u32) as usize;
        }
        match home {
            Some(county) if random.chance(6000) => county,
            Some(_) | None => self.draw_county(random),
        }
    }
}

/// `110101:东城区/Dongcheng_District` within the city read last.
fn county(word: &'static str, cities: usize) -> Option<County> {
    let (code, rest) = word.split_once(':')?;
    let (name, english) = rest.split_once('/')?;
    Some(County { code: code.parse().ok()?, name, english: english.replace('_', " "), city: cities.checked_sub(1)? })
}

fn overseas_district(line: &'static str) -> Option<OverseasDistrict> {
    let mut words = line.splitn(5, ' ');
    let (letter, city, district) = (words.next()?, words.next()?, words.next()?);
    let english = words.next()?.replace('_', " ");
    let roads = pairs(words.next()?).into_iter().map(|(han, latin)| (han, latin.replace('_', " "))).collect();
    Some(OverseasDistrict { hong_kong: letter == "H", city, district, english, roads })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_complete() {
        let gazetteer = Gazetteer::new();
        assert!(gazetteer.cities.len() >= 40 && gazetteer.counties.len() >= 120);
        assert_eq!(gazetteer.counties.len(), MAINLAND.matches('/').count());
        assert_eq!(gazetteer.overseas.len(), 22);
        for county in &gazetteer.counties {
            assert!((110_000..660_000).contains(&county.code), "{county:?}");
            let city = &gazetteer.cities[county.city];
            assert!(city.area.starts_with('0') && city.postal.len() == 4, "{city:?}");
            assert!(matches!(city.local_digits, 7 | 8), "{city:?}");
        }
        let mut codes = gazetteer.id_codes.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), gazetteer.id_codes.len(), "a region code stands twice");
    }
}
