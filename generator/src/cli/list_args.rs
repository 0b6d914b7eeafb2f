//! The arguments of `list`.

use std::path::PathBuf;

use clap::Args;

use super::args::DocumentArgs;

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// APIs to list: names, or patterns with `*` and `?` [default: all APIs].
    #[arg(value_name = "PATTERN")]
    pub apis: Vec<String>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// Lock file, which keeps Rust names stable [default: api.lock in the specs folder].
    #[arg(long, value_name = "PATH")]
    pub lock: Option<PathBuf>,
    /// The form of the list.
    #[command(flatten)]
    pub document: DocumentArgs,
}
