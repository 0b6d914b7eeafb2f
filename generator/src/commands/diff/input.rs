//! Reads a revision: a specs folder, one spec, or either of them in git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{self, shown};
use super::git::{Entry, Git};
use super::name::Name;
use crate::diff::Texts;
use crate::lock;
use crate::spec::APPROVALS;

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
pub(super) fn read(name: &Name, git: &Git<'_>) -> Result<Input, String> {
    match name {
        Name::Revision { argument, revision, path } => {
            committed(revision, path.as_deref(), git).map_err(|error| format!("{argument}: {error}"))
        }
        Name::Path(path) => working_tree(path),
    }
}

impl Input {
    /// Returns the folder or file as reports show it.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Specs(texts) | Self::Part(texts) => &texts.root,
            Self::Loose(path, _) => path,
        }
    }
}

/// Returns the specs folder on disk that a revision was read from. `None` if it is in git, or outside of a specs folder.
pub(super) fn home(what: &str, input: &Input) -> Option<PathBuf> {
    let path = Path::new(what);
    match input {
        _ if what.starts_with("git:") => None,
        Input::Specs(_) => path.is_dir().then(|| path.to_owned()),
        Input::Part(_) => {
            let top = path.ancestors().nth(3)?;
            Some(if top.as_os_str().is_empty() { PathBuf::from(".") } else { top.to_owned() })
        }
        Input::Loose(..) => None,
    }
}

/// Reads a specs folder on disk.
pub(super) fn folder(path: &Path) -> Result<Texts, String> {
    files::all(path, Texts { root: shown(path), lock: files::below(path, lock::FILE)?, ..Texts::default() })
}

fn working_tree(path: &Path) -> Result<Input, String> {
    if path.is_dir() {
        return folder(path).map(Input::Specs);
    }
    let text = files::named(path)?;
    let name = shown(path);
    let parts: Vec<&str> = name.split('/').collect();
    let [top @ .., _, _, _] = parts.as_slice() else { return Ok(Input::Loose(name.clone(), text)) };
    let root = if top.is_empty() { ".".to_owned() } else { top.join("/") };
    single(&root, &parts, text, |below| files::below(Path::new(&root), below))
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
    for path in [format!("{stem}.yaml"), format!("{stem}.fix.yaml"), APPROVALS.to_owned()] {
        if let Some(text) = other(&path)? {
            files.insert(path, text);
        }
    }
    Ok(Input::Part(Texts { root: root.to_owned(), files, lock: other(lock::FILE)?, ..Texts::default() }))
}

fn committed(revision: &str, named: Option<&str>, git: &Git<'_>) -> Result<Input, String> {
    let commit = git.commit(revision)?;
    let path = match named {
        Some(path) => path.to_owned(),
        None => git.prefix()?,
    };
    let root = format!("{revision}:{path}");
    match git.entry(&commit, &path)? {
        // The revision is older than the specs folder.
        None if named.is_none() => Ok(Input::Specs(Texts { root, ..Texts::default() })),
        None => Err("no such file or folder in this revision".to_owned()),
        Some(Entry::Folder) => {
            let lock = git.below(&commit, &path, lock::FILE)?;
            git.folder(&commit, &path, Texts { root, lock, ..Texts::default() }).map(Input::Specs)
        }
        Some(Entry::File(blob)) => {
            let text = git.text(&blob)?;
            let parts: Vec<&str> = path.split('/').collect();
            let [top @ .., _, _, _] = parts.as_slice() else { return Ok(Input::Loose(root, text)) };
            let top = top.join("/");
            single(&format!("{revision}:{top}"), &parts, text, |rest| git.below(&commit, &top, rest))
        }
    }
}
