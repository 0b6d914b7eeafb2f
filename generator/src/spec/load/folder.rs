//! Reads a folder on disk.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{self, Entry, Found, ReadError};
use crate::source::{FileId, Place, Sources};
use crate::spec::Specs;

use super::{KnownPlatforms, LARGEST, Layout, add, is_ignored, shown};

/// Maximum folder depth below the specs folder: platform, family, and one level more so that misplaced files are
/// reported.
const DEEPEST: usize = 3;

/// Loads a specs folder.
pub fn load_dir(folder: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Specs {
    load_some(folder, &|_| true, sources, diagnostics)
}

/// Loads a specs folder without the transcripts that are not `wanted`, by their text and that of their fixes. They are not
/// parsed, so problems in them are not found.
pub(crate) fn load_some(
    folder: &Path,
    wanted: &dyn Fn(&[&str]) -> bool,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Specs {
    let root = folder.to_string_lossy().replace('\\', "/");
    let root = root.trim_end_matches('/').to_owned();
    let mut walk = Walk { root: &root, layout: Layout::new(&root), sources, diagnostics };
    if !folder.is_dir() {
        let file = walk.sources.add(root.as_str(), "");
        let message = "the specs folder does not exist, or is not a folder";
        walk.diagnostics.push(Diagnostic::new(Code::Unreadable, Place::file(file), message));
        return Specs::default();
    }
    for entry in list_dir(folder) {
        walk.entry(folder, &entry);
    }
    let Walk { mut layout, sources, diagnostics, .. } = walk;
    layout.complete(sources);
    layout.retain(wanted, sources);
    layout.load(&KnownPlatforms::new(), sources, diagnostics)
}

/// Lists the files that a specs folder may contain, and what does not belong there.
pub(crate) fn list_dir(folder: &Path) -> Vec<Entry> {
    files::list(folder, DEEPEST, &is_ignored)
}

/// Returns the code of a finding about what a specs folder may not contain. `None` for a file.
pub(crate) fn refused(found: &Found) -> Option<Code> {
    match found {
        Found::File => None,
        Found::Symlink => Some(Code::Symlink),
        Found::Special | Found::TooDeep => Some(Code::UnknownFile),
        Found::BadName => Some(Code::BadName),
        Found::Unreadable(_) => Some(Code::Unreadable),
    }
}

struct Walk<'a> {
    root: &'a str,
    layout: Layout,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn report(&mut self, code: Code, path: &str, message: impl Into<String>) {
        let file = self.sources.add(shown(self.root, path), "");
        self.diagnostics.push(Diagnostic::new(code, Place::file(file), message));
    }

    fn entry(&mut self, root: &Path, Entry { path, full, found }: &Entry) {
        match refused(found) {
            Some(code) => self.report(code, path, found.to_string()),
            None => {
                let file = self.file(root, full, path);
                self.layout.place(path, file, self.diagnostics);
            }
        }
    }

    fn file(&mut self, root: &Path, full: &Path, path: &str) -> Option<FileId> {
        match files::read_text(root, full, LARGEST) {
            Ok(text) => add(self.root, path, text, self.sources, self.diagnostics),
            Err(ReadError::NotUtf8(error)) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let file = self.sources.add(shown(self.root, path), text);
                let place = Place::bytes(file, good..good + char::REPLACEMENT_CHARACTER.len_utf8());
                self.diagnostics
                    .push(Diagnostic::new(Code::NotUtf8, place, "the file is not UTF-8").here("first invalid byte"));
                None
            }
            Err(error) => {
                self.report(error.code(), path, error.to_string());
                None
            }
        }
    }
}
