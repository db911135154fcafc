//! Register courts (Registergerichte) of Germany: official names by the spellings in use.
//!
//! From the list of courts of handelsregister.de (from memory, 2026-11-22).

use std::sync::LazyLock;

const NAMES: &[&str] = &[
    "Aachen",
    "Altenburg",
    "Amberg",
    "Ansbach",
    "Apolda",
    "Arnsberg",
    "Arnstadt",
    "Arnstadt Zweigstelle Ilmenau",
    "Aschaffenburg",
    "Augsburg",
    "Aurich",
    "Bad Hersfeld",
    "Bad Homburg v.d.H.",
    "Bad Kreuznach",
    "Bad Oeynhausen",
    "Bad Salzungen",
    "Bamberg",
    "Bayreuth",
    "Berlin (Charlottenburg)",
    "Bielefeld",
    "Bochum",
    "Bonn",
    "Braunschweig",
    "Bremen",
    "Bremerhaven",
    "Chemnitz",
    "Coburg",
    "Coesfeld",
    "Cottbus",
    "Darmstadt",
    "Deggendorf",
    "Dortmund",
    "Dresden",
    "Duisburg",
    "Düren",
    "Düsseldorf",
    "Eisenach",
    "Erfurt",
    "Eschwege",
    "Essen",
    "Flensburg",
    "Frankfurt am Main",
    "Frankfurt/Oder",
    "Freiburg",
    "Friedberg",
    "Fritzlar",
    "Fulda",
    "Fürth",
    "Gelsenkirchen",
    "Gera",
    "Gießen",
    "Gotha",
    "Göttingen",
    "Greiz",
    "Gütersloh",
    "Hagen",
    "Hamburg",
    "Hamm",
    "Hanau",
    "Hannover",
    "Heilbad Heiligenstadt",
    "Hildburghausen",
    "Hildesheim",
    "Hof",
    "Homburg",
    "Ingolstadt",
    "Iserlohn",
    "Jena",
    "Kaiserslautern",
    "Kassel",
    "Kempten (Allgäu)",
    "Kiel",
    "Kleve",
    "Koblenz",
    "Köln",
    "Königstein",
    "Korbach",
    "Krefeld",
    "Landau",
    "Landshut",
    "Langenfeld",
    "Lebach",
    "Leipzig",
    "Lemgo",
    "Limburg",
    "Lübeck",
    "Ludwigshafen a.Rhein (Ludwigshafen)",
    "Lüneburg",
    "Mainz",
    "Mannheim",
    "Marburg",
    "Meiningen",
    "Memmingen",
    "Merzig",
    "Mönchengladbach",
    "Montabaur",
    "Mühlhausen",
    "München",
    "Münster",
    "Neubrandenburg",
    "Neunkirchen",
    "Neuruppin",
    "Neuss",
    "Nordhausen",
    "Nürnberg",
    "Offenbach am Main",
    "Oldenburg (Oldenburg)",
    "Osnabrück",
    "Ottweiler",
    "Paderborn",
    "Passau",
    "Pinneberg",
    "Pößneck",
    "Pößneck Zweigstelle Bad Lobenstein",
    "Potsdam",
    "Recklinghausen",
    "Regensburg",
    "Rostock",
    "Rudolstadt",
    "Saarbrücken",
    "Saarlouis",
    "Schweinfurt",
    "Schwerin",
    "Siegburg",
    "Siegen",
    "Sömmerda",
    "Sondershausen",
    "Sonneberg",
    "St. Ingbert (St Ingbert)",
    "St. Wendel (St Wendel)",
    "Stadthagen",
    "Stadtroda",
    "Steinfurt",
    "Stendal",
    "Stralsund",
    "Straubing",
    "Stuttgart",
    "Suhl",
    "Tostedt",
    "Traunstein",
    "Ulm",
    "Völklingen",
    "Walsrode",
    "Weiden i. d. OPf.",
    "Weimar",
    "Wetzlar",
    "Wiesbaden",
    "Wittlich",
    "Wuppertal",
    "Würzburg",
    "Zweibrücken",
];

/// Other spellings and the official name.
const ALIASES: &[(&str, &str)] = &[
    ("Bad Homburg", "Bad Homburg v.d.H."),
    ("Bad Homburg vor der Höhe", "Bad Homburg v.d.H."),
    ("Charlottenburg", "Berlin (Charlottenburg)"),
    ("Frankfurt", "Frankfurt am Main"),
    ("Frankfurt a.M.", "Frankfurt am Main"),
    ("Frankfurt an der Oder", "Frankfurt/Oder"),
    ("Freiburg im Breisgau", "Freiburg"),
    ("Freiburg i. Br.", "Freiburg"),
    ("Friedberg (Hessen)", "Friedberg"),
    ("Königstein im Taunus", "Königstein"),
    ("Landau in der Pfalz", "Landau"),
    ("Limburg a. d. Lahn", "Limburg"),
    ("Limburg an der Lahn", "Limburg"),
    ("Ludwigshafen", "Ludwigshafen a.Rhein (Ludwigshafen)"),
    ("Ludwigshafen am Rhein", "Ludwigshafen a.Rhein (Ludwigshafen)"),
    ("Lemgo (Lippe)", "Lemgo"),
    ("Offenbach", "Offenbach am Main"),
    ("Sankt Ingbert", "St. Ingbert (St Ingbert)"),
    ("Sankt Wendel", "St. Wendel (St Wendel)"),
    ("Ulm (Donau)", "Ulm"),
    ("Weiden", "Weiden i. d. OPf."),
    ("Weiden in der Oberpfalz", "Weiden i. d. OPf."),
];

/// Keys of all spellings, sorted.
static SPELLINGS: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let mut spellings = Vec::new();
    for (spelling, name) in
        NAMES.iter().map(|name| (name, name)).chain(ALIASES.iter().map(|(alias, name)| (alias, name)))
    {
        let whole = *spelling;
        let short = whole.split_once('(').map_or(whole, |(short, _)| short);
        spellings.extend([key(whole, "e"), key(whole, ""), key(short, "e"), key(short, "")].map(|key| (key, *name)));
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
});

/// The official name of the court in any spelling; `Amtsgericht` and its predecessor (`früher …`) are ignored.
pub fn official_name(court: &str) -> Option<&'static str> {
    let present = court.split_once(" früher ").map_or(court, |(present, _)| present);
    let name = ["Amtsgericht ", "amtsgericht ", "AG "].iter().find_map(|prefix| present.strip_prefix(prefix));
    let key = key(name.unwrap_or(present), "e");
    let found = SPELLINGS.partition_point(|(spelling, _)| *spelling < key);
    SPELLINGS.get(found).filter(|(spelling, _)| *spelling == key).map(|(_, name)| *name)
}

/// Small letters and digits alone; umlauts as their vowel and `mark`.
fn key(name: &str, mark: &str) -> String {
    let mut key = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => key.extend(["a", mark]),
            'ö' => key.extend(["o", mark]),
            'ü' => key.extend(["u", mark]),
            'ß' => key.push_str("ss"),
            // The combining diaeresis of a decomposed umlaut.
            '\u{308}' => key.push('e'),
            c if c.is_alphanumeric() => key.push(c),
            _ => {}
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courts_are_found_in_every_spelling() {
        for spelling in ["Köln", "KÖLN", "Koeln", "Koln", "Amtsgericht Köln", "Ko\u{308}ln", "AG Köln"] {
            assert_eq!(official_name(spelling), Some("Köln"), "{spelling}");
        }
        assert_eq!(official_name("Charlottenburg"), Some("Berlin (Charlottenburg)"));
        assert_eq!(official_name("Frankfurt (Oder)"), Some("Frankfurt/Oder"));
        assert_eq!(official_name("Kempten"), Some("Kempten (Allgäu)"));
        assert_eq!((official_name("KXln"), official_name("")), (None, None));
    }
}
