//! Reads a folder on disk.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{self, Entry, Found, ReadError};
use crate::parallel;
use crate::source::{FileId, Place, Sources};
use crate::spec::Specs;

use super::{KnownPlatforms, LARGEST, Layout, add, is_ignored, shown};

/// Maximum folder depth below the specs folder: platform, family, and one level more so that misplaced files are
/// reported.
const DEEPEST: usize = 3;

/// Loads a specs folder.
pub fn load_dir(folder: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Specs {
    Folder::read(folder).load(sources, diagnostics)
}

/// Loads a specs folder without the transcripts that are not `wanted`, by their text and that of their fixes. They are not
/// parsed, so problems in them are not found.
pub(crate) fn load_some(
    folder: &Path,
    wanted: &dyn Fn(&[&str]) -> bool,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Specs {
    Folder::read(folder).load_wanted(wanted, sources, diagnostics)
}

/// The files of a specs folder, read and not parsed yet.
#[derive(Debug)]
pub struct Folder {
    root: String,
    exists: bool,
    files: Vec<(Entry, Text)>,
}

/// The text of an entry that is a file.
type Text = Option<Result<String, ReadError>>;

impl Folder {
    /// Reads all files of a specs folder. What cannot be read is reported when the files are loaded.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let root = folder.to_string_lossy().replace('\\', "/");
        let entries = if folder.is_dir() { list_dir(folder) } else { Vec::new() };
        let files = parallel::map(entries, |entry| {
            let is_file = matches!(entry.found, Found::File);
            let text = is_file.then(|| files::read_text(folder, &entry.full, LARGEST));
            (entry, text)
        });
        Self { root: root.trim_end_matches('/').to_owned(), exists: folder.is_dir(), files }
    }

    /// Parses all files.
    pub fn load(self, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Specs {
        self.load_wanted(&|_| true, sources, diagnostics)
    }

    fn load_wanted(
        self,
        wanted: &dyn Fn(&[&str]) -> bool,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Specs {
        let mut walk = Walk { root: &self.root, layout: Layout::new(&self.root), sources, diagnostics };
        if !self.exists {
            let file = walk.sources.add(self.root.as_str(), "");
            let message = "the specs folder does not exist, or is not a folder";
            walk.diagnostics.push(Diagnostic::new(Code::Unreadable, Place::file(file), message));
            return Specs::default();
        }
        for (entry, text) in self.files {
            walk.entry(&entry, text);
        }
        walk.load(wanted)
    }

    /// Parses the files that `wanted` accepts by their paths below the folder, as if there were no others.
    pub fn load_some(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Specs {
        let mut walk = Walk { root: &self.root, layout: Layout::new(&self.root), sources, diagnostics };
        for (entry, text) in self.files.iter().filter(|(entry, _)| wanted(&entry.path)) {
            if let Some(Ok(text)) = text {
                walk.entry(entry, Some(Ok(text.clone())));
            }
        }
        walk.load(&|_| true)
    }

    /// Returns the texts of all files by their paths below the folder. `None` if anything in it cannot be read.
    #[must_use]
    pub fn texts(&self) -> Option<Vec<(&str, &str)>> {
        let files = self.files.iter().map(|(entry, text)| match text {
            Some(Ok(text)) => Some((entry.path.as_str(), text.as_str())),
            Some(Err(_)) | None => None,
        });
        if self.exists { files.collect() } else { None }
    }

    /// Returns the path of a file as findings show it.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        shown(&self.root, path)
    }
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
    fn load(self, wanted: &dyn Fn(&[&str]) -> bool) -> Specs {
        let Self { mut layout, sources, diagnostics, .. } = self;
        layout.complete(sources);
        layout.retain(wanted, sources);
        layout.load(&KnownPlatforms::new(), sources, diagnostics)
    }

    fn report(&mut self, code: Code, path: &str, message: impl Into<String>) {
        let file = self.sources.add(shown(self.root, path), "");
        self.diagnostics.push(Diagnostic::new(code, Place::file(file), message));
    }

    fn entry(&mut self, Entry { path, found, .. }: &Entry, text: Text) {
        if let Some(code) = refused(found) {
            self.report(code, path, found.to_string());
        } else if let Some(text) = text {
            let file = self.file(path, text);
            self.layout.place(path, file, self.diagnostics);
        }
    }

    fn file(&mut self, path: &str, text: Result<String, ReadError>) -> Option<FileId> {
        match text {
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
