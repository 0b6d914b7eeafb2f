//! The parts of a page of iTNIO.

use super::words::{Part, WORDS, heading, is_type, mark, split_type};
use crate::terms::Column;
use crate::transcribe::Refusal;
use crate::transcribe::page::pipes::{is_rule, pipe_header};
use crate::transcribe::page::{Line, Page};
use crate::transcribe::sample::calls::{self, Label, label_of, language};

/// How a table is laid out in the text.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// A block of lines for each parameter.
    #[default]
    Cards,
    /// A line for each parameter, blanks between the cells.
    Flat,
    /// Cells with pipes between them.
    Pipes,
    /// Cells with tabs between them, as a browser copies them.
    Tabs,
}

/// The header of a table.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// How its cells are separated.
    pub(super) form: Form,
    /// How many columns it has.
    pub(super) columns: usize,
    /// Whether one column contains required marks.
    pub(super) required: bool,
    /// Whether it is in Chinese: a cell of one Chinese character is missing from a table's text.
    pub(super) chinese: bool,
}

/// A table of parameters.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    /// Its header; cards have none.
    pub(super) header: Option<Header>,
    /// Where its header stands.
    pub(super) at: Option<Line<'a>>,
    /// Its lines, none of them blank.
    pub(super) lines: Vec<Line<'a>>,
    /// Where the header of another table of the same part stands. Its rows are among the lines too.
    pub(super) next: Option<usize>,
}

impl Table<'_> {
    /// How its rows stand.
    pub(super) fn form(&self) -> Form {
        self.header.map(|header| header.form).unwrap_or_default()
    }
}

/// The parts of a page, each as its lines.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// What stands above the parameters.
    pub(super) head: Vec<Line<'a>>,
    /// Parameters.
    pub(super) request: Table<'a>,
    /// Whether a heading announces parameters.
    pub(super) has_request: bool,
    /// Sample calls, label by label.
    pub(super) call: Vec<Line<'a>>,
    /// Members of the answer.
    pub(super) response: Table<'a>,
    /// Sample answers.
    pub(super) answer: Vec<Line<'a>>,
    /// Statuses.
    pub(super) statuses: Vec<Line<'a>>,
    /// Languages of the samples.
    pub(super) languages: Vec<&'static str>,
    /// Samples by language.
    pub(super) codes: Vec<Vec<Line<'a>>>,
    /// The part in which the page ends.
    pub(super) last: Part,
    /// Whether the page's last line has no line ending.
    pub(super) has_open_line: bool,
}

/// Whether a page may be one of iTNIO, because it has a table's header, and whether it is one, because it has a sample call's label.
/// Returns `None` if it has neither.
pub(crate) fn sign(page: &Page<'_>) -> Option<bool> {
    let texts = || page.lines().iter().map(|line| glued(line.text).map_or(line.text, |(_, header)| header));
    let is_call = texts().any(|text| matches!(label_of(text), Some((Label::Url, _))));
    (is_call || texts().any(|text| header(text).is_some())).then_some(is_call)
}

impl<'a> Outline<'a> {
    /// Finds the parts.
    pub(super) fn read(page: &Page<'a>) -> Result<Self, Refusal> {
        let lines = unglued(page.bounded_lines()?);
        let mut outline = Self { has_open_line: page.has_open_line(), ..Self::default() };
        let mut part = Part::Head;
        for (at, line) in lines.iter().enumerate() {
            let text = line.text.trim();
            if let Some(next) = outline.turn(part, &lines, at) {
                part = next;
                continue;
            }
            let is_call = calls::begins(lines.get(at..).unwrap_or_default());
            if part == Part::Head && is_call || starts_sample(part, text, lines.get(at + 1)) {
                part = if is_call { Part::Call } else { Part::Answer };
            }
            outline.add(part, *line);
        }
        outline.last = part;
        Ok(outline)
    }

    /// Whether the page may break off in a line of this part.
    pub(super) fn is_cut_in(&self, part: Part) -> bool {
        self.has_open_line && self.last == part
    }

    /// Returns the part that a line opens, if the line is a heading without other text.
    fn turn(&mut self, part: Part, lines: &[Line<'a>], at: usize) -> Option<Part> {
        let line = lines.get(at)?;
        let (text, below) = (line.text.trim(), lines.get(at + 1..).unwrap_or_default());
        let is_free = !matches!(part, Part::Request | Part::Response) || !self.is_cell(part, lines, at);
        if text == "REQUEST" && part != Part::Head && is_free && self.may_follow(part, Part::Code) {
            self.codes.push(Vec::new());
            return Some(Part::Code);
        }
        if part == Part::Code {
            let is_end = matches!(text, "RESPONSEEXAMPLE" | "RESPONSE EXAMPLE" | "Feedback");
            return heading(text).filter(|_| is_end);
        }
        if let Some(next) = heading(text).filter(|next| is_free && self.may_follow(part, *next)) {
            self.has_request |= next == Part::Request;
            return Some(next);
        }
        if part == Part::End {
            return None;
        }
        if let Some(header) = header(text) {
            let next = self.side(part, header, below);
            let table = if next == Part::Request { &mut self.request } else { &mut self.response };
            if !table.lines.is_empty() {
                table.next = table.next.or(Some(line.at));
            }
            table.header = table.header.or(Some(header));
            table.at = table.at.or(Some(*line));
            return Some(next);
        }
        let is_late = matches!(part, Part::Call | Part::Answer | Part::Statuses);
        let begins_statuses = is_late || part == Part::Response && begins_statuses(below);
        if begins_statuses && is_status_header(text) {
            return Some(Part::Statuses);
        }
        if let Some(language) = language(text).filter(|_| is_late || part == Part::Languages) {
            self.languages.push(language);
            return Some(Part::Languages);
        }
        None
    }

    /// Whether a part may begin: below parameters, only one that has not begun, in the order of the pages.
    fn may_follow(&self, part: Part, next: Part) -> bool {
        if !matches!(part, Part::Request | Part::Response) {
            return true;
        }
        let has_response = !self.response.lines.is_empty() || !self.answer.is_empty();
        match next {
            Part::Request => !self.has_request && self.request.lines.is_empty(),
            Part::Call => self.call.is_empty(),
            Part::Response => self.response.lines.is_empty(),
            Part::Answer => self.answer.is_empty(),
            _ => has_response,
        }
    }

    /// Whether a line that reads as a heading is a cell, or the rest of one, of a table of parameters.
    fn is_cell(&self, part: Part, lines: &[Line<'a>], at: usize) -> bool {
        let is_blank = |line: &&Line<'_>| line.text.trim().is_empty();
        let below = lines.iter().skip(at + 1).find(|line| !is_blank(line)).map_or("", |line| line.text.trim());
        if is_row_end(below) {
            return true;
        }
        let table = if part == Part::Request { &self.request } else { &self.response };
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |line| line.text.trim());
        // Sections are set apart by a blank line; where the copy has lost it, the section's first line tells.
        let is_below_cell = table.header.is_none() && !table.lines.is_empty() && !above.is_empty();
        is_below_cell && label_of(below).is_none() && header(below).is_none() && !below.starts_with(['{', '['])
    }

    /// Whose table a header opens: without headings, the first one that stands above the sample call is the request's.
    fn side(&self, part: Part, header: Header, below: &[Line<'a>]) -> Part {
        match part {
            Part::Request if header.required || self.request.at.is_none() => Part::Request,
            Part::Head if header.required || below.iter().any(|line| label_of(line.text).is_some()) => Part::Request,
            _ => Part::Response,
        }
    }

    fn add(&mut self, part: Part, line: Line<'a>) {
        let is_line = line.text.chars().all(|c| c == '-' || c.is_whitespace());
        let is_row = !is_line && !is_rule(line.text);
        match part {
            Part::Head if is_row => self.head.push(line),
            Part::Request if is_row => self.request.lines.push(line),
            Part::Response if is_row => self.response.lines.push(line),
            Part::Statuses if is_row => self.statuses.push(line),
            Part::Call => self.call.push(line),
            Part::Answer => self.answer.push(line),
            Part::Code => {
                if let Some(code) = self.codes.last_mut() {
                    code.push(line);
                }
            }
            _ => {}
        }
    }
}

/// Below tables, samples stand without a heading where the text has lost it.
fn starts_sample(part: Part, text: &str, below: Option<&Line<'_>>) -> bool {
    let is_call = matches!(label_of(text), Some((Label::Url, _)));
    match part {
        Part::Request | Part::Response if is_call => true,
        // Brackets may also be in a description that breaks.
        Part::Response => text.starts_with(['{', '[']) && !below.is_some_and(|line| is_row_end(line.text)),
        Part::Statuses => text.starts_with('{'),
        _ => false,
    }
}

/// Whether a line is a cell for type or mark, or a row that ends with its type.
fn is_row_end(text: &str) -> bool {
    let text = text.trim();
    split_type(text).is_some() || is_type(text) || mark(text).is_some()
}

/// Whether the next line that is not blank begins as a row of statuses does.
fn begins_statuses(below: &[Line<'_>]) -> bool {
    let first = below.iter().map(|line| line.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
    first.trim_start_matches('|').trim_start().starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// Sets apart the end of a sample call and the header of the table behind it.
fn unglued<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut apart = Vec::with_capacity(lines.len());
    for line in lines {
        match glued(line.text) {
            Some((before, rest)) => {
                apart.extend(labelled(Line { at: line.at, text: before.trim_end() }));
                apart.push(Line { at: line.at + before.len(), text: rest });
            }
            None => apart.extend(labelled(*line)),
        }
    }
    apart
}

/// Splits a line before the header that stands behind its text: behind the last brackets of a sample, or behind anything else
/// and with a pipe at its start.
fn glued(text: &str) -> Option<(&str, &str)> {
    let brackets = text.len() - text.trim_start_matches(['}', ']', ' ']).len();
    let places = [Some(brackets), text.find('|')];
    let mut parts = places.into_iter().flatten().filter_map(|at| text.split_at_checked(at));
    parts.find(|(before, rest)| !before.trim().is_empty() && header(rest).is_some() && header(text).is_none())
}

/// Splits a sample call that the text has put on one line, before each label.
fn labelled(line: Line<'_>) -> Vec<Line<'_>> {
    let mut starts = vec![0];
    if label_of(line.text).is_some() {
        let blanks = line.text.match_indices(' ').map(|(at, _)| at + 1);
        let is_label = |at: &usize| line.text.get(*at..).is_some_and(calls::begins_with_label);
        starts.extend(blanks.filter(is_label));
    }
    let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
    let texts = starts.iter().zip(ends).filter_map(|(start, end)| Some((*start, line.text.get(*start..end)?)));
    texts.map(|(start, text)| Line { at: line.at + start, text: text.trim_end() }).collect()
}

/// Reads the header of a table of parameters.
fn header(text: &str) -> Option<Header> {
    let (form, cells) = match cells(text) {
        // Sentences begin with a name.
        (Form::Flat, _) if text.trim().starts_with(|c: char| c.is_ascii_lowercase()) => return None,
        (Form::Flat, _) => (Form::Flat, flat_header(text)?),
        found => found,
    };
    let [first, second, rest @ ..] = cells.as_slice() else { return None };
    let is_header = (1..=2).contains(&rest.len())
        && WORDS.column(first) == Some(Column::Name)
        && WORDS.column(second) == Some(Column::Description);
    // The answer's last column is headed `Required` on some pages.
    let required = rest.len() > 1 && rest.iter().any(|cell| WORDS.column(cell) == Some(Column::Required));
    is_header.then_some(Header { form, columns: cells.len(), required, chinese: !first.is_ascii() })
}

/// The cells of a line, by the form of its table.
pub(super) fn cells(text: &str) -> (Form, Vec<&str>) {
    if text.contains('|') {
        (Form::Pipes, pipe_header(text))
    } else if text.contains('\t') {
        (Form::Tabs, text.split('\t').map(str::trim).collect())
    } else {
        (Form::Flat, text.split_once(' ').map(|(first, second)| vec![first, second.trim()]).unwrap_or_default())
    }
}

/// The cells of a header with blanks between them.
fn flat_header(text: &str) -> Option<Vec<&str>> {
    let (first, rest) = text.trim().split_once(' ')?;
    let rest = rest.trim_start();
    let (second, rest) = match rest.strip_prefix("Parameter Description") {
        Some(rest) => ("Parameter Description", rest),
        None => rest.split_once(' ')?,
    };
    Some([first, second].into_iter().chain(rest.split_whitespace()).collect())
}

/// Whether a line heads the table of statuses.
fn is_status_header(text: &str) -> bool {
    let columns: Vec<_> = cells(text).1.into_iter().map(|cell| WORDS.column(cell)).collect();
    matches!(columns.as_slice(), [Some(Column::Status), Some(Column::Message | Column::Description)])
}
