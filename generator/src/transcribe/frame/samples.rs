//! Samples of a page: what they are, and what they show about the fields.

use std::ops::Range;

use super::parts::Sample;
use crate::terms::Note;
use crate::transcribe::row::Side;
use crate::transcribe::sample::Tree;
use crate::transcribe::sample::json::{self, Json, State};

/// A sample as the transcript has it.
#[derive(Debug)]
pub(super) struct Named {
    /// The kind that its name shows: `request_json`.
    pub(super) kind: String,
    /// The side.
    pub(super) side: Side,
    /// Whether a heading, or the sample itself, shows the side.
    pub(super) is_sure: bool,
    /// Its bytes in the page.
    pub(super) at: Range<usize>,
    /// The text.
    pub(super) text: String,
    /// The values of JSON in it, and whether they are whole.
    pub(super) values: Vec<(Json, bool)>,
}

/// Finds out what the samples are.
pub(super) fn named(samples: &[Sample]) -> Vec<Named> {
    samples.iter().map(Named::new).collect()
}

impl Named {
    fn new(sample: &Sample) -> Self {
        let kind = kind(&sample.text);
        let side = sample.side.unwrap_or(if sample.is_below_answer { Side::Response } else { Side::Request });
        let word = if side == Side::Request { "request" } else { "response" };
        Self {
            kind: format!("{word}_{kind}"),
            side,
            is_sure: sample.side.is_some(),
            at: sample.at.clone(),
            text: format!("{}\n", sample.text.trim_end()),
            values: values(&sample.text, kind),
        }
    }

    /// Why the sample is in doubt.
    pub(super) fn doubt(&self) -> Option<Note> {
        match self.values.iter().all(|(_, is_whole)| *is_whole) {
            false => Some(Note::PageCut),
            true => (!self.is_sure).then_some(Note::Ambiguous),
        }
    }
}

/// The side that a sample shows itself, whatever heading it is below: a command and the first line of a message do.
pub(super) fn own_side(text: &str) -> Option<Side> {
    match kind(text) {
        "curl" => Some(Side::Request),
        "http" if text.trim_start().starts_with("HTTP/") => Some(Side::Response),
        "http" => Some(Side::Request),
        _ => None,
    }
}

/// What a sample is written in.
fn kind(text: &str) -> &'static str {
    let start = text.trim_start();
    let first = start.split([' ', '\n']).next().unwrap_or_default();
    match first {
        "curl" => "curl",
        "GET" | "POST" | "PUT" | "DELETE" | "PATCH" => "http",
        _ if start.starts_with("HTTP/") => "http",
        _ if is_json(start) => "json",
        _ if start.starts_with("http://") || start.starts_with("https://") => "url",
        _ if start.starts_with('<') && !start.starts_with("<?php") => "xml",
        _ => "code",
    }
}

/// Whether a sample is JSON.
fn is_json(text: &str) -> bool {
    text.starts_with(['{', '[']) || is_value(text)
}

/// Whether a line is JSON: `"C-1"`, `["C-1"]`.
pub(super) fn is_value(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.contains('\n') && json::read(line).iter().all(|sample| sample.state == State::Sound)
}

/// The JSON of a sample: of a message, its body.
fn values(text: &str, kind: &str) -> Vec<(Json, bool)> {
    let body = match kind {
        "json" => text,
        // Addresses have brackets too, so the body is what begins with one.
        "http" => ["\n{", "\n["]
            .iter()
            .filter_map(|start| text.find(start))
            .min()
            .and_then(|at| text.get(at..))
            .unwrap_or_default(),
        "curl" => data(text).unwrap_or_default(),
        _ => return Vec::new(),
    };
    json::read(body).into_iter().map(|sample| (sample.value, sample.state != State::Broken)).collect()
}

/// The JSON that a command sends: `--data '{…}'`.
fn data(command: &str) -> Option<&str> {
    let behind = ["--data", "-d "].iter().find_map(|option| command.split_once(option)).map(|(_, behind)| behind)?;
    let (option, quoted) = behind.split_once('\'')?;
    let (json, _) = quoted.split_once('\'')?;
    let is_value = option.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '=' | '$') || c.is_whitespace());
    (is_value && json.trim_start().starts_with(['{', '['])).then_some(json)
}

/// Whether a side is a list at its root, which transcripts cannot have.
pub(super) fn is_list(named: &[Named], side: Side) -> bool {
    is_all(named, side, |value| matches!(value, Json::Array(_)))
}

/// Whether all values of the samples of one side are of a kind, and there are some.
pub(super) fn is_all(named: &[Named], side: Side, is: impl Fn(&Json) -> bool) -> bool {
    let own = || named.iter().filter(|sample| sample.side == side && sample.is_sure).flat_map(|sample| &sample.values);
    own().next().is_some() && own().all(|(value, _)| is(value))
}

/// What the samples of one side show together. Samples whose side no heading shows are not evidence.
pub(super) fn shape(named: &[Named], side: Side) -> Tree {
    let own = || named.iter().filter(|sample| sample.side == side && sample.is_sure).flat_map(|sample| &sample.values);
    let values: Vec<&Json> = own().map(|(value, _)| value).collect();
    Tree::of_json(&values, own().any(|(_, is_whole)| !is_whole))
}
