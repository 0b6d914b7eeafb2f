//! The command line: clap types only.

mod args;
mod command;
mod examples;

pub use args::{
    CompletionsArgs, DiffArgs, DiffFormat, ExplainArgs, FailOn, FmtArgs, GenerateArgs, GitDiffDriverArgs, LintArgs,
    ManArgs, OutputFormat, ReportArgs, SummaryLanguage, TranscribeArgs,
};
pub use command::{Cli, ColorChoice, Command};
