//! 各国增值税号, VAT numbers by country.
//!
//! Structure: the country's prefix (optional), then the table's shape. A number whose national check digit holds is
//! valid. One that only has the shape is valid where no check is known; where one is known and fails, it is proved wrong
//! only in countries whose law prints the rule, else suspect: some authorities issue numbers outside of it, and the
//! register (VIES) decides. Source: VIES FAQ, national tax offices (from memory, 2026-11-22). Example: DE136695976.

use std::sync::LazyLock;

use super::{Row, Table, best_of, compact, compile, folded, holds, unusual_layout};
use crate::domain::finding::{Checked, Validity};

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));

/// Countries whose rule is published as binding: a failing check digit proves the number wrong.
const BINDING: &[&str] = &["AU", "CH", "PT"];

/// National formats by country.
pub const FORMATS: &[Row] = &[
    ("AL", "al.nipt"),
    ("AR", "ar.cuit"),
    ("AT", "at.uid"),
    ("AU", "au.abn"),
    ("BE", "be.vat"),
    ("BG", "bg.vat"),
    ("BR", "br.cnpj br.cpf"),
    ("BY", "by.unp"),
    ("CA", "ca.bn"),
    ("CH", "ch.vat ch.uid"),
    ("CL", "cl.rut"),
    ("CO", "co.nit"),
    ("CY", "cy.vat"),
    ("CZ", "cz.dic"),
    ("DE", "de.vat"),
    ("DK", "dk.cvr"),
    ("DO", "do.rnc do.cedula"),
    ("EC", "ec.ruc"),
    ("EE", "ee.kmkr"),
    ("ES", "es.nif"),
    ("FI", "fi.alv"),
    ("FR", "fr.tva"),
    ("GB", "gb.vat"),
    ("GR", "gr.vat"),
    ("GT", "gt.nit"),
    ("HR", "hr.oib"),
    ("HU", "hu.anum"),
    ("ID", "id.npwp"),
    ("IE", "ie.vat"),
    ("IL", "il.hp"),
    ("IN", "in.gstin"),
    ("IS", "is.vsk"),
    ("IT", "it.iva"),
    ("LT", "lt.pvm"),
    ("LU", "lu.tva"),
    ("LV", "lv.pvn"),
    ("MK", "mk.edb"),
    ("MT", "mt.vat"),
    ("MX", "mx.rfc"),
    ("NL", "nl.btw"),
    ("NO", "no.mva"),
    ("NZ", "nz.ird"),
    ("PE", "pe.ruc"),
    ("PL", "pl.nip"),
    ("PT", "pt.nif"),
    ("PY", "py.ruc"),
    ("RO", "ro.cf"),
    ("RS", "rs.pib"),
    ("RU", "ru.inn"),
    ("SE", "se.vat"),
    ("SI", "si.ddv"),
    ("SK", "sk.dph"),
    ("SM", "sm.coe"),
    ("SV", "sv.nit"),
    ("TR", "tr.vkn"),
    ("UY", "uy.rut"),
    ("VE", "ve.rif"),
];

/// Shapes of VAT numbers; the prefix is part of the layout where it is not the country's code.
pub const ROWS: &[Row] = &[
    ("AL", "[0-9A-Z]#{8}@"),
    ("AR", "#{11}"),
    ("AT", "U#{8}"),
    ("AU", "#{11}"),
    ("BE", "[01]#{9}"),
    ("BG", "#{9,10}"),
    ("BO", "#{7}"),
    ("BR", "##.###.###/####-##|###.###.###-##"),
    ("BY", "(?:УНП )?#{9}"),
    ("CA", "#{9}"),
    ("CH", "(?:E-?)?(?:###.###.###|#{9}) ?(?:MWST|TVA|IVA)?"),
    ("CL", "#{8}-[0-9K]"),
    ("CO", "#{10}"),
    ("CR", "#{9}|#{12}"),
    ("CY", "#{8}@"),
    ("CZ", "#{8,10}"),
    ("DE", "#{9}"),
    ("DK", "#{8}"),
    ("DO", "#{9}|#{11}|###-#######-#|#-##-#####-#"),
    ("EC", "#{13}"),
    ("EE", "#{9}"),
    ("ES", "[0-9A-Z]#{7}[0-9A-Z]"),
    ("FI", "#{8}"),
    ("FR", "[0-9A-HJ-NP-Z]{2}#{9}"),
    ("GB", "### #### (?:[0-8]#|9[0-6])|#{9} ###|GD[0-4]##|HA[5-9]##"),
    ("GR", "#{9}"),
    ("GT", "#{7}-[0-9K]"),
    ("HN", "#{14}"),
    ("HR", "#{11}"),
    ("HU", "#{8}"),
    ("ID", "#{15,16}|##.###.###.#-###.###"),
    ("IE", "#{7}@{1,2}|#[A-Z*+]#{5}@"),
    ("IL", "#{9}"),
    ("IN", "#{15}|##@{5}#{4}@[0-9A-Z]Z[0-9A-Z]"),
    ("IS", "#{5,6}"),
    ("IT", "#{11}"),
    ("KZ", "#{12}"),
    ("LT", "#{9}|#{12}"),
    ("LU", "#{8}"),
    ("LV", "#{11}"),
    ("MK", "#{13}"),
    ("MT", "#{8}"),
    ("MX", "[A-ZÑ&]{3,4}#{6}[0-9A-Z]{3}"),
    ("NG", "#{12}|#{8}-#{4}"),
    ("NI", "#{3}-#{6}-#{4}@"),
    ("NL", "#{9}B##"),
    ("NO", "#{9}MVA"),
    ("NZ", "#{9}"),
    ("PA", "#{7,13}"),
    ("PE", "#{11}"),
    ("PH", "#{12}|### ### ### ###"),
    ("PL", "#{10}|###-###-##-##|###-##-##-###|###-##-###-##"),
    ("PT", "#{9}"),
    ("PY", "#{6,8}-#"),
    ("RO", "[1-9]#{1,9}"),
    ("RS", "#{9}"),
    ("RU", "#{10}|#{12}"),
    ("SA", "#{15}"),
    ("SE", "#{12}"),
    ("SI", "#{8}"),
    ("SK", "#{10}"),
    ("SM", "#{5}"),
    ("SV", "#{4}-#{6}-#{3}-#"),
    ("TR", "#{10}"),
    ("UA", "#{12}"),
    ("UY", "#{12}"),
    ("UZ", "#{9}"),
    ("VE", "[JGVEP]-(?:#{9}|#{8}-#)"),
];

/// Judges a VAT number. Without a country its prefix decides.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    let text = folded(input);
    if country.is_empty() {
        let prefix = match text.get(..2)? {
            "EL" => "GR",
            other => other,
        };
        return TABLE.contains_key(prefix).then(|| check(prefix, input))?;
    }
    let shapes = TABLE.get(country)?;
    let codes = FORMATS.iter().find(|(listed, _)| *listed == country).map(|(_, codes)| *codes);
    let rest = without_prefix(&text, country);
    let by_format = codes.and_then(|codes| {
        best_of(codes, &text).into_iter().chain(without(codes, country, rest)).min_by_key(|c| c.validity)
    });
    // A short number has no check digit that could prove it: it needs the layout as well.
    let proves =
        |checked: &Checked| holds(checked) && (shapes.has_layout(rest) || compact(rest).chars().nth(6).is_some());
    if let Some(checked) = by_format.clone().filter(|checked| proves(checked) || BINDING.contains(&country)) {
        return Some(checked);
    }
    let mut checked = shapes.judge(rest);
    if checked.validity == Validity::Invalid {
        let normal = compact(&text);
        let loosely = shapes.fits_loosely(without_prefix(&normal, country));
        return Some(if loosely { unusual_layout(normal) } else { checked });
    }
    if let Some(failed) = by_format.filter(|failed| !holds(failed)) {
        checked.findings.extend(failed.findings);
        checked.validity = Validity::Suspect;
    }
    checked.normal = compact(&text).into();
    Some(checked)
}

/// The verdict on the number without its prefix, or in Switzerland with the prefix that it needs.
fn without(codes: &str, country: &str, rest: &str) -> Option<Checked> {
    match country {
        "CH" => best_of(codes, &format!("CHE{}", compact(rest).trim_start_matches('E'))),
        _ => best_of(codes, rest),
    }
}

fn without_prefix<'a>(text: &'a str, country: &str) -> &'a str {
    let prefix = if country == "GR" { "EL" } else { country };
    text.strip_prefix(prefix).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn check_digits_prove_and_shapes_are_believed() {
        let cases = [
            ("DE", "DE136695976", Valid),
            ("DE", "DE 136 695 976", Valid),
            ("", "DE136695976", Valid),
            ("DE", "DE136695977", Suspect),
            ("DE", "1234", Invalid),
            ("KZ", "KZ123456789012", Valid),
            ("KZ", "KZ 123456789012", Suspect),
            ("NI", "1000000000001", Invalid),
        ];
        for (country, input, validity) in cases {
            assert_eq!(check(country, input).unwrap().validity, validity, "{country} {input}");
        }
        assert!(check("", "136695976").is_none());
    }
}
