//! A page of TOP as blocks: saved HTML, a browser's copy, or flattened text.
//!
//! Where the columns are kept apart, which cell is which is not a question; how deep a child row stands still is, and the samples
//! settle it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::api;
use super::assemble::{Parts, assemble};
use super::columns::{Columns, named};
use super::errors::{self, doubt_end, errors};
use super::rows::{self, Below, PageRow};
use super::samples::sample;
use super::words::{Part, heading, is_name, is_nothing, is_value};
use super::{assemble, foreign, title};
use crate::diagnostic::Code;
use crate::terms::{About, Note};
use crate::transcribe::draft::Draft;
use crate::transcribe::page::block::{Block, Cell, Kind};
use crate::transcribe::page::{Line, Page, bullet};
use crate::transcribe::row::{Side, UnattachedLine};
use crate::transcribe::sample::{Literal, Tree, java, xml};
use crate::transcribe::sites::top::flat;
use crate::transcribe::{Options, Refusal};

/// Maximum blocks of a table. The largest table seen so far has about 2,000.
const MOST_BLOCKS: usize = 20_000;

/// Whether a page has a table of parameters.
pub(crate) fn has_tables(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| Columns::of_block(block).is_some())
}

/// Reads the blocks of a page.
///
/// `has_end` tells whether the source shows that the page is whole.
pub(crate) fn read(
    page: &Page<'_>,
    options: &Options,
    blocks: &[Block],
    (layout, has_end): (&'static str, bool),
) -> Result<Draft, Refusal> {
    let cut = |message: &str| {
        let at = page.start + page.text.len();
        Refusal::new(Code::PageCut, at..at, message)
            .help("save or copy the page again, from its title to its error codes")
    };
    let Some(tables) = Tables::find(blocks) else {
        return Err(cut("the page has no response table under the heading `响应参数`"));
    };
    let has_end = has_end || blocks.iter().any(is_end);
    if !has_end && tables.response.0 + 1 + rows_of(blocks, tables.response.0).len() == blocks.len() {
        return Err(cut("the page ends after its response table"));
    }
    let is_flat = blocks.get(tables.response.0).is_some_and(is_flat);
    let java_text = sample(part(blocks, Part::RequestSample), "TaobaoClient ", is_flat);
    let xml_text = sample(part(blocks, Part::ResponseSample), "<", is_flat);
    let is_json = |block: &&Block| block.text().trim_start().starts_with('{');
    if let Some(block) = part(blocks, Part::RequestSample).iter().find(is_json).filter(|_| java_text.is_empty()) {
        return Err(foreign::callback(block.at.start));
    }
    let (java, xml) = (java::read(&java_text), xml::read(&xml_text));
    let above = tables.head.and_then(|end| blocks.get(..end)).unwrap_or_default();
    let fits = |api: &str| api::fits(api, java.class.as_deref(), xml.root.as_deref());
    let mut head = title::head(above, &fits, options.api.as_deref()).unwrap_or_default();
    // A flattened page is text from its title to its end.
    head.is_merged &= !is_flat;
    assemble::check(page, &java, &xml)?;
    let request = match &tables.request {
        Some(header) => rows(blocks, header, layout, &java.sample)?,
        None => Vec::new(),
    };
    let response = rows(blocks, &tables.response, layout, &xml.sample)?;
    let parts = Parts {
        layout,
        head,
        begin: blocks.first().map_or(page.start, |block| block.at.start),
        request: flat::align(&request, Side::Request, &java.sample),
        response: flat::align(&response, Side::Response, &xml.sample),
        java: (java_text, java),
        xml: (xml_text, xml),
    };
    let mut draft = assemble(page, options, parts)?;
    let error_rows = blocks.iter().position(errors::begins).map_or(&[][..], |at| rows_of(blocks, at));
    errors(&mut draft, error_rows, (!has_end).then(|| page.has_open_line() || layout == super::HTML));
    if !has_end {
        doubt_end(&mut draft);
    }
    Ok(draft)
}

/// Whether a block is one of the headings that pages end with.
pub(super) fn is_end(block: &Block) -> bool {
    block.single().and_then(heading) == Some(Part::End)
}

/// Makes a block the heading that it is.
pub(super) fn open(block: &mut Block) {
    if let Some(text) = block.single().map(str::to_owned) {
        block.kind = Kind::Heading(2, text);
    }
}

/// The part that a block opens.
fn opened(block: &Block) -> Option<Part> {
    match &block.kind {
        Kind::Heading(_, text) => heading(text),
        _ => None,
    }
}

/// Where the tables are.
struct Tables {
    /// The end of what stands above them.
    head: Option<usize>,
    /// The header of the request table.
    request: Option<(usize, Columns)>,
    /// The header of the response table.
    response: (usize, Columns),
}

impl Tables {
    /// Finds them: the common parameters may be written out above, with headers of the same kind.
    fn find(blocks: &[Block]) -> Option<Self> {
        let find = |side: Side, part: Part, from: usize, to: usize| {
            let headers = (from..to).filter_map(|at| Some((at, Columns::of_block(blocks.get(at)?)?)));
            let mut fitting = headers.filter(|(_, columns)| columns.side() == side);
            let below = |at: usize| {
                let above = blocks.get(..at).unwrap_or_default().iter().rev().find(|block| !block.text().is_empty());
                above.and_then(opened) == Some(part)
            };
            let first = fitting.next()?;
            if below(first.0) { Some(first) } else { fitting.find(|(at, _)| below(*at)).or(Some(first)) }
        };
        let request = find(Side::Request, Part::Request, 0, blocks.len());
        let from = request.as_ref().map_or(0, |(at, _)| *at);
        let response = find(Side::Response, Part::Response, from, blocks.len())?;
        let first = request.as_ref().map_or(response.0, |(at, _)| *at);
        let opens = |block: &Block, part| opened(block) == Some(part);
        let head = blocks.iter().take(first).rposition(|block| opens(block, Part::Common));
        let request_heading = || blocks.iter().take(first).position(|block| opens(block, Part::Request));
        let head = head.or_else(request_heading).unwrap_or(first);
        Some(Self { head: Some(head), request, response })
    }
}

/// The blocks below a header, up to the next heading or header.
pub(super) fn rows_of(blocks: &[Block], header_at: usize) -> &[Block] {
    let is_end = |block: &Block| opened(block).is_some() || Columns::of_block(block).is_some();
    let below = blocks.get(header_at + 1..).unwrap_or_default();
    let end = below.iter().position(is_end).unwrap_or(below.len());
    below.get(..end).unwrap_or_default()
}

/// The blocks below the last such heading.
fn part(blocks: &[Block], part: Part) -> &[Block] {
    let Some(at) = blocks.iter().rposition(|block| opened(block) == Some(part)) else { return &[] };
    rows_of(blocks, at)
}

/// Reads the table below a header.
fn rows<'b>(
    blocks: &'b [Block],
    (at, columns): &(usize, Columns),
    layout: &str,
    sample: &Tree,
) -> Result<Vec<PageRow<'b>>, Refusal> {
    let is_flat = blocks.get(*at).is_some_and(is_flat);
    let blocks = rows_of(blocks, *at);
    if let Some(block) = blocks.get(MOST_BLOCKS) {
        let message = format!("a table has more than {MOST_BLOCKS} lines");
        return Err(Refusal::new(Code::PageTooLarge, block.at.clone(), message));
    }
    if is_flat {
        return flattened(blocks, columns.side());
    }
    let mut tops = BTreeMap::new();
    for at in sample.children(0) {
        if let Some(node) = sample.nodes.get(at) {
            tops.entry(node.key.clone()).or_insert(at);
        }
    }
    let mut reader = Reader { columns, trimmed: layout == super::TEXT, sample, tops, rows: Vec::new() };
    for block in blocks {
        let read = match &block.kind {
            Kind::Table(_) => block.cells().is_none_or(|cells| reader.row(cells, &block.at)),
            Kind::List(list) => reader.items(&list.items, &block.at),
            Kind::Heading(_, text) | Kind::Text(text) => {
                text.trim().is_empty() || is_nothing(text) && reader.rows.is_empty()
            }
            Kind::Code(_) => false,
        };
        if !read {
            return Err(Refusal::new(
                Code::StrayLine,
                block.at.start..block.at.start,
                "this does not belong to any table row",
            )
            .help("a row starts with a name; nested rows are lists, or start with `└` or a bullet"));
        }
    }
    close_leaves(&mut reader.rows, sample);
    Ok(reader.rows)
}

/// Whether a header, and so its table, has no cells.
fn is_flat(header: &Block) -> bool {
    matches!(header.kind, Kind::Text(_))
}

fn flattened(blocks: &[Block], side: Side) -> Result<Vec<PageRow<'_>>, Refusal> {
    let rows = rows::read(blocks, side).and_then(|rows| flat::check(&rows, side).map(|()| rows));
    rows.map_err(|UnattachedLine(line)| {
        Refusal::new(Code::StrayLine, line.bytes(), "this line does not belong to any table row")
            .help("a row starts with a name; nested rows start with a bullet")
    })
}

/// Restores the sign of a leaf, which copies may lose. If no row of a table has it, a row is a leaf if its type is a single
/// value or the sample has a value for it.
fn close_leaves(rows: &mut [PageRow<'_>], sample: &Tree) {
    let is_leaf = |below: &Below<'_>| matches!(below, Below::Row(row) if row.is_leaf);
    if rows.iter().flat_map(|row| &row.below).any(is_leaf) {
        return;
    }
    let mut has_value: BTreeMap<&str, bool> = BTreeMap::new();
    for (at, node) in sample.nodes.iter().enumerate().skip(1) {
        let is_filled = matches!(&node.literal, Literal::Text(text) | Literal::Opaque(text) if !text.is_empty());
        let is_value = !sample.has_children(at) && is_filled;
        *has_value.entry(&node.key).or_insert(true) &= is_value;
    }
    for below in rows.iter_mut().flat_map(|row| &mut row.below) {
        let Below::Row(child) = below else { continue };
        let field = &child.row.field;
        let key = sample.naming.key(&field.name);
        child.is_leaf = is_value(&field.type_word) || has_value.get(key.as_str()) == Some(&true);
    }
}

struct Reader<'r, 'b> {
    columns: &'r Columns,
    /// Whether rows may have lost empty cells at their ends.
    trimmed: bool,
    sample: &'r Tree,
    /// The first node of each key at the top level of the sample.
    tops: BTreeMap<String, usize>,
    rows: Vec<PageRow<'b>>,
}

impl<'b> Reader<'_, 'b> {
    /// Reads a row of the table; false if it has no name.
    fn row(&mut self, cells: &[Cell], at: &Range<usize>) -> bool {
        if cells.iter().all(|cell| cell.trimmed().is_empty()) {
            return true;
        }
        let Some(first) = cells.first() else { return false };
        let behind = bullet(&first.text);
        let (name, is_leaf) = named(behind.unwrap_or(&first.text));
        if !is_name(name) {
            return false;
        }
        let depth = if is_leaf || behind.is_some() { Depth::Nested } else { self.depth(name) };
        let mut row = self.columns.row(cells, at.clone(), self.trimmed);
        name.clone_into(&mut row.row.field.name);
        match (depth, self.rows.last_mut()) {
            (Depth::Nested, Some(above)) => above.below.push(Below::Row(Box::new(PageRow { is_leaf, ..row }))),
            (Depth::Nested, None) => return false,
            (Depth::Unsettled(note), _) => {
                row.row.field.doubt(About::Nesting, note);
                self.rows.push(row);
            }
            (Depth::Top, _) => self.rows.push(row),
        }
        true
    }

    /// Finds the depth of a row without bullet or sign, from the sample.
    fn depth(&self, name: &str) -> Depth {
        let Some(row) = self.rows.last() else { return Depth::Top };
        let key = self.sample.naming.key(name);
        let is_top = self.tops.contains_key(&key);
        let own = self.tops.get(&self.sample.naming.key(&row.row.field.name)).copied();
        let inside = own.and_then(|own| self.sample.nodes.get(own + 1..self.sample.end(own))).unwrap_or_default();
        let is_below = inside.iter().any(|node| node.key == key);
        // An object's members come at once.
        let is_first = row.below.is_empty();
        match (is_top, is_below) {
            (true, false) => Depth::Top,
            (false, true) => Depth::Nested,
            (true, true) if is_first => Depth::Nested,
            (true, true) => Depth::Unsettled(Note::Ambiguous),
            (false, false) if is_first && own.is_none_or(|own| !self.sample.has_children(own)) => Depth::Top,
            (false, false) if self.sample.is_empty() => Depth::Unsettled(Note::SampleMissing),
            (false, false) => Depth::Unsettled(Note::TableOnly),
        }
    }

    /// Reads a list: whole child rows, or cells whose columns the list does not tell.
    fn items(&mut self, items: &'b [String], at: &Range<usize>) -> bool {
        let Some(row) = self.rows.last_mut() else { return items.iter().all(|item| item.trim().is_empty()) };
        match self.columns.children(items, at.clone()) {
            Some(children) => row.below.extend(children.into_iter().map(|child| Below::Row(Box::new(child)))),
            None => {
                let texts = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
                let lines = texts.map(|text| Line { at: at.start, text });
                lines.for_each(|line| rows::push_cell(&mut row.below, line, self.columns.side()));
            }
        }
        true
    }
}

/// Whether a row is at the top level.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Depth {
    Top,
    Nested,
    /// In doubt; the top level is the guess.
    Unsettled(Note),
}
