//! The files that a run has read.

use std::sync::OnceLock;

use super::lines::Lines;
use super::tree::Tree;

/// A file of [`Sources`]. Cheap to copy; valid only for the `Sources` that returned it.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileId(usize);

/// Every file read in a run: the path shown to users, and the text.
#[derive(Default, Debug)]
pub struct Sources {
    files: Vec<File>,
    /// Beginnings of paths that users see → the same in the repository.
    roots: Vec<(String, String)>,
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    /// Parsed when a diagnostic first needs a position, which most runs never do.
    tree: OnceLock<Tree>,
    /// Found when a diagnostic first needs a line.
    lines: OnceLock<Lines>,
}

impl Sources {
    /// Returns an empty set of files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. `path` is shown to users unchanged, with `/` between its parts.
    ///
    /// Folders and unreadable files are added with an empty text so that diagnostics can name them.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let file = File { path: path.into(), text: text.into(), tree: OnceLock::new(), lines: OnceLock::new() };
        self.files.push(file);
        FileId(self.files.len() - 1)
    }

    /// Returns the path shown to users, or an empty text if the id belongs to other sources.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.path)
    }

    /// Sets where a folder or file is in its repository: `top` is the beginning of `path(…)`.
    pub(crate) fn set_root(&mut self, top: impl Into<String>, in_repository: impl Into<String>) {
        self.roots.push((top.into(), in_repository.into()));
    }

    /// Returns the path relative to the root of its repository, or the path shown to users if that is not known.
    pub(crate) fn path_in_repository(&self, file: FileId) -> String {
        let shown = self.path(file);
        let below = |root: &str| {
            let rest = shown.strip_prefix(root)?;
            (rest.is_empty() || rest.starts_with('/') || root.ends_with(':')).then(|| rest.trim_start_matches('/'))
        };
        let found = self.roots.iter().find_map(|(top, in_repository)| Some((in_repository, below(top)?)));
        match found {
            Some((root, rest)) if root.is_empty() => rest.to_owned(),
            Some((root, "")) => root.clone(),
            Some((root, rest)) => format!("{root}/{rest}"),
            None => shown.to_owned(),
        }
    }

    /// Returns the text as read, or an empty text if the id belongs to other sources.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |file| &file.text)
    }

    /// Returns the first file with this path. Looks at every file.
    pub(crate) fn find(&self, path: &str) -> Option<FileId> {
        self.files.iter().position(|file| file.path == path).map(FileId)
    }

    /// Returns the file's YAML with byte positions. Parses the file on first use.
    pub(crate) fn tree(&self, file: FileId) -> Option<&Tree> {
        let file = self.files.get(file.0)?;
        Some(file.tree.get_or_init(|| Tree::read(&file.text)))
    }

    /// Returns where the file's lines start. Reads the text on first use.
    pub(crate) fn lines(&self, file: FileId) -> Option<&Lines> {
        let file = self.files.get(file.0)?;
        Some(file.lines.get_or_init(|| Lines::read(&file.text)))
    }
}
