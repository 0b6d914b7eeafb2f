//! The arguments of `approve`.

use clap::builder::{PossibleValuesParser, TypedValueParser as _, ValueParser};
use clap::{ArgGroup, Args, ValueEnum};

use super::args::{RevisionArgs, day};
use crate::terms::Cause;

/// Arguments of `approve`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("filters").args(["kind", "api", "level", "fingerprint"]).required(true).multiple(true)))]
pub struct ApproveArgs {
    /// What is compared.
    #[command(flatten)]
    pub revisions: RevisionArgs,
    /// Approve changes of this kind: an id as `diff` shows it, or a pattern with `*` and `?`. Repeatable.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Approve changes of the API with this name, or of all APIs whose names match a pattern with `*` and `?`. Repeatable.
    #[arg(long, value_name = "PATTERN")]
    pub api: Vec<String>,
    /// Approve changes of this level. Repeatable.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub level: Vec<ApprovedLevel>,
    /// Approve the change with this fingerprint. Repeatable.
    #[arg(long, value_name = "FINGERPRINT")]
    pub fingerprint: Vec<String>,
    /// Why the changes are there.
    #[arg(long, value_name = "CAUSE", value_parser = PossibleValuesParser::new(Cause::WORDS).try_map(cause))]
    pub cause: Cause,
    /// Why they are accepted.
    #[arg(long, value_name = "TEXT", value_parser = ValueParser::new(text))]
    pub reason: String,
    /// Who accepts them.
    #[arg(long, value_name = "NAME", value_parser = ValueParser::new(text))]
    pub who: String,
    /// Last day on which the approval is valid: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(day))]
    pub until: jiff::civil::Date,
    /// Print the entries that would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// The level of a change that can be approved.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ApprovedLevel {
    /// Breaks somebody's program.
    Error,
    /// Needs review.
    #[value(alias = "warn")]
    Warning,
    /// Good to know.
    Info,
    /// Documentation only.
    Doc,
}

fn cause(word: String) -> Result<Cause, &'static str> {
    Cause::from_word(&word).ok_or("unknown cause")
}

fn text(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("the text is empty") } else { Ok(text.to_owned()) }
}
