//! Reads two revisions of specs, as far as they differ.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::diagnostic::Diagnostics;
use crate::lock::{self, Lock};
use crate::model::Model;
use crate::names::{self, Names};
use crate::resolve;
use crate::source::Sources;
use crate::spec::{self, EndpointSpecs, Placed, PlatformSpec, PlatformSpecs, Specs};

use super::digest_only::{self, DigestOnly};
use super::locked::{Locked, Locks};
use super::rust::Generated;
use super::texts::Texts;
use super::{Rules, between, verdict};

/// A resolved and named revision, without the transcripts that are equal in both revisions.
#[derive(Debug)]
pub struct Revision {
    pub(super) specs: Specs,
    model: Model,
    names: Names,
    pub(super) locked: Locked,
    /// Transcripts that were not parsed, because only their digest differs from the other revision.
    pub(super) digest_only: Vec<DigestOnly>,
}

/// Reads two revisions. Returns `None` if one of them has errors, which are in `diagnostics`.
pub fn read(
    [mut old, mut new]: [Texts; 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<[Revision; 2]> {
    let digest_only = drop_equal(&mut old, &mut new, sources);
    let locks = Locks::new([&old, &new], sources);
    let [old, new] = [old, new].map(|texts| StagedRevision::new(texts, sources));
    let sources = &*sources;
    let (old, new) = at_once(|| old.load(sources), || new.load(sources));
    let quiet = quiet(&old.specs, &new.specs);
    let [old_lock, new_lock] = locks.read(&wanted(&old.specs, &new.specs, &quiet), sources, diagnostics);
    let (old, new) = at_once(|| old.resolve(old_lock, &quiet), || new.resolve(new_lock, &quiet));
    for (_, findings) in [&old, &new] {
        // Doubts and other warnings are reported by `lint`.
        if findings.has_errors() {
            diagnostics.extend(findings.clone());
        }
    }
    let new = Revision { digest_only, ..new.0 };
    (!diagnostics.has_errors()).then_some([old.0, new])
}

/// Runs two things on two threads.
fn at_once<T: Send>(one: impl FnOnce() -> T, other: impl FnOnce() -> T + Send) -> (T, T) {
    let (one, other) = thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join())
    });
    (one, other.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
}

/// The files of one revision, placed but not parsed.
struct StagedRevision {
    placed: Option<Placed>,
    findings: Diagnostics,
}

/// The parsed files of one revision, not resolved yet.
struct ParsedRevision {
    specs: Specs,
    findings: Diagnostics,
}

impl StagedRevision {
    fn new(texts: Texts, sources: &mut Sources) -> Self {
        let mut findings = Diagnostics::new();
        let is_empty = texts.files.is_empty();
        let placed = (!is_empty).then(|| Placed::new(&texts.root, texts.files, sources, &mut findings));
        Self { placed, findings }
    }

    fn load(self, sources: &Sources) -> ParsedRevision {
        let Self { placed, mut findings } = self;
        let specs = placed.map(|placed| placed.load(sources, &mut findings)).unwrap_or_default();
        ParsedRevision { specs, findings }
    }
}

impl ParsedRevision {
    /// Resolves and names all APIs except the quiet ones.
    fn resolve(self, (lock, locked): (Lock, Locked), quiet: &Quiet) -> (Revision, Diagnostics) {
        let Self { specs, mut findings } = self;
        let wanted = |platform: &str, api: &str| !quiet.get(platform).is_some_and(|apis| apis.contains(api));
        let model = resolve::resolve_apis(&specs, &wanted, &mut findings);
        let names = names::assign(&model, &mut findings);
        let (model, names) = lock::apply(model, names, lock);
        names::check(&model, &names, &mut findings);
        (Revision { specs, model, names, locked, digest_only: Vec::new() }, findings)
    }
}

/// Platform → APIs whose changes do not affect the generated Rust.
type Quiet = BTreeMap<String, BTreeSet<String>>;

/// Returns the APIs of either revision, by platform, that are compared. The lock entries of all others are equal in both
/// crates.
fn wanted(old: &Specs, new: &Specs, quiet: &Quiet) -> BTreeMap<String, BTreeSet<String>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for platform in [old, new].into_iter().flat_map(|specs| &specs.platforms) {
        let quiet = quiet.get(&platform.name);
        let apis = platform.endpoints.iter().map(|specs| specs.spec.api.clone());
        let loud = apis.filter(|api| !quiet.is_some_and(|quiet| quiet.contains(api)));
        wanted.entry(platform.name.clone()).or_default().extend(loud);
    }
    wanted
}

/// Finds the APIs whose changes can be judged without their Rust. A catalogue that was transcribed again has many.
fn quiet(old: &Specs, new: &Specs) -> Quiet {
    let mut quiet = Quiet::new();
    for is in &new.platforms {
        let Some(was) = old.platforms.iter().find(|was| was.name == is.name) else { continue };
        if !mean_the_same(&was.spec, &is.spec) {
            continue;
        }
        let rules = [Rules::of(&was.spec), Rules::of(&is.spec)];
        let before: BTreeMap<&str, &EndpointSpecs> =
            was.endpoints.iter().map(|specs| (specs.spec.api.as_str(), specs)).collect();
        let apis = is.endpoints.iter().filter(|after| {
            before.get(after.spec.api.as_str()).is_some_and(|before| {
                (&before.family, &before.leaf) == (&after.family, &after.leaf)
                    && between([&before.spec, &after.spec], [&rules[0], &rules[1]])
                        .iter()
                        .all(|change| verdict::is_aside(change.kind))
            })
        });
        quiet.insert(is.name.clone(), apis.map(|specs| specs.spec.api.clone()).collect());
    }
    quiet
}

impl Revision {
    /// Returns the version of the generated package.
    pub fn version(&self) -> &str {
        &self.model.package.version
    }

    /// Returns the name of the generated package, and its name in code.
    pub(super) fn package(&self) -> [&str; 2] {
        [&self.model.package.name, self.names.package.as_str()]
    }

    /// Returns a platform's specs.
    pub(super) fn platform(&self, name: &str) -> Option<&PlatformSpecs> {
        self.specs.platforms.iter().find(|platform| platform.name == name)
    }

    /// Returns the APIs, by platform and name.
    pub(super) fn apis(&self) -> BTreeMap<Key<'_>, Api<'_>> {
        let mut apis = BTreeMap::new();
        for platform in &self.specs.platforms {
            for specs in &platform.endpoints {
                apis.insert((platform.name.as_str(), specs.spec.api.as_str()), Api { platform, specs });
            }
        }
        apis
    }

    /// Returns the generated code of each API.
    pub(super) fn generated(&self) -> BTreeMap<Key<'_>, Generated<'_>> {
        let mut all = BTreeMap::new();
        for (platform, names) in self.model.platforms.iter().zip(&self.names.platforms) {
            for (family, family_names) in platform.families.iter().zip(&names.families) {
                for (endpoint, endpoint_names) in family.endpoints.iter().zip(&family_names.endpoints) {
                    let above = format!("{}::{}", names.module, family_names.module);
                    let generated = Generated::new(endpoint, endpoint_names, &family.feature, above);
                    all.insert((platform.name.as_str(), endpoint.api.as_str()), generated);
                }
            }
        }
        all
    }
}

/// Identifies an API: its platform and its name.
pub(super) type Key<'a> = (&'a str, &'a str);

/// One API of a revision.
#[derive(Copy, Clone)]
pub(super) struct Api<'a> {
    pub(super) platform: &'a PlatformSpecs,
    pub(super) specs: &'a EndpointSpecs,
}

/// Removes the transcripts that have the same bytes (fixes included) under the same rules in both revisions. Also removes
/// and returns those that differ only in their digest.
fn drop_equal(old_texts: &mut Texts, new_texts: &mut Texts, sources: &mut Sources) -> Vec<DigestOnly> {
    let (old, new) = (&old_texts.files, &new_texts.files);
    let platforms: BTreeSet<String> = new.keys().filter_map(|path| path.split('/').next()).map(str::to_owned).collect();
    let alike: BTreeSet<String> =
        platforms.into_iter().filter(|platform| same_rules(&format!("{platform}/platform.yaml"), old, new)).collect();
    let transcripts =
        new.keys().filter(|path| path.split('/').count() == 3).filter_map(|path| path.strip_suffix(".yaml"));
    let stems: BTreeSet<String> = transcripts
        .filter(|stem| !stem.ends_with(".fix"))
        .filter(|stem| stem.split('/').next().is_some_and(|platform| alike.contains(platform)))
        .map(str::to_owned)
        .collect();
    let mut found = Vec::new();
    for stem in stems {
        let paths = [format!("{stem}.yaml"), format!("{stem}.fix.yaml")];
        if paths.iter().all(|path| old_texts.files.get(path) == new_texts.files.get(path)) {
            for path in paths {
                old_texts.files.remove(&path);
                new_texts.files.remove(&path);
            }
        } else {
            found.extend(digest_only::take(&stem, [old_texts, new_texts], sources));
        }
    }
    found
}

/// Returns whether equal transcripts mean the same under both platform files.
fn same_rules(path: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> bool {
    let (Some(old), Some(new)) = (old.get(path), new.get(path)) else { return false };
    if old == new {
        return true;
    }
    let read = |text: &str| spec::load_platform(path, text.to_owned(), &mut Sources::new(), &mut Diagnostics::new());
    let (Some(old), Some(new)) = (read(old), read(new)) else { return false };
    mean_the_same(&old, &new)
}

/// Returns whether everything that the meaning of a transcript depends on is equal.
fn mean_the_same(old: &PlatformSpec, new: &PlatformSpec) -> bool {
    let own = |platform: &'_ PlatformSpec| {
        platform.response.envelope.status.as_ref().map(|names| (names.status.clone(), names.message.clone()))
    };
    old.values.types == new.values.types
        && old.request.method == new.request.method
        && old.request.files == new.request.files
        && old.response.lists == new.response.lists
        && old.families == new.families
        && own(old) == own(new)
}
