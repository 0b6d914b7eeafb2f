//! A transcript and the one that stands already: what is new, written if that is asked for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics};
use crate::source::Sources;
use crate::spec::{self, EndpointSpec, write};
use crate::transcribe::Refusal;
use crate::tree;

/// A transcript with the place where it belongs.
pub(super) struct Placed {
    /// Name of the page as shown.
    pub(super) page: String,
    /// The platform's name.
    pub(super) platform: String,
    /// The transcript's file.
    pub(super) path: PathBuf,
    /// What the page says.
    pub(super) spec: EndpointSpec,
}

/// A transcript compared with what stands.
pub(super) struct Settled {
    /// Name of the page as shown.
    pub(super) page: String,
    /// The platform's name.
    pub(super) platform: String,
    /// The transcript's file.
    pub(super) path: PathBuf,
    /// What the page says.
    pub(super) spec: EndpointSpec,
    /// Its text.
    pub(super) text: String,
    /// The text of the fix file beside it.
    pub(super) fixes: Option<String>,
    /// What is new about it.
    pub(super) news: News,
    /// What went wrong when it was written.
    pub(super) failure: Option<String>,
}

/// What is new about a transcript.
pub(super) enum News {
    /// There was none.
    New,
    /// The same text stands.
    Unchanged,
    /// Another text stands, which says this.
    Changed(Box<EndpointSpec>),
}

/// The file of people's fixes beside a transcript.
pub(super) fn fix_path(path: &Path) -> PathBuf {
    path.with_extension("fix.yaml")
}

/// Compares a transcript with the one that stands, and writes it if it differs and writing is wanted.
pub(super) fn settle(placed: Placed, write: bool) -> Result<Settled, Refusal> {
    let Placed { page, platform, path, mut spec } = placed;
    let standing = standing(&path)?;
    if let Some((_, old)) = &standing {
        if old.api != spec.api {
            let message = format!("{} is the transcript of `{}`", path.display(), old.api);
            return Err(refuse(message, "give one of the two another family"));
        }
        // What a page cannot say stays as it was.
        spec.source.page = spec.source.page.or_else(|| old.source.page.clone());
    }
    let text = write::transcript(&spec);
    let news = match standing {
        None => News::New,
        Some((old, _)) if old == text => News::Unchanged,
        Some((_, old)) => News::Changed(Box::new(old)),
    };
    let wanted = write && !matches!(news, News::Unchanged);
    let failure = wanted.then(|| tree::replace(&path, &text).err()).flatten().map(|error| error.to_string());
    let fixes = fs::read_to_string(fix_path(&path)).ok();
    Ok(Settled { page, platform, path, spec, text, fixes, news, failure })
}

/// The transcript at a path, its text and what it says. One that cannot be read is never overwritten: what it says
/// would be lost unseen.
fn standing(path: &Path) -> Result<Option<(String, EndpointSpec)>, Refusal> {
    let unreadable = |reason: &str| {
        let message = format!("{} stands there already, and {reason}", path.display());
        refuse(message, "`apograph lint` says what is wrong with it; mend it or take it away")
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("{} cannot be read: {error}", path.display());
            return Err(Refusal::of_page(Code::Unreadable, message));
        }
    };
    let mut sources = Sources::new();
    let shown = path.to_string_lossy();
    match spec::load_transcript(&shown, text.clone(), &mut sources, &mut Diagnostics::new()) {
        Some(spec) => Ok(Some((text, spec))),
        None => Err(unreadable("cannot be read as a transcript")),
    }
}

fn refuse(message: String, help: &str) -> Refusal {
    Refusal::of_page(Code::TakenPlace, message).help(help)
}
