//! `apograph generate`: writes the crate and the lock from the specs, or reports whether they are up to date.

mod digest;
mod known;
mod make;
mod record;
mod workspace;
mod written;

use std::path::{Path, PathBuf};
use std::time::Instant;

use self::make::{Maker, NewRecord};
use super::folders;
use super::lock_file::LockFile;
use super::outcome::Outcome;
use super::report::{FileReport, Report, Summary, reported};
use super::runtime_source;
use super::shell::CommandLine;
use super::terminal::Terminal;
use crate::cli::GenerateArgs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, counted, quoted};
use crate::emit;
use crate::emit::{Options, RuntimeSource, Workspace};
use crate::files::{self, Staged, WriteError};
use crate::model::Counts;
use crate::selection::Selection;
use crate::source::{Place, SpecPath};
use crate::spec::{CRATE, CrateSpec, Folder, Loaded};
use crate::tree::{Comparison, FileState, Tree, TreeError, TreePath};

/// A run: the arguments, and what they and crate.yaml lead to.
struct Run<'a> {
    args: &'a GenerateArgs,
    folder: PathBuf,
    out: PathBuf,
    /// The folder of the crate that the lock is for. It is another one if the arguments select APIs.
    whole: PathBuf,
    options: Options,
    /// The APIs that the crate contains.
    selection: Selection,
    /// What keeps the crate file's settings from being used, although they are well-formed.
    unusable: Vec<Diagnostic>,
}

/// What a run would write.
struct Output {
    tree: Tree,
    /// The modules of the platforms.
    platforms: Vec<String>,
    /// The lock, and its new text. `None` if it is not written.
    lock: Option<(LockFile, String)>,
    tombstones: usize,
    doubts: usize,
    counts: Counts,
    /// What it leaves for the next run, if that is not there already.
    record: Option<NewRecord>,
}

/// Writes the crate and the lock, or with `--check` reports which files are not up to date.
pub(super) fn generate(args: &GenerateArgs, terminal: &mut Terminal<'_>) -> Outcome {
    reported("generate", &args.report, terminal, |report, terminal| {
        let specs = match folders::specs(args.specs.as_deref()) {
            Ok(specs) => specs,
            Err(error) => return terminal.fail(error),
        };
        let files = Folder::read(&specs);
        match Run::new(args, specs, &files, report, terminal) {
            Ok(run) => run.run(files, report, terminal).unwrap_or_else(|outcome| outcome),
            Err(error) => terminal.fail(error),
        }
    })
}

impl<'a> Run<'a> {
    /// Finds the folder of the crate and its runtime. What is wrong in crate.yaml is a finding.
    fn new(
        args: &'a GenerateArgs,
        folder: PathBuf,
        files: &Folder,
        report: &mut Report,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, String> {
        // What is wrong in the file is reported when it is loaded with the others.
        let package = files.load_some(&|path| path == CRATE, &mut report.sources, &mut Diagnostics::new()).crate_spec;
        let package = package.as_ref();
        let kept = package.and_then(|package| package.spec.out.as_deref());
        let out = folders::out(args.out.as_deref(), kept, &folder).map_err(|error| error.to_string())?;
        let whole = if args.only.is_empty() { out.clone() } else { whole_crate(args, kept, &folder)? };
        let patterns = match package {
            Some(package) if args.only.is_empty() => &package.spec.only,
            _ => &args.only,
        };
        let selection = Selection::new(patterns);
        let mut unusable = Vec::new();
        if let (None, Some(kept), Some(package)) = (&args.out, kept, package)
            && let Some(why) = folders::is_outside(&out, &folder)
        {
            let place = Place::value(package.file, SpecPath::root().key("out"));
            unusable.push(Diagnostic::new(Code::BadPackage, place, format!("{} {why}", quoted(kept))));
        }
        let runtime = runtime(args, package, &folder, &out, &mut unusable, terminal)?;
        let is_standalone = args.standalone || package.is_some_and(|package| package.spec.standalone);
        let workspace = if is_standalone { Workspace::Standalone } else { Workspace::Member };
        Ok(Self { args, folder, out, whole, options: Options { runtime, workspace }, selection, unusable })
    }
}

/// Returns the folder of the crate of all APIs, in which a crate of some APIs is not written.
fn whole_crate(args: &GenerateArgs, kept: Option<&str>, folder: &Path) -> Result<PathBuf, String> {
    let help = "help: name a folder of its own with `--out`; `only` in crate.yaml selects the APIs of the crate itself";
    let Some(out) = &args.out else {
        return Err(format!("`--only` generates another crate, which needs `--out`\n{help}"));
    };
    let whole = folders::whole(kept, folder);
    if folders::are_apart(out, &whole) {
        return Ok(whole);
    }
    let (out, whole) = (out.display(), whole.display());
    Err(format!("`{out}` and the folder of the whole crate, `{whole}`, must not contain each other\n{help}"))
}

/// Returns the runtime that the arguments name, else the one in crate.yaml, else the one in the repository or the registry.
fn runtime(
    args: &GenerateArgs,
    package: Option<&Loaded<CrateSpec>>,
    folder: &Path,
    out: &Path,
    unusable: &mut Vec<Diagnostic>,
    terminal: &mut Terminal<'_>,
) -> Result<RuntimeSource, String> {
    if args.embed_runtime {
        return Ok(RuntimeSource::Embedded);
    }
    if let Some(text) = &args.runtime {
        return runtime_source::named(text, out).map_err(|error| error.to_string());
    }
    if let Some(Loaded { file, spec }) = package
        && let Some(kept) = &spec.runtime
    {
        return runtime_source::kept(kept, folder, out).or_else(|error| {
            let place = Place::value(*file, SpecPath::root().key("runtime").key("path"));
            unusable.push(Diagnostic::new(Code::BadPackage, place, error.to_string()));
            // Nothing is written after a finding.
            Ok(RuntimeSource::Embedded)
        });
    }
    let found = runtime_source::default(folder, out).map_err(|error| error.to_string())?;
    if let RuntimeSource::Version(version) = &found {
        let specs = folder.display();
        terminal.complain(format_args!(
            "note: no generator/runtime found around {specs}: the crate depends on version {version} in the registry; \
             `--embed-runtime` writes the runtime into the crate instead"
        ));
    }
    Ok(found)
}

impl Run<'_> {
    fn run(&self, files: Folder, report: &mut Report, terminal: &mut Terminal<'_>) -> Result<Outcome, Outcome> {
        let started = Instant::now();
        let mut output = self.output(files, report, terminal)?;
        let compared = if self.args.check { output.tree.compare(&self.out) } else { self.write(&output) };
        let comparison = compared.map_err(|error| terminal.fail(error))?;
        self.fill(report, &comparison, &output);
        if self.args.check {
            let outcome = self.report_check(&report.files, &comparison, terminal);
            report_counts(&output.counts, terminal);
            return Ok(outcome);
        }
        self.report_written(&comparison, &output, terminal);
        report_counts(&output.counts, terminal);
        self.note_workspace(&comparison, terminal);
        if let Some(record) = output.record.take() {
            record.write(&output, &self.out);
        }
        terminal.say(format_args!("{} is up to date ({} ms)", self.out.display(), started.elapsed().as_millis()));
        Ok(Outcome::Done)
    }

    /// Builds what is to be written. Fails if the specs or the lock have errors.
    fn output(&self, files: Folder, report: &mut Report, terminal: &mut Terminal<'_>) -> Result<Output, Outcome> {
        let Report { sources, diagnostics, .. } = report;
        let lock_file = LockFile::open(self.args.lock.as_deref(), &self.folder, sources, diagnostics);
        if let (Some(file), None) = (&lock_file, &self.args.unlock) {
            file.demand(&self.whole, sources, diagnostics);
        }
        let made = Maker { run: self, files, lock_file }.make(sources, diagnostics);
        let doubts = match &made {
            Ok(Some(output)) => output.doubts,
            Ok(None) | Err(_) => take_doubts(diagnostics),
        };
        terminal.show(diagnostics, sources);
        self.report_doubts(doubts, terminal);
        let made = made.map_err(|unmatched| terminal.fail(unmatched))?;
        made.ok_or_else(|| Outcome::of(diagnostics))
    }

    fn report_doubts(&self, doubts: usize, terminal: &mut Terminal<'_>) {
        if doubts > 0 {
            let are = if doubts == 1 { "is" } else { "are" };
            let command = CommandLine::new("lint")
                .path("--specs", self.args.specs.as_deref())
                .path("--lock", self.args.lock.as_deref());
            let doubts = counted(doubts, "doubt");
            terminal
                .complain(format_args!("warning: {doubts} {are} not settled by a fix; to list them, run: {command}"));
        }
    }

    /// Writes the crate, and the lock last: until then, an interrupted run can be repeated. A file that may not be replaced is
    /// reported before anything is written.
    fn write(&self, output: &Output) -> Result<Comparison, TreeError> {
        let lock = match &output.lock {
            Some((file, text)) => file.stage(text)?.map(|staged| (file, staged)),
            None => None,
        };
        let listing = self.args.api_listing.as_deref().map(|path| stage_listing(path, &output.tree)).transpose()?;
        if let (Some((file, lock)), Some(listing)) = (&lock, &listing)
            && lock.is_at_path_of(listing)
        {
            return Err(WriteError::Twice(file.path().to_owned()).into());
        }
        let comparison = output.tree.write(&self.out)?;
        for staged in listing.into_iter().chain(lock.map(|(_, staged)| staged)) {
            staged.commit()?;
        }
        Ok(comparison)
    }

    /// Tells how Cargo finds the crate, in the runs that write its manifest.
    fn note_workspace(&self, comparison: &Comparison, terminal: &mut Terminal<'_>) {
        let manifest = comparison.state(&TreePath::new(&[workspace::MANIFEST]));
        if self.options.workspace == Workspace::Member
            && manifest != Some(FileState::Unchanged)
            && let Some(note) = workspace::note(&self.out)
        {
            terminal.complain(note);
        }
    }

    fn fill(&self, report: &mut Report, comparison: &Comparison, output: &Output) {
        let files = comparison.iter().map(|(path, state)| (path.below(&self.out), state));
        let lock = output.lock.as_ref().map(|(file, text)| (file.path().to_owned(), file.state(text)));
        report.files = files.chain(lock).filter_map(|(path, state)| Some(file(&path, word(state)?))).collect();
        let Counts { apis, rows, types, fields } = output.counts;
        report.summary = Summary::Generate {
            unchanged: comparison.with(FileState::Unchanged).count(),
            doubts: output.doubts,
            tombstones: output.tombstones,
            apis,
            rows,
            types,
            fields,
        };
    }

    /// Returns the command that writes what this run compared.
    fn update_command(&self) -> CommandLine {
        let args = self.args;
        CommandLine::new("generate")
            .path("--specs", args.specs.as_deref())
            .path("--out", args.out.as_deref())
            .each("--only", &args.only)
            .text("--runtime", args.runtime.as_deref())
            .flag("--embed-runtime", args.embed_runtime)
            .path("--lock", args.lock.as_deref())
            .flag("--standalone", args.standalone)
            .flag("--unlock", args.unlock.is_some())
            .words(args.unlock.as_deref().unwrap_or_default())
    }
}

/// Writes what the pages have, all of which is in the crate.
fn report_counts(counts: &Counts, terminal: &mut Terminal<'_>) {
    let Counts { apis, rows, types, fields } = *counts;
    let [apis, types] = [(apis, "API"), (types, "type")].map(|(count, noun)| counted(count, noun));
    let [rows, fields] = [rows, fields].map(|count| counted(count, "field"));
    terminal.say(format_args!("{apis} with {rows} on their pages: all in the crate, as {types} with {fields}"));
}

/// Prepares the listing. An empty file may be replaced as well, because tools create files for others to fill.
fn stage_listing(path: &Path, tree: &Tree) -> Result<Staged, WriteError> {
    let folder = path.parent().unwrap_or(path);
    files::sweep(folder);
    Staged::new(folder, path, emit::listing(tree), &|found| found.is_empty() || emit::is_listing(found))
}

/// Removes the unsettled doubts, which `lint` lists, and returns their number.
fn take_doubts(diagnostics: &mut Diagnostics) -> usize {
    let found = diagnostics.len();
    diagnostics.retain(|finding| finding.code() != Code::UnsettledDoubt);
    found - diagnostics.len()
}

fn file(path: &Path, state: &'static str) -> FileReport {
    FileReport::new(path.display().to_string(), state)
}

/// Returns the word for a file that is not up to date.
fn word(state: FileState) -> Option<&'static str> {
    match state {
        FileState::Unchanged => None,
        FileState::Stale => Some("stale"),
        FileState::Missing => Some("missing"),
        FileState::Orphan => Some("orphan"),
        FileState::Foreign => Some("foreign"),
    }
}
