//! A page of TOP whose columns are kept apart: saved HTML, or a browser's copy.
//!
//! Which cell is which is not a question here; how deep a child row stands still is, and the samples settle it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::assemble::{Parts, assemble};
use super::columns::{Columns, named};
use super::outline::{is_end_heading, without_counts};
use super::rows::{self, TopRow, is_name};
use super::{assemble, foreign, text, title};
use crate::diagnostic::Code;
use crate::spec::ErrorSpec;
use crate::terms::{About, Note, Required};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::filled;
use crate::transcribe::nest::flat::is_value;
use crate::transcribe::page::block::{Block, Cell, Kind};
use crate::transcribe::page::{Line, Page, bullet, folded};
use crate::transcribe::row::Side;
use crate::transcribe::sample::{Literal, Tree, java, xml};
use crate::transcribe::{Options, Refusal};

const COMMON: &str = "公共参数";
const REQUEST: &str = "请求参数";
const RESPONSE: &str = "响应参数";
const REQUEST_SAMPLE: &str = "请求示例";
const RESPONSE_SAMPLE: &str = "响应示例";
const HEADINGS: [&str; 10] = [
    COMMON,
    REQUEST,
    RESPONSE,
    REQUEST_SAMPLE,
    RESPONSE_SAMPLE,
    "异常示例",
    "错误码解释",
    "API工具",
    "如何获得此API",
    "FAQ",
];
const ERRORS: [&str; 3] = ["错误码", "错误描述", "解决方案"];

/// Whether a line is the heading of a part.
pub(crate) fn is_heading(text: &str) -> bool {
    HEADINGS.contains(&text.trim())
}

/// Whether a page has a table of parameters.
pub(crate) fn has_tables(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| header(block).is_some())
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
    let cut = |message: String| {
        let at = page.start + page.text.len();
        Refusal::new(Code::PageCut, at..at, message)
            .help("save or copy the page again, from its title to its error codes")
    };
    let Some(tables) = Tables::find(blocks) else {
        return Err(cut(format!("the page has no response table under the heading `{RESPONSE}`")));
    };
    let has_end = has_end || blocks.iter().any(is_end);
    if !has_end && tables.response.0 + 1 + rows_of(blocks, tables.response.0).len() == blocks.len() {
        return Err(cut("the page ends after its response table".to_owned()));
    }
    let java_text = sample(part(blocks, REQUEST_SAMPLE), "TaobaoClient ");
    let xml_text = sample(part(blocks, RESPONSE_SAMPLE), "<");
    let is_json = |block: &&Block| block.text().trim_start().starts_with('{');
    if let Some(block) = part(blocks, REQUEST_SAMPLE).iter().find(is_json).filter(|_| java_text.is_empty()) {
        return Err(foreign::callback(block.at.start));
    }
    let (java, xml) = (java::read(&java_text), xml::read(&xml_text));
    let above = tables.head.and_then(|end| blocks.get(..end)).unwrap_or_default();
    let fits = |api: &str| assemble::fits(api, java.class.as_deref(), xml.root.as_deref());
    let parts = Parts {
        layout,
        head: title::head(above, &fits, options.api.as_deref()),
        begin: blocks.first().map_or(page.start, |block| block.at.start),
        request: match &tables.request {
            Some((at, columns)) => rows(rows_of(blocks, *at), columns, layout, &java.sample)?,
            None => Vec::new(),
        },
        response: rows(rows_of(blocks, tables.response.0), &tables.response.1, layout, &xml.sample)?,
        java: (java_text, java),
        xml: (xml_text, xml),
    };
    let mut draft = assemble(page, options, parts)?;
    errors(&mut draft, blocks, (!has_end).then(|| page.has_open_line() || layout == super::HTML));
    if !has_end {
        text::doubt_end(&mut draft);
    }
    Ok(draft)
}

/// Whether a block is one of the headings that pages end with.
fn is_end(block: &Block) -> bool {
    block.single().is_some_and(is_end_heading)
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
        let find = |side: Side, heading: &str, from: usize, to: usize| {
            let headers = (from..to).filter_map(|at| Some((at, header(blocks.get(at)?)?)));
            let mut fitting = headers.filter(|(_, columns)| columns.side() == side);
            let below = |at: usize| {
                let above = blocks.get(..at).unwrap_or_default().iter().rev().find(|block| !block.text().is_empty());
                above.and_then(Block::single) == Some(heading)
            };
            let first = fitting.next()?;
            if below(first.0) { Some(first) } else { fitting.find(|(at, _)| below(*at)).or(Some(first)) }
        };
        let request = find(Side::Request, REQUEST, 0, blocks.len());
        let from = request.as_ref().map_or(0, |(at, _)| *at);
        let response = find(Side::Response, RESPONSE, from, blocks.len())?;
        let first = request.as_ref().map_or(response.0, |(at, _)| *at);
        let is_heading = |block: &Block| block.single().is_some_and(|text| [COMMON, REQUEST].contains(&text));
        let head = blocks.iter().take(first).rposition(|block| block.single() == Some(COMMON));
        let head = head.or_else(|| blocks.iter().take(first).position(is_heading)).unwrap_or(first);
        Some(Self { head: Some(head), request, response })
    }
}

fn header(block: &Block) -> Option<Columns> {
    Columns::of(block.cells()?)
}

/// The blocks below a header, up to the next heading or header.
fn rows_of(blocks: &[Block], header_at: usize) -> &[Block] {
    let is_end = |block: &Block| block.single().is_some_and(is_heading) || header(block).is_some();
    let below = blocks.get(header_at + 1..).unwrap_or_default();
    let end = below.iter().position(is_end).unwrap_or(below.len());
    below.get(..end).unwrap_or_default()
}

/// The blocks below the last such heading.
fn part<'b>(blocks: &'b [Block], heading: &str) -> &'b [Block] {
    let Some(at) = blocks.iter().rposition(|block| block.single() == Some(heading)) else { return &[] };
    rows_of(blocks, at)
}

/// Reads a table.
fn rows<'b>(blocks: &'b [Block], columns: &Columns, layout: &str, sample: &Tree) -> Result<Vec<TopRow<'b>>, Refusal> {
    let mut tops = BTreeMap::new();
    for at in sample.children(0) {
        if let Some(node) = sample.nodes.get(at) {
            tops.entry(node.key.clone()).or_insert(at);
        }
    }
    let mut reader = Reader { columns, trimmed: layout == super::TEXT, sample, tops, rows: Vec::new() };
    for block in blocks {
        let read = match &block.kind {
            Kind::Table(_) => block.cells().is_none_or(|cells| reader.row(cells)),
            Kind::List(list) => reader.items(&list.items),
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

/// Restores the sign of a leaf, which copies may lose. If no row of a table has it, a row is a leaf if its type is a single
/// value or the sample has a value for it.
fn close_leaves(rows: &mut [TopRow<'_>], sample: &Tree) {
    let children = rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.row.as_ref());
    if children.into_iter().any(|child| child.leaf) {
        return;
    }
    let mut has_value: BTreeMap<&str, bool> = BTreeMap::new();
    for (at, node) in sample.nodes.iter().enumerate().skip(1) {
        let is_filled = matches!(&node.literal, Literal::Text(text) | Literal::Opaque(text) if !text.is_empty());
        let is_value = !sample.has_children(at) && is_filled;
        *has_value.entry(&node.key).or_insert(true) &= is_value;
    }
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        let key = sample.naming.key(cell.text);
        if let Some(child) = &mut cell.row {
            child.leaf = is_value(&child.type_word) || has_value.get(key.as_str()) == Some(&true);
        }
    }
}

/// What pages write instead of an empty table.
fn is_nothing(text: &str) -> bool {
    ["无", "暂无数据", "没有数据"].contains(&text.trim())
}

struct Reader<'r, 'b> {
    columns: &'r Columns,
    /// Whether rows may have lost empty cells at their ends.
    trimmed: bool,
    sample: &'r Tree,
    /// The first node of each key at the top level of the sample.
    tops: BTreeMap<String, usize>,
    rows: Vec<TopRow<'b>>,
}

impl<'b> Reader<'_, 'b> {
    /// Reads a row of the table; false if it has no name.
    fn row(&mut self, cells: &'b [Cell]) -> bool {
        if cells.iter().all(|cell| cell.trimmed().is_empty()) {
            return true;
        }
        let Some(first) = cells.first() else { return false };
        let behind = bullet(&first.text);
        let (name, leaf) = named(behind.unwrap_or(&first.text));
        if !is_name(name) {
            return false;
        }
        let depth = if leaf || behind.is_some() { Depth::Nested } else { self.depth(name) };
        let (type_word, required, mut exact) = self.columns.row(cells, self.trimmed);
        if depth == Depth::Nested {
            let Some(row) = self.rows.last_mut() else { return false };
            let mut child = self.columns.child(cells, self.trimmed);
            child.leaf = leaf;
            row.cells.push(rows::Cell::whole(name, child));
            return true;
        }
        exact.doubts.extend(depth.doubt());
        if required.is_none() {
            exact.doubts.push((About::Required, Note::ColumnEmpty));
        }
        self.rows.push(TopRow {
            name,
            type_word,
            required: required.unwrap_or(Required::Unknown),
            rest: String::new(),
            listed: None,
            limits: exact.limits.clone(),
            exact: Some(exact),
            cells: Vec::new(),
        });
        true
    }

    /// Finds the depth of a row without bullet or sign, from the sample.
    fn depth(&self, name: &str) -> Depth {
        let Some(row) = self.rows.last() else { return Depth::Top };
        let key = self.sample.naming.key(name);
        let is_top = self.tops.contains_key(&key);
        let own = self.tops.get(&self.sample.naming.key(row.name)).copied();
        let inside = own.and_then(|own| self.sample.nodes.get(own + 1..self.sample.end(own))).unwrap_or_default();
        let is_below = inside.iter().any(|node| node.key == key);
        // An object's members come at once.
        let is_first = row.cells.is_empty();
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
    fn items(&mut self, items: &'b [String]) -> bool {
        let Some(row) = self.rows.last_mut() else { return items.iter().all(|item| item.trim().is_empty()) };
        match self.columns.children(items) {
            Some(children) => {
                row.cells.extend(children.into_iter().map(|(name, child)| rows::Cell::whole(name, child)));
            }
            None => {
                let texts = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
                let cells = texts.map(|text| rows::Cell::loose(Line { at: 0, text }));
                cells.for_each(|cell| cell.push(&mut row.cells, self.columns.side()));
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

impl Depth {
    fn doubt(self) -> Option<(About, Note)> {
        match self {
            Self::Unsettled(note) => Some((About::Nesting, note)),
            _ => None,
        }
    }
}

/// Returns the text of a sample: the first block of code, list or run of lines that starts with `start`.
fn sample(part: &[Block], start: &str) -> String {
    let begins = |text: &str| text.trim_start().starts_with(start);
    let begins_behind_number = |text: &str| begins(text.trim_start().strip_prefix('1').unwrap_or(text));
    for group in part.chunk_by(|one, other| !is_whole(one) && !is_whole(other)) {
        let texts: Vec<Cow<'_, str>> = group.iter().map(printed_text).collect();
        let text = texts.join("\n");
        let mut lines: Vec<Line<'_>> = text.split('\n').map(|text| Line { at: 0, text }).collect();
        if let Some(first) = lines.iter().position(|line| begins_behind_number(line.text)) {
            let lines = without_counts(lines.split_off(first));
            if lines.first().is_some_and(|line| begins(line.text)) {
                return printed(&lines, start);
            }
        }
    }
    String::new()
}

/// The lines of a block: of a list, one for each item.
fn printed_text(block: &Block) -> Cow<'_, str> {
    match &block.kind {
        Kind::List(list) => Cow::Owned(list.items.join("\n")),
        _ => block.text(),
    }
}

/// Whether a block can be a sample of its own.
fn is_whole(block: &Block) -> bool {
    matches!(block.kind, Kind::Code(_) | Kind::List(_))
}

/// The lines of a sample up to its own end.
fn printed(lines: &[Line<'_>], start: &str) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text.trim_end()).collect();
    let close = root(lines.first().copied().unwrap_or_default()).map(|root| format!("</{root}>"));
    let is_last = |line: &str| match &close {
        Some(close) if start == "<" => line.ends_with(close.as_str()),
        _ => line.starts_with("System.out.println("),
    };
    let count = lines.iter().position(|line| is_last(line)).map_or(lines.len(), |at| at + 1);
    let text = lines.iter().take(count).copied().collect::<Vec<_>>().join("\n");
    let text = text.trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn root(line: &str) -> Option<&str> {
    let name = line.trim_start().strip_prefix('<')?.split(['>', ' ', '/']).next()?;
    (!name.is_empty()).then_some(name)
}

fn errors(draft: &mut Draft, blocks: &[Block], cut: Option<bool>) {
    let is_header = |block: &Block| block.cells().is_some_and(|cells| cells.iter().map(Cell::trimmed).eq(ERRORS));
    let Some(at) = blocks.iter().position(is_header) else { return };
    let rows = rows_of(blocks, at);
    let filled_rows = rows.iter().rposition(|row| !row.text().trim().is_empty()).map_or(0, |last| last + 1);
    for block in text::whole_rows(rows.get(..filled_rows).unwrap_or_default(), cut) {
        let whole = block.text();
        match block.cells() {
            Some(cells) if cells.len() <= 3 => {
                let cell = |at: usize| cells.get(at).and_then(|cell| filled(&folded(&cell.text)));
                let error = ErrorSpec { code: cell(0), message: cell(1), solution: cell(2) };
                if error != ErrorSpec::default() {
                    draft.spec.errors.push(error);
                }
            }
            None if is_nothing(&whole) || whole.trim().is_empty() => {}
            _ => text::error(draft, &folded(&whole)),
        }
    }
}
