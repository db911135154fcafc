//! How numbers are written on paper: groups and separators that their offices print, for showing them to people.
//!
//! In a layout `#` stands for the next character of the normal form, everything else for itself; the first layout with
//! as many places as the number has characters is the one. `4*` are groups of four. Source: the offices and standards
//! that the formats name (from memory, 2026-11-22).

use super::general::isbn;
use super::iso7064::systems::{self, ALPHANUMERIC};

/// Layouts by the code of their format, in alphabetical order.
const LAYOUTS: &[(&str, &str)] = &[
    ("ad.nrt", "#-######-#"),
    ("ar.cbu", "######## ##############"),
    ("ar.cuit", "##-########-#"),
    ("ar.dni", "##.###.###|#.###.###"),
    ("at.tin", "##-###/####"),
    ("au.abn", "## ### ### ###"),
    ("au.acn", "### ### ###"),
    ("au.tfn", "### ### ###|## ### ###"),
    ("be.bis", "##.##.##-###.##"),
    ("be.eid", "###-#######-##"),
    ("be.nn", "##.##.##-###.##"),
    ("be.ogm_vcs", "###/####/#####"),
    ("be.ssn", "##.##.##-###.##"),
    ("br.cnpj", "##.###.###/####-##"),
    ("br.cpf", "###.###.###-##"),
    ("ca.bc_phn", "#### ### ###"),
    ("ca.sin", "###-###-###"),
    ("ch.esr", "## ##### ##### ##### ##### #####"),
    ("ch.ssn", "###.####.####.##"),
    ("ch.uid", "###-###.###.###"),
    ("ch.vat", "###-###.###.### ####|###-###.###.### ###"),
    ("cl.rut", "##.###.###-#|#.###.###-#"),
    ("co.nit", "###.###.###-#|##.###.###-#|#.###.###-#"),
    ("cr.cpf", "##-####-####"),
    ("cr.cpj", "#-###-######"),
    ("cz.rc", "######/####|######/###"),
    ("de.idnr", "## ### ### ###"),
    ("de.stnr", "##/###/#####|###/###/#####"),
    ("dk.cpr", "######-####"),
    ("do.cedula", "###-#######-#"),
    ("do.rnc", "#-##-#####-#"),
    ("eg.tn", "###-###-###"),
    ("es.ccc", "#### #### ## ##########"),
    ("es.cups", "## #### #### #### #### ##|## #### #### #### #### ## ##"),
    ("es.iban", "4*"),
    ("es.referenciacatastral", "####### ####### #### ##"),
    ("fi.ytunnus", "#######-#"),
    ("fr.nif", "## ## ### ### ###"),
    ("fr.siret", "### ### ### #####"),
    ("gb.nhs", "### ### ####"),
    ("gb.vat", "### #### ##|### #### ## ###"),
    ("gn.nifp", "###-###-###"),
    ("grid", "##-#####-##########-#"),
    ("gt.nit", "#######-#|########-#|######-#"),
    ("iban", "4*"),
    ("id.npwp", "##.###.###.#-###.###"),
    ("il.hp", "########-#"),
    ("il.idnr", "########-#"),
    ("imei", "##-######-######|##-######-######-#|##-######-######-##"),
    ("in.aadhaar", "#### #### ####"),
    ("in.vid", "#### #### #### ####"),
    ("is.kennitala", "######-####"),
    ("isni", "4*"),
    ("iso11649", "4*"),
    ("jp.cn", "#-####-####-####"),
    ("jp.in", "#### #### ####"),
    ("kr.brn", "###-##-#####"),
    ("kr.rrn", "######-#######"),
    ("meid", "## ## ## ## ## ## ##|## ## ## ## ## ## ## #"),
    ("mx.rfc", "### ###### ###|#### ###### ###|#### ######|### ######"),
    ("my.nric", "######-##-####"),
    ("nl.bsn", "####.##.###"),
    ("no.fodselsnummer", "###### #####"),
    ("no.kontonr", "####.##.#####"),
    ("no.mva", "NO ### ### ### ###"),
    ("no.orgnr", "### ### ###"),
    ("nz.bankaccount", "##-####-#######-###"),
    ("nz.ird", "##-###-###|###-###-###"),
    ("pk.cnic", "#####-#######-#"),
    ("pl.nip", "###-###-##-##"),
    ("pt.cc", "######## # ###"),
    ("py.ruc", "########-#|#######-#|######-#|#####-#"),
    ("se.orgnr", "######-####"),
    ("se.postnummer", "### ##"),
    ("sv.nit", "####-######-###-#"),
    ("th.moa", "#-##-#-###-#####-#"),
    ("th.pin", "#-####-#####-##-#"),
    ("tn.mf", "#######/#|#######/#/#/#/###"),
    ("us.atin", "###-##-####"),
    ("us.ein", "##-#######"),
    ("us.itin", "###-##-####"),
    ("us.ssn", "###-##-####"),
    ("uy.rut", "##-######-###-#"),
    ("vn.mst", "##########-###"),
    ("za.idnr", "###### #### ## #"),
];

/// Computes the printed form of a normal form.
pub type Compute = fn(&str) -> Option<String>;

/// Formats whose layout follows from the digits.
const COMPUTED: &[(&str, Compute)] =
    &[("isan", isan), ("isbn", isbn::hyphenated), ("ismn", ismn), ("th.tin", thai_tin)];

/// Groups of this many characters are what `4*` means.
const GROUP_LENGTH: usize = 4;

/// How the values of one format are written.
#[derive(Clone, Copy, Debug)]
pub enum Layout {
    /// Layouts parted by `|`.
    Patterns(&'static str),
    /// What a function makes of the normal form.
    Computed(Compute),
}

/// The layout of a format.
pub fn of(code: &str) -> Option<Layout> {
    if let Some((_, compute)) = COMPUTED.iter().find(|(listed, _)| *listed == code) {
        return Some(Layout::Computed(*compute));
    }
    let index = LAYOUTS.binary_search_by_key(&code, |(listed, _)| listed).ok()?;
    LAYOUTS.get(index).map(|(_, layouts)| Layout::Patterns(layouts))
}

impl Layout {
    /// The normal form as people write it; `None` when no layout has as many places.
    pub fn written(self, normal: &str) -> Option<String> {
        match self {
            Self::Patterns("4*") => normal.is_ascii().then(|| in_groups(normal)),
            Self::Patterns(layouts) => {
                let length = normal.chars().count();
                let places = |layout: &&str| layout.bytes().filter(|b| *b == b'#').count() == length;
                fill(layouts.split('|').find(places)?, normal)
            }
            Self::Computed(compute) => compute(normal),
        }
    }
}

fn fill(layout: &str, normal: &str) -> Option<String> {
    let mut rest = normal.chars();
    layout.chars().map(|c| if c == '#' { rest.next() } else { Some(c) }).collect()
}

/// Groups of four, each half with its check character (ISO 15706: MOD 37,36 over the digits so far).
fn isan(normal: &str) -> Option<String> {
    let body = normal.get(..16)?;
    let check =
        |digits: &str| ALPHANUMERIC.chars().find(|c| systems::hybrid_holds(&format!("{digits}{c}"), ALPHANUMERIC));
    let (root, rest) = (fill("####-####-####-####", body)?, normal.get(16..)?);
    match rest.len() {
        0 | 1 => Some(format!("{root}-{}", check(body)?)),
        8..=10 => {
            let version = rest.get(rest.len() - 8 - usize::from(rest.len() == 10)..)?.get(..8)?;
            let whole = format!("{body}{version}");
            Some(format!("{root}-{}-{}-{}", check(body)?, fill("####-####", version)?, check(&whole)?))
        }
        _ => None,
    }
}

/// Publishers by their first digits: 3 digits up to 099, 4 up to 3999, 5 up to 69999, 6 up to 899999, 7 above.
fn ismn(normal: &str) -> Option<String> {
    let digits = normal.strip_prefix('M').or_else(|| normal.strip_prefix("9790")).filter(|rest| rest.len() == 9)?;
    let layout = match digits.chars().next()? {
        '0' => "###-#####-#",
        '1'..='3' => "####-####-#",
        '4'..='6' => "#####-###-#",
        '7' | '8' => "######-##-#",
        _ => "#######-#-#",
    };
    Some(format!("979-0-{}", fill(layout, digits)?))
}

/// Companies have numbers that start with 0, people others.
fn thai_tin(normal: &str) -> Option<String> {
    let layout = if normal.starts_with('0') { "#-##-#-###-#####-#" } else { "#-####-#####-##-#" };
    (normal.chars().count() == 13).then(|| fill(layout, normal))?
}

fn in_groups(normal: &str) -> String {
    let mut out = String::with_capacity(normal.len() * 5 / 4);
    for (place, c) in normal.chars().enumerate() {
        if place > 0 && place % GROUP_LENGTH == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::formats;

    #[test]
    fn layouts_are_sorted_and_belong_to_formats() {
        assert!(LAYOUTS.is_sorted_by(|a, b| a.0 < b.0));
        for (code, _) in LAYOUTS {
            assert!(formats::by_code(code).is_some(), "{code}");
        }
    }

    #[test]
    fn the_layout_of_the_length_is_taken() {
        let cases = [
            ("us.ssn", "123456789", Some("123-45-6789")),
            ("us.ssn", "12345678", None),
            ("gb.vat", "242338087388", Some("242 3380 87 388")),
            ("iban", "DE41500105170123456789", Some("DE41 5001 0517 0123 4567 89")),
            ("iban", "é", None),
            ("isbn", "9787111001232", Some("978-7-111-00123-2")),
            ("isbn", "1857982185", Some("1-85798-218-5")),
            ("ismn", "9790060115615", Some("979-0-060-11561-5")),
            ("th.tin", "0993000133978", Some("0-99-3-000-13397-8")),
        ];
        for (code, normal, expected) in cases {
            assert_eq!(of(code).and_then(|layout| layout.written(normal)).as_deref(), expected, "{code} {normal}");
        }
    }
}
