//! `apograph fmt`: rewrites transcripts in canonical form. Fix files are written by people and stay as they are.

use std::path::PathBuf;

use super::folders;
use super::outcome::Outcome;
use super::shell::CommandLine;
use super::terminal::Terminal;
use crate::cli::FmtArgs;
use crate::diagnostic::{Diagnostics, counted};
use crate::source::Sources;
use crate::{spec, tree};

/// Rewrites every transcript that is not in canonical form, or lists them with `--check`.
pub(super) fn fmt(args: &FmtArgs, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.list_all(args.all);
    let folder = match folders::specs(args.specs.as_deref()) {
        Ok(folder) => folder,
        Err(error) => return terminal.fail(error),
    };
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let specs = spec::load_dir(&folder, &mut sources, &mut diagnostics);
    let mut changes: Vec<(PathBuf, String)> = Vec::new();
    let mut count = 0;
    for platform in &specs.platforms {
        for endpoint in &platform.endpoints {
            count += 1;
            let canonical = spec::fmt(endpoint.file, &sources, &mut diagnostics);
            let path = folder.join(&platform.name).join(&endpoint.family).join(format!("{}.yaml", endpoint.leaf));
            changes.extend(canonical.filter(|text| text != sources.text(endpoint.file)).map(|text| (path, text)));
        }
    }
    if diagnostics.has_errors() {
        // `lint` reports doubts and other warnings.
        terminal.show(&diagnostics, &sources);
    }
    let written = if args.check { report(&changes, args, terminal) } else { write(&changes, terminal) };
    let outcome = written.max(Outcome::of(&diagnostics));
    if outcome == Outcome::Done {
        terminal.say(format_args!("{}, {} rewritten", counted(count, "transcript"), changes.len()));
    }
    outcome
}

fn report(changes: &[(PathBuf, String)], args: &FmtArgs, terminal: &mut Terminal<'_>) -> Outcome {
    for (path, _) in changes {
        terminal.complain(format_args!("not canonical  {}", path.display()));
    }
    if changes.is_empty() {
        return Outcome::Done;
    }
    let command = CommandLine::new("fmt").path("--specs", args.specs.as_deref());
    terminal.complain(format_args!("{} not in canonical form", counted(changes.len(), "transcript")));
    terminal.complain(format_args!("to fix this, run: {command}"));
    Outcome::Findings
}

fn write(changes: &[(PathBuf, String)], terminal: &mut Terminal<'_>) -> Outcome {
    let mut outcome = Outcome::Done;
    for (path, text) in changes {
        if let Err(error) = tree::replace(path, text) {
            outcome = terminal.fail(error);
        }
    }
    outcome
}
