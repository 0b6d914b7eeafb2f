//! One file per subcommand: arguments in, the library's answer out. No logic of the pipeline lives here.

mod diff;
mod fmt;
mod generate;
mod lint;
mod lock_file;
mod runtime_source;
mod terminal;
mod transcribe;

pub use terminal::{Terminal, color, result_color};

use crate::cli::Command;

/// How a command ended.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Well.
    Done,
    /// With findings that ask for an answer: exit code 1.
    Found,
}

/// Runs one command.
pub fn run(command: &Command, terminal: &mut Terminal<'_>) -> Outcome {
    match command {
        Command::Transcribe(args) => transcribe::transcribe(args, terminal),
        Command::Generate(args) => generate::generate(args, terminal),
        Command::Lint(args) => lint::lint(args, terminal),
        Command::Fmt(args) => fmt::fmt(args, terminal),
        Command::Diff(args) => diff::diff(args, terminal),
        Command::GitDiffDriver(args) => diff::driver(&args.arguments, terminal),
    }
}

/// `1 page`, `2 pages`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
