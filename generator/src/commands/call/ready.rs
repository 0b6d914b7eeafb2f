//! What a call needs, put together from the arguments: the API, its client and its request.

#[cfg(feature = "call")]
use apograph_runtime::{Answer, BlockingClient};
use apograph_runtime::{Call, Error, Session, SigningReport, TableRequest};

use super::body::Request;
use super::client::{Signer, signer};
use super::input::Input;
use super::{failure, target};
use crate::cli::RequestArgs;
use crate::commands::folders;
use crate::commands::lock_file::{Keep, LockFile};
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::dynamic::{Api, Interpreted, Platform, Record};
use crate::model::{self, Model};
use crate::source::Sources;
use crate::{pipeline, spec};

/// A call by tables through a client `C`.
type TableCall<'c, C> = Call<'c, C, Interpreted, TableRequest<'c, Record>>;

/// A call that can be signed or sent.
pub(super) struct Ready<'a> {
    args: &'a RequestArgs,
    platform: &'a model::Platform,
    api: &'a Api,
    request: Request,
    pub(super) signer: Signer,
}

/// Calls `work` with the call that the arguments describe, or reports everything that is wrong with them and with the request.
pub(super) fn with_ready(
    args: &RequestArgs,
    terminal: &mut Terminal<'_>,
    work: impl FnOnce(&Ready<'_>, &mut Terminal<'_>) -> Outcome,
) -> Outcome {
    let model = match model(args, terminal) {
        Ok(model) => model,
        Err(outcome) => return outcome,
    };
    let (platform, endpoint) = match target::api(args, &model) {
        Ok(found) => found,
        Err(error) => return terminal.fail(error),
    };
    let tables = Platform::new(platform);
    let Some((_, api)) = tables.api(&endpoint.api) else { return terminal.fail("the API has no tables") };
    let mut failures = Vec::new();
    let signer = signer(args, &tables, &mut failures);
    let request = Input::read(&args.request).and_then(|input| Request::read(input, api));
    let request = request.map_err(|error| failures.push(error)).ok();
    for failure in &failures {
        terminal.fail(failure);
    }
    match (request, signer) {
        (Some(request), Some(signer)) => {
            let ready = Ready { args, platform, api, request, signer };
            ready.note_session(terminal);
            if ready.is_sound(terminal) { work(&ready, terminal) } else { Outcome::Findings }
        }
        (Some(request), None) => {
            request.report(None, &[], terminal);
            Outcome::Failed
        }
        (None, _) => Outcome::Failed,
    }
}

/// Reads the specs as `generate` does. Their warnings are not shown: `lint` shows them.
fn model(args: &RequestArgs, terminal: &mut Terminal<'_>) -> Result<Model, Outcome> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let specs = spec::load_dir(&folder, &mut sources, &mut diagnostics);
    let lock = LockFile::read(args.lock.as_deref(), &folder, Keep::Everything, &mut sources, &mut diagnostics);
    let checked = lock.and_then(|(_, lock)| pipeline::check(&specs, lock, &mut diagnostics));
    checked.map(|checked| checked.model).ok_or_else(|| {
        terminal.show(&diagnostics, &sources);
        Outcome::of(&diagnostics)
    })
}

impl Ready<'_> {
    /// Reports what is wrong with the request, by the reader and by the rules of the page. Returns whether it can be sent.
    fn is_sound(&self, terminal: &mut Terminal<'_>) -> bool {
        let violations = match self.explained() {
            Err(Error::Violations(violations)) => Some(violations),
            _ => None,
        };
        let params: Vec<&str> = self.args.param.iter().map(|(name, _)| name.as_str()).collect();
        self.request.report(violations.as_ref(), &params, terminal);
        violations.is_none() && !self.request.has_errors()
    }

    /// Notes that a session is set and not sent, which callers rarely expect.
    fn note_session(&self, terminal: &mut Terminal<'_>) {
        let is_withheld = self.signer.has_session && self.signer.session.is_none();
        if is_withheld && self.api.operation().session_need() == Session::None {
            terminal
                .complain("note: the session is not sent, because the page mentions none; `--send-session` sends it");
        }
    }

    /// Encodes and signs the request, and returns how.
    pub(super) fn explained(&self) -> Result<SigningReport, Error> {
        let answer = || self.api.response();
        self.with_options(self.signer.client.by_table(self.request(&answer))).explain()
    }

    /// Sends the request.
    #[cfg(feature = "call")]
    pub(super) fn sent(&self, client: &BlockingClient<Interpreted>) -> Result<Answer<Record>, Error> {
        let answer = || self.api.response();
        self.with_options(client.by_table(self.request(&answer))).send()
    }

    fn request<'r>(&'r self, answer: &'r dyn Fn() -> Record) -> TableRequest<'r, Record> {
        TableRequest { operation: self.api.operation(), object: &self.request.body.record, answer }
    }

    fn with_options<'c, C>(&self, call: TableCall<'c, C>) -> TableCall<'c, C> {
        let params = self.args.param.iter();
        let call = params.fold(call, |call, (name, value)| call.param(name.as_str(), value.as_str()));
        match &self.signer.session {
            Some(session) => call.session(session.clone()),
            None => call,
        }
    }

    /// Reports why the call was not signed, not sent or refused.
    pub(super) fn report(&self, error: &Error, terminal: &mut Terminal<'_>) -> Outcome {
        failure::report(error, self.platform, terminal)
    }
}
