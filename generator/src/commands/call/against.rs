//! The comparison with a text that another client signed.

use std::path::Path;

use apograph_runtime::{Comparison, SigningReport};
use zeroize::Zeroizing;

use super::input::Input;
use crate::cli::RequestArgs;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;

/// Returns the other text: the argument itself, the content of `@FILE`, or standard input for `-`. The
/// comparison ignores the line end of a file.
///
/// # Errors
///
/// The message for the user.
pub(super) fn read(argument: &str, request: &RequestArgs) -> Result<Zeroizing<String>, String> {
    let input = match argument.strip_prefix('@') {
        Some(path) => Input::read_file(Path::new(path)),
        None if argument != "-" => return Ok(Zeroizing::new(argument.to_owned())),
        None if request.request == Path::new("-") => {
            return Err("`--request` and `--against` cannot both read standard input".to_owned());
        }
        None => Input::read(Path::new("-")),
    }?;
    Ok(input.text)
}

/// Prints the first difference.
pub(super) fn compare(report: &SigningReport, text: &str, terminal: &mut Terminal<'_>) -> Outcome {
    let comparison = report.compare(text);
    terminal.say(format_args!("\nagainst the other text:\n{comparison}"));
    if let Comparison::TokenAdded(..) = comparison {
        terminal.say("help: `--send-session` sends the session");
    }
    match comparison {
        Comparison::Same | Comparison::SameSignature => Outcome::Done,
        _ => Outcome::Findings,
    }
}
