//! `apograph generate`: specs to crate, or whether the crate is what the specs say.

use std::time::Instant;

use super::lock_file::{Keep, LockFile};
use super::outcome::Outcome;
use super::runtime_source;
use super::terminal::Terminal;
use crate::cli::GenerateArgs;
use crate::diagnostic::{Diagnostics, counted};
use crate::emit::{Options, RuntimeSource, Workspace};
use crate::source::Sources;
use crate::tree::{Comparison, FileState, Staged, Tree, TreeError, TreePath, replace};
use crate::{emit, lock, pipeline, spec};

/// What a run would write.
struct Output {
    tree: Tree,
    /// The modules of the platforms.
    platforms: Vec<String>,
    lock_file: LockFile,
    lock: String,
    tombstones: usize,
}

/// Writes the crate, or with `--check` says what writing it would change.
pub(super) fn generate(args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let started = Instant::now();
    let output = match output(args, terminal) {
        Ok(output) => output,
        Err(outcome) => return outcome,
    };
    let compared = if args.check { output.tree.compare(&args.out) } else { write(&output, args) };
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(error) => return terminal.fail(error),
    };
    if args.check {
        return report_check(&comparison, &output, args, terminal);
    }
    report_written(&comparison, &output, terminal);
    terminal.say(format_args!("{} is what the specs say ({} ms)", args.out.display(), started.elapsed().as_millis()));
    Outcome::Done
}

/// Writes the crate, and the lock last: until then a run that is cut off can be repeated as it was.
fn write(output: &Output, args: &GenerateArgs) -> Result<Comparison, TreeError> {
    let lock = output.lock_file.stage(&output.lock)?;
    let comparison = output.tree.write(&args.out)?;
    if let Some(path) = &args.api_listing {
        replace(path, &emit::listing(&output.tree))?;
    }
    lock.map_or(Ok(()), Staged::commit)?;
    Ok(comparison)
}

/// Returns what is to be written, or the outcome if the specs or the lock have errors.
fn output(args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Result<Output, Outcome> {
    let runtime = match runtime_source::find(args.runtime.as_deref(), &args.specs, &args.out) {
        Ok(runtime) => runtime,
        Err(error) => return Err(terminal.fail(error)),
    };
    if let (None, RuntimeSource::Version(version)) = (&args.runtime, &runtime) {
        terminal.complain(format_args!(
            "note: no generator/runtime around {}: the crate takes version {version} from the registry",
            args.specs.display()
        ));
    }
    let workspace = if args.standalone { Workspace::Standalone } else { Workspace::Member };
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let specs = spec::load_dir(&args.specs, &mut sources, &mut diagnostics);
    let keep = args.unlock.as_deref().map_or(Keep::Everything, Keep::AllBut);
    let read = LockFile::read(args.lock.as_deref(), &args.specs, keep, &mut sources, &mut diagnostics);
    let checked = read.and_then(|(file, lock)| Some((file, pipeline::check(&specs, lock, &mut diagnostics)?)));
    terminal.show(&diagnostics, &sources);
    let Some((lock_file, checked)) = checked else { return Err(Outcome::of(&diagnostics)) };
    Ok(Output {
        tree: checked.emit(&Options { runtime, workspace }),
        platforms: checked.names.platforms.iter().map(|platform| platform.module.to_string()).collect(),
        lock_file,
        lock: checked.lock(),
        tombstones: lock::tombstones(&checked.model),
    })
}

/// One line per platform, and one for the files that belong to none.
fn report_written(comparison: &Comparison, output: &Output, terminal: &mut Terminal<'_>) {
    let platforms = &output.platforms;
    let width = platforms.iter().map(String::len).max().unwrap_or(0).max("crate".len());
    let mut names: Vec<&str> = platforms.iter().map(String::as_str).collect();
    // What is left of a platform that is gone.
    names.extend(comparison.iter().filter_map(|(path, _)| platform_of(path)));
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().map(Some).chain([None]) {
        let count = |wanted: &[FileState]| {
            comparison.iter().filter(|(path, state)| platform_of(path) == name && wanted.contains(state)).count()
        };
        let written = count(&[FileState::Missing, FileState::Stale]);
        let unchanged = count(&[FileState::Unchanged]);
        let removed = count(&[FileState::Orphan]);
        let name = name.unwrap_or("crate");
        terminal.say(format_args!("{name:width$}  {written} written, {unchanged} unchanged, {removed} removed"));
    }
    if output.lock_file.state(&output.lock) != FileState::Unchanged {
        terminal.say(format_args!("{:width$}  {} written", "lock", output.lock_file.path().display()));
    }
    if output.tombstones > 0 {
        let tombstones = counted(output.tombstones, "tombstone");
        terminal.say(format_args!("{tombstones} of what the pages no longer have; --unlock lets them go"));
    }
}

/// The platform whose folder the file is in.
fn platform_of(path: &TreePath) -> Option<&str> {
    path.as_str().strip_prefix("src/").and_then(|below| below.split_once('/')).map(|(platform, _)| platform)
}

fn report_check(comparison: &Comparison, output: &Output, args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let lock = output.lock_file.state(&output.lock);
    if comparison.is_current() && lock == FileState::Unchanged {
        terminal.say(format_args!("{} is what the specs say", args.out.display()));
        return Outcome::Done;
    }
    let files = comparison.iter().map(|(path, state)| (path.below(&args.out), state));
    for (path, state) in files.chain([(output.lock_file.path().to_owned(), lock)]) {
        let what = match state {
            FileState::Unchanged => continue,
            FileState::Stale => "stale",
            FileState::Missing => "missing",
            FileState::Orphan => "orphan",
            FileState::Foreign => "foreign",
        };
        terminal.complain(format_args!("{what:8} {}", path.display()));
    }
    if comparison.with(FileState::Foreign).next().is_some() {
        terminal
            .complain("foreign files are not apograph's: move them away, or generate into another folder with --out");
    }
    terminal.complain(format_args!("to mend it run: {}", mending_command(args)));
    Outcome::Findings
}

/// The command that writes what this run compared, ready for a shell.
fn mending_command(args: &GenerateArgs) -> String {
    let mut command = String::from("apograph generate");
    let mut option = |name: &str, value: &str| command.push_str(&format!(" {name} {}", quoted(value)));
    let (specs, out) = (args.specs.to_string_lossy(), args.out.to_string_lossy());
    if specs != "specs" {
        option("--specs", &specs);
    }
    if out != "generated" {
        option("--out", &out);
    }
    if let Some(runtime) = &args.runtime {
        option("--runtime", runtime);
    }
    if let Some(lock) = &args.lock {
        option("--lock", &lock.to_string_lossy());
    }
    if args.standalone {
        command.push_str(" --standalone");
    }
    if let Some(apis) = &args.unlock {
        command.push_str(" --unlock");
        apis.iter().for_each(|api| command.push_str(&format!(" {}", quoted(api))));
    }
    command
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._/\\:^=~+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
