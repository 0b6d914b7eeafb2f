//! The platform's one signing scheme.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::recipe::{self, Scheme};
use crate::source::{Place, SpecPath};
use crate::spec::PlatformSpecs;

/// Checks the scheme and runs its vectors; a platform has exactly one.
pub(super) fn check(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Scheme> {
    let path = SpecPath::root().key("signing");
    if specs.spec.signing.is_empty() {
        let place = Place::key(specs.file, path);
        diagnostics.push(Diagnostic::new(Code::OneScheme, place, "a platform needs a signing scheme"));
    } else if let Some(name) = specs.spec.signing.names().nth(1) {
        let place = Place::key(specs.file, path.key(name));
        diagnostics.push(
            Diagnostic::new(Code::OneScheme, place, "more than one signing scheme")
                .help("a platform has one scheme: make the algorithms variants of it"),
        );
    }
    recipe::check(specs, diagnostics)
}
