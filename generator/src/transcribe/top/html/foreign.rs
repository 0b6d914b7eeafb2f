//! HTML that is no page of an API: what it is instead.

use super::super::block::{Block, folded};
use super::Found;
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::Page;

/// What pages of other kinds say, in small letters.
const CAPTCHA: [&str; 6] = ["验证码", "滑动验证", "安全验证", "人机验证", "captcha", "unusual traffic"];
const LOGIN: [&str; 5] = ["登录", "登陆", "sign in", "log in", "login"];
const FAILURE: [&str; 10] =
    ["404", "403", "500", "502", "503", "not found", "forbidden", "error", "出错", "不存在"];
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
    let mut text = title.to_lowercase();
    text.push('\n');
    for Block { text: line, .. } in &found.blocks {
        text.push_str(&line.to_lowercase().replace('\t', " "));
        text.push('\n');
    }
    // A page that is shown instead of another is short; long ones have these words by chance.
    let (is_short, head) = (text.chars().count() < 4000, title.to_lowercase());
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word) || is_short && text.contains(word));
    let (code, what) = if NIO.iter().any(|sign| text.contains(sign)) {
        (Code::LayoutLater, "this HTML looks like a page of iTNIO, which is not read as HTML")
    } else if has(&CAPTCHA) {
        (Code::ErrorPage, "this HTML is a check for robots, not the page of an API")
    } else if found.asks_password || has(&LOGIN) && !text.contains("名称") {
        (Code::ErrorPage, "this HTML is a page to log in with, not the page of an API")
    } else if has(&FAILURE) {
        (Code::ErrorPage, "this HTML is an error page, not the page of an API")
    } else if found.blocks.is_empty() {
        (Code::UnknownPage, "this HTML has no text: a script would fill it, and it was saved before that")
    } else {
        (Code::UnknownPage, "this HTML has no tables of parameters")
    };
    let message = if title.is_empty() { what.to_owned() } else { format!("{what}; its title is `{title}`") };
    let at = title_at(page);
    Refusal::new(code, at..at, message).help(EXPECTED)
}

/// The byte of the title's tag, or the first of the page.
fn title_at(page: &Page<'_>) -> usize {
    page.start + page.text.find("<title").unwrap_or_default()
}
