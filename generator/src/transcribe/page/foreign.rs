//! What is not the page of an API: error pages, the shells of applications, archives.

use std::borrow::Cow;

use super::Page;
use super::block::Block;
use super::html::Html;
use crate::diagnostic::Code;
use crate::transcribe::Refusal;

/// A kind of page that comes instead of another.
struct Foreign {
    /// What it is.
    what: &'static str,
    /// Maximum characters of such a page.
    most: usize,
    /// Lower-case words, any of which shows the kind in a title, or in the text if there are no others.
    words: &'static [&'static str],
    /// Other lower-case words, one of which the text must have too.
    others: &'static [&'static str],
}

const KINDS: [Foreign; 3] = [
    Foreign {
        what: "a CAPTCHA page, not an API page",
        most: SHORT,
        words: &["验证码", "滑动验证", "安全验证", "人机验证", "captcha", "unusual traffic"],
        others: &[],
    },
    Foreign {
        what: LOGIN,
        most: SHORTEST,
        words: &["登录", "登陆", "sign in", "log in", "login"],
        // The frame of any page may have a link to log in.
        others: &[
            "密码",
            "账号",
            "帐号",
            "用户名",
            "手机号",
            "扫码",
            "请先",
            "请登录",
            "password",
            "account",
            "please",
            "must",
        ],
    },
    Foreign {
        what: "an error page, not an API page",
        most: SHORTEST,
        words: &["404", "403", "500", "502", "503", "not found", "forbidden", "error", "出错"],
        others: &[],
    },
];

const LOGIN: &str = "a login page, not an API page";

const SHELL: &str = "the empty shell of a single-page application: it was saved before its script had added the content; save the \
                     page after the tables have appeared";

/// Maximum characters of a page that replaces another, such as a login page. Longer pages contain such words by chance.
const SHORT: usize = 4000;

/// The same for words that the frame of many sites has too: a link to log in, or a disclaimer.
const SHORTEST: usize = 500;

/// Maximum blocks of a page that waits for its script: a title, a line for browsers without scripts.
const WAITING: usize = 3;

/// Rejects pages that cannot have tables, whatever their form is.
pub(crate) fn check(page: &Page<'_>, help: &str) -> Result<(), Refusal> {
    let text = page.text.trim_start();
    let at = page.start + page.text.len() - text.len();
    let refuse = |code, message: &str| Err(Refusal::new(code, at..at, message).help(help));
    match text {
        "" => refuse(Code::UnknownPage, "the page is empty"),
        _ if is_archive(text) => refuse(Code::NotRead, "this is a web archive (MHTML); save the page as HTML instead"),
        _ => Ok(()),
    }
}

/// Whether the text is the file in which some browsers save a page with all its parts.
fn is_archive(text: &str) -> bool {
    let head: Vec<&str> = text.lines().take(40).take_while(|line| !line.starts_with('<')).collect();
    let has = |word: &str| head.iter().any(|line| line.to_ascii_lowercase().starts_with(word));
    has("mime-version:") && has("content-type:")
}

/// Returns the kind of a page without tables, from the words of its title and text.
pub(crate) fn kind(title: &str, text: &str) -> Option<&'static str> {
    let (title, text) = (title.to_lowercase(), text.to_lowercase());
    let length = text.chars().take(SHORT).count();
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_about = |kind: &&Foreign| {
        let (is_short, is_shown) = (length < kind.most, kind.others.is_empty() || has(&text, kind.others));
        has(&title, kind.words) && (is_short || is_shown) || has(&text, kind.words) && is_short && is_shown
    };
    KINDS.iter().find(is_about).map(|kind| kind.what)
}

/// Rejects HTML with these blocks, if it is known what it is.
pub(crate) fn html(page: &Page<'_>, html: &Html, blocks: &[Block]) -> Option<Refusal> {
    let text: Vec<Cow<'_, str>> = blocks.iter().map(Block::text).collect();
    let is_shell = blocks.len() <= WAITING && html.has_scripts || blocks.is_empty();
    let (code, what) = match kind(&html.title, &text.join("\n")) {
        Some(what) => (Code::ErrorPage, what),
        None if html.asks_password => (Code::ErrorPage, LOGIN),
        None if is_shell => (Code::UnknownPage, SHELL),
        None => return None,
    };
    Some(titled(page, html, code, what))
}

/// Rejects HTML, with its title.
pub(crate) fn titled(page: &Page<'_>, html: &Html, code: Code, what: &str) -> Refusal {
    let title = match html.title.as_str() {
        "" => String::new(),
        title => format!("; its title is `{title}`"),
    };
    let at = page.start + page.text.find("<title").unwrap_or_default();
    Refusal::new(code, at..at, format!("this HTML is {what}{title}"))
}
