//! The samples of a page, with and without numbers at their lines.

use std::borrow::Cow;

use crate::transcribe::page::Line;
use crate::transcribe::page::block::{Block, Kind};

/// Returns the text of a sample: the first block of code, list or run of lines that starts with `start`. In a flattened page
/// it is all of its part from there on.
pub(super) fn sample(part: &[Block], start: &str, is_flat: bool) -> String {
    let begins = |text: &str| text.trim_start().starts_with(start);
    let begins_behind_number = |text: &str| begins(text.trim_start().strip_prefix('1').unwrap_or(text));
    let first = part.iter().position(|block| is_flat && !is_whole(block) && begins(&block.text()));
    let rest = first.and_then(|at| part.get(at..));
    let groups = part.chunk_by(|one, other| !is_whole(one) && !is_whole(other));
    for group in rest.into_iter().chain(groups) {
        let texts: Vec<Cow<'_, str>> = group.iter().map(printed_text).collect();
        let text = texts.join("\n");
        let mut lines: Vec<Line<'_>> = text.split('\n').map(|text| Line { at: 0, text }).collect();
        if let Some(first) = lines.iter().position(|line| begins_behind_number(line.text)) {
            let lines = without_counts(lines.split_off(first));
            if lines.first().is_some_and(|line| begins(line.text)) {
                return printed(&lines, start, is_flat);
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
fn printed(lines: &[Line<'_>], start: &str, is_flat: bool) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text.trim_end()).collect();
    let close = root(lines.first().copied().unwrap_or_default()).map(|root| format!("</{root}>"));
    let is_last = |line: &str| match &close {
        _ if is_flat => false,
        Some(close) if start == "<" => line.ends_with(close.as_str()),
        _ => line.starts_with("System.out.println("),
    };
    let count = lines.iter().position(|line| is_last(line)).map_or(lines.len(), |at| at + 1);
    let text = lines.iter().take(count).copied().collect::<Vec<_>>().join("\n");
    let text = text.trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// The element around an answer. A sample that has lost it begins with one of several members.
fn root(line: &str) -> Option<&str> {
    let name = line.trim_start().strip_prefix('<')?.split(['>', ' ', '/']).next()?;
    name.ends_with("_response").then_some(name)
}

/// Drops runs of lines that count up from 1: line numbers that stood beside code.
pub(super) fn without_numbers<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut kept = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let is_next = |(n, line): &(usize, &Line<'_>)| line.text.trim().parse() == Ok(n + 1);
        let count = lines.iter().skip(at).enumerate().take_while(is_next).count();
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
fn without_counts(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
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
