//! `docs/FORMATS.md` is written from the headers of the modules: one section a type, nothing typed twice.

use std::fmt::Write;
use std::path::PathBuf;

use guiyi::domain::check;
use guiyi::domain::finding::Defect;

use crate::support::root;

/// The module of a type: its country's folder and name, or the folder that has a file of its name.
fn module(code: &str) -> Option<PathBuf> {
    let domain = root().join("src/domain");
    let (folder, name) = code.split_once('.').unwrap_or(("", code));
    let kept = |word: &str| if matches!(word, "do" | "in" | "is") { format!("{word}_") } else { word.to_owned() };
    let mut places = vec![domain.join(format!("formats/{}/{}.rs", kept(folder), kept(name)))];
    places.push(domain.join(format!("formats/{folder}/{}.rs", kept(name))));
    let normalizer = if name == "mobile" { "phone" } else { name };
    for folder in
        ["formats/general", "formats/internet", "formats/code", "formats/timestamp", "formats/by_country", "normalize"]
    {
        places.push(domain.join(format!("{folder}/{normalizer}.rs")));
    }
    places.extend(MODULES.iter().filter(|(of, _)| *of == code).map(|(_, file)| domain.join(file)));
    places.into_iter().find(|place| place.exists())
}

/// Types whose module has another name.
const MODULES: &[(&str, &str)] = &[
    ("address.parse", "normalize/address.rs"),
    ("address.rename", "normalize/address.rs"),
    ("all_han", "text/han.rs"),
    ("cn.400_800", "formats/cn/landline.rs"),
    ("cn.any_id", "normalize/id_document.rs"),
    ("cn.driving_licence_file_no", "formats/cn/driving_licence.rs"),
    ("cn.uscc_shape", "formats/cn/uscc.rs"),
    ("code.iso15924", "formats/code/listed.rs"),
    ("code.iso3166_a2", "formats/code/listed.rs"),
    ("code.iso3166_a3", "formats/code/listed.rs"),
    ("code.iso3166_num", "formats/code/listed.rs"),
    ("code.iso4217", "formats/code/listed.rs"),
    ("code.iso6391", "formats/code/listed.rs"),
    ("company.basename", "normalize/org_name.rs"),
    ("contains_fullwidth", "text/width.rs"),
    ("contains_halfwidth", "text/width.rs"),
    ("date.field", "normalize/date.rs"),
    ("datetime.parse", "normalize/date.rs"),
    ("hostname", "normalize/email/domain_name.rs"),
    ("idn_hostname", "normalize/email/domain_name.rs"),
    ("internet.ip_range", "formats/internet/ip.rs"),
    ("internet.ipv4", "formats/internet/ip.rs"),
    ("internet.ipv6", "formats/internet/ip.rs"),
    ("internet.uuid_text", "formats/internet/uuid.rs"),
    ("iri", "formats/general/url.rs"),
    ("iri_reference", "formats/general/url.rs"),
    ("lunar.from_solar", "normalize/date/lunar.rs"),
    ("mailto", "normalize/email.rs"),
    ("opencc", "text/han.rs"),
    ("person.parse_western", "normalize/person_name/western_name.rs"),
    ("pinyin.name", "text/pinyin.rs"),
    ("pinyin.surname", "text/pinyin.rs"),
    ("uri", "formats/general/url.rs"),
    ("uri_reference", "formats/general/url.rs"),
];

fn header(source: &str) -> String {
    let lines = source.lines().take_while(|line| line.starts_with("//!"));
    lines.map(|line| line.trim_start_matches("//!").trim_end()).map(|line| line.strip_prefix(' ').unwrap_or(line)).fold(
        String::new(),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    )
}

fn page() -> (String, Vec<&'static str>) {
    let mut text = String::from(
        "# What can be checked\n\nWritten from the headers of the modules (`make fixtures` writes it anew); `guiyi formats CODE` prints a section.\n",
    );
    let mut missing = Vec::new();
    let mut types = check::all();
    types.sort_by_key(|entry| entry.code);
    for entry in types {
        let Some(path) = module(entry.code) else {
            missing.push(entry.code);
            continue;
        };
        let header = header(&std::fs::read_to_string(path).unwrap());
        let _ = write!(
            text,
            "\n## {} {} · {}\n{}\nSource: {}. Example: `{}`\n",
            entry.code, entry.name_zh, entry.name_en, header, entry.source, entry.example
        );
    }
    text.push_str("\n# What a check may find\n\n| code | severity | 中文 | English | example |\n| --- | --- | --- | --- | --- |\n");
    for defect in Defect::ALL {
        let example = defect.example();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            defect.code(),
            defect.severity().code(),
            defect.message_zh(),
            defect.message_en(),
            example
                .map_or("a record rule".to_owned(), |(code, input)| format!("{code}: `{}`", input.replace('|', "\\|")))
        );
    }
    (text, missing)
}

#[test]
fn the_page_of_formats_is_what_the_modules_say() {
    let (expected, missing) = page();
    assert!(missing.is_empty(), "types without a module: {missing:?}; add them to MODULES");
    let path = root().join("docs/FORMATS.md");
    if std::env::var_os("GUIYI_UPDATE_FIXTURES").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let seen = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(seen == expected, "docs/FORMATS.md is out of date; run make fixtures and read the diff");
}

#[test]
fn every_finding_has_an_example_that_gives_it() {
    for defect in Defect::ALL {
        let Some((code, input)) = defect.example() else { continue };
        let verdict = check::check(code, None, input);
        let seen: Vec<&str> = verdict.findings.iter().map(|finding| finding.defect.code()).collect();
        assert!(seen.contains(&defect.code()), "{code} {input:?} gives {seen:?}, not {}", defect.code());
    }
}
