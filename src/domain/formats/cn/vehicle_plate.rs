//! 机动车号牌, number plate of a motor vehicle of mainland China.
//!
//! Structure: 1 character of the province, 1 letter of the issuing office, then 5 digits or letters without I and O; the
//! last may be 学 (learner), 警 (police), 挂 (trailer), 港 or 澳 (cross-border), 领 (consulate), 超 or 应急. New energy has
//! 6: small cars a letter A–H, J, K first (D and F since 2016), large ones D or F last. Embassy: 使 + 6 digits. Consulate
//! in the older form: province, 5 digits, 领. Armed police: WJ, a province, 5. Army: 2 letters, 5. No check digit.
//! Standard: GA 36-2018. Examples (invented): 京A12305, 粤BD12305, 京A1234警.

use super::{compact, is_masked};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;

/// 机动车号牌.
pub const FORMAT: Declared = Declared {
    code: "cn.vehicle_plate",
    name_zh: "机动车号牌",
    name_en: "Chinese vehicle number plate",
    source: "GA 36-2018",
    example: "京A12305",
    check_digit: false,
    check,
};

/// The character of each province on plates, and the province.
const PROVINCES: &[(char, &str)] = &[
    ('京', "北京"),
    ('津', "天津"),
    ('沪', "上海"),
    ('渝', "重庆"),
    ('冀', "河北"),
    ('豫', "河南"),
    ('云', "云南"),
    ('辽', "辽宁"),
    ('黑', "黑龙江"),
    ('湘', "湖南"),
    ('皖', "安徽"),
    ('鲁', "山东"),
    ('新', "新疆"),
    ('苏', "江苏"),
    ('浙', "浙江"),
    ('赣', "江西"),
    ('鄂', "湖北"),
    ('桂', "广西"),
    ('甘', "甘肃"),
    ('晋', "山西"),
    ('蒙', "内蒙古"),
    ('陕', "陕西"),
    ('吉', "吉林"),
    ('闽', "福建"),
    ('贵', "贵州"),
    ('粤', "广东"),
    ('青', "青海"),
    ('藏', "西藏"),
    ('川', "四川"),
    ('宁', "宁夏"),
    ('琼', "海南"),
];

fn check(input: &str) -> Checked {
    let text = compact(input);
    let hidden = text.contains("••") || text.contains("··");
    let text: String = text.chars().filter(|c| hidden || !"·•‧・･.．∙⋅".contains(*c)).collect();
    if is_masked(&text) || hidden {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['W', 'J', rest @ ..] => armed_police(&text, rest),
        ['使', digits @ ..] if is_number(digits, 6) => of_kind(&text, "embassy"),
        [digits @ .., '使'] if is_number(digits, 6) => of_kind(&text, "embassy"),
        [province, digits @ .., '领'] if is_number(digits, 5) => with_province(&text, *province, "consulate"),
        [province, letter, serial @ ..] if letter.is_ascii_uppercase() && province_name(*province).is_some() => {
            judge(&text, *province, *letter, serial)
        }
        [first, second, serial @ ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => {
            army(&text, *first, serial)
        }
        [first, letter, digits @ ..] if is_old_army(*first, *letter) && is_number(digits, 5) => {
            let mut checked = of_kind(&text, "military");
            checked.note(Finding::with_detail(Defect::Historic, "2013 年以前的军车号牌", "army plate of before 2013"));
            checked
        }
        _ => wrong(text, "不是号牌的格式", "not a shape of number plates"),
    }
}

/// Judges what follows province and letter.
fn judge(text: &str, province: char, letter: char, serial: &[char]) -> Checked {
    let (kind, body) = match serial {
        [body @ .., '应', '急'] => ("emergency", body),
        [body @ .., last] => match suffix_kind(*last) {
            Some(kind) => (kind, body),
            None => ("", serial),
        },
        [] => ("", serial),
    };
    if !body.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return Checked::invalid(text, Finding::of(Defect::Alphabet));
    }
    let expected = if kind.is_empty() { "5/6" } else { "4" };
    let length_fits = if kind.is_empty() { matches!(body.len(), 5 | 6) } else { body.len() == 4 };
    if !length_fits {
        let zh = format!("发牌机关代号后应为 {expected} 位");
        let en = format!("{expected} characters after the letter of the office");
        return Checked::invalid(text, Finding::with_detail(Defect::Length, zh, en));
    }
    if letter == 'I' || body.iter().any(|c| matches!(c, 'I' | 'O')) {
        return wrong_letter(text);
    }
    match (kind, body.len()) {
        ("", 6) => new_energy(text, province, body),
        ("", _) => ordinary(text, province, letter, body),
        ("cross_border", _) => cross_border(text, province, letter),
        (kind, _) => with_province(text, province, kind),
    }
}

fn ordinary(text: &str, province: char, letter: char, serial: &[char]) -> Checked {
    let mut checked = with_province(text, province, "ordinary");
    if letter == 'O' {
        let (zh, en) = ("O 牌已停发", "plates with O are no longer issued");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Historic, zh, en));
    }
    if serial.iter().filter(|c| c.is_ascii_uppercase()).count() > 3 {
        let (zh, en) = ("序号中字母过多", "too many letters in the serial number");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::UnknownComponent, zh, en));
    }
    checked
}

fn new_energy(text: &str, province: char, serial: &[char]) -> Checked {
    // D, A, B, C, E: electric; F, G, H, J, K: other new energy.
    let energy = |letter: char| match letter {
        'A'..='E' => Some("electric"),
        'F' | 'G' | 'H' | 'J' | 'K' => Some("hybrid"),
        _ => None,
    };
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let (size, energy) = match serial {
        [letter, _, rest @ ..] if energy(*letter).is_some() && digits(rest) => ("small", energy(*letter)),
        [front @ .., letter] if energy(*letter).is_some() && digits(front) => ("large", energy(*letter)),
        _ => return wrong(text.to_owned(), "不是新能源号牌的序号", "not a serial number of new energy plates"),
    };
    let mut checked = with_province(text, province, "new_energy");
    checked.fact("vehicle_size", size);
    checked.fact("energy", energy.unwrap_or_default());
    if size == "large" && !text.ends_with(['D', 'F']) {
        let (zh, en) = ("大型车末位应为 D 或 F", "large vehicles have D or F last");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::UnknownComponent, zh, en));
    }
    checked
}

fn cross_border(text: &str, province: char, letter: char) -> Checked {
    let mut checked = with_province(text, province, "cross_border");
    if (province, letter) != ('粤', 'Z') {
        let (zh, en) = ("港澳入出境车为粤Z", "cross-border plates begin with 粤Z");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::UnknownComponent, zh, en));
    }
    checked
}

/// WJ京12305, WJ京1230X, and before 2013 WJ and seven digits.
fn armed_police(text: &str, rest: &[char]) -> Checked {
    let serial = match rest {
        [province, serial @ ..] if province_name(*province).is_some() => serial,
        digits if is_number(digits, 7) => {
            let mut checked = of_kind(text, "armed_police");
            checked.note(Finding::with_detail(Defect::Historic, "2013 年以前的武警号牌", "plate of before 2013"));
            return checked;
        }
        serial => serial,
    };
    let (digits, last) = serial.split_at(serial.len().saturating_sub(1));
    if is_number(digits, 4) && last.iter().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return of_kind(text, "armed_police");
    }
    wrong(text.to_owned(), "武警号牌应为 WJ、省份和 5 位序号", "armed police: WJ, province, 5 characters")
}

/// Since 2013: 2 letters and 5 digits.
fn army(text: &str, service: char, serial: &[char]) -> Checked {
    if !is_number(serial, 5) {
        return wrong(text.to_owned(), "不是号牌的格式", "not a shape of number plates");
    }
    let mut checked = of_kind(text, "military");
    if !"VKHBSLJNGCETZYPRF".contains(service) {
        let finding = Finding::with_detail(Defect::UnknownComponent, "未知的军种字母", "unknown letter of the service");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

fn is_old_army(service: char, letter: char) -> bool {
    "军海空北沈兰济南广成".contains(service) && letter.is_ascii_uppercase()
}

fn suffix_kind(suffix: char) -> Option<&'static str> {
    Some(match suffix {
        '学' => "learner",
        '警' => "police",
        '挂' => "trailer",
        '港' | '澳' => "cross_border",
        '领' => "consulate",
        '使' => "embassy",
        '超' => "oversized",
        '试' => "trial",
        _ => return None,
    })
}

fn province_name(character: char) -> Option<&'static str> {
    PROVINCES.iter().find(|(own, _)| *own == character).map(|(_, name)| *name)
}

fn is_number(chars: &[char], length: usize) -> bool {
    chars.len() == length && chars.iter().all(char::is_ascii_digit)
}

fn of_kind(text: &str, kind: &'static str) -> Checked {
    let mut checked = Checked::valid(text);
    checked.fact("plate_kind", kind);
    checked
}

fn with_province(text: &str, province: char, kind: &'static str) -> Checked {
    let Some(name) = province_name(province) else {
        return wrong(text.to_owned(), "没有这个省份简称", "no such province");
    };
    let mut checked = of_kind(text, kind);
    checked.fact("province", name);
    checked
}

fn wrong(text: String, zh: &'static str, en: &'static str) -> Checked {
    Checked::invalid(text, Finding::with_detail(Defect::Format, zh, en))
}

/// I and O are not used: the digits that they resemble give a suggestion.
fn wrong_letter(text: &str) -> Checked {
    let proposal: String = text.chars().map(|c| if c == 'I' { '1' } else { c }).collect::<String>().replace('O', "0");
    let finding = Finding::with_detail(Defect::Alphabet, "不使用 I 和 O", "I and O are not used");
    let fits = check(&proposal).validity == Validity::Valid;
    let (zh, en) = ("字母疑为形近数字", "letters look like digits");
    Checked::invalid(text, if fits { finding.suggest(proposal, zh, en) } else { finding })
}
