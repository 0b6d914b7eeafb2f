//! Finds the runtime that the generated crate depends on.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use super::folders::{self, relative};
use crate::emit::{RUNTIME_VERSION, RuntimeSource};
use crate::spec::{FoundRuntime, RuntimeSpec};
use crate::terms::{GitReference, is_requirement};

/// The runtime's folder in this repository.
const OWN_FOLDER: &str = "generator/runtime";

/// The reason why there is no runtime to depend on.
#[derive(Debug)]
pub(super) enum Error {
    /// `--runtime` names neither a package nor a version.
    Neither(String),
    /// The folder does not contain a package.
    NoPackage(PathBuf),
    /// The path is not Unicode, so no manifest can contain it.
    NotUnicode(PathBuf),
    /// The current folder is unknown.
    Io(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Neither(text) => {
                write!(f, "`--runtime {text}` is neither a folder with a Cargo.toml nor a version such as 0.1.0")
            }
            Self::NoPackage(path) => write!(f, "`{}` is not a folder with a Cargo.toml", path.display()),
            Self::NotUnicode(path) => {
                write!(f, "the path `{}` of the runtime is not Unicode, so no manifest can contain it", path.display())
            }
            Self::Io(error) => write!(f, "cannot read the current folder: {error}"),
        }
    }
}

/// Returns the runtime named by `--runtime`.
pub(super) fn named(text: &str, out: &Path) -> Result<RuntimeSource, Error> {
    if is_requirement(text) && !Path::new(text).exists() {
        return Ok(RuntimeSource::Version(text.to_owned()));
    }
    from_folder(Path::new(text), out).map_err(|error| match error {
        Error::NoPackage(_) => Error::Neither(text.to_owned()),
        error => error,
    })
}

/// Returns the runtime that crate.yaml names. A mapping without any place has been reported.
pub(super) fn kept(spec: &RuntimeSpec, specs: &Path, out: &Path) -> Result<RuntimeSource, Error> {
    let RuntimeSpec::Found(found) = spec else { return Ok(RuntimeSource::Embedded) };
    match found {
        FoundRuntime { path: Some(path), .. } => from_folder(&folders::below(specs, path), out),
        FoundRuntime { git: Some(url), rev, tag, branch, .. } => {
            let names = [(GitReference::Rev, rev), (GitReference::Tag, tag), (GitReference::Branch, branch)];
            let reference = names.into_iter().find_map(|(kind, name)| name.clone().map(|name| (kind, name)));
            Ok(RuntimeSource::Git { url: url.clone(), reference })
        }
        FoundRuntime { version, .. } => {
            Ok(RuntimeSource::Version(version.clone().unwrap_or_else(|| RUNTIME_VERSION.to_owned())))
        }
    }
}

/// Returns the folder in the repository around the specs, the output or the current folder, else this program's version in the
/// registry.
pub(super) fn default(specs: &Path, out: &Path) -> Result<RuntimeSource, Error> {
    for inside in [specs, out, Path::new(".")] {
        if let Some(folder) = own_folder(inside)? {
            return from_folder(&folder, out);
        }
    }
    Ok(RuntimeSource::Version(RUNTIME_VERSION.to_owned()))
}

/// Finds the runtime's folder in the repository around `inside`.
fn own_folder(inside: &Path) -> Result<Option<PathBuf>, Error> {
    let place = real(inside)?;
    Ok(place.ancestors().map(|folder| folder.join(OWN_FOLDER)).find(|folder| folder.join("Cargo.toml").is_file()))
}

fn from_folder(folder: &Path, out: &Path) -> Result<RuntimeSource, Error> {
    if !folder.join("Cargo.toml").is_file() {
        return Err(Error::NoPackage(folder.to_owned()));
    }
    let path = relative(&real(folder)?, &real(out)?);
    let text = path.to_str().ok_or_else(|| Error::NotUnicode(path.clone()))?;
    Ok(RuntimeSource::Path(text.replace('\\', "/")))
}

/// Returns the absolute path without links and `..`, as far as the path exists.
fn real(path: &Path) -> Result<PathBuf, Error> {
    let mut found = PathBuf::new();
    for step in std::path::absolute(path).map_err(Error::Io)?.components() {
        match step {
            Component::ParentDir => drop(found.pop()),
            step => found.push(step),
        }
        found = found.canonicalize().unwrap_or(found);
    }
    Ok(found)
}
