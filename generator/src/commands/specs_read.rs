//! Specs for commands that answer questions about them: a spec with errors costs only itself.

use std::path::Path;

use super::outcome::Outcome;
use super::shell::CommandLine;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, Diagnostics, counted};

/// Notes that specs with errors are left out, and returns the outcome of a run that did its work with the others.
///
/// Warnings are removed: `lint` shows them.
pub(super) fn note_errors(diagnostics: &mut Diagnostics, specs: Option<&Path>, terminal: &mut Terminal<'_>) -> Outcome {
    diagnostics.retain(Diagnostic::is_error);
    if !diagnostics.is_empty() {
        let errors = counted(diagnostics.errors(), "error");
        let command = CommandLine::new("lint").path("--specs", specs);
        terminal.complain(format_args!(
            "note: {errors} in the specs; the files with errors are left out. To see the errors, run: {command}"
        ));
    }
    Outcome::of(diagnostics)
}
