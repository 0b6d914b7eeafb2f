//! `apograph diff`: compares two revisions of the specs and reports which callers break.

mod approvals;
mod driver;
mod files;
mod git;
mod input;
mod install;
mod set_version;

pub(super) use driver::driver;

use std::path::{Path, PathBuf};
use std::thread;

use crate::cli::{DiffArgs, DiffFormat, FailOn, RevisionArgs, SummaryLanguage};
use crate::commands::folders;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::diff::output::{self, Language, Order};
use crate::diff::verdict::{Bump, Level};
use crate::diff::{self, Report, Scope};
use crate::source::Sources;
use input::Input;
use jiff::civil::Date;

/// Compares the two revisions, and writes the report to standard output.
pub(super) fn diff(args: &DiffArgs, terminal: &mut Terminal<'_>) -> Outcome {
    if args.schema {
        terminal.write(output::SCHEMA);
        return Outcome::Done;
    }
    terminal.list_all(args.all);
    let specs = match specs_of(&args.revisions) {
        Ok(specs) => specs,
        Err(error) => return terminal.fail(error),
    };
    if args.install_git_driver {
        return install::install(&specs, terminal);
    }
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let compared = match compare(&args.revisions, &specs, &mut sources, &mut diagnostics) {
        Ok(compared) => compared,
        Err(error) => return terminal.fail(error),
    };
    let Some(mut compared) = compared else {
        terminal.show(&diagnostics, &sources);
        return terminal.fail("the revisions were not compared because one of them has errors");
    };
    // Errors in approvals fail the run whatever `--fail-on` is.
    terminal.show(&diagnostics, &sources);
    let failed = diagnostics.has_errors() || args.fail_on.is_some_and(|limit| fails(&compared.report, limit));
    let set = if args.set_version { set_version::set_version(&compared, terminal) } else { Outcome::Done };
    let report = &mut compared.report;
    report.keep(if args.all { Level::Hidden } else { Level::Doc });
    if !report.is_empty() {
        let text = match args.summary {
            Some(languages) => output::summary(report, spoken(languages)),
            None => write(args, report, &sources, terminal),
        };
        terminal.write(&text);
    }
    set.max(if failed { Outcome::Findings } else { Outcome::Done })
}

/// Returns the specs folder. Two named folders can be compared anywhere, so a missing specs folder is reported where it is
/// needed.
pub(super) fn specs_of(args: &RevisionArgs) -> Result<PathBuf, folders::Error> {
    match folders::specs(args.specs.as_deref()) {
        Ok(specs) => Ok(specs),
        Err(error @ folders::Error::Linked(..)) if args.new.is_none() => Err(error),
        Err(_) => Ok(args.specs.clone().unwrap_or_else(|| "specs".into())),
    }
}

/// Returns the day on which approvals must be valid.
pub(super) fn day_of(args: &RevisionArgs) -> Date {
    args.today.unwrap_or_else(approvals::today)
}

/// A comparison.
pub(super) struct Compared {
    pub(super) report: Report,
    pub(super) scope: Scope,
    /// The specs folder that the new revision is read from. `None` if it is in git, or outside of a specs folder.
    pub(super) home: Option<PathBuf>,
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

/// Compares the two revisions. Returns `None` if one of them has errors.
pub(super) fn compare(
    args: &RevisionArgs,
    specs: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Compared>, String> {
    let named = specs.to_string_lossy();
    let (old, new) = (args.old.as_deref().unwrap_or("git:HEAD"), args.new.as_deref().unwrap_or(&named));
    let path = new;
    let (old, new) = thread::scope(|scope| {
        let new = scope.spawn(|| input::read(new, specs));
        (input::read(old, specs), new.join())
    });
    let new = new.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let scope =
        if [&old, &new].iter().all(|side| matches!(side, Ok(Input::Specs(_)))) { Scope::Whole } else { Scope::Part };
    let (old, new) = (old?, new?);
    let home = input::home(path, &new);
    let report = match (old, new) {
        (Input::Specs(old) | Input::Part(old), Input::Specs(new) | Input::Part(new)) => {
            let Ok(approvals) = approvals::read(&old, &new, sources, diagnostics) else { return Ok(None) };
            let revisions = diff::read([old, new], sources, diagnostics);
            let mut report = revisions.map(|[old, new]| diff::compare(&old, &new));
            if let (Some(report), Some(approvals)) = (&mut report, &approvals) {
                approvals.apply(report, day_of(args), scope, diagnostics);
            }
            report
        }
        (Input::Loose(old, before), Input::Loose(new, after)) => {
            diff::compare_loose([(&old, before), (&new, after)], sources, diagnostics)
        }
        _ => return Err("one revision is a spec inside a specs folder, the other is not".to_owned()),
    };
    Ok(report.map(|report| Compared { report, scope, home }))
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
