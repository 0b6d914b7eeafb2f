//! `apograph fmt`: rewrites transcripts in canonical form. Fix files are written by people and stay as they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::folders;
use super::outcome::Outcome;
use super::shell::CommandLine;
use super::terminal::Terminal;
use crate::cli::FmtArgs;
use crate::diagnostic::{Diagnostics, counted};
use crate::files;
use crate::source::Sources;
use crate::spec;

/// A transcript that is not in canonical form.
struct Change<'a> {
    path: PathBuf,
    /// The text that was read, without a byte order mark.
    before: &'a str,
    /// The canonical text.
    text: String,
}

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
    let mut changes = Vec::new();
    let mut families = BTreeSet::new();
    let mut count = 0;
    for platform in &specs.platforms {
        for endpoint in &platform.endpoints {
            count += 1;
            let before = sources.text(endpoint.file);
            let family = folder.join(&platform.name).join(&endpoint.family);
            let path = family.join(format!("{}.yaml", endpoint.leaf));
            families.insert(family);
            let canonical = spec::fmt(endpoint.file, &sources, &mut diagnostics);
            changes.extend(canonical.filter(|text| text != before).map(|text| Change { path, before, text }));
        }
    }
    if diagnostics.has_errors() {
        // `lint` reports doubts and other warnings.
        terminal.show(&diagnostics, &sources);
    }
    let written = if args.check {
        report(&changes, args, terminal)
    } else {
        families.iter().for_each(|family| files::sweep(family));
        write(&folder, &changes, terminal)
    };
    let outcome = written.max(Outcome::of(&diagnostics));
    if outcome == Outcome::Done {
        terminal.say(format_args!("{}, {} rewritten", counted(count, "transcript"), changes.len()));
    }
    outcome
}

fn report(changes: &[Change<'_>], args: &FmtArgs, terminal: &mut Terminal<'_>) -> Outcome {
    for change in changes {
        terminal.complain(format_args!("not canonical  {}", change.path.display()));
    }
    if changes.is_empty() {
        return Outcome::Done;
    }
    let command = CommandLine::new("fmt").path("--specs", args.specs.as_deref());
    terminal.complain(format_args!("{} not in canonical form", counted(changes.len(), "transcript")));
    terminal.complain(format_args!("to fix this, run: {command}"));
    Outcome::Findings
}

fn write(specs: &Path, changes: &[Change<'_>], terminal: &mut Terminal<'_>) -> Outcome {
    let mut outcome = Outcome::Done;
    for Change { path, before, text } in changes {
        // The transcript was read before, unless it has changed since.
        let is_known = |found: &[u8]| found.strip_prefix("\u{feff}".as_bytes()).unwrap_or(found) == before.as_bytes();
        if let Err(error) = files::replace(specs, path, text, &is_known) {
            outcome = terminal.fail(error);
        }
    }
    outcome
}
