//! The command line: clap types only.

mod approve_args;
mod args;
mod call_args;
mod command;
mod examples;
mod mock_args;

pub use approve_args::{ApproveArgs, ApprovedLevel};
pub use args::{
    CompletionsArgs, DiffArgs, DiffFormat, ExplainArgs, FailOn, FmtArgs, GenerateArgs, GitDiffDriverArgs, LintArgs,
    ManArgs, OutputFormat, ReportArgs, RevisionArgs, SummaryLanguage, TranscribeArgs,
};
#[cfg(not(feature = "call"))]
pub use call_args::CANNOT_SEND;
pub use call_args::{CallArgs, RequestArgs, SignArgs};
pub use command::{Cli, ColorChoice, Command};
pub use mock_args::MockArgs;
