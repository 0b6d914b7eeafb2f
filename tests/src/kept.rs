//! What rustc found in earlier runs, by the digest of everything that it was given: a run compiles only what has changed, as
//! cargo does.
//!
//! The files are in `target/tmp/rustc`. Those older than a week are removed, and what they were made of is compiled again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::verify::sha256;

/// Age at which a file is removed.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    // The tests are programs in `target/<profile>/deps`.
    let program = std::env::current_exe().unwrap_or_else(|error| panic!("the path of this program: {error}"));
    let target = program.ancestors().nth(3).unwrap_or(Path::new("target"));
    let folder = target.join("tmp/rustc");
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    remove_old(&folder);
    folder
});

fn remove_old(folder: &Path) {
    let is_old = |path: &Path| {
        let changed = fs::metadata(path).and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        changed.elapsed().is_ok_and(|age| age > LONGEST)
    };
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    // Another run may have removed it.
    files.filter(|path| is_old(path)).for_each(|path| drop(fs::remove_file(path)));
}

/// Returns the digest of texts, none of which can be taken for a part of another one.
#[must_use]
pub fn key<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts = texts.into_iter().map(|text| format!("{}\n{text}\n", text.len()));
    sha256(texts.collect::<String>().as_bytes())
}

/// Returns the errors that rustc found, and the program if it made one. `None` if they are not known.
#[must_use]
pub fn known(key: &str) -> Option<(Vec<Value>, PathBuf)> {
    let errors = fs::read(FOLDER.join(format!("{key}.json"))).ok()?;
    Some((serde_json::from_slice(&errors).ok()?, program(key)))
}

fn program(key: &str) -> PathBuf {
    FOLDER.join(format!("{key}.program"))
}

/// Returns a new name for a file to keep. rustc makes programs there: a program that this process had written could not be run
/// while another thread starts one.
#[must_use]
pub fn draft(key: &str) -> PathBuf {
    static DRAFTS: AtomicU64 = AtomicU64::new(0);
    FOLDER.join(format!("{key}.{}-{}", std::process::id(), DRAFTS.fetch_add(1, Ordering::Relaxed)))
}

/// Keeps what rustc found, and the draft of a program if it made one. Returns where the program is kept.
///
/// # Panics
///
/// If a file cannot be written.
pub fn keep(key: &str, errors: &[Value], made: Option<&Path>) -> PathBuf {
    let rename = |from: &Path, to: &Path| {
        fs::rename(from, to).unwrap_or_else(|error| panic!("{}: {error}", to.display()));
    };
    let place = program(key);
    if let Some(made) = made {
        rename(made, &place);
    }
    // Last, and at once: with it, everything is there.
    let text = serde_json::to_string(errors).unwrap_or_else(|error| panic!("{error}"));
    let draft = draft(key);
    fs::write(&draft, text).unwrap_or_else(|error| panic!("{}: {error}", draft.display()));
    rename(&draft, &FOLDER.join(format!("{key}.json")));
    place
}
