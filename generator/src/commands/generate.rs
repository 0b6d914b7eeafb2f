//! `apograph generate`: specs to crate, or whether the crate is what the specs say.

use std::time::Instant;

use super::{Outcome, Terminal, runtime_source};
use crate::cli::GenerateArgs;
use crate::diagnostic::Diagnostics;
use crate::emit::{Options, RuntimeSource, Workspace};
use crate::source::Sources;
use crate::tree::{Comparison, FileState, Tree, TreePath};
use crate::{pipeline, spec};

/// Writes the crate, or with `--check` says what writing it would change.
pub(super) fn generate(args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let started = Instant::now();
    let Some((tree, platforms)) = output(args, terminal) else { return Outcome::Found };
    let compared = if args.check { tree.compare(&args.out) } else { tree.write(&args.out) };
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(error) => {
            terminal.complain(format_args!("error: {error}"));
            return Outcome::Found;
        }
    };
    if args.check {
        return report_check(&comparison, args, terminal);
    }
    report_written(&comparison, &platforms, terminal);
    terminal.say(format_args!("{} is what the specs say ({} ms)", args.out.display(), started.elapsed().as_millis()));
    Outcome::Done
}

/// The files to be, and the modules of the platforms; nothing if the specs have errors.
fn output(args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Option<(Tree, Vec<String>)> {
    let runtime = match runtime_source::find(args.runtime.as_deref(), &args.specs, &args.out) {
        Ok(runtime) => runtime,
        Err(error) => {
            terminal.complain(format_args!("error: {error}"));
            return None;
        }
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
    let checked = pipeline::check(&specs, &mut diagnostics);
    terminal.show(&diagnostics, &sources);
    let checked = checked?;
    let platforms = checked.names.platforms.iter().map(|platform| platform.module.to_string()).collect();
    Some((checked.emit(&Options { runtime, workspace }), platforms))
}

/// One line per platform, and one for the files that belong to none.
fn report_written(comparison: &Comparison, platforms: &[String], terminal: &mut Terminal<'_>) {
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
}

/// The platform whose folder the file is in.
fn platform_of(path: &TreePath) -> Option<&str> {
    path.as_str().strip_prefix("src/").and_then(|below| below.split_once('/')).map(|(platform, _)| platform)
}

fn report_check(comparison: &Comparison, args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Outcome {
    if comparison.is_current() {
        terminal.say(format_args!("{} is what the specs say", args.out.display()));
        return Outcome::Done;
    }
    for (path, state) in comparison.iter() {
        let what = match state {
            FileState::Unchanged => continue,
            FileState::Stale => "stale",
            FileState::Missing => "missing",
            FileState::Orphan => "orphan",
            FileState::Foreign => "foreign",
        };
        terminal.complain(format_args!("{what:8} {}", path.below(&args.out).display()));
    }
    if comparison.with(FileState::Foreign).next().is_some() {
        terminal
            .complain("foreign files are not apograph's: move them away, or generate into another folder with --out");
    }
    terminal.complain(format_args!("to mend it run: {}", mending_command(args)));
    Outcome::Found
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
    if args.standalone {
        command.push_str(" --standalone");
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
