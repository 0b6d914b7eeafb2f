//! The pages of a run.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::transcribe::LARGEST_PAGE;

/// Maximum depth of nested folders.
const DEEPEST: usize = 8;

/// One page that is not read yet: thousands of pages would fill the memory.
pub(super) struct Input {
    /// The name shown to users.
    pub(super) name: String,
    from: From,
}

enum From {
    File(PathBuf),
    Standard,
}

impl Input {
    /// Reads the page, up to one byte more than the maximum size, so that a larger page is rejected by its length.
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

/// A folder whose pages cannot be listed, or a page that does not exist.
#[derive(Debug)]
pub(super) struct InputError {
    path: PathBuf,
    error: io::Error,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.error)
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
    // A broken link in a folder is rejected as a page later.
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
