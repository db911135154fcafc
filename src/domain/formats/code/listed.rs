//! 标准代码表, codes that are valid because a standard lists them: ISO 3166-1, ISO 4217, ISO 639-1, ISO 15924.
//!
//! Structure: 2 or 3 letters or 3 digits (countries), 3 letters (currencies), 2 letters (languages), 4 letters
//! (scripts). The tables stand in the `.dat` files beside, each with its source. Codes that a standard leaves to its
//! users are suspect; the case of letters is not looked at, but unified. Examples: CN, CHN, 156, CNY, zh, Hans.

use std::sync::LazyLock;

use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, shape};

/// 国家代码（两位字母）.
pub const COUNTRY_2: Declared = Declared {
    code: "code.iso3166_a2",
    name_zh: "国家和地区代码（两位字母）",
    name_en: "Country code of two letters",
    source: "ISO 3166-1",
    example: "CN",
    check_digit: false,
    check: |input| check(input, &COUNTRIES, COUNTRY_COLUMNS, 0, str::to_ascii_uppercase, is_user_country_2),
};

/// 国家代码（三位字母）.
pub const COUNTRY_3: Declared = Declared {
    code: "code.iso3166_a3",
    name_zh: "国家和地区代码（三位字母）",
    name_en: "Country code of three letters",
    source: "ISO 3166-1",
    example: "CHN",
    check_digit: false,
    check: |input| check(input, &COUNTRIES, COUNTRY_COLUMNS, 1, str::to_ascii_uppercase, is_user_country_3),
};

/// 国家代码（三位数字）.
pub const COUNTRY_NUMBER: Declared = Declared {
    code: "code.iso3166_num",
    name_zh: "国家和地区代码（三位数字）",
    name_en: "Country code of three digits",
    source: "ISO 3166-1",
    example: "156",
    check_digit: false,
    check: |input| {
        check(input, &COUNTRIES, COUNTRY_COLUMNS, 2, str::to_owned, |code| code.starts_with('9') && code.len() == 3)
    },
};

/// 货币代码.
pub const CURRENCY: Declared = Declared {
    code: "code.iso4217",
    name_zh: "货币代码",
    name_en: "Currency code",
    source: "ISO 4217",
    example: "CNY",
    check_digit: false,
    check: |input| check(input, &CURRENCIES, &["alphabetic", "numeric"], 0, str::to_ascii_uppercase, |_| false),
};

/// 语言代码（两位字母）.
pub const LANGUAGE: Declared = Declared {
    code: "code.iso6391",
    name_zh: "语言代码（两位字母）",
    name_en: "Language code of two letters",
    source: "ISO 639-1",
    example: "zh",
    check_digit: false,
    check: |input| check(input, &LANGUAGES, &["iso639_1", "iso639_3"], 0, str::to_ascii_lowercase, |_| false),
};

/// 文字代码.
pub const SCRIPT: Declared = Declared {
    code: "code.iso15924",
    name_zh: "文字代码",
    name_en: "Script code",
    source: "ISO 15924",
    example: "Hans",
    check_digit: false,
    check: |input| {
        check(input, &SCRIPTS, &["script"], 0, title_case, |code| ("Qaaa"..="Qabx").contains(&code) && code.len() == 4)
    },
};

/// What the columns of the countries say.
const COUNTRY_COLUMNS: &[&str] = &["alpha_2", "alpha_3", "numeric"];

/// Rows of a table.
type Rows = Vec<Vec<&'static str>>;

static COUNTRIES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("countries.dat")));
static CURRENCIES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("currencies.dat")));
static LANGUAGES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("languages.dat")));
static SCRIPTS: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("scripts.dat")));

fn rows(text: &'static str) -> Rows {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect()).collect()
}

fn check(
    input: &str,
    table: &Rows,
    columns: &[&'static str],
    column: usize,
    unify: impl Fn(&str) -> String,
    is_users: impl Fn(&str) -> bool,
) -> Checked {
    let text = input.trim();
    let code = unify(text);
    let mut checked = match table.iter().find(|row| row.get(column) == Some(&code.as_str())) {
        Some(row) => {
            let mut checked = Checked::valid(code.as_str());
            for (place, (name, value)) in columns.iter().zip(row).enumerate() {
                if place != column {
                    checked.fact(name, *value);
                }
            }
            checked
        }
        None if is_users(&code) => {
            let finding = Finding::with_detail(Defect::UnknownComponent, "留给用户自定义", "left to users to define");
            return Checked::suspect(code, finding);
        }
        None if code.is_empty() => return shape::wrong_length(code, "2+"),
        None => return shape::wrong_component(code, "代码表中没有", "not in the list"),
    };
    if checked.normal != text {
        checked.act(Action::CaseFolded);
    }
    if text.len() != input.len() {
        checked.act(Action::SpacesNormalized);
    }
    checked
}

/// AA, QM–QZ, XA–XZ, ZZ.
fn is_user_country_2(code: &str) -> bool {
    code.len() == 2 && (["AA", "ZZ"].contains(&code) || ("QM"..="QZ").contains(&code) || ("XA"..="XZ").contains(&code))
}

/// AAA–AAZ, QMA–QZZ, XAA–XZZ, ZZA–ZZZ.
fn is_user_country_3(code: &str) -> bool {
    let letters = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    letters && is_user_country_2(code.get(..2).unwrap_or_default())
}

/// The first letter as a capital, the rest small.
pub fn title_case(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut chars = lower.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
