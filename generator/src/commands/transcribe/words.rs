//! What the folder of a named platform contains about its pages.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files;
use crate::source::{Place, Sources};
use crate::spec::{self, PagesSpec};
use crate::transcribe::PlatformWords;

/// Reads `pages.yaml` of a platform, and what its `platform.yaml` shows about pages. Returns `None` if `pages.yaml` cannot be
/// read. A platform file that cannot be read is reported later, when it is needed.
pub(super) fn words(
    specs: &Path,
    platform: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<PlatformWords> {
    let folder = specs.join(platform);
    let path = folder.join("platform.yaml");
    let (mut unseen, mut found) = (Sources::new(), Diagnostics::new());
    let text = files::read_text(specs, &path, spec::LARGEST).ok();
    let known = text.and_then(|text| spec::load_platform("platform.yaml", text, &mut unseen, &mut found));
    let pages = pages(specs, &folder.join(spec::PAGES), sources, diagnostics)?;
    let words = PlatformWords::of_pages(pages.as_ref()).of(platform);
    Some(match known {
        Some(known) => words.on(&known),
        None => words,
    })
}

/// Reads `pages.yaml`, if there is one.
fn pages(specs: &Path, path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Option<PagesSpec>> {
    let shown = path.to_string_lossy().replace('\\', "/");
    match files::optional(files::read_text(specs, path, spec::LARGEST)) {
        Ok(None) => Some(None),
        Ok(Some(text)) => spec::load_pages(&shown, text, sources, diagnostics).map(Some),
        Err(error) => {
            let place = Place::file(sources.add(shown, ""));
            diagnostics.push(Diagnostic::new(error.code(), place, format!("cannot read the file: {error}")));
            None
        }
    }
}

/// Returns what loaded specs contain about the pages of a platform.
#[cfg(feature = "call")]
pub(in crate::commands) fn words_of(platform: &spec::PlatformSpecs) -> PlatformWords {
    PlatformWords::of_pages(platform.pages.as_ref()).of(&platform.name).on(&platform.spec)
}
