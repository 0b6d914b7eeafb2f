//! Reads a folder on disk.

use std::fs;
use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};
use crate::spec::Specs;

use super::{LARGEST, Layout, add, is_ignored, shown, too_large};

/// Maximum folder depth below the specs folder: platform, family, and one level more so that misplaced files are
/// reported.
const DEEPEST: usize = 3;

/// Loads a specs folder.
pub fn load_dir(folder: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Specs {
    let root = folder.to_string_lossy().replace('\\', "/");
    let root = root.trim_end_matches('/').to_owned();
    let mut walk = Walk { root: &root, layout: Layout::new(&root), sources, diagnostics };
    if !folder.is_dir() {
        let file = walk.sources.add(root.as_str(), "");
        let message = "the specs folder does not exist, or is not a folder";
        walk.diagnostics.push(Diagnostic::new(Code::Unreadable, Place::file(file), message));
        return Specs::default();
    }
    walk.folder(folder, "", 0);
    let Walk { mut layout, sources, diagnostics, .. } = walk;
    layout.complete(sources);
    layout.load(sources, diagnostics)
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

    /// Walks a folder in the order of its file names.
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        let names = match names(folder) {
            Ok(names) => names,
            Err(error) => return self.report(Code::Unreadable, path, format!("the folder cannot be read: {error}")),
        };
        for name in names {
            let Some(name) = name.to_str() else {
                let shown_name = join(path, &name.to_string_lossy());
                self.report(Code::BadName, &shown_name, "the name is not UTF-8");
                continue;
            };
            let path = join(path, name);
            if !is_ignored(&path.split('/').collect::<Vec<_>>()) {
                self.entry(&folder.join(name), &path, depth);
            }
        }
    }

    fn entry(&mut self, full: &Path, path: &str, depth: usize) {
        match fs::symlink_metadata(full) {
            Err(error) => self.report(Code::Unreadable, path, format!("the file cannot be read: {error}")),
            Ok(meta) if meta.is_symlink() => self.report(Code::Symlink, path, "symbolic links are not allowed"),
            Ok(meta) if meta.is_dir() && depth < DEEPEST => self.folder(full, path, depth + 1),
            Ok(meta) if meta.is_dir() => self.report(Code::UnknownFile, path, "the folder is nested too deeply"),
            Ok(meta) if meta.is_file() => {
                let file = self.file(full, path, meta.len());
                self.layout.place(path, file, self.diagnostics);
            }
            Ok(_) => self.report(Code::UnknownFile, path, "neither a file nor a folder"),
        }
    }

    fn file(&mut self, full: &Path, path: &str, length: u64) -> Option<FileId> {
        if length > LARGEST {
            too_large(self.sources.add(shown(self.root, path), ""), self.diagnostics);
            return None;
        }
        let bytes = match fs::read(full) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report(Code::Unreadable, path, format!("the file cannot be read: {error}"));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => add(self.root, path, text, self.sources, self.diagnostics),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let file = self.sources.add(shown(self.root, path), text);
                let place = Place::bytes(file, good..good + char::REPLACEMENT_CHARACTER.len_utf8());
                self.diagnostics
                    .push(Diagnostic::new(Code::NotUtf8, place, "the file is not UTF-8").here("first invalid byte"));
                None
            }
        }
    }
}

fn names(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name());
    }
    names.sort();
    Ok(names)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
