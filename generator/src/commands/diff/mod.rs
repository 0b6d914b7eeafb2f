//! `apograph diff`: what two revisions of specs differ in, and who breaks.

mod approvals;
mod driver;
mod git;
mod input;
mod install;

pub(super) use driver::driver;

use std::thread;

use crate::cli::{DiffArgs, DiffFormat, FailOn, SummaryLanguage};
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::diff::output::{self, Language, Order};
use crate::diff::verdict::{Bump, Level};
use crate::diff::{self, Report, Scope};
use crate::source::Sources;
use input::Input;

/// Compares OLD and NEW, and writes the report to standard output.
pub(super) fn diff(args: &DiffArgs, terminal: &mut Terminal<'_>) -> Outcome {
    if args.schema {
        terminal.write(output::SCHEMA);
        return Outcome::Done;
    }
    if args.install_git_driver {
        return install::install(&args.specs, terminal);
    }
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let report = match compare(args, &mut sources, &mut diagnostics) {
        Ok(report) => report,
        Err(error) => return terminal.fail(error),
    };
    let Some(mut report) = report else {
        terminal.show(&diagnostics, &sources);
        return terminal.fail("the revisions were not compared because one of them has errors");
    };
    // What is wrong with approvals fails in any case.
    terminal.show(&diagnostics, &sources);
    let failed = diagnostics.has_errors() || args.fail_on.is_some_and(|limit| fails(&report, limit));
    report.keep(if args.all { Level::Hidden } else { Level::Doc });
    if !report.is_empty() {
        let text = match args.summary {
            Some(languages) => output::summary(&report, spoken(languages)),
            None => write(args, &report, &sources, terminal),
        };
        terminal.write(&text);
    }
    if failed { Outcome::Findings } else { Outcome::Done }
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

/// Nothing if one of the sides has errors.
fn compare(args: &DiffArgs, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Option<Report>, String> {
    let specs = args.specs.to_string_lossy();
    let (old, new) = (args.old.as_deref().unwrap_or("git:HEAD"), args.new.as_deref().unwrap_or(&specs));
    let (old, new) = thread::scope(|scope| {
        let new = scope.spawn(|| input::read(new, &args.specs));
        (input::read(old, &args.specs), new.join())
    });
    let new = new.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let scope =
        if [&old, &new].iter().all(|side| matches!(side, Ok(Input::Specs(_)))) { Scope::Whole } else { Scope::Part };
    match (old?, new?) {
        (Input::Specs(old) | Input::Part(old), Input::Specs(new) | Input::Part(new)) => {
            let Ok(approvals) = approvals::read(&old, &new, sources, diagnostics) else { return Ok(None) };
            let revisions = diff::read([old, new], sources, diagnostics);
            let mut report = revisions.map(|[old, new]| diff::compare(&old, &new));
            if let (Some(report), Some(approvals)) = (&mut report, &approvals) {
                approvals.apply(report, args.today.unwrap_or_else(approvals::today), scope, diagnostics);
            }
            Ok(report)
        }
        (Input::Loose(old, before), Input::Loose(new, after)) => {
            Ok(diff::compare_loose([(&old, before), (&new, after)], sources, diagnostics))
        }
        _ => Err("one side is a spec within its folder, and the other is not".to_owned()),
    }
}

/// Approved findings make nothing fail.
fn fails(report: &Report, limit: FailOn) -> bool {
    report.open().map(|finding| &finding.verdict).any(|verdict| match limit {
        FailOn::Error => verdict.level >= Level::Error,
        FailOn::Warn => verdict.level >= Level::Warning,
        FailOn::Major => verdict.bump >= Bump::Major,
        FailOn::MustUpgrade => verdict.must_upgrade,
    })
}
