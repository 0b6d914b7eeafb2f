//! Why a page cannot be read.

use std::ops::Range;

use crate::diagnostic::Code;

/// Why a page was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The diagnostic code.
    pub code: Code,
    /// The byte range of the page that shows the problem. `None` if it concerns the page as a whole.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Refusal {
    /// A refusal because of a part of the page.
    pub(crate) fn new(code: Code, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at: Some(at), ..Self::of_page(code, message) }
    }

    /// A refusal of the page as a whole.
    pub(crate) fn of_page(code: Code, message: impl Into<String>) -> Self {
        Self { code, at: None, message: message.into(), help: None }
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, text: &str) -> Self {
        self.help = Some(text.to_owned());
        self
    }
}
