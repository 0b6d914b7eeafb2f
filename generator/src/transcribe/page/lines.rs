//! Text into blocks: Markdown as people, readers and crawlers write it, tables with pipes, and copies from a browser, whose cells
//! are apart by tabs.

use super::block::{Block, Kind, MOST_BLOCKS, MOST_CELLS};
use super::html;
use super::inline::{begins_with_tag, plain};
use super::known::Known;
use super::{Line, MOST_LINES, Page, pipes, tabs};

/// What was found on a page.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// The blocks.
    pub(crate) blocks: Vec<Block>,
    /// Whether it has headings or fences of Markdown.
    pub(crate) is_markdown: bool,
    /// Whether it has tables with pipes.
    pub(crate) has_pipes: bool,
    /// Whether it has tables with tabs.
    pub(crate) has_tabs: bool,
    /// Whether it has more cells or blocks than any page.
    pub(crate) is_too_large: bool,
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>, known: Known<'_>) -> Lines {
    let lines = page.lines();
    let mut found = Lines { is_too_large: lines.len() > MOST_LINES, ..Lines::default() };
    if found.is_too_large {
        return found;
    }
    let (mut at, mut cells) = (front_matter(lines, &mut found), 0);
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let (block, length) = block(line, rest, &mut found, (page, known));
        if let Some(Block { kind: Kind::Table(table), .. }) = &block {
            cells += table.rows.iter().map(|row| row.cells.len()).sum::<usize>();
        }
        found.blocks.extend(block);
        if cells > MOST_CELLS || found.blocks.len() > MOST_BLOCKS {
            found.is_too_large = true;
            return found;
        }
        at += length.max(1);
    }
    found
}

/// Reads the block that begins with a line. Returns how many lines it has.
fn block(
    line: &Line<'_>,
    rest: &[Line<'_>],
    found: &mut Lines,
    (page, known): (&Page<'_>, Known<'_>),
) -> (Option<Block>, usize) {
    let text = line.text.trim();
    if text.is_empty() || is_import(text) {
        return (None, 1);
    }
    if let Some(fence) = fence(text) {
        found.is_markdown = true;
        return if is_stray(rest, fence) { (None, 1) } else { fenced(rest, fence) };
    }
    if let Some((level, title)) = heading(text) {
        found.is_markdown = true;
        return (Some(Block { at: line.bytes(), kind: Kind::Heading(level, title) }), 1);
    }
    if let Some((block, length)) = markup(rest, page) {
        found.is_markdown = true;
        return (Some(block), length);
    }
    if let Some((block, length)) = pipes::table(rest) {
        found.has_pipes = true;
        return (Some(block), length);
    }
    if let Some((block, length)) = tabs::table(rest, page, known) {
        found.has_tabs = true;
        return (Some(block), length);
    }
    if let Some((block, length)) = numbered(rest) {
        return (Some(block), length);
    }
    if let Some((block, length)) = code(rest) {
        return (Some(block), length);
    }
    if let Some(level) = rest.get(1).and_then(|below| underline(text, below.text.trim())) {
        return (Some(Block { at: line.bytes(), kind: Kind::Heading(level, titled(text)) }), 2);
    }
    let is_rule = text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '*' | '_' | '='));
    let text = emphasised(&plain(text)).to_owned();
    let is_block = !is_rule && !text.trim().is_empty();
    (is_block.then(|| Block { at: line.bytes(), kind: Kind::Text(text) }), 1)
}

/// Whether a line imports a component that Markdown uses.
fn is_import(text: &str) -> bool {
    let is_quoted = |text: &str| text.trim_end_matches(';').ends_with(['"', '\'']);
    text.strip_prefix("import ").is_some_and(|rest| is_quoted(rest) && rest.contains(" from "))
}

/// Reads the facts that Markdown has in front of the page, between two rules. Returns how many lines they have.
fn front_matter(lines: &[Line<'_>], found: &mut Lines) -> usize {
    /// Maximum lines of it.
    const LONGEST: usize = 40;
    let is_rule = |line: &Line<'_>| line.text == "---";
    let start = lines.iter().take_while(|line| line.text.is_empty()).count();
    let Some((first, rest)) = lines.get(start..).and_then(<[Line<'_>]>::split_first) else { return 0 };
    let Some(length) = rest.iter().take(LONGEST).position(is_rule).filter(|_| is_rule(first)) else { return 0 };
    let facts = rest.iter().take(length).map(|line| (line, line.text.split_once(": ")));
    for (line, fact) in facts {
        let Some((key, value)) = fact.filter(|(key, _)| !key.contains(' ')) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        found.blocks.push(Block { at: line.bytes(), kind: Kind::Text(format!("{key}: {value}")) });
    }
    found.is_markdown = true;
    start + length + 2
}

/// Reads a table in HTML, as Markdown may contain it.
fn markup(rest: &[Line<'_>], page: &Page<'_>) -> Option<(Block, usize)> {
    let first = rest.first().filter(|line| tags(line.text, "<table") > 0 && line.text.trim_start().starts_with('<'))?;
    let (mut open, mut length) = (0_usize, 0);
    for line in rest {
        if length > 0 && heading(line.text.trim()).is_some() {
            break;
        }
        length += 1;
        open = (open + tags(line.text, "<table")).saturating_sub(tags(line.text, "</table"));
        if open == 0 {
            break;
        }
    }
    let end = rest.get(length - 1)?.bytes().end;
    let text = page.text.get(first.at - page.start..end - page.start)?;
    let read = html::read(text, first.at);
    let table = read.blocks.into_iter().find(|block| matches!(block.kind, Kind::Table(_)))?;
    Some((table, length))
}

/// How often a tag occurs in a line.
fn tags(line: &str, tag: &str) -> usize {
    if line.contains('<') { line.to_ascii_lowercase().matches(tag).count() } else { 0 }
}

/// A text without the signs of emphasis around the whole of it: `_title_`.
fn emphasised(text: &str) -> &str {
    let inner = text.strip_prefix('_').and_then(|text| text.strip_suffix('_'));
    inner.filter(|inner| !inner.contains('_')).map_or(text, str::trim)
}

/// The fence of a code block.
fn fence(text: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence))
}

/// Whether a fence closes nothing and opens nothing: no other fence is behind it, but a table is.
fn is_stray(rest: &[Line<'_>], fence: &str) -> bool {
    let mut behind = rest.iter().skip(1).map(|line| line.text.trim());
    let is_table = |text: &str| text.starts_with("|") && pipes::rule(text).is_some();
    rest.first().is_some_and(|line| line.text.trim() == fence)
        && behind.by_ref().take_while(|text| !text.starts_with(fence)).any(is_table)
        && !behind.any(|text| text.starts_with(fence))
}

fn fenced(rest: &[Line<'_>], fence: &str) -> (Option<Block>, usize) {
    let body: Vec<&Line<'_>> = rest.iter().skip(1).take_while(|line| !line.text.trim().starts_with(fence)).collect();
    let text = body.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    let (Some(first), Some(last)) = (rest.first(), body.last()) else { return (None, 2) };
    let at = first.at..last.bytes().end;
    ((!text.trim().is_empty()).then_some(Block { at, kind: Kind::Code(text) }), body.len() + 2)
}

/// `## Title`, also without the blank, in a quotation, or with the anchor of a link behind it.
fn heading(text: &str) -> Option<(u8, String)> {
    let text = text.trim_start_matches(['>', ' ']);
    let title = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - title.len()).ok().filter(|level| (1..=6).contains(level))?;
    let is_set_off = title.starts_with([' ', '\t', '\u{a0}']) || !title.is_ascii() || level > 1;
    let title = titled(title.trim().trim_end_matches('#'));
    (is_set_off && !title.is_empty()).then_some((level, title))
}

/// The level of the heading that a line is because of the line below it.
fn underline(text: &str, below: &str) -> Option<u8> {
    /// Maximum characters of a heading. A longer text is one above a rule.
    const LONGEST: usize = 60;
    let is_title = text.chars().count() <= LONGEST && !text.ends_with(['。', '.', ';', '\u{ff1b}', '|']);
    let is_all = |sign| below.len() >= 3 && below.chars().all(|c| c == sign);
    match (is_all('='), is_all('-') && is_title) {
        (true, _) => Some(1),
        (_, true) => Some(2),
        _ => None,
    }
}

/// A heading without its markup and without the anchor of a link behind it.
fn titled(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_suffix('}').and_then(|text| text.rsplit_once("{#")).map_or(text, |(text, _)| text.trim());
    emphasised(&plain(text)).to_owned()
}

/// Code that was copied with the number of each line in front of it, on a line of its own.
fn numbered(rest: &[Line<'_>]) -> Option<(Block, usize)> {
    let (mut length, mut lines): (usize, Vec<&str>) = (0, Vec::new());
    let text = |at: usize| rest.get(at).map(|line| line.text.trim());
    while text(length) == Some((lines.len() + 1).to_string().as_str()) {
        let next = (lines.len() + 2).to_string();
        // A line without text has no line of its own in some copies.
        let own = text(length + 1).filter(|own| *own != next);
        lines.push(own.unwrap_or_default());
        length += 1 + usize::from(own.is_some());
    }
    let first = lines.iter().find(|line| !line.is_empty())?;
    let is_code = lines.len() > 2 && Sample::of(first).is_some();
    let at = rest.first()?.at..rest.get(length.checked_sub(1)?)?.bytes().end;
    is_code.then(|| (Block { at, kind: Kind::Code(lines.join("\n").trim().to_owned()) }, length))
}

/// JSON, XML or a message, from its first line to where its brackets or tags are closed.
fn code(rest: &[Line<'_>]) -> Option<(Block, usize)> {
    let first = rest.first()?;
    let kind = Sample::of(first.text.trim_start())?;
    let (mut depth, mut length) = (0_i64, 0);
    for line in rest {
        let text = line.text.trim();
        if length > 0
            && (super::heading_like(line.text)
                || depth <= 0 && !kind.continues(rest.get(length - 1)?.text.trim(), text))
        {
            break;
        }
        length += 1;
        depth +=
            text.chars().map(|c| i64::from(matches!(c, '{' | '[')) - i64::from(matches!(c, '}' | ']'))).sum::<i64>();
    }
    // A request line alone is a text.
    if kind == Sample::Message && length == 1 && is_request_line(first.text) {
        return None;
    }
    let body = rest.get(..length)?;
    let end = body.last()?.bytes().end;
    let text = body.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    Some((Block { at: first.at..end, kind: Kind::Code(text.trim_end().to_owned()) }, length))
}

/// Whether a line is only the method and the address of a request, whose placeholders have braces.
fn is_request_line(text: &str) -> bool {
    let words = text.split_whitespace().count();
    !text.contains(['{', '\'']) || words == 2 && !text.contains(['"', '\''])
}

/// The samples that are recognized outside of a code block.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Sample {
    Json,
    Xml,
    Command,
    Message,
}

impl Sample {
    /// The sample that begins with a line.
    fn of(text: &str) -> Option<Self> {
        let is_tag = || {
            let rest = text.strip_prefix('<').filter(|_| !begins_with_tag(text));
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '?'))
        };
        let is_message =
            || ["GET ", "POST ", "PUT ", "DELETE ", "PATCH ", "HTTP/1"].iter().any(|word| text.starts_with(word));
        match text {
            // A link is a text, and so is the mark of a template.
            _ if text.starts_with('[') && text.contains("](") || text.starts_with("{{") => None,
            _ if text.starts_with(['{', '[']) => Some(Self::Json),
            _ if text.starts_with("curl ") => Some(Self::Command),
            _ if is_tag() => Some(Self::Xml),
            _ if is_message() => Some(Self::Message),
            _ => None,
        }
    }

    /// Whether a line continues the sample, whose brackets are closed.
    fn continues(self, above: &str, text: &str) -> bool {
        match self {
            Self::Json => above.ends_with(',') && text.starts_with(['{', '[', '"']),
            Self::Xml => !text.is_empty() && (text.starts_with('<') || !above.ends_with('>')),
            Self::Command => above.ends_with('\\') || text.starts_with("-"),
            Self::Message => {
                let name = text.split(':').next().unwrap_or_default();
                let is_header = text.contains(':')
                    && !name.is_empty()
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                is_header || text.starts_with(['{', '[']) && !above.ends_with(['}', ']'])
            }
        }
    }
}
