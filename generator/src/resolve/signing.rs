//! The platform's one signing scheme.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::recipe::{self, Scheme};
use crate::source::{Place, SpecPath};
use crate::spec::PlatformSpecs;

/// Checks the scheme, of which a platform has exactly one, and runs its vectors.
pub(super) fn check(specs: &PlatformSpecs, diagnostics: &mut Diagnostics) -> Option<Scheme> {
    let path = SpecPath::root().key("signing");
    if specs.spec.signing.is_empty() {
        let place = Place::key(specs.file, path);
        diagnostics.push(Diagnostic::new(Code::OneScheme, place, "the platform has no signing scheme"));
    } else if let Some(name) = specs.spec.signing.names().nth(1) {
        let place = Place::key(specs.file, path.key(name));
        diagnostics.push(
            Diagnostic::new(Code::OneScheme, place, "the platform has more than one signing scheme")
                .help("make a choice of algorithms variants of one scheme"),
        );
    }
    recipe::check(specs, diagnostics)
}
