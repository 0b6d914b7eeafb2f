//! Findings as data for programs.

use serde::Serialize;

use super::finding::{Diagnostic, Diagnostics};
use super::order::sorted;
use super::view::{line_column, range};
use crate::source::{Place, Sources};

/// A finding, in the form of the report's JSON Schema.
#[derive(Serialize)]
pub(crate) struct JsonFinding<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    span: Option<JsonSpan<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    labels: Vec<JsonLabel<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    #[serde(flatten)]
    span: JsonSpan<'a>,
}

/// A file, and a range in it unless the file as a whole is meant.
#[derive(Serialize)]
struct JsonSpan<'a> {
    file: &'a str,
    #[serde(flatten)]
    start: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Point>,
}

/// Line and column, both from 1; columns count characters.
#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

/// Converts all findings, in the order in which they are shown.
pub(crate) fn json_findings<'a>(diagnostics: &'a Diagnostics, sources: &'a Sources) -> Vec<JsonFinding<'a>> {
    sorted(diagnostics, sources).into_iter().map(|diagnostic| finding(diagnostic, sources)).collect()
}

fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> JsonFinding<'a> {
    let label = |(place, message): &'a (Place, String)| JsonLabel { message, span: span(place, sources) };
    JsonFinding {
        code: diagnostic.code.id(),
        level: diagnostic.severity.word(),
        message: &diagnostic.message,
        span: diagnostic.place.as_ref().map(|place| span(place, sources)),
        label: diagnostic.primary.as_deref(),
        labels: diagnostic.labels.iter().map(label).collect(),
        help: &diagnostic.help,
    }
}

fn span<'a>(place: &Place, sources: &'a Sources) -> JsonSpan<'a> {
    let point = |at| {
        let (line, column) = line_column(place.file, at, sources);
        Point { line, column }
    };
    let range = range(place, sources);
    JsonSpan {
        file: sources.path(place.file),
        start: range.as_ref().map(|range| point(range.start)),
        end: range.map(|range| point(range.end)),
    }
}
