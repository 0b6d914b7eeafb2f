//! A page as it came: bytes, their digest, and lines that know where they stand.

use std::ops::Range;

use apograph_runtime::sign;

use super::Refusal;
use crate::diagnostic::Code;

/// A larger page is none, in bytes: the largest known has a fortieth of this.
pub const LARGEST_PAGE: usize = 4 * 1024 * 1024;

/// A page that can be read as text.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// The text without a byte order mark.
    pub(crate) text: &'a str,
    /// The byte of the file at which `text` begins.
    pub(crate) start: usize,
    /// SHA-256 of the file, in small hexadecimal digits.
    pub sha256: String,
}

impl<'a> Page<'a> {
    /// Takes the bytes of a file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.len() > LARGEST_PAGE {
            let message = format!("the page is larger than {} MiB", LARGEST_PAGE / 1024 / 1024);
            return Err(Refusal::of_page(Code::PageTooLarge, message));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            Refusal::new(Code::NotUtf8, at..at, "the page is not UTF-8")
        })?;
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        let sha256 = sign::hex(&sign::sha256(bytes));
        Ok(Self { text: plain, start: text.len() - plain.len(), sha256 })
    }

    /// The lines, without what ends them.
    pub(crate) fn lines(&self) -> Vec<Line<'a>> {
        let mut at = self.start;
        let mut lines = Vec::new();
        for whole in self.text.split_inclusive('\n') {
            lines.push(Line { at, text: whole.trim_end() });
            at += whole.len();
        }
        lines
    }
}

/// One line of a page.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Line<'a> {
    /// The byte of the file at which it begins.
    pub(crate) at: usize,
    /// Its text, without white space at the end.
    pub(crate) text: &'a str,
}

impl Line<'_> {
    /// The bytes of the file that it takes.
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }
}

/// The cells of a line of a table with pipes; outer pipes are none.
pub(crate) fn pipe_cells(text: &str) -> Vec<&str> {
    let text = text.trim();
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(str::trim).collect()
}
