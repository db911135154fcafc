//! Chinese addresses: division, road, number, estate, building–unit–room, by the characters that end each of them.

use super::Reading;
use super::places::{MUNICIPALITIES, PEOPLES, PROVINCES, REMARKS, at_start};
use crate::domain::record::Address;
use crate::domain::text::han::{is_han, is_surname, numerals_to_digits, to_simplified};
use crate::domain::text::{latin, width};
use regex::Regex;
use std::sync::LazyLock;

/// Reads an address, cleaned but neither simplified nor folded.
pub fn parse(text: &str) -> Reading {
    let simplified = width::fold_dashes(&to_simplified(text));
    let mut reading = Reading::default();
    let bare = without_remarks(&simplified, &mut reading);
    let packed: String = bare.split_whitespace().collect::<Vec<_>>().concat();
    reading.shown.clone_from(&packed);
    let folded =
        latin::fold(&packed).replace(['#', '＃'], "#").replace([',', '，', '、', '。', ';', '|', ':', '：'], "");
    let address = &mut reading.address;
    let rest = take_divisions(&folded, address);
    let (town, rest) = take_town(rest);
    let rest = take_road(rest, address);
    let rest = take_number(rest, address);
    take_community_and_unit(rest, town, address);
    address.line = line_of(address, town, &folded);
    reading
}

/// Takes off what is no address: telephone, postal code, recipient, delivery remarks.
fn without_remarks(text: &str, reading: &mut Reading) -> String {
    static PHONE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:\+?86[- ]?)?\b1[3-9]\d[- ]?\d{4}[- ]?\d{4}\b").ok());
    static POSTCODE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:邮政编码|邮编)[:： ]*(\d{6})|(?:^|\s)(\d{6})(?:\s|$)").ok());
    static BRACKET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[(\[【〔][^)\]】〕]*[)\]】〕]?").ok());
    let mut out = text.to_owned();
    if let Some(found) = POSTCODE.as_ref().and_then(|regex| regex.captures(text)) {
        let digits = found.get(1).or_else(|| found.get(2)).map(|m| m.as_str()).unwrap_or_default();
        digits.clone_into(&mut reading.address.postal_code);
        out = out.replacen(found.get(0).map(|m| m.as_str()).unwrap_or_default(), " ", 1);
    }
    if let Some(found) = PHONE.as_ref().and_then(|regex| regex.find(&out)) {
        let (before, after) = (out.get(..found.start()).unwrap_or(""), out.get(found.end()..).unwrap_or(""));
        reading.extracted.push(("phone", found.as_str().to_owned()));
        let (before, recipient) = without_recipient(before);
        reading.extracted.extend(recipient.map(|name| ("recipient", name)));
        out = format!("{before} {after}");
        reading.remark = true;
    }
    if let Some(regex) = BRACKET.as_ref() {
        let without = regex.replace_all(&out, " ");
        reading.remark |= without.len() < out.len();
        out = without.into_owned();
    }
    if let Some(at) = REMARKS.iter().filter_map(|remark| out.find(remark)).min() {
        out.truncate(at);
        reading.remark = true;
    }
    let trimmed = out.trim_start();
    let label =
        ["收货地址", "联系地址", "家庭住址", "通讯地址", "地址", "住址"].iter().find_map(|l| trimmed.strip_prefix(l));
    label.unwrap_or(trimmed).trim_matches([' ', ':', '：', '，', ',', '-']).to_owned()
}

/// A recipient beside the telephone number: a short word of Han characters that starts with a surname.
fn without_recipient(before: &str) -> (String, Option<String>) {
    let trimmed = before.trim_end_matches([' ', ',', '，', ':', '：']);
    let (head, last) = trimmed.rsplit_once([' ', ',', '，', ':', '：']).unwrap_or(("", trimmed));
    let length = last.chars().count();
    let no_address = !last.contains(['省', '市', '区', '县', '路', '街', '号', '室', '栋', '村', '镇']);
    let is_name = (2..=4).contains(&length)
        && last.chars().all(is_han)
        && last.chars().next().is_some_and(is_surname)
        && no_address;
    if is_name {
        let head = head.trim_end_matches("收件人").trim_end_matches("收货人");
        (head.to_owned(), Some(last.to_owned()))
    } else {
        (before.to_owned(), None)
    }
}

/// Province, city and district from the front.
fn take_divisions<'a>(text: &'a str, address: &mut Address) -> &'a str {
    let mut rest = text.strip_prefix("中华人民共和国").or_else(|| text.strip_prefix("中国")).unwrap_or(text);
    rest = take_province(rest, address);
    rest = take_municipality(rest, address);
    if address.city.is_empty() {
        rest = take_city(rest, address);
    }
    rest = rest.strip_prefix("市辖区").unwrap_or(rest);
    take_district(rest, address)
}

fn take_province<'a>(text: &'a str, address: &mut Address) -> &'a str {
    for (short, forms) in PROVINCES {
        for form in *forms {
            let Some(rest) = text.strip_prefix(form) else { continue };
            // 河北区 and 广东路 are no provinces; 吉林市 and 海南藏族自治州 are cities.
            let is_prefecture = rest.starts_with(['市', '州']) || PEOPLES.iter().any(|people| rest.starts_with(people));
            if form == short && (starts_division_or_road(rest) || is_prefecture) {
                return text;
            }
            (*short).clone_into(&mut address.region);
            if matches!(*short, "香港" | "澳门") {
                (*short).clone_into(&mut address.city);
            }
            return rest;
        }
    }
    text
}

fn take_municipality<'a>(text: &'a str, address: &mut Address) -> &'a str {
    let mut rest = text;
    for short in MUNICIPALITIES {
        while let Some(after) = rest.strip_prefix(short) {
            let after_city = after.strip_prefix('市');
            if after_city.is_none() && starts_division_or_road(after) {
                return rest;
            }
            // 四川省重庆市 was right until 1997.
            (*short).clone_into(&mut address.region);
            (*short).clone_into(&mut address.city);
            rest = after_city.unwrap_or(after);
        }
    }
    rest
}

/// Whether what follows a short name shows that the name belongs to a district or road: 河北|区, 南京|东路, 上海|三街.
fn starts_division_or_road(rest: &str) -> bool {
    let inner = rest
        .trim_start_matches(['东', '西', '南', '北', '中', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.starts_with(['区', '县', '旗'])
        || inner.starts_with(['路', '街', '道', '巷', '里', '弄'])
        || ["大道", "大街", "胡同", "新村", "大厦", "花园"].iter().any(|end| inner.starts_with(end))
}

fn take_city<'a>(text: &'a str, address: &mut Address) -> &'a str {
    for (written, city) in [("呼市", "呼和浩特"), ("乌市", "乌鲁木齐"), ("巴州", "巴音郭楞")] {
        if let Some(rest) = text.strip_prefix(written) {
            city.clone_into(&mut address.city);
            return rest;
        }
    }
    for suffix in ["自治州", "州", "地区", "盟", "市"] {
        // 州 alone ends short forms of autonomous prefectures only: 恩施州, 红河州; never 广州, 杭州.
        let head_max = if suffix == "自治州" { 18 } else { 6 };
        let Some((head, rest)) = split_at_suffix(text, suffix, head_max) else { continue };
        if suffix == "州" && !(at_start(head) == Some(head) || matches!(head, "红河" | "昌吉")) {
            continue;
        }
        without_peoples(head).clone_into(&mut address.city);
        return rest;
    }
    match at_start(text) {
        Some(place) if place != "中国" => {
            let rest = text.strip_prefix(place).unwrap_or(text);
            if starts_division_or_road(rest) || rest.starts_with(['县', '区']) {
                return text;
            }
            place.clone_into(&mut address.city);
            rest
        }
        _ => text,
    }
}

fn take_district<'a>(text: &'a str, address: &mut Address) -> &'a str {
    const SUFFIXES: [&str; 10] = ["自治县", "自治旗", "开发区", "新区", "林区", "特区", "区", "县", "旗", "市"];
    // The district that ends first is the district; 区 of 小区, 社区 … ends none.
    let ends = SUFFIXES
        .iter()
        .filter_map(|suffix| split_at_suffix(text, suffix, 16).map(|(head, rest)| (head, *suffix, rest)));
    // 碑林区 ends with 区, only these end with 林区 and 特区.
    let ends =
        ends.filter(|(head, suffix, _)| !matches!(*suffix, "林区" | "特区") || matches!(*head, "神农架" | "六枝"));
    let first = ends.min_by_key(|(head, suffix, _)| (head.len(), usize::MAX - suffix.len()));
    let Some((head, suffix, rest)) = first else { return text };
    let no_division = ["小", "社", "校", "厂", "院", "库", "营", "片", "景", "街", "宿舍", "住宅", "生活", "家属"];
    if suffix == "区" && head != "上街" && no_division.iter().any(|end| head.ends_with(end)) {
        return text;
    }
    let core = without_peoples(head);
    address.district = match suffix {
        "新区" | "开发区" | "特区" | "林区" => format!("{core}{suffix}"),
        // 忠县: one character is no name of its own.
        _ if core.chars().count() < 2 => format!("{core}{suffix}"),
        _ => core.to_owned(),
    };
    if address.district.ends_with("新区") && core.chars().count() >= 2 {
        // 浦东新区 and 浦东 are the same, 高新区 is not 高.
        core.clone_into(&mut address.district);
    }
    rest
}

/// Splits behind the first `suffix`, if a plausible name of a division stands before it.
fn split_at_suffix<'a>(text: &'a str, suffix: &str, head_chars_max: usize) -> Option<(&'a str, &'a str)> {
    let at = text.find(suffix).filter(|at| *at > 0)?;
    let (head, rest) = text.split_at_checked(at)?;
    let length = head.chars().count();
    // The first character may be any: 市中区, 路桥区, 旗山区.
    let no_name = head.chars().skip(1).any(|c| "路街巷号栋幢弄区县旗市村".contains(c));
    let name_like = length <= head_chars_max && head.chars().all(is_han) && (!no_name || head == "上街");
    name_like.then(|| (head, rest.strip_prefix(suffix).unwrap_or(rest)))
}

/// 黔南布依族苗族 → 黔南, 巴音郭楞蒙古 → 巴音郭楞.
fn without_peoples(name: &str) -> &str {
    let cut = PEOPLES.iter().filter_map(|people| name.find(people)).filter(|at| *at > 0).min();
    cut.and_then(|at| name.get(..at)).unwrap_or(name)
}

/// Sub-district or town; it stands in no field of its own and only helps where there is no road.
fn take_town(text: &str) -> (&str, &str) {
    for suffix in ["街道办事处", "街道", "镇", "乡"] {
        let Some(at) = text.find(suffix).filter(|at| *at > 0) else { continue };
        let Some((head, rest)) = text.split_at_checked(at) else { continue };
        let rest = rest.strip_prefix(suffix).unwrap_or(rest);
        // 镇海路, 乡村大道: the suffix is part of a road's name.
        let in_road = rest.starts_with(['海', '江', '路', '街', '村']) && suffix.chars().count() == 1;
        let name_like =
            head.chars().count() <= 8 && head.chars().all(is_han) && !head.contains(['号', '栋', '街', '巷']);
        if name_like && !in_road {
            return (head, rest);
        }
    }
    ("", text)
}

fn take_road<'a>(text: &'a str, address: &mut Address) -> &'a str {
    static ROAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let road =
            r"^(\D{1,14}?(?:大道|大街|马路|胡同|路|街|道|巷)(?:[东南西北中一二三四五六七八九十]+段|步行街|支路|辅路)?)";
        Regex::new(&format!(r"{road}|^(\D{{1,3}}\d{{1,3}}(?:路|街|道))|^(\D{{1,10}}?里)\d+(?:号|#)(?:[^楼]|$)")).ok()
    });
    let Some(found) = ROAD.as_ref().and_then(|regex| regex.captures(text)) else { return text };
    let road = found.get(1).or_else(|| found.get(2)).or_else(|| found.get(3)).map(|m| m.as_str()).unwrap_or_default();
    // 幸福小区门前路: what ends with the estate is no road's name.
    if ["小区", "公寓", "社区", "大厦"].iter().any(|estate| road.contains(estate)) {
        return text;
    }
    road.trim_matches('-').clone_into(&mut address.street);
    text.strip_prefix(road).unwrap_or(text)
}

fn take_number<'a>(text: &'a str, address: &mut Address) -> &'a str {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let digits = r"[甲乙丙丁]?(?:\d+|[〇零一二三四五六七八九十百]+)";
        Regex::new(&format!(r"^(?:({digits})弄)?({digits}(?:[-之附]\d+)*)?(号院|号|#)(附\d+号?)?")).ok()
    });
    if !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit()) && !address.street.is_empty() {
        text.clone_into(&mut address.number);
        return "";
    }
    let Some(found) = NUMBER.as_ref().and_then(|regex| regex.captures(text)) else {
        return take_lane(text, address);
    };
    let (whole, label) = (found.get(0).map_or("", |m| m.as_str()), found.get(3).map_or("", |m| m.as_str()));
    let rest = text.strip_prefix(whole).unwrap_or(text);
    let is_building = rest.starts_with(['楼', '栋', '幢', '座']) || (label == "#" && address.street.is_empty());
    if is_building || found.get(2).is_none() || rest.starts_with("单元") {
        return take_lane(text, address);
    }
    let parts = [found.get(1), found.get(2), found.get(4)];
    let number: Vec<String> = parts.iter().flatten().map(|m| digits_of(m.as_str())).collect();
    address.number = number.join("-");
    rest
}

/// 虹桥路100弄 without a number of its own.
fn take_lane<'a>(text: &'a str, address: &mut Address) -> &'a str {
    let Some((lane, rest)) = text.split_once('弄') else { return text };
    if lane.is_empty() || lane.len() > 5 || !lane.bytes().all(|b| b.is_ascii_digit()) {
        return text;
    }
    lane.clone_into(&mut address.number);
    rest
}

fn digits_of(text: &str) -> String {
    numerals_to_digits(text).replace(['之', '附'], "-").replace('号', "").trim_matches('-').to_owned()
}

fn take_community_and_unit(text: &str, town: &str, address: &mut Address) {
    static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let counted =
            r"(?:[a-z]?\d+[a-z]?|[a-z]{1,2}|[一二三四五六七八九十百]+)(?:号楼|号|#楼|#|栋|幢|座|单元|层|楼|室|房|区)";
        Regex::new(&format!(r"{counted}|(?:[a-z]?\d+|[a-z])(?:-[a-z]?\d+)+|[a-z]?\d{{1,5}}$|[a-z]\d{{2,5}}")).ok()
    });
    let start = UNIT.as_ref().and_then(|regex| regex.find(text)).map_or(text.len(), |found| found.start());
    let (community, unit) = text.split_at_checked(start).unwrap_or((text, ""));
    address.community = community_name(community, town, address);
    address.unit = unit_of(&numerals_to_digits(unit));
}

fn community_name(text: &str, town: &str, address: &Address) -> String {
    static PHASE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[一二三四五六七八九十]+(?:期|组|队)").ok());
    let name: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let name = match PHASE.as_ref() {
        Some(regex) => regex.replace_all(&name, |found: &regex::Captures| numerals_to_digits(&found[0])).into_owned(),
        None => name,
    };
    if address.street.is_empty() && !town.is_empty() { format!("{town}{name}") } else { name }
}

/// Building, unit and room joined by `-`. The floor is left out where the room tells it: 12层1201室.
fn unit_of(text: &str) -> String {
    static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"([a-z0-9]+)(号楼|单元|层|楼|f\b)?").ok());
    let Some(regex) = TOKEN.as_ref() else { return String::new() };
    let mut tokens: Vec<(&str, bool)> = Vec::new();
    for found in regex.captures_iter(text).take(6) {
        let token = found.get(1).map_or("", |m| m.as_str());
        let is_floor = matches!(found.get(2).map(|m| m.as_str()), Some("层" | "楼" | "f"));
        tokens.push((token, is_floor));
    }
    let told_by_room = |index: usize, floor: &str| {
        tokens.get(index + 1).is_some_and(|(room, _)| room.len() > 2 && room.starts_with(floor))
    };
    let kept = tokens.iter().enumerate().filter(|(i, (token, is_floor))| !(*is_floor && told_by_room(*i, token)));
    let parts: Vec<&str> =
        kept.map(|(_, (token, _))| token.trim_start_matches('0')).filter(|t| !t.is_empty()).collect();
    parts.join("-")
}

/// All parts in one line without punctuation; the folded text where nothing was recognised.
fn line_of(address: &Address, town: &str, folded: &str) -> String {
    let region = if address.region == address.city { "" } else { address.region.as_str() };
    let town = if address.street.is_empty() { "" } else { town };
    let parts = [
        region,
        &address.city,
        &address.district,
        town,
        &address.street,
        &address.number,
        &address.community,
        &address.unit,
    ];
    let line: String = parts.concat().chars().filter(|c| c.is_alphanumeric()).collect();
    if line.is_empty() { folded.chars().filter(|c| c.is_alphanumeric()).collect() } else { line }
}
