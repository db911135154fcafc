//! The columns of a run: the files of one run may name, order and leave out columns differently. Every row comes under the columns of all.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Columns;
use crate::bulk::reader::{Opened, Reject, Row};
use crate::catalog::sources::{Mapping, SOURCE_COLUMN};
use crate::error::{Error, Result, did_you_mean};

/// The columns of one file.
pub(super) struct Shape {
    /// Under the first names that the mapping gives them; the column of the source last, where the name of the file tells that.
    pub names: Vec<String>,
    source: Option<String>,
}

impl Shape {
    /// Fails where a column is missing without which no row can be used.
    pub fn of(mapping: &Mapping, path: &Path, file: &Opened) -> Result<Self> {
        let mut names = mapping.under_first_names(file.header());
        for needed in mapping.needed(&names) {
            if !names.iter().any(|name| name == needed) {
                return Err(missing(mapping, needed, path, &names));
            }
        }
        let source = mapping.source_patterns().map(|patterns| source_of(mapping, patterns, path)).transpose()?;
        if source.is_some() {
            if names.iter().any(|name| name == SOURCE_COLUMN) {
                let message = format!(
                    "there is a column \"{SOURCE_COLUMN}\"; map it (source = {{ column = \"{SOURCE_COLUMN}\" }}) instead of telling sources by file names"
                );
                return Err(Error::input(path, message));
            }
            names.push(SOURCE_COLUMN.to_owned());
        }
        Ok(Self { names, source })
    }

    /// Its names, and those of the mapped columns that it has not.
    pub fn with_missing(&self, mapping: &Mapping) -> Vec<String> {
        let mut names = self.names.clone();
        for (wanted, _) in mapping.wanted() {
            if !names.iter().any(|name| name == wanted) {
                names.push(wanted.to_owned());
            }
        }
        names
    }

    /// The fields of a row with the source, where the name of the file tells that.
    pub fn fields<'r>(&'r self, fields: &[Cow<'r, str>]) -> Vec<Cow<'r, str>> {
        let source = self.source.as_deref().map(Cow::Borrowed);
        fields.iter().cloned().chain(source).collect()
    }
}

/// The source of a file by its name.
fn source_of(mapping: &Mapping, patterns: &BTreeMap<String, String>, path: &Path) -> Result<String> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let mut found: Vec<&str> = Vec::new();
    for (pattern, source) in patterns {
        let matches = glob::Pattern::new(pattern).map_err(|error| {
            Error::config(mapping.origin(), format!("source: \"{pattern}\" is no pattern of file names: {error}"))
        })?;
        if matches.matches(&name) {
            found.push(source);
        }
    }
    found.dedup();
    match found.as_slice() {
        [source] => Ok((*source).to_owned()),
        [] => Err(Error::input(
            path,
            format!("no pattern under source in {} matches this file; add one", mapping.origin()),
        )),
        several => {
            let message = format!(
                "the patterns under source in {} give it the sources {}; make them tell one",
                mapping.origin(),
                several.join(", ")
            );
            Err(Error::input(path, message))
        }
    }
}

fn missing(mapping: &Mapping, name: &str, path: &Path, names: &[String]) -> Error {
    let hint = did_you_mean(name, names.iter().map(String::as_str));
    let shown = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let columns = names.join(", ");
    let message = format!("the input has no column \"{name}\"{hint}; the columns of {shown} are: {columns}");
    Error::config(mapping.origin(), message)
}

/// The columns of all files, in the order in which they come.
#[derive(Default)]
pub(super) struct AllColumns {
    names: Vec<String>,
    open_ended: bool,
}

impl AllColumns {
    /// Adds those of a file.
    pub fn add(&mut self, shape: &Shape, file: &Opened) {
        let mut unnamed = self.names.iter().filter(|name| name.is_empty()).count();
        for name in &shape.names {
            // Columns without a name are told apart by their number.
            if name.is_empty() && unnamed > 0 {
                unnamed -= 1;
            } else if name.is_empty() || !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
        self.open_ended |= file.is_open_ended();
    }

    /// All of them; a mapped column that no file has is added where it may be missing, and an error where not.
    pub fn complete(mut self, mapping: &Mapping, paths: &[PathBuf]) -> Result<Vec<String>> {
        let wanted = mapping.wanted();
        let any = wanted.is_empty() || wanted.iter().any(|(name, _)| self.names.iter().any(|known| known == name));
        for (name, optional) in wanted {
            if self.names.iter().any(|known| known == name) {
                continue;
            }
            if any && (optional || self.open_ended) {
                self.names.push(name.to_owned());
                continue;
            }
            let first = paths.first().map_or(Path::new(""), PathBuf::as_path);
            return Err(missing(mapping, name, first, &self.names));
        }
        Ok(self.names)
    }
}

/// A file whose rows come under the columns of all.
pub(super) struct Aligned {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub file: Opened,
    /// Where each column stands in the file; nothing where both agree.
    places: Option<Vec<Option<usize>>>,
    source: Option<String>,
}

impl Aligned {
    /// Puts a file under a header.
    pub fn new(path: PathBuf, file: Opened, shape: Shape, header: &[String]) -> Self {
        let mut unnamed = 0;
        let mut place = |name: &String| {
            let before = if name.is_empty() { unnamed } else { 0 };
            unnamed += usize::from(name.is_empty());
            let same = shape.names.iter().enumerate().filter(|(_, own)| *own == name);
            same.map(|(at, _)| at).nth(before)
        };
        let places = (shape.names != header).then(|| header.iter().map(&mut place).collect());
        Self { path, file, places, source: shape.source }
    }

    /// Every row and every reject.
    pub fn each(&self, take: &mut dyn FnMut(std::result::Result<Row, Reject>) -> Result<()>) -> Result<()> {
        self.file.each(&self.path, &mut |row| take(row.map(|row| self.row(row))))
    }

    fn row(&self, mut row: Row) -> Row {
        row.fields.extend(self.source.clone());
        if let Some(places) = &self.places {
            let mut field = |place: &Option<usize>| {
                let field = place.and_then(|place| row.fields.get_mut(place));
                field.map(std::mem::take).unwrap_or_default()
            };
            row.fields = places.iter().map(&mut field).collect();
        }
        row
    }
}

/// Files of a delta have the columns of the run that they change, or some of them.
pub(super) fn within(path: &Path, shape: &Shape, columns: &Columns) -> Result<()> {
    match shape.names.iter().find(|name| !columns.header.contains(name)) {
        None => Ok(()),
        Some(name) => {
            let message = format!(
                "the run that --since names had no column \"{name}\"; leave it out, or cleanse all rows with --previous instead"
            );
            Err(Error::input(path, message))
        }
    }
}
