//! What the modules' own headers say about each type of value: `docs/FORMATS.md`, generated from them, embedded.

/// The page; each type stands under `## code`.
const PAGE: &str = include_str!("../../docs/FORMATS.md");

/// The section of a type: structure, check rule, standard, examples. `None` for a code that is not there.
pub fn section(code: &str) -> Option<&'static str> {
    let mut rest = PAGE;
    while let Some((_, after)) = rest.split_once("\n## ") {
        let (heading, body) = after.split_once('\n')?;
        if heading.split_whitespace().next() == Some(code) {
            let end = body.find("\n## ").unwrap_or(body.len());
            return body.get(..end).map(str::trim);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::check;

    #[test]
    fn every_type_has_its_section() {
        for entry in check::all() {
            assert!(section(entry.code).is_some_and(|text| !text.is_empty()), "{} has no section", entry.code);
        }
        assert_eq!(section("xx.unknown"), None);
        assert!(section("cn.uscc").is_some_and(|text| text.contains("GB 32100")));
    }
}
