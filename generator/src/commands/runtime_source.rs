//! Finds the runtime that the generated crate depends on.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use super::folders::relative;
use crate::emit::{RUNTIME_VERSION, RuntimeSource};

/// The runtime's folder in this repository.
const OWN_FOLDER: &str = "generator/runtime";

/// The reason why there is no runtime to depend on.
#[derive(Debug)]
pub(super) enum Error {
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
            Self::NoPackage(path) => {
                write!(
                    f,
                    "`--runtime {}` is neither a folder with a Cargo.toml nor a version such as 0.1.0",
                    path.display()
                )
            }
            Self::NotUnicode(path) => {
                write!(f, "`--runtime {}` is not Unicode, so no manifest can contain it", path.display())
            }
            Self::Io(error) => write!(f, "cannot read the current folder: {error}"),
        }
    }
}

/// Returns the runtime named by `--runtime`; without it, the folder in the repository around the specs, the output or the
/// current folder, else this program's version in the registry.
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

/// Finds the runtime's folder in the repository around `inside`.
fn own_folder(inside: &Path) -> Result<Option<PathBuf>, Error> {
    let place = real(inside)?;
    Ok(place.ancestors().map(|folder| folder.join(OWN_FOLDER)).find(|folder| folder.join("Cargo.toml").is_file()))
}

/// Returns whether the text is a version: `0.1`, `^0.1.2`, `=1.0.0-rc.1`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_folders() {
        assert!(is_version("0.1.0") && is_version("^1") && is_version("=1.0.0-rc.1"));
        assert!(!is_version("../runtime") && !is_version("runtime"));
    }
}
