//! The repository's specs, loaded with their fixes.

use std::sync::LazyLock;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::source::Sources;
use apograph::spec::{self, EndpointSpec, Specs};

use crate::folder::{self, Texts};
use crate::root;

/// All specs of the repository, which many tests read and none changes.
static LOADED: LazyLock<Specs> = LazyLock::new(load);

/// All specs of the repository, loaded once.
///
/// # Panics
///
/// If there is any finding.
#[must_use]
pub fn shared() -> &'static Specs {
    &LOADED
}

/// Loads all specs of the repository, for a test that changes them.
///
/// # Panics
///
/// If there is any finding.
#[must_use]
pub fn load() -> Specs {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let specs = spec::load_dir(&root().join("specs"), &mut sources, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{}", render(&diagnostics, &sources, Color::Never));
    specs
}

/// The files of a crate with some platforms of the repository, without a lock: a run of the program that reads them all takes
/// twice as long.
#[must_use]
pub fn of(platforms: &[&str]) -> Texts {
    let mut files = folder::read(&root().join("specs"));
    let is_wanted = |path: &str| match path.split_once('/') {
        Some((folder, _)) => platforms.contains(&folder),
        None => path == spec::CRATE,
    };
    files.retain(|path, _| is_wanted(path));
    files
}

/// One API of the repository, fixes applied.
///
/// # Panics
///
/// If there is no API of that name.
#[must_use]
pub fn endpoint(api: &str) -> EndpointSpec {
    let mut endpoints = shared().platforms.iter().flat_map(|platform| &platform.endpoints);
    let found = endpoints.find(|endpoint| endpoint.spec.api == api);
    found.unwrap_or_else(|| panic!("no spec of `{api}`")).spec.clone()
}
