//! The arguments of `search`.

use std::path::PathBuf;

use clap::Args;

use super::args::DocumentArgs;

/// Arguments of `search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words that must all occur, in any order.
    #[arg(required_unless_present = "schema", value_name = "WORD")]
    pub words: Vec<String>,
    /// Show at most this many APIs [default: 20, and all with `--format json`].
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// The form of the result.
    #[command(flatten)]
    pub document: DocumentArgs,
}
