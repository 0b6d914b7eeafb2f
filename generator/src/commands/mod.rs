//! The subcommands, one file or folder each. They call the library and report; no logic of the pipeline is here.

mod approve;
mod call;
mod diff;
mod explain;
mod export;
mod fixes;
mod fmt;
mod folders;
mod generate;
mod init;
mod lint;
mod list;
mod lock_file;
mod manual;
mod mock;
mod outcome;
mod refresh;
mod report;
mod runtime_source;
mod schema;
mod search;
mod shell;
mod show;
mod specs_read;
mod terminal;
mod transcribe;

pub use outcome::Outcome;
pub use terminal::{Terminal, color, is_live, result_color, result_width};

use crate::cli::Command;

/// Runs a subcommand.
pub fn run(command: &Command, terminal: &mut Terminal<'_>) -> Outcome {
    let outcome = match command {
        Command::Init(args) => init::init(args, terminal),
        Command::Transcribe(args) => transcribe::transcribe(args, terminal),
        Command::Generate(args) => generate::generate(args, terminal),
        Command::List(args) => list::list(args, terminal),
        Command::Search(args) => search::search(args, terminal),
        Command::Show(args) => show::show(args, terminal),
        Command::Lint(args) => lint::lint(args, terminal),
        Command::Fixes(args) => fixes::fixes(args, terminal),
        Command::Fmt(args) => fmt::fmt(args, terminal),
        Command::Diff(args) => diff::diff(args, terminal),
        Command::Refresh(args) => refresh::refresh(args, terminal),
        Command::Approve(args) => approve::approve(args, terminal),
        Command::Sign(args) => call::sign(args, terminal),
        Command::Call(args) => call::call(args, terminal),
        Command::Mock(args) => mock::mock(args, terminal),
        Command::Export(args) => export::export(args, terminal),
        Command::Explain(args) => explain::explain(args, terminal),
        Command::Schema(args) => schema::schema(args, terminal),
        Command::Completions(args) => manual::completions(args, terminal),
        Command::Man(args) => manual::man(args, terminal),
        Command::GitDiffDriver(args) => diff::driver(&args.arguments, terminal),
    };
    terminal.finish(outcome)
}
