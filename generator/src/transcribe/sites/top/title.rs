//! What stands above the tables of a page whose blocks are kept: title, description and place.

use super::api;
use crate::transcribe::page::block::{Block, Cell, Kind};
use crate::transcribe::page::folded;

/// Title, description and place of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head<'a> {
    /// The API's name.
    pub(crate) api: &'a str,
    /// The byte of the page at which its line begins.
    pub(crate) at: usize,
    /// The title.
    pub(crate) title: &'a str,
    /// The description.
    pub(crate) description: String,
    /// Whether it is put together from texts of which some may be no part of it.
    pub(crate) is_merged: bool,
    /// The last part of the breadcrumb.
    pub(crate) category: &'a str,
}

/// Title, description and place. Side bars name APIs too: the samples tell which is this page's, and the name that was
/// asked for where they leave a choice.
pub(super) fn head<'b>(blocks: &'b [Block], fits: &dyn Fn(&str) -> bool, asked: Option<&str>) -> Option<Head<'b>> {
    let mut head = Head::default();
    let named: Vec<(usize, &str, &str)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| block.single().and_then(title).map(|(api, title)| (at, api, title)))
        .collect();
    let is_asked = |api: &str| asked.is_none_or(|asked| api::is_same(asked, api));
    let rank = |(_, api, title): &&(usize, &str, &str)| (!fits(api), title.is_empty(), !is_asked(api));
    let (at, api, title) = named.iter().min_by_key(rank).copied()?;
    (head.api, head.title) = (api, title);
    head.at = blocks.get(at).map(|block| block.at.start).unwrap_or_default();
    let is_path = |block: &&Block| block.text().trim_start().starts_with("文档中心");
    if let Some(block) = blocks.iter().take(at).rfind(is_path) {
        head.category = match &block.kind {
            Kind::List(list) => list.items.last().map(String::as_str),
            Kind::Heading(_, text) | Kind::Text(text) | Kind::Code(text) => text.rsplit('>').next(),
            Kind::Table(_) => block.cells().and_then(<[Cell]>::last).map(Cell::trimmed),
        }
        .unwrap_or_default();
        head.category = head.category.trim_start_matches('>').trim();
    }
    let below = blocks.iter().skip(at + 1).map(|block| folded(&block.text())).filter(|text| !text.is_empty());
    let texts: Vec<String> = below.collect();
    head.is_merged = texts.len() > 1;
    head.description = texts.join(" ");
    Some(head)
}

/// `acme.depot.crate.send (title)` → both.
fn title(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', '(', '\u{ff08}', '\u{a0}']).unwrap_or(text.len());
    let (api, rest) = text.split_at_checked(end)?;
    let rest = rest.trim();
    let inner =
        rest.strip_prefix(['(', '\u{ff08}']).map(|inner| inner.strip_suffix([')', '\u{ff09}']).unwrap_or(inner));
    let is_title = rest.is_empty() || inner.is_some();
    (is_title && is_api_name(api)).then(|| (api, inner.unwrap_or_default().trim()))
}

/// Whether a word is the name of an API: segments of letters, digits, `-` and `_`, with dots between.
fn is_api_name(word: &str) -> bool {
    let is_segment = |segment: &str| {
        !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    word.contains('.') && word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.split('.').all(is_segment)
}
