//! Files of a git revision. The git program reads them, so every kind of repository works.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// A repository, given by a folder in it.
pub(super) struct Git<'a> {
    pub(super) folder: &'a Path,
}

/// The kind of a path in a revision.
#[derive(PartialEq, Eq)]
pub(super) enum What {
    Folder,
    File,
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

    /// Returns the kind of a path, or `None` if the revision has no such path.
    pub(super) fn what(&self, revision: &str, path: &str) -> Result<Option<What>, String> {
        // The revision itself must exist; a path in it need not.
        self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
            .map_err(|_| format!("unknown revision `{revision}`"))?;
        match self.run(&["cat-file", "-t", &format!("{revision}:{path}")]) {
            Ok(kind) if kind.starts_with(b"tree") => Ok(Some(What::Folder)),
            Ok(kind) if kind.starts_with(b"blob") => Ok(Some(What::File)),
            _ => Ok(None),
        }
    }

    /// Reads the YAML files below a folder: path below the folder → text.
    pub(super) fn folder(&self, revision: &str, path: &str) -> Result<BTreeMap<String, String>, String> {
        let listing = self.run(&["ls-tree", "-r", "-z", "--full-tree", &format!("{revision}:{path}")])?;
        let mut wanted = Vec::new();
        for entry in listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            let entry = text(entry.to_vec())?;
            let (facts, path) = entry.split_once('\t').ok_or("git listed files in an unknown format")?;
            let mut facts = facts.split(' ');
            let (mode, _, id) = (facts.next(), facts.next(), facts.next().unwrap_or_default());
            // Links lead out of the specs folder. Loading from disk rejects them as well.
            if path.ends_with(".yaml") && mode.is_some_and(|mode| mode.starts_with("100")) {
                wanted.push((path.to_owned(), id.to_owned()));
            }
        }
        let ids = wanted.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>();
        let texts = self.blobs(&ids)?;
        Ok(wanted.into_iter().map(|(path, _)| path).zip(texts).collect())
    }

    /// Reads one file. Returns `None` if the revision has no such file.
    pub(super) fn file(&self, revision: &str, path: &str) -> Result<Option<String>, String> {
        match self.what(revision, path)? {
            Some(What::File) => text(self.run(&["cat-file", "blob", &format!("{revision}:{path}")])?).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads blobs with one process, in the order of their ids.
    fn blobs(&self, ids: &[&str]) -> Result<Vec<String>, String> {
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
        ids.iter()
            .map(|_| next_blob(&mut rest).ok_or_else(|| "git answered in an unknown format".to_owned())?)
            .collect()
    }
}

/// Parses `<id> blob <size>`, a line break, the bytes, a line break.
fn next_blob(rest: &mut &[u8]) -> Option<Result<String, String>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(rest.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let body = rest.get(end + 1..end + 1 + size)?;
    *rest = rest.get(end + 2 + size..)?;
    Some(text(body.to_vec()))
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "a file in the repository is not UTF-8".to_owned())
}
