//! Province, city and county at the front of an address, in whatever mixture of full, short and old names.

use super::gazetteer::{self, Form, Level, Name, Place, by_code, is_own_city, level, lies_in, names_at};
use crate::domain::text::han::is_han;
use smol_str::SmolStr;

/// What was found at the front of a text.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    /// The deepest division of today; `None` when nothing, or nothing certain, was found.
    pub place: Option<&'static Place>,
    /// Several places have the name that was written: the ranked candidates, and the name.
    pub candidates: Vec<&'static Place>,
    /// The name of the county as written, where it is known only by its ending: a development zone, an unknown district.
    pub zone: SmolStr,
    /// Old names that were replaced, largest first.
    pub old: Vec<&'static str>,
    /// 市辖区 was written.
    pub city_proper: bool,
    /// Names were shortened or levels left out.
    pub completed: bool,
    /// The county as written with its kind (融水县), where that is a shortening of a name of today.
    pub written_county: Option<&'static str>,
    /// The zone is neither in the gazetteer nor named like a development zone.
    pub unknown: bool,
    /// A misspelt division, and how it should be spelt.
    pub typo: Option<(String, &'static str)>,
    /// Bytes of the text that were read.
    pub end: usize,
}

/// A way to read the front of the text.
#[derive(Clone, Copy)]
struct Path {
    place: Option<&'static Place>,
    /// Where the last name stood when it was in force.
    stood_at: u32,
    /// Names read, smallest last.
    names: [Option<&'static Name>; NAMES_MAX],
    count: usize,
    end: usize,
    city_proper: bool,
}

impl Path {
    /// Nothing is read yet.
    fn from(start: usize) -> Self {
        Self { place: None, stood_at: 0, names: [None; NAMES_MAX], count: 0, end: start, city_proper: false }
    }
}

/// Names at the front: province, city and county, each of them twice where columns were joined.
const NAMES_MAX: usize = 6;
/// Readings followed at the same time.
const PATHS_MAX: usize = 24;
/// Places of one name that are told apart at one position.
const READINGS_MAX: usize = 8;
/// What stands between the names of divisions.
const SEPARATORS: [char; 14] = [',', '，', '、', '-', '/', '·', '.', ':', '：', ' ', '|', '_', '>', '\\'];

/// Reads the divisions at the front. `province_hint`: a province known otherwise (from a postal code), as its code.
pub fn parse(text: &str, province_hint: Option<u32>) -> Divisions {
    let start = country_end(text);
    let mut found = read(text, start, province_hint);
    if found.candidates.is_empty() && found.place.is_none_or(|place| level(place.code) < Level::County) {
        found = past_misspelt(text, &found, province_hint).unwrap_or(found);
    }
    if found.candidates.is_empty() && found.place.is_none_or(may_have_zone) {
        take_zone(text, &mut found);
    }
    found.end = skip_separators(text, found.end);
    found
}

fn read(text: &str, start: usize, province_hint: Option<u32>) -> Divisions {
    if let Some(path) = straight(text, start) {
        return match path.count {
            0 => Divisions { end: start, ..Divisions::default() },
            _ => chosen(&[path], province_hint, path.end),
        };
    }
    let (paths, end) = longest(text, start);
    match paths.as_slice() {
        [] => Divisions { end: start, ..Divisions::default() },
        paths => chosen(paths, province_hint, end),
    }
}

/// 僵苏省南京市, 四川省成兜市邛崃市: what follows a division of one wrong sign tells which one was meant.
fn past_misspelt(text: &str, found: &Divisions, province_hint: Option<u32>) -> Option<Divisions> {
    let behind = skip_separators(text, found.end);
    // 广西壮族自冶区: the short name was read, the misspelt full name begins before it.
    let at_front = (found.end > 0).then_some(0);
    [Some(behind), at_front].into_iter().flatten().find_map(|at| past_misspelt_at(text, at, found, province_hint))
}

fn past_misspelt_at(text: &str, at: usize, found: &Divisions, province_hint: Option<u32>) -> Option<Divisions> {
    let rest = text.get(at..)?;
    for (offset, c) in rest.char_indices().take(MISSPELT_CHARS_MAX).skip(1) {
        if !is_han(c) || "路街道巷号".contains(c) {
            return None;
        }
        if !matches!(c, '省' | '市' | '区' | '州') {
            continue;
        }
        let next = offset + c.len_utf8();
        let hint = found.place.map(|place| place.code / 10_000 * 10_000).or(province_hint);
        let behind = read(text, at + next, hint);
        let Some(place) = behind.place else { continue };
        let written = rest.get(..next)?;
        let around = [place.province(), place.city()];
        let meant = around.into_iter().flatten().find(|outer| one_sign_apart(written, outer.name));
        let consistent = found.place.is_none_or(|outer| lies_in(place.code, outer.code));
        let Some(meant) = meant.filter(|_| consistent) else { continue };
        return Some(Divisions { typo: Some((written.to_owned(), meant.name)), ..behind });
    }
    None
}

/// Characters of the longest misspelt division: 新疆维吾尔自治区.
const MISSPELT_CHARS_MAX: usize = 12;

/// Two texts of the same length that differ in exactly one character.
fn one_sign_apart(a: &str, b: &str) -> bool {
    let mut differences = 0;
    let (mut left, mut right) = (a.chars(), b.chars());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return differences == 1,
            (Some(a), Some(b)) => differences += usize::from(a != b),
            _ => return false,
        }
    }
}

fn country_end(text: &str) -> usize {
    if !text.starts_with('中') {
        return 0;
    }
    let at = ["中华人民共和国", "中国"].iter().find(|country| {
        let follows = text.strip_prefix(**country).map(|rest| rest.trim_start_matches(SEPARATORS));
        follows.is_some_and(|rest| names_at(rest).any(|name| level(name.place.code) < Level::County))
    });
    at.map_or(0, |country| skip_separators(text, country.len()))
}

fn skip_separators(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(SEPARATORS).len())
}

/// The reading of a text that can be read in one way only, as most can; `None` where there are several.
fn straight(text: &str, start: usize) -> Option<Path> {
    let mut path = Path::from(start);
    while path.count < NAMES_MAX {
        let (at, rest) = behind(text, &path);
        let mut next = None;
        let mut ways = 0;
        continuations(&path, rest, at, |continued| {
            next = Some(continued);
            ways += 1;
        });
        if ways > 1 || filler(&path, rest, at).is_some() {
            return None;
        }
        let Some(next) = next else { break };
        path = next;
    }
    Some(path)
}

/// What stands behind the names read so far, and where.
fn behind<'a>(text: &'a str, path: &Path) -> (usize, &'a str) {
    let at = if path.count == 0 { path.end } else { skip_separators(text, path.end) };
    (at, text.get(at..).unwrap_or_default())
}

/// Every way to read on with one more name.
fn continuations(path: &Path, rest: &str, at: usize, mut way: impl FnMut(Path)) {
    // The longest name of a place is the one that was written: 广东 of 广东省 is no other reading. 巢湖市 is a county of
    // today, and was a prefecture with other counties in it.
    let mut read = [0; READINGS_MAX];
    let mut free = 0;
    for name in names_at(rest) {
        let was_city = level(name.stood_at) == Level::City && level(name.place.code) == Level::County;
        let place = if was_city { name.stood_at } else { name.place.code };
        if read.contains(&place) {
            continue;
        }
        let Some(next) = extend(path, name, rest, at) else { continue };
        if let Some(slot) = read.get_mut(free) {
            *slot = place;
            free += 1;
        }
        way(next);
    }
}

/// The readings that cover most of the text.
fn longest(text: &str, start: usize) -> (Vec<Path>, usize) {
    let mut open = vec![Path::from(start)];
    let mut closed: Vec<Path> = Vec::new();
    while let Some(path) = open.pop() {
        let mut extended = false;
        let (at, rest) = behind(text, &path);
        if path.count < NAMES_MAX && !rest.is_empty() {
            continuations(&path, rest, at, |next| {
                extended = true;
                if open.len() < PATHS_MAX {
                    open.push(next);
                }
            });
            if let Some(next) = filler(&path, rest, at) {
                extended = true;
                open.push(next);
            }
        }
        // A reading that goes on is also kept as it is: its continuation may turn out ambiguous.
        if path.count > 0 && (!extended || closed.len() < PATHS_MAX) {
            closed.push(path);
        }
    }
    let end = closed.iter().map(|path| path.end).max().unwrap_or(start);
    let unsure = |path: &Path| {
        path.names.iter().flatten().last().is_some_and(|name| matches!(name.form, Form::Short | Form::OldShort))
    };
    let mut best: Vec<Path> = closed.iter().filter(|path| path.end == end).copied().collect();
    keep_likeliest(&mut best);
    let ambiguous = best.iter().any(|path| path.place != best.first().and_then(|first| first.place));
    if ambiguous && best.iter().all(unsure) && best.iter().all(|path| path.count > 1) {
        // 江苏鼓楼: a short name that could be several counties says nothing; what stood before it does.
        let before = closed.iter().filter(|path| path.end < end).map(|path| path.end).max();
        if let Some(before) = before {
            best = closed.iter().filter(|path| path.end == before).copied().collect();
            keep_likeliest(&mut best);
            return (best, before);
        }
    }
    (best, end)
}

/// 市辖区 and its like between the names.
fn filler(path: &Path, rest: &str, at: usize) -> Option<Path> {
    const FILLERS: [&str; 5] = ["市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县", "省直辖行政单位"];
    if !rest.starts_with(['市', '县', '省', '自', '生']) {
        return None;
    }
    let place = path.place.filter(|place| level(place.code) < Level::County)?;
    // 重庆市县忠县, 新疆生产建设兵团第八师石河子市.
    let county_behind =
        |rest: &str| names_at(rest).any(|name| name.form == Form::Full && level(name.stood_at) == Level::County);
    if let Some(behind) = rest.strip_prefix('县').filter(|behind| is_own_city(place.code) && county_behind(behind)) {
        return Some(Path { end: at + rest.len() - behind.len(), ..*path });
    }
    if let Some(behind) = rest.strip_prefix("生产建设兵团").filter(|_| place.code == 650_000) {
        let division = behind.find('师').filter(|end| *end <= 15 && behind.starts_with(['第', '农', '建']));
        return Some(Path {
            end: at + rest.len() - behind.len() + division.map_or(0, |end| end + '师'.len_utf8()),
            ..*path
        });
    }
    let filler = FILLERS.iter().find(|filler| rest.starts_with(**filler))?;
    let city_proper = *filler == "市辖区" && level(place.code) == Level::City;
    Some(Path { end: at + filler.len(), city_proper, ..*path })
}

/// Fewer names, names of today, full names; whole levels before single counties.
fn keep_likeliest(paths: &mut Vec<Path>) {
    let penalty = |path: &Path| -> usize {
        let names = path.names.iter().flatten();
        let forms: usize = names.map(|name| [0, 1, 3, 6].get(name.form as usize).copied().unwrap_or(6)).sum();
        forms * 4 + path.count
    };
    let least = paths.iter().map(penalty).min().unwrap_or_default();
    paths.retain(|path| penalty(path) == least);
    let highest = paths.iter().filter_map(|path| path.place).map(|place| level(place.code)).min();
    paths.retain(|path| path.place.map(|place| level(place.code)) == highest);
}

fn extend(path: &Path, name: &'static Name, rest: &str, at: usize) -> Option<Path> {
    let after = rest.get(name.text.len()..).unwrap_or_default();
    let mut end = at + name.text.len();
    let relation = relation(path, name)?;
    let short = matches!(name.form, Form::Short | Form::OldShort);
    if !may_stand(path, name, after) || (short && continues_a_name(after)) {
        return None;
    }
    // 市场, 市民中心: the 市 belongs to the next word; 民权县 and 政和县 are counties.
    let next_word = name.text.ends_with('市') && after.starts_with(['场', '民', '政']);
    if next_word && !names_at(after).any(|name| name.form == Form::Full) && !after.starts_with("民族") {
        return None;
    }
    // 宁乡区 for 宁乡市: the kind is often wrong, the name seldom.
    if short && level(name.place.code) == Level::County && !name.text.ends_with(['县', '区', '市', '旗', '州']) {
        let kind = after.starts_with(['县', '区', '市']) && !after.starts_with("市场") && !after.starts_with("县城");
        end += if kind { '县'.len_utf8() } else { 0 };
    }
    let mut names = path.names;
    let (place, stood_at) = match relation {
        Relation::Inside => (Some(name.place), name.stood_at),
        Relation::Outside => (path.place, path.stood_at),
    };
    *names.get_mut(path.count)? = Some(name);
    Some(Path { place, stood_at, names, count: path.count + 1, end, city_proper: false })
}

enum Relation {
    /// The name lies in what was read before.
    Inside,
    /// The name repeats what was read before or something around it.
    Outside,
}

fn relation(path: &Path, name: &Name) -> Option<Relation> {
    let Some(place) = path.place else { return Some(Relation::Inside) };
    let codes = [name.place.code, name.stood_at];
    let outer = [place.code, path.stood_at];
    let same = name.place == place;
    let around = same || lies_in(place.code, name.place.code);
    // Most names stand where they always stood.
    if name.stood_at == name.place.code && path.stood_at == place.code && !around {
        return lies_in(name.place.code, place.code).then_some(Relation::Inside);
    }
    // 莱芜市 became a part of Jinan: 莱芜市莱城区 lies in both.
    let inside =
        codes.iter().any(|code| outer.iter().any(|outer| lies_in(*code, *outer) && level(*code) > level(*outer)));
    if inside && !same {
        return Some(Relation::Inside);
    }
    // 四川省重庆市 was right until 1997: what was a city there is a province today.
    let moved = name.stood_at != name.place.code
        && outer.iter().any(|outer| lies_in(name.stood_at, *outer) && level(*outer) < level(name.stood_at));
    if moved && !same {
        return Some(Relation::Inside);
    }
    // 巢湖市居巢区: both became the city of today.
    let merged = same && level(place.code) == Level::County;
    (merged || around && matches!(name.form, Form::Full | Form::Short)).then_some(Relation::Outside)
}

/// Whether a name may be read here at all: short and tiny names need something before them.
fn may_stand(path: &Path, name: &Name, after: &str) -> bool {
    let county = level(name.stood_at) == Level::County && level(name.place.code) == Level::County;
    let tiny = name.text.chars().nth(2).is_none();
    let first = path.place.is_none();
    let in_city = path.place.is_some_and(|place| level(place.code) != Level::Province || is_own_city(place.code));
    match name.form {
        Form::Full | Form::Old if county && tiny => {
            !first && (in_city || name.text.ends_with('县')) || name.text.ends_with('县') && first && !after.is_empty()
        }
        Form::Full | Form::Old => true,
        // 昆山, 义乌 and 浦东 are as well known as cities; 和平, 长安 and 新华 are also words.
        Form::Short if county && first => {
            name.place.name.ends_with('市') || name.place.code == 310115 || name.text.ends_with(['县', '旗'])
        }
        Form::Short => true,
        Form::OldShort if county => in_city,
        Form::OldShort => !first || !after.is_empty() || level(name.stood_at) == Level::City,
    }
}

/// Whether what follows a short name shows that the name belongs to something else: 南京|东路, 朝阳|门, 南山|医院.
fn continues_a_name(after: &str) -> bool {
    const ENDS: [&str; 33] = [
        "路", "街", "道", "巷", "里", "弄", "大道", "大街", "胡同", "新村", "大厦", "花园", "小区", "门", "桥", "村",
        "镇", "乡", "站", "山", "湖", "医院", "大学", "学院", "中学", "小学", "广场", "公园", "饭店", "宾馆", "酒店",
        "家园", "城",
    ];
    const INNER: [char; 15] =
        ['东', '西', '南', '北', '中', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let inner = after.trim_start_matches(INNER);
    // 城区, 山丹县, 桥东区: the name of a division may begin like the end of a road's.
    if names_at(after).any(|name| name.form == Form::Full) {
        return false;
    }
    let word = |rest: &str| ENDS.iter().any(|end| rest.starts_with(end));
    after.starts_with(['区', '县', '旗'])
        || word(after)
        || (inner.len() < after.len() && inner.starts_with(['路', '街', '道', '巷', '弄']))
        || (inner.len() < after.len() && ["大道", "大街", "胡同"].iter().any(|end| inner.starts_with(end)))
}

/// One of the likeliest readings, or their common name.
fn chosen(paths: &[Path], province_hint: Option<u32>, end: usize) -> Divisions {
    let places = if paths.len() > 1 { places_of(paths, province_hint) } else { Vec::new() };
    let only = match (paths, places.as_slice()) {
        ([path], _) => path.place,
        (_, [only]) => Some(*only),
        _ => None,
    };
    let path = paths.iter().find(|path| only.is_none() || path.place == only);
    let Some(path) = path else { return Divisions { end, ..Divisions::default() } };
    let names = || path.names.iter().copied().flatten();
    // 庐江县 lay in another prefecture, but its name is the same; 巢湖市 was the prefecture and is a county.
    let same = |name: &Name| name.text == name.place.name && level(name.stood_at) == level(name.place.code);
    let replaced = |name: &&Name| matches!(name.form, Form::Old | Form::OldShort) && !same(name);
    let old = names().filter(replaced).map(|name| name.text);
    let levels = only.map_or(0, |place| match level(place.code) {
        Level::Province => 1,
        _ if is_own_city(place.code) => 2,
        Level::City => 2,
        Level::County if place.city().is_none() => 2,
        Level::County => 3,
    });
    let autonomous = |name: &&Name| name.place.name.contains("自治") && name.place.name != name.text;
    let written = names().last().filter(|name| name.text.ends_with(['县', '旗'])).filter(autonomous);
    Divisions {
        place: only,
        old: old.collect(),
        city_proper: path.city_proper,
        completed: only.is_some() && (path.count < levels || names().any(|name| name.form == Form::Short)),
        written_county: written.map(|name| name.text),
        candidates: if only.is_none() { ranked(places) } else { Vec::new() },
        zone: SmolStr::default(),
        unknown: false,
        typo: None,
        end,
    }
}

/// The places that the readings lead to; those in the province known otherwise where there are any.
fn places_of(paths: &[Path], province_hint: Option<u32>) -> Vec<&'static Place> {
    let mut places: Vec<&'static Place> = paths.iter().filter_map(|path| path.place).collect();
    places.sort_by_key(|place| place.code);
    places.dedup();
    if let Some(province) = province_hint.filter(|_| places.len() > 1) {
        let there = places.iter().any(|place| lies_in(place.code, province));
        places.retain(|place| !there || lies_in(place.code, province));
    }
    places
}

/// Districts of provincial capitals first: more people live there.
fn ranked(mut places: Vec<&'static Place>) -> Vec<&'static Place> {
    places.sort_by_key(|place| (!is_own_city(place.code), place.code / 100 % 100 != 1, place.code));
    places
}

fn may_have_zone(place: &Place) -> bool {
    level(place.code) < Level::County
}

/// Development zones of their own name: the name, the place around it.
const ZONES: &[(&str, u32)] = &[
    ("苏州工业园区", 320500),
    ("雄安新区", 130000),
    ("天府新区", 510100),
    ("两江新区", 500000),
    ("西咸新区", 610000),
    ("贵安新区", 520000),
    ("兰州新区", 620100),
    ("赣江新区", 360000),
    ("湘江新区", 430100),
    ("江北新区", 320100),
    ("西海岸新区", 370200),
    ("舟山群岛新区", 330900),
    ("金普新区", 210200),
    ("滇中新区", 530100),
    ("横琴新区", 440400),
    ("大鹏新区", 440300),
    ("光明新区", 440300),
    ("临港新片区", 310000),
    ("深汕特别合作区", 440000),
    ("张江高科技园区", 310000),
    ("杨凌示范区", 610000),
];

/// Endings of development zones, the longest first.
const ZONE_ENDS: &[&str] = &[
    "高新技术产业开发区",
    "高新技术产业园区",
    "高新技术开发区",
    "经济技术开发区",
    "综合保税区",
    "特别合作区",
    "工业园区",
    "经济开发区",
    "旅游度假区",
    "综合实验区",
    "示范区",
    "管理区",
    "保税区",
    "高新区",
    "经开区",
    "度假区",
    "开发区",
    "新区",
];

/// A development zone, or a district that the gazetteer does not know.
fn take_zone(text: &str, found: &mut Divisions) {
    let at = skip_separators(text, found.end);
    let rest = text.get(at..).unwrap_or_default();
    for (zone, code) in ZONES.iter().filter(|(zone, _)| rest.starts_with(zone)) {
        let place = found.place.is_none_or(|place| lies_in(*code, place.code) || lies_in(place.code, *code));
        if let Some(around) = by_code(*code).filter(|_| place) {
            let deeper = found.place.is_none_or(|place| level(place.code) < level(*code));
            found.completed |= deeper;
            found.place = if deeper { Some(around) } else { found.place };
            found.zone = SmolStr::new_static(zone);
            found.end = at + zone.len();
            return;
        }
    }
    let head_max = if found.place.is_some() { 6 } else { 4 };
    for (position, (offset, c)) in rest.char_indices().take(head_max + 1).enumerate() {
        let here = rest.get(offset..).unwrap_or_default();
        let may_end = matches!(c, '高' | '经' | '综' | '特' | '工' | '旅' | '示' | '管' | '保' | '度' | '开' | '新');
        let end = ZONE_ENDS.iter().find(|end| may_end && here.starts_with(**end));
        if let Some(end) = end.filter(|_| position > 0 || found.place.is_some()) {
            let name = rest.get(..offset + end.len()).unwrap_or_default();
            let of_two_signs = *end == "新区" && position < 2;
            let after = rest.get(name.len()..).unwrap_or_default();
            if !of_two_signs && !continues_a_road(after) {
                found.zone = SmolStr::new(name);
                found.end = at + name.len();
            }
            return;
        }
        if !is_han(c) || "路街道巷号弄镇乡村栋幢座厦园苑城".contains(c) {
            break;
        }
    }
    take_unknown_district(rest, at, found);
}

/// The only county inside that differs in one character.
fn county_meant(written: &str, outer: &Place) -> Option<&'static str> {
    let counties = gazetteer::places().iter().filter(|place| level(place.code) == Level::County);
    let mut similar = counties.filter(|place| lies_in(place.code, outer.code) && one_sign_apart(written, place.name));
    similar.next().filter(|_| similar.next().is_none()).map(|place| place.name)
}

fn continues_a_road(rest: &str) -> bool {
    rest.starts_with(['路', '街', '道', '大'])
}

/// A short name that ends like a district; 区 of 小区, 社区 … ends none.
fn take_unknown_district(rest: &str, at: usize, found: &mut Divisions) {
    const NO_DIVISION: [&str; 20] = [
        "小", "社", "校", "厂", "院", "库", "营", "片", "景", "街", "舍", "宅", "活", "属", "园", "山", "地", "一",
        "二", "三",
    ];
    for (position, (offset, c)) in rest.char_indices().take(6).enumerate() {
        let head = rest.get(..offset).unwrap_or_default();
        let after = rest.get(offset + c.len_utf8()..).unwrap_or_default();
        let ends = matches!(c, '区' | '县' | '旗') || (c == '市' && !after.starts_with(['场', '民', '政']));
        if position > 0 && ends {
            let plausible = position >= 2 || c == '县';
            let taken = plausible && !NO_DIVISION.iter().any(|end| c == '区' && head.ends_with(end));
            // 旗舰店, 县道, 旗下: the sign starts the next word.
            if taken && !after.starts_with(['道', '舰', '下', '域', '袍']) && !continues_a_road(after) {
                let written = rest.get(..offset + c.len_utf8()).unwrap_or_default();
                found.zone = SmolStr::new(written);
                // Dongguan and its like have no counties: their districts are nobody's registry.
                found.unknown =
                    found.place.is_none_or(|place| place.code / 10_000 != 44 || place.code % 10_000 < 1_900);
                found.end = at + offset + c.len_utf8();
                found.typo =
                    found.place.and_then(|outer| county_meant(written, outer)).map(|name| (written.to_owned(), name));
            }
            return;
        }
        if !is_han(c) || "路街道巷号弄镇乡村栋幢座期层楼".contains(c) {
            return;
        }
    }
}
