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

#[cfg(feature = "call")]
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

use crate::cli::{ChangesArgs, DiffArgs, DiffFormat, FailOn, RevisionArgs, SummaryLanguage};
use crate::commands::folders;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::diff::output::{self, Amount, Language, Style};
use crate::diff::verdict::{Bump, Level};
use crate::diff::{self, Report, Scope, Texts};
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
    terminal.list_all(args.changes.all);
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
    terminal.show(&diagnostics, &sources);
    let set = match &compared {
        Some(compared) if args.set_version => set_version::set_version(compared, terminal),
        _ => Outcome::Done,
    };
    set.max(report(&args.changes, compared, &diagnostics, &sources, terminal))
}

/// Writes the report of a comparison to standard output, unless there is nothing to report. `None` is a comparison that errors
/// made impossible.
pub(super) fn report(
    args: &ChangesArgs,
    compared: Option<Compared>,
    diagnostics: &Diagnostics,
    sources: &Sources,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    let Some(mut compared) = compared else {
        return terminal.fail("the revisions were not compared because one of them has errors");
    };
    // Errors in approvals fail the run whatever `--fail-on` is.
    let failed = diagnostics.has_errors() || args.fail_on.is_some_and(|limit| fails(&compared.report, limit));
    let report = &mut compared.report;
    report.keep(if args.all { Level::Hidden } else { Level::Doc });
    if !report.is_empty() {
        let text = match args.summary {
            Some(languages) => output::summary(report, spoken(args.lang.unwrap_or(languages)), amount(args)),
            None => write(args, report, sources, terminal),
        };
        terminal.write(&text);
    }
    if compared.extent == Extent::Part {
        return terminal.fail("files with errors were not compared; the report is about everything else");
    }
    if failed { Outcome::Findings } else { Outcome::Done }
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

fn amount(args: &ChangesArgs) -> Amount {
    if args.all { Amount::All } else { Amount::Worst }
}

fn write(args: &ChangesArgs, report: &Report, sources: &Sources, terminal: &Terminal<'_>) -> String {
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
            let scope = if are_whole { Scope::Whole } else { Scope::Part };
            let compared = compare_texts([old, new], scope, day_of(args), sources, diagnostics);
            Ok(compared.map(|compared| Compared { home, ..compared }))
        }
        [Input::Loose(old, before), Input::Loose(new, after)] => {
            let report = diff::compare_loose([(&old, before), (&new, after)], sources, diagnostics);
            Ok(report.map(|report| Compared { report, scope: Scope::Part, home, extent: Extent::Whole }))
        }
        _ => Err("one revision is a spec inside a specs folder, the other is not".to_owned()),
    }
}

/// Compares two specs folders, or the parts of them that a single spec needs.
fn compare_texts(
    [old, new]: [Texts; 2],
    scope: Scope,
    today: Date,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Compared> {
    let Ok(approvals) = approvals::read(&old, &new, sources, diagnostics) else { return None };
    let common_apis = Some(diff::common_apis([&old, &new]));
    let [old, new] = diff::read([old, new], sources, diagnostics)?;
    let extent = if diagnostics.has_errors() { Extent::Part } else { Extent::Whole };
    // The change that an approval is for may be in a spec that was not compared.
    let scope = if extent == Extent::Whole { scope } else { Scope::Part };
    let mut report = Report { common_apis, ..diff::compare(old, new) };
    if let Some(approvals) = approvals {
        approvals.apply(&mut report, today, scope, diagnostics);
    }
    Some(Compared { report, scope, home: None, extent })
}

/// Compares a specs folder with what it is after these files have changed: path below the folder → text. The approvals are
/// those of the folder, and may be for changes that are not among these.
#[cfg(feature = "call")]
pub(super) fn compare_changed(
    specs: &Path,
    changed: &BTreeMap<String, String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Compared>, String> {
    let mut new = input::folder(specs)?;
    if let Some(root) = Name::Path(specs.to_owned()).in_repository(&new.root) {
        sources.set_root(&new.root, root);
    }
    let old = Texts { root: format!("before:{}", new.root), ..new.clone() };
    new.files.extend(changed.clone());
    Ok(compare_texts([old, new], Scope::Part, approvals::today(), sources, diagnostics))
}

/// Returns whether a finding reaches the limit. Approved findings do not count.
fn fails(report: &Report, limit: FailOn) -> bool {
    report.open().map(|finding| &finding.verdict).any(|verdict| match limit {
        FailOn::Error => verdict.level >= Level::Error,
        FailOn::Warning => verdict.level >= Level::Warning,
        FailOn::Major => verdict.bump >= Bump::Major,
        FailOn::MustUpgrade => verdict.must_upgrade,
    })
}
