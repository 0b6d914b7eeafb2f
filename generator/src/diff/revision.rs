//! Reads two revisions of specs, as far as they differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lock::{self, Lock};
use crate::model::{Family, Model};
use crate::names::{self, Names};
use crate::resolve;
use crate::source::{Place, Sources};
use crate::spec::{KnownPlatforms, Placed, PlatformSpecs, Specs};

use super::api::{self, Key};
use super::compared::{self, Compared, Resolved};
use super::digest_only::DigestOnly;
use super::equal::{Quiet, drop_equal, known_platforms, quiet, wanted};
use super::locked::{Locked, Locks};
use super::report::Subject;
use super::rust::Generated;
use super::shared;
use super::texts::Texts;
use super::threads::at_once;
use super::trouble::{self, Side, Trouble};

/// A resolved and named revision, without the transcripts that are equal in both revisions.
#[derive(Debug)]
pub struct Revision {
    pub(super) specs: Specs,
    model: Model,
    names: Names,
    pub(super) locked: Locked,
    /// The APIs of both revisions, in the new revision.
    pub(super) compared: Vec<Compared>,
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
    let (mut old, mut new) = at_once(files, || old.resolve(&known, sources), || new.resolve(&known, sources));
    let mut compared = compared::all([old.resolved(), new.resolved()], files);
    let quiet = quiet(&old.specs, &new.specs, &compared);
    old.leave_out(&quiet);
    new.leave_out(&quiet);
    let [old_lock, new_lock] = locks.read(&wanted(&old.specs, &new.specs, &quiet), sources, diagnostics);
    let ((mut old, in_old), (mut new, in_new)) = at_once(files, || old.name(old_lock), || new.name(new_lock));
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
    let (before, after) = (api::all(&old.specs), api::all(&new.specs));
    compared.retain(|Compared { pair, .. }| before.contains_key(&pair.old_key()) && after.contains_key(&pair.key()));
    let is_left_out = |platform: &str, api: &str| {
        let of_platform = Subject::Platform(platform.to_owned());
        found.broken.contains(platform, api)
            || (new.platform(platform).is_none() && troubles.iter().any(|trouble| trouble.subject == of_platform))
    };
    let released = new.locked.released.iter().filter(|released| !is_left_out(&released.platform, &released.api));
    new.locked.released = released.cloned().collect();
    Some([old, Revision { compared, digest_only, troubles, ..new }])
}

/// The files of one revision, placed but not parsed.
struct StagedRevision {
    placed: Option<Placed>,
    findings: Diagnostics,
}

/// One revision as its pages have it, without names.
struct ResolvedRevision {
    specs: Specs,
    model: Model,
    findings: Diagnostics,
    /// What is wrong with the meaning of the specs.
    in_model: Diagnostics,
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

    fn resolve(self, known: &KnownPlatforms, sources: &Sources) -> ResolvedRevision {
        let Self { placed, mut findings } = self;
        let mut specs = placed.map(|placed| placed.load(known, sources, &mut findings)).unwrap_or_default();
        shared::forget_keys(&mut specs);
        let mut in_model = Diagnostics::new();
        let model = resolve::resolve(&specs, &mut in_model);
        ResolvedRevision { specs, model, findings, in_model }
    }
}

impl ResolvedRevision {
    fn resolved(&self) -> Resolved<'_> {
        Resolved { specs: &self.specs, model: &self.model }
    }

    /// Removes the quiet APIs from the model, with everything that is wrong with them.
    fn leave_out(&mut self, quiet: &Quiet) {
        let is_quiet = |platform: &str, api: &str| quiet.get(platform).is_some_and(|apis| apis.contains(api));
        let mut files = BTreeSet::new();
        for platform in &self.specs.platforms {
            let quiet = platform.endpoints.iter().filter(|specs| is_quiet(&platform.name, &specs.spec.api));
            files.extend(quiet.flat_map(|specs| [Some(specs.file), specs.fix_file]).flatten());
        }
        let is_loud = |finding: &Diagnostic| finding.place().is_none_or(|place| !files.contains(&place.file));
        self.findings.extend(std::mem::take(&mut self.in_model).into_iter().filter(is_loud));
        for platform in &mut self.model.platforms {
            for family in &mut platform.families {
                family.endpoints.retain(|endpoint| !is_quiet(&platform.name, &endpoint.api));
            }
            // A declared family has its place in the platform file.
            let is_needed =
                |family: &Family| !family.endpoints.is_empty() || family.origin.file == platform.origin.file;
            platform.families.retain(is_needed);
        }
    }

    /// Names all APIs that are left.
    fn name(self, (lock, locked): (Lock, Locked)) -> (Revision, Diagnostics) {
        let Self { specs, model, mut findings, .. } = self;
        let names = names::assign(&model, &mut findings);
        let (model, names) = lock::apply(model, names, lock);
        names::check(&model, &names, &mut findings);
        let (compared, digest_only, troubles) = (Vec::new(), Vec::new(), Vec::new());
        (Revision { specs, model, names, locked, compared, digest_only, troubles }, findings)
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

    /// Returns the generated code of each API.
    pub(super) fn generated(&self) -> BTreeMap<Key<'_>, Generated<'_>> {
        let mut all = BTreeMap::new();
        for (platform, names) in self.model.platforms.iter().zip(&self.names.platforms) {
            for (family, family_names) in platform.families.iter().zip(&names.families) {
                for (endpoint, endpoint_names) in family.endpoints.iter().zip(&family_names.endpoints) {
                    let above = format!("{}::{}", names.module, family_names.module);
                    let generated = Generated::new(endpoint, endpoint_names, family, above);
                    all.insert((platform.name.as_str(), endpoint.api.as_str()), generated);
                }
            }
        }
        all
    }
}
