//! `apograph lint`: everything that is wrong with the specs, at once.

use super::lock_file::{Keep, LockFile};
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::LintArgs;
use crate::diagnostic::{Code, Diagnostics, counted};
use crate::source::Sources;
use crate::{pipeline, spec};

/// Checks the specs as far as `generate` would, and writes nothing.
pub(super) fn lint(args: &LintArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let specs = spec::load_dir(&args.specs, &mut sources, &mut diagnostics);
    let lock = LockFile::read(args.lock.as_deref(), &args.specs, Keep::Everything, &mut sources, &mut diagnostics);
    pipeline::check(&specs, lock.map(|(_, lock)| lock).unwrap_or_default(), &mut diagnostics);
    if args.deny_doubts {
        diagnostics.deny(Code::UnsettledDoubt);
    }
    terminal.show(&diagnostics, &sources);
    let outcome = Outcome::of(&diagnostics);
    if outcome != Outcome::Done {
        return outcome;
    }
    let count: usize = specs.platforms.iter().map(|platform| platform.endpoints.len()).sum();
    terminal.say(format_args!("{}, no errors, {}", counted(count, "API"), counted(diagnostics.warnings(), "warning")));
    Outcome::Done
}
