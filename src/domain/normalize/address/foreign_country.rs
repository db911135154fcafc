//! Countries in addresses: their names, how their postal codes look, and their states.
//!
//! Names in English, in their own language (romanised) and as codes. Postal code shapes after the UPU's addressing guides,
//! from memory, 2026-11-22.

use super::super::foreign_words::STATES;
use super::super::words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// ISO 3166-1 alpha-2 code and the names that stand at the end of an address, folded, longer ones first.
const COUNTRY_NAMES: &[(&str, &[&str])] = &[
    ("US", &["united states of america", "united states", "estados unidos", "usa", "u s a", "us", "u s"]),
    ("GB", &["united kingdom", "great britain", "northern ireland", "england", "scotland", "wales", "uk", "u k", "gb"]),
    ("CA", &["canada"]),
    ("AU", &["australia", "aus"]),
    ("NZ", &["new zealand", "aotearoa", "nz"]),
    ("IE", &["republic of ireland", "ireland", "eire"]),
    ("DE", &["bundesrepublik deutschland", "deutschland", "germany", "allemagne"]),
    ("AT", &["osterreich", "oesterreich", "austria"]),
    ("CH", &["switzerland", "schweiz", "suisse", "svizzera"]),
    ("FR", &["france", "frankreich"]),
    ("IT", &["italia", "italy", "italien"]),
    ("ES", &["espana", "spain", "spanien"]),
    ("PT", &["portugal"]),
    ("NL", &["the netherlands", "netherlands", "nederland", "holland"]),
    ("BE", &["belgium", "belgie", "belgique", "belgien"]),
    ("LU", &["luxembourg", "luxemburg"]),
    ("SE", &["sweden", "sverige"]),
    ("NO", &["norway", "norge"]),
    ("DK", &["denmark", "danmark"]),
    ("FI", &["finland", "suomi"]),
    ("PL", &["poland", "polska"]),
    ("CZ", &["czech republic", "czechia", "ceska republika", "cesko"]),
    ("SK", &["slovakia", "slovensko"]),
    ("HU", &["hungary", "magyarorszag"]),
    ("GR", &["greece", "ellada", "hellas"]),
    ("TR", &["turkey", "turkiye"]),
    ("RU", &["russian federation", "rossiyskaya federatsiya", "russia", "rossiya"]),
    ("UA", &["ukraine", "ukrayina"]),
    ("JP", &["japan", "nippon", "nihon"]),
    ("KR", &["republic of korea", "south korea", "daehanminguk", "hanguk", "korea"]),
    ("IN", &["india", "bharat"]),
    ("SG", &["republic of singapore", "singapore"]),
    ("MY", &["malaysia"]),
    ("TH", &["thailand"]),
    ("VN", &["viet nam", "vietnam"]),
    ("PH", &["philippines"]),
    ("ID", &["indonesia"]),
    ("AE", &["united arab emirates", "uae"]),
    ("SA", &["saudi arabia"]),
    ("IL", &["israel"]),
    ("ZA", &["south africa"]),
    ("BR", &["brasil", "brazil"]),
    ("MX", &["mexico"]),
    ("AR", &["argentina"]),
    ("CL", &["chile"]),
    ("CO", &["colombia"]),
    ("PE", &["peru"]),
    ("HK", &["hong kong sar", "hong kong", "hongkong"]),
    ("MO", &["macau", "macao"]),
    ("TW", &["taiwan"]),
    ("CN", &["people s republic of china", "p r china", "pr china", "china", "prc"]),
];

/// The country of a folded name.
pub fn country_of(folded: &str) -> Option<&'static str> {
    static BY_NAME: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let names = COUNTRY_NAMES.iter().flat_map(|(code, names)| names.iter().map(|name| (*name, *code)));
        names.collect()
    });
    BY_NAME.get(folded).copied()
}

/// A country code that only comes as a code: its names are no keys.
pub fn known_code(code: &str) -> Option<&'static str> {
    static CODES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COUNTRY_NAMES.iter().map(|(code, _)| *code).collect());
    CODES.get(code.to_ascii_uppercase().as_str()).copied()
}

/// The country named by the last words of folded words. Words remain before it.
pub fn country_at_end(plain: &str) -> Option<&'static str> {
    let mut starts = [0; NAME_WORDS_MAX];
    let mut count = 0;
    for (slot, (at, _)) in starts.iter_mut().zip(plain.rmatch_indices(' ')) {
        *slot = at;
        count += 1;
    }
    starts.into_iter().take(count).rev().find_map(|at| {
        let (head, tail) = (plain.get(..at)?, plain.get(at + 1..)?);
        let country = country_of(tail)?;
        // New Mexico and New South Wales are no countries.
        let (_, last) = words::split_last(head);
        (!matches!(last, "new" | "south" | "of" | "de")).then_some(country)
    })
}

/// Words of the longest name of a country.
const NAME_WORDS_MAX: usize = 5;

/// Whether a text has the shape of a country's postal code; letters in capitals.
pub fn fits(country: &str, code: &str) -> bool {
    let patterns: &[&str] = match country {
        "US" => &["#####", "#####-####"],
        "GB" => &[
            "@# #@@", "@## #@@", "@@# #@@", "@@## #@@", "@#@ #@@", "@@#@ #@@", "@##@@", "@###@@", "@@##@@", "@@###@@",
            "@#@#@@", "@@#@#@@",
        ],
        "CA" => &["@#@ #@#", "@#@#@#", "@#@-#@#"],
        "NL" => &["#### @@", "####@@"],
        "JP" => &["###-####", "#######"],
        "BR" => &["#####-###", "########"],
        "PT" => &["####-###"],
        "PL" => &["##-###"],
        "SE" | "CZ" | "SK" | "GR" => &["### ##", "#####"],
        "IN" => &["######", "### ###"],
        "SG" | "RU" | "CN" => &["######"],
        "DE" | "FR" | "IT" | "ES" | "KR" | "FI" | "MX" | "TR" | "UA" | "MY" | "TH" | "ID" | "SA" => &["#####"],
        "VN" => &["#####", "######"],
        "AU" | "NZ" | "AT" | "CH" | "BE" | "LU" | "NO" | "DK" | "HU" | "ZA" | "PH" => &["####"],
        "TW" => &["###", "#####", "######"],
        "IE" => &["@## @@@@", "@## ####", "@#####@@", "@## @@##", "@## @###", "@## #@@@", "@## ##@@", "@## @#@#"],
        _ => return false,
    };
    patterns.iter().any(|pattern| has_shape(code, pattern))
}

/// `#` is a digit, `@` a capital letter, everything else itself.
fn has_shape(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, p)| match p {
            b'#' => c.is_ascii_digit(),
            b'@' => c.is_ascii_uppercase(),
            _ => c == p,
        })
}

/// The only country whose postal codes have this shape, as far as addresses show it.
pub fn country_of_code(code: &str) -> Option<&'static str> {
    ["CA", "GB", "PT", "PL", "NL", "JP", "BR"].into_iter().find(|country| {
        let written_apart = code.contains([' ', '-']) || !matches!(*country, "JP" | "BR");
        written_apart && fits(country, code)
    })
}

/// Whether the house number follows the street in a country.
pub fn number_follows_street(country: &str) -> bool {
    const LAST: [&str; 24] = [
        "DE", "AT", "CH", "IT", "ES", "PT", "NL", "BE", "SE", "NO", "DK", "FI", "PL", "CZ", "SK", "HU", "GR", "TR",
        "RU", "UA", "BR", "MX", "AR", "CL",
    ];
    LAST.contains(&country)
}

/// The states of one country or several.
pub struct States {
    codes: FxHashSet<&'static str>,
    by_name: FxHashMap<&'static str, &'static str>,
}

impl States {
    fn of(rows: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            codes: rows.iter().map(|(code, _)| *code).collect(),
            by_name: rows.iter().map(|(code, name)| (*name, *code)).collect(),
        }
    }

    /// Whether a folded text is the code of a state.
    pub fn has_code(&self, folded: &str) -> bool {
        self.codes.contains(folded)
    }

    /// The code of a state by its folded name.
    pub fn code_of(&self, name: &str) -> Option<&'static str> {
        self.by_name.get(name).copied()
    }
}

/// The states of a country; those of the USA, Australia and Canada where it has none here or is not known.
pub fn states_in(country: &str) -> Option<&'static States> {
    static OF_BRAZIL: LazyLock<States> = LazyLock::new(|| States::of(BRAZIL));
    static OF_INDIA: LazyLock<States> = LazyLock::new(|| States::of(INDIA));
    static ENGLISH: LazyLock<States> = LazyLock::new(|| States::of(STATES));
    match country {
        "BR" => Some(&OF_BRAZIL),
        "IN" => Some(&OF_INDIA),
        "" | "US" | "AU" | "CA" | "CN" | "HK" => Some(&ENGLISH),
        _ => None,
    }
}

const BRAZIL: &[(&str, &str)] = &[
    ("ac", "acre"),
    ("al", "alagoas"),
    ("ap", "amapa"),
    ("am", "amazonas"),
    ("ba", "bahia"),
    ("ce", "ceara"),
    ("df", "distrito federal"),
    ("es", "espirito santo"),
    ("go", "goias"),
    ("ma", "maranhao"),
    ("mt", "mato grosso"),
    ("ms", "mato grosso do sul"),
    ("mg", "minas gerais"),
    ("pa", "para"),
    ("pb", "paraiba"),
    ("pr", "parana"),
    ("pe", "pernambuco"),
    ("pi", "piaui"),
    ("rj", "rio de janeiro"),
    ("rn", "rio grande do norte"),
    ("rs", "rio grande do sul"),
    ("ro", "rondonia"),
    ("rr", "roraima"),
    ("sc", "santa catarina"),
    ("sp", "sao paulo"),
    ("se", "sergipe"),
    ("to", "tocantins"),
];

const INDIA: &[(&str, &str)] = &[
    ("ap", "andhra pradesh"),
    ("ar", "arunachal pradesh"),
    ("as", "assam"),
    ("br", "bihar"),
    ("cg", "chhattisgarh"),
    ("dl", "delhi"),
    ("ga", "goa"),
    ("gj", "gujarat"),
    ("hr", "haryana"),
    ("hp", "himachal pradesh"),
    ("jk", "jammu and kashmir"),
    ("jh", "jharkhand"),
    ("ka", "karnataka"),
    ("kl", "kerala"),
    ("mp", "madhya pradesh"),
    ("mh", "maharashtra"),
    ("mn", "manipur"),
    ("ml", "meghalaya"),
    ("mz", "mizoram"),
    ("nl", "nagaland"),
    ("od", "odisha"),
    ("pb", "punjab"),
    ("py", "puducherry"),
    ("rj", "rajasthan"),
    ("sk", "sikkim"),
    ("tn", "tamil nadu"),
    ("ts", "telangana"),
    ("tr", "tripura"),
    ("up", "uttar pradesh"),
    ("uk", "uttarakhand"),
    ("wb", "west bengal"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_codes() {
        assert_eq!(country_at_end("london sw1a 2aa uk"), Some("GB"));
        assert_eq!(country_at_end("boston united states of america"), Some("US"));
        assert_eq!(country_at_end("santa fe new mexico"), None);
        assert_eq!(country_at_end("singapore"), None);
        assert_eq!(country_of_code("K1A 0B1"), Some("CA"));
        assert_eq!(country_of_code("SW1A 2AA"), Some("GB"));
        assert_eq!(country_of_code("1012 AB"), Some("NL"));
        assert_eq!(country_of_code("01310-100"), Some("BR"));
        assert_eq!(country_of_code("100-0001"), Some("JP"));
        assert_eq!(country_of_code("12345"), None);
        assert!(fits("DE", "10115") && !fits("DE", "1011") && !fits("XX", "1"));
    }
}
