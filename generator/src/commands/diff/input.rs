//! Reads a revision: a specs folder, one spec, or either of them in git.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::approvals;
use super::git::{Git, What};
use crate::diff::Texts;
use crate::lock;

/// Maximum depth of folders below the specs folder.
const DEEPEST: usize = 3;

/// One revision of a comparison.
pub(super) enum Input {
    /// A specs folder.
    Specs(Texts),
    /// The part of a specs folder that a single spec needs.
    Part(Texts),
    /// A spec outside of a specs folder: path and text.
    Loose(String, String),
}

/// Reads one revision.
pub(super) fn read(what: &str, specs: &Path) -> Result<Input, String> {
    match what.strip_prefix("git:") {
        Some(name) => revision(name, specs).map_err(|error| format!("{what}: {error}")),
        None => working_tree(Path::new(what)),
    }
}

fn working_tree(path: &Path) -> Result<Input, String> {
    if path.is_dir() {
        let mut files = BTreeMap::new();
        folder(path, "", 0, &mut files)?;
        return Ok(Input::Specs(Texts { root: shown(path), files, lock: beside(path)? }));
    }
    let text = file(path)?;
    let name = shown(path);
    let parts: Vec<&str> = name.split('/').collect();
    let [top @ .., _, _, _] = parts.as_slice() else { return Ok(Input::Loose(name.clone(), text)) };
    let root = if top.is_empty() { ".".to_owned() } else { top.join("/") };
    single(&root, &parts, text, |below| {
        let path = Path::new(&root).join(below);
        if path.is_file() { file(&path).map(Some) } else { Ok(None) }
    })
}

/// Collects one transcript and what it needs from the folder around it.
fn single(
    root: &str,
    parts: &[&str],
    text: String,
    other: impl Fn(&str) -> Result<Option<String>, String>,
) -> Result<Input, String> {
    let loose = |text| Ok(Input::Loose(parts.join("/"), text));
    let [.., platform, family, leaf] = parts else { return loose(text) };
    let Some(stem) = leaf.strip_suffix(".fix.yaml").or_else(|| leaf.strip_suffix(".yaml")) else { return loose(text) };
    let mut files = BTreeMap::new();
    let needed = ["crate.yaml".to_owned(), format!("{platform}/platform.yaml")];
    for path in needed {
        match other(&path)? {
            Some(text) => files.insert(path, text),
            None => return loose(text),
        };
    }
    let stem = format!("{platform}/{family}/{stem}");
    for path in [format!("{stem}.yaml"), format!("{stem}.fix.yaml"), approvals::FILE.to_owned()] {
        if let Some(text) = other(&path)? {
            files.insert(path, text);
        }
    }
    Ok(Input::Part(Texts { root: root.to_owned(), files, lock: other(lock::FILE)? }))
}

fn revision(name: &str, specs: &Path) -> Result<Input, String> {
    let (revision, path) = name.split_once(':').map_or((name, None), |(revision, path)| (revision, Some(path)));
    if revision.is_empty() || revision.starts_with('-') {
        return Err("expected a revision, such as `git:HEAD` or `git:v1.0:specs`".to_owned());
    }
    let git = Git { folder: if specs.is_dir() { specs } else { Path::new(".") } };
    let path = match path {
        Some(path) => path.trim_end_matches('/').to_owned(),
        None => git.prefix()?,
    };
    let root = format!("{revision}:{path}");
    match git.what(revision, &path)? {
        // The revision is older than the specs folder.
        None if !name.contains(':') => Ok(Input::Specs(Texts { root, files: BTreeMap::new(), lock: None })),
        None => Err("no such file or folder in this revision".to_owned()),
        Some(What::Folder) => {
            let lock = if path.is_empty() { lock::FILE.to_owned() } else { format!("{path}/{}", lock::FILE) };
            let (files, lock) = (git.folder(revision, &path)?, git.file(revision, &lock)?);
            Ok(Input::Specs(Texts { root, files, lock }))
        }
        Some(What::File) => {
            let text = git.file(revision, &path)?.unwrap_or_default();
            let parts: Vec<&str> = path.split('/').collect();
            let [top @ .., _, _, _] = parts.as_slice() else { return Ok(Input::Loose(root, text)) };
            let top = top.join("/");
            let below = |rest: &str| if top.is_empty() { rest.to_owned() } else { format!("{top}/{rest}") };
            single(&format!("{revision}:{top}"), &parts, text, |rest| git.file(revision, &below(rest)))
        }
    }
}

fn folder(folder: &Path, above: &str, depth: usize, files: &mut BTreeMap<String, String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", shown(folder));
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let path = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        // Links lead out of the specs folder. Loading rejects them as well.
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && depth < DEEPEST {
            self::folder(&entry.path(), &path, depth + 1, files)?;
        } else if kind.is_file() && name.ends_with(".yaml") {
            files.insert(path, file(&entry.path())?);
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", shown(path)))
}

/// Reads the lock in a specs folder, if there is one.
fn beside(specs: &Path) -> Result<Option<String>, String> {
    let path = specs.join(lock::FILE);
    if path.is_file() { file(&path).map(Some) } else { Ok(None) }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}
