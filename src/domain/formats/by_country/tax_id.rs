//! 各国纳税人识别号, tax identification numbers by country.
//!
//! Structure: that of the national formats, persons' and organisations' alike; shapes where a country has another kind.
//! Hungary's adóazonosító jel (10 digits, 8 first): Σ digit · position mod 11 is the last digit. Luxembourg's matricule
//! (13 digits): a date, then Luhn over 12 and Verhoeff over 11 and the last digit.
//! Source: European Commission TIN portal, OECD TIN sheets (from memory, 2026-11-22). Example: 8123456786 (HU).

use std::sync::LazyLock;

use super::{Row, Table, best_of, compact, compile, folded, holds, unusual_layout, vat};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{self, check_digit, part, shape};

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));
static LAYOUT_TABLE: LazyLock<Table> = LazyLock::new(|| compile(LAYOUTS));

/// National formats by country.
pub const FORMATS: &[Row] = &[
    ("AL", "al.nipt"),
    ("AR", "ar.cuit"),
    ("AT", "at.tin"),
    ("AU", "au.tfn au.abn"),
    ("AZ", "az.voen"),
    ("BE", "be.nn be.bis be.vat"),
    ("BG", "bg.egn bg.pnf"),
    ("BR", "br.cpf br.cnpj"),
    ("BY", "by.unp"),
    ("CA", "ca.sin ca.bn"),
    ("CH", "ch.ssn ch.uid"),
    ("CL", "cl.rut"),
    ("CN", "cn.uscc cn.resident_id"),
    ("CO", "co.nit"),
    ("CR", "cr.cpf cr.cpj cr.cr"),
    ("CY", "cy.vat"),
    ("CZ", "cz.rc cz.dic"),
    ("DE", "de.idnr de.stnr"),
    ("DK", "dk.cpr dk.cvr"),
    ("DO", "do.rnc do.cedula"),
    ("DZ", "dz.nif"),
    ("EC", "ec.ruc"),
    ("EE", "ee.ik"),
    ("EG", "eg.tn"),
    ("ES", "es.nif es.dni es.nie"),
    ("FI", "fi.hetu fi.ytunnus"),
    ("FR", "fr.nif fr.siren"),
    ("GB", "gb.utr"),
    ("GH", "gh.tin"),
    ("GR", "gr.vat"),
    ("GT", "gt.nit"),
    ("HR", "hr.oib"),
    ("HU", "hu.anum"),
    ("ID", "id.npwp id.nik"),
    ("IE", "ie.pps"),
    ("IL", "il.idnr il.hp"),
    ("IN", "in.pan"),
    ("IS", "is.kennitala"),
    ("IT", "it.codicefiscale it.iva"),
    ("JP", "jp.in jp.cn"),
    ("KE", "ke.pin"),
    ("KR", "kr.brn kr.rrn"),
    ("LT", "lt.asmens lt.pvm"),
    ("LV", "lv.pvn"),
    ("MA", "ma.ice"),
    ("MD", "md.idno"),
    ("ME", "me.pib"),
    ("MK", "mk.edb"),
    ("MX", "mx.rfc mx.curp"),
    ("MZ", "mz.nuit"),
    ("NL", "nl.bsn"),
    ("NO", "no.fodselsnummer no.orgnr"),
    ("NZ", "nz.ird"),
    ("PE", "pe.ruc"),
    ("PL", "pl.pesel pl.nip"),
    ("PT", "pt.nif"),
    ("PY", "py.ruc"),
    ("RO", "ro.cnp ro.cui"),
    ("RS", "rs.pib"),
    ("RU", "ru.inn"),
    ("SE", "se.personnummer se.orgnr"),
    ("SG", "sg.uen"),
    ("SI", "si.ddv"),
    ("SK", "cz.rc sk.dph"),
    ("SV", "sv.nit"),
    ("TH", "th.tin th.pin"),
    ("TN", "tn.mf"),
    ("TR", "tr.vkn tr.tckimlik"),
    ("TW", "tw.ubn tw.id"),
    ("UA", "ua.rntrc ua.edrpou"),
    ("US", "us.ein us.ssn us.itin us.atin"),
    ("UY", "uy.rut"),
    ("VE", "ve.rif"),
    ("VN", "vn.mst"),
    ("ZA", "za.tin"),
];

/// Shapes of the kinds of numbers that no national format knows.
pub const ROWS: &[Row] = &[
    // The National Insurance number; the letters DFIQUV never occur in its prefix.
    ("GB", "[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z]#{6}[A-D]?"),
    ("HU", "8#{9}"),
    ("LU", "#{13}"),
    ("MT", "#{3,7}[MGAPLHBZ]|[1-9]#{8}"),
    // Număr de identificare fiscală of persons who do not live in Romania.
    ("RO", "9000#{9}"),
];

/// Ways to write a number with separators, where others than the official ones make it suspect.
pub const LAYOUTS: &[Row] = &[
    ("AR", "#{11}|##-#{8}-#|## #{8} #"),
    ("CA", "#{9}|### ### ###|###-###-###|#{9} ?@{2} ?#{4}"),
    ("CZ", "(?:CZ ?)?#{8,10}|#{6}/#{3,4}"),
    ("SK", "(?:SK ?)?#{9,10}|#{6}/#{3,4}"),
    ("US", "#{9}|##[ -]?#{7}|###-##-####|### ## ####"),
];

/// Judges a tax number. Without a country the prefix of a VAT number decides.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    if country.is_empty() {
        return vat::check(country, input);
    }
    let listed = FORMATS.iter().find(|(listed, _)| *listed == country).map(|(_, codes)| *codes);
    let text = folded(input);
    // Eleven digits without a slash are the person's number, which has a check digit; the old one has none.
    let codes = if country == "DE" && shape::is_digits(&compact(&text)) && !text.contains('/') {
        Some("de.idnr")
    } else {
        listed
    };
    let by_format = codes.and_then(|codes| best_of(codes, input));
    if let Some(checked) = by_format.clone().filter(holds) {
        return Some(doubted(country, &text, checked));
    }
    let by_shape = by_shape(country, input).or_else(|| without_leading_zeros(country, &text));
    by_shape.into_iter().chain(by_format).min_by_key(|checked| checked.validity)
}

/// What a national format lets pass but a tax number is not, or hardly is.
fn doubted(country: &str, text: &str, mut checked: Checked) -> Checked {
    let digits = compact(text);
    if LAYOUT_TABLE.get(country).is_some_and(|shapes| !shapes.has_layout(&text.to_uppercase())) {
        return unusual_layout(digits);
    }
    match country {
        "CZ" | "SK" if digits.len() == 9 && shape::is_digits(&digits) => {
            // Birth numbers of nine digits ended in 1953 and their serial number began with 001.
            if digits.ends_with("000") {
                return shape::wrong_component(checked.normal, "序号不存在", "no such serial number");
            }
            if digits.get(..2).is_some_and(|year| year > "53") {
                checked.worsen(Validity::Suspect, Finding::of(Defect::Historic));
            }
        }
        "ES" if digits.starts_with(['A', 'B', 'E', 'H']) && digits.ends_with(char::is_alphabetic) => {
            let finding =
                Finding::with_detail(Defect::UnknownComponent, "此类公司校验位应为数字", "a digit is expected last");
            checked.worsen(Validity::Suspect, finding);
        }
        _ => {}
    }
    checked
}

/// A Spanish DNI whose leading zeros a spreadsheet has dropped.
fn without_leading_zeros(country: &str, text: &str) -> Option<Checked> {
    let number = compact(text);
    let padded = format!("{number:0>9}");
    let fits =
        country == "ES" && (5..9).contains(&number.len()) && best_of("es.dni", &padded).is_some_and(|c| holds(&c));
    let finding =
        Finding::of(Defect::Length).suggest(padded, "补足前导零后校验通过", "the check fits with leading zeros");
    fits.then(|| Checked::suspect(number, finding))
}

fn by_shape(country: &str, input: &str) -> Option<Checked> {
    let checked = TABLE.get(country)?.judge(&shape::compact(input, "-"));
    if !holds(&checked) {
        return Some(checked);
    }
    let text = checked.normal.as_str();
    let proved = match country {
        "HU" => {
            shape::weighted_sum(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9]).map(|sum| sum % 11) == part::number_at(text, 9..10)
        }
        "LU" => return Some(luxembourgish(checked.normal.into())),
        "GB" => !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].iter().any(|never| text.starts_with(never)),
        "MT" if text.ends_with("0A") || text.ends_with("0P") => {
            return Some(shape::unknown_component(checked.normal, "登记类别不明", "unknown register"));
        }
        _ => text.chars().any(|c| ('1'..='9').contains(&c)),
    };
    Some(if proved { checked } else { shape::wrong_check_digit(checked.normal) })
}

fn luxembourgish(text: String) -> Checked {
    let read = |range| part::number_at(&text, range).unwrap_or_default();
    if part::date(read(0..4), read(4..6), read(6..8)).is_none() {
        return part::impossible_date(text);
    }
    let luhn = text.get(..12).is_some_and(check_digit::luhn_holds);
    let second: String = text.chars().take(11).chain(text.chars().skip(12)).collect();
    let verhoeff = formats::by_code("verhoeff").is_none_or(|format| holds(&format.check(&second)));
    if luhn && verhoeff { Checked::valid(text) } else { shape::wrong_check_digit(text) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Valid};

    #[test]
    fn numbers_without_a_format_are_judged_here() {
        let cases = [
            ("HU", "8123456785", Invalid),
            ("HU", "8123456786", Valid),
            ("GB", "QQ123456A", Invalid),
            ("GB", "AB 12 34 56 C", Valid),
            ("MT", "0000000M", Invalid),
            ("LU", "2016023000000", Invalid),
        ];
        for (country, input, validity) in cases {
            assert_eq!(check(country, input).unwrap().validity, validity, "{country} {input}");
        }
        assert!(check("XX", "1").is_none());
    }
}
