//! The repository's specs, loaded with their fixes.

use std::sync::LazyLock;

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::source::Sources;
use apograph::spec::{self, EndpointSpec, Specs};

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
