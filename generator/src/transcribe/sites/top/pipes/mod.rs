//! A page of TOP with its tables as pipes: T4, T5 (no line numbers), T6 (outer pipes).
//!
//! Such a page has lost its API's name, its title, all child rows and all limits. What the samples still show of them
//! is taken from there, with a doubt about each fact that they do not settle.

mod code;
mod rows;

use super::columns::Columns;
use super::title::Head;
use super::words::{Part, heading};
use super::{assemble, errors, foreign};
use crate::diagnostic::Code;
use crate::source::SpecPath;
use crate::spec::{ErrorSpec, MOST_ROWS};
use crate::terms::{About, Note};
use crate::transcribe::draft::Draft;
use crate::transcribe::field::filled;
use crate::transcribe::page::pipes::{is_rule, pipe_cells, pipe_header};
use crate::transcribe::page::{Line, Page};
use crate::transcribe::row::Side;
use crate::transcribe::sample::{java, xml};
use crate::transcribe::{Options, Refusal};
use code::Printed;

/// Whether a page has a table of parameters as pipes, or pipes and the sample of a client.
pub(crate) fn is_page(page: &Page<'_>) -> bool {
    let lines = page.lines();
    let has_pipes = || lines.iter().any(|line| is_rule(line.text));
    lines.iter().any(|line| header(line.text).is_some()) || has_pipes() && page.text.contains("TaobaoClient ")
}

fn header(text: &str) -> Option<Columns> {
    text.contains('|').then(|| Columns::of(&pipe_header(text))).flatten()
}

fn is_error_header(text: &str) -> bool {
    errors::is_header(pipe_header(text).into_iter())
}

/// The parts of a page.
struct Parts<'l, 'a> {
    above: &'l [Line<'a>],
    request: Option<&'l [Line<'a>]>,
    response: Option<&'l [Line<'a>]>,
    /// Whether nothing comes after the response table, which may then have lost rows.
    ends_in_response: bool,
    errors: &'l [Line<'a>],
    java: Printed,
    xml: Printed,
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>, options: &Options) -> Result<Draft, Refusal> {
    let lines = page.lines();
    let parts = parts(lines);
    let (java, xml) = (java::read(&parts.java.text), xml::read(&parts.xml.text));
    let begin = lines.first().map_or(page.start, |line| line.at);
    if java.class.is_none() && lines.iter().any(|line| code::is_json(line.text)) {
        return Err(foreign::callback(begin));
    }
    let cut = |message: &str| {
        let at = page.start + page.text.len();
        Refusal::new(Code::PageCut, at..at, message)
            .help("copy the page again, from its description to its error codes")
    };
    if parts.response.is_none() && xml.sample.is_empty() {
        return Err(cut("the page has neither a response table nor a response sample"));
    }
    if let Some(line) = parts.above.iter().find(|line| is_rule(line.text)) {
        let message = "the table above this line has a header that is not one of a TOP table";
        return Err(Refusal::new(Code::NotRead, line.bytes(), message)
            .help("expected the columns 名称, 类型, 是否必须, 示例值, 更多限制 and 描述; copy the page again"));
    }
    let has_end = lines.iter().any(|line| heading(line.text) == Some(Part::End));
    assemble::check(page, &java, &xml)?;
    let doubts = [
        (Side::Request, parts.java.doubt(code::java_lines(&parts.java.text))),
        (Side::Response, parts.xml.doubt(code::xml_lines(&xml.sample))),
    ];
    let read = assemble::Parts {
        layout: super::PIPES,
        head: head(parts.above),
        begin,
        request: rows::fields(parts.request, Side::Request, &java.sample)?,
        response: rows::fields(parts.response, Side::Response, &xml.sample)?,
        java: (parts.java.text, java),
        xml: (parts.xml.text, xml),
    };
    let mut draft = assemble::assemble(page, options, read)?;
    if parts.ends_in_response && !has_end {
        return Err(cut("the page ends after its response table"));
    }
    for (side, note) in doubts {
        let at = SpecPath::root().key("samples").key(assemble::sample_name(side));
        note.into_iter().for_each(|note| draft.doubt(at.clone(), About::Sample, note));
    }
    let cut = (!has_end).then(|| page.has_open_line());
    errors(&mut draft, parts.errors, cut);
    Ok(draft)
}

/// The description. Pages with pipes have lost the name and title.
fn head(above: &[Line<'_>]) -> Head<'static> {
    let texts: Vec<&str> = above.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty()).collect();
    // The first line may be a phrase that asks for feedback.
    Head { description: texts.join(" "), is_merged: texts.len() > 1, ..Head::default() }
}

fn parts<'l, 'a>(lines: &'l [Line<'a>]) -> Parts<'l, 'a> {
    let side =
        |wanted: Side| lines.iter().position(|line| header(line.text).is_some_and(|columns| columns.side() == wanted));
    let (request, response) = (side(Side::Request), side(Side::Response));
    let errors = lines.iter().position(|line| is_error_header(line.text));
    let java = lines.iter().position(|line| code::begins_java(line.text));
    let from = java.or(response).or(request).unwrap_or_default();
    let find_xml = |error: bool| {
        let is_it = |line: &Line<'_>| code::begins_xml(line.text) && code::is_error_sample(line.text) == error;
        lines.iter().skip(from).position(is_it).map(|at| at + from)
    };
    let (xml, failure) = (find_xml(false), find_xml(true));
    let starts = [request, response, java, xml, failure, errors];
    let below = |start: usize| {
        let end = starts.into_iter().flatten().filter(|other| *other > start).min().unwrap_or(lines.len());
        lines.get(start..end).unwrap_or_default()
    };
    let table = |start: Option<usize>| start.map(|start| below(start).get(1..).unwrap_or_default());
    let first = starts.into_iter().flatten().min().unwrap_or(lines.len());
    Parts {
        above: lines.get(..first).unwrap_or_default(),
        request: table(request),
        response: table(response),
        ends_in_response: response.is_some() && starts.into_iter().flatten().max() == response,
        errors: table(errors).unwrap_or_default(),
        java: java.map(|at| code::java(below(at))).unwrap_or_default(),
        xml: xml.map(|at| code::xml(below(at))).unwrap_or_default(),
    }
}

/// Reads the error table. `cut` is nothing if the page has its end, otherwise whether its last line is open.
fn errors(draft: &mut Draft, lines: &[Line<'_>], cut: Option<bool>) {
    let rows: Vec<&str> = lines.iter().map(|line| line.text).filter(|text| !text.is_empty()).collect();
    let rows = errors::whole_rows(&rows, cut);
    for text in rows {
        error(draft, text);
        if draft.spec.errors.len() > MOST_ROWS {
            break;
        }
    }
    // A row with its last pipe is whole.
    match rows.last().is_some_and(|text| text.trim_end().ends_with('|')) {
        _ if cut.is_none() => {}
        true => draft.doubt_end(Note::PageCut),
        false => errors::doubt_end(draft),
    }
}

/// A row of the error table: the one that such a page keeps best.
fn error(draft: &mut Draft, text: &str) {
    let found: Vec<&str> = pipe_cells(text);
    if is_rule(text) || !text.contains('|') || found.iter().all(|cell| cell.is_empty()) {
        return;
    }
    let filled: Vec<&str> = found.iter().copied().filter(|cell| !cell.is_empty()).collect();
    let cell = |at: usize| filled.get(at).and_then(|cell| self::filled(cell));
    let (message, solution) = match filled.len() {
        0..=3 => (cell(1), cell(2)),
        _ => (self::filled(&filled.get(1..).unwrap_or_default().join(" | ")), None),
    };
    let note = match filled.len() {
        3 => None,
        0..=2 => Some(Note::CellLost),
        _ => Some(Note::CellsMerged),
    };
    if let Some(note) = note {
        draft.doubt(SpecPath::root().key("errors").index(draft.spec.errors.len()), About::Error, note);
    }
    draft.spec.errors.push(ErrorSpec { code: cell(0), message, solution });
}
