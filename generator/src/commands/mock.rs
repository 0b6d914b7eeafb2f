//! `apograph mock`: serves the APIs of the specs for tests of clients.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use apograph_runtime::Secret;

use super::call::{Input, parse_variables, read_credentials, variable};
use super::folders;
use super::outcome::Outcome;
use super::terminal::Terminal;
use crate::cli::MockArgs;
use crate::diagnostic::{Diagnostics, counted, quoted};
use crate::lock::Lock;
use crate::mock::{Credentials, FailWith, Faults, Gateway, Limits, Options, Server};
use crate::model::{Model, Platform};
use crate::selection::Selection;
use crate::source::Sources;
use crate::spec::Specs;
use crate::{pipeline, spec};

/// Most lines of the log that wait to be printed; then requests wait, too.
const WAITING: usize = 1024;

/// Serves until it is interrupted.
pub(super) fn mock(args: &MockArgs, terminal: &mut Terminal<'_>) -> Outcome {
    match start(args, terminal) {
        Ok((server, log)) => {
            for line in log {
                terminal.say(line);
                if !terminal.is_open() {
                    break;
                }
            }
            drop(server);
            Outcome::Done
        }
        Err(outcome) => outcome,
    }
}

/// Starts the server and prints how to reach it. The log ends when the server does.
fn start(args: &MockArgs, terminal: &mut Terminal<'_>) -> Result<(Server, Receiver<String>), Outcome> {
    let (specs, model) = model(args, terminal)?;
    let credentials = match credentials(args, &model) {
        Ok(credentials) => credentials,
        Err(problems) => {
            for problem in problems {
                terminal.fail(problem);
            }
            return Err(Outcome::Failed);
        }
    };
    let faults = Faults {
        fail: args.fail.clone(),
        latency: args.latency,
        drop: args.drop,
        truncate: args.truncate,
        seed: args.seed,
    };
    let only = Selection::new(&args.only);
    only.check(&specs.apis()).map_err(|unmatched| terminal.fail(unmatched))?;
    let named: Vec<String> = credentials.keys().cloned().collect();
    let options = Options { credentials, tolerance: args.tolerance, only, faults, ..Options::default() };
    let gateway = Arc::new(Gateway::new(&specs, model, options));
    check(args, &gateway).map_err(|problem| terminal.fail(problem))?;
    let (sender, log) = sync_channel(WAITING);
    // Nobody reads the log if the program is about to end.
    let record = move |entry: &crate::mock::Entry| drop(sender.send(entry.to_string()));
    let server = Server::start(args.address, Arc::clone(&gateway), Limits::default(), record);
    let server = server.map_err(|error| terminal.fail(format_args!("cannot listen at {}: {error}", args.address)))?;
    introduce(&server, &gateway, &named, terminal);
    if terminal.is_open() { Ok((server, log)) } else { Err(Outcome::Done) }
}

/// Reads the specs as `generate` does. Their warnings are not shown: `lint` shows them.
fn model(args: &MockArgs, terminal: &mut Terminal<'_>) -> Result<(Specs, Model), Outcome> {
    let folder = folders::specs(args.specs.as_deref()).map_err(|error| terminal.fail(error))?;
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let specs = spec::load_dir(&folder, &mut sources, &mut diagnostics);
    // Without the lock: the vendor's server does not know what its pages no longer have.
    match pipeline::check(&specs, Lock::default(), &mut diagnostics) {
        Some(checked) => Ok((specs, checked.model)),
        None => {
            terminal.show(&diagnostics, &sources);
            Err(Outcome::of(&diagnostics))
        }
    }
}

/// Reads the credentials of the platforms that the file mentions.
fn credentials(args: &MockArgs, model: &Model) -> Result<BTreeMap<String, Credentials>, Vec<String>> {
    let Some(path) = &args.credentials else { return Ok(BTreeMap::new()) };
    let file = parse_variables(&Input::read_file(path).map_err(|error| vec![error])?)?;
    let is_mentioned = |platform: &&Platform| {
        let mut names = platform.scheme.credentials.iter().map(|known| variable(&platform.name, &known.name));
        names.any(|name| file.iter().any(|(known, _)| *known == name))
    };
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    for platform in model.platforms.iter().filter(is_mentioned) {
        match read_credentials(platform, &file, &|_| None) {
            Ok(values) => {
                found.insert(platform.name.clone(), Credentials::new(values));
            }
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Reports options without effect.
fn check(args: &MockArgs, gateway: &Gateway) -> Result<(), String> {
    let apis = gateway.apis();
    for fail in &args.fail {
        fail.api.check(&apis).map_err(|unmatched| format!("`--fail` with `api=`: {unmatched}"))?;
        match &fail.error {
            FailWith::Code(code, _) if !gateway.can_fail(fail) => {
                let which: String = fail.api.patterns().map(|pattern| format!(" that matches `{pattern}`")).collect();
                return Err(format!(
                    "no served API{which} documents the error {}\nhelp: codes and statuses are listed in the specs and in \
                     `errors` of platform.yaml",
                    quoted(code)
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Prints base URLs and the credentials for tests, never those of the user.
fn introduce(server: &Server, gateway: &Gateway, named: &[String], terminal: &mut Terminal<'_>) {
    let apis = counted(gateway.apis().len(), "API");
    terminal.say(format_args!("mock server of {apis} at http://{} (Ctrl-C stops it)", server.address()));
    for (served, (name, url)) in gateway.served().iter().zip(server.base_urls()) {
        terminal.say(format_args!("{name}: base URL {url}"));
        if named.contains(&name) {
            terminal.say("  credentials: from the file");
            continue;
        }
        for (known, value) in served.platform().scheme.credentials.iter().zip(served.credentials().values()) {
            let value = value.as_ref().map_or("", Secret::expose);
            terminal.say(format_args!("  {}={value}", variable(&name, &known.name)));
        }
    }
}
