//! Conservation: what the model has is in the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit;
use crate::model::{Emitted, Endpoint, Model};
use crate::names::Names;
use crate::parallel;
use crate::tree::{Tree, TreePath};

/// Opens a field table.
const TABLE: &str = "crate::rt::object! {";

/// [Compares](check_text) the files of all APIs with the model. Returns the APIs that differ, and how.
pub(super) fn check_tree<'a>(model: &'a Model, names: &Names, tree: &Tree) -> Vec<(&'a Endpoint, String)> {
    let texts: BTreeMap<&TreePath, &str> = tree.files().collect();
    let platforms = model.platforms.iter().zip(&names.platforms);
    let families = platforms.flat_map(|(platform, names)| {
        platform.families.iter().zip(&names.families).map(move |(family, of)| (names, family, of))
    });
    let endpoints = families.flat_map(|(platform, family, names)| {
        family.endpoints.iter().zip(&names.endpoints).map(move |(endpoint, of)| (platform, names, endpoint, of))
    });
    let kept: BTreeSet<&TreePath> = tree.kept().collect();
    let lost = parallel::map(endpoints, |(platform, family, endpoint, names)| {
        let path = emit::endpoint_path(platform, family, names);
        if kept.contains(&path) {
            return None; // checked when it was written
        }
        let found = texts.get(&path).map_or_else(|| Err(missing(endpoint)), |text| check_text(endpoint, text));
        found.err().map(|how| (endpoint, how))
    });
    lost.into_iter().flatten().collect()
}

fn missing(endpoint: &Endpoint) -> String {
    format!("`{}` has no Rust module", endpoint.api)
}

/// Compares the file of one API with its model: types, their fields, and the rows of their field tables are counted in the
/// text, whatever wrote it.
///
/// # Errors
///
/// How they differ.
pub fn check_text(endpoint: &Endpoint, text: &str) -> Result<(), String> {
    let expected = endpoint.emitted();
    let (found, rows) = count(text);
    let pairs = [
        ("types", expected.types, found.types),
        ("fields", expected.fields, found.fields),
        ("fields", expected.fields, rows),
    ];
    match pairs.into_iter().find(|(_, expected, found)| expected != found) {
        Some((what, expected, found)) => {
            Err(format!("`{}` has {expected} {what}, and its Rust module has {found}", endpoint.api))
        }
        None => Ok(()),
    }
}

/// Counts the types of a module with their fields, and the rows of its field tables.
fn count(text: &str) -> (Emitted, usize) {
    let (mut found, mut rows, mut tables) = (Emitted::default(), 0, 0);
    let mut in_table = false;
    for line in text.lines() {
        if line.starts_with("pub struct ") || line.starts_with("pub enum ") {
            found.types += 1;
        } else if let Some(member) = line.strip_prefix("    pub ") {
            found.fields += usize::from(!member.starts_with("fn "));
        } else if line == TABLE {
            in_table = true;
            tables += 1;
        } else if line == "}" {
            in_table = false;
        } else if in_table {
            rows += 1;
        }
    }
    // The first line of a table names its type.
    (found, rows - tables)
}
