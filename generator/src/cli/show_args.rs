//! The arguments of `show`.

use std::path::PathBuf;

use clap::Args;

use super::args::DocumentArgs;

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// APIs to show: names, or patterns with `*` and `?`.
    #[arg(required_unless_present = "schema", value_name = "API")]
    pub apis: Vec<String>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Lock file, which keeps Rust names stable [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// The form of the result.
    #[command(flatten)]
    pub document: DocumentArgs,
}
