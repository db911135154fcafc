//! The country that a file is from, where its headers or values say so clearly; Han characters alone are China's, Japan's or
//! Taiwan's.

use super::super::reader::Table;
use super::headers::{Meaning, key, read};
use crate::domain::record::AttributeKind;
use crate::domain::text::han::is_han;
use crate::domain::text::script::Script;

/// Values of a column that are looked at.
const VALUES_MAX: usize = 500;
/// Of a hundred values of a column, those in kana or Hangul that make it Japanese or Korean: a nickname or two do not.
const SCRIPT_PERCENT_MIN: usize = 20;
/// Of a hundred values, those that must be of one country's shape.
const SHAPE_PERCENT_MIN: usize = 60;

/// The country of a file (ISO 3166-1 alpha-2); nothing where it is not clear.
pub fn of(table: &Table) -> Option<&'static str> {
    let keys: Vec<String> = table.header.iter().map(|header| key(header)).collect();
    if is_of_script(table, Script::Hangul) {
        return Some("KR");
    }
    if is_of_script(table, Script::Kana) || has_japanese_headers(&keys) {
        return Some("JP");
    }
    if is_taiwanese(table) {
        return Some("TW");
    }
    if count(&keys, GERMAN) >= 2 {
        // Austria and Switzerland have postal codes of four digits.
        let elsewhere =
            any_phones(table, |digits| ["+43", "+41", "0043", "0041"].iter().any(|prefix| digits.starts_with(prefix)));
        let codes = postal_codes(table);
        return (!elsewhere && codes.is_none_or(|is_five| is_five)).then_some("DE");
    }
    // French is written in Belgium, Switzerland and Canada, too: only postal codes tell; Spanish in twenty countries.
    if count(&keys, FRENCH) >= 2 && postal_codes(table) == Some(true) {
        return Some("FR");
    }
    let is_spanish = |digits: &str| {
        let national = digits.trim_start_matches("+34");
        national.len() == 9 && national.starts_with(['6', '7'])
    };
    (count(&keys, SPANISH) >= 2 && any_phones(table, is_spanish)).then_some("ES")
}

const GERMAN: &str = "Vorname Nachname Straße PLZ Postleitzahl Geburtsdatum Geschlecht Handy Hausnummer Anrede Wohnort Ort Firma Telefonnummer";
const FRENCH: &str =
    "Prénom Nom Nom_de_famille Ville Code_postal Date_de_naissance Civilité Sexe Courriel Raison_sociale Pays";
const SPANISH: &str = "Nombre Apellidos Apellido Teléfono Dirección Código_postal Ciudad Fecha_de_nacimiento Correo_electrónico Provincia";

fn count(keys: &[String], words: &str) -> usize {
    words.split_whitespace().filter(|word| keys.contains(&key(word))).count()
}

/// A header in a script, or a column whose values are often in it.
fn is_of_script(table: &Table, script: Script) -> bool {
    // の and the long-vowel mark are fashion in Chinese nicknames.
    let has = |text: &str| text.chars().any(|c| !matches!(c, 'の' | 'ー' | '・') && Script::of(c) == Some(script));
    table.header.iter().any(|header| has(header))
        || (0..table.header.len()).any(|index| share(table, index, has) >= SCRIPT_PERCENT_MIN)
}

/// 番号 is written in Japan only; 氏名 or 住所 alone may be old-fashioned Chinese.
fn has_japanese_headers(keys: &[String]) -> bool {
    const SURE: [&str; 4] = ["番号", "会社名", "都道府", "携帯"];
    keys.iter().any(|header| SURE.iter().any(|word| header.contains(&key(word))))
        || count(keys, "氏名 住所 生年月日 勤務先") >= 2
}

/// Words that only Taiwan writes, or its mobile numbers beside Han characters.
fn is_taiwanese(table: &Table) -> bool {
    const WORDS: [&str; 8] = ["身分證", "身份證字號", "統一編號", "統編", "行動電話", "郵遞區號", "鄉鎮", "手機載具"];
    let named = table.header.iter().any(|header| WORDS.iter().any(|word| header.contains(word)));
    let han = || {
        table.header.iter().chain(table.rows.iter().take(20).flat_map(|row| &row.fields)).any(|t| t.chars().any(is_han))
    };
    let is_mobile = |digits: &str| digits.len() == 10 && digits.starts_with("09");
    named || any_phones(table, is_mobile) && han()
}

/// Whether most numbers of a column are of a shape; they come without blanks and dashes.
fn any_phones(table: &Table, fits: impl Fn(&str) -> bool) -> bool {
    let bare = |text: &str| {
        let is_number =
            text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '/' | '.'));
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        is_number && fits(&digits)
    };
    (0..table.header.len()).any(|index| share(table, index, bare) >= SHAPE_PERCENT_MIN)
}

/// Whether the postal codes are of five digits; nothing without a column of them.
fn postal_codes(table: &Table) -> Option<bool> {
    let index = table.header.iter().position(|header| {
        matches!(read(header).map(|said| said.meaning), Some(Meaning::Attribute(AttributeKind::PostalCode, ..)))
    })?;
    // A spreadsheet drops leading zeros, of a code here and there.
    let is_five = |text: &str| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    Some(share(table, index, is_five) >= SHAPE_PERCENT_MIN)
}

/// Of a hundred filled values of a column, those that fit.
fn share(table: &Table, index: usize, fits: impl Fn(&str) -> bool) -> usize {
    let values = table.rows.iter().filter_map(|row| row.fields.get(index)).map(|value| value.trim());
    let (mut seen, mut fitting) = (0, 0);
    for value in values.filter(|value| !value.is_empty()).take(VALUES_MAX) {
        seen += 1;
        fitting += usize::from(fits(value));
    }
    (fitting * 100).checked_div(seen).unwrap_or(0)
}
