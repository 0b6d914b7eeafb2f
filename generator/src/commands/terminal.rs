//! The streams that commands write to: results on one, findings and errors on the other.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use super::outcome::Outcome;
use crate::cli::{ColorChoice, OutputFormat, ReportArgs};
use crate::diagnostic::{Color, Diagnostics, Extent, render_some, safe, summary};
use crate::source::Sources;

/// The two streams of a run, and how the run reports.
pub struct Terminal<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    color: Color,
    result_color: Color,
    result_width: usize,
    live: bool,
    format: OutputFormat,
    extent: Extent,
    failures: Vec<String>,
    output: Output,
}

/// Columns of results that do not go to a terminal.
const WIDTH: usize = 80;

/// Columns below which text is not broken any further.
const NARROWEST: usize = 40;

/// Whether results can be written.
enum Output {
    Open,
    /// The reader has closed the pipe: it has read what it wanted.
    Closed,
    Broken(io::Error),
}

impl<'a> Terminal<'a> {
    /// Creates a terminal that writes results to `out`, and findings and errors to `err`.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, color: Color) -> Self {
        Self {
            out,
            err,
            color,
            result_color: Color::Never,
            result_width: WIDTH,
            live: false,
            format: OutputFormat::Text,
            extent: Extent::FirstOfEachCode,
            failures: Vec::new(),
            output: Output::Open,
        }
    }

    /// Sets whether long runs show their progress on standard error.
    #[must_use]
    pub fn live(self, live: bool) -> Self {
        Self { live, ..self }
    }

    /// Returns whether long runs show their progress.
    pub(super) fn is_live(&self) -> bool {
        self.live
    }

    /// Sets the color of results.
    #[must_use]
    pub fn with_result_color(self, result_color: Color) -> Self {
        Self { result_color, ..self }
    }

    /// Returns the color of results.
    pub(super) fn result_color(&self) -> Color {
        self.result_color
    }

    /// Sets the width of results, in columns.
    #[must_use]
    pub fn with_result_width(self, result_width: usize) -> Self {
        Self { result_width, ..self }
    }

    /// Returns the width of results.
    pub(super) fn result_width(&self) -> usize {
        self.result_width
    }

    /// Sets how the run reports. With `--format json`, only the document goes to standard output.
    pub(super) fn configure(&mut self, args: &ReportArgs) {
        self.format = args.document.format;
        self.list_all(args.all);
    }

    /// Sets whether every finding is listed, even when many have the same code.
    pub(super) fn list_all(&mut self, all: bool) {
        self.extent = if all { Extent::All } else { Extent::FirstOfEachCode };
    }

    /// Writes a line of the result. Hidden characters are escaped: lines contain names of files and pages.
    pub(super) fn say(&mut self, line: impl Display) {
        match self.format {
            OutputFormat::Text => self.write(&safe(&format!("{line}\n"), true)),
            OutputFormat::Json => self.complain(line),
        }
    }

    /// Writes a document for people to standard output. With `--format json`, it is left out.
    pub(super) fn say_document(&mut self, document: impl Display) {
        if self.format == OutputFormat::Text {
            self.say(document);
        }
    }

    /// Writes text to standard output as it is.
    pub(super) fn write(&mut self, text: &str) {
        let written = self.out.write_all(text.as_bytes());
        self.remember(written);
    }

    /// Writes a line to standard error, with hidden characters escaped.
    pub(super) fn complain(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{}", safe(&line.to_string(), true));
    }

    /// Writes an error that makes the run fail.
    pub(super) fn fail(&mut self, error: impl Display) -> Outcome {
        let error = error.to_string();
        self.complain(format_args!("error: {error}"));
        self.failures.push(error);
        Outcome::Failed
    }

    /// Returns the errors that made the run fail so far.
    pub(super) fn failures(&self) -> &[String] {
        &self.failures
    }

    /// Shows the findings, if there are any. With `--format json` they are in the document instead.
    pub(super) fn show(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        if diagnostics.is_empty() {
            return;
        }
        if self.format == OutputFormat::Text {
            let _ = write!(self.err, "{}", render_some(diagnostics, sources, self.color, self.extent));
        }
        self.complain(summary(diagnostics));
    }

    /// Whether results can still be written. A command without an end has to stop if they cannot.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.output, Output::Open)
    }

    /// Remembers the first error in writing a result.
    fn remember(&mut self, written: io::Result<()>) {
        match written {
            Err(error) if self.is_open() => {
                let is_closed = error.kind() == io::ErrorKind::BrokenPipe;
                self.output = if is_closed { Output::Closed } else { Output::Broken(error) };
            }
            _ => {}
        }
    }

    /// Prints what the arguments ask for, help or the version, or what is wrong with them.
    pub fn usage(&mut self, message: &clap::Error) -> Outcome {
        let printed = message.print();
        if message.use_stderr() {
            return Outcome::Failed;
        }
        self.remember(printed);
        self.finish(Outcome::Done)
    }

    /// Returns the outcome of the run, which fails if a result could not be written.
    pub(super) fn finish(&mut self, outcome: Outcome) -> Outcome {
        let flushed = self.out.flush();
        self.remember(flushed);
        match std::mem::replace(&mut self.output, Output::Open) {
            Output::Broken(error) => self.fail(format_args!("cannot write to standard output: {error}")),
            Output::Open | Output::Closed => outcome,
        }
    }
}

/// Returns whether standard error is a terminal on which a line can be redrawn, as progress bars do.
#[must_use]
pub fn is_live() -> bool {
    io::stderr().is_terminal() && anstyle_query::term_supports_ansi_color()
}

/// Returns the color of findings on standard error.
#[must_use]
pub fn color(choice: ColorChoice) -> Color {
    chosen(choice, io::stderr().is_terminal())
}

/// Returns the color of results on standard output. They may go to git's pager, which shows colors.
#[must_use]
pub fn result_color(choice: ColorChoice) -> Color {
    chosen(choice, io::stdout().is_terminal() || std::env::var_os("GIT_PAGER_IN_USE").is_some())
}

/// Returns the width of results: COLUMNS, which git sets for its pager, or the terminal's width, or 80 columns.
#[must_use]
pub fn result_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    columns.or_else(of_terminal).unwrap_or(WIDTH).max(NARROWEST)
}

/// Follows the same conventions as clap does for `--help`: NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM, in this order.
fn chosen(choice: ColorChoice, is_terminal: bool) -> Color {
    let is_colored = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if anstyle_query::no_color() => false,
        ColorChoice::Auto if anstyle_query::clicolor_force() => true,
        ColorChoice::Auto => {
            let wanted = anstyle_query::clicolor();
            is_terminal && wanted.unwrap_or_else(anstyle_query::term_supports_color)
        }
    };
    if is_colored { Color::Ansi } else { Color::Never }
}
