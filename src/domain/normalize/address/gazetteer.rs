//! The gazetteer: provinces, prefectures and counties of today with their short names, and names no longer in force.
//!
//! Places are kept by their GB/T 2260 code, whose digits say what lies in what: `440305` in `440000` and `440300`.

use crate::domain::text::han::to_simplified;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A division of today.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// GB/T 2260 code; districts of Hong Kong, Macau and Taiwan have codes of this gazetteer.
    pub code: u32,
    /// The code as text.
    pub adcode: &'static str,
    /// Full name: 恩施土家族苗族自治州.
    pub name: &'static str,
    /// Name without kind and peoples, where two characters are left: 恩施, 忠县.
    pub short: &'static str,
    /// Province, city and county in one: 广东省深圳市南山区, 北京市朝阳区, 湖北省仙桃市.
    pub full_name: &'static str,
    /// Position of the province among the places.
    province: Option<u16>,
    /// Position of the prefecture.
    city: Option<u16>,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Place {}

impl Place {
    /// The province.
    #[inline]
    pub fn province(&self) -> Option<&'static Self> {
        self.province.and_then(|at| places().get(usize::from(at)))
    }

    /// The prefecture; `None` for provinces and counties that lie directly in one (仙桃市).
    #[inline]
    pub fn city(&self) -> Option<&'static Self> {
        self.city.and_then(|at| places().get(usize::from(at)))
    }
}

/// How a name stands for its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The full name of today.
    Full,
    /// A shortening or another name of today.
    Short,
    /// A full name no longer in force.
    Old,
    /// The shortening of one no longer in force.
    OldShort,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// As written.
    pub text: &'static str,
    /// The place of today that it leads to.
    pub place: &'static Place,
    /// What kind of name it is.
    pub form: Form,
    /// The code where the name stood when it was in force; the place's own for names of today.
    pub stood_at: u32,
}

/// Rank of a code in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Province, autonomous region, municipality, special administrative region.
    Province,
    /// Prefecture, prefecture-level city, league.
    City,
    /// County, district, county-level city, banner.
    County,
}

/// The level that a code tells.
#[inline]
pub fn level(code: u32) -> Level {
    match code {
        code if code.is_multiple_of(10_000) => Level::Province,
        code if code.is_multiple_of(100) => Level::City,
        _ => Level::County,
    }
}

/// Beijing, Tianjin, Shanghai, Chongqing; Hong Kong and Macau: their own city.
#[inline]
pub fn is_own_city(code: u32) -> bool {
    matches!(code / 10_000, 11 | 12 | 31 | 50 | 81 | 82)
}

/// Whether a code lies in another, or is it.
#[inline]
pub fn lies_in(code: u32, outer: u32) -> bool {
    match level(outer) {
        Level::Province => code / 10_000 == outer / 10_000,
        Level::City => code / 100 == outer / 100,
        Level::County => code == outer,
    }
}

/// The place of a code.
pub fn by_code(code: u32) -> Option<&'static Place> {
    let places = TABLES.places;
    places.binary_search_by_key(&code, |place| place.code).ok().and_then(|at| places.get(at))
}

/// Every place, by code.
#[inline]
pub fn places() -> &'static [Place] {
    TABLES.places
}

/// Every name that a text starts with: the longest first, names of today before old ones.
pub fn names_at(text: &str) -> impl Iterator<Item = &'static Name> {
    let tables = &*TABLES;
    let range = first_two(text).and_then(|key| tables.by_first.get(&key)).copied().unwrap_or_default();
    let names = tables.names.get(range.0 as usize..range.1 as usize).unwrap_or_default();
    names.iter().filter(move |name| text.starts_with(name.text))
}

struct Tables {
    places: &'static [Place],
    names: Vec<Name>,
    by_first: FxHashMap<(char, char), (u32, u32)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let rows = include_str!("gazetteer.dat").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<(Place, &str)> = rows.filter_map(place_of_row).collect();
    let places: &'static [Place] = Vec::leak(within_each_other(rows.iter().map(|(place, _)| *place).collect()));
    let mut names: Vec<Name> = Vec::with_capacity(rows.len() * 4);
    for (place, (_, others)) in places.iter().zip(&rows) {
        names.push(Name { text: place.name, place, form: Form::Full, stood_at: place.code });
        // 乾安县: where 乾 is taken for the traditional form of 干.
        let simplified = to_simplified(place.name);
        if simplified != place.name {
            let text: &'static str = simplified.leak();
            names.push(Name { text, place, form: Form::Full, stood_at: place.code });
        }
        let others = others.split('/').filter(|other| !other.is_empty());
        names.extend(others.map(|text| Name { text, place, form: Form::Short, stood_at: place.code }));
    }
    let renames = include_str!("renames.dat").lines().filter(|line| !line.starts_with('#'));
    for old in renames.filter_map(|row| old_name_of_row(row, places)) {
        names.push(old);
        names.extend(without_kind(old.text).map(|text| Name { text, form: Form::OldShort, ..old }));
    }
    // Where a name of today and an old one of the same prefecture are written alike, today's stays.
    names.sort_by_key(|name| (name.text, name.stood_at / 100, name.form, name.stood_at));
    names.dedup_by(|later, kept| later.text == kept.text && later.stood_at / 100 == kept.stood_at / 100);
    names.sort_by_key(|name| {
        (first_two(name.text), std::cmp::Reverse(name.text.len()), name.text, name.form, name.stood_at)
    });
    let mut by_first: FxHashMap<(char, char), (u32, u32)> = FxHashMap::default();
    for (at, name) in (0u32..).zip(&names) {
        if let Some(first) = first_two(name.text) {
            by_first.entry(first).or_insert((at, at)).1 = at + 1;
        }
    }
    Tables { places, names, by_first }
});

/// The first two characters; no name has fewer.
fn first_two(text: &str) -> Option<(char, char)> {
    let mut chars = text.chars();
    chars.next().zip(chars.next())
}

/// The places with what they lie in; sorted by their code.
fn within_each_other(mut places: Vec<Place>) -> Vec<Place> {
    let bare = places.clone();
    let find = |code: u32| bare.binary_search_by_key(&code, |place| place.code).ok();
    for place in &mut places {
        let province = find(place.code / 10_000 * 10_000);
        let own_city = is_own_city(place.code);
        let prefecture = Some(place.code / 100 * 100).filter(|code| level(*code) == Level::City);
        let city = if own_city { province } else { prefecture.and_then(find) };
        let around = [province.filter(|_| !own_city), city].into_iter().flatten().filter_map(|at| bare.get(at));
        let mut name: String = around.filter(|outer| outer.code != place.code).map(|outer| outer.name).collect();
        name.push_str(place.name);
        place.full_name = name.leak();
        place.province = province.and_then(|at| u16::try_from(at).ok());
        place.city = city.and_then(|at| u16::try_from(at).ok());
    }
    places
}

fn place_of_row(row: &'static str) -> Option<(Place, &'static str)> {
    let mut cells = row.split('\t');
    let adcode = cells.next()?;
    let code = adcode.parse().ok()?;
    let name = cells.next()?;
    let others = cells.next().unwrap_or_default();
    let short = others.split('/').next().filter(|short| !short.is_empty()).unwrap_or(name);
    Some((Place { code, adcode, name, short, full_name: name, province: None, city: None }, others))
}

fn old_name_of_row(row: &'static str, places: &'static [Place]) -> Option<Name> {
    let mut cells = row.split('\t');
    let stood_at = cells.next()?.parse().ok()?;
    let text = cells.next()?;
    let code: u32 = cells.nth(1)?.parse().ok()?;
    let at = places.binary_search_by_key(&code, |place| place.code).ok()?;
    Some(Name { text, place: places.get(at)?, form: Form::Old, stood_at })
}

fn without_kind(name: &'static str) -> Option<&'static str> {
    let core = ["地区", "市", "县", "区", "盟"].iter().find_map(|kind| name.strip_suffix(kind))?;
    (core.chars().count() >= 2).then_some(core)
}
