//! `apograph lint`: reports everything that is wrong with the specs.

use super::folders;
use super::lock_file::{Keep, LockFile};
use super::outcome::Outcome;
use super::report::{Report, Summary, reported};
use super::terminal::Terminal;
use crate::cli::LintArgs;
use crate::diagnostic::{Code, counted};
use crate::{pipeline, spec};

/// Checks the specs as far as `generate` would, and writes nothing.
pub(super) fn lint(args: &LintArgs, terminal: &mut Terminal<'_>) -> Outcome {
    reported("lint", &args.report, terminal, |report, terminal| check(args, report, terminal))
}

fn check(args: &LintArgs, report: &mut Report, terminal: &mut Terminal<'_>) -> Outcome {
    let folder = match folders::specs(args.specs.as_deref()) {
        Ok(folder) => folder,
        Err(error) => return terminal.fail(error),
    };
    let Report { sources, diagnostics, summary, .. } = report;
    let specs = spec::load_dir(&folder, sources, diagnostics);
    let lock = LockFile::read(args.lock.as_deref(), &folder, Keep::Everything, sources, diagnostics);
    pipeline::check(&specs, lock.map(|(_, lock)| lock).unwrap_or_default(), diagnostics);
    if args.deny_doubts {
        diagnostics.deny(Code::UnsettledDoubt);
    }
    terminal.show(diagnostics, sources);
    let apis = specs.platforms.iter().map(|platform| platform.endpoints.len()).sum();
    *summary = Summary::Lint { apis };
    let outcome = Outcome::of(diagnostics);
    if outcome == Outcome::Done {
        let warnings = counted(diagnostics.warnings(), "warning");
        terminal.say(format_args!("{}, no errors, {warnings}", counted(apis, "API")));
    }
    outcome
}
