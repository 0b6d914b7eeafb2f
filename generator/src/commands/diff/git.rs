//! Files of a git revision. The git program reads them, so every kind of repository works.
//!
//! The same rules hold as for files on disk: links and large files are refused.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::files::{is_ignored, limit, unreadable};
use crate::diagnostic::Code;
use crate::diff::{Texts, Unreadable};
use crate::files::{Found, Limit, ReadError};
use crate::spec::{self, APPROVALS};

/// A repository, given by a folder in it.
pub(super) struct Git<'a> {
    pub(super) folder: &'a Path,
}

/// What is at a path of a commit.
pub(super) enum Entry {
    Folder,
    File(Blob),
}

/// A regular file of a commit, whose size is within its limit.
pub(super) struct Blob {
    id: String,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let output = self.command(arguments).output().map_err(|error| format!("cannot run git: {error}"))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ").to_owned())
    }

    /// Returns the output of git, which is one line.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, String> {
        Ok(text(self.run(arguments)?)?.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Returns the folder's path in the repository, without a slash at the end.
    pub(super) fn prefix(&self) -> Result<String, String> {
        let prefix = text(self.run(&["rev-parse", "--show-prefix"])?)?;
        Ok(prefix.trim_end_matches(['\n', '\r']).trim_end_matches('/').to_owned())
    }

    /// Returns the id of the one commit that a revision names. Later calls take the id, because git gives other revisions,
    /// such as `^HEAD`, a meaning of its own.
    pub(super) fn commit(&self, revision: &str) -> Result<String, String> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err("expected a revision, such as `git:HEAD` or `git:v1.0:specs`".to_owned());
        }
        let commit = format!("{revision}^{{commit}}");
        let found = self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        let is_id = |line: &String| line.len() >= 40 && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        found.ok().filter(is_id).ok_or_else(|| format!("unknown revision `{revision}`: expected one commit"))
    }

    /// Returns the commit from which two others parted.
    pub(super) fn fork(&self, one: &str, other: &str) -> Result<String, String> {
        self.line(&["merge-base", one, other])
            .ok()
            .and_then(|lines| lines.lines().next().map(str::to_owned))
            .ok_or_else(|| "the two revisions have no common commit".to_owned())
    }

    /// Returns what is at a path of a commit, or `None` if there is nothing.
    pub(super) fn entry(&self, commit: &str, path: &str) -> Result<Option<Entry>, String> {
        if path.is_empty() {
            return Ok(Some(Entry::Folder));
        }
        let Some(listed) = self.list(&[commit, "--", path])?.into_iter().find(|listed| listed.path == path) else {
            return Ok(None);
        };
        if listed.is_folder() {
            return Ok(Some(Entry::Folder));
        }
        listed
            .blob(limit(path))
            .map(|blob| Some(Entry::File(blob)))
            .map_err(|error| format!("{path}: {}", error.reason))
    }

    /// Reads a file below a folder of a commit, if it exists.
    pub(super) fn below(&self, commit: &str, folder: &str, path: &str) -> Result<Option<String>, String> {
        let full = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        match self.entry(commit, &full)? {
            Some(Entry::File(blob)) => self.text(&blob).map(Some),
            Some(Entry::Folder) | None => Ok(None),
        }
    }

    /// Reads a file.
    pub(super) fn text(&self, blob: &Blob) -> Result<String, String> {
        text(self.run(&["cat-file", "blob", &blob.id])?)
    }

    /// Reads the YAML files below a folder of a commit. Other files are not compared, but nothing that loading rejects is
    /// passed over.
    pub(super) fn folder(&self, commit: &str, path: &str, mut to: Texts) -> Result<Texts, String> {
        let mut wanted = Vec::new();
        for listed in self.list(&["-r", &format!("{commit}:{path}")])? {
            if is_ignored(&listed.path) || (listed.is_file() && !listed.path.ends_with(".yaml")) {
                continue;
            }
            match listed.blob(spec::LARGEST) {
                Ok(blob) => wanted.push((listed.path, blob.id)),
                // Without its approvals, a comparison would fail for changes that are approved.
                Err(error) if listed.path == APPROVALS => return Err(format!("{APPROVALS}: {}", error.reason)),
                Err(error) => drop(to.unreadable.insert(listed.path, error)),
            }
        }
        let ids = wanted.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>();
        for ((path, _), bytes) in wanted.iter().zip(self.blobs(&ids)?) {
            match String::from_utf8(bytes).map_err(ReadError::NotUtf8) {
                Ok(text) => drop(to.files.insert(path.clone(), text)),
                Err(error) => drop(to.unreadable.insert(path.clone(), unreadable(&error))),
            }
        }
        Ok(to)
    }

    /// Lists entries of trees with their sizes.
    fn list(&self, what: &[&str]) -> Result<Vec<Listed>, String> {
        let listing = self.run(&[&["ls-tree", "-z", "-l", "--full-tree"], what].concat())?;
        let entries = listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
        entries
            .map(|entry| {
                Listed::parse(&text(entry.to_vec())?).ok_or("git listed files in an unknown format".to_owned())
            })
            .collect()
    }

    /// Reads blobs with one process, in the order of their ids.
    fn blobs(&self, ids: &[&str]) -> Result<Vec<Vec<u8>>, String> {
        let failed = |error: std::io::Error| format!("cannot read the output of git: {error}");
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("cannot open pipes to git".to_owned());
        };
        let asked = ids.join("\n") + "\n";
        let mut answer = Vec::new();
        // git answers while it still reads, so both pipes must be served at once.
        thread::scope(|scope| {
            scope.spawn(move || input.write_all(asked.as_bytes()));
            output.read_to_end(&mut answer).map_err(failed)
        })?;
        child.wait().map_err(failed)?;
        let mut rest = answer.as_slice();
        ids.iter().map(|_| next_blob(&mut rest).ok_or_else(|| "git answered in an unknown format".to_owned())).collect()
    }
}

/// A line of `git ls-tree -l`.
struct Listed {
    mode: String,
    id: String,
    /// The size of a file in bytes.
    size: Option<u64>,
    path: String,
}

impl Listed {
    /// Parses `<mode> <type> <id> <size>`, a tab, the path.
    fn parse(line: &str) -> Option<Self> {
        let (facts, path) = line.split_once('\t')?;
        let mut facts = facts.split_ascii_whitespace();
        let (mode, _, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
        Some(Self { mode: mode.to_owned(), id: id.to_owned(), size: size.parse().ok(), path: path.to_owned() })
    }

    fn is_folder(&self) -> bool {
        self.mode == "040000"
    }

    fn is_file(&self) -> bool {
        self.mode.starts_with("100")
    }

    /// Returns the file if it is regular and not too large.
    fn blob(&self, limit: Limit) -> Result<Blob, Unreadable> {
        let found = match self.size {
            Some(size) if self.is_file() && limit.admits(size) => return Ok(Blob { id: self.id.clone() }),
            Some(_) if self.is_file() => return Err(unreadable(&ReadError::TooLarge(limit))),
            _ if self.mode == "120000" => Found::Symlink,
            _ => Found::Special, // a commit of another repository
        };
        Err(Unreadable { code: spec::refused(&found).unwrap_or(Code::UnknownFile), reason: found.to_string() })
    }
}

/// Parses `<id> blob <size>`, a line break, the bytes, a line break.
fn next_blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(rest.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let body = rest.get(end + 1..end + 1 + size)?;
    *rest = rest.get(end + 2 + size..)?;
    Some(body.to_vec())
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "a file in the repository is not UTF-8".to_owned())
}
