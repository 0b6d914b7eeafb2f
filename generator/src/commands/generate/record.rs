//! What a run leaves for the next one, in the folder `.apograph` of the crate: digests of everything that it read and wrote, and
//! what the files of the crate need of each API. With it, the next run reads the changed specs only.
//!
//! A record saves time and decides nothing: one that does not fit, or cannot be read, is as good as none. It is believed only
//! where it was written, so one that came with a checkout, for example in a pull request, is not: the file `owner` names the
//! place of the record on the disk and the time when it was created, which nobody can know before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::diagnostic::KeptFinding;
use crate::files::{self, Limit, WriteError};
use crate::pipeline::Outlines;

/// Folder of the record in the folder of the crate.
const FOLDER: &str = ".apograph";
const RECORD: &str = "record.json";
const OWNER: &str = "owner";

/// Keeps the folder out of git.
const IGNORED: (&str, &str) = (".gitignore", "# Written by `apograph generate`, to save time in the next run.\n*\n");

/// The beginning of every record.
const HEAD: &str = "{\"apograph\":";

/// A record of 5,312 APIs has 3 MB.
const LARGEST: Limit = Limit::mib(64);

/// What a run read, wrote and found.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The program that ran: another build may write other files, whatever its version.
    #[serde(rename = "apograph")]
    pub(super) program: String,
    /// Its options, and whatever else its output depends on beside the files.
    pub(super) options: String,
    /// The lock that it wrote.
    pub(super) lock: Digest,
    /// The files of the specs folder, by their paths in it.
    pub(super) specs: BTreeMap<String, Digest>,
    /// The files of the crate.
    pub(super) outputs: BTreeMap<String, Digest>,
    /// The modules of the platforms.
    pub(super) platforms: Vec<String>,
    /// All APIs.
    pub(super) apis: Outlines,
    /// The APIs that files of the crate show in examples, by platform and API.
    pub(super) examples: BTreeSet<(String, String)>,
    /// Number of unsettled doubts, by file.
    pub(super) doubts: BTreeMap<String, usize>,
    /// All other findings. Their files are below the specs folder.
    pub(super) findings: Vec<KeptFinding>,
}

impl Record {
    /// Reads the record in the folder of a crate, if there is one that was written there.
    pub(super) fn read(out: &Path) -> Option<Self> {
        let folder = out.join(FOLDER);
        let read = |name: &str| files::read_text(out, &folder.join(name), LARGEST).ok();
        let (owner, text) = (read(OWNER)?, read(RECORD)?);
        let is_own = owner == self::owner(&folder.join(RECORD), &text)?;
        if is_own { serde_json::from_str(&text).ok() } else { None }
    }

    /// Writes the record. A run has done its work without it, so it does not matter if this fails.
    pub(super) fn write(&self, out: &Path) {
        let _ = self.try_write(out);
    }

    fn try_write(&self, out: &Path) -> Result<(), WriteError> {
        let folder = out.join(FOLDER);
        files::sweep(&folder);
        let Ok(text) = serde_json::to_string(self) else { return Ok(()) };
        let (name, ignored) = IGNORED;
        files::replace(out, &folder.join(name), ignored, &|_| true)?;
        files::replace(out, &folder.join(RECORD), &text, &|found| {
            found.is_empty() || found.starts_with(HEAD.as_bytes())
        })?;
        // Written last: until then the record belongs to nobody.
        let Some(owner) = self::owner(&folder.join(RECORD), &text) else { return Ok(()) };
        files::replace(out, &folder.join(OWNER), owner, &|_| true)
    }
}

/// Returns what tells the program that runs from others. It is large, so its digest would take longer than all else.
pub(super) fn program() -> Option<String> {
    files::stamp(&std::env::current_exe().ok()?)
}

/// Returns what the file `owner` states about a record. `None` where the file system does not tell files apart.
fn owner(record: &Path, text: &str) -> Option<String> {
    Some(format!("{} {}\n", files::identity(record)?, Digest::of(text.as_bytes()).as_str()))
}
