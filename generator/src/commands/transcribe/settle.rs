//! Compares transcripts with the existing files, and writes those that differ.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics};
use crate::files;
use crate::source::Sources;
use crate::spec::{self, EndpointSpec, write};
use crate::transcribe::Refusal;

/// A transcript with the path where it belongs.
pub(super) struct Placed {
    /// Name of the page as shown to users.
    pub(super) page: String,
    /// The platform's name.
    pub(super) platform: String,
    /// Path of the transcript.
    pub(super) path: PathBuf,
    /// The content.
    pub(super) spec: EndpointSpec,
}

/// A transcript compared with the existing file.
pub(super) struct Settled {
    /// Name of the page as shown to users.
    pub(super) page: String,
    /// The platform's name.
    pub(super) platform: String,
    /// Path of the transcript.
    pub(super) path: PathBuf,
    /// The content.
    pub(super) spec: EndpointSpec,
    /// The text of the file.
    pub(super) text: String,
    /// The text of the fix file beside it.
    pub(super) fixes: Option<String>,
    /// How it differs from the existing file.
    pub(super) news: News,
    /// The error in writing it.
    pub(super) failure: Option<String>,
}

/// How a transcript differs from the existing file.
pub(super) enum News {
    /// There is no file.
    New,
    /// The file has the same text.
    Unchanged,
    /// The file has another text, with this content.
    Changed(Box<EndpointSpec>),
}

/// Returns the path of the fix file beside a transcript.
pub(super) fn fix_path(path: &Path) -> PathBuf {
    path.with_extension("fix.yaml")
}

/// Compares a transcript with the existing file. Writes it if it differs and `write` is set.
pub(super) fn settle(placed: Placed, specs: &Path, write: bool) -> Result<Settled, Refusal> {
    let Placed { page, platform, path, mut spec } = placed;
    let existing = existing(specs, &path)?;
    let fixes = text(specs, &fix_path(&path))?;
    if let Some((_, old)) = &existing {
        if old.api != spec.api {
            let message = format!("{} already contains the transcript of `{}`", path.display(), old.api);
            return Err(refuse(message, "give one of the APIs another family with `--family`"));
        }
        if old.source.layout.is_hand() {
            let message = format!("people wrote the transcript of `{}`: {}", old.api, path.display());
            return Err(refuse(message, "remove the file if the page should replace it"));
        }
        // The address is not on the page, so the known one is kept.
        spec.source.page = spec.source.page.or_else(|| old.source.page.clone());
    }
    let text = write::transcript(&spec);
    let (before, news) = match existing {
        None => (None, News::New),
        Some((old, _)) if old == text => (Some(old), News::Unchanged),
        Some((before, old)) => (Some(before), News::Changed(Box::new(old))),
    };
    let wanted = write && !matches!(news, News::Unchanged);
    // The file was read as a transcript, unless it has changed since.
    let is_known = |found: &[u8]| before.as_deref().is_some_and(|before| before.as_bytes() == found);
    let written = if wanted { files::replace(specs, &path, &text, &is_known) } else { Ok(()) };
    let failure = written.err().map(|error| error.to_string());
    Ok(Settled { page, platform, path, spec, text, fixes, news, failure })
}

/// Reads the transcript at a path: its text and its content. An unreadable transcript is never overwritten, because its
/// content would be lost.
fn existing(specs: &Path, path: &Path) -> Result<Option<(String, EndpointSpec)>, Refusal> {
    let unreadable = |reason: &str| {
        let message = format!("{} already exists and {reason}", path.display());
        refuse(message, "`apograph lint` reports what is wrong with it; repair or remove it")
    };
    let Some(text) = text(specs, path)? else { return Ok(None) };
    let mut sources = Sources::new();
    let shown = path.to_string_lossy();
    match spec::load_transcript(&shown, text.clone(), &mut sources, &mut Diagnostics::new()) {
        Some(spec) => Ok(Some((text, spec))),
        None => Err(unreadable("cannot be read as a transcript")),
    }
}

/// Reads a file beside the transcripts, if it exists.
fn text(specs: &Path, path: &Path) -> Result<Option<String>, Refusal> {
    files::optional(files::read_text(specs, path, spec::LARGEST)).map_err(|error| {
        let message = format!("cannot read {}: {error}", path.display());
        Refusal::of_page(error.code(), message)
    })
}

fn refuse(message: String, help: &str) -> Refusal {
    Refusal::of_page(Code::TakenPlace, message).help(help)
}
