//! The public items of the emitted crate, one per line, sorted.
//!
//! The list is read from the emitted text, so it always matches the compiled code. A change of the list is a change of
//! what callers can name.

mod item;
mod show;

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::Tree;

/// Returns the list, one line per public item.
///
/// Items of a private module are listed where they are re-exported; `#[doc(hidden)]` items are left out.
#[must_use]
pub fn listing(tree: &Tree) -> String {
    let mut crate_files = Files::default();
    let mut lines: BTreeSet<Line> = BTreeSet::new();
    for (path, text) in tree.files() {
        if path.as_str() == "Cargo.toml" {
            lines.extend(features(text));
        }
        // Files other than Rust have no items; emitted Rust is checked when it is rendered.
        let module = module_of(path.as_str()).zip(syn::parse_file(text).ok());
        crate_files.0.extend(module.map(|(module, file)| (module, file.items)));
    }
    for module in crate_files.0.keys().filter(|module| crate_files.is_public(module)) {
        lines.extend(crate_files.module(module));
    }
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}

/// A line of the list, sorted by the item's path.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    path: String,
    text: String,
}

impl Line {
    fn new(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), text }
    }
}

/// Items by module path; the path of the crate's root is empty.
#[derive(Default)]
struct Files(BTreeMap<String, Vec<syn::Item>>);

/// Returns the module of a file of the library (`src/top/alsc/mod.rs` → `top::alsc`), and `None` for other files.
fn module_of(path: &str) -> Option<String> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let path = if path == "lib" { "" } else { path.strip_suffix("/mod").unwrap_or(path) };
    Some(path.replace('/', "::"))
}

/// Returns the lines of the manifest's `[features]` section without comments.
fn features(manifest: &str) -> impl Iterator<Item = Line> + '_ {
    let lines = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| Line::new("", format!("feature {line}")))
}

impl Files {
    /// Whether every module on the way is public.
    fn is_public(&self, module: &str) -> bool {
        let Some((parent, name)) = split(module) else { return true };
        let declared = |item: &syn::Item| matches!(item, syn::Item::Mod(found) if found.ident == name && show::is_public(&found.vis));
        self.items(parent).iter().any(declared) && self.is_public(parent)
    }

    fn items(&self, module: &str) -> &[syn::Item] {
        self.0.get(module).map(Vec::as_slice).unwrap_or_default()
    }

    fn module(&self, module: &str) -> Vec<Line> {
        let shown = self.items(module).iter().filter(|item| !show::is_hidden(item));
        shown
            .flat_map(|item| match item {
                syn::Item::Use(found) if show::is_public(&found.vis) => self.exports(module, found),
                _ => item::lines(module, item),
            })
            .collect()
    }

    /// Lists a re-export: one line if it is from another crate or a public module, and the items themselves if it is
    /// from a private module.
    fn exports(&self, module: &str, item: &syn::ItemUse) -> Vec<Line> {
        let export = |(path, name): (String, String)| {
            let source = path.strip_prefix("self").map(|rest| join(module, rest.trim_start_matches("::")));
            if let Some(private) = source.as_ref().filter(|source| !self.is_public(source)) {
                let own =
                    self.items(private).iter().filter(|item| item::owner(item).is_some_and(|owner| owner == name));
                return own.flat_map(|item| item::lines(module, item)).collect();
            }
            let (path, source) = (join(module, &name), source.unwrap_or(path));
            vec![Line::new(&path, format!("pub use {path} = {source}::{name}{}", show::marks(&item.attrs)))]
        };
        show::uses(&item.tree).into_iter().flat_map(export).collect()
    }
}

/// Splits a module path into the parent and the last name.
fn split(module: &str) -> Option<(&str, &str)> {
    if module.is_empty() { None } else { Some(module.rsplit_once("::").unwrap_or(("", module))) }
}

/// Joins a module path and a name.
fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}
