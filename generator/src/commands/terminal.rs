//! Where commands write: results to one stream, findings to another.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use super::outcome::Outcome;
use crate::cli::ColorChoice;
use crate::diagnostic::{Color, Diagnostics, render, summary};
use crate::source::Sources;

/// The two streams of a run.
pub struct Terminal<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    color: Color,
    live: bool,
    result_color: Color,
    /// The first error of writing a result.
    broken: Option<io::Error>,
}

impl<'a> Terminal<'a> {
    /// Results go to `out`, findings to `err`.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, color: Color) -> Self {
        Self { out, err, color, result_color: Color::Never, live: false, broken: None }
    }

    /// Lets long runs show their progress on standard error, which is a terminal.
    #[must_use]
    pub fn live(self, live: bool) -> Self {
        Self { live, ..self }
    }

    /// Whether long runs show their progress.
    pub(super) fn is_live(&self) -> bool {
        self.live
    }

    /// Colours results, too, where a command has colours for them.
    #[must_use]
    pub fn with_result_color(self, result_color: Color) -> Self {
        Self { result_color, ..self }
    }

    /// Writes a line of the result.
    pub fn say(&mut self, line: impl Display) {
        let written = writeln!(self.out, "{line}");
        self.note(written);
    }

    /// Writes a result that has its own line breaks.
    pub fn write(&mut self, text: &str) {
        let written = self.out.write_all(text.as_bytes());
        self.note(written);
    }

    /// Remembers an error of writing a result. A reader that closed the pipe has what it wanted.
    fn note(&mut self, written: io::Result<()>) {
        let error = written.err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
        self.broken = self.broken.take().or(error);
    }

    /// Returns the outcome of the run, which fails if a result could not be written.
    pub(super) fn finish(&mut self, outcome: Outcome) -> Outcome {
        let flushed = self.out.flush();
        self.note(flushed);
        match self.broken.take() {
            Some(error) => self.fail(format_args!("cannot write to standard output: {error}")),
            None => outcome,
        }
    }

    /// Whether results are coloured.
    pub fn result_color(&self) -> Color {
        self.result_color
    }

    /// Writes a line about what went wrong.
    pub fn complain(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Writes an error that ends the run.
    pub(super) fn fail(&mut self, error: impl Display) -> Outcome {
        self.complain(format_args!("error: {error}"));
        Outcome::Failed
    }

    /// Shows all findings, if there are any.
    pub fn show(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        if !diagnostics.is_empty() {
            let _ = write!(self.err, "{}", render(diagnostics, sources, self.color));
            let _ = writeln!(self.err, "{}", summary(diagnostics));
        }
    }
}

/// Whether findings on standard error are coloured.
#[must_use]
pub fn color(choice: ColorChoice) -> Color {
    chosen(choice, io::stderr().is_terminal())
}

/// Whether results on standard output are coloured: they may go to git's pager, which shows colours.
#[must_use]
pub fn result_color(choice: ColorChoice) -> Color {
    chosen(choice, io::stdout().is_terminal() || std::env::var_os("GIT_PAGER_IN_USE").is_some())
}

fn chosen(choice: ColorChoice, is_terminal: bool) -> Color {
    let wanted = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
    };
    if wanted { Color::Ansi } else { Color::Never }
}
