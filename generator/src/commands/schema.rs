//! `apograph schema`: the JSON Schema of a kind of file.

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::SchemaArgs;
use crate::diagnostic::{nearest, quoted};
use crate::spec;

/// Prints the schema.
pub(super) fn schema(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let Some(schema) = spec::json_schema(&args.file) else {
        return terminal.fail(unknown(&args.file));
    };
    terminal.say(format_args!("{schema:#}"));
    Outcome::Done
}

fn unknown(name: &str) -> String {
    let names = || spec::schema_names().map(|(name, _)| name);
    let help = match nearest(name, names()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are schemas of {}", names().collect::<Vec<_>>().join(", ")),
    };
    format!("no kind of file is called {}\nhelp: {help}", quoted(name))
}
