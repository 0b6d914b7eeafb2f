//! Finds the transcripts that mean the same in both revisions without comparing them in full.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::spec::{self, KnownPlatforms, PlatformSpec, PlatformSpecs, Specs};

use super::api::{self, Api};
use super::compared::Compared;
use super::digest_only::{self, DigestOnly};
use super::texts::Texts;
use super::verdict;

/// Platform → APIs whose changes do not affect the generated Rust.
pub(super) type Quiet = BTreeMap<String, BTreeSet<String>>;

/// Returns the APIs of either revision, by platform, that are compared. The lock entries of all others are equal in both
/// crates.
pub(super) fn wanted(old: &Specs, new: &Specs, quiet: &Quiet) -> BTreeMap<String, BTreeSet<String>> {
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
pub(super) fn quiet(old: &Specs, new: &Specs, compared: &[Compared]) -> Quiet {
    let (before, after) = (api::all(old), api::all(new));
    let of_platform = |is: &'_ PlatformSpecs| {
        let was = old.platforms.iter().find(|was| was.name == is.name)?;
        mean_the_same(&was.spec, &is.spec).then(|| (is.name.clone(), BTreeSet::new()))
    };
    let mut quiet: Quiet = new.platforms.iter().filter_map(of_platform).collect();
    let place = |api: &Api<'_>| (api.specs.family.clone(), api.specs.leaf.clone());
    let aside = compared.iter().filter(|api| api.changes.iter().all(|change| verdict::is_aside(change.kind)));
    for pair in aside.map(|api| &api.pair) {
        let stays = pair.before == pair.api && before.get(&pair.key()).map(place) == after.get(&pair.key()).map(place);
        if let Some(apis) = quiet.get_mut(&pair.platform).filter(|_| stays) {
            apis.insert(pair.api.clone());
        }
    }
    quiet
}

/// Removes the transcripts that have the same bytes (fixes included) under the same rules in both revisions. Also removes
/// and returns those that differ only in their digest.
pub(super) fn drop_equal(old_texts: &mut Texts, new_texts: &mut Texts, sources: &mut Sources) -> Vec<DigestOnly> {
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

/// Parses the platform files that are equal in both revisions and have no errors.
pub(super) fn known_platforms(old: &Texts, new: &Texts) -> KnownPlatforms {
    let mut known = KnownPlatforms::new();
    for (path, text) in old.files.iter().filter(|(path, text)| new.files.get(*path) == Some(*text)) {
        let Some(name) = path.strip_suffix("/platform.yaml").filter(|name| !name.contains('/')) else { continue };
        let mut findings = Diagnostics::new();
        let spec = spec::load_platform(path, text.clone(), &mut Sources::new(), &mut findings);
        known.extend(spec.filter(|_| findings.is_empty()).map(|spec| (name.to_owned(), spec)));
    }
    known
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
        && old.features == new.features
        && own(old) == own(new)
}
