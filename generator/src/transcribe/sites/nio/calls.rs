//! Sample calls: address, method, headers, body.

use super::outline::code;
use super::words::{self, Label};
use crate::terms::HttpMethod;
use crate::transcribe::page::Line;
use crate::transcribe::sample::json::{self, Json, Sample};

/// A sample call.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// The address, where it is one.
    pub(super) url: Option<String>,
    /// The methods, mostly one.
    pub(super) methods: Vec<HttpMethod>,
    /// Everything above the body, as printed.
    pub(super) text: String,
    /// The bodies.
    pub(super) bodies: Vec<Sample>,
    /// JSON below the headers without a label.
    pub(super) loose: Vec<Sample>,
}

/// Reads sample calls.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Call> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if matches!(words::label(line.text), Some((Label::Url, _))) {
            starts.push(at);
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
        let (next, text) = words::label(line.text).unzip();
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
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    (is_address && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The methods that a text names.
pub(super) fn methods(text: &str) -> Vec<HttpMethod> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter_map(words::method).collect()
}

/// Whether an object is an answer: it has a status and a reason or data.
pub(super) fn is_answer(value: &Json) -> bool {
    let Json::Object(members) = value else { return false };
    let has = |names: &[&str]| members.iter().any(|(name, _)| names.contains(&name.as_str()));
    has(&["status", "code"]) && has(&["reason", "msg", "message", "data"])
}
