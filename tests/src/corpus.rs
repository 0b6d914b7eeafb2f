//! Corpora: folders below `tests/` in which every folder is a case, with files that hold what is expected of it.
//!
//! With `APOGRAPH_BLESS=1` in the environment the expected files are written instead of compared. Read the difference
//! before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use apograph::lock;
use apograph::tree::{FileState, Tree};

use crate::folder::{self, Texts};
use crate::root;

/// The folder of the `diff` corpus whose files every case shares.
const BASE: &str = "base";

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of its folder.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// The cases of a corpus, sorted by name; the folder of shared files is not a case.
///
/// # Panics
///
/// If the corpus cannot be read.
#[must_use]
pub fn cases(corpus: &str) -> Vec<Case> {
    let folder = root().join("tests").join(corpus);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let folders = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir());
    let mut cases: Vec<Case> = folders
        .map(|folder| Case { name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder })
        .filter(|case| case.name != BASE)
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

/// The specs of an invented crate that has one API: what cases build on.
#[must_use]
pub fn base() -> Texts {
    folder::read(&root().join("tests/diff").join(BASE))
}

/// Runs a check on every case of a corpus that has at least `least` of them.
///
/// # Panics
///
/// With all failures, once every case has been checked.
pub fn check(corpus: &str, least: usize, check: impl Fn(&Case) -> Result<(), String>) {
    let cases = cases(corpus);
    assert!(cases.len() >= least, "{corpus} has shrunk to {} cases", cases.len());
    let failures = cases.iter().filter_map(|case| Some(format!("==== {}: {}", case.name, check(case).err()?)));
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}\nAPOGRAPH_BLESS=1 rewrites what {corpus} expects", failures.join("\n"));
}

/// Whether expected files are to be written instead of compared.
#[must_use]
pub fn is_blessing() -> bool {
    std::env::var_os("APOGRAPH_BLESS").is_some_and(|value| value == "1")
}

impl Case {
    /// One side of a case of the `diff` corpus, which has only the files that differ from the shared ones.
    #[must_use]
    pub fn side(&self, side: &str) -> Texts {
        let mut texts = base();
        texts.extend(folder::read(&self.folder.join(side)));
        texts
    }

    /// The same with the lock apart, where the side has one.
    #[must_use]
    pub fn specs(&self, side: &str) -> (Texts, Option<String>) {
        let mut texts = self.side(side);
        let lock = texts.remove(lock::FILE);
        (texts, lock)
    }

    /// Compares a text with the expected file, line ends aside; or writes the file.
    ///
    /// # Errors
    ///
    /// With both texts if they differ.
    ///
    /// # Panics
    ///
    /// If the file cannot be written.
    pub fn expect(&self, file: &str, found: &str) -> Result<(), String> {
        let place = self.folder.join(file);
        if is_blessing() {
            fs::write(&place, found).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
        }
        let expected = fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n");
        if found == expected {
            return Ok(());
        }
        Err(format!("{file} expects\n{expected}==== and {} gives\n{found}", self.name))
    }

    /// Compares a crate with the files in `expected/`; or writes them.
    ///
    /// # Errors
    ///
    /// With the files that differ.
    ///
    /// # Panics
    ///
    /// If the files cannot be written.
    pub fn expect_crate(&self, tree: &Tree) -> Result<(), String> {
        let folder = self.folder.join("expected");
        if is_blessing() {
            tree.write(&folder).unwrap_or_else(|error| panic!("{error}"));
        }
        let differences = differences(tree, &folder);
        if differences.is_empty() { Ok(()) } else { Err(differences.join("\n")) }
    }
}

/// What a folder would need to be exactly the crate, one line for each file.
///
/// # Panics
///
/// If the folder cannot be read.
#[must_use]
pub fn differences(tree: &Tree, folder: &Path) -> Vec<String> {
    let comparison = tree.compare(folder).unwrap_or_else(|error| panic!("{error}"));
    let changed = comparison.iter().filter(|(_, state)| *state != FileState::Unchanged);
    changed.map(|(path, state)| format!("{state:?} {path}")).collect()
}
