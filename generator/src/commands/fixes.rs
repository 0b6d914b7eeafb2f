//! `apograph fixes --suggest`: proposes fixes for facts that pages state only in prose. It writes no file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::folders;
use super::outcome::Outcome;
use super::report::{Report, Suggestion, Summary, reported};
use super::terminal::Terminal;
use crate::cli::FixesArgs;
use crate::diagnostic::{Diagnostic, Diagnostics, counted};
use crate::source::{Sources, SpecPath};
use crate::spec::{self, EndpointSpecs, FixSpec, PlatformSpecs};
use crate::suggest;

/// Prints the proposals as entries of fix files.
pub(super) fn fixes(args: &FixesArgs, terminal: &mut Terminal<'_>) -> Outcome {
    reported("fixes", &args.report, terminal, |report, terminal| propose(args, report, terminal))
}

fn propose(args: &FixesArgs, report: &mut Report, terminal: &mut Terminal<'_>) -> Outcome {
    let folder = match folders::specs(args.specs.as_deref()) {
        Ok(folder) => folder,
        Err(error) => return terminal.fail(error),
    };
    let Report { sources, diagnostics, .. } = report;
    let specs = spec::load_dir(&folder, sources, diagnostics);
    // Doubts are warnings, which `lint` reports.
    diagnostics.retain(Diagnostic::is_error);
    let all = || specs.platforms.iter().flat_map(|platform| platform.endpoints.iter().map(move |api| (platform, api)));
    let path = |(platform, api): (&PlatformSpecs, &EndpointSpecs)| {
        folder.join(&platform.name).join(&api.family).join(format!("{}.yaml", api.leaf))
    };
    let mut selection = match Selection::new(&args.paths) {
        Ok(selection) => selection,
        Err(error) => return terminal.fail(error),
    };
    let chosen: Vec<_> = all().filter(|api| selection.contains(&path(*api))).collect();
    if let Some(unused) = selection.unused() {
        return terminal.fail(format_args!("{}: there is no transcript of the specs folder here", unused.display()));
    }
    for (platform, api) in &chosen {
        let fixes = of_api(platform, api, sources);
        let file = path((platform, api)).with_extension("fix.yaml").to_string_lossy().replace('\\', "/");
        if !fixes.is_empty() {
            terminal.say_document(format_args!("# {file}\n{}", spec::fixes_text(&fixes)));
        }
        let suggestion = |fix| Suggestion { file: file.clone(), api: api.spec.api.clone(), fix };
        report.suggestions.extend(fixes.into_iter().map(suggestion));
    }
    report.summary = Summary::Fixes { apis: chosen.len(), suggestions: report.suggestions.len() };
    terminal.show(&report.diagnostics, &report.sources);
    terminal.complain(told(chosen.len(), report.suggestions.len()));
    Outcome::of(&report.diagnostics)
}

fn told(apis: usize, suggestions: usize) -> String {
    let apis = counted(apis, "API");
    match suggestions {
        0 => format!("{apis}: no fixes to suggest"),
        1 => format!("{apis}: 1 fix suggested; compare it with its page before you accept it"),
        count => format!("{apis}: {count} fixes suggested; compare each with its page before you accept it"),
    }
}

/// Proposes fixes for facts that no fix of the API is about.
fn of_api(platform: &PlatformSpecs, api: &EndpointSpecs, sources: &Sources) -> Vec<FixSpec> {
    let (path, text) = (sources.path(api.file), sources.text(api.file).to_owned());
    // The paths and texts in fixes are those of the transcript in its file.
    let raw = spec::load_transcript(path, text, &mut Sources::new(), &mut Diagnostics::new());
    let known: BTreeSet<SpecPath> =
        api.fix_file.into_iter().flat_map(|file| spec::fixed_paths(file, sources)).collect();
    let is_fixed = |at: &SpecPath| known.contains(at) || api.origins.has_fix(at);
    raw.map(|raw| suggest::suggest(&raw, &platform.spec.values.types, &is_fixed)).unwrap_or_default()
}

/// The transcripts that the user names. Without names, all of them.
struct Selection {
    /// Absolute path, and whether a transcript is there.
    named: Vec<(PathBuf, bool)>,
}

impl Selection {
    fn new(paths: &[PathBuf]) -> Result<Self, String> {
        let absolute = |path: &PathBuf| {
            let path = transcript(path);
            fs::canonicalize(&path).map(|path| (path, false)).map_err(|error| format!("{}: {error}", path.display()))
        };
        Ok(Self { named: paths.iter().map(absolute).collect::<Result<_, _>>()? })
    }

    fn contains(&mut self, path: &Path) -> bool {
        if self.named.is_empty() {
            return true;
        }
        let Ok(path) = fs::canonicalize(path) else { return false };
        let mut found = false;
        for (_, used) in self.named.iter_mut().filter(|(named, _)| path.starts_with(named)) {
            (found, *used) = (true, true);
        }
        found
    }

    /// Returns a name at which there is no transcript.
    fn unused(&self) -> Option<&Path> {
        self.named.iter().find(|(_, used)| !used).map(|(path, _)| path.as_path())
    }
}

/// Returns the transcript that a fix file is for, or the path itself.
fn transcript(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match name.strip_suffix(".fix.yaml") {
        Some(stem) => path.with_file_name(format!("{stem}.yaml")),
        None => path.to_owned(),
    }
}
