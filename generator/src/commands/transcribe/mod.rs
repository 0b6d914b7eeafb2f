//! `apograph transcribe`: reads pages and writes transcripts below the specs folder.

mod assign;
mod counts;
mod homes;
mod input;
mod news;
mod progress;
mod request;
mod settle;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::folders;
use super::outcome::Outcome;
use super::report::{Report, reported};
use super::terminal::Terminal;
use crate::cli::TranscribeArgs;
use crate::diagnostic::{Code, Diagnostic};
use crate::files;
use crate::parallel;
use crate::source::{Place, Sources};
use crate::spec::EndpointSpec;
use crate::transcribe::{self as pages, Options, PlatformWords, Refusal};
use assign::Undeclared;
use counts::Counts;
use homes::{Homes, Target};
use input::Input;
pub(super) use progress::Progress;
use request::Request;
use settle::{Placed, Settled};
#[cfg(feature = "call")]
pub(super) use words::words_of;

/// Transcribes the pages. Rejected pages leave no file; all others are written.
pub(super) fn transcribe(args: &TranscribeArgs, terminal: &mut Terminal<'_>) -> Outcome {
    reported("transcribe", &args.report, terminal, |report, terminal| {
        let specs = match folders::specs(args.specs.as_deref()) {
            Ok(specs) => specs,
            Err(error) => return terminal.fail(error),
        };
        match inputs(args) {
            Ok(inputs) => run(&Request { args, specs }, &inputs, report, terminal),
            Err(error) => terminal.fail(error),
        }
    })
}

fn inputs(args: &TranscribeArgs) -> Result<Vec<Input>, String> {
    let inputs = input::list(&args.pages).map_err(|error| error.to_string())?;
    if inputs.is_empty() {
        return Err("no pages found in the given paths".to_owned());
    }
    if inputs.len() > 1 && (args.api.is_some() || args.source_url.is_some()) {
        return Err("`--api` and `--source-url` apply to a single page, but several pages were given".to_owned());
    }
    Ok(inputs)
}

fn run(request: &Request<'_>, inputs: &[Input], report: &mut Report, terminal: &mut Terminal<'_>) -> Outcome {
    let platform = match &request.args.platform {
        None => None,
        Some(name) => {
            let words = words::words(&request.specs, name, &mut report.sources, &mut report.diagnostics);
            if words.is_none() {
                terminal.show(&report.diagnostics, &report.sources);
                return Outcome::Failed;
            }
            words
        }
    };
    let read = read_all(inputs, request.args, platform, terminal);
    let specs = read.iter().filter_map(|read| read.as_ref().ok());
    let Some(mut homes) = Homes::read(request, specs, &mut report.sources, &mut report.diagnostics) else {
        terminal.show(&report.diagnostics, &report.sources);
        return Outcome::Failed;
    };
    let mut counts = Counts::new(request);
    if request.args.complete {
        let pages = read.iter().flatten().map(|spec| homes.identity(spec)).collect();
        counts.unpaged(homes.unpaged(&pages), report, terminal);
    }
    let mut undeclared = Undeclared::default();
    let placed = place(inputs, read, &mut homes, &mut undeclared);
    for (input, settled) in inputs.iter().zip(settle(placed, request, terminal)) {
        match settled {
            Ok(settled) => {
                let Some(platform) = homes.spec(&settled.platform) else { continue };
                counts.add(settled, platform, report, terminal);
            }
            Err(rejected) => {
                counts.rejected += 1;
                report.diagnostics.push(diagnostic(input, rejected, &mut report.sources));
            }
        }
    }
    counts.declared = undeclared.finish(request, &homes, report, terminal);
    terminal.show(&report.diagnostics, &report.sources);
    report.summary = counts.summary(inputs.len());
    counts.show(inputs.len(), terminal);
    counts.outcome().max(Outcome::of(&report.diagnostics))
}

/// A rejected page, with its text if the refusal points into it.
struct Refused {
    refusal: Refusal,
    text: String,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, text: String::new() }
    }
}

fn read_all(
    inputs: &[Input],
    args: &TranscribeArgs,
    platform: Option<PlatformWords>,
    terminal: &Terminal<'_>,
) -> Vec<Result<EndpointSpec, Refused>> {
    let options = Options { api: args.api.clone(), source_url: args.source_url.clone(), platform };
    let progress = Progress::new("reading", inputs.len(), terminal);
    parallel::map(inputs, |input| {
        let read = read(input, &options);
        progress.page_done();
        read
    })
}

fn read(input: &Input, options: &Options) -> Result<EndpointSpec, Refused> {
    let bytes = input.bytes()?;
    pages::transcribe(&bytes, options).map_err(|refusal| {
        // A page that is rejected as a whole is not shown, so its text is not needed.
        let text = if refusal.at.is_none() { String::new() } else { pages::shown(&bytes) };
        Refused { text, refusal }
    })
}

/// Finds the paths of all transcripts, in the order of the API names, so that the family of an API does not depend on the
/// order in which pages were given.
fn place(
    inputs: &[Input],
    read: Vec<Result<EndpointSpec, Refused>>,
    homes: &mut Homes<'_>,
    undeclared: &mut Undeclared,
) -> Vec<Result<Placed, Refused>> {
    let name = |read: &Result<EndpointSpec, Refused>| read.as_ref().map(|spec| spec.api.clone()).unwrap_or_default();
    let mut order: Vec<(String, usize)> = read.iter().enumerate().map(|(at, read)| (name(read), at)).collect();
    order.sort();
    let mut waiting: Vec<_> = read.into_iter().map(Some).collect();
    let mut placed = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, (String, String)> = BTreeMap::new();
    for (_, at) in order {
        let (Some(read), Some(input)) = (waiting.get_mut(at).and_then(Option::take), inputs.get(at)) else { continue };
        let target = read.and_then(|spec| {
            let target = homes.target(&spec)?;
            if let Some(other) = taken.get(&target.path) {
                return Err(taken_by(&spec.api, &target, other).into());
            }
            undeclared.add(&target);
            taken.insert(target.path.clone(), (input.name.clone(), spec.api.clone()));
            Ok(Placed { page: input.name.clone(), platform: target.platform, path: target.path, spec })
        });
        placed.insert(at, target);
    }
    placed.into_values().collect()
}

fn taken_by(api: &str, target: &Target, (page, other): &(String, String)) -> Refusal {
    if api == other {
        let message = format!("`{api}` was already transcribed in this run, from {page}");
        return Refusal::of_page(Code::RepeatedApi, message).help("keep one page for each API");
    }
    let message = format!("`{other}`, from {page}, has the same path: {}", target.path.display());
    Refusal::of_page(Code::TakenPlace, message).help("give one of the APIs another family with `--family`")
}

fn settle(
    placed: Vec<Result<Placed, Refused>>,
    request: &Request<'_>,
    terminal: &Terminal<'_>,
) -> Vec<Result<Settled, Refused>> {
    let writes = !request.args.check && !request.args.dry_run;
    if writes {
        let families = placed.iter().flatten().filter_map(|placed| placed.path.parent());
        families.collect::<BTreeSet<_>>().into_iter().for_each(files::sweep);
    }
    let progress = Progress::new(if writes { "writing" } else { "comparing" }, placed.len(), terminal);
    parallel::map(placed, |placed| {
        let settled = placed.and_then(|placed| Ok(settle::settle(placed, &request.specs, writes)?));
        progress.page_done();
        settled
    })
}

fn diagnostic(input: &Input, Refused { refusal, text }: Refused, sources: &mut Sources) -> Diagnostic {
    let file = sources.add(input.name.as_str(), text);
    let place = refusal.at.map_or_else(|| Place::file(file), |at| Place::bytes(file, at));
    let diagnostic = Diagnostic::new(refusal.code, place, refusal.message);
    match refusal.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
