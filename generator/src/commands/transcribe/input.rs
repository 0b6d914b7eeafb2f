//! The pages of a run.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::transcribe::LARGEST_PAGE;

/// Folders in folders are followed as deep as this.
const DEEPEST: usize = 8;

/// One page, not read yet: thousands of them would fill the memory.
pub(super) struct Input {
    /// Its name as shown.
    pub(super) name: String,
    from: From,
}

enum From {
    File(PathBuf),
    Standard,
}

impl Input {
    /// Reads the page, but not much more than a page can have: one that is larger is refused by its length.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        match &self.from {
            From::File(path) => read_some(File::open(path)?),
            From::Standard => read_some(io::stdin().lock()),
        }
    }
}

fn read_some(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_PAGE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A folder whose pages cannot be listed, or a page that is not there.
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

/// Lists files, the files of folders in the order of their names, and standard input.
pub(super) fn list(pages: &[PathBuf]) -> Result<Vec<Input>, InputError> {
    let mut inputs = Vec::new();
    for page in pages {
        if page == Path::new("-") {
            let is_repeated = inputs.iter().any(|input: &Input| matches!(input.from, From::Standard));
            if !is_repeated {
                inputs.push(Input { name: "standard input".into(), from: From::Standard });
            }
        } else {
            add(page, 0, &mut inputs)?;
        }
    }
    Ok(inputs)
}

fn add(path: &Path, depth: usize, inputs: &mut Vec<Input>) -> Result<(), InputError> {
    let failed = |error| InputError { path: path.to_owned(), error };
    // What a folder holds and cannot be read, a broken link, is refused as a page when its turn comes.
    let is_folder = match fs::metadata(path) {
        Ok(meta) => meta.is_dir(),
        Err(error) if depth == 0 => return Err(failed(error)),
        Err(_) => false,
    };
    if is_folder {
        if depth == DEEPEST {
            return Err(failed(io::Error::other("folders are nested too deeply")));
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
        let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
        paths.sort();
        return paths.iter().try_for_each(|path| add(path, depth + 1, inputs));
    }
    let name = path.to_string_lossy().replace('\\', "/");
    inputs.push(Input { name, from: From::File(path.to_owned()) });
    Ok(())
}
