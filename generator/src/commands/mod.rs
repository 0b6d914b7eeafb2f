//! One file per subcommand: arguments in, the library's answer out. No logic of the pipeline lives here.

mod diff;
mod fmt;
mod generate;
mod lint;
mod lock_file;
mod outcome;
mod runtime_source;
mod terminal;
mod transcribe;

pub use outcome::Outcome;
pub use terminal::{Terminal, color, result_color};

use crate::cli::Command;

/// Runs one command.
pub fn run(command: &Command, terminal: &mut Terminal<'_>) -> Outcome {
    let outcome = match command {
        Command::Transcribe(args) => transcribe::transcribe(args, terminal),
        Command::Generate(args) => generate::generate(args, terminal),
        Command::Lint(args) => lint::lint(args, terminal),
        Command::Fmt(args) => fmt::fmt(args, terminal),
        Command::Diff(args) => diff::diff(args, terminal),
        Command::GitDiffDriver(args) => diff::driver(&args.arguments, terminal),
    };
    terminal.finish(outcome)
}
