//! `apograph transcribe`: pages in, transcripts below the specs folder out.

mod homes;
mod input;
mod report;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;

use super::{Outcome, Terminal};
use crate::cli::TranscribeArgs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Sources};
use crate::spec::{EndpointSpec, write};
use crate::transcribe::{Families, Options, Refusal};
use crate::{transcribe as pages, tree};
use input::Input;
use report::Report;

/// Transcribes the pages; those that are refused leave no file, the others are written all the same.
pub(super) fn transcribe(args: &TranscribeArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let inputs = match input::read(&args.pages) {
        Ok(inputs) => inputs,
        Err(error) => {
            terminal.complain(format_args!("error: {error}"));
            return Outcome::Found;
        }
    };
    if inputs.len() > 1 && (args.api.is_some() || args.source_url.is_some()) {
        terminal.complain("error: --api and --source-url are facts of one page, and there are several");
        return Outcome::Found;
    }
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let Some(mut families) = homes::families(args, &mut sources, &mut diagnostics) else {
        terminal.show(&diagnostics, &sources);
        return Outcome::Found;
    };
    let options = Options { api: args.api.clone(), source_url: args.source_url.clone() };
    let mut report = Report::new(inputs.len());
    let mut taken = BTreeMap::new();
    for (input, read) in inputs.iter().zip(read_all(&inputs, &options)) {
        let read = read.and_then(|spec| place(args, &mut families, spec, &mut report));
        let read = read.and_then(|file| alone(file, input, &mut taken));
        match read {
            Ok(file) => settle(args, input, file, &mut report, terminal),
            Err(refusal) => {
                report.refused += 1;
                diagnostics.push(diagnostic(input, refusal, &mut sources));
            }
        }
    }
    terminal.show(&diagnostics, &sources);
    report.show(args, terminal);
    if report.is_good(args) { Outcome::Done } else { Outcome::Found }
}

/// A transcript with the place where it belongs.
struct File {
    path: PathBuf,
    spec: EndpointSpec,
}

/// Reads all pages on all cores; the results are in the order of the pages.
fn read_all(inputs: &[Input], options: &Options) -> Vec<Result<EndpointSpec, Refusal>> {
    let read =
        |inputs: &[Input]| -> Vec<_> { inputs.iter().map(|input| pages::transcribe(&input.bytes, options)).collect() };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = inputs.len().div_ceil(cores).max(1);
    if share >= inputs.len() {
        return read(inputs);
    }
    thread::scope(|scope| {
        let threads: Vec<_> = inputs.chunks(share).map(|part| (part, scope.spawn(move || read(part)))).collect();
        let joined = threads.into_iter().map(|(part, thread)| thread.join().unwrap_or_else(|_| read(part)));
        joined.flatten().collect()
    })
}

fn place(
    args: &TranscribeArgs,
    families: &mut Families,
    spec: EndpointSpec,
    report: &mut Report,
) -> Result<File, Refusal> {
    let home = families.place(&spec.api, args.family.as_deref()).map_err(|error| Refusal {
        code: Code::NoFamily,
        at: 0..0,
        message: format!("`{}` has no place: {error}", spec.api),
        help: None,
    })?;
    if let Some(prefix) = home.undeclared {
        report.undeclared(&home.family, &prefix);
    }
    let path = args.specs.join(&args.platform).join(&home.family).join(format!("{}.yaml", home.leaf));
    Ok(File { path, spec })
}

/// Refuses a page whose transcript would take the place of another API's, or of another page's of this run.
fn alone(file: File, input: &Input, taken: &mut BTreeMap<PathBuf, String>) -> Result<File, Refusal> {
    let refuse = |code, message: String, help: &str| Err(Refusal { code, at: 0..0, message, help: Some(help.into()) });
    if let Some(other) = taken.get(&file.path) {
        let message = format!("`{}` is transcribed in this run from {other} already", file.spec.api);
        return refuse(Code::RepeatedApi, message, "keep one page of each API");
    }
    let standing = homes::standing(&file.path).filter(|old| old.spec.api != file.spec.api);
    if let Some(old) = standing {
        let message = format!("{} is the transcript of `{}`", file.path.display(), old.spec.api);
        return refuse(Code::NoFamily, message, "give one of the two another family");
    }
    taken.insert(file.path.clone(), input.name.clone());
    Ok(file)
}

/// Compares a transcript with the one that stands, and writes it if that is asked for.
fn settle(args: &TranscribeArgs, input: &Input, mut file: File, report: &mut Report, terminal: &mut Terminal<'_>) {
    let standing = homes::standing(&file.path);
    if let Some(old) = &standing {
        // What a page cannot say stays as it was.
        file.spec.source.page = file.spec.source.page.or_else(|| old.spec.source.page.clone());
    }
    let text = write::transcript(&file.spec);
    report.count(&file.spec);
    let shown = file.path.display();
    if standing.as_ref().is_some_and(|old| old.text == text) {
        report.unchanged += 1;
        return;
    }
    let known = file.path.exists();
    report.changed += usize::from(known);
    report.new += usize::from(!known);
    if args.check {
        let what = if known { "behind " } else { "missing" };
        terminal.complain(format_args!("{what}  {shown}  ({})", input.name));
        return;
    }
    if args.dry_run {
        terminal.say(format_args!("would write {shown}"));
        return;
    }
    if let Err(error) = tree::replace(&file.path, &text) {
        report.failed += 1;
        terminal.complain(format_args!("error: {error}"));
    }
}

fn diagnostic(input: &Input, refusal: Refusal, sources: &mut Sources) -> Diagnostic {
    let file = sources.add(input.name.as_str(), String::from_utf8_lossy(&input.bytes));
    let at = if refusal.at == (0..0) { Place::file(file) } else { Place::bytes(file, refusal.at) };
    let diagnostic = Diagnostic::new(refusal.code, at, refusal.message);
    match refusal.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
