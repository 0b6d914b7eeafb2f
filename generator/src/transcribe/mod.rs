//! Vendor pages into transcripts.
//!
//! A page is recognised (`layout`), taken apart (`top`, `nio`), its samples are read as trees (`sample`), table and sample are
//! read side by side (`align`), and what comes out is a transcript with a doubt about everything that nothing on the
//! page settles. What is no page of a known layout is refused.

mod align;
mod family;
mod layout;
mod nio;
mod page;
mod sample;
mod spec;
mod top;
mod tree;

use std::ops::Range;

pub use family::{Families, Home, HomeError};
pub use page::LARGEST_PAGE;

use crate::diagnostic::Code;
use crate::spec::EndpointSpec;
use crate::terms::Layout;

/// What the page does not say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The API's name; nothing if the page names it.
    pub api: Option<String>,
    /// Address of the page.
    pub source_url: Option<String>,
}

/// Why a page was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of finding.
    pub code: Code,
    /// The bytes of the page that show it; nothing if it is about the page as a whole.
    pub at: Option<Range<usize>>,
    /// What was found.
    pub message: String,
    /// What was expected.
    pub help: Option<String>,
}

impl Refusal {
    fn new(code: Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::of_page(code, message) }
    }

    /// A refusal for which no place on the page is to blame.
    pub(crate) fn of_page(code: Code, message: impl Into<String>) -> Self {
        Self { code, at: None, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, text: &str) -> Self {
        self.help = Some(text.to_owned());
        self
    }
}

/// Transcribes a page.
pub fn transcribe(bytes: &[u8], options: &Options) -> Result<EndpointSpec, Refusal> {
    let page = page::Page::read(bytes)?;
    let draft = match layout::recognise(&page)? {
        layout::Kind::TopCopy => top::grid::read(&page, options, &top::tabs::blocks(&page), Layout::TopText)?,
        layout::Kind::TopHtml => top::html::read(&page, options)?,
        layout::Kind::TopPipes => top::pipes::read(&page, options)?,
        layout::Kind::TopText => top::text::read(&page, options)?,
        layout::Kind::TopJson => top::json::read(&page, options)?,
        layout::Kind::Nio => nio::read(&page, options)?,
    };
    let mut spec = draft.spec;
    spec.source.page.clone_from(&options.source_url);
    Ok(spec)
}

/// SHA-256 of a page, as transcripts name it.
pub fn digest(bytes: &[u8]) -> String {
    apograph_runtime::sign::hex(&apograph_runtime::sign::sha256(bytes))
}
