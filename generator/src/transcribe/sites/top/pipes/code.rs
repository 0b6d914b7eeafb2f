//! The samples of a page with pipes: put on one line, numbered, and with blanks where none belong.

use crate::terms::Note;
use crate::transcribe::page::Line;
use crate::transcribe::sample::{Tree, java as statements};

/// A sample.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    /// Its text: one statement per line, tags without blanks.
    pub(super) text: String,
    /// How many lines it had, if they were numbered.
    lines: Option<usize>,
}

impl Printed {
    /// Returns the doubt about a sample that should have `found` lines.
    pub(super) fn doubt(&self, found: usize) -> Option<Note> {
        match self.lines {
            _ if self.text.is_empty() => None,
            // Lines with an address are dropped.
            Some(lines) if lines != found => Some(Note::PageCut),
            _ => Some(Note::Repaired),
        }
    }
}

/// So far a statement's beginning is looked for.
const LONGEST_START: usize = 400;

/// Without line numbers, and how many there were.
fn numbered(text: &str) -> (&str, Option<usize>) {
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text).trim_start();
    let Some((numbers, code)) = text.split_once('|') else { return (text, None) };
    let words = numbers.split_whitespace();
    let count = words.clone().zip(1..).take_while(|(word, n)| *word == n.to_string()).count();
    if count > 0 && words.count() == count { (code.trim_start(), Some(count)) } else { (text, None) }
}

fn code(text: &str) -> &str {
    let text = numbered(text).0.trim();
    text.strip_suffix('|').map_or(text, str::trim_end)
}

/// Whether the request sample begins here.
pub(super) fn begins_java(text: &str) -> bool {
    code(text).starts_with("TaobaoClient ")
}

/// Whether a sample of XML begins here.
pub(super) fn begins_xml(text: &str) -> bool {
    code(text).starts_with('<')
}

/// Whether it is the sample of a failure.
pub(super) fn is_error_sample(text: &str) -> bool {
    code(text).trim_start_matches(['<', ' ']).starts_with("error_response")
}

/// Whether a sample of JSON begins here.
pub(super) fn is_json(text: &str) -> bool {
    code(text).starts_with('{')
}

fn joined(lines: &[Line<'_>]) -> (String, Option<usize>) {
    let count = lines.first().and_then(|line| numbered(line.text).1);
    let texts = lines.iter().map(|line| code(line.text)).filter(|text| !text.is_empty());
    (texts.collect::<Vec<_>>().join("\n"), count)
}

/// Reads the request sample.
pub(super) fn java(lines: &[Line<'_>]) -> Printed {
    let (text, lines) = joined(lines);
    let mut broken = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let mut rest = line;
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|tail| tail.find(';')) {
            let end = from + at + 1;
            let next = rest.get(end..).unwrap_or_default();
            if starts(next.trim_start()) {
                broken.push_str(rest.get(..end).unwrap_or_default().trim());
                broken.push('\n');
                rest = next.trim_start();
                from = 0;
            } else {
                from = end;
            }
        }
        broken.push_str(rest.trim());
        broken.push('\n');
    }
    Printed { text: without_end(broken), lines }
}

/// Whether a statement starts here.
fn starts(text: &str) -> bool {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at < LONGEST_START).last().unwrap_or_default();
    let text = text.get(..end).unwrap_or_default();
    let is_call = || {
        let (head, value) = text.split_once('=').unwrap_or_default();
        head.split_whitespace().count() == 2 && value.trim_start().starts_with("client.execute(")
    };
    statements::begins_strictly(text) || is_call()
}

/// How many lines the request sample has, as printed by the vendor.
pub(super) fn java_lines(text: &str) -> usize {
    // A list of values is printed with a line break in it.
    text.lines().filter(|line| *line != ");").count() + text.matches("[] {").count() + text.matches("[]{").count()
}

/// Reads the response sample.
pub(super) fn xml(lines: &[Line<'_>]) -> Printed {
    let (text, lines) = joined(lines);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before.trim_end_matches(' '));
        let inside = tag.get(1..).unwrap_or_default();
        let (end, word) = plain_tag(inside).unwrap_or((0, String::new()));
        plain.push('<');
        plain.push_str(&word);
        rest = inside.get(end..).unwrap_or_default();
    }
    plain.push_str(rest);
    Printed { text: without_end(plain), lines }
}

/// A tag without attributes and without blanks, and where it ends.
fn plain_tag(inside: &str) -> Option<(usize, String)> {
    let end = inside.find(['>', '<']).filter(|end| inside.get(*end..).is_some_and(|text| text.starts_with('>')))?;
    let words: Vec<&str> = inside.get(..end)?.split_whitespace().collect();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '-' | '.');
    let name = words.concat();
    let is_one = words.iter().filter(|word| **word != "/").count() == 1;
    (is_one && name.chars().all(is_name)).then(|| (end + 1, name + ">"))
}

/// How many lines the response sample has: one for a leaf, two for what has others in it.
pub(super) fn xml_lines(sample: &Tree) -> usize {
    2 + (1..sample.nodes.len()).map(|at| 1 + usize::from(sample.has_children(at))).sum::<usize>()
}

fn without_end(text: String) -> String {
    let plain = text.trim();
    if plain.is_empty() { String::new() } else { format!("{plain}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        Line { at: 0, text }
    }

    #[test]
    fn statements_stand_on_lines_of_their_own() {
        let text = "1 2 3 | TaobaoClient client = new X(url); KSend req = new KSend(); req.setTag( \"a; b\" ); |";
        let found = java(&[line(text)]);
        assert_eq!(
            found.text,
            "TaobaoClient client = new X(url);\nKSend req = new KSend();\nreq.setTag( \"a; b\" );\n"
        );
        assert_eq!((found.lines, java_lines(&found.text)), (Some(3), 3));
        assert_eq!(found.doubt(2), Some(Note::PageCut));
    }

    #[test]
    fn tags_lose_their_blanks() {
        let found = xml(&[line("| < r > < done >a < b</ done > <img src='x'> </ r > |")]);
        assert_eq!(found.text, "<r><done>a< b</done><img src='x'></r>\n");
    }
}
