//! Where the generated manifest finds the runtime.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use crate::emit::{RUNTIME_VERSION, RuntimeSource};

/// The runtime's folder in this repository.
const OWN_FOLDER: &str = "generator/runtime";

/// Why no place can be written into the manifest.
#[derive(Debug)]
pub(super) enum Error {
    /// The folder holds no package.
    NoPackage(PathBuf),
    /// The path cannot be written as text.
    NotUnicode(PathBuf),
    /// The current folder is not known.
    Io(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPackage(path) => {
                write!(f, "--runtime: there is no package in {} (a version looks like 0.1.0)", path.display())
            }
            Self::NotUnicode(path) => {
                write!(f, "--runtime: {} is not Unicode, so no manifest can name it", path.display())
            }
            Self::Io(error) => write!(f, "the current folder cannot be read: {error}"),
        }
    }
}

/// What `--runtime` says; without it, the folder in the repository around the specs, the output or the current folder,
/// else the registry.
pub(super) fn find(argument: Option<&str>, specs: &Path, out: &Path) -> Result<RuntimeSource, Error> {
    let Some(text) = argument else {
        for inside in [specs, out, Path::new(".")] {
            if let Some(folder) = own_folder(inside)? {
                return from_folder(&folder, out);
            }
        }
        return Ok(RuntimeSource::Version(RUNTIME_VERSION.to_owned()));
    };
    if is_version(text) && !Path::new(text).exists() {
        return Ok(RuntimeSource::Version(text.to_owned()));
    }
    from_folder(Path::new(text), out)
}

/// The runtime's folder in the repository around `inside`, wherever the command is run.
fn own_folder(inside: &Path) -> Result<Option<PathBuf>, Error> {
    let place = real(inside)?;
    Ok(place.ancestors().map(|folder| folder.join(OWN_FOLDER)).find(|folder| folder.join("Cargo.toml").is_file()))
}

/// `0.1`, `^0.1.2`, `=1.0.0-rc.1`.
fn is_version(text: &str) -> bool {
    let number = text.trim_start_matches(['=', '^', '~']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(plain)
}

fn from_folder(folder: &Path, out: &Path) -> Result<RuntimeSource, Error> {
    if !folder.join("Cargo.toml").is_file() {
        return Err(Error::NoPackage(folder.to_owned()));
    }
    let path = relative(&real(folder)?, &real(out)?);
    let text = path.to_str().ok_or_else(|| Error::NotUnicode(path.clone()))?;
    Ok(RuntimeSource::Path(text.replace('\\', "/")))
}

/// The absolute path without links and detours, as far as it exists.
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

/// The way from one folder to another; the folder itself where there is none.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let (to_steps, from_steps): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (to.components().collect(), from.components().collect());
    let shared = to_steps.iter().zip(&from_steps).take_while(|(to, from)| to == from).count();
    if shared == 0 {
        return to.to_owned();
    }
    let up = from_steps[shared..].iter().map(|_| Component::ParentDir);
    up.chain(to_steps[shared..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_up_and_down() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/d")), Path::new("../b/c"));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/d")), Path::new(".."));
    }

    #[test]
    fn versions_are_told_from_folders() {
        assert!(is_version("0.1.0") && is_version("^1") && is_version("=1.0.0-rc.1"));
        assert!(!is_version("../runtime") && !is_version("runtime"));
    }
}
