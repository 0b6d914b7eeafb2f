//! Walks over the blocks of a page and finds out which table is what: by the headings above it, by its header, or by its place.

mod code;
mod headings;
mod table;

use std::ops::Range;

use super::addresses;
use super::columns::Columns;
use super::embedded;
use super::facts::{self, Fact};
use super::listed;
use super::parts::Outline;
use super::single;
use crate::diagnostic::Code;
use crate::terms::{FieldPlace, Section};
use crate::transcribe::Refusal;
use crate::transcribe::dialect::{Dialect, bare};
use crate::transcribe::page::block::{Block, Kind};
use crate::transcribe::row::Side;

/// Sorts the blocks of a page.
pub(super) fn read(blocks: &[Block], dialect: &Dialect) -> Result<Outline, Refusal> {
    let mut walk = Walk {
        dialect,
        out: Outline::default(),
        section: None,
        side: None,
        shows_side: false,
        level: 0,
        outer: None,
        names: Vec::new(),
        above: Vec::new(),
        is_foreign: false,
        pending: None,
        is_describing: false,
        is_aside: false,
        place: None,
        rows: 0,
        may_continue: false,
        is_answer_above: false,
        headings: 0,
        blocks: 0,
        at: 0..0,
        caption: None,
        headed: None,
        last_address: None,
        other_address: false,
        columns: None,
    };
    for (at, block) in blocks.iter().enumerate() {
        (walk.blocks, walk.at) = (at, block.at.clone());
        match &block.kind {
            Kind::Heading(level, text) => walk.heading(*level, text),
            Kind::Text(text) => walk.text(text, &block.at)?,
            Kind::List(list) => {
                for line in list.items.iter().flat_map(|item| item.lines()) {
                    walk.text(line, &block.at)?;
                    walk.list(&format!("- {line}"), &block.at);
                }
            }
            Kind::Code(text) => walk.code(text),
            Kind::Table(table) => walk.table(table, &block.at)?,
        }
        walk.out.is_last_table = walk.out.ends_in_table;
        match &block.kind {
            Kind::Table(_) => walk.out.list_below = Some(block.at.end),
            kind if is_item(kind) => {}
            _ => walk.out.list_below = None,
        }
        walk.out.ends_in_table = matches!(block.kind, Kind::Table(_));
        if walk.section == Some(Section::End) {
            break;
        }
    }
    Ok(walk.out)
}

/// Whether a block is a list or an item of one, which a cell may contain.
fn is_item(kind: &Kind) -> bool {
    match kind {
        Kind::List(_) => true,
        Kind::Text(text) => text.trim_start().starts_with(['-', '*', '+', '•']),
        Kind::Heading(..) | Kind::Code(_) | Kind::Table(_) => false,
    }
}

/// Maximum characters of a line above a table that may name what the table is about.
const LONGEST_NAMING: usize = 80;

/// Maximum fields that lists name.
const MOST_LISTED: usize = 500;

/// The level of a line that has the words of a heading.
const LINE: u8 = 7;

struct Walk<'a> {
    dialect: &'a Dialect,
    out: Outline,
    section: Option<Section>,
    side: Option<Side>,
    /// Whether the heading itself is about the side. That of a sample may be below one that is.
    shows_side: bool,
    /// The level of the heading of the section.
    level: u8,
    /// The last heading that is about a side as a whole.
    outer: Option<(u8, Section, Side)>,
    /// Names in the last heading.
    names: Vec<String>,
    /// Names in the line above.
    above: Vec<String>,
    /// Whether what follows is about the answer of an HTTP status other than success.
    is_foreign: bool,
    /// The fact whose label was the last line.
    pending: Option<Fact>,
    /// Whether what follows describes the API.
    is_describing: bool,
    /// Whether what follows is about something else than the API, up to the next heading.
    is_aside: bool,
    /// The place that the heading names for the fields below it.
    place: Option<FieldPlace>,
    /// Rows of fields so far.
    rows: usize,
    /// Whether the line above has words of the response.
    is_answer_above: bool,
    /// Whether the section has a list or object that may have its members in the next table.
    may_continue: bool,
    /// The headings so far.
    headings: usize,
    /// The blocks so far, and the place of the one that may be the caption of another tab: behind a line that begins a section.
    blocks: usize,
    caption: Option<usize>,
    /// The bytes of the block in the page.
    at: Range<usize>,
    /// The place of the last heading that begins a section.
    headed: Option<usize>,
    /// The last address, and whether there was another one since the last table.
    last_address: Option<String>,
    other_address: bool,
    /// The columns of the last table of fields, if nothing but texts is below it.
    columns: Option<Columns>,
}

impl Walk<'_> {
    fn text(&mut self, text: &str, at: &Range<usize>) -> Result<(), Refusal> {
        let pipes = text.matches('|').count();
        let is_wide =
            self.columns.as_ref().is_some_and(|columns| columns.kinds.len() > 3 && pipes + 1 >= columns.kinds.len());
        if (self.out.ends_in_table && pipes > 1 || is_wide) && !text.starts_with('>') {
            let message = "this line looks like a row of the table above it, but it has too few cells";
            return Err(Refusal::new(Code::StrayLine, at.clone(), message));
        }
        self.list(text, at);
        if self.section == Some(Section::Response) && !self.is_foreign && single::is_named(text, self.dialect) {
            self.out.single = self.out.single.take().or(Some(at.clone()));
        }
        let parts = embedded::parts(text, self.dialect);
        if parts.is_empty() {
            self.line(text)
        } else {
            self.parts(&parts)
        }
        Ok(())
    }

    /// Keeps the field that the item of a list names.
    fn list(&mut self, text: &str, at: &Range<usize>) {
        let side = match self.section {
            Some(Section::Request) => Side::Request,
            Some(Section::Response) => Side::Response,
            _ => return,
        };
        let is_more = self.out.listed.len() < MOST_LISTED && !self.is_foreign;
        self.out.listed.extend(listed::row(text, at, side).filter(|_| is_more).map(|row| (side, row)));
    }

    fn line(&mut self, text: &str) {
        self.address(text);
        self.out.facts.line(text, self.out.tables.is_empty(), self.dialect);
        let is_title = facts::is_title(text, LONGEST_NAMING);
        if self.section == Some(Section::Sample) {
            self.out.facts.action(text, self.dialect);
        }
        self.above = if is_title { identifiers(text) } else { Vec::new() };
        self.is_answer_above = is_title && self.dialect.side(text) == Some(Section::Response);
        if self.status(text) {
            return;
        }
        if let Some(fact) = self.pending.take()
            && self.fact(fact, text)
        {
            return;
        }
        if self.value(text) || self.begins(LINE, text, false) {
            return;
        }
        let is_head = self.section.is_none() && self.out.tables.is_empty() && self.headings <= 1;
        let is_prose =
            !text.trim().is_empty() && !addresses::is_address_only(text) && self.dialect.column(bare(text)).is_none();
        if (self.is_describing || is_head && !self.is_aside) && is_prose {
            self.out.is_below_title = self.headings == 1 && (self.out.prose.is_empty() || self.out.is_below_title);
            self.out.prose.push(text.trim_start_matches(['-', '•', '>', ' ']).to_owned());
        }
    }

    /// Notes the address of the API, or of another one that the page describes.
    fn address(&mut self, text: &str) {
        if matches!(self.section, Some(Section::Sample | Section::Common | Section::Ignore | Section::Errors)) {
            return;
        }
        if let Some(path) = facts::line_address(text, self.dialect) {
            self.other_address |= self.last_address.as_ref().is_some_and(|last| *last != path);
            self.last_address = Some(path);
        }
    }

    /// Takes a line with a label and a value.
    fn value(&mut self, text: &str) -> bool {
        if self.section == Some(Section::Common) {
            return false;
        }
        let Some((label, value)) = facts::split(text) else { return false };
        let endpoint = &self.dialect.endpoint;
        if !self.out.tables.is_empty()
            && (endpoint.description.label(label).is_some() || endpoint.title.label(label).is_some())
        {
            // A note below the tables is not about the API as a whole.
            return false;
        }
        if self.side == Some(Side::Response) && endpoint.body.label(label).is_some() {
            return false;
        }
        match self.out.facts.labelled(label, value, self.dialect) {
            Some(fact) => {
                self.is_describing = fact == Fact::Description;
                if self.is_describing {
                    self.describe(Some(value.to_owned()));
                }
                true
            }
            None if !value.is_empty() && self.dialect.section(label).is_some() => self.begins(LINE, label, false),
            None => false,
        }
    }

    /// Takes the value of a label that is a line or heading of its own.
    fn fact(&mut self, fact: Fact, text: &str) -> bool {
        let endpoint = &self.dialect.endpoint;
        let label = match fact {
            Fact::Path => endpoint.path.any_label(),
            Fact::Method => endpoint.method.any_label(),
            Fact::Api => endpoint.api.any_label(),
            Fact::Body => endpoint.body.any_label(),
            Fact::Title => endpoint.title.any_label(),
            Fact::Description => None,
        };
        let value = text.trim_start_matches(['-', '*', '•', ' ']);
        let address = addresses::SCHEMES.iter().find_map(|start| value.find(start)).and_then(|at| value.get(at..));
        let value = if fact == Fact::Path { address.unwrap_or(value) } else { value };
        label.is_some_and(|label| self.out.facts.labelled(label, value, self.dialect).is_some())
    }

    /// Reads a line that is an HTTP status.
    fn status(&mut self, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let words: String = bare(text).chars().filter(|c| c.is_alphabetic()).collect();
        let is_status =
            text.chars().count() <= 20 && digits.len() == 3 && digits.starts_with(['1', '2', '3', '4', '5']);
        let is_about = |section| self.section == Some(section);
        let fits = self.dialect.section(&words) == Some(Section::Statuses) || words.is_empty();
        if !is_status || !fits || !(is_about(Section::Response) || is_about(Section::Sample)) {
            return false;
        }
        self.is_foreign = !digits.starts_with('2');
        self.names.clear();
        true
    }
}

/// The side whose word a text contains.
fn side_of(text: &str, dialect: &Dialect) -> Option<Side> {
    match dialect.side(text)? {
        Section::Request => Some(Side::Request),
        Section::Response => Some(Side::Response),
        _ => None,
    }
}

/// The words of a heading or text that may be names of fields and types.
pub(super) fn identifiers(text: &str) -> Vec<String> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text
        .split(|c: char| !is_sign(c))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
    words.filter(|word| word.len() > 1).take(12).map(str::to_owned).collect()
}
