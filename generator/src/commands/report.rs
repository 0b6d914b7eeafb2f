//! `--format json`: what commands report, as one document for programs.

use serde::Serialize;

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::catalogue::{Hit, ListedApi, ShownApi};
use crate::cli::{DocumentArgs, OutputFormat, ReportArgs};
use crate::diagnostic::{Diagnostics, JsonFinding, json_findings, safe_json};
use crate::source::Sources;
use crate::spec::FixSpec;

/// JSON Schema of the document.
const SCHEMA: &str = include_str!("../../report.schema.json");

/// Version of the document. Changes only when a reader of the old version would misread the new one.
const FORMAT: u32 = 1;

/// What a command did and found.
#[derive(Default)]
pub(super) struct Report {
    /// The files that the findings are in.
    pub(super) sources: Sources,
    /// The findings.
    pub(super) diagnostics: Diagnostics,
    /// The files that the command wrote or compared and that were not up to date.
    pub(super) files: Vec<FileReport>,
    /// The fixes that the command proposes.
    pub(super) suggestions: Vec<Suggestion>,
    /// What the command was asked for.
    pub(super) answer: Option<Answer>,
    /// The counts of the command.
    pub(super) summary: Summary,
}

/// What `list`, `search` and `show` were asked for. The document has it under a key of its own.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    /// The APIs of `list`.
    Apis(Vec<ListedApi>),
    /// The APIs that `search` has found.
    Hits(Vec<Hit>),
    /// The APIs of `show`.
    Shown(Vec<ShownApi>),
}

/// A fix that a person may accept.
#[derive(Serialize)]
pub(super) struct Suggestion {
    /// The fix file.
    pub(super) file: String,
    pub(super) api: String,
    #[serde(flatten)]
    pub(super) fix: FixSpec,
}

/// A file that was not up to date when the command started.
#[derive(Serialize)]
pub(super) struct FileReport {
    pub(super) path: String,
    /// The state when the command started.
    pub(super) state: &'static str,
    /// The page that a transcript was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<String>,
    /// What changes in a transcript, one line for each change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<String>,
}

impl FileReport {
    /// Describes a file that did not come from a page.
    pub(super) fn new(path: String, state: &'static str) -> Self {
        Self { path, state, page: None, changes: Vec::new() }
    }
}

/// The counts of a command.
#[derive(Default, Serialize)]
#[serde(untagged)]
pub(super) enum Summary {
    /// The command ended before there was anything to count.
    #[default]
    Nothing,
    /// The counts of `lint`.
    Lint { apis: usize },
    /// The counts of `list`.
    List { apis: usize, doubts: usize },
    /// The counts of `search`.
    Search { hits: usize },
    /// The counts of `show`.
    Show { apis: usize },
    /// The counts of `generate`.
    Generate {
        unchanged: usize,
        doubts: usize,
        tombstones: usize,
        apis: usize,
        /// Fields of the pages' tables.
        rows: usize,
        types: usize,
        /// Fields of the types.
        fields: usize,
    },
    /// The counts of `fixes`.
    Fixes { apis: usize, suggestions: usize },
    /// The counts of `transcribe`.
    Transcribe {
        pages: usize,
        new: usize,
        changed: usize,
        unchanged: usize,
        rejected: usize,
        doubts: usize,
        settled_doubts: usize,
        /// Specs that no page of a whole catalogue is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        unpaged: Option<usize>,
    },
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    command: &'a str,
    status: u8,
    failures: &'a [String],
    findings: Vec<JsonFinding<'a>>,
    files: &'a [FileReport],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    suggestions: &'a [Suggestion],
    #[serde(flatten)]
    answer: Option<&'a Answer>,
    summary: Counts<'a>,
}

#[derive(Serialize)]
struct Counts<'a> {
    errors: usize,
    warnings: usize,
    #[serde(flatten)]
    of_command: &'a Summary,
}

/// Runs a command that fills a report, and writes the report where `--format json` asks for it.
pub(super) fn reported(
    command: &str,
    args: &ReportArgs,
    terminal: &mut Terminal<'_>,
    work: impl FnOnce(&mut Report, &mut Terminal<'_>) -> Outcome,
) -> Outcome {
    if args.document.schema {
        terminal.write(SCHEMA);
        return Outcome::Done;
    }
    terminal.configure(args);
    let mut report = Report::default();
    let outcome = work(&mut report, terminal);
    if args.document.format == OutputFormat::Json {
        let document = report.document(command, outcome, terminal);
        match serde_json::to_string_pretty(&document) {
            Ok(text) => terminal.write(&format!("{}\n", safe_json(&text))),
            Err(error) => return terminal.fail(format_args!("cannot write the report: {error}")),
        }
    }
    outcome
}

/// Runs a command whose answer is in the report, and whose findings are only those that keep specs out of the answer.
pub(super) fn answered(
    command: &str,
    args: DocumentArgs,
    terminal: &mut Terminal<'_>,
    work: impl FnOnce(&mut Report, &mut Terminal<'_>) -> Outcome,
) -> Outcome {
    reported(command, &ReportArgs { all: false, document: args }, terminal, work)
}

impl Report {
    fn document<'a>(&'a self, command: &'a str, outcome: Outcome, terminal: &'a Terminal<'_>) -> Document<'a> {
        Document {
            format: FORMAT,
            command,
            status: outcome.status(),
            failures: terminal.failures(),
            findings: json_findings(&self.diagnostics, &self.sources),
            files: &self.files,
            suggestions: &self.suggestions,
            answer: self.answer.as_ref(),
            summary: Counts {
                errors: self.diagnostics.errors(),
                warnings: self.diagnostics.warnings(),
                of_command: &self.summary,
            },
        }
    }
}
