//! The pages of a run.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::Code;
use crate::files::{self, Kind, Limit, ReadError};
use crate::transcribe::{LARGEST_PAGE, Refusal};

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
    /// Reads the page. Standard input is read up to one byte more than the maximum size, so that it is rejected by its length.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        match &self.from {
            From::File(path) => {
                let folder = path.parent().unwrap_or(path);
                files::read(folder, path, Limit::bytes(LARGEST_PAGE as u64)).map_err(|error| refusal(&error))
            }
            From::Standard => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().take(LARGEST_PAGE as u64 + 1).read_to_end(&mut bytes);
                read.map_err(|error| refusal(&ReadError::Io(error)))?;
                Ok(bytes)
            }
        }
    }
}

fn refusal(error: &ReadError) -> Refusal {
    match error {
        ReadError::TooLarge(limit) => Refusal::of_page(Code::PageTooLarge, format!("the page is larger than {limit}")),
        ReadError::NotAFile(_) => Refusal::of_page(Code::Unreadable, format!("cannot read the page: {error}"))
            .help("pages are files; `-` reads a page from standard input"),
        _ => Refusal::of_page(Code::Unreadable, format!("cannot read the page: {error}")),
    }
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
    // The user may name a link to a folder. Other links are rejected as pages later.
    let is_folder = match files::kind(path).map_err(failed)? {
        Some(Kind::Symlink) => depth == 0 && path.is_dir(),
        Some(kind) => kind == Kind::Folder,
        None if depth == 0 => return Err(failed(io::ErrorKind::NotFound.into())),
        None => false,
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
