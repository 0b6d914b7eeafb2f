//! The arguments of `refresh`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::ValueParser;

use super::args::ChangesArgs;

/// Arguments of `refresh`.
#[derive(Debug, Args)]
pub struct RefreshArgs {
    /// APIs whose pages are fetched: names, or patterns with `*` and `?` [default: all APIs].
    #[arg(value_name = "API")]
    pub apis: Vec<String>,
    /// Write the transcripts that have changed to the specs folder.
    #[arg(long)]
    pub write: bool,
    /// Folder in which the pages are kept [default: `pages` next to the specs folder].
    #[arg(long, value_name = "DIR")]
    pub pages: Option<PathBuf>,
    /// Pause between two requests, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = ValueParser::new(seconds))]
    pub pause: Duration,
    /// Time limit of each request, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = ValueParser::new(limit))]
    pub timeout: Duration,
    /// Also follow redirects to this host. Other redirects lead to the same host only. Repeatable.
    #[arg(long, value_name = "HOST")]
    pub follow_to: Vec<String>,
    /// Specs folder [default: `specs` in this folder, or in the nearest folder above that has one].
    #[arg(long, value_name = "DIR")]
    pub specs: Option<PathBuf>,
    /// How changes are reported.
    #[command(flatten)]
    pub changes: ChangesArgs,
}

/// Why the command `refresh` fails in builds without the feature `call`.
#[cfg(not(feature = "call"))]
pub const CANNOT_FETCH: &str = "this build of apograph cannot fetch pages\n\
    help: build one that can, for example with `cargo install --locked --path generator --features call` in a checkout; \
    `apograph transcribe` reads saved pages";

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or("expected a number of seconds")
}

fn limit(text: &str) -> Result<Duration, &'static str> {
    seconds(text).ok().filter(|time| !time.is_zero()).ok_or("expected a number of seconds above 0")
}
