//! One revision of specs, and what of it has to be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Package};
use crate::names::{self, Names};
use crate::resolve;
use crate::source::{FileId, Place, Sources};
use crate::spec::{self, EndpointSpecs, Placed, PlatformSpec, PlatformSpecs, Specs};

use super::rust::Generated;

/// The files of a specs folder: path below the folder → text.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// What stands before the paths where they are shown.
    pub root: String,
    /// The files.
    pub files: BTreeMap<String, String>,
}

/// What was read of a revision: everything but the transcripts that are the same in both.
#[derive(Debug)]
pub struct Revision {
    pub(super) specs: Specs,
    model: Model,
    names: Names,
}

/// Reads two revisions. Nothing if one of them has errors; the findings say what.
pub fn read(
    [mut old, mut new]: [Texts; 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<[Revision; 2]> {
    drop_equal(&mut old.files, &mut new.files);
    let [old, new] = [old, new].map(|texts| Kept::new(texts, sources));
    let sources = &*sources;
    let (old, new) = thread::scope(|scope| {
        let new = scope.spawn(|| new.read(sources));
        (old.read(sources), new.join())
    });
    let (new, new_findings) = new.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let (old, old_findings) = old;
    for findings in [old_findings, new_findings] {
        // Doubts and the like are for `lint` to tell.
        if findings.has_errors() {
            diagnostics.extend(findings);
        }
    }
    (!diagnostics.has_errors()).then_some([old, new])
}

/// The files of one revision, before they are read.
struct Kept {
    placed: Option<Placed>,
    findings: Diagnostics,
    /// Where the package stands if there is no crate file.
    anywhere: FileId,
}

impl Kept {
    fn new(texts: Texts, sources: &mut Sources) -> Self {
        let mut findings = Diagnostics::new();
        let anywhere = sources.add(texts.root.as_str(), "");
        let is_empty = texts.files.is_empty();
        let placed = (!is_empty).then(|| Placed::new(&texts.root, texts.files, sources, &mut findings));
        Self { placed, findings, anywhere }
    }

    fn read(self, sources: &Sources) -> (Revision, Diagnostics) {
        let mut findings = self.findings;
        let specs = self.placed.map(|placed| placed.load(sources, &mut findings)).unwrap_or_default();
        let platforms = resolve::resolve_part(&specs, &mut findings);
        let model = Model { package: package(&specs, self.anywhere), platforms };
        let names = names::assign(&model, &mut findings);
        (Revision { specs, model, names }, findings)
    }
}

impl Revision {
    /// The version of the generated package.
    pub fn version(&self) -> &str {
        &self.model.package.version
    }

    /// The generated package: its own name, and what code calls it.
    pub(super) fn package(&self) -> [&str; 2] {
        [&self.model.package.name, self.names.package.as_str()]
    }

    /// A platform's folder.
    pub(super) fn platform(&self, name: &str) -> Option<&PlatformSpecs> {
        self.specs.platforms.iter().find(|platform| platform.name == name)
    }

    /// The APIs, by platform and name.
    pub(super) fn apis(&self) -> BTreeMap<Key<'_>, Api<'_>> {
        let mut apis = BTreeMap::new();
        for platform in &self.specs.platforms {
            for specs in &platform.endpoints {
                apis.insert((platform.name.as_str(), specs.spec.api.as_str()), Api { platform, specs });
            }
        }
        apis
    }

    /// The generated code of each API.
    pub(super) fn generated(&self) -> BTreeMap<Key<'_>, Generated<'_>> {
        let mut all = BTreeMap::new();
        for (platform, names) in self.model.platforms.iter().zip(&self.names.platforms) {
            for (family, family_names) in platform.families.iter().zip(&names.families) {
                for (endpoint, endpoint_names) in family.endpoints.iter().zip(&family_names.endpoints) {
                    let above = format!("{}::{}", names.module, family_names.module);
                    let generated = Generated { endpoint, names: endpoint_names, feature: &family.feature, above };
                    all.insert((platform.name.as_str(), endpoint.api.as_str()), generated);
                }
            }
        }
        all
    }
}

/// What an API is known by: its platform and its name.
pub(super) type Key<'a> = (&'a str, &'a str);

/// One API of a revision.
#[derive(Copy, Clone)]
pub(super) struct Api<'a> {
    pub(super) platform: &'a PlatformSpecs,
    pub(super) specs: &'a EndpointSpecs,
}

/// Only the names matter here: what is wrong with a crate file is for `lint` to tell.
fn package(specs: &Specs, anywhere: FileId) -> Package {
    let spec = specs.crate_spec.as_ref().map(|loaded| &loaded.spec);
    let text = |text: Option<&String>, other: &str| text.map_or_else(|| other.to_owned(), String::clone);
    Package {
        name: text(spec.map(|spec| &spec.name), "apis"),
        version: text(spec.map(|spec| &spec.version), ""),
        description: String::new(),
        license: String::new(),
        rust_version: String::new(),
        default_features: Vec::new(),
        origin: Place::file(specs.crate_spec.as_ref().map_or(anywhere, |loaded| loaded.file)),
    }
}

/// Takes out the transcripts that have the same bytes, fixes included, under the same rules in both revisions.
fn drop_equal(old: &mut BTreeMap<String, String>, new: &mut BTreeMap<String, String>) {
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
    for stem in stems {
        let paths = [format!("{stem}.yaml"), format!("{stem}.fix.yaml")];
        if paths.iter().all(|path| old.get(path) == new.get(path)) {
            for path in paths {
                old.remove(&path);
                new.remove(&path);
            }
        }
    }
}

/// Whether equal transcripts mean the same under both platform files.
fn same_rules(path: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> bool {
    let (Some(old), Some(new)) = (old.get(path), new.get(path)) else { return false };
    if old == new {
        return true;
    }
    let read = |text: &str| spec::load_platform(path, text.to_owned(), &mut Sources::new(), &mut Diagnostics::new());
    let (Some(old), Some(new)) = (read(old), read(new)) else { return false };
    let rules = |platform: &PlatformSpec| {
        let platform = platform.clone();
        let own = platform.response.envelope.status.map(|names| (names.status, names.message));
        (
            platform.values.types,
            platform.request.method,
            platform.request.files,
            platform.response.lists,
            platform.families,
            own,
        )
    };
    rules(&old) == rules(&new)
}
