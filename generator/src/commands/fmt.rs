//! `apograph fmt`: transcripts in canonical form. Fix files are people's and stay as they are.

use std::path::PathBuf;

use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::FmtArgs;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::{spec, tree};

/// Rewrites every transcript that is not canonical, or with `--check` names it.
pub(super) fn fmt(args: &FmtArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let specs = spec::load_dir(&args.specs, &mut sources, &mut diagnostics);
    let mut changes: Vec<(PathBuf, String)> = Vec::new();
    let mut count = 0;
    for platform in &specs.platforms {
        for endpoint in &platform.endpoints {
            count += 1;
            let canonical = spec::fmt(endpoint.file, &sources, &mut diagnostics);
            let path = args.specs.join(&platform.name).join(&endpoint.family).join(format!("{}.yaml", endpoint.leaf));
            changes.extend(canonical.filter(|text| text != sources.text(endpoint.file)).map(|text| (path, text)));
        }
    }
    if diagnostics.has_errors() {
        // Doubts and other warnings are lint's.
        terminal.show(&diagnostics, &sources);
    }
    let written = if args.check { report(&changes, terminal) } else { write(&changes, terminal) };
    let outcome = written.max(Outcome::of(&diagnostics));
    if outcome != Outcome::Done {
        return outcome;
    }
    terminal.say(format_args!("{} transcripts, {} rewritten", count, changes.len()));
    Outcome::Done
}

fn report(changes: &[(PathBuf, String)], terminal: &mut Terminal<'_>) -> Outcome {
    for (path, _) in changes {
        terminal.complain(format_args!("not canonical  {}", path.display()));
    }
    if changes.is_empty() {
        return Outcome::Done;
    }
    terminal.complain("to mend it run: apograph fmt");
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
