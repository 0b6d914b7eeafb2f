//! The repository's specs, loaded with their fixes.

use apograph::diagnostic::{Color, Diagnostics, render};
use apograph::source::Sources;
use apograph::spec::{self, EndpointSpec, Specs};

use crate::root;

/// All specs of the repository.
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
    let endpoints = load().platforms.into_iter().flat_map(|platform| platform.endpoints);
    let found = endpoints.map(|endpoint| endpoint.spec).find(|spec| spec.api == api);
    found.unwrap_or_else(|| panic!("no spec of `{api}`"))
}
