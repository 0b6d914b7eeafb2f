//! A page as it came: bytes, their text and digest, lines with their positions, and blocks.

pub(crate) mod block;
mod decode;
pub(crate) mod foreign;
pub(crate) mod html;
mod inline;
mod known;
mod lines;
pub(crate) mod pipes;
mod read;
mod spans;
mod tabs;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use apograph_runtime::sign;

pub(crate) use known::Known;
pub(crate) use read::{Blocks, TOO_LARGE, blocks};

use super::Refusal;
use crate::diagnostic::Code;

/// Maximum page size in bytes. The largest real page seen so far is about 100 KB.
pub const LARGEST_PAGE: usize = 4 * 1024 * 1024;

/// Maximum lines of a page. The largest page seen so far has about 1,000.
pub(crate) const MOST_LINES: usize = 50_000;

/// Decodes the bytes of a page.
pub(crate) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if bytes.len() > LARGEST_PAGE {
        let message = format!("the page is larger than {} MiB", LARGEST_PAGE / 1024 / 1024);
        return Err(Refusal::of_page(Code::PageTooLarge, message));
    }
    decode::text(bytes)
}

/// A page that can be read as text.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// The text without a byte order mark.
    pub(crate) text: &'a str,
    /// Byte offset of `text` in the file, behind a byte order mark.
    pub(crate) start: usize,
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its lines, once they are asked for.
    lines: OnceCell<Vec<Line<'a>>>,
}

impl<'a> Page<'a> {
    /// The page with these bytes, whose text is `text`.
    pub(crate) fn new(bytes: &[u8], text: &'a str) -> Self {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        let sha256 = sign::hex(&sign::sha256(bytes));
        Self { text: plain, start: text.len() - plain.len(), sha256, lines: OnceCell::new() }
    }

    /// Whether the last line has no line ending, so that the page may break off in it.
    pub(crate) fn has_open_line(&self) -> bool {
        !self.text.ends_with('\n')
    }

    /// The text in a range of bytes of the file.
    pub(crate) fn bytes(&self, at: Range<usize>) -> Option<&'a str> {
        self.text.get(at.start.checked_sub(self.start)?..at.end.checked_sub(self.start)?)
    }

    /// The text in front of a byte of the file, without white space at its end.
    pub(crate) fn before(&self, at: usize) -> &'a str {
        at.checked_sub(self.start).and_then(|at| self.text.get(..at)).unwrap_or_default().trim_end()
    }

    /// The lines of the page, if it does not have more of them than any page of an API.
    pub(crate) fn bounded_lines(&self) -> Result<&[Line<'a>], Refusal> {
        let lines = self.lines();
        match lines.get(MOST_LINES) {
            Some(line) => {
                let message = format!("the page has more than {MOST_LINES} lines");
                Err(Refusal::new(Code::PageTooLarge, line.bytes(), message))
            }
            None => Ok(lines),
        }
    }

    /// The lines of the page, without their line endings.
    pub(crate) fn lines(&self) -> &[Line<'a>] {
        self.lines.get_or_init(|| {
            let mut at = self.start;
            let mut lines = Vec::new();
            for whole in self.text.split_inclusive('\n') {
                lines.push(Line { at, text: whole.trim_end() });
                at += whole.len();
            }
            lines
        })
    }
}

/// One line of a page.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Byte offset of the line in the file.
    pub(crate) at: usize,
    /// The text, without trailing white space.
    pub(crate) text: &'a str,
}

impl Line<'_> {
    /// Returns the byte range of the line in the file.
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }
}

/// The text with each run of white space as one blank.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text behind the bullet of a list.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix(['•', '◦', '▪', '·', '●', '○'])?;
    Some(inner.trim_start_matches([' ', '\t', '\u{a0}']))
}

/// Whether a cell may be the name in a row of its own.
fn may_be_name(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$' | '@');
    text.contains(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(is_sign)
}

/// Whether a line begins a heading or a code block of Markdown, which are never part of a row or of a sample.
fn heading_like(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("```") || text.starts_with("## ") || text.starts_with("### ") || text.starts_with("#### ")
}
