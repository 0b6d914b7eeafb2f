//! The files that many APIs depend on: `crate.yaml`, and the `platform.yaml` of each platform.
//!
//! One that has errors is replaced by the other revision's, so that the APIs are compared by the same rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names;
use crate::resolve;
use crate::source::{Place, Sources};
use crate::spec::{KnownPlatforms, Placed, Specs};

use super::report::Subject;
use super::texts::Texts;
use super::trouble::Trouble;

const PACKAGE: &str = "crate.yaml";

/// Path → the first error in the file.
type Errors = BTreeMap<String, Diagnostic>;

/// Replaces shared files that have errors. A platform without a usable file is removed from both revisions.
pub(super) fn settle(
    [old, new]: [&mut Texts; 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Trouble> {
    leave_out_folders([old, new]);
    let (before, after) = (of(old), of(new));
    let can_be_read = |texts: &Texts| !texts.unreadable.keys().any(|path| is_shared(path));
    if before == after && can_be_read(old) && can_be_read(new) {
        return Vec::new(); // the other revision has nothing better
    }
    let in_old = errors(old, &before, sources, diagnostics);
    let in_new = errors(new, &after, sources, diagnostics);
    let mut troubles = Vec::new();
    for path in in_old.keys().chain(in_new.keys()).collect::<BTreeSet<_>>() {
        let (is_old_wrong, is_new_wrong) = (in_old.contains_key(path), in_new.contains_key(path));
        match (before.get(path), after.get(path)) {
            (Some(text), _) if !is_old_wrong => drop(new.files.insert(path.clone(), text.clone())),
            (_, Some(text)) if !is_new_wrong => drop(old.files.insert(path.clone(), text.clone())),
            _ => {
                if let Some(platform) = path.strip_suffix("platform.yaml") {
                    old.files.retain(|path, _| !path.starts_with(platform));
                    new.files.retain(|path, _| !path.starts_with(platform));
                }
            }
        }
        let error = in_new.get(path).or_else(|| in_old.get(path));
        troubles.extend(error.and_then(|error| {
            let subject = path.strip_suffix("/platform.yaml").map(|name| Subject::Platform(name.to_owned()));
            Some(Trouble::not_compared(subject.unwrap_or(Subject::Package), error, error.place()?, is_new_wrong))
        }));
    }
    troubles
}

/// Removes what is below a folder that cannot be read in one revision from the other.
fn leave_out_folders([old, new]: [&mut Texts; 2]) {
    let paths = old.unreadable.keys().chain(new.unreadable.keys()).filter(|path| !path.ends_with(".yaml"));
    for folder in paths.map(|path| format!("{path}/")).collect::<Vec<_>>() {
        old.files.retain(|path, _| !path.starts_with(&folder));
        new.files.retain(|path, _| !path.starts_with(&folder));
    }
}

/// Whether APIs depend on the file at this path.
pub(super) fn is_shared(path: &str) -> bool {
    path == PACKAGE || (path.ends_with("/platform.yaml") && path.split('/').count() == 2)
}

/// A revision has YAML files only. Vectors that need other files are compared, but not run.
pub(super) fn forget_keys(specs: &mut Specs) {
    for platform in &mut specs.platforms {
        platform.keys = None;
    }
}

/// Returns the shared files of a revision.
fn of(texts: &Texts) -> BTreeMap<String, String> {
    let shared = texts.files.iter().filter(|(path, _)| is_shared(path));
    shared.map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// Resolves the shared files alone. The errors also go to `diagnostics`.
fn errors(
    texts: &Texts,
    shared: &BTreeMap<String, String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Errors {
    let mut found = Errors::new();
    if texts.files.is_empty() {
        return found; // the revision is older than the specs folder
    }
    for (path, unreadable) in texts.unreadable.iter().filter(|(path, _)| is_shared(path)) {
        let file = sources.add(texts.shown(path), "");
        let error = Diagnostic::new(unreadable.code, Place::file(file), unreadable.reason.as_str());
        diagnostics.push(error.clone());
        found.insert(path.clone(), error);
    }
    let mut findings = Diagnostics::new();
    let mut specs = Placed::new(&texts.root, shared.clone(), sources, &mut findings).load(
        &KnownPlatforms::new(),
        sources,
        &mut findings,
    );
    forget_keys(&mut specs);
    let model = resolve::resolve(&specs, &mut findings);
    let names = names::assign(&model, &mut findings);
    names::check(&model, &names, &mut findings);
    for platform in texts.files.keys().filter_map(|path| path.split_once('/')).map(|(platform, _)| platform) {
        let path = format!("{platform}/platform.yaml");
        if !shared.contains_key(&path) && !found.contains_key(&path) {
            let file = sources.add(texts.shown(&path), "");
            let missing = Diagnostic::new(Code::MissingFile, Place::file(file), "this file is missing");
            diagnostics.push(missing.clone());
            found.insert(path, missing);
        }
    }
    let errors = findings.into_iter().filter(Diagnostic::is_error);
    for error in errors {
        let path = error.place().map(|place| texts.below(sources.path(place.file)).to_owned());
        if error.code() == Code::MissingFile && path.as_ref().is_some_and(|path| found.contains_key(path)) {
            continue; // it exists and cannot be read
        }
        diagnostics.push(error.clone());
        if let Some(path) = path {
            found.entry(path).or_insert(error);
        }
    }
    found
}
