//! A run: which pages are fetched, which transcripts change, and the report.

use std::collections::BTreeMap;
use std::path::PathBuf;

use apograph_runtime::{HttpOptions, UreqTransport};

use super::address;
use super::fetch::{Fetched, Fetcher, Missed};
use super::store::Stored;
use crate::cli::RefreshArgs;
use crate::commands::diff;
use crate::commands::folders;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::commands::transcribe::{Progress, words_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, counted};
use crate::files;
use crate::selection::Selection;
use crate::source::{Place, Sources, SpecPath};
use crate::spec::{self, EndpointSpec, EndpointSpecs, PlatformSpecs, Specs, write};
use crate::transcribe::{self as pages, LARGEST_PAGE, Options};

/// The name that servers see.
const USER_AGENT: &str = concat!("apograph/", env!("CARGO_PKG_VERSION"), " (refresh of API specs)");

pub(super) fn refresh(args: &RefreshArgs, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.list_all(args.changes.all);
    match started(args) {
        Ok((run, specs)) => run.run(&specs, terminal),
        Err(error) => terminal.fail(error),
    }
}

/// Reads the specs, and checks the arguments.
fn started(args: &RefreshArgs) -> Result<(Run<'_>, Specs), String> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| error.to_string())?;
    let pages = folders::pages(args.pages.as_deref(), &folder).map_err(|error| error.to_string())?;
    let options = HttpOptions::new().with_user_agent(USER_AGENT).with_body_limit(LARGEST_PAGE as u64);
    let transport = UreqTransport::new(&options).map_err(|error| error.to_string())?;
    let mut sources = Sources::new();
    // The comparison reports what is wrong with specs.
    let specs = spec::load_dir(&folder, &mut sources, &mut Diagnostics::new());
    let selection = Selection::new(&args.apis);
    selection.check(&specs.apis()).map_err(|unmatched| unmatched.to_string())?;
    Ok((
        Run {
            args,
            selection,
            folder,
            pages,
            transport,
            sources,
            diagnostics: Diagnostics::new(),
            counts: Counts::default(),
        },
        specs,
    ))
}

#[derive(Default)]
struct Counts {
    pages: usize,
    not_modified: usize,
    missed: usize,
    /// Pages whose transcripts people wrote.
    by_hand: usize,
}

struct Run<'a> {
    args: &'a RefreshArgs,
    selection: Selection,
    folder: PathBuf,
    pages: PathBuf,
    transport: UreqTransport,
    sources: Sources,
    /// The pages that cannot be had.
    diagnostics: Diagnostics,
    counts: Counts,
}

/// The reason for a page without a transcript: a finding about the page, or a failure to store it.
enum Problem {
    Missed(Code, Missed),
    Failed(String),
}

impl From<Missed> for Problem {
    fn from(missed: Missed) -> Self {
        Self::Missed(Code::PageMissed, missed)
    }
}

impl Run<'_> {
    fn run(mut self, specs: &Specs, terminal: &mut Terminal<'_>) -> Outcome {
        let (changed, fetched) = self.fetch(specs, terminal);
        terminal.show(&self.diagnostics, &self.sources);
        let compared = self.report(&changed, terminal);
        let written = if self.args.write { self.write(&changed, terminal) } else { Outcome::Done };
        let Counts { pages, not_modified, missed, by_hand } = self.counts;
        let by_hand = if by_hand > 0 { format!(", {by_hand} with hand-written specs") } else { String::new() };
        terminal.complain(format_args!(
            "{}: {} changed, {not_modified} not modified since the last run, {missed} not available{by_hand}",
            counted(pages, "page"),
            changed.len()
        ));
        fetched.max(compared).max(written).max(Outcome::of(&self.diagnostics))
    }

    /// Fetches the pages. Returns the transcripts that change, by their paths below the specs folder.
    fn fetch(&mut self, specs: &Specs, terminal: &mut Terminal<'_>) -> (BTreeMap<String, String>, Outcome) {
        let all = specs.platforms.iter().flat_map(|platform| platform.endpoints.iter().map(move |api| (platform, api)));
        let wanted: Vec<_> = all.filter(|(_, api)| self.selection.contains(&api.spec.api)).collect();
        let transport = self.transport.clone();
        let RefreshArgs { timeout, pause, follow_to, .. } = self.args;
        let mut fetcher = Fetcher::new(&transport, *timeout, *pause, follow_to);
        let (mut changed, mut outcome) = (BTreeMap::new(), Outcome::Done);
        let progress = Progress::new("fetching", wanted.len(), terminal);
        for (platform, api) in wanted {
            self.counts.pages += 1;
            if api.spec.source.layout.is_hand() {
                self.by_hand(api);
                progress.page_done();
                continue;
            }
            match self.transcript(platform, api, &mut fetcher) {
                Ok(text) => {
                    let path = format!("{}/{}/{}.yaml", platform.name, api.family, api.leaf);
                    changed.extend(text.map(|text| (path, text)));
                }
                Err(Problem::Missed(code, missed)) => self.missed(api, code, missed),
                Err(Problem::Failed(error)) => outcome = terminal.fail(error),
            }
            progress.page_done();
        }
        (changed, outcome)
    }

    /// Fetches a page and returns the new text of its transcript, or `None` if it has not changed.
    fn transcript(
        &mut self,
        platform: &PlatformSpecs,
        api: &EndpointSpecs,
        fetcher: &mut Fetcher<'_>,
    ) -> Result<Option<String>, Problem> {
        let address = address::of_page(platform, api).ok_or_else(|| {
            let help = format!(
                "transcribe the page with `--source-url URL`, or write `address` to {}/pages.yaml if it follows from the name",
                platform.name
            );
            Missed::new("its address is unknown").help(help)
        })?;
        let (path, text) = (self.sources.path(api.file), self.sources.text(api.file).to_owned());
        let old = spec::load_transcript(path, text, &mut Sources::new(), &mut Diagnostics::new());
        let old = old.ok_or_else(|| Missed::new("the transcript cannot be read"))?;
        let stored = Stored::new(&self.pages, &platform.name, api);
        let page = stored.page();
        let known = page.as_ref().and_then(|_| stored.validators());
        match (fetcher.fetch(&address, known.as_ref())?, page) {
            (Fetched::Page(bytes, validators), page) => {
                let new = read(&bytes, platform, &old)?;
                let text = changed(new, &old);
                // A page that differs only in its decoration is not kept, so that it still fits its transcript's digest.
                let kept = if text.is_some() || page.is_none() { stored.keep(&bytes) } else { Ok(()) };
                kept.and_then(|()| stored.keep_validators(&validators))
                    .map_err(|error| Problem::Failed(error.to_string()))?;
                Ok(text)
            }
            (Fetched::NotModified, page) => {
                self.counts.not_modified += 1;
                // It may have changed in an earlier run that did not write the transcript.
                Ok(changed(read(&page.unwrap_or_default(), platform, &old)?, &old))
            }
        }
    }

    /// Reports a page that cannot be compared, because no reader made its transcript.
    fn by_hand(&mut self, api: &EndpointSpecs) {
        self.counts.by_hand += 1;
        let place = Place::value(api.file, SpecPath::root().key("source").key("layout"));
        let message = format!("the page of `{}` is not compared: people wrote its transcript", api.spec.api);
        let help = "compare them yourself; `apograph transcribe` can read the page once this file is removed";
        self.diagnostics.push(Diagnostic::new(Code::HandWritten, place, message).help(help));
    }

    fn missed(&mut self, api: &EndpointSpecs, code: Code, missed: Missed) {
        self.counts.missed += 1;
        let page = SpecPath::root().key("source").key("page");
        let place = match api.spec.source.page {
            Some(_) => Place::value(api.file, page),
            None => Place::value(api.file, SpecPath::root().key("api")),
        };
        let message = format!("the page of `{}` is not available: {}", api.spec.api, missed.message);
        let diagnostic = Diagnostic::new(code, place, message);
        self.diagnostics.push(match missed.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// Reports what changed, as `diff` does.
    fn report(&mut self, changed: &BTreeMap<String, String>, terminal: &mut Terminal<'_>) -> Outcome {
        if changed.is_empty() {
            return Outcome::Done;
        }
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        match diff::compare_changed(&self.folder, changed, &mut sources, &mut diagnostics) {
            Ok(compared) => {
                terminal.show(&diagnostics, &sources);
                diff::report(&self.args.changes, compared, &diagnostics, &sources, terminal)
            }
            Err(error) => terminal.fail(error),
        }
    }

    fn write(&self, changed: &BTreeMap<String, String>, terminal: &mut Terminal<'_>) -> Outcome {
        let mut outcome = Outcome::Done;
        for (path, text) in changed {
            let path = self.folder.join(path);
            let shown = path.to_string_lossy().replace('\\', "/");
            // The file must still be the one that was read.
            let known = self.sources.find(&shown).map(|file| self.sources.text(file));
            let is_known = |found: &[u8]| known.is_some_and(|known| known.as_bytes() == found);
            if let Err(error) = files::replace(&self.folder, &path, text, &is_known) {
                outcome = terminal.fail(error);
            }
        }
        outcome
    }
}

/// Transcribes a page of an API whose transcript is known.
fn read(bytes: &[u8], platform: &PlatformSpecs, old: &EndpointSpec) -> Result<EndpointSpec, Problem> {
    let options =
        Options { api: Some(old.api.clone()), source_url: old.source.page.clone(), platform: Some(words_of(platform)) };
    pages::transcribe(bytes, &options).map_err(|refusal| {
        let missed = Missed::new(format!("what the server sent is not transcribed: {}", refusal.message));
        let help = match refusal.code {
            Code::OtherApi => {
                Some("if the vendor has renamed the API, transcribe the page, and remove this spec".to_owned())
            }
            _ => refusal.help,
        };
        Problem::Missed(refusal.code, help.into_iter().fold(missed, Missed::help))
    })
}

/// Returns the text of a transcript, or `None` if only the digest of the page differs.
fn changed(mut new: EndpointSpec, old: &EndpointSpec) -> Option<String> {
    let digest = std::mem::replace(&mut new.source.sha256, old.source.sha256.clone());
    if new == *old {
        return None;
    }
    new.source.sha256 = digest;
    Some(write::transcript(&new))
}
