//! The parts of a flattened page of TOP.

use super::lines::{Kind, Placed, place};
use crate::diagnostic::Code;
use crate::transcribe::Refusal;
use crate::transcribe::page::{Line, Page};

/// The header of the request table.
pub(crate) const REQUEST_HEADER: &str = "名称 类型 是否必须 示例值 更多限制 描述";
/// The header of the response table.
pub(crate) const RESPONSE_HEADER: &str = "名称 类型 示例值 描述";
const ERROR_HEADER: &str = "错误码 错误描述 解决方案";
const BREADCRUMB: &str = "文档中心";

/// Maximum lines of a page. The largest page seen so far has about 2,000.
const MOST_LINES: usize = 200_000;

/// The parts of a page, each as its lines.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// What stands above the common parameters.
    pub(crate) head: Vec<Placed<'a>>,
    /// Rows of the request table.
    pub(crate) request: Vec<Placed<'a>>,
    /// Rows of the response table.
    pub(crate) response: Vec<Placed<'a>>,
    /// The request sample.
    pub(crate) java: String,
    /// The response sample.
    pub(crate) xml: String,
    /// Rows of the error table.
    pub(crate) errors: Vec<Placed<'a>>,
    /// Whether the page has what pages end with.
    pub(crate) has_end: bool,
}

/// The headings in the order of the page.
const HEADINGS: [&str; 7] = ["公共参数", "请求参数", "响应参数", "请求示例", "响应示例", "异常示例", "错误码解释"];

impl<'a> Outline<'a> {
    /// Finds the parts; a page that breaks off before its response table is refused.
    pub(crate) fn read(page: &Page<'a>) -> Result<Self, Refusal> {
        let lines = page.lines();
        if let Some(line) = lines.get(MOST_LINES) {
            let message = format!("the page has more than {MOST_LINES} lines");
            return Err(Refusal::new(Code::PageTooLarge, line.bytes(), message));
        }
        let lines = place(&without_numbers(lines));
        let found = headings(&lines);
        for (index, heading) in HEADINGS.iter().enumerate().take(3) {
            if found.get(index).copied().flatten().is_none() {
                let message = format!("the page has no section with the heading `{heading}`");
                let at = page.start + page.text.len();
                return Err(Refusal::new(Code::PageCut, at..at, message)
                    .help("copy the page again, from its title to its error codes"));
            }
        }
        if !ends_after_tables(&lines, &found) {
            let at = page.start + page.text.len();
            return Err(Refusal::new(Code::PageCut, at..at, "the page ends after its response table")
                .help("copy the page again, from its title to its error codes"));
        }
        let part = |index: usize| part(&lines, &found, index);
        let head = found.first().copied().flatten().and_then(|at| lines.get(..at)).unwrap_or_default();
        Ok(Self {
            head: head.to_vec(),
            request: rows(part(1), REQUEST_HEADER),
            response: rows(part(2), RESPONSE_HEADER),
            java: code(part(3), "TaobaoClient "),
            xml: code(part(4), "<"),
            errors: rows(part(6), ERROR_HEADER),
            has_end: lines.iter().any(is_end),
        })
    }

    /// Where the first row of a table stands, or the page's head.
    pub(crate) fn first(&self) -> Option<Line<'a>> {
        self.head.first().map(|placed| placed.line)
    }
}

/// Whether anything comes after the response table: otherwise it may have lost rows.
fn ends_after_tables(lines: &[Placed<'_>], found: &[Option<usize>]) -> bool {
    found.iter().skip(3).any(Option::is_some) || lines.iter().any(is_end)
}

fn is_end(line: &Placed<'_>) -> bool {
    is_end_heading(line.text())
}

/// The line of each heading that is there.
fn headings(lines: &[Placed<'_>]) -> Vec<Option<usize>> {
    let mut from = 0;
    let mut found = Vec::new();
    for (index, heading) in HEADINGS.iter().enumerate() {
        let at = (from..lines.len()).find(|at| is_heading(lines, *at, index, heading));
        from = at.map_or(from, |at| at + 1);
        found.push(at);
    }
    found
}

/// A heading stands alone at the left edge. Behind a bullet it is one only if its part follows.
fn is_heading(lines: &[Placed<'_>], at: usize, index: usize, heading: &str) -> bool {
    let Some(line) = lines.get(at).filter(|line| line.text() == heading) else { return false };
    if line.kind == Kind::Text && line.line.text == heading {
        return true;
    }
    let next = lines.iter().skip(at + 1).map(Placed::text).find(|text| !text.is_empty()).unwrap_or_default();
    let expected: &[&str] = match index {
        1 => &[REQUEST_HEADER],
        2 => &[RESPONSE_HEADER],
        3 => &["JAVA", "TaobaoClient"],
        4 | 5 => &["XML示例", "<"],
        6 => &[ERROR_HEADER],
        _ => &[],
    };
    line.kind == Kind::Limit && expected.iter().any(|start| next.starts_with(start))
}

fn part<'l, 'a>(lines: &'l [Placed<'a>], found: &[Option<usize>], index: usize) -> &'l [Placed<'a>] {
    let Some(start) = found.get(index).copied().flatten() else { return &[] };
    let next = found.iter().skip(index + 1).copied().flatten().next();
    let end = next.unwrap_or_else(|| {
        (start + 1..lines.len()).find(|at| lines.get(*at).is_some_and(is_end)).unwrap_or(lines.len())
    });
    lines.get(start + 1..end).unwrap_or_default()
}

/// The lines below a table's header.
fn rows<'a>(part: &[Placed<'a>], header: &str) -> Vec<Placed<'a>> {
    let start = part.iter().position(|line| line.text() == header).map_or(part.len(), |at| at + 1);
    part.iter().skip(start).filter(|line| !line.text().is_empty()).copied().collect()
}

/// The lines from the first that begins like code.
fn code(part: &[Placed<'_>], start: &str) -> String {
    let begins = |line: &Placed<'_>| line.kind == Kind::Text && line.line.text.trim_start().starts_with(start);
    let mut text = String::new();
    for line in part.iter().skip_while(|line| !begins(line)) {
        text.push_str(line.line.text);
        text.push('\n');
    }
    let length = text.trim_end().len();
    text.truncate(length);
    if length > 0 {
        text.push('\n');
    }
    text
}

/// Drops runs of lines that count up from 1: line numbers that stood beside code.
pub(crate) fn without_numbers(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let run = lines.iter().skip(at).enumerate().take_while(|(n, line)| line.text.trim() == (n + 1).to_string());
        let count = run.count();
        let code_follows = || {
            let next = lines.iter().skip(at + count).map(|line| line.text.trim()).find(|text| !text.is_empty());
            next.is_some_and(|text| text.starts_with("TaobaoClient ") || text.starts_with('<'))
        };
        if count > 0 && code_follows() {
            at += count;
        } else {
            kept.push(*line);
            at += 1;
        }
    }
    kept
}

/// Takes the line numbers off code that has one at the start of each line.
pub(crate) fn without_counts(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut counting = true;
    let plain = lines.into_iter().enumerate().map(|(n, line)| {
        let rest = line.text.trim_start().strip_prefix(&(n + 1).to_string());
        let rest = rest.filter(|rest| counting && !rest.starts_with(|c: char| c.is_ascii_digit()));
        counting = rest.is_some();
        let Some(rest) = rest else { return line };
        let text = rest.strip_prefix(['\t', ' ']).unwrap_or(rest);
        Line { at: line.at + line.text.len() - text.len(), text }
    });
    plain.collect()
}

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

/// Reads what stands above the tables; nothing if no line names an API.
pub(crate) fn head<'a>(lines: &[Placed<'a>]) -> Option<Head<'a>> {
    let mut head = Head::default();
    let mut lines = lines.iter().filter(|line| !line.text().is_empty());
    for line in lines.by_ref() {
        let text = line.text();
        if let Some(path) = text.strip_prefix(BREADCRUMB) {
            head.category = path.rsplit('>').next().unwrap_or_default().trim();
            continue;
        }
        let (name, title) = text.split_once(" (").unwrap_or((text, ""));
        if is_api_name(name) {
            (head.api, head.at) = (name, line.line.at);
            head.title = title.strip_suffix(')').unwrap_or(title).trim();
            break;
        }
    }
    head.description = lines.map(Placed::text).collect::<Vec<_>>().join(" ");
    (!head.api.is_empty()).then_some(head)
}

/// Returns whether a line is one of the headings that pages end with, below the last table.
pub(crate) fn is_end_heading(line: &str) -> bool {
    ["API工具", "如何获得此API", "FAQ"].contains(&line.trim())
}

/// Whether a word is the name of an API: segments of letters, digits, `-` and `_`, with dots between.
pub(crate) fn is_api_name(word: &str) -> bool {
    let is_segment = |segment: &str| {
        !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    word.contains('.') && word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.split('.').all(is_segment)
}
