//! The drafted mapping as text: what each column is taken for and why, and what was left out.

use std::fmt::Write;
use std::path::Path;

use super::super::reader::Table;
use super::Taken;
use super::content::{Content, masked};
use super::roles::Roles;
use crate::domain::record::{AttributeKind, Part};

/// Writes the mapping.
pub fn mapping(
    path: &Path,
    table: &Table,
    contents: &[Content],
    roles: &Roles,
    columns: &[Taken],
    country: Option<&str>,
) -> String {
    let mut text = format!("# Drafted by guiyi map from {} rows; read it through before use.\n", table.rows.len());
    write_roles(&mut text, path, table, roles);
    let header = |index: usize| table.header.get(index).map_or("", String::as_str);
    for (index, (column, content)) in columns.iter().zip(contents).enumerate() {
        write_column(&mut text, header(index), column, content, country);
    }
    let left_out = columns.iter().zip(contents).enumerate();
    let left_out = left_out
        .filter(|(index, (column, _))| column.guess.is_none() && !roles.has(*index) && roles.record_id != Some(*index));
    for (position, (index, (column, content))) in left_out.enumerate() {
        if position == 0 {
            text.push_str("\n# Carried through unmapped; add a [[column]] for what should be compared:\n");
        }
        let example = content.example.as_deref().map(masked).unwrap_or_default();
        let seen = content
            .most()
            .map_or("empty".to_owned(), |(found, percent)| format!("{percent} % {}, e.g. {example}", found.code()));
        let why = column.why_not.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        let _ = writeln!(text, "#   {}: {}{why}", one_line(header(index)), one_line(&seen));
    }
    text
}

fn write_roles(text: &mut String, path: &Path, table: &Table, roles: &Roles) {
    let header = |index: usize| quoted(table.header.get(index).map_or("", String::as_str));
    if let Some(warning) = &roles.warning {
        let _ = writeln!(text, "# CHECK: {}", one_line(warning));
    }
    let _ = match roles.record_id {
        Some(index) => writeln!(text, "record_id = {}", header(index)),
        None => writeln!(text, "# record_id = \"…\""),
    };
    let _ = match roles.source {
        Some(index) => writeln!(text, "source = {{ column = {} }}", header(index)),
        None => writeln!(text, "source = {{ name = {} }}", quoted(&source_name(path))),
    };
    for (key, index) in [("observed_time", roles.observed_time), ("owner", roles.owner)] {
        if let Some(index) = index {
            let _ = writeln!(text, "{key} = {}", header(index));
        }
    }
}

fn write_column(text: &mut String, header: &str, column: &Taken, content: &Content, country: Option<&str>) {
    let Some(guess) = &column.guess else { return };
    let filled = (content.filled * 100).checked_div(content.rows).unwrap_or(0);
    let example = content.example.as_deref().map(masked).unwrap_or_default();
    let _ = writeln!(
        text,
        "\n# confidence {} %: {}; filled {filled} %; e.g. {}",
        guess.confidence,
        guess.reason,
        one_line(&example)
    );
    let _ = writeln!(text, "[[column]]\nname = {}\nkind = \"{}\"", quoted(header), guess.kind.code());
    if guess.part != Part::Full {
        let _ = writeln!(text, "part = \"{}\"", guess.part.code());
    }
    if !guess.label.is_empty() {
        let _ = writeln!(text, "label = {}", quoted(&guess.label));
    }
    if !guess.format.is_empty() {
        let _ = writeln!(text, "format = \"{}\"", guess.format);
    }
    if let Some(country) = country.filter(|_| takes_country(guess.kind)) {
        let _ = writeln!(text, "country = {}", quoted(country));
    }
}

fn takes_country(kind: AttributeKind) -> bool {
    use AttributeKind as K;
    matches!(kind, K::Phone | K::Address | K::Company | K::OrgName | K::BirthDate | K::Date | K::PostalCode)
}

/// The name of a source: that of the file, without extensions.
fn source_name(path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    if stem.is_empty() || stem == "-" { "input".to_owned() } else { stem.to_owned() }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A comment must not end before it does.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
