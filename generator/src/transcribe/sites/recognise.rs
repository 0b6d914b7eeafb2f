//! Recognises the layout of a page.

use super::nio;
use super::top::outline::{REQUEST_HEADER, RESPONSE_HEADER};
use super::top::{foreign, pipes, tabs};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::Page;

/// A supported layout.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// TOP, flattened text.
    TopText,
    /// TOP, with its tables as pipes.
    TopPipes,
    /// TOP, as a saved HTML page.
    TopHtml,
    /// TOP, as copied from a browser.
    TopCopy,
    /// TOP, the document service's JSON.
    TopJson,
    /// iTNIO, in any layout.
    Nio,
}

impl Kind {
    /// Whether a page of this layout shows that it is of the platform with this layout. The headers of tables do not: other
    /// platforms have the same words.
    pub(crate) fn is_certain(self, page: &Page<'_>) -> bool {
        match self {
            Self::TopText | Self::TopPipes | Self::TopCopy => page.text.contains("TaobaoClient"),
            Self::TopHtml | Self::TopJson => false,
            Self::Nio => true,
        }
    }
}

const EXPECTED: &str = "expected a whole page of TOP or iTNIO, as flattened text or as a copy from a browser; a saved HTML \
                        page of TOP; or the JSON of getDocument.json";

/// Recognises a page, or rejects it with a message that names what it is instead.
pub(crate) fn recognise(page: &Page<'_>) -> Result<Kind, Refusal> {
    let text = page.text.trim_start();
    let begin = page.start + page.text.len() - text.len();
    let refuse = |code, at: usize, message: &str| Err(Refusal::new(code, at..at, message).help(EXPECTED));
    if text.is_empty() {
        return refuse(Code::UnknownPage, begin, "the page is empty");
    }
    if text.starts_with(['{', '[']) {
        return Ok(Kind::TopJson);
    }
    // A description may start with a tag too.
    if text.starts_with('<') && !pipes::is_page(page) {
        return Ok(Kind::TopHtml);
    }
    let place = |sign: &str| page.text.find(sign).map(|at| page.start + at);
    // A TOP description may contain the words of iTNIO pages, but TOP tables never do.
    let has_table = place(RESPONSE_HEADER).is_some() || place(REQUEST_HEADER).is_some();
    if nio::has_sign(page) && !has_table {
        return Ok(Kind::Nio);
    }
    if let Some(refusal) = foreign::known(page) {
        return Err(refusal);
    }
    if pipes::is_page(page) {
        return Ok(Kind::TopPipes);
    }
    if tabs::is_copy(page) {
        return Ok(Kind::TopCopy);
    }
    let is_pipe = |line: &str| line.starts_with('|') || line.starts_with("---|");
    if let Some(line) = page.lines().iter().find(|line| is_pipe(line.text)) {
        return refuse(
            Code::NotRead,
            line.at,
            "the page has tables with pipes, but none with the header of a TOP table",
        );
    }
    match place(RESPONSE_HEADER).or_else(|| place(REQUEST_HEADER)) {
        Some(_) if page.text.contains("TaobaoClient") || !has_json_sample(page) => Ok(Kind::TopText),
        Some(at) => Err(foreign::callback(at)),
        None => Err(foreign::unknown(page, begin)),
    }
}

/// Returns whether the request sample is JSON, as on callback pages.
fn has_json_sample(page: &Page<'_>) -> bool {
    let after = page.text.split("请求示例").nth(1).unwrap_or_default();
    let code = after.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('•'));
    code.is_some_and(|line| line.starts_with('{'))
}
