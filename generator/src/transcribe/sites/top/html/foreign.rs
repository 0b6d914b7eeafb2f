//! Rejects HTML that is not an API page, and names what it is instead.

use super::super::block::folded;
use super::super::foreign::kind;
use super::Found;
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::Page;

/// Lower-case words that iTNIO pages contain.
const NIO: [&str; 6] = [
    "参数 说明",
    "parameters description",
    "parameter description",
    "request url:",
    "响应状态码",
    "response status code",
];

const EXPECTED: &str = "expected the saved page of one TOP API with its request and response tables; save the page after \
                        the tables have appeared";

/// Rejects an HTML page without parameter tables.
pub(super) fn refusal(page: &Page<'_>, found: &Found) -> Refusal {
    let title = folded(&found.title);
    let mut text = title.clone();
    for block in &found.blocks {
        text.push('\n');
        text.push_str(&block.text.replace('\t', " "));
    }
    let small = text.to_lowercase();
    let (code, what) = if NIO.iter().any(|sign| small.contains(sign)) {
        (Code::NotRead, "an iTNIO page, which is not supported as HTML")
    } else if let Some(what) = kind(&title, &text) {
        (Code::ErrorPage, what)
    } else if found.asks_password {
        (Code::ErrorPage, "a login page, not an API page")
    } else if found.blocks.is_empty() {
        (Code::UnknownPage, "a page without text: it was saved before its script added the content")
    } else {
        (Code::UnknownPage, "a page without parameter tables")
    };
    let title = if title.is_empty() { String::new() } else { format!("; its title is `{title}`") };
    let at = page.start + page.text.find("<title").unwrap_or_default();
    Refusal::new(code, at..at, format!("this HTML is {what}{title}")).help(EXPECTED)
}
