//! Pages of the Taobao Open Platform.

mod assemble;
mod columns;
mod grid;
mod html;
mod json;
mod outline;
mod pipes;
mod tabs;
mod text;
mod title;

pub(crate) mod foreign;
pub(crate) mod lines;
pub(crate) mod rows;

use super::{Reader, unread_pipes};
use crate::transcribe::draft::Draft;
use crate::transcribe::page::Page;
use crate::transcribe::{Options, Refusal};
use outline::{REQUEST_HEADER, RESPONSE_HEADER};

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
    let header = page.text.find(RESPONSE_HEADER).or_else(|| page.text.find(REQUEST_HEADER));
    if !is_pipes && !is_copy && header.is_none() {
        return Ok(None);
    }
    foreign::known(page)?;
    let has_client = page.text.contains("TaobaoClient");
    let read: Read = match header {
        _ if is_pipes => pipes::read,
        _ if is_copy => tabs::read,
        Some(at) if !has_client && has_json_sample(page) => return Err(foreign::callback(page.start + at)),
        _ => text::read,
    };
    match unread_pipes(page).filter(|_| !is_pipes && !is_copy) {
        Some(refusal) => Err(refusal),
        None => Ok(Some(Reader { is_certain: has_client, read })),
    }
}

/// Returns whether the request sample is JSON, as on callback pages.
fn has_json_sample(page: &Page<'_>) -> bool {
    let after = page.text.split("请求示例").nth(1).unwrap_or_default();
    let code = after.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('•'));
    code.is_some_and(|line| line.starts_with('{'))
}
