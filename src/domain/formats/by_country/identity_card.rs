//! 各国身份证件号, identity card and personal numbers by country.
//!
//! Structure: that of the national format, or the table's shape where there is none. Iran's number (10 digits) has a
//! check digit: Σ digit · (10 … 2) mod 11 = r; the last digit is r below 2 and 11 − r otherwise.
//! Source: the registers named by the national formats (from memory, 2026-11-22). Examples: 0012345679 (IR), 935000124V (LK).

use std::sync::LazyLock;

use super::{Row, Table, best_of, compile, fitting, holds};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{part, shape};

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));

/// National formats by country.
pub const FORMATS: &[Row] = &[
    ("AR", "ar.dni"),
    ("BE", "be.nn be.bis be.eid"),
    ("BG", "bg.egn bg.pnf"),
    ("BR", "br.cpf"),
    ("CL", "cl.rut"),
    ("CN", "cn.resident_id"),
    ("CR", "cr.cpf cr.cr"),
    ("CU", "cu.ni"),
    ("CZ", "cz.rc"),
    ("DK", "dk.cpr"),
    ("DO", "do.cedula"),
    ("EC", "ec.ci"),
    ("EE", "ee.ik"),
    ("EG", "eg.tn"),
    ("ES", "es.dni es.nie"),
    ("FI", "fi.hetu"),
    ("HK", "hk.id"),
    ("HR", "hr.oib"),
    ("ID", "id.nik"),
    ("IL", "il.idnr"),
    ("IN", "in.aadhaar"),
    ("IS", "is.kennitala"),
    ("KR", "kr.rrn"),
    ("LT", "lt.asmens"),
    ("MU", "mu.nid"),
    ("MX", "mx.curp"),
    ("MY", "my.nric"),
    ("NL", "nl.identiteitskaartnummer nl.bsn"),
    ("NO", "no.fodselsnummer"),
    ("PE", "pe.cui"),
    ("PK", "pk.cnic"),
    ("PL", "pl.pesel"),
    ("PT", "pt.cc"),
    ("RO", "ro.cnp"),
    ("SE", "se.personnummer"),
    ("SI", "si.emso"),
    ("SK", "cz.rc"),
    ("TH", "th.pin"),
    ("TR", "tr.tckimlik"),
    ("TW", "tw.id tw.arc"),
    ("US", "us.ssn"),
    ("ZA", "za.idnr"),
];

/// Shapes where no national format exists.
pub const ROWS: &[Row] = &[
    ("IR", "#{10}"),
    ("IT", "[AC]@#{5}@{2}|@{2}#{7}"),
    ("LK", "[1-9]#{8}[VX]|[12]#{11}"),
    ("LY", "[12]#{11}"),
    ("SG", "[STFGM]#{7}@"),
    ("TN", "#{8}"),
    ("VN", "0#{11}|#{9}"),
];

/// Judges the number of an identity card. Without a country every one is tried: a check digit that holds proves it.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    if country.is_empty() {
        return anywhere(input);
    }
    match FORMATS.iter().find(|(listed, _)| *listed == country) {
        Some((_, codes)) => best_of(codes, input),
        None => by_shape(country, &shape::compact(input, "")),
    }
}

fn by_shape(country: &str, text: &str) -> Option<Checked> {
    let mut checked = TABLE.get(country)?.judge(text);
    if country == "IR" && checked.validity != Validity::Invalid && !iranian_check_holds(&checked.normal) {
        checked.worsen(Validity::Invalid, Finding::of(Defect::Checksum));
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if holds(&checked) && digits.bytes().all(|b| b == b'0') {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    Some(checked)
}

fn iranian_check_holds(digits: &str) -> bool {
    let sum = shape::weighted_sum(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]).unwrap_or_default();
    let rest = sum % 11;
    let expected = if rest < 2 { rest } else { 11 - rest };
    let repeated = digits.chars().all(|c| digits.starts_with(c));
    !repeated && part::number_at(digits, 9..10) == Some(expected)
}

fn anywhere(input: &str) -> Option<Checked> {
    let mut fits: Vec<&str> = Vec::new();
    for (country, codes) in FORMATS {
        let possible = |checked: &Checked| checked.validity != Validity::Invalid;
        let Some(mut checked) = best_of(codes, input).filter(possible) else { continue };
        if holds(&checked)
            && codes.split_whitespace().filter_map(super::super::by_code).any(|format| format.has_check_digit())
        {
            checked.fact("country", *country);
            return Some(checked);
        }
        fits.push(country);
    }
    let text = shape::compact(input, "");
    fits.extend(ROWS.iter().map(|(country, _)| *country).filter(|c| by_shape(c, &text).is_some_and(|v| holds(&v))));
    fitting(text, &fits)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn the_country_decides_and_without_one_a_check_digit() {
        let cases = [
            ("IR", "0012345679", Valid),
            ("IR", "0012345678", Invalid),
            ("IR", "1111111111", Invalid),
            ("LK", "935000124v", Valid),
            ("IT", "CA00000AA", Suspect),
            ("LY", "319800000001", Invalid),
            ("", "935000124V", Suspect),
        ];
        for (country, input, validity) in cases {
            assert_eq!(check(country, input).unwrap().validity, validity, "{country} {input}");
        }
        assert!(check("XX", "1").is_none() && check("", "?").is_none());
    }
}
