//! Reads two revisions of specs, as far as they differ.

use std::collections::BTreeMap;
use std::thread;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lock::{self, Lock};
use crate::model::Model;
use crate::names::{self, Names};
use crate::resolve;
use crate::source::{Place, Sources};
use crate::spec::{EndpointSpecs, KnownPlatforms, Placed, PlatformSpecs, Specs};

use super::digest_only::DigestOnly;
use super::equal::{Quiet, drop_equal, known_platforms, quiet, wanted};
use super::locked::{Locked, Locks};
use super::report::Subject;
use super::rust::Generated;
use super::shared;
use super::texts::Texts;
use super::trouble::{self, Side, Trouble};

/// A resolved and named revision, without the transcripts that are equal in both revisions.
#[derive(Debug)]
pub struct Revision {
    pub(super) specs: Specs,
    model: Model,
    names: Names,
    pub(super) locked: Locked,
    /// Transcripts that were not parsed, because only their digest differs from the other revision.
    pub(super) digest_only: Vec<DigestOnly>,
    /// What is wrong with the specs of both revisions, in the new revision.
    pub(super) troubles: Vec<Trouble>,
}

/// Reads two revisions. A spec with errors is left out of both, and its errors are in `diagnostics`; a fix that does not
/// apply is left out.
///
/// Returns `None` if nothing can be compared, because a lock has errors.
pub fn read(
    [mut old, mut new]: [Texts; 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<[Revision; 2]> {
    let mut troubles = shared::settle([&mut old, &mut new], sources, diagnostics);
    let roots = [&old, &new].map(|texts| texts.root.clone());
    let mut digest_only = drop_equal(&mut old, &mut new, sources);
    let locks = Locks::new([&old, &new], sources);
    let known = known_platforms(&old, &new);
    let files = old.files.len() + new.files.len();
    let [old, new] = [old, new].map(|texts| StagedRevision::new(texts, sources));
    let sources = &*sources;
    let (old, new) = at_once(files, || old.load(&known, sources), || new.load(&known, sources));
    let quiet = quiet(&old.specs, &new.specs);
    let [old_lock, new_lock] = locks.read(&wanted(&old.specs, &new.specs, &quiet), sources, diagnostics);
    let ((mut old, in_old), (mut new, in_new)) =
        at_once(files, || old.resolve(old_lock, &quiet), || new.resolve(new_lock, &quiet));
    let sides = [
        Side { root: &roots[0], specs: &old.specs, findings: in_old },
        Side { root: &roots[1], specs: &new.specs, findings: in_new },
    ];
    let found = trouble::sort_out(sides, sources, &troubles, diagnostics);
    if trouble::is_lock_broken(diagnostics, sources) {
        return None;
    }
    found.broken.remove_from(&mut old.specs);
    found.broken.remove_from(&mut new.specs);
    troubles.extend(found.troubles);
    digest_only.retain(|transcript| !found.broken.contains(&transcript.platform, &transcript.api));
    let is_left_out = |platform: &str, api: &str| {
        let of_platform = Subject::Platform(platform.to_owned());
        found.broken.contains(platform, api)
            || (new.platform(platform).is_none() && troubles.iter().any(|trouble| trouble.subject == of_platform))
    };
    let released = new.locked.released.iter().filter(|released| !is_left_out(&released.platform, &released.api));
    new.locked.released = released.cloned().collect();
    Some([old, Revision { digest_only, troubles, ..new }])
}

/// Number of files from which two threads are faster than one.
const MANY: usize = 20;

/// Runs two things, on two threads if there are many files.
fn at_once<T: Send>(files: usize, one: impl FnOnce() -> T, other: impl FnOnce() -> T + Send) -> (T, T) {
    if files < MANY {
        return (one(), other());
    }
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
        for (path, found) in texts.unreadable.iter().filter(|(path, _)| !shared::is_shared(path)) {
            let file = sources.add(texts.shown(path), "");
            findings.push(Diagnostic::new(found.code, Place::file(file), found.reason.as_str()));
        }
        let placed = (!is_empty).then(|| Placed::new(&texts.root, texts.files, sources, &mut findings));
        Self { placed, findings }
    }

    fn load(self, known: &KnownPlatforms, sources: &Sources) -> ParsedRevision {
        let Self { placed, mut findings } = self;
        let specs = placed.map(|placed| placed.load(known, sources, &mut findings)).unwrap_or_default();
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
        (Revision { specs, model, names, locked, digest_only: Vec::new(), troubles: Vec::new() }, findings)
    }
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
