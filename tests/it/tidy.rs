//! The house plan, held by a test: imports of the core, lists complete, fixtures present, headers, sizes.

use std::path::{Path, PathBuf};

use crate::support::root;

/// Lines of a source file without its tests.
const FILE_LINES_MAX: usize = 800;
/// Lines of a function.
const FUNCTION_LINES_MAX: usize = 70;

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut pending = vec![root().join(folder)];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds no Rust file");
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The text before a file's unit tests.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    product(text).lines().map(str::trim_start).filter(|line| !line.starts_with("//"))
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_core_is_pure() {
    const FORBIDDEN: &[&str] = &[
        "tokio",
        "tonic",
        "prost",
        "rocksdb",
        "serde",
        "rayon",
        "tracing",
        "std::fs",
        "std::net",
        "std::time",
        "std::thread",
        "std::env",
        "std::process",
        "std::io",
        "SystemTime",
        "Instant",
        "println!",
        "static mut",
        "RefCell",
        "Mutex",
        "RwLock",
        "crate::engine",
        "crate::store",
        "crate::bulk",
        "crate::service",
        "crate::cli",
        "crate::catalog",
        "crate::error",
    ];
    let mut faults = Vec::new();
    for (path, text) in rust_files("src/domain") {
        for line in code_lines(&text) {
            faults.extend(
                FORBIDDEN
                    .iter()
                    .filter(|word| line.contains(*word))
                    .map(|word| format!("{}: {word}: {line}", shown(&path))),
            );
        }
    }
    assert_none(faults);
}

#[test]
fn what_belongs_in_one_place_is_in_one_place() {
    let mut faults = Vec::new();
    for (path, text) in rust_files("src") {
        let path = shown(&path);
        for (word, home) in [("rocksdb::", "src/store/rocks"), ("Status::with_error_details", "src/service/status.rs")]
        {
            if !path.starts_with(home) && code_lines(&text).any(|line| line.contains(word)) {
                faults.push(format!("{path} names {word}, which belongs into {home}"));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_file_says_what_it_holds_and_none_is_too_long() {
    let mut faults = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        let path = shown(&path);
        if !text.starts_with("//! ") {
            faults.push(format!("{path} lacks a //! header"));
        }
        let lines = product(&text).lines().count();
        if lines > FILE_LINES_MAX {
            faults.push(format!("{path} has {lines} lines, at most {FILE_LINES_MAX} are allowed"));
        }
        for word in ["todo!(", "unimplemented!(", "FIXME", "XXX: "] {
            if !path.ends_with("tidy.rs") && text.contains(word) {
                faults.push(format!("{path} holds {word}"));
            }
        }
        faults.extend(long_functions(&text).into_iter().map(|fault| format!("{path}: {fault}")));
    }
    assert_none(faults);
}

/// Functions longer than the limit, by the indentation that rustfmt guarantees.
fn long_functions(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut faults = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let head = line
            .trim_start()
            .trim_start_matches("pub ")
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub(super) ");
        if !(head.starts_with("fn ") || head.starts_with("async fn ") || head.starts_with("const fn ")) {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == end).unwrap_or(0);
        if length > FUNCTION_LINES_MAX {
            faults.push(format!(
                "{} has {length} lines, at most {FUNCTION_LINES_MAX} are allowed",
                head.trim_end_matches(" {")
            ));
        }
    }
    faults
}

/// Folder of modules, the file that lists them, modules that are no members of the list, folder of fixtures.
const LISTS: &[(&str, &str, &[&str], &str)] = &[
    (
        "src/domain/compare",
        "src/domain/compare/mod.rs",
        &["diminutive", "known_names", "similarity", "vector", "words"],
        "compare",
    ),
    ("src/domain/block", "src/domain/block/mod.rs", &[], "block"),
    ("src/domain/survive", "src/domain/survive/mod.rs", &["golden"], "survive"),
    ("src/domain/normalize", "src/domain/normalize/mod.rs", &[], "normalize"),
];

fn module_names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names
}

#[test]
fn every_module_is_in_its_list_and_has_its_fixture() {
    let mut faults = Vec::new();
    for (folder, list, helpers, fixtures) in LISTS {
        let list_text = std::fs::read_to_string(root().join(list)).unwrap();
        let names = module_names(folder);
        for name in names.iter().filter(|name| !helpers.contains(&name.as_str())) {
            if !list_text.contains(&format!("{name}::")) {
                faults.push(format!("{folder}/{name}.rs is not listed in {list}"));
            }
            let fixture = root().join("fixtures").join(fixtures).join(format!("{name}.toml"));
            if !fixture.exists() {
                faults.push(format!("{folder}/{name}.rs lacks {}", shown(&fixture)));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_format_is_in_its_countrys_list_and_has_its_fixture() {
    let formats = root().join("src/domain/formats");
    let groups = std::fs::read_to_string(formats.join("mod.rs")).unwrap();
    let mut faults = Vec::new();
    let folders = std::fs::read_dir(&formats).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for folder in folders {
        let country = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !groups.contains(&format!(" {country}::ALL,")) {
            faults.push(format!("{country}::ALL is not in formats::GROUPS"));
        }
        let list = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
        for name in module_names(&format!("src/domain/formats/{country}")) {
            let text = std::fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
            if !text.contains("pub const FORMAT: Declared") && !text.contains("impl IdFormat for") {
                continue;
            }
            if !list.contains(&format!("&{name}::")) {
                faults.push(format!("{country}/{name}.rs is not in {country}::ALL"));
            }
            let fixture = root().join(format!("fixtures/formats/{country}/{name}.toml"));
            if !fixture.exists() {
                faults.push(format!("{country}/{name}.rs lacks {}", shown(&fixture)));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_shipped_file_is_embedded() {
    let mut faults = Vec::new();
    let lists: [(&str, &[&str]); 3] = [
        ("sources", &["src/catalog/sources.rs"]),
        ("models", &["src/catalog/models.rs"]),
        ("rules", &["src/catalog/rules.rs", "src/catalog/quality.rs"]),
    ];
    for (folder, lists) in lists {
        let text: String = lists.iter().map(|list| std::fs::read_to_string(root().join(list)).unwrap()).collect();
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if !text.contains(&format!("\"{name}\"")) {
                faults.push(format!("{} is not listed in {}", shown(&path), lists.join(" or ")));
            }
        }
    }
    for source in guiyi::catalog::sources::BUILT_IN {
        if let Err(error) = guiyi::catalog::sources::load_built_in(source.name) {
            faults.push(error.to_string());
        }
    }
    assert_none(faults);
}

#[test]
fn data_files_carry_their_provenance() {
    let mut faults = Vec::new();
    let mut pending = vec![root().join("src")];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "dat") {
                let text = std::fs::read_to_string(&path).unwrap();
                let header: String = text.lines().take_while(|line| line.starts_with('#')).collect();
                let dated = header.contains("20") && header.to_lowercase().contains("licen") || header.contains("MIT");
                if !dated {
                    faults.push(format!("{} lacks a header with source, licence and date", shown(&path)));
                }
            }
        }
    }
    assert_none(faults);
}
