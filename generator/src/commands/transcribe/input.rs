//! The pages of a run.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Folders in folders are followed as deep as this.
const DEEPEST: usize = 8;

/// One page.
pub(super) struct Input {
    /// Its name as shown.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// A page that cannot be read.
#[derive(Debug)]
pub(super) struct InputError {
    path: PathBuf,
    error: io::Error,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be read: {}", self.path.display(), self.error)
    }
}

/// Reads files, the files of folders in the order of their names, and standard input.
pub(super) fn read(pages: &[PathBuf]) -> Result<Vec<Input>, InputError> {
    let mut inputs = Vec::new();
    for page in pages {
        if page == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(|error| InputError { path: page.clone(), error })?;
            inputs.push(Input { name: "standard input".into(), bytes });
        } else {
            add(page, 0, &mut inputs).map_err(|(path, error)| InputError { path, error })?;
        }
    }
    Ok(inputs)
}

fn add(path: &Path, depth: usize, inputs: &mut Vec<Input>) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (path.to_owned(), error);
    if path.is_dir() && depth < DEEPEST {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
        let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
        paths.sort();
        return paths.iter().try_for_each(|path| add(path, depth + 1, inputs));
    }
    let bytes = fs::read(path).map_err(failed)?;
    inputs.push(Input { name: path.to_string_lossy().replace('\\', "/"), bytes });
    Ok(())
}
