//! What is wrong with the specs of a comparison: a broken spec or a fix that does not apply costs only itself.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock;
use crate::source::{FileId, Place, Position, Segment, Sources, SpecPath};
use crate::spec::{self, PlatformSpecs, Specs};

use super::Kind;
use super::digest_only;
use super::report::Subject;
use super::texts::below;

/// A spec that cannot be compared, or an entry of a fix file that does not apply.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) subject: Subject,
    pub(super) kind: Kind,
    /// `api` for a whole spec, else the path that the fix names.
    pub(super) path: SpecPath,
    pub(super) why: String,
    pub(super) help: Option<String>,
    pub(super) place: Place,
    /// Whether the new revision has it, and not only the old one.
    pub(super) is_new: bool,
}

impl Trouble {
    /// A spec that is compared in neither revision, because it has this error.
    pub(super) fn not_compared(subject: Subject, error: &Diagnostic, place: &Place, is_new: bool) -> Self {
        let key = if matches!(subject, Subject::Api { .. }) { "api" } else { "title" };
        Self {
            subject,
            kind: Kind::SpecNotCompared,
            path: SpecPath::root().key(key),
            why: format!("{}: {}", error.code().id(), error.message()),
            help: None,
            place: place.clone(),
            is_new,
        }
    }
}

/// One revision whose findings are sorted out.
pub(super) struct Side<'a> {
    /// Prefix of the paths in reports.
    pub(super) root: &'a str,
    pub(super) specs: &'a Specs,
    pub(super) findings: Diagnostics,
}

/// What is wrong with the APIs of two revisions.
#[derive(Default)]
pub(super) struct Found {
    pub(super) troubles: Vec<Trouble>,
    pub(super) broken: Broken,
}

/// The transcripts that cannot be compared.
#[derive(Default)]
pub(super) struct Broken {
    /// `top/alsc/crm_send`: a broken transcript may not contain its name.
    stems: BTreeSet<String>,
    /// Platforms and APIs.
    apis: BTreeSet<(String, String)>,
    /// Platforms whose file has the same errors in both revisions, so that there are no rules to compare by.
    platforms: BTreeSet<String>,
}

impl Broken {
    /// Whether an API cannot be compared.
    pub(super) fn contains(&self, platform: &str, api: &str) -> bool {
        self.platforms.contains(platform) || self.apis.contains(&(platform.to_owned(), api.to_owned()))
    }

    /// Removes the transcripts from a revision.
    pub(super) fn remove_from(&self, specs: &mut Specs) {
        for platform in &mut specs.platforms {
            let name = platform.name.clone();
            platform.endpoints.retain(|endpoint| {
                !self.stems.contains(&format!("{name}/{}/{}", endpoint.family, endpoint.leaf))
                    && !self.contains(&name, &endpoint.spec.api)
            });
        }
    }
}

/// Sorts out the errors of the old and the new revision. Errors that make a comparison impossible, and those of a file that
/// is not a spec, go to `diagnostics` only.
///
/// Warnings are reported by `lint`.
pub(super) fn sort_out(
    [old, new]: [Side<'_>; 2],
    sources: &Sources,
    told: &[Trouble],
    diagnostics: &mut Diagnostics,
) -> Found {
    let mut found = Found::default();
    // A fix that did not apply before is not news.
    let known: BTreeSet<(String, String)> = old
        .findings
        .iter()
        .filter(|finding| is_stale(finding, old.root, sources))
        .map(|finding| identity(finding, old.root, sources))
        .collect();
    let specs = [old.specs, new.specs];
    for (is_new, side) in [(false, old), (true, new)] {
        let reader = Reader { root: side.root, own: side.specs, specs, sources, is_new };
        for finding in side.findings.iter().filter(|finding| finding.is_error()) {
            if is_stale(finding, side.root, sources) {
                let news = is_new && !known.contains(&identity(finding, side.root, sources));
                found.troubles.extend(reader.stale(finding).filter(|_| news));
            } else {
                reader.error(finding, told, &mut found, diagnostics);
            }
        }
    }
    found
}

/// Whether a finding is about a single entry of a fix file, which loading has passed over.
fn is_stale(finding: &Diagnostic, root: &str, sources: &Sources) -> bool {
    let is_entry = matches!(
        finding.code(),
        Code::UnknownPath
            | Code::WasDiffers
            | Code::QuoteDiffers
            | Code::RepeatedFix
            | Code::IdleFix
            | Code::BadFixValue
            | Code::UselessName
    );
    let file = finding.place().map(|place| below(root, sources.path(place.file)));
    is_entry && file.is_some_and(|path| path.ends_with(".fix.yaml"))
}

/// Returns the file and the message of a finding, which are the same in both revisions.
fn identity(finding: &Diagnostic, root: &str, sources: &Sources) -> (String, String) {
    let file = finding.place().map_or("", |place| below(root, sources.path(place.file)));
    (file.to_owned(), finding.message().to_owned())
}

/// Returns the platform and the path without its ending, for a transcript or a fix file.
fn stem(path: &str) -> Option<(&str, &str)> {
    let (platform, rest) = path.split_once('/')?;
    let stem = path.strip_suffix(".fix.yaml").or_else(|| path.strip_suffix(".yaml"))?;
    (rest.split('/').count() == 2).then_some((platform, stem))
}

/// The findings of one revision.
struct Reader<'a> {
    root: &'a str,
    own: &'a Specs,
    /// Both revisions: an API that cannot be parsed in one has its name in the other.
    specs: [&'a Specs; 2],
    sources: &'a Sources,
    is_new: bool,
}

impl Reader<'_> {
    /// Returns the trouble with a fix that was passed over.
    fn stale(&self, finding: &Diagnostic) -> Option<Trouble> {
        let place = finding.place()?;
        let subject = self.own.platforms.iter().find_map(|platform| {
            let endpoint = platform.endpoints.iter().find(|endpoint| endpoint.fix_file == Some(place.file))?;
            Some(Subject::Api { platform: platform.name.clone(), api: endpoint.spec.api.clone() })
        })?;
        let Position::Path(path, _) = &place.at else { return None };
        let Some(Segment::Index(index)) = path.segments().first().copied() else { return None };
        Some(Trouble {
            subject,
            kind: Kind::FixStale,
            path: spec::fixed_paths(place.file, self.sources).into_iter().nth(*index)?,
            why: format!("{}: {}", finding.code().id(), finding.message()),
            help: finding.help_lines().first().cloned(),
            place: place.clone(),
            is_new: true,
        })
    }

    fn error(&self, finding: &Diagnostic, told: &[Trouble], found: &mut Found, diagnostics: &mut Diagnostics) {
        let Some(place) = finding.place() else { return diagnostics.push(finding.clone()) };
        let path = below(self.root, self.sources.path(place.file));
        if path.ends_with("/platform.yaml") || path == "crate.yaml" {
            return self.shared(path, place, finding, told, found, diagnostics);
        }
        diagnostics.push(finding.clone());
        let clashes = matches!(finding.code(), Code::NameClash | Code::RepeatedApi);
        let others = finding.related().filter(|_| clashes);
        for place in [place].into_iter().chain(others) {
            if let Some((platform, stem)) = stem(below(self.root, self.sources.path(place.file))) {
                self.broken(platform, stem, place, finding, found);
            }
        }
    }

    /// Reports an error in a file that has been replaced unless it was found there already.
    fn shared(
        &self,
        path: &str,
        place: &Place,
        finding: &Diagnostic,
        told: &[Trouble],
        found: &mut Found,
        diagnostics: &mut Diagnostics,
    ) {
        let subject = match path.strip_suffix("/platform.yaml") {
            Some(platform) => Subject::Platform(platform.to_owned()),
            None => Subject::Package,
        };
        if !told.iter().chain(&found.troubles).any(|trouble| trouble.subject == subject) {
            found.broken.platforms.extend(subject.platform().map(str::to_owned));
            diagnostics.push(finding.clone());
            found.troubles.push(Trouble::not_compared(subject, finding, place, self.is_new));
        }
    }

    fn broken(&self, platform: &str, stem: &str, place: &Place, finding: &Diagnostic, found: &mut Found) {
        if !found.broken.stems.insert(stem.to_owned()) {
            return;
        }
        let names = self.names(platform, stem);
        let name = names.first().cloned().unwrap_or_else(|| format!("{stem}.yaml"));
        found.broken.apis.extend(names.into_iter().map(|api| (platform.to_owned(), api)));
        let subject = Subject::Api { platform: platform.to_owned(), api: name };
        found.troubles.push(Trouble::not_compared(subject, finding, place, self.is_new));
    }

    /// Returns the names of the API at a path, in this revision and the other.
    fn names(&self, platform: &str, stem: &str) -> Vec<String> {
        let here = stem.split_once('/').and_then(|(_, rest)| rest.split_once('/'));
        let is_here = |specs: &PlatformSpecs, endpoint: &spec::EndpointSpecs| {
            specs.name == platform && here == Some((endpoint.family.as_str(), endpoint.leaf.as_str()))
        };
        let parsed = [self.own].into_iter().chain(self.specs).flat_map(|specs| &specs.platforms).flat_map(|platform| {
            platform.endpoints.iter().filter(|endpoint| is_here(platform, endpoint)).map(|found| found.spec.api.clone())
        });
        let root = self.root;
        let path = if root.is_empty() { format!("{stem}.yaml") } else { format!("{root}/{stem}.yaml") };
        let text = |file: FileId| digest_only::top_level(self.sources.text(file), "api: ").map(str::to_owned);
        parsed.chain(self.sources.find(&path).and_then(text)).collect()
    }
}

/// Returns whether the lock of either revision cannot be parsed: then the names of both crates are unknown.
pub(super) fn is_lock_broken(diagnostics: &Diagnostics, sources: &Sources) -> bool {
    // Other findings in a lock are about the name of a single API.
    let broken = diagnostics.iter().filter(|finding| matches!(finding.code(), Code::BadLock | Code::TooLarge));
    broken.filter_map(Diagnostic::place).any(|place| sources.path(place.file).rsplit('/').next() == Some(lock::FILE))
}
