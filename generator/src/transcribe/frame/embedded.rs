//! JSON behind a label: in a paragraph (`返回示例：{…}`), or in a block of code that begins with the address of the API.

use crate::terms::Section;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::page::Page;
use crate::transcribe::page::block::{Block, Kind};
use crate::transcribe::sample::json;

/// Maximum characters of a label.
const LONGEST_LABEL: usize = 40;

/// Maximum lines that are searched for the ends of JSON outside of blocks of code.
const MOST_LINES: usize = 20_000;

/// What may be directly behind JSON.
const BEHIND: [char; 4] = [';', ',', '。', '\u{ff1b}'];

/// A part of a text.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Anything else than JSON with a label.
    Text(&'t str),
    /// JSON with a label in front of it.
    Json {
        /// The label, without its colon. Empty for JSON at the start of the text, which only has something behind it.
        label: &'t str,
        /// The JSON. If the text breaks off in it, it is the rest of the text.
        json: &'t str,
    },
}

/// Cuts a text into the JSON that has a label in front of it, and what is around it. Returns nothing if there is no such JSON.
pub(super) fn parts<'t>(text: &'t str, dialect: &Dialect) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    if let Some((json, _)) = json::length(text).filter(|_| opens(text)).and_then(|end| text.split_at_checked(end))
        && text.get(json.len()..).is_some_and(is_behind)
    {
        parts.push(Part::Json { label: "", json });
        (start, at) = (json.len(), json.len());
    }
    while let Some(line) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = labelled(line, dialect).and_then(|(label, from)| Some((label, from, value(line.get(from..)?)?)));
        let Some((label, from, json)) = found else {
            at += line.find('\n').map_or(line.len(), |end| end + 1);
            continue;
        };
        parts.extend(around(text.get(start..at)));
        parts.push(Part::Json { label, json });
        at += from + json.len();
        start = at;
    }
    if parts.is_empty() { parts } else { parts.into_iter().chain(around(text.get(start..))).collect() }
}

/// The text before, between or behind JSON.
fn around(text: Option<&str>) -> Option<Part<'_>> {
    let text = text?.trim_start_matches(BEHIND).trim();
    (!text.is_empty()).then_some(Part::Text(text))
}

/// The label at the start of a text, and where the JSON behind it begins: on the same line or on the next one.
fn labelled<'t>(text: &'t str, dialect: &Dialect) -> Option<(&'t str, usize)> {
    let line = text.lines().next()?;
    let end = line.find(['{', '[']).unwrap_or(line.len());
    let label = line.get(..end)?.trim().strip_suffix([':', '\u{ff1a}'])?.trim();
    let behind = text.get(end..)?;
    let at = end + behind.len() - behind.trim_start().len();
    (is_label(label, dialect) && opens(text.get(at..)?)).then_some((label, at))
}

/// Whether a text in front of JSON tells what that is. Words of a program do not.
fn is_label(text: &str, dialect: &Dialect) -> bool {
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST_LABEL;
    let is_program = text.contains(['"', '\'', '=', '<', '\\']);
    is_short && !is_program && (!text.is_ascii() || dialect.section_within(text).is_some())
}

/// Whether a text begins with an object or a list of objects: what is in other brackets may be a placeholder or a range.
fn opens(text: &str) -> bool {
    let object = text.strip_prefix('[').unwrap_or(text).trim_start();
    object.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with(['"', '“', '”']))
}

/// The JSON at the start of a text. If nothing closes it, it is all of the text.
fn value(text: &str) -> Option<&str> {
    let Some(length) = json::length(text) else { return Some(text) };
    let (value, rest) = text.split_at_checked(length)?;
    let behind = rest.lines().next().unwrap_or_default().trim();
    (behind.trim_matches(BEHIND).is_empty() || is_behind(behind)).then_some(value)
}

/// Whether a text is one that people wrote directly behind JSON.
fn is_behind(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii())
}

/// Cuts a block of code with a command and, below an empty line, its answer.
pub(super) fn answer(text: &str) -> Option<(&str, &str)> {
    let (command, answer) = text.split_once("\n\n")?;
    let answer = answer.trim();
    (command.trim_start().starts_with("curl ") && opens(answer)).then_some((command, answer))
}

/// The section of JSON with a label.
pub(super) fn section(label: &str, dialect: &Dialect) -> Section {
    dialect.section(label).or_else(|| dialect.section_within(label)).unwrap_or(Section::Sample)
}

/// Makes one block of code of JSON, with its label, whose lines are blocks of text.
pub(super) fn join(blocks: Vec<Block>, page: &Page<'_>, is_html: bool, dialect: &Dialect) -> Vec<Block> {
    let mut joined = Vec::with_capacity(blocks.len());
    let (mut at, mut left) = (0, MOST_LINES);
    while let Some(block) = blocks.get(at) {
        let found = starts(block, dialect).then(|| run(blocks.get(at..)?, page, is_html, &mut left)).flatten();
        match found {
            Some((code, length)) => {
                joined.push(code);
                at += length;
            }
            None => {
                joined.push(block.clone());
                at += 1;
            }
        }
    }
    joined
}

/// Whether a block of text begins with JSON, or ends with a bracket that opens it.
fn starts(block: &Block, dialect: &Dialect) -> bool {
    let Kind::Text(text) = &block.kind else { return false };
    let Some(at) = text.find(['{', '[']) else { return false };
    let label = text.get(..at).unwrap_or_default().trim();
    label.is_empty() || label.strip_suffix([':', '\u{ff1a}']).is_some_and(|label| is_label(label.trim(), dialect))
}

/// The block of code that blocks of text begin with, and how many blocks it has. `left` is how many lines may be searched.
fn run(blocks: &[Block], page: &Page<'_>, is_html: bool, left: &mut usize) -> Option<(Block, usize)> {
    let first = blocks.first()?;
    let (mut depth, mut length, mut code) = (0_i64, 0_usize, String::new());
    for block in blocks.iter().take(*left) {
        let Kind::Text(text) = &block.kind else { return None };
        // Markdown within JSON means nothing.
        let printed = page.bytes(block.at.clone()).filter(|_| !is_html).unwrap_or(text);
        length += 1;
        *left -= 1;
        depth +=
            printed.chars().map(|c| i64::from(matches!(c, '{' | '[')) - i64::from(matches!(c, '}' | ']'))).sum::<i64>();
        code.push_str(printed);
        code.push('\n');
        if depth <= 0 {
            break;
        }
    }
    let json = code.get(code.find(['{', '['])?..)?;
    let is_json = depth == 0 && opens(json) && value(json).is_some_and(|value| value.len() < json.len());
    let end = blocks.get(length.checked_sub(1)?)?.at.end;
    (is_json && length > 1)
        .then(|| (Block { at: first.at.start..end, kind: Kind::Code(code.trim_end().to_owned()) }, length))
}
