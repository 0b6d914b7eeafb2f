//! `apograph diff`: compares two revisions of the specs and reports which callers break.

mod approvals;
mod driver;
mod files;
mod git;
mod input;
mod install;
mod name;

pub(super) use driver::driver;

use std::path::Path;
use std::thread;

use crate::cli::{DiffArgs, DiffFormat, FailOn, SummaryLanguage};
use crate::commands::folders;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::diff::output::{self, Language, Order};
use crate::diff::verdict::{Bump, Level};
use crate::diff::{self, Report, Scope};
use crate::source::Sources;
use git::Git;
use input::Input;
use name::Names;

/// Compares the two revisions, and writes the report to standard output.
pub(super) fn diff(args: &DiffArgs, terminal: &mut Terminal<'_>) -> Outcome {
    if args.schema {
        terminal.write(output::SCHEMA);
        return Outcome::Done;
    }
    terminal.list_all(args.all);
    // Two named folders can be compared anywhere, so a missing specs folder is reported where it is needed.
    let specs = match folders::specs(args.specs.as_deref()) {
        Ok(specs) => specs,
        Err(error @ folders::Error::Linked(..)) if args.new.is_none() => return terminal.fail(error),
        Err(_) => args.specs.clone().unwrap_or_else(|| "specs".into()),
    };
    if args.install_git_driver {
        return install::install(&specs, terminal);
    }
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let inputs = match inputs(args, &specs, &mut sources, terminal) {
        Ok(inputs) => inputs,
        Err(error) => return terminal.fail(error),
    };
    let compared = match compare(args, inputs, &mut sources, &mut diagnostics) {
        Ok(compared) => compared,
        Err(error) => return terminal.fail(error),
    };
    // Errors in approvals fail the run whatever `--fail-on` is.
    terminal.show(&diagnostics, &sources);
    let Some(Compared { mut report, extent }) = compared else {
        return terminal.fail("the revisions were not compared because one of them has errors");
    };
    let failed = diagnostics.has_errors() || args.fail_on.is_some_and(|limit| fails(&report, limit));
    report.keep(if args.all { Level::Hidden } else { Level::Doc });
    if !report.is_empty() {
        let text = match args.summary {
            Some(languages) => output::summary(&report, spoken(languages)),
            None => write(args, &report, &sources, terminal),
        };
        terminal.write(&text);
    }
    match extent {
        Extent::Part => terminal.fail("files with errors were not compared; the report is about everything else"),
        Extent::Whole if failed => Outcome::Findings,
        Extent::Whole => Outcome::Done,
    }
}

fn spoken(languages: SummaryLanguage) -> &'static [Language] {
    match languages {
        SummaryLanguage::En => &[Language::English],
        SummaryLanguage::Zh => &[Language::Chinese],
        SummaryLanguage::Both => &[Language::English, Language::Chinese],
    }
}

fn write(args: &DiffArgs, report: &Report, sources: &Sources, terminal: &Terminal<'_>) -> String {
    let order = if args.all { Order::Listed } else { Order::Counted };
    match args.format {
        DiffFormat::Text => output::terminal(report, sources, terminal.result_color(), order),
        DiffFormat::Json => output::json(report, sources),
        DiffFormat::Markdown => output::markdown(report, sources),
        DiffFormat::Github => output::github(report, sources),
        DiffFormat::Html => output::html(report, sources),
        DiffFormat::Sarif => output::sarif(report, sources),
    }
}

/// Reads the two revisions that the arguments name.
fn inputs(
    args: &DiffArgs,
    specs: &Path,
    sources: &mut Sources,
    terminal: &mut Terminal<'_>,
) -> Result<[Input; 2], String> {
    let git = Git { folder: if specs.is_dir() { specs } else { Path::new(".") } };
    let named = [args.old.as_deref(), args.new.as_deref()];
    let Names { old, new } = name::read(named, specs, &git, &mut |note| terminal.complain(note))?;
    let (before, after) = thread::scope(|scope| {
        let after = scope.spawn(|| input::read(&new, &git));
        (input::read(&old, &git), after.join())
    });
    let after = after.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let inputs = [before?, after?];
    if matches!(args.format, DiffFormat::Github | DiffFormat::Markdown | DiffFormat::Sarif) {
        for (name, input) in [&old, &new].into_iter().zip(&inputs) {
            if let Some(root) = name.in_repository(input.shown()) {
                sources.set_root(input.shown(), root);
            }
        }
    }
    Ok(inputs)
}

/// A comparison.
struct Compared {
    report: Report,
    extent: Extent,
}

/// Whether every spec was compared.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Extent {
    Whole,
    /// Some specs have errors.
    Part,
}

/// Compares the two revisions. Returns `None` if errors make that impossible.
fn compare(
    args: &DiffArgs,
    inputs: [Input; 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Compared>, String> {
    let are_whole = inputs.iter().all(|input| matches!(input, Input::Specs(_)));
    match inputs {
        [Input::Specs(old) | Input::Part(old), Input::Specs(new) | Input::Part(new)] => {
            let Ok(approvals) = approvals::read(&old, &new, sources, diagnostics) else { return Ok(None) };
            let Some([old, new]) = diff::read([old, new], sources, diagnostics) else { return Ok(None) };
            let extent = if diagnostics.has_errors() { Extent::Part } else { Extent::Whole };
            let mut report = diff::compare(&old, &new);
            if let Some(approvals) = approvals {
                // The change that an approval is for may be in a spec that was not compared.
                let scope = if are_whole && extent == Extent::Whole { Scope::Whole } else { Scope::Part };
                approvals.apply(&mut report, args.today.unwrap_or_else(approvals::today), scope, diagnostics);
            }
            Ok(Some(Compared { report, extent }))
        }
        [Input::Loose(old, before), Input::Loose(new, after)] => {
            let report = diff::compare_loose([(&old, before), (&new, after)], sources, diagnostics);
            Ok(report.map(|report| Compared { report, extent: Extent::Whole }))
        }
        _ => Err("one revision is a spec inside a specs folder, the other is not".to_owned()),
    }
}

/// Returns whether a finding reaches the limit. Approved findings do not count.
fn fails(report: &Report, limit: FailOn) -> bool {
    report.open().map(|finding| &finding.verdict).any(|verdict| match limit {
        FailOn::Error => verdict.level >= Level::Error,
        FailOn::Warn => verdict.level >= Level::Warning,
        FailOn::Major => verdict.bump >= Bump::Major,
        FailOn::MustUpgrade => verdict.must_upgrade,
    })
}
