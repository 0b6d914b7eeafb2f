//! `apograph sign` and `apograph call`: one request of any API in the specs, signed or sent without generated code.

mod against;
mod body;
mod client;
mod credentials;
mod env_file;
mod failure;
mod input;
mod ready;
#[cfg(feature = "call")]
mod send;
mod target;
mod time;

pub(super) use credentials::{read as read_credentials, variable};
pub(super) use env_file::parse as parse_variables;
pub(super) use input::Input;
use ready::with_ready;

use super::outcome::Outcome;
use super::terminal::Terminal;
#[cfg(not(feature = "call"))]
use crate::cli::CANNOT_SEND;
use crate::cli::{CallArgs, SignArgs};

/// Signs a request, and prints how.
pub(super) fn sign(args: &SignArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let against = match args.against.as_deref().map(|against| against::read(against, &args.request)).transpose() {
        Ok(against) => against,
        Err(error) => return terminal.fail(error),
    };
    with_ready(&args.request, terminal, |ready, terminal| match ready.explained() {
        Ok(report) => {
            terminal.say(&report);
            against.map_or(Outcome::Done, |text| against::compare(&report, &text, terminal))
        }
        Err(error) => ready.report(&error, terminal),
    })
}

/// Sends a request, and prints the answer.
#[cfg(feature = "call")]
pub(super) fn call(args: &CallArgs, terminal: &mut Terminal<'_>) -> Outcome {
    with_ready(&args.request, terminal, |ready, terminal| send::send(ready, args, terminal))
}

/// Explains how to install a program that can send requests: sending needs TLS, which most users of the tool do not.
#[cfg(not(feature = "call"))]
pub(super) fn call(_: &CallArgs, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.fail(CANNOT_SEND)
}

#[cfg(all(test, not(feature = "call")))]
mod tests {
    use clap::Parser as _;

    use crate::cli::Cli;
    use crate::commands::{Outcome, Terminal, run};
    use crate::diagnostic::Color;

    #[test]
    fn without_the_feature_the_command_names_it() {
        let cli = Cli::try_parse_from(["apograph", "call", "--api", "x", "--request", "x"]).expect("arguments");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(&cli.command, &mut Terminal::new(&mut out, &mut err, Color::Never));
        assert_eq!(outcome, Outcome::Failed);
        assert!(String::from_utf8_lossy(&err).contains("cargo install --locked --path generator --features call"));
        let help = Cli::try_parse_from(["apograph", "call", "--help"]).expect_err("the help").to_string();
        assert!(help.starts_with("this build of apograph cannot send requests"), "{help}");
    }
}
