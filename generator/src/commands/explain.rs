//! `apograph explain`: what a diagnostic code means, or a list of all codes.

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::ExplainArgs;
use crate::diagnostic::{Code, explanation, nearest, quoted};

/// Prints the explanation of a code, or every code with its title.
pub(super) fn explain(args: &ExplainArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let Some(text) = &args.code else {
        list(terminal);
        return Outcome::Done;
    };
    let Some(code) = find(text) else {
        return terminal.fail(unknown(text));
    };
    terminal.say(format_args!("{} ({}): {}\n", code.id(), code.severity().word(), code.title()));
    terminal.say(explanation(code));
    Outcome::Done
}

fn list(terminal: &mut Terminal<'_>) {
    for code in Code::ALL {
        terminal.say(format_args!("{}  {}", code.id(), code.title()));
    }
}

/// Finds a code by its id in any letter case, with or without the letter.
fn find(text: &str) -> Option<Code> {
    let is_meant = |code: &&Code| code.id().eq_ignore_ascii_case(text) || code.id().get(1..) == Some(text);
    Code::ALL.iter().find(is_meant).copied()
}

fn unknown(text: &str) -> String {
    let ids = Code::ALL.iter().map(|code| code.id());
    let help = match nearest(&text.to_ascii_uppercase(), ids) {
        Some(id) => format!("did you mean `{id}`?"),
        None => "`apograph explain` lists all codes".to_owned(),
    };
    format!("unknown code {}\nhelp: {help}", quoted(text))
}
