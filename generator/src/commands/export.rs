//! `apograph export`: describes the APIs for other tools.

use super::folders;
use super::lock_file::{Keep, LockFile};
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::{ExportArgs, ExportFormat};
use crate::diagnostic::{Diagnostics, counted};
use crate::export::{self, Document, Folder, Format, Plan};
use crate::selection::Selection;
use crate::source::Sources;
use crate::{pipeline, spec};

/// Writes the documents, or compares them with `--check`.
pub(super) fn export(args: &ExportArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let documents = match documents(args, terminal) {
        Ok(documents) => documents,
        Err(outcome) => return outcome,
    };
    let folder = Folder::new(&args.out, format(args.format));
    let plan = match folder.plan(&documents) {
        Ok(plan) => plan,
        Err(error) => return terminal.fail(error),
    };
    if args.check {
        return compared(args, &plan, terminal);
    }
    if let Err(error) = folder.apply(&plan) {
        return terminal.fail(error);
    }
    let Plan { changed, old, unchanged } = plan;
    let (written, removed) = (changed.len(), old.len());
    terminal.say(format_args!("{}: {written} written, {unchanged} unchanged, {removed} removed", args.out.display()));
    Outcome::Done
}

fn format(format: ExportFormat) -> Format {
    match format {
        ExportFormat::OpenApi => Format::OpenApi,
        ExportFormat::JsonSchema => Format::JsonSchema,
    }
}

/// Reads the specs and the lock as `generate` does. Their warnings are not shown: `lint` shows them.
fn documents(args: &ExportArgs, terminal: &mut Terminal<'_>) -> Result<Vec<Document>, Outcome> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let specs = spec::load_dir(&folder, &mut sources, &mut diagnostics);
    let lock = LockFile::read(args.lock.as_deref(), &folder, Keep::Everything, &mut sources, &mut diagnostics);
    let Some(checked) = lock.and_then(|(_, lock)| pipeline::check(&specs, lock, &mut diagnostics)) else {
        terminal.show(&diagnostics, &sources);
        return Err(Outcome::of(&diagnostics));
    };
    let checked = checked.narrowed(&Selection::new(&args.apis)).map_err(|unmatched| terminal.fail(unmatched))?;
    Ok(export::export(format(args.format), &checked.model, &checked.names, &specs))
}

fn compared(args: &ExportArgs, plan: &Plan<'_>, terminal: &mut Terminal<'_>) -> Outcome {
    if plan.changed.is_empty() && plan.old.is_empty() {
        terminal.say(format_args!("{} is up to date", args.out.display()));
        return Outcome::Done;
    }
    for (path, _) in &plan.changed {
        terminal.complain(format_args!("stale  {}", path.display()));
    }
    for path in &plan.old {
        terminal.complain(format_args!("old    {}", path.display()));
    }
    let files = counted(plan.changed.len() + plan.old.len(), "file");
    terminal.complain(format_args!("{files} not up to date: run the command again without --check"));
    Outcome::Findings
}
