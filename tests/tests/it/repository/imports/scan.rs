//! Reads the modules of a crate and resolves which file each import depends on.
//!
//! A file depends on the file that *defines* what it imports:
//!
//! * An item imported through a `mod.rs` that only re-exports it depends on the file with the definition. A re-export
//!   alone is no dependency of the `mod.rs`; using the re-exported name in the same file is one.
//! * A file may use what an enclosing module defines in its own file, as in `super::Shared`: the files below `x/` are
//!   parts of the module `x`. Such an import is no dependency. The other direction is, and so is every import between
//!   siblings or from another module.
//! * Code under `#[cfg(test)]` does not count, nor do tokens inside `quote!`, which belong to the generated crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, ItemMod, UseTree, Visibility};

/// Segments of a module path below the crate root.
pub type ModulePath = Vec<String>;

/// The modules of one crate.
#[derive(Default)]
pub struct Modules(BTreeMap<ModulePath, Module>);

#[derive(Default)]
struct Module {
    /// The file, relative to the source folder.
    file: String,
    text: String,
    children: BTreeSet<String>,
    /// Names that the file defines.
    items: BTreeSet<String>,
    uses: Vec<Use>,
    /// Paths in code, at least two segments long.
    paths: BTreeSet<Vec<String>>,
    /// Every identifier in code.
    identifiers: BTreeSet<String>,
}

struct Use {
    path: Vec<String>,
    /// `None` for a glob.
    name: Option<String>,
    is_reexport: bool,
}

/// One import or path in code, resolved.
#[derive(Debug)]
pub struct Import {
    /// The file with the import.
    pub file: String,
    /// What is written there.
    pub path: Vec<String>,
    /// Top-level module of the file; `None` for the crate root.
    pub from: Option<String>,
    /// Top-level modules that the import names or resolves to.
    pub to: BTreeSet<String>,
    /// The file that the import depends on, if it is a dependency.
    pub depends_on: Option<String>,
}

/// What a path leads to.
enum Target {
    Module(ModulePath),
    /// An item of this module.
    Item(ModulePath),
    /// Another crate, or something local.
    Elsewhere,
}

impl Target {
    fn module(&self) -> Option<&ModulePath> {
        match self {
            Self::Module(module) | Self::Item(module) => Some(module),
            Self::Elsewhere => None,
        }
    }
}

impl Modules {
    /// Reads the crate whose root file is `lib.rs` in the folder.
    pub fn read(folder: &Path) -> Self {
        let mut modules = Self::default();
        modules.read_file(folder, &folder.join("lib.rs"), folder.to_owned(), Vec::new());
        modules
    }

    /// `below` is the folder of the child modules.
    fn read_file(&mut self, root: &Path, file: &Path, below: PathBuf, path: ModulePath) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.strip_prefix(root).unwrap_or(file).display().to_string();
        let module = Module { file: name, text, ..Module::default() };
        self.read_items(root, module, &parsed.items, &below, path);
    }

    fn read_items(&mut self, root: &Path, mut module: Module, items: &[Item], below: &Path, path: ModulePath) {
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            match item {
                Item::Mod(child) => {
                    module.children.insert(child.ident.to_string());
                    self.read_child(root, &module, below, child, &path);
                }
                Item::Use(item) => {
                    let is_reexport = !matches!(item.vis, Visibility::Inherited);
                    collect_uses(&item.tree, &mut Vec::new(), is_reexport, &mut module.uses);
                }
                item => module.add_code(item),
            }
        }
        self.0.insert(path, module);
    }

    fn read_child(&mut self, root: &Path, parent: &Module, below: &Path, child: &ItemMod, path: &[String]) {
        let name = child.ident.to_string();
        let own = below.join(&name);
        let path = path.iter().cloned().chain([name.clone()]).collect();
        if let Some((_, items)) = &child.content {
            let module = Module { file: parent.file.clone(), text: parent.text.clone(), ..Module::default() };
            return self.read_items(root, module, items, &own, path);
        }
        let file = [below.join(format!("{name}.rs")), own.join("mod.rs")].into_iter().find(|file| file.is_file());
        let file = file.unwrap_or_else(|| panic!("no file for the module `{name}` in {}", below.display()));
        self.read_file(root, &file, own, path);
    }

    /// Every import of the crate, and every path that leads to another module.
    pub fn imports(&self) -> Vec<Import> {
        self.0.iter().flat_map(|(path, module)| self.imports_of(path, module)).collect()
    }

    fn imports_of(&self, path: &ModulePath, module: &Module) -> Vec<Import> {
        let uses = module.uses.iter().filter_map(|used| {
            let target = self.resolve(path, &used.path)?;
            let counts = match (&target, &used.name) {
                (Target::Module(_), Some(name)) => !used.is_reexport && !module.has_path_from(name),
                (_, Some(name)) => !used.is_reexport || module.identifiers.contains(name),
                (_, None) => !used.is_reexport,
            };
            self.import(path, module, &used.path, &target, counts)
        });
        let paths = module.paths.iter().filter_map(|written| {
            let target = self.resolve(path, written)?;
            let is_item = matches!(target, Target::Item(_));
            self.import(path, module, written, &target, is_item)
        });
        uses.chain(paths).collect()
    }

    /// `counts` tells whether it can be a dependency. `None` for what stays within the file or names another crate.
    fn import(
        &self,
        path: &[String],
        module: &Module,
        written: &[String],
        target: &Target,
        counts: bool,
    ) -> Option<Import> {
        let defined_in = target.module();
        let file = defined_in.and_then(|module| self.0.get(module)).map(|module| &module.file);
        // What a module re-exports from another crate is imported from that module all the same.
        let named = match written {
            [first, name, ..] if first == "crate" && self.0.contains_key(std::slice::from_ref(name)) => Some(name),
            _ => None,
        };
        let to: BTreeSet<String> =
            defined_in.and_then(|module| module.first()).into_iter().chain(named).cloned().collect();
        if file == Some(&module.file) || (file.is_none() && to.is_empty()) {
            return None;
        }
        let is_enclosing = defined_in.is_some_and(|module| path.starts_with(module));
        Some(Import {
            file: module.file.clone(),
            path: written.to_vec(),
            from: path.first().cloned(),
            to,
            depends_on: file.filter(|_| counts && !is_enclosing).cloned(),
        })
    }

    /// The import with its file, its line and the file that it depends on.
    pub fn describe(&self, import: &Import) -> String {
        let module = self.0.values().find(|module| module.file == import.file);
        let line = module.map_or(1, |module| module.line(&import.path));
        let target = import.depends_on.as_ref().map(|target| format!(" ({target})")).unwrap_or_default();
        format!("{}:{line}: {}{target}", import.file, import.path.join("::"))
    }

    /// Imports from within the crate that lead nowhere: the scan would not see what they depend on.
    pub fn unresolved(&self) -> Vec<String> {
        let mut unresolved = Vec::new();
        for (path, module) in &self.0 {
            let written = module.uses.iter().map(|used| &used.path).chain(&module.paths);
            let internal = written.filter(|written| written.first().is_some_and(|first| is_internal(first)));
            let lost = internal.filter(|written| self.resolve(path, written).is_none());
            unresolved.extend(lost.map(|written| format!("{}: {}", module.file, written.join("::"))));
        }
        unresolved
    }

    /// `None` if a path within the crate leads nowhere.
    fn resolve(&self, from: &[String], written: &[String]) -> Option<Target> {
        let (first, rest) = written.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest),
            "self" => self.walk(from.to_vec(), rest),
            "super" => {
                let (_, parent) = from.split_last()?;
                match rest.first() {
                    Some(next) if next == "super" => self.resolve(parent, rest),
                    _ => self.walk(parent.to_vec(), rest),
                }
            }
            _ => Some(self.walk(from.to_vec(), written).unwrap_or(Target::Elsewhere)),
        }
    }

    /// Follows the segments down from a module.
    fn walk(&self, mut at: ModulePath, mut rest: &[String]) -> Option<Target> {
        while let Some((name, below)) = rest.split_first() {
            let module = self.0.get(&at)?;
            if module.children.contains(name) {
                at.push(name.clone());
                rest = below;
            } else if module.items.contains(name) {
                return Some(Target::Item(at));
            } else {
                return self.through_imports(&at, module, name, below);
            }
        }
        Some(Target::Module(at))
    }

    /// Follows a name that a module imports. `use quote::quote;` leads to another crate: the path of an import cannot
    /// begin with the name that it defines.
    fn through_imports(&self, at: &[String], module: &Module, name: &str, below: &[String]) -> Option<Target> {
        let mut named = module.uses.iter().filter(|used| used.name.as_deref() == Some(name));
        let target = named.find_map(|used| match used.path.first() {
            Some(first) if first == name => Some(Target::Elsewhere),
            _ => self.resolve(at, &used.path),
        });
        match target.or_else(|| self.through_globs(at, module, name))? {
            Target::Module(module) => self.walk(module, below),
            item => Some(item),
        }
    }

    /// Follows a name that a module imports by a glob from the module that defines it.
    fn through_globs(&self, at: &[String], module: &Module, name: &str) -> Option<Target> {
        let globs = module.uses.iter().filter(|used| used.name.is_none());
        globs.filter_map(|used| self.resolve(at, &used.path)).find_map(|target| {
            let Target::Module(path) = target else { return None };
            self.0.get(&path).is_some_and(|globbed| globbed.items.contains(name)).then_some(Target::Item(path))
        })
    }
}

impl Module {
    fn add_code(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Static(item) => Some(&item.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            Item::Macro(item) => item.ident.as_ref(),
            _ => None,
        };
        self.items.extend(name.map(ToString::to_string));
        if let Item::Macro(call) = item {
            // A macro's call defines names that are among its tokens.
            collect_identifiers(&call.mac.tokens, &mut self.items);
            if call.ident.is_some() {
                return;
            }
        }
        self.collect_paths(item.to_token_stream());
    }

    fn collect_paths(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = trees.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = match (first, after) {
                (TokenTree::Ident(name), [TokenTree::Punct(_), TokenTree::Group(_), after @ ..]) if name == "quote" => {
                    after
                }
                (TokenTree::Ident(_), _) => {
                    let (path, after) = leading_path(rest);
                    self.identifiers.extend(path.iter().cloned());
                    if path.len() > 1 {
                        self.paths.insert(path);
                    }
                    after
                }
                (TokenTree::Group(group), _) => {
                    self.collect_paths(group.stream());
                    after
                }
                _ => after,
            };
        }
    }

    fn has_path_from(&self, name: &str) -> bool {
        self.paths.iter().any(|path| path.first().is_some_and(|first| first == name))
    }

    /// The first line with the last segment of the path, from the first line on that has its beginning.
    fn line(&self, written: &[String]) -> usize {
        let start = written.get(..2).unwrap_or(written).join("::");
        let last = written.last().map_or("", String::as_str);
        let lines = || self.text.lines().enumerate();
        let from = lines().find(|(_, line)| line.contains(&start)).map_or(0, |(index, _)| index);
        1 + lines().skip(from).find(|(_, line)| line.contains(last)).map_or(from, |(index, _)| index)
    }
}

/// Splits off the path that the tokens begin with.
fn leading_path(mut rest: &[TokenTree]) -> (Vec<String>, &[TokenTree]) {
    let mut path = Vec::new();
    while let [TokenTree::Ident(segment), after @ ..] = rest {
        path.push(segment.to_string());
        rest = after;
        match after {
            [TokenTree::Punct(one), TokenTree::Punct(two), below @ ..]
                if one.as_char() == ':' && two.as_char() == ':' && matches!(below, [TokenTree::Ident(_), ..]) =>
            {
                rest = below;
            }
            _ => break,
        }
    }
    (path, rest)
}

fn is_internal(first: &str) -> bool {
    matches!(first, "crate" | "super" | "self")
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]"
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn collect_uses(tree: &UseTree, above: &mut Vec<String>, is_reexport: bool, uses: &mut Vec<Use>) {
    let mut add = |path: Vec<String>, name: Option<String>| uses.push(Use { path, name, is_reexport });
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.to_string());
            collect_uses(&path.tree, above, is_reexport, uses);
            above.pop();
        }
        UseTree::Name(name) if name.ident == "self" => add(above.clone(), above.last().cloned()),
        UseTree::Name(name) => add(joined(above, &name.ident), Some(name.ident.to_string())),
        UseTree::Rename(rename) if rename.ident == "self" => add(above.clone(), Some(rename.rename.to_string())),
        UseTree::Rename(rename) => add(joined(above, &rename.ident), Some(rename.rename.to_string())),
        UseTree::Glob(_) => add(above.clone(), None),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect_uses(tree, above, is_reexport, uses)),
    }
}

fn joined(above: &[String], name: &syn::Ident) -> Vec<String> {
    above.iter().cloned().chain([name.to_string()]).collect()
}

fn collect_identifiers(tokens: &TokenStream, into: &mut BTreeSet<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => drop(into.insert(ident.to_string())),
            TokenTree::Group(group) => collect_identifiers(&group.stream(), into),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
