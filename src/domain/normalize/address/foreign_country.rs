//! Countries in addresses: their names, how their postal codes look, and their states.
//!
//! Names in English, in their own language (romanised) and as codes. Postal code shapes after the UPU's addressing guides,
//! from memory, 2026-11-22.

/// ISO 3166-1 alpha-2 code and the names that stand at the end of an address, folded, longer ones first.
pub const COUNTRY_NAMES: &[(&str, &[&str])] = &[
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

/// The country of a folded name or of a code in capitals.
pub fn country_of(folded: &str) -> Option<&'static str> {
    COUNTRY_NAMES.iter().find(|(_, names)| names.contains(&folded)).map(|(code, _)| *code)
}

/// The country named by the last words of folded words, and how many words that are. Words remain before it.
pub fn country_at_end(words: &[String]) -> Option<(&'static str, usize)> {
    (1..=5usize).rev().filter(|count| *count < words.len()).find_map(|count| {
        let (head, tail) = words.split_at_checked(words.len() - count)?;
        // New Mexico and New South Wales are no countries.
        let part_of_a_name = head.last().is_some_and(|last| matches!(last.as_str(), "new" | "south" | "of" | "de"));
        let country = country_of(&tail.join(" "))?;
        (!part_of_a_name).then_some((country, count))
    })
}

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

/// States of Brazil and India: code and folded name.
pub fn states_of(country: &str) -> &'static [(&'static str, &'static str)] {
    match country {
        "BR" => BRAZIL,
        "IN" => INDIA,
        _ => &[],
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
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(country_at_end(&words("london sw1a 2aa uk")), Some(("GB", 1)));
        assert_eq!(country_at_end(&words("santa fe new mexico")), None);
        assert_eq!(country_at_end(&words("singapore")), None);
        assert_eq!(country_of_code("K1A 0B1"), Some("CA"));
        assert_eq!(country_of_code("SW1A 2AA"), Some("GB"));
        assert_eq!(country_of_code("1012 AB"), Some("NL"));
        assert_eq!(country_of_code("01310-100"), Some("BR"));
        assert_eq!(country_of_code("100-0001"), Some("JP"));
        assert_eq!(country_of_code("12345"), None);
        assert!(fits("DE", "10115") && !fits("DE", "1011") && !fits("XX", "1"));
    }
}
