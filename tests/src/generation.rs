//! Specs into a crate, in memory and past the command line.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::emit::{Options, RuntimeSource, Workspace};
use apograph::lock;
use apograph::pipeline::{self, Checked};
use apograph::selection::Selection;
use apograph::source::Sources;
use apograph::spec;
use apograph::tree::Tree;

use crate::folder::Texts;

/// Checks specs, with the names that a lock keeps, and keeps the APIs that the crate file chooses. Files that are not specs do
/// not count.
///
/// # Panics
///
/// If anything is wrong with the specs or the lock.
#[must_use]
pub fn check(specs: &Texts, lock: Option<&str>) -> Checked {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let is_spec = |path: &str| [".yaml", ".pem", "PROTOCOL.md"].iter().any(|end| path.ends_with(end));
    let files = specs.iter().filter(|(path, _)| is_spec(path));
    let files = files.map(|(path, text)| (path.clone(), text.clone())).collect();
    let specs = spec::load_texts("specs", files, &mut sources, &mut diagnostics);
    let lock = lock.map(|text| lock::read(sources.add(lock::FILE, text), &sources, &mut diagnostics));
    let checked = pipeline::check(&specs, lock.unwrap_or_default(), &mut diagnostics);
    let checked = checked.unwrap_or_else(|| panic!("{}", render(&diagnostics, &sources, Color::Never)));
    let only = specs.crate_spec.map(|package| package.spec.only).unwrap_or_default();
    checked.narrowed(&Selection::new(&only)).unwrap_or_else(|unmatched| panic!("{unmatched}"))
}

/// The crate of checked specs, with its runtime in a folder.
#[must_use]
pub fn emit(checked: &Checked, runtime: &str, workspace: Workspace) -> Tree {
    checked.emit(&Options { runtime: RuntimeSource::Path(runtime.to_owned()), workspace })
}

/// The files of one crate, once they are generated.
type Generated = Arc<OnceLock<Arc<Texts>>>;

/// The files of generated crates by their specs and lock.
static CRATES: Mutex<BTreeMap<(Texts, Option<String>), Generated>> = Mutex::new(BTreeMap::new());

/// The files of the crate that specs and a lock give. Tests of one run that ask for the same crate share it, and one of
/// them generates it.
///
/// # Panics
///
/// If anything is wrong with the specs or the lock.
#[must_use]
pub fn files(specs: &Texts, lock: Option<&str>) -> Arc<Texts> {
    let key = (specs.clone(), lock.map(str::to_owned));
    let generated = Generated::clone(CRATES.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
    let generate = || {
        let tree = emit(&check(specs, lock), "runtime", Workspace::Member);
        Arc::new(tree.files().map(|(path, text)| (path.as_str().to_owned(), text.to_owned())).collect())
    };
    generated.get_or_init(generate).clone()
}
