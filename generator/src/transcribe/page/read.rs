//! Reads a page into blocks, whatever its form is, and rejects what has none.

use super::Page;
use super::block::Block;
use super::html::{self, Html};
use super::lines;
use crate::diagnostic::Code;
use crate::transcribe::Refusal;

/// A page as blocks.
#[derive(Debug)]
pub(crate) struct Blocks {
    /// The blocks, in the order of the page.
    pub(crate) blocks: Vec<Block>,
    /// The title of an HTML document.
    pub(crate) title: String,
    /// The form of the page.
    pub(crate) layout: &'static str,
    /// Whether the page is known to be whole.
    pub(crate) is_whole: bool,
}

const EXPECTED: &str = "expected a page with tables of parameters: HTML as a browser saves it, Markdown, tables with pipes, or a copy \
                        from a browser";

/// Reads a page.
pub(crate) fn blocks(page: &Page<'_>) -> Result<Blocks, Refusal> {
    let text = page.text.trim_start();
    let at = page.start + page.text.len() - text.len();
    let refuse = |code, message: &str| Err(Refusal::new(code, at..at, message).help(EXPECTED));
    if text.is_empty() {
        return refuse(Code::UnknownPage, "the page is empty");
    }
    if is_archive(text) {
        return refuse(Code::NotRead, "this is a web archive (MHTML); save the page as HTML instead");
    }
    let read = if is_html(text) {
        let html = html::read(page.text, page.start);
        if let Some(message) = shell(&html) {
            return refuse(Code::UnknownPage, message);
        }
        let is_too_large = html.is_too_large;
        (Blocks { blocks: html.blocks, title: html.title, layout: "html", is_whole: html.is_whole }, is_too_large)
    } else {
        let lines = lines::read(page);
        let layout = match (lines.is_markdown, lines.has_pipes) {
            (true, _) => "markdown",
            (false, true) => "pipes",
            (false, false) => "tabs",
        };
        let blocks = Blocks { blocks: lines.blocks, title: String::new(), layout, is_whole: false };
        (blocks, lines.is_too_large)
    };
    match read {
        (_, true) => refuse(Code::PageTooLarge, "the page has more cells or lines than the page of an API"),
        (blocks, false) => Ok(blocks),
    }
}

/// Whether the text is the file in which some browsers save a page with all its parts.
fn is_archive(text: &str) -> bool {
    let head: Vec<&str> = text.lines().take(40).take_while(|line| !line.starts_with('<')).collect();
    let has = |word: &str| head.iter().any(|line| line.to_ascii_lowercase().starts_with(word));
    has("mime-version:") && has("content-type:")
}

/// Whether the text is HTML. Markdown may contain tags too, but does not start with these.
fn is_html(text: &str) -> bool {
    let starts = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<!--",
        "<div",
        "<table",
        "<meta",
        "<section",
        "<article",
        "<main",
        "<h1",
        "<h2",
        "<p>",
    ];
    let head: String = text.chars().take(16).collect::<String>().to_ascii_lowercase();
    starts.iter().any(|start| head.starts_with(start))
}

/// Why HTML without tables is not the page of an API.
fn shell(html: &Html) -> Option<&'static str> {
    /// Maximum blocks of a page that waits for its script: a title, a line for browsers without scripts.
    const WAITING: usize = 3;
    let has_tables = html.blocks.iter().any(|block| matches!(block.kind, super::block::Kind::Table(_)));
    if has_tables {
        return None;
    }
    if html.blocks.len() <= WAITING && html.has_scripts {
        return Some(
            "this is the empty shell of a single-page application: it was saved before its script had added the content; save \
             the page after the tables have appeared",
        );
    }
    html.asks_password.then_some("this is a login page, not the page of an API")
}
