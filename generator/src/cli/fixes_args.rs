//! The arguments of `fixes`.

use std::path::PathBuf;

use clap::Args;

use super::args::ReportArgs;

/// Arguments of `fixes`.
#[derive(Debug, Args)]
pub struct FixesArgs {
    /// Propose fixes for facts that pages state only in prose, each with the part of the text that states it.
    #[arg(long, required_unless_present = "schema")]
    pub suggest: bool,
    /// Transcripts, or folders of transcripts [default: the specs folder].
    #[arg(value_name = "SPEC")]
    pub paths: Vec<PathBuf>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// How findings and suggestions are reported.
    #[command(flatten)]
    pub report: ReportArgs,
}
