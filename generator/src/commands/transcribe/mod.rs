//! `apograph transcribe`: pages in, transcripts below the specs folder out.

mod homes;
mod input;
mod parallel;
mod progress;
mod report;
mod settle;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::TranscribeArgs;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{self, Sources};
use crate::spec::EndpointSpec;
use crate::transcribe::{self as pages, Options, Refusal};
use homes::{Homes, Place};
use input::Input;
use progress::Progress;
use report::Report;
use settle::{Placed, Settled};

/// Transcribes the pages; those that are refused leave no file, the others are written all the same.
pub(super) fn transcribe(args: &TranscribeArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let inputs = match input::list(&args.pages) {
        Ok(inputs) => inputs,
        Err(error) => return terminal.fail(error),
    };
    if inputs.is_empty() {
        return terminal.fail("no pages found in the given paths");
    }
    if inputs.len() > 1 && (args.api.is_some() || args.source_url.is_some()) {
        return terminal.fail("--api and --source-url apply to a single page, but several pages were given");
    }
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let read = read_all(&inputs, args, terminal);
    let specs = read.iter().filter_map(|read| read.as_ref().ok());
    let Some(mut homes) = Homes::read(args, specs, &mut sources, &mut diagnostics) else {
        terminal.show(&diagnostics, &sources);
        return Outcome::Failed;
    };
    let mut report = Report::new(args);
    let placed = place(&inputs, read, &mut homes, &mut report);
    for (input, settled) in inputs.iter().zip(settle(placed, args, terminal)) {
        match settled {
            Ok(settled) => {
                let Some(platform) = homes.spec(&settled.platform) else { continue };
                report.add(settled, platform, terminal, &mut sources, &mut diagnostics);
            }
            Err(refused) => {
                report.refused += 1;
                diagnostics.push(diagnostic(input, refused, &mut sources));
            }
        }
    }
    terminal.show(&diagnostics, &sources);
    report.show(inputs.len(), terminal);
    report.outcome().max(Outcome::of(&diagnostics))
}

/// A page that was refused, with its text where the refusal points into it.
struct Refused {
    refusal: Refusal,
    text: String,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, text: String::new() }
    }
}

fn read_all(inputs: &[Input], args: &TranscribeArgs, terminal: &Terminal<'_>) -> Vec<Result<EndpointSpec, Refused>> {
    let options = Options { api: args.api.clone(), source_url: args.source_url.clone() };
    let progress = Progress::new("reading", inputs.len(), terminal);
    parallel::map(inputs.iter().collect(), |input| {
        let read = read(input, &options);
        progress.page_done();
        read
    })
}

fn read(input: &Input, options: &Options) -> Result<EndpointSpec, Refused> {
    let bytes = input.bytes().map_err(|error| {
        let message = format!("the page cannot be read: {error}");
        Refusal::of_page(Code::Unreadable, message)
    })?;
    pages::transcribe(&bytes, options).map_err(|refusal| {
        // Of a page that is refused as a whole nothing is shown.
        let shown = if refusal.at.is_none() { &[] } else { bytes.as_slice() };
        Refused { text: String::from_utf8_lossy(shown).into_owned(), refusal }
    })
}

/// Finds the places of all transcripts, in the order of their names: where an undeclared family goes does not depend on
/// the order in which pages were given.
fn place(
    inputs: &[Input],
    read: Vec<Result<EndpointSpec, Refused>>,
    homes: &mut Homes<'_>,
    report: &mut Report<'_>,
) -> Vec<Result<Placed, Refused>> {
    let name = |read: &Result<EndpointSpec, Refused>| read.as_ref().map(|spec| spec.api.clone()).unwrap_or_default();
    let mut order: Vec<(String, usize)> = read.iter().enumerate().map(|(at, read)| (name(read), at)).collect();
    order.sort();
    let mut waiting: Vec<_> = read.into_iter().map(Some).collect();
    let mut placed = BTreeMap::new();
    let mut taken: BTreeMap<PathBuf, (String, String)> = BTreeMap::new();
    for (_, at) in order {
        let (Some(read), Some(input)) = (waiting.get_mut(at).and_then(Option::take), inputs.get(at)) else { continue };
        let place = read.and_then(|spec| {
            let place = homes.place(&spec)?;
            if let Some(other) = taken.get(&place.path) {
                return Err(taken_by(&spec.api, &place, other).into());
            }
            report.placed(&place);
            taken.insert(place.path.clone(), (input.name.clone(), spec.api.clone()));
            Ok(Placed { page: input.name.clone(), platform: place.platform, path: place.path, spec })
        });
        placed.insert(at, place);
    }
    placed.into_values().collect()
}

fn taken_by(api: &str, place: &Place, (page, other): &(String, String)) -> Refusal {
    if api == other {
        let message = format!("`{api}` is transcribed in this run from {page} already");
        return Refusal::of_page(Code::RepeatedApi, message).help("keep one page of each API");
    }
    let message = format!("{} is the place of `{other}`, from {page}, too", place.path.display());
    Refusal::of_page(Code::TakenPlace, message).help("give one of the two another family")
}

fn settle(
    placed: Vec<Result<Placed, Refused>>,
    args: &TranscribeArgs,
    terminal: &Terminal<'_>,
) -> Vec<Result<Settled, Refused>> {
    let writes = !args.check && !args.dry_run;
    let progress = Progress::new(if writes { "writing" } else { "comparing" }, placed.len(), terminal);
    parallel::map(placed, |placed| {
        let settled = placed.and_then(|placed| Ok(settle::settle(placed, writes)?));
        progress.page_done();
        settled
    })
}

fn diagnostic(input: &Input, Refused { refusal, text }: Refused, sources: &mut Sources) -> Diagnostic {
    let file = sources.add(input.name.as_str(), text);
    let at = refusal.at.map_or_else(|| source::Place::file(file), |at| source::Place::bytes(file, at));
    let diagnostic = Diagnostic::new(refusal.code, at, refusal.message);
    match refusal.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
