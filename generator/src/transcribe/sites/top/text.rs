//! A page of TOP as flattened text: T1, T2 (with limits), T3 (with line numbers).

use super::columns::Columns;
use super::grid;
use super::lines::{EDGE, LIMIT, depth, place};
use super::samples::without_numbers;
use super::words::{Part, heading};
use crate::diagnostic::Code;
use crate::transcribe::draft::Draft;
use crate::transcribe::page::Page;
use crate::transcribe::page::block::Block;
use crate::transcribe::{Options, Refusal};

/// Maximum lines of a page. The largest page seen so far has about 2,000.
const MOST_LINES: usize = 200_000;

/// The parts in the order of the page.
const PARTS: [Part; 7] = [
    Part::Common,
    Part::Request,
    Part::Response,
    Part::RequestSample,
    Part::ResponseSample,
    Part::Failure,
    Part::Errors,
];

/// Reads a page.
pub(super) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let lines = page.lines();
    if let Some(line) = lines.get(MOST_LINES) {
        let message = format!("the page has more than {MOST_LINES} lines");
        return Err(Refusal::new(Code::PageTooLarge, line.bytes(), message));
    }
    let mut blocks = place(&without_numbers(lines));
    for at in headings(&blocks) {
        blocks.get_mut(at).into_iter().for_each(grid::open);
    }
    grid::read(page, options, &blocks, (super::TEXT, false))
}

/// The headings, each behind the one before it: cells may have the same words.
fn headings(blocks: &[Block]) -> Vec<usize> {
    let mut from = 0;
    let mut found = Vec::new();
    for part in PARTS {
        if let Some(at) = (from..blocks.len()).find(|at| is_heading(blocks, *at, part)) {
            found.push(at);
            from = at + 1;
        }
    }
    let is_end = |at: &usize| blocks.get(*at).is_some_and(grid::is_end);
    found.extend((from..blocks.len()).find(is_end));
    found
}

/// A heading stands alone at the left edge. Behind a bullet it is one only if its part follows.
fn is_heading(blocks: &[Block], at: usize, part: Part) -> bool {
    let is_part = |block: &&Block| block.single().and_then(heading) == Some(part);
    let Some(block) = blocks.get(at).filter(is_part) else { return false };
    if depth(block) == EDGE && !block.text().starts_with(char::is_whitespace) {
        return true;
    }
    let next = blocks.iter().skip(at + 1).filter_map(Block::single).find(|text| !text.is_empty()).unwrap_or_default();
    let starts = |words: &[&str]| words.iter().any(|word| next.starts_with(word));
    depth(block) == LIMIT
        && match part {
            Part::Request | Part::Response => Columns::of_line(next).is_some(),
            Part::RequestSample => starts(&["JAVA", "TaobaoClient"]),
            Part::ResponseSample | Part::Failure => starts(&["XML示例", "<"]),
            Part::Errors => super::errors::is_header(next.split(' ')),
            Part::Common | Part::End => false,
        }
}
