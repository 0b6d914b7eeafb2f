//! The command line: clap types only.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns vendor doc pages, transcribed as YAML specs, into a typed, signed Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "apograph", version, about)]
pub struct Cli {
    /// When to use colours.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, global = true)]
    pub color: ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read vendor pages and write their transcripts.
    Transcribe(TranscribeArgs),
    /// Write the crate from the specs.
    Generate(GenerateArgs),
    /// Check the specs and report every finding.
    Lint(LintArgs),
    /// Rewrite transcripts in canonical form.
    Fmt(FmtArgs),
    /// Say what two revisions of specs differ in, and who breaks.
    Diff(DiffArgs),
    /// Show what one changed file means; git runs it, see `diff --install-git-driver`.
    #[command(hide = true)]
    GitDiffDriver(GitDiffDriverArgs),
}

/// Arguments of `transcribe`.
#[derive(Debug, Args)]
pub struct TranscribeArgs {
    /// Pages: files, folders of files, or `-` for standard input.
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<PathBuf>,
    /// The platform's folder below the specs [default: `top` or `nio`, whichever the page is of].
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// Folder of the specs.
    #[arg(long, default_value = "specs", value_name = "DIR")]
    pub specs: PathBuf,
    /// The family of the APIs [default: the one whose prefix fits, else the second segment of the name].
    #[arg(long, value_name = "NAME")]
    pub family: Option<String>,
    /// Name of the API, where the page has lost it; for one page only.
    #[arg(long, value_name = "NAME")]
    pub api: Option<String>,
    /// Address of the page; for one page only.
    #[arg(long, value_name = "URL")]
    pub source_url: Option<String>,
    /// Write nothing; say what would be written.
    #[arg(long)]
    pub dry_run: bool,
    /// Write nothing; name every transcript that is behind its page, with what changed, and exit with 1 if there is one.
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Folder of the specs.
    #[arg(long, default_value = "specs", value_name = "DIR")]
    pub specs: PathBuf,
    /// Folder of the generated crate.
    #[arg(long, default_value = "generated", value_name = "DIR")]
    pub out: PathBuf,
    /// Where the crate finds the runtime: a folder, or a version to take from the registry
    /// [default: generator/runtime in the repository around specs, output or here, else this program's version].
    #[arg(long, value_name = "PATH|VERSION")]
    pub runtime: Option<String>,
    /// Make the crate a workspace of its own, whatever is around it.
    #[arg(long)]
    pub standalone: bool,
    /// The lock that keeps Rust names [default: api.lock in the folder of the specs].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// Let go of what the lock keeps: of these APIs, or of all if none is named.
    #[arg(long, value_name = "API", num_args = 0..)]
    pub unlock: Option<Vec<String>>,
    /// Also write a list of the crate's public items, one on each line, to this file.
    #[arg(long, value_name = "PATH")]
    pub api_listing: Option<PathBuf>,
    /// Write nothing; name every stale, missing and orphan file and exit with 1 if there is one.
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Folder of the specs.
    #[arg(long, default_value = "specs", value_name = "DIR")]
    pub specs: PathBuf,
    /// The lock that keeps Rust names [default: api.lock in the folder of the specs].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// Treat doubts that no fix settles as errors.
    #[arg(long)]
    pub deny_doubts: bool,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Folder of the specs.
    #[arg(long, default_value = "specs", value_name = "DIR")]
    pub specs: PathBuf,
    /// Write nothing; name every transcript that is not canonical and exit with 1 if there is one.
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// What it was: a specs folder, one spec, or `git:REV[:PATH]` [default: git:HEAD].
    ///
    /// PATH counts from the top of the repository; without it the specs folder is taken.
    pub old: Option<String>,
    /// What it is now [default: the specs folder].
    pub new: Option<String>,
    /// Folder of the specs.
    #[arg(long, default_value = "specs", value_name = "DIR")]
    pub specs: PathBuf,
    /// How the report is written.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Write a draft of the release note instead: `en`, `zh` or both [default: both].
    #[arg(long, value_enum, value_name = "LANGUAGE", num_args = 0..=1, default_missing_value = "both",
        conflicts_with = "format")]
    pub summary: Option<SummaryLanguage>,
    /// Exit with 1 if a finding is as bad as this.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// The day on which approvals in `approvals.yaml` must hold: `YYYY-MM-DD` [default: today, in UTC].
    #[arg(long, value_name = "DAY", value_parser = ValueParser::new(day))]
    pub today: Option<jiff::civil::Date>,
    /// Show what is hidden, too: page digests, rows that changed places, ….
    #[arg(long)]
    pub all: bool,
    /// Make `git diff` in this repository show what changes of specs mean, and do nothing else.
    #[arg(long)]
    pub install_git_driver: bool,
    /// Print the JSON Schema of `--format json` and do nothing else.
    #[arg(long)]
    pub schema: bool,
}

/// Arguments of `git-diff-driver`.
#[derive(Debug, Args)]
pub struct GitDiffDriverArgs {
    /// What git passes to a driver.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub arguments: Vec<String>,
}

/// How a report is written.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Text,
    /// For programs; see `--schema`.
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// One page for a browser, with filters; it needs nothing but itself.
    Html,
    /// Annotations of GitHub Actions.
    Github,
    /// For code scanning.
    Sarif,
}

/// The languages of a release note.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum SummaryLanguage {
    /// English.
    En,
    /// Chinese.
    Zh,
    /// Both.
    Both,
}

/// What makes `diff` fail.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Any error.
    Error,
    /// Any warning or error.
    Warn,
    /// A major version is asked for.
    Major,
    /// Old binaries fail.
    MustUpgrade,
}

fn day(text: &str) -> Result<jiff::civil::Date, &'static str> {
    crate::spec::day(text).ok_or("a day is expected, as in 2026-01-31")
}
