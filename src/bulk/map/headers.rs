//! What headers say: synonyms, alone or behind a word that says whose or which.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::aside::{self, Aside};
use super::synonyms::{QUALIFIERS, SYNONYMS};
use crate::domain::record::{AttributeKind, Part};
use crate::domain::text::han::to_simplified;
use crate::domain::text::script::Script;
use crate::domain::text::{latin, width};

/// What a header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Identifies a row.
    RecordId,
    /// The channel or system it came from.
    Source,
    /// When it was last confirmed.
    ObservedTime,
    /// Who looks after the customer.
    Owner,
    /// An attribute; a document also says of which format, an account of which network.
    Attribute(AttributeKind, Part, &'static str),
    /// No evidence of who the customer is.
    Aside(Aside),
}

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it means.
    pub meaning: Meaning,
    /// What stands before or behind the synonym (`home`, `2`); empty where the header is the synonym.
    pub qualifier: String,
}

/// Reads a header; nothing where it says nothing.
pub fn read(header: &str) -> Option<Said> {
    let (plain, bracket) = without_bracket(header);
    // 电话（紧急联系人）: what stands in brackets says whose.
    if let Some(found) = aside::read(bracket).filter(|found| matches!(found, Aside::SomebodyElse | Aside::Shop)) {
        return Some(Said { meaning: Meaning::Aside(found), qualifier: String::new() });
    }
    // State/Province, 姓名 Name: one of the pieces is enough, unless another says somebody else.
    let pieces = plain.split(['/', '／', '|', '\n']).filter(|piece| !piece.trim().is_empty());
    let whole = read_one(plain);
    whole
        .or_else(|| pieces.filter_map(read_one).next())
        .or_else(|| by_script(plain).into_iter().find_map(|t| read_one(&t)))
}

fn read_one(header: &str) -> Option<Said> {
    let key = key(header);
    let (plain, number) = match key.trim_end_matches(|c: char| c.is_ascii_digit()) {
        stem if exact(&key).is_some() => (key.as_str(), stem.len()..stem.len()),
        stem => (stem, stem.len()..key.len()),
    };
    let number = key.get(number).unwrap_or_default();
    if let Some(meaning) = exact(plain) {
        return Some(Said { meaning, qualifier: number.to_owned() });
    }
    let aside = aside::read(header).map(|found| Said { meaning: Meaning::Aside(found), qualifier: String::new() });
    if let Some(Said { meaning: Meaning::Aside(Aside::SomebodyElse | Aside::Shop), .. }) = aside {
        return aside;
    }
    let behind = |(start, word): &(String, &'static str)| {
        // The number belongs to billing_address_1, and tells home_phone_1 from others.
        let whole = key.strip_prefix(start.as_str()).filter(|rest| exact(rest).is_some());
        Some(match whole {
            Some(rest) => (rest, *word, ""),
            None => (plain.strip_prefix(start.as_str())?, *word, number),
        })
    };
    let qualified = STARTS.iter().filter_map(behind).find_map(|(rest, word, number)| {
        let meaning = exact(rest).filter(|meaning| matches!(meaning, Meaning::Attribute(..)))?;
        // The primary one is the one that needs no label.
        let parts = [if word == "primary" { "" } else { word }, number];
        Some(Said {
            meaning,
            qualifier: parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("_"),
        })
    });
    // 客户联系方式 ends as 支付方式 does.
    qualified.or(aside)
}

/// Whether a column numbers or names things one by one, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identifies {
    /// 订单编号, crm_id, OrderNo.
    Clearly,
    /// 车牌号, promo_code: a number of something, of the row or not.
    Perhaps,
}

/// Reads whether a header says that the column identifies things.
pub fn identifies(header: &str) -> Option<Identifies> {
    const CLEARLY: &str = "编号 编码 单号 流水号 工号 账号 帐号 卡号 会员号 客户号 用户号 病历号 门诊号 住院号 番号 번호 아이디 id no nr num number uuid guid \
                           reference nummer numéro número login username 用户名 登录名 会员名";
    const PERHAPS: &str = "号 号码 代码 コード 코드 key code ref sn";
    let words = Words::of(without_bracket(header).0);
    let ends = |list: &str| list.split_whitespace().any(|end| words.ends_with(&key(end)));
    if ends(CLEARLY) || words.starts_with("id") {
        Some(Identifies::Clearly)
    } else {
        ends(PERHAPS).then_some(Identifies::Perhaps)
    }
}

/// Whether a header may mean the whole name or one part of it, as the columns beside it show: Name, Nom, Nombre, Nome.
pub fn is_part_of_name_or_all(header: &str) -> bool {
    matches!(key(header).as_str(), "name" | "nom" | "nombre" | "nome" | "이름" | "名前")
}

/// Whether a header says the contact of a customer: of a company its own, of a person somebody else. Given with whether the
/// header says that contact's name.
pub fn contact(header: &str) -> Option<bool> {
    let key = key(header);
    let is_name = matches!(key.as_str(), "联系人" | "联系人姓名");
    key.starts_with("联系人").then_some(is_name)
}

/// Whether a header says a card without saying whose.
pub fn is_any_card(header: &str) -> bool {
    matches!(key(header).as_str(), "卡号" | "cardnumber")
}

fn exact(key: &str) -> Option<Meaning> {
    MEANINGS.get(key).copied()
}

static MEANINGS: LazyLock<FxHashMap<String, Meaning>> = LazyLock::new(|| {
    let names = SYNONYMS.iter().flat_map(|(meaning, names)| names.split_whitespace().map(move |name| (name, *meaning)));
    names.map(|(name, meaning)| (key(name), meaning)).collect()
});

/// The qualifiers as keys, and as they become labels.
static STARTS: LazyLock<Vec<(String, &'static str)>> =
    LazyLock::new(|| QUALIFIERS.iter().map(|word| (key(word), *word)).collect());

/// A header and what stands in brackets behind it: `手機號 (必填)` is `手機號 `.
fn without_bracket(header: &str) -> (&str, &str) {
    let open = header.find(['(', '（', '[', '【']).filter(|position| *position > 0).unwrap_or(header.len());
    header.split_at_checked(open).unwrap_or((header, ""))
}

/// A header in simplified Chinese and lower case, without accents and separators: `手機 號` is `手机号`.
pub fn key(header: &str) -> String {
    latin::fold(&to_simplified(&width::to_halfwidth(header))).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The Latin letters of a header of two scripts, and the others: `姓名 Name`.
fn by_script(header: &str) -> Vec<String> {
    let is_latin = |c: char| Script::of(c) == Some(Script::Latin) || matches!(c, ' ' | '_' | '-' | '.');
    let (latin, other): (String, String) = header.chars().partition(|c| is_latin(*c));
    if key(&latin).is_empty() || key(&other).is_empty() { Vec::new() } else { vec![other, latin] }
}

/// A header's key with the places where its words begin.
pub struct Words {
    /// As [`key`] makes it.
    pub key: String,
    starts: Vec<usize>,
}

impl Words {
    /// Takes a header apart at separators, before capitals and between scripts.
    pub fn of(header: &str) -> Self {
        let (mut parts, mut previous): (Vec<String>, Option<char>) = (Vec::new(), None);
        for c in header.chars() {
            let starts = previous.is_none_or(|previous| {
                !previous.is_alphanumeric()
                    || previous.is_lowercase() && c.is_uppercase()
                    || previous.is_ascii_digit() != c.is_ascii_digit()
                    || previous.is_ascii() != c.is_ascii() && (is_wordless(previous) || is_wordless(c))
            });
            match parts.last_mut().filter(|_| !starts) {
                Some(part) => part.push(c),
                None => parts.push(c.to_string()),
            }
            previous = Some(c);
        }
        let mut words = Self { key: String::new(), starts: Vec::new() };
        for part in parts {
            words.starts.push(words.key.len());
            words.key.push_str(&key(&part));
        }
        words.starts.push(words.key.len());
        words
    }

    /// Whether a phrase stands anywhere; one of Latin letters between the borders of words.
    pub fn has(&self, phrase: &str) -> bool {
        self.key.match_indices(phrase).any(|(at, _)| self.is_bordered(phrase, at, at + phrase.len()))
    }

    /// The same at the end, behind which a number may stand.
    pub fn ends_with(&self, phrase: &str) -> bool {
        let end = self.key.trim_end_matches(|c: char| c.is_ascii_digit());
        let at = end.len().checked_sub(phrase.len()).filter(|_| end.ends_with(phrase));
        at.is_some_and(|at| self.is_bordered(phrase, at, end.len()))
    }

    /// The same at the beginning.
    pub fn starts_with(&self, phrase: &str) -> bool {
        self.key.starts_with(phrase) && self.is_bordered(phrase, 0, phrase.len())
    }

    fn is_bordered(&self, phrase: &str, from: usize, to: usize) -> bool {
        phrase.is_empty() || phrase.chars().all(is_wordless) || self.starts.contains(&from) && self.starts.contains(&to)
    }
}

/// Characters of scripts that put no blanks between words.
fn is_wordless(c: char) -> bool {
    matches!(Script::of(c), Some(Script::Han | Script::Kana | Script::Hangul))
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::OF_THE_CUSTOMER;
    use super::*;
    use AttributeKind as K;
    use Meaning::{Attribute, ObservedTime, RecordId};

    #[test]
    fn headers_in_many_languages_are_understood() {
        for (header, meaning, qualifier) in [
            ("手机号", Attribute(K::Phone, Part::Full, ""), ""),
            (" 手机号（必填）", Attribute(K::Phone, Part::Full, ""), ""),
            ("Phone 2", Attribute(K::Phone, Part::Full, ""), "2"),
            ("HOME_PHONE_NUMBER", Attribute(K::Phone, Part::Full, ""), "home"),
            ("PRIMARY_NAME_LAST", Attribute(K::PersonName, Part::Family, ""), ""),
            ("address_1", Attribute(K::Address, Part::Street, ""), ""),
            ("统一社会信用代码", Attribute(K::IdDocument, Part::Full, "cn.uscc"), ""),
            ("電話號碼", Attribute(K::Phone, Part::Full, ""), ""),
            ("备用手机", Attribute(K::Phone, Part::Full, ""), "备用"),
            ("updated_at", ObservedTime, ""),
            ("客户编号", RecordId, ""),
            ("姓名/Name", Attribute(K::PersonName, Part::Full, ""), ""),
            ("Tel 电话", Attribute(K::Phone, Part::Full, ""), ""),
            ("Mailing State/Province", Attribute(K::Address, Part::Region, ""), "mailing"),
            ("ＦＡＭＩＬＹ　ＮＡＭＥ", Attribute(K::PersonName, Part::Family, ""), ""),
        ] {
            assert_eq!(read(header), Some(Said { meaning, qualifier: qualifier.to_owned() }), "{header}");
        }
        for header in ["", "x", "[1]", "home_id", "col", "备用"] {
            assert_eq!(read(header), None, "{header}");
        }
    }

    #[test]
    fn words_stand_between_borders() {
        for (header, wanted) in [
            ("EmergencyContactPhone", Some(Aside::SomebodyElse)),
            ("Parent Name", Some(Aside::SomebodyElse)),
            ("apparent", None),
            ("storefront_x", None),
            ("总金额", Some(Aside::Amount)),
            ("last_visit_date", Some(Aside::Moment)),
            ("update", None),
            ("Nächstes Geburtsdatum", None),
            ("手机号（紧急联系人）", Some(Aside::SomebodyElse)),
        ] {
            let found = match read(header).map(|said| said.meaning) {
                Some(Meaning::Aside(found)) => Some(found),
                _ => None,
            };
            assert_eq!(found, wanted, "{header}");
        }
        for header in ["CRM_ID", "orderNo", "订单号", "ID Kunde"] {
            assert_eq!(identifies(header), Some(Identifies::Clearly), "{header}");
        }
        assert_eq!(identifies("车牌号"), Some(Identifies::Perhaps));
        assert!(["paid", "piano", "status"].into_iter().all(|header| identifies(header).is_none()));
    }

    #[test]
    fn no_synonym_is_empty_or_means_two_things() {
        let mut seen: FxHashMap<String, Meaning> = FxHashMap::default();
        for (meaning, names) in SYNONYMS {
            for name in names.split_whitespace() {
                assert!(!key(name).is_empty(), "{name}");
                let before = seen.insert(key(name), *meaning);
                assert!(before.is_none_or(|before| before == *meaning), "{name}: {before:?} and {meaning:?}");
            }
        }
        assert!(OF_THE_CUSTOMER.iter().all(|word| QUALIFIERS.contains(word)));
    }
}
