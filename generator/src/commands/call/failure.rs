//! Why a call was not signed, not sent, or refused.

use apograph_runtime::Error;

use super::credentials;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::model::Platform;

/// Reports an error of a call, with the server's own texts: unlike those of a log, they are for the person who called.
pub(super) fn report(error: &Error, platform: &Platform, terminal: &mut Terminal<'_>) -> Outcome {
    if let Error::MissingSession { .. } = error {
        return terminal.fail(format_args!("{error}\n{}", session_help(platform)));
    }
    terminal.fail(error);
    let texts: [(&str, Option<&str>); 3] = match error {
        Error::Platform(error) => [
            ("message", error.msg.as_deref()),
            ("sub code", error.sub_code.as_deref()),
            ("sub message", error.sub_msg.as_deref()),
        ],
        Error::Status(error) => [("message", error.message.as_deref()), ("", None), ("", None)],
        _ => [("", None); 3],
    };
    for (name, text) in texts {
        if let Some(text) = text {
            terminal.complain(format_args!("{name}: {text}"));
        }
    }
    match error {
        Error::Platform(_) | Error::Status(_) | Error::Removed { .. } | Error::Violations(_) => Outcome::Findings,
        _ => Outcome::Failed,
    }
}

/// Returns the help about a missing session: the variable that sets it.
pub(super) fn session_help(platform: &Platform) -> String {
    let known = platform.scheme.session().and_then(|index| platform.scheme.credentials.get(index));
    let known = known.map(|known| credentials::variable(&platform.name, &known.name));
    known.map_or_else(String::new, |variable| format!("help: set the variable `{variable}`"))
}
