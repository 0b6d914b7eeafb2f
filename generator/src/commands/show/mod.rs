//! `apograph show`: all that is known about an API.

mod text;

use std::path::Path;

use super::folders;
use super::lock_file;
use super::outcome::Outcome;
use super::report::{Answer, Report, Summary, answered};
use super::terminal::Terminal;
use crate::catalogue::{self, Chosen, Locations, may_be_selected};
use crate::cli::ShowArgs;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::selection::{Selection, Unmatched};
use crate::source::{FileId, Sources};
use crate::spec::{self, Specs};

/// Shows each API as a tree.
pub(super) fn show(args: &ShowArgs, terminal: &mut Terminal<'_>) -> Outcome {
    answered("show", args.document, terminal, |report, terminal| {
        shown(args, report, terminal).unwrap_or_else(|outcome| outcome)
    })
}

fn shown(args: &ShowArgs, report: &mut Report, terminal: &mut Terminal<'_>) -> Result<Outcome, Outcome> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let selection = Selection::new(&args.apis);
    let Report { sources, diagnostics, .. } = report;
    let specs = spec::load_some(&folder, &|files| may_be_selected(&selection, files), sources, diagnostics);
    let lock = lock_file::file(args.lock.as_deref(), &folder, sources, diagnostics);
    if let Err(unmatched) = checked(&selection, &specs, lock, sources, &folder) {
        // The API may be one whose files have errors.
        diagnostics.retain(Diagnostic::is_error);
        terminal.show(diagnostics, sources);
        return Err(if diagnostics.is_empty() { terminal.fail(unmatched) } else { Outcome::of(diagnostics) });
    }
    let chosen = Chosen::new(specs, &selection, lock, sources, diagnostics);
    let apis = catalogue::show(&chosen, sources, diagnostics);
    diagnostics.retain(Diagnostic::is_error);
    terminal.show(diagnostics, sources);
    let width = terminal.result_width();
    for (index, api) in apis.iter().enumerate() {
        let gap = if index > 0 { "\n" } else { "" };
        terminal.say_document(format_args!("{gap}{}", text::page(api, width)));
    }
    report.summary = Summary::Show { apis: apis.len() };
    report.answer = Some(Answer::Shown(apis));
    Ok(Outcome::of(&report.diagnostics))
}

/// Checks that each pattern matches an API of the specs or the lock. If one does not, the names of all APIs are read to find
/// those that may be meant.
fn checked(
    selection: &Selection,
    specs: &Specs,
    lock: Option<FileId>,
    sources: &Sources,
    folder: &Path,
) -> Result<(), Unmatched> {
    let locations = Locations::read(lock.map_or("", |file| sources.text(file)));
    let known = |specs: &Specs| {
        let mut known: Vec<String> = specs.apis().into_iter().map(str::to_owned).collect();
        known.extend(locations.apis().map(str::to_owned));
        known
    };
    let check = |known: Vec<String>| selection.check(&known.iter().map(String::as_str).collect::<Vec<_>>());
    check(known(specs)).or_else(|_| {
        let all = spec::load_dir(folder, &mut Sources::new(), &mut Diagnostics::new());
        check(known(&all))
    })
}
