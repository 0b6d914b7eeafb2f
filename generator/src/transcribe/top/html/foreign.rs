//! HTML that is no page of an API: what it is instead.

use super::super::block::folded;
use super::super::foreign::kind;
use super::Found;
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::Page;

/// What pages of iTNIO say, in small letters.
const NIO: [&str; 6] = [
    "参数 说明",
    "parameters description",
    "parameter description",
    "request url:",
    "响应状态码",
    "response status code",
];

const EXPECTED: &str = "expected: the saved page of one API of TOP, with the tables of its request and response \
                        parameters; save it when its tables are shown";

/// Why a page without tables of parameters is refused.
pub(super) fn refusal(page: &Page<'_>, found: &Found) -> Refusal {
    let title = folded(&found.title);
    let mut text = title.clone();
    for block in &found.blocks {
        text.push('\n');
        text.push_str(&block.text.replace('\t', " "));
    }
    let small = text.to_lowercase();
    let (code, what) = if NIO.iter().any(|sign| small.contains(sign)) {
        (Code::NotRead, "a page of iTNIO, which is not read as HTML")
    } else if let Some(what) = kind(&title, &text) {
        (Code::ErrorPage, what)
    } else if found.asks_password {
        (Code::ErrorPage, "a page to log in with, not the page of an API")
    } else if found.blocks.is_empty() {
        (Code::UnknownPage, "without text: a script would fill it, and it was saved before that")
    } else {
        (Code::UnknownPage, "without tables of parameters")
    };
    let title = if title.is_empty() { String::new() } else { format!("; its title is `{title}`") };
    let at = page.start + page.text.find("<title").unwrap_or_default();
    Refusal::new(code, at..at, format!("this HTML is {what}{title}")).help(EXPECTED)
}
