//! Sample calls: address, method, headers, body.

use super::json::{self, Json, Sample};
use crate::terms::HttpMethod;
use crate::transcribe::page::Line;

/// A label in a sample call, for the text that follows.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// `Request URL:`
    Url,
    /// `Request Method:`
    Method,
    /// `Request Headers:`
    Headers,
    /// `Request Body:`
    Body,
}

/// Returns the label that a line starts with, and the text after it. Copies may have lost the blank in it.
pub(crate) fn label_of(text: &str) -> Option<(Label, &str)> {
    let (word, rest) = text.trim().split_once(':')?;
    let word = word.trim().to_lowercase();
    let label = match word.strip_prefix("request")?.trim_start() {
        "url" => Label::Url,
        "method" => Label::Method,
        "headers" | "header" => Label::Headers,
        "body" => Label::Body,
        _ => return None,
    };
    Some((label, rest.trim()))
}

/// Returns whether a text begins with a label, as labels are written behind other texts of their line.
pub(crate) fn begins_with_label(text: &str) -> bool {
    ["Request URL:", "Request Method:", "Request Headers:", "Request Header:", "Request Body:"]
        .iter()
        .any(|label| text.starts_with(label))
}

/// A sample call.
#[derive(Debug, Default)]
pub(crate) struct Call {
    /// The address, where it is one.
    pub(crate) url: Option<String>,
    /// The methods, mostly one.
    pub(crate) methods: Vec<HttpMethod>,
    /// Everything above the body, as printed.
    pub(crate) text: String,
    /// The bodies.
    pub(crate) bodies: Vec<Sample>,
    /// JSON below the headers without a label.
    pub(crate) loose: Vec<Sample>,
}

/// Returns whether a sample call begins with the first of these lines: with a label, or a comment above one.
pub(crate) fn begins(lines: &[Line<'_>]) -> bool {
    let is_label = |line: &Line<'_>| label_of(line.text).is_some();
    match lines {
        [comment, label, ..] if is_comment(comment) => is_label(label),
        [first, ..] => is_label(first),
        [] => false,
    }
}

fn is_comment(line: &Line<'_>) -> bool {
    line.text.trim_start().starts_with("//")
}

/// Reads sample calls.
pub(crate) fn read(lines: &[Line<'_>]) -> Vec<Call> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if matches!(label_of(line.text), Some((Label::Url, _))) {
            let above = at.checked_sub(1).filter(|above| lines.get(*above).is_some_and(is_comment));
            starts.push(above.unwrap_or(at));
        }
    }
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let calls = starts.iter().zip(ends).filter_map(|(start, end)| lines.get(*start..end)).map(call);
    calls.filter(|call| !call.text.is_empty() || !call.bodies.is_empty() || !call.loose.is_empty()).collect()
}

fn call(lines: &[Line<'_>]) -> Call {
    let mut call = Call::default();
    let mut label = None;
    let mut above = Vec::new();
    let (mut body, mut loose) = (Vec::new(), Vec::new());
    for line in lines {
        let (next, text) = label_of(line.text).unzip();
        label = next.or(label);
        let text = text.unwrap_or_else(|| line.text.trim());
        if label == Some(Label::Body) {
            if next.is_none() || !text.is_empty() {
                body.push(if next.is_some() { Line { at: line.at, text } } else { *line });
            }
            continue;
        }
        if !loose.is_empty() || text.starts_with('{') {
            loose.push(*line);
            continue;
        }
        above.push(*line);
        match label {
            Some(Label::Url) if call.url.is_none() => call.url = address(text),
            Some(Label::Method) => call.methods.extend(methods(text)),
            _ => {}
        }
    }
    call.text = code(&above);
    call.bodies = json::read(&code(&body));
    call.loose = json::read(&code(&loose));
    call
}

/// The address that a line is.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    (is_address && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The methods that a text names.
pub(crate) fn methods(text: &str) -> Vec<HttpMethod> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter_map(HttpMethod::from_word).collect()
}

/// Whether an object is an answer: it has a status and a reason or data.
pub(crate) fn is_answer(value: &Json) -> bool {
    let Json::Object(members) = value else { return false };
    let has = |names: &[&str]| members.iter().any(|(name, _)| names.contains(&name.as_str()));
    has(&["status", "code"]) && has(&["reason", "msg", "message", "data"])
}

/// The languages that samples are in, with the ends of their names in transcripts.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "java" => "java",
        "php" => "php",
        "curl" => "curl",
        "python" => "python",
        "c#" | "csharp" => "csharp",
        "c++" => "cpp",
        "go" => "go",
        "node.js" | "nodejs" => "nodejs",
        "javascript" => "javascript",
        _ => return None,
    })
}

/// The lines as a sample's text: without blank ones around it, the last one ended.
pub(crate) fn code(lines: &[Line<'_>]) -> String {
    let is_blank = |line: &&Line<'_>| line.text.trim().is_empty();
    let from = lines.iter().take_while(is_blank).count();
    let mut text = String::new();
    for line in lines.iter().skip(from) {
        text.push_str(line.text);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}
