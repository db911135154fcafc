//! Word lists for names in Latin letters: titles, ranks, degrees, particles, surnames. All folded.

/// Titles before a name that are no given names.
pub const TITLES: &[&str] = &[
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
];

/// Titles that are given names or surnames as well.
pub const NAME_LIKE_TITLES: &[&str] = &[
    "major", "general", "earl", "duke", "baron", "count", "king", "queen", "prince", "princess", "father", "sister",
    "brother", "saint", "judge", "the", "bishop",
];

/// Ranks inside or after a name.
pub const RANKS: &[&str] = &["baronet", "bart", "bt", "viscount", "marquess", "lord", "lady", "esq", "esquire", "sir"];

/// Degrees and orders after a name.
pub const DEGREES: &[&str] = &[
    "phd", "md", "esq", "obe", "cbe", "mbe", "kbe", "frs", "dds", "cpa", "mba", "qc", "kc", "bsc", "msc", "dphil",
    "rn", "kcb", "gcb", "kcmg", "gcmg", "vc", "dr", "mr", "mrs", "ms",
];

/// Words that belong to the family name after them.
pub const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "las", "le", "los",
    "ten", "ter", "bin", "binti", "ibn", "al", "el", "st", "zu", "zum", "af", "av", "mac", "ap",
];

/// Cantonese, Hokkien and Wade–Giles spellings of Chinese surnames that are no pinyin.
pub const ROMANISED_SURNAMES: &[&str] = &[
    "wong", "chan", "cheung", "leung", "lau", "ng", "tsang", "kwok", "chow", "ho", "lam", "yeung", "tang", "fung",
    "tam", "hui", "yip", "chu", "tsai", "hsu", "hsieh", "chang", "lee", "cheng", "kwan", "lai", "poon", "mak", "siu",
    "tse", "yau", "chiu", "choi", "tsui", "liew", "teo", "goh", "koh", "ong", "lim", "tan", "chua", "chien", "tseng",
    "hsiao",
];

/// English names that are spelled like a surname and a given name in pinyin.
pub const ENGLISH_LIKE_PINYIN: &[&str] = &[
    "anna", "ana", "annie", "susan", "diana", "dina", "lina", "linda", "lisa", "lena", "leila", "lulu", "lana", "luna",
    "mina", "mia", "maya", "nina", "sean", "shane", "shana", "dean", "wanda", "juan", "leo", "lea", "mila", "milan",
    "pamela", "angela", "amanda", "marisa", "teresa", "mama", "papa", "baba", "coco", "mimi", "lili", "lala", "sasha",
    "misha", "jana", "hana", "hanna", "yuki", "yuan", "jiajia", "momo", "leona", "louie", "duane", "hugo", "mengmeng",
    "guan", "damian",
];
