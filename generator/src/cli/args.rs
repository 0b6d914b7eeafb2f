//! The arguments of the subcommands.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Args, ValueEnum};
use clap_complete::Shell;

/// How the findings of `lint`, `generate`, `transcribe` and `fixes` are reported.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// List every finding, even when many have the same code.
    #[arg(long)]
    pub all: bool,
    /// The form of the report.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// The form in which a command reports.
#[derive(Copy, Clone, Debug, Args)]
pub struct DocumentArgs {
    /// Output format: `text`, or `json` for one document on standard output (see --schema).
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = OutputFormat::Text, hide_possible_values = true)]
    pub format: OutputFormat,
    /// Print the JSON Schema of `--format json` and exit.
    #[arg(long)]
    pub schema: bool,
}

/// The format of a report.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// For programs: one document on standard output.
    Json,
}

/// Arguments of `transcribe`.
#[derive(Debug, Args)]
pub struct TranscribeArgs {
    /// Pages: files, folders of files, or `-` for standard input.
    #[arg(required_unless_present = "schema", value_name = "PAGE")]
    pub pages: Vec<PathBuf>,
    /// Platform of the pages: the name of its folder in the specs folder [default: `top` or `nio`, if the page has the layout of
    /// one of them].
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Family of the APIs [default: chosen by the name of the API; see `Families` in specs/README.md].
    #[arg(long, value_name = "NAME")]
    pub family: Option<String>,
    /// Name of the API, for a single page that does not contain it.
    #[arg(long, value_name = "NAME")]
    pub api: Option<String>,
    /// Address of the page, for a single page.
    #[arg(long, value_name = "URL")]
    pub source_url: Option<String>,
    /// Declare new families in `platform.yaml`. Every other line of the file stays as it is.
    #[arg(long)]
    pub assign_families: bool,
    /// Report what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Exit with status 1 if any transcript is missing or differs from its page; write nothing.
    #[arg(long)]
    pub check: bool,
    /// The pages are a whole catalogue: also report each spec of the same platforms that has no page in it, because the
    /// vendor has renamed or removed the API.
    #[arg(long, requires = "check", conflicts_with_all = ["api", "source_url", "family"])]
    pub complete: bool,
    /// How findings are reported.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Folder of the generated crate [default: `out` in crate.yaml, else `generated` next to the specs folder].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Generate a crate of these APIs only: names, or patterns with `*` and `?`. It needs a folder of its own, named by `--out`.
    /// The lock is read and not written, so that everything has the same name as in the whole crate. Repeatable
    /// [default: `only` in crate.yaml, else all APIs].
    #[arg(long, value_name = "PATTERN", conflicts_with = "unlock")]
    pub only: Vec<String>,
    /// Runtime that the crate depends on: a folder, or a version in the registry
    /// [default: `runtime` in crate.yaml, else generator/runtime in the repository, else the version of this program].
    #[arg(long, value_name = "PATH|VERSION")]
    pub runtime: Option<String>,
    /// Write the runtime's sources into the crate, so that it depends on packages of crates.io only.
    #[arg(long, conflicts_with = "runtime")]
    pub embed_runtime: bool,
    /// Add an empty `[workspace]`, so that the crate builds inside any folder.
    #[arg(long)]
    pub standalone: bool,
    /// Lock file, which keeps Rust names stable [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// Release what the lock keeps for these APIs, or for all APIs if none is given. This breaks callers.
    #[arg(long, value_name = "API", num_args = 0..)]
    pub unlock: Option<Vec<String>>,
    /// Also write a list of the crate's public items to this file, one per line.
    #[arg(long, value_name = "PATH")]
    pub api_listing: Option<PathBuf>,
    /// Exit with status 1 if any file is stale, missing or orphaned; write nothing.
    #[arg(long)]
    pub check: bool,
    /// How findings are reported.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Lock file, which keeps Rust names stable [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// Report every doubt as an error unless a fix settles it.
    #[arg(long)]
    pub deny_doubts: bool,
    /// How findings are reported.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Exit with status 1 if any transcript is not in canonical form; write nothing.
    #[arg(long)]
    pub check: bool,
    /// List every finding, even when many have the same code.
    #[arg(long)]
    pub all: bool,
}

/// The revisions that `diff` and `approve` compare.
#[derive(Debug, Args)]
pub struct RevisionArgs {
    /// Old revision: a specs folder, one spec, or `[git:]REV[:PATH]` [default: git:HEAD].
    ///
    /// `A..B` names both revisions, and `A...B` compares B with the commit where both parted. PATH is relative to the root
    /// of the repository; without PATH, the specs folder is compared. A name that is both a path and a revision is the
    /// path; `git:` makes it a revision.
    pub old: Option<String>,
    /// New revision, as above [default: the specs folder].
    pub new: Option<String>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Date on which approvals in approvals.yaml must be valid: YYYY-MM-DD [default: today, in UTC].
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(day))]
    pub today: Option<jiff::civil::Date>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// What is compared.
    #[command(flatten)]
    pub revisions: RevisionArgs,
    /// How changes are reported.
    #[command(flatten)]
    pub changes: ChangesArgs,
    /// Write the version that the changes require to crate.yaml of the new revision, unless its version is high enough.
    #[arg(long)]
    pub set_version: bool,
    /// Configure this repository so that `git diff` reports what changes of specs mean, and exit.
    #[arg(long)]
    pub install_git_driver: bool,
    /// Print the JSON Schema of `--format json` and exit.
    #[arg(long)]
    pub schema: bool,
}

/// How `diff` and `refresh` report changes.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// Format of the report.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// Write a draft of the release note instead, in English, Chinese or both [default: both].
    #[arg(long, value_enum, value_name = "LANGUAGE", num_args = 0..=1, default_missing_value = "both",
        conflicts_with = "format")]
    pub summary: Option<SummaryLanguage>,
    /// Language of the release note of `--summary`; the same as `--summary LANGUAGE`.
    #[arg(long, value_enum, value_name = "LANGUAGE", requires = "summary")]
    pub lang: Option<SummaryLanguage>,
    /// Exit with status 1 if any finding reaches this level.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// Write everything: more than the first events of each section, all findings of each event, changed page digests,
    /// and changes of order only.
    #[arg(long)]
    pub all: bool,
}

/// The format of a report of `diff`.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Text,
    /// For programs (see `apograph diff --schema`).
    Json,
    /// For a comment on a pull request.
    Markdown,
    /// A self-contained page for a browser, with filters.
    Html,
    /// Annotations for GitHub Actions.
    Github,
    /// For code scanning tools.
    Sarif,
}

/// The language of a release note.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum SummaryLanguage {
    /// English.
    En,
    /// Chinese.
    Zh,
    /// English and Chinese.
    Both,
}

/// The level at which `diff` exits with status 1.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// An error.
    Error,
    /// A warning or an error.
    #[value(alias = "warn")]
    Warning,
    /// A change that needs a new major version.
    Major,
    /// A change after which programs that were built with the old crate fail.
    MustUpgrade,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Diagnostic code, for example E0301 [default: list all codes].
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Platforms to add, of those that come with apograph [default: all].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub platform: Vec<String>,
    /// Folder to create the specs in [default: `specs` in this folder].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Kind of file: platform, fix, crate, approvals, pages or transcript.
    #[arg(value_name = "FILE")]
    pub file: String,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell to write the script for.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Subcommand whose page is printed [default: the page of `apograph` itself].
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write the pages of `apograph` and of every subcommand to this folder instead.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}

/// Arguments of `git-diff-driver`.
#[derive(Debug, Args)]
pub struct GitDiffDriverArgs {
    /// The arguments that git passes to a diff driver.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub arguments: Vec<String>,
}

/// Parses a date.
pub(super) fn day(text: &str) -> Result<jiff::civil::Date, &'static str> {
    crate::spec::day(text).ok_or("expected a date such as 2026-01-31")
}
