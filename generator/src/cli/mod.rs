//! The command line: clap types only.

mod approve_args;
mod args;
mod call_args;
mod command;
mod examples;
mod export_args;
mod fixes_args;
mod list_args;
mod mock_args;
mod refresh_args;
mod search_args;
mod show_args;

pub use approve_args::{ApproveArgs, ApprovedLevel};
pub use args::{
    ChangesArgs, CompletionsArgs, DiffArgs, DiffFormat, DocumentArgs, ExplainArgs, FailOn, FmtArgs, GenerateArgs,
    GitDiffDriverArgs, InitArgs, LintArgs, ManArgs, OutputFormat, ReportArgs, RevisionArgs, SchemaArgs,
    SummaryLanguage, TranscribeArgs,
};
#[cfg(not(feature = "call"))]
pub use call_args::CANNOT_SEND;
pub use call_args::{CallArgs, RequestArgs, SignArgs};
pub use command::{Cli, ColorChoice, Command};
pub use export_args::{ExportArgs, ExportFormat};
pub use fixes_args::FixesArgs;
pub use list_args::ListArgs;
pub use mock_args::MockArgs;
#[cfg(not(feature = "call"))]
pub use refresh_args::CANNOT_FETCH;
pub use refresh_args::RefreshArgs;
pub use search_args::SearchArgs;
pub use show_args::ShowArgs;
