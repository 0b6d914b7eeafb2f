//! The program and its subcommands.

use clap::{Parser, Subcommand, ValueEnum};

use super::approve_args::ApproveArgs;
use super::args::{
    CompletionsArgs, DiffArgs, ExplainArgs, FmtArgs, GenerateArgs, GitDiffDriverArgs, InitArgs, LintArgs, ManArgs,
    SchemaArgs, TranscribeArgs,
};
use super::call_args::{CallArgs, SignArgs};
use super::examples;
use super::export_args::ExportArgs;
use super::fixes_args::FixesArgs;
use super::list_args::ListArgs;
use super::mock_args::MockArgs;
use super::refresh_args::RefreshArgs;
use super::search_args::SearchArgs;
use super::show_args::ShowArgs;

/// Generates typed, signed Rust clients from vendor doc pages that are transcribed as YAML specs.
#[derive(Debug, Parser)]
#[command(name = "apograph", version, about, after_help = examples::APOGRAPH)]
pub struct Cli {
    /// When to use colors: `auto`, `always` or `never`. `auto` respects NO_COLOR, CLICOLOR_FORCE and TERM.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto, global = true)]
    #[arg(hide_possible_values = true, display_order = 100)]
    pub color: ColorChoice,
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colors.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal that supports colors.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a specs folder, with the files of platforms that come with apograph.
    #[command(after_help = examples::INIT)]
    Init(InitArgs),
    /// Read vendor doc pages and write their transcripts.
    #[command(after_help = examples::TRANSCRIBE, override_usage = examples::TRANSCRIBE_USAGE)]
    Transcribe(TranscribeArgs),
    /// List the APIs of the specs, and where they are in the crate.
    #[command(after_help = examples::LIST)]
    List(ListArgs),
    /// Search the names, titles and descriptions of APIs and fields.
    #[command(after_help = examples::SEARCH, override_usage = examples::SEARCH_USAGE)]
    Search(SearchArgs),
    /// Show all that is known about an API: its fields with their types, marks, limits and examples, and its errors.
    #[command(after_help = examples::SHOW, override_usage = examples::SHOW_USAGE)]
    Show(ShowArgs),
    /// Generate the crate and the lock from the specs.
    ///
    /// What was read and written is recorded in the folder `.apograph` of the crate, which git ignores: with it, the next run only
    /// reads the specs that have changed. It can be deleted.
    #[command(after_help = examples::GENERATE)]
    Generate(GenerateArgs),
    /// Check the specs and report every finding.
    #[command(after_help = examples::LINT)]
    Lint(LintArgs),
    /// Suggest fixes for facts that pages state only in prose.
    #[command(after_help = examples::FIXES, override_usage = examples::FIXES_USAGE)]
    Fixes(FixesArgs),
    /// Rewrite transcripts in canonical form.
    #[command(after_help = examples::FMT)]
    Fmt(FmtArgs),
    /// Compare two revisions of the specs and report which callers break.
    #[command(after_help = examples::DIFF)]
    Diff(DiffArgs),
    /// Fetch the pages of the specs again and report what changed.
    #[command(after_help = examples::REFRESH)]
    #[cfg_attr(not(feature = "call"), command(before_help = super::CANNOT_FETCH))]
    Refresh(RefreshArgs),
    /// Approve changes between two revisions: write entries to approvals.yaml.
    #[command(after_help = examples::APPROVE)]
    Approve(ApproveArgs),
    /// Sign a request of any API, and show what is signed.
    #[command(after_help = examples::SIGN)]
    Sign(SignArgs),
    /// Send a request of any API, and print the answer.
    #[command(after_help = examples::CALL)]
    #[cfg_attr(not(feature = "call"), command(before_help = super::CANNOT_SEND))]
    Call(CallArgs),
    /// Serve the APIs of the specs for tests: checked requests, sample answers, and errors on demand.
    #[command(after_help = examples::MOCK)]
    Mock(MockArgs),
    /// Describe the APIs for other tools: OpenAPI 3.1 or JSON Schema.
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Explain a diagnostic code, or list all codes.
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Print the JSON Schema of a kind of file in the specs folder.
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print a completion script for a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print a man page, or write all man pages to a folder.
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
    /// Show what one changed file means; git runs this command (see `diff --install-git-driver`).
    #[command(hide = true)]
    GitDiffDriver(GitDiffDriverArgs),
}
