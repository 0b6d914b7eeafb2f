//! The command line program, run in this process.

use std::ffi::OsString;

use apograph::cli::Cli;
use apograph::commands::{self, Outcome, Terminal};
use apograph::diagnostic::Color;

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    /// How it ended, which is its exit status.
    pub outcome: Outcome,
    /// Whether it exited with 0.
    pub success: bool,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// Runs `apograph` with the arguments.
///
/// # Panics
///
/// If the arguments do not parse.
pub fn apograph<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Run {
    let arguments = [OsString::from("apograph")].into_iter().chain(arguments.into_iter().map(Into::into));
    let cli = <Cli as clap::Parser>::try_parse_from(arguments).unwrap_or_else(|error| panic!("{error}"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = commands::run(&cli.command, &mut Terminal::new(&mut out, &mut err, Color::Never));
    Run {
        outcome,
        success: outcome == Outcome::Done,
        out: String::from_utf8_lossy(&out).into_owned(),
        err: String::from_utf8_lossy(&err).into_owned(),
    }
}
