//! The files below a folder.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::kind::Kind;

/// A file below a folder, or the reason why it cannot be read.
#[derive(Debug)]
pub struct Entry {
    /// The path below the folder, with `/` between its steps. Empty for the folder itself.
    pub path: String,
    /// The path of the file.
    pub full: PathBuf,
    /// What was found there.
    pub found: Found,
}

/// What is at the path of an [`Entry`].
#[derive(Debug)]
pub enum Found {
    /// A regular file.
    File,
    /// A symbolic link.
    Symlink,
    /// A pipe, a socket or a device.
    Special,
    /// A folder below the maximum depth.
    TooDeep,
    /// A name that is not UTF-8.
    BadName,
    /// A folder that cannot be read.
    Unreadable(io::Error),
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("a file"),
            Self::Symlink => f.write_str("symbolic links are not allowed"),
            Self::Special => f.write_str("neither a file nor a folder"),
            Self::TooDeep => f.write_str("the folder is nested too deeply"),
            Self::BadName => f.write_str("the name is not UTF-8"),
            Self::Unreadable(error) => write!(f, "the folder cannot be read: {error}"),
        }
    }
}

/// Lists the files below a folder and its folders, in the order of their names, down to a depth.
///
/// Paths for which `is_ignored` returns true are left out, with what is below them.
pub fn list(folder: &Path, deepest: usize, is_ignored: &dyn Fn(&str) -> bool) -> Vec<Entry> {
    let mut list = List { entries: Vec::new(), deepest, is_ignored };
    list.folder(folder, "", 0);
    list.entries
}

struct List<'a> {
    entries: Vec<Entry>,
    deepest: usize,
    is_ignored: &'a dyn Fn(&str) -> bool,
}

impl List<'_> {
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        let entries = match sorted(folder) {
            Ok(entries) => entries,
            Err(error) => return self.add(path.to_owned(), folder, Found::Unreadable(error)),
        };
        for (name, kind) in entries {
            let full = folder.join(&name);
            let Some(name) = name.to_str() else {
                self.add(join(path, &name.to_string_lossy()), &full, Found::BadName);
                continue;
            };
            let path = join(path, name);
            if (self.is_ignored)(&path) {
                continue;
            }
            match kind {
                Kind::Folder if depth < self.deepest => self.folder(&full, &path, depth + 1),
                Kind::Folder => self.add(path, &full, Found::TooDeep),
                Kind::File => self.add(path, &full, Found::File),
                Kind::Symlink => self.add(path, &full, Found::Symlink),
                Kind::Special => self.add(path, &full, Found::Special),
            }
        }
    }

    fn add(&mut self, path: String, full: &Path, found: Found) {
        self.entries.push(Entry { path, full: full.to_owned(), found });
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.file_name(), Kind::of(entry.file_type()?)));
    }
    entries.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(entries)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
