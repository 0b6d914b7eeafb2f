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

#[cfg(all(test, not(feature = "call")))]
mod tests {
    use clap::Parser as _;

    use crate::cli::Cli;
    use crate::commands::{Outcome, Terminal, run};
    use crate::diagnostic::Color;

    #[test]
    fn without_the_feature_the_command_names_it() {
        let cli = Cli::try_parse_from(["apograph", "refresh"]).expect("arguments");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(&cli.command, &mut Terminal::new(&mut out, &mut err, Color::Never));
        assert_eq!(outcome, Outcome::Failed);
        assert!(String::from_utf8_lossy(&err).contains("cargo install --locked --path generator --features call"));
        let help = Cli::try_parse_from(["apograph", "refresh", "--help"]).expect_err("the help").to_string();
        assert!(help.starts_with("this build of apograph cannot fetch pages"), "{help}");
    }
}
