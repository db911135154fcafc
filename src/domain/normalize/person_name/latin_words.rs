//! Word lists for names in Latin letters: titles, ranks, degrees, particles, surnames. All folded.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// A list that words are looked up in.
pub type WordSet = LazyLock<FxHashSet<&'static str>>;

fn set(words: &[&'static str]) -> FxHashSet<&'static str> {
    words.iter().copied().collect()
}

/// Titles before a name that are no given names.
pub static TITLES: WordSet = LazyLock::new(|| {
    set(&[
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "revd",
        "reverend",
        "capt",
        "captain",
        "col",
        "colonel",
        "lt",
        "lieutenant",
        "sgt",
        "sergeant",
        "cpl",
        "maj",
        "gen",
        "adm",
        "admiral",
        "hon",
        "honourable",
        "honorable",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "mlle",
        "sra",
        "srta",
        "viscount",
        "viscountess",
        "marquess",
        "baronet",
        "baroness",
        "countess",
        "duchess",
        "madam",
        "doctor",
    ])
});

/// Titles that are given names or surnames as well.
pub static NAME_LIKE_TITLES: WordSet = LazyLock::new(|| {
    set(&[
        "major", "general", "earl", "duke", "baron", "count", "king", "queen", "prince", "princess", "father",
        "sister", "brother", "saint", "judge", "the", "bishop",
    ])
});

/// Ranks inside or after a name.
pub static RANKS: WordSet =
    LazyLock::new(|| set(&["baronet", "bart", "bt", "viscount", "marquess", "lord", "lady", "esq", "esquire", "sir"]));

/// Degrees and orders after a name.
pub static DEGREES: WordSet = LazyLock::new(|| {
    set(&[
        "phd", "md", "esq", "obe", "cbe", "mbe", "kbe", "frs", "dds", "cpa", "mba", "qc", "kc", "bsc", "msc", "dphil",
        "rn", "kcb", "gcb", "kcmg", "gcmg", "vc", "dr", "mr", "mrs", "ms",
    ])
});

/// Words that belong to the family name after them.
pub static PARTICLES: WordSet = LazyLock::new(|| {
    set(&[
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "las", "le",
        "los", "ten", "ter", "bin", "binti", "ibn", "al", "el", "st", "zu", "zum", "af", "av", "mac", "ap",
    ])
});

/// Cantonese, Hokkien and Wade–Giles spellings of Chinese surnames that are no pinyin.
pub static ROMANISED_SURNAMES: WordSet = LazyLock::new(|| {
    set(&[
        "wong", "chan", "cheung", "leung", "lau", "ng", "tsang", "kwok", "chow", "ho", "lam", "yeung", "tang", "fung",
        "tam", "hui", "yip", "chu", "tsai", "hsu", "hsieh", "chang", "lee", "cheng", "kwan", "lai", "poon", "mak",
        "siu", "tse", "yau", "chiu", "choi", "tsui", "liew", "teo", "goh", "koh", "ong", "lim", "tan", "chua", "chien",
        "tseng", "hsiao",
    ])
});

/// English names that are spelled like a surname and a given name in pinyin.
pub static ENGLISH_LIKE_PINYIN: WordSet = LazyLock::new(|| {
    set(&[
        "anna", "ana", "annie", "susan", "diana", "dina", "lina", "linda", "lisa", "lena", "leila", "lulu", "lana",
        "luna", "mina", "mia", "maya", "nina", "sean", "shane", "shana", "dean", "wanda", "juan", "leo", "lea", "mila",
        "milan", "pamela", "angela", "amanda", "marisa", "teresa", "mama", "papa", "baba", "coco", "mimi", "lili",
        "lala", "sasha", "misha", "jana", "hana", "hanna", "yuki", "yuan", "jiajia", "momo", "leona", "louie", "duane",
        "hugo", "mengmeng", "guan", "damian",
    ])
});

/// Offices and forms of address that stand only before a name; longer titles are made of them.
pub static MORE_TITLES: WordSet = LazyLock::new(|| {
    set(&[
        "ambassador",
        "archbishop",
        "archduke",
        "arch",
        "attorney",
        "auntie",
        "aunt",
        "uncle",
        "brig",
        "brigadier",
        "briggen",
        "cardinal",
        "chairman",
        "chairwoman",
        "chancellor",
        "chaplain",
        "chef",
        "coach",
        "cmdr",
        "commander",
        "commissioner",
        "commodore",
        "congressman",
        "congresswoman",
        "consul",
        "controller",
        "councillor",
        "councilor",
        "counselor",
        "cpt",
        "curator",
        "czar",
        "dean",
        "deacon",
        "delegate",
        "director",
        "division",
        "bench",
        "emperor",
        "empress",
        "ens",
        "envoy",
        "excellency",
        "foreman",
        "fr",
        "friar",
        "gov",
        "governor",
        "headmaster",
        "highness",
        "imam",
        "inspector",
        "insp",
        "judges",
        "justice",
        "khan",
        "lama",
        "ltcol",
        "ltgen",
        "ltgov",
        "ltjg",
        "magistrate",
        "majesty",
        "maharaja",
        "marshal",
        "master",
        "mayor",
        "maid",
        "messrs",
        "minister",
        "monsignor",
        "msgr",
        "officer",
        "pastor",
        "pfc",
        "pope",
        "pres",
        "president",
        "prefect",
        "principal",
        "professeur",
        "provost",
        "pvt",
        "private",
        "rabbi",
        "rep",
        "representative",
        "sec",
        "secretary",
        "sen",
        "senator",
        "señor",
        "senor",
        "señora",
        "senora",
        "señorita",
        "senorita",
        "sheikh",
        "sheriff",
        "shri",
        "smt",
        "sri",
        "solicitor",
        "speaker",
        "sultan",
        "superintendent",
        "supt",
        "treasurer",
        "trustee",
        "tsar",
        "vicar",
        "warden",
        "wm",
        "1lt",
        "1sgt",
        "2lt",
        "fräulein",
        "fraulein",
        "signor",
        "signora",
        "sr",
        "don",
        "dona",
        "doña",
        "hm",
        "hrh",
        "he",
        "sqn",
        "swami",
        "tuan",
        "datuk",
        "dato",
        "haji",
        "hajji",
        "mister",
        "mrsdr",
        "mag",
        "ing",
        "dipl",
        "eng",
        "engr",
        "adv",
        "ca",
        "prince",
        "princess",
    ])
});

/// Words that qualify a title after them.
pub const TITLE_MODIFIERS: &[&str] = &[
    "the",
    "his",
    "her",
    "your",
    "their",
    "our",
    "right",
    "rt",
    "very",
    "most",
    "us",
    "united",
    "states",
    "supreme",
    "associate",
    "assistant",
    "asst",
    "deputy",
    "chief",
    "vice",
    "acting",
    "district",
    "circuit",
    "federal",
    "national",
    "state",
    "royal",
    "senior",
    "former",
    "first",
    "foreign",
    "prime",
    "grand",
    "executive",
    "general",
    "staff",
    "master",
    "air",
    "rear",
    "high",
    "county",
    "city",
    "court",
    "appellate",
    "under",
    "sub",
    "honorary",
    "hon",
    "holy",
    "reverend",
];

/// Titles that stand before a given name: Sir John, Queen Jane.
pub const FIRST_NAME_TITLES: &[&str] = &[
    "king", "queen", "sir", "dame", "pope", "sister", "brother", "aunt", "auntie", "uncle", "father", "mother",
    "saint", "sheikh", "prince", "princess", "shaykh", "cheikh", "maid", "master",
];

/// Words that join names and titles.
pub const CONJUNCTIONS: &[&str] = &["and", "&", "of", "the", "et", "und", "y", "e", "och", "og"];

/// Marks of the name at birth.
pub const MAIDEN_MARKS: &[&str] = &["nee", "geb", "geborene", "born", "ne"];

/// Particles that are never a given name at the start.
pub const NEVER_FIRST: &[&str] =
    &["de", "della", "der", "den", "von", "zu", "zum", "du", "dos", "das", "do", "del", "di", "af", "av", "ter", "ten"];

/// First halves of given names.
pub const BOUND_FIRST_NAMES: &[&str] = &["abdul", "abdel", "abd", "abu", "umm"];

/// Degrees and orders besides [`DEGREES`] that are no names.
pub static MORE_DEGREES: WordSet = LazyLock::new(|| {
    set(&[
        "mp", "mep", "msp", "clu", "cfp", "lutc", "cfa", "chfc", "dmd", "do", "dvm", "od", "pa", "pac", "np", "lpn",
        "bsn", "msn", "dnp", "jd", "llb", "llm", "llp", "bs", "ms", "bcom", "mcom", "beng", "meng", "bed", "med",
        "msced", "edd", "dba", "mphil", "mph", "mpa", "msw", "lcsw", "pe", "pmp", "cissp", "ccna", "cma", "cia", "aca",
        "acca", "fca", "fcca", "frcp", "frcs", "mrcp", "mrcs", "mbbs", "mbchb", "dc", "dpm", "rph", "pharmd", "psyd",
        "thd", "dd", "sj", "op", "osb", "ofm", "om", "ch", "gbe", "dbe", "cvo", "kcvo", "gcvo", "mvo", "dso", "dsc",
        "dfc", "mc", "gc", "usa", "usn", "usaf", "usmc", "ret", "rgn", "srn", "fba", "fsa", "frse", "aifs", "mfa",
        "bfa", "bba", "barch", "march", "mlis", "phr", "sphr", "shrm", "csm", "pmi", "cpcu", "arm", "cebs", "rhu",
        "fic", "fache", "facs", "facp", "facc", "faan", "aia", "asla", "leed", "cpm", "ccim", "gri", "crs", "abr",
    ])
});

/// Degrees that are names too: only with dots.
pub const AMBIGUOUS_DEGREES: &[&str] =
    &["ma", "do", "ba", "bed", "med", "ch", "om", "pa", "pe", "op", "arm", "march", "ret", "gri"];
