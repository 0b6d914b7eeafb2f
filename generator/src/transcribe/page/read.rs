//! Reads a page into blocks, whatever its form is, and rejects what has none.

use super::block::{Block, Kind};
use super::known::Known;
use super::{Page, foreign, html, lines};
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
pub(crate) fn blocks(page: &Page<'_>, known: Known<'_>) -> Result<Blocks, Refusal> {
    foreign::check(page, EXPECTED)?;
    let (blocks, is_too_large) = if is_html(page.text.trim_start()) {
        let html = html::read(page.text, page.start);
        let has_tables = html.blocks.iter().any(|block| matches!(block.kind, Kind::Table(_)));
        if let Some(refusal) = foreign::html(page, &html, &html.blocks).filter(|_| !has_tables) {
            return Err(refusal.help(EXPECTED));
        }
        let is_too_large = html.is_too_large;
        (
            Blocks {
                blocks: html.blocks.into_iter().flat_map(lifted).collect(),
                title: html.title,
                layout: "html",
                is_whole: html.is_whole,
            },
            is_too_large,
        )
    } else {
        let lines = lines::read(page, known);
        let layout = match (lines.is_markdown, lines.has_pipes) {
            (true, _) => "markdown",
            (false, true) => "pipes",
            (false, false) => "tabs",
        };
        let blocks = Blocks { blocks: lines.blocks, title: String::new(), layout, is_whole: false };
        (blocks, lines.is_too_large)
    };
    match is_too_large {
        true => Err(Refusal::of_page(Code::PageTooLarge, TOO_LARGE)),
        false => Ok(blocks),
    }
}

/// The message that rejects pages with too many cells or lines.
pub(crate) const TOO_LARGE: &str = "the page has more cells or lines than the page of an API";

/// A block, and behind it the tables that were between the rows of a table.
fn lifted(mut block: Block) -> Vec<Block> {
    let Kind::Table(table) = &mut block.kind else { return vec![block] };
    let below = table.rows.iter_mut().flat_map(|row| std::mem::take(&mut row.below));
    let tables: Vec<Block> = below.filter(|block| matches!(block.kind, Kind::Table(_))).flat_map(lifted).collect();
    [block].into_iter().chain(tables).collect()
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
