//! Pages of the Taobao Open Platform.

mod api;
mod assemble;
mod columns;
mod errors;
mod flat;
mod grid;
mod html;
mod json;
mod lines;
mod pipes;
mod samples;
mod tabs;
mod text;
mod title;

pub(crate) mod foreign;
pub(crate) mod rows;
pub(crate) mod words;

use super::{Reader, unread_pipes};
use crate::transcribe::draft::Draft;
use crate::transcribe::page::Page;
use crate::transcribe::{Options, Refusal};
use columns::Columns;

/// Flattened text, or a copy from a browser.
const TEXT: &str = "top-text";
/// The answer of the document service.
const JSON: &str = "top-json";
/// Tables with pipes.
const PIPES: &str = "top-pipes";
/// A saved page.
const HTML: &str = "top-html";

/// Finds the reader of a page that has tables of this site, or is in a form that only this site has.
pub(crate) fn sign(page: &Page<'_>) -> Result<Option<Reader>, Refusal> {
    type Read = fn(&Page<'_>, &Options) -> Result<Draft, Refusal>;
    let form = |read: Read| Ok(Some(Reader { is_certain: false, read }));
    let text = page.text.trim_start();
    if text.starts_with(['{', '[']) {
        return form(json::read);
    }
    let is_pipes = pipes::is_page(page);
    // A description may start with a tag too.
    if text.starts_with('<') && !is_pipes {
        return form(html::read);
    }
    let is_copy = tabs::is_copy(page);
    let is_text = page.lines().iter().any(|line| Columns::of_line(line.text).is_some());
    if !is_pipes && !is_copy && !is_text {
        return Ok(None);
    }
    foreign::known(page)?;
    let has_client = page.text.contains("TaobaoClient");
    let read: Read = match (is_pipes, is_copy) {
        (true, _) => pipes::read,
        (false, true) => tabs::read,
        (false, false) => text::read,
    };
    match unread_pipes(page).filter(|_| !is_pipes && !is_copy) {
        Some(refusal) => Err(refusal),
        None => Ok(Some(Reader { is_certain: has_client, read })),
    }
}
