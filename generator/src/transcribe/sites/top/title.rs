//! What stands above the tables of a page whose blocks are kept: title, description and place.

use super::assemble;
use super::outline::{Head, is_api_name};
use crate::transcribe::page::block::{Block, Cell, Kind};
use crate::transcribe::page::folded;

/// Title, description and place. Side bars name APIs too: the samples tell which is this page's, and the name that was
/// asked for where they leave a choice.
pub(super) fn head<'b>(blocks: &'b [Block], fits: &dyn Fn(&str) -> bool, asked: Option<&str>) -> Option<Head<'b>> {
    let mut head = Head::default();
    let named: Vec<(usize, &str, &str)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| block.single().and_then(title).map(|(api, title)| (at, api, title)))
        .collect();
    let is_asked = |api: &str| asked.is_none_or(|asked| assemble::is_same(asked, api));
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
    let end = text.find([' ', '(', '(', '\u{a0}']).unwrap_or(text.len());
    let (api, rest) = text.split_at_checked(end)?;
    let rest = rest.trim();
    let inner = rest.strip_prefix(['(', '(']).map(|inner| inner.strip_suffix([')', ')']).unwrap_or(inner));
    let is_title = rest.is_empty() || inner.is_some();
    (is_title && is_api_name(api)).then(|| (api, inner.unwrap_or_default().trim()))
}
