//! `apograph diff`: compares two revisions of the specs and reports which callers break.

mod approvals;
mod driver;
mod files;
mod git;
mod input;
mod install;
mod name;
mod set_version;

pub(super) use driver::driver;

use std::path::{Path, PathBuf};
use std::thread;

use crate::cli::{DiffArgs, DiffFormat, FailOn, RevisionArgs, SummaryLanguage};
use crate::commands::folders;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::diff::output::{self, Amount, Language, Style};
use crate::diff::verdict::{Bump, Level};
use crate::diff::{self, Report, Scope};
use crate::source::Sources;
use git::Git;
use input::Input;
use jiff::civil::Date;
use name::{Name, Names};

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
    let mut note = |note: String| terminal.complain(note);
    let compared = match compare(&args.revisions, &specs, &mut sources, &mut diagnostics, &mut note) {
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
            Some(languages) => output::summary(report, spoken(args.lang.unwrap_or(languages)), amount(args)),
            None => write(args, report, &sources, terminal),
        };
        terminal.write(&text);
    }
    if compared.extent == Extent::Part {
        return terminal.fail("files with errors were not compared; the report is about everything else");
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
    pub(super) extent: Extent,
}

/// Whether every spec was compared.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Some files have errors.
    Part,
}

fn spoken(languages: SummaryLanguage) -> &'static [Language] {
    match languages {
        SummaryLanguage::En => &[Language::English],
        SummaryLanguage::Zh => &[Language::Chinese],
        SummaryLanguage::Both => &[Language::English, Language::Chinese],
    }
}

fn amount(args: &DiffArgs) -> Amount {
    if args.all { Amount::All } else { Amount::Worst }
}

fn write(args: &DiffArgs, report: &Report, sources: &Sources, terminal: &Terminal<'_>) -> String {
    let amount = amount(args);
    match args.format {
        DiffFormat::Text => {
            let style = Style { color: terminal.result_color(), width: terminal.result_width(), amount };
            output::terminal(report, sources, style)
        }
        DiffFormat::Json => output::json(report, sources),
        DiffFormat::Markdown => output::markdown(report, sources, amount),
        DiffFormat::Github => output::github(report, sources, amount),
        DiffFormat::Html => output::html(report, sources),
        DiffFormat::Sarif => output::sarif(report, sources),
    }
}

/// Reads the two revisions that the arguments name, and returns them with the specs folder of the new one.
fn inputs(
    args: &RevisionArgs,
    specs: &Path,
    sources: &mut Sources,
    note: &mut dyn FnMut(String),
) -> Result<([Input; 2], Option<PathBuf>), String> {
    let git = Git { folder: if specs.is_dir() { specs } else { Path::new(".") } };
    let Names { old, new } = name::read([args.old.as_deref(), args.new.as_deref()], specs, &git, note)?;
    let (before, after) = thread::scope(|scope| {
        let after = scope.spawn(|| input::read(&new, &git));
        (input::read(&old, &git), after.join())
    });
    let after = after.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let inputs = [before?, after?];
    for (name, input) in [&old, &new].into_iter().zip(&inputs) {
        if let Some(root) = name.in_repository(input.shown()) {
            sources.set_root(input.shown(), root);
        }
    }
    let home = match &new {
        Name::Path(path) => input::home(&path.to_string_lossy(), &inputs[1]),
        Name::Revision { .. } => None,
    };
    Ok((inputs, home))
}

/// Compares the two revisions. Returns `None` if errors make that impossible.
pub(super) fn compare(
    args: &RevisionArgs,
    specs: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    note: &mut dyn FnMut(String),
) -> Result<Option<Compared>, String> {
    let (inputs, home) = inputs(args, specs, sources, note)?;
    let are_whole = inputs.iter().all(|input| matches!(input, Input::Specs(_)));
    match inputs {
        [Input::Specs(old) | Input::Part(old), Input::Specs(new) | Input::Part(new)] => {
            let Ok(approvals) = approvals::read(&old, &new, sources, diagnostics) else { return Ok(None) };
            let common_apis = Some(diff::common_apis([&old, &new]));
            let Some([old, new]) = diff::read([old, new], sources, diagnostics) else { return Ok(None) };
            let extent = if diagnostics.has_errors() { Extent::Part } else { Extent::Whole };
            // The change that an approval is for may be in a spec that was not compared.
            let scope = if are_whole && extent == Extent::Whole { Scope::Whole } else { Scope::Part };
            let mut report = Report { common_apis, ..diff::compare(old, new) };
            if let Some(approvals) = approvals {
                approvals.apply(&mut report, day_of(args), scope, diagnostics);
            }
            Ok(Some(Compared { report, scope, home, extent }))
        }
        [Input::Loose(old, before), Input::Loose(new, after)] => {
            let report = diff::compare_loose([(&old, before), (&new, after)], sources, diagnostics);
            Ok(report.map(|report| Compared { report, scope: Scope::Part, home, extent: Extent::Whole }))
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
