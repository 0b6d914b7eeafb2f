//! `apograph refresh`: fetches the pages of the specs again, and reports what changed, as `diff` does.

#[cfg(feature = "call")]
mod address;
#[cfg(feature = "call")]
mod fetch;
#[cfg(feature = "call")]
mod run;
#[cfg(feature = "call")]
mod store;

use super::outcome::Outcome;
use super::terminal::Terminal;
#[cfg(not(feature = "call"))]
use crate::cli::CANNOT_FETCH;
use crate::cli::RefreshArgs;

/// Fetches the pages, and reports what changed.
#[cfg(feature = "call")]
pub(super) fn refresh(args: &RefreshArgs, terminal: &mut Terminal<'_>) -> Outcome {
    run::refresh(args, terminal)
}

/// Explains how to install a program that can fetch pages.
#[cfg(not(feature = "call"))]
pub(super) fn refresh(_: &RefreshArgs, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.fail(CANNOT_FETCH)
}
