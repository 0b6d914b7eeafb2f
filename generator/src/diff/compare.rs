//! Compares two revisions: finds what was added, removed, renamed, moved or changed, and judges each change.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::lock::Released;
use crate::model::SideName;
use crate::source::Sources;
use crate::source::{Part, Place, SpecPath};
use crate::spec::{self, Entries};
use crate::terms::{FileForm, HttpMethod, ListForm};

use super::api::{self, Api, Key};
use super::compared::{Compared, Pair};
use super::digest_only::{self, DigestOnly};
use super::endpoint::{Alone, between};
use super::report::{Finding, Report, Subject};
use super::revision::Revision;
use super::rust::{self, Generated};
use super::verdict::{self, Items, Kept, Source};
use super::{Change, Kind, Mark, Phrase, Rules, Sending, advice, lookup, package, platform, witness};

/// Compares two revisions.
pub fn compare(old: Revision, mut new: Revision) -> Report {
    let compared = std::mem::take(&mut new.compared).into_iter().map(|Compared { pair, changes }| (pair, changes));
    let (pairs, changes): (Vec<Pair>, Vec<Vec<Change>>) = compared.unzip();
    let (old, new) = (&old, &new);
    let mut report = Report { version: old.version().to_owned(), lock: new.locked.by.clone(), ..Report::default() };
    packages(old, new, &mut report);
    report.findings.extend(troubles(new, |subject| *subject == Subject::Package));
    let (before, after) = (api::all(&old.specs), api::all(&new.specs));
    let renamed: BTreeSet<Key<'_>> =
        pairs.iter().filter(|pair| pair.key() != pair.old_key()).map(Pair::old_key).collect();
    let mut compared: BTreeMap<Key<'_>, (&Pair, Vec<Change>)> =
        pairs.iter().zip(changes).map(|(pair, changes)| (pair.key(), (pair, changes))).collect();
    let (old_code, new_code) = (old.generated(), new.generated());
    let digest_only = digest_only::by_api(&new.digest_only);
    for name in platform_names(old, new) {
        platforms(&name, old, new, &mut report);
        let mut apis = Apis { package: old.package(), old_code: &old_code, new_code: &new_code, report: &mut report };
        let released = released(&name, new);
        let keys = before.keys().chain(after.keys()).filter(|key| key.0 == name);
        let unread = digest_only.keys().filter(|key| key.0 == name);
        let troubled = new.troubles.iter().filter_map(|trouble| trouble.subject.key()).filter(|key| key.0 == name);
        let keys: BTreeSet<Key<'_>> = keys.chain(released.keys()).chain(unread).copied().chain(troubled).collect();
        for key in keys {
            let pair = compared.remove(&key);
            let was = before.get(&pair.as_ref().map_or(key, |(pair, _)| pair.old_key()));
            match (was, after.get(&key)) {
                (Some(was), Some(is)) => pair.into_iter().for_each(|(pair, changes)| apis.both(pair, changes, was, is)),
                (None, Some(is)) => apis.added(key, is),
                (Some(was), None) if !renamed.contains(&key) => apis.removed(key, was),
                _ => {}
            }
            apis.report.findings.extend(troubles(new, |subject| subject.key() == Some(key)));
            digest_only.get(&key).into_iter().for_each(|found| apis.digest_only(key, found));
            // A rename is reported under the new name.
            if !renamed.contains(&key) {
                released.get(&key).into_iter().for_each(|names| apis.released(key, names));
            }
        }
    }
    report
}

/// Compares two standalone transcripts, with only the common type words and without generated Rust.
///
/// Returns `None` if one of them cannot be parsed.
pub fn compare_loose(
    [(old_path, old), (new_path, new)]: [(&str, String); 2],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let (old_file, old) = spec::load_transcript_file(old_path, old, sources, diagnostics)?;
    let (new_file, new) = spec::load_transcript_file(new_path, new, sources, diagnostics)?;
    let words = Entries::new();
    let rules = Rules {
        words: &words,
        method: HttpMethod::Post,
        lists: ListForm::Bare,
        files: FileForm::Multipart,
        sending: Sending::FORM,
    };
    let [was, is] = [(old_file, old), (new_file, new)].map(|(file, spec)| Alone::new(file, spec, &rules));
    let (old, new) = (&was.specs.spec, &is.specs.spec);
    let mut report = Report::default();
    for change in between([was.revision(&rules), is.revision(&rules)], true) {
        let places =
            [Place::value(old_file, change.path_before().clone()), Place::value(new_file, change.path.clone())];
        let subject = Subject::Api { platform: String::new(), api: new.api.clone() };
        let text = lookup::description(&change, [Some(old), Some(new)]);
        report.findings.push(Finding { text, ..plain(subject, change, places) });
    }
    Some(report)
}

fn packages(old: &Revision, new: &Revision, report: &mut Report) {
    let (Some(was), Some(is)) = (&old.specs.crate_spec, &new.specs.crate_spec) else { return };
    let changes = package(&was.spec, &is.spec);
    for change in package::regrouped(changes, &old.specs, &new.specs) {
        let places = [Place::value(was.file, change.path_before().clone()), Place::value(is.file, change.path.clone())];
        report.findings.push(plain(Subject::Package, change, places));
    }
}

fn platform_names(old: &Revision, new: &Revision) -> BTreeSet<String> {
    let platforms = [old, new].into_iter().flat_map(|revision| &revision.specs.platforms);
    let troubled = new.troubles.iter().filter_map(|trouble| trouble.subject.platform());
    platforms.map(|platform| platform.name.as_str()).chain(troubled).map(str::to_owned).collect()
}

/// Returns what is wrong with some specs, as findings.
fn troubles<'a>(new: &'a Revision, is_of: impl Fn(&Subject) -> bool + 'a) -> impl Iterator<Item = Finding> + 'a {
    new.troubles.iter().filter(move |trouble| is_of(&trouble.subject)).map(|trouble| {
        let change = Change::new(trouble.kind, trouble.path.clone(), None, None);
        let mut finding = plain(trouble.subject.clone(), change, [trouble.place.clone(), trouble.place.clone()]);
        finding.verdict.why.clone_from(&trouble.why);
        let unused = if trouble.is_new { &mut finding.old_place } else { &mut finding.new_place };
        *unused = None;
        Finding { help: trouble.help.as_deref().map(Phrase::marked), ..finding }
    })
}

fn platforms(name: &str, old: &Revision, new: &Revision, report: &mut Report) {
    let subject = Subject::Platform(name.to_owned());
    report.findings.extend(troubles(new, |of| *of == subject));
    let root = SpecPath::root().key("title");
    match (old.platform(name), new.platform(name)) {
        (Some(was), Some(is)) => {
            for change in platform(&was.spec, &is.spec) {
                let places =
                    [Place::value(was.file, change.path_before().clone()), Place::value(is.file, change.path.clone())];
                let finding = plain(subject.clone(), change, places);
                let witness = witness::of_platform(&finding.change, &finding.verdict, &was.spec);
                report.findings.push(Finding { witness, ..finding });
            }
        }
        (None, Some(is)) => {
            let change = Change::new(Kind::PlatformAdded, root.clone(), None, Some(is.spec.title.clone()));
            let place = Place::value(is.file, root);
            report.findings.push(plain(subject.clone(), change, [place.clone(), place]));
            for change in platform::added(&is.spec) {
                let place = Place::value(is.file, change.path.clone());
                report.findings.push(plain(subject.clone(), change, [place.clone(), place]));
            }
        }
        (Some(was), None) => {
            let change = Change::new(Kind::PlatformRemoved, root.clone(), Some(was.spec.title.clone()), None);
            let place = Place::value(was.file, root);
            let witness = Some(witness::of_platform_gone(name, old.package()[1]));
            report.findings.push(Finding { witness, ..plain(subject, change, [place.clone(), place]) });
        }
        (None, None) => {}
    }
}

/// Makes a finding that needs no generated code.
fn plain(subject: Subject, change: Change, [old, new]: [Place; 2]) -> Finding {
    let verdict = verdict::judge(&change, None);
    let mark = change.mark();
    Finding {
        subject,
        text: None,
        verdict,
        items: None,
        witness: None,
        help: None,
        module: None,
        approval: None,
        old_place: (mark != Mark::Added).then_some(old),
        new_place: (mark != Mark::Removed).then_some(new),
        change,
    }
}

/// What the new lock of a platform no longer keeps.
fn released<'a>(platform: &str, new: &'a Revision) -> BTreeMap<Key<'a>, &'a Released> {
    let of_platform = new.locked.released.iter().filter(|released| released.platform == platform);
    of_platform.map(|released| ((released.platform.as_str(), released.api.as_str()), released)).collect()
}

struct Apis<'r, 'a> {
    /// Name of the package, and its name in code.
    package: [&'a str; 2],
    old_code: &'r BTreeMap<Key<'a>, Generated<'a>>,
    new_code: &'r BTreeMap<Key<'a>, Generated<'a>>,
    report: &'r mut Report,
}

impl Apis<'_, '_> {
    fn added(&mut self, key: Key<'_>, is: &Api<'_>) {
        let title = is.specs.spec.title.clone().unwrap_or_default();
        let change = Change::new(Kind::ApiAdded, SpecPath::root().key("api"), None, Some(title));
        self.push(key, key, change, None, Some(is));
    }

    fn removed(&mut self, key: Key<'_>, was: &Api<'_>) {
        let title = was.specs.spec.title.clone().unwrap_or_default();
        let change = Change::new(Kind::ApiRemoved, SpecPath::root().key("api"), Some(title), None);
        self.push(key, key, change, Some(was), None);
    }

    fn both(&mut self, pair: &Pair, mut changes: Vec<Change>, was: &Api<'_>, is: &Api<'_>) {
        let (old_key, key) = (pair.old_key(), pair.key());
        if let (Some(old), Some(new)) = (self.old_code.get(&old_key), self.heir(old_key, key)) {
            self.moved(old, new, &mut changes);
            collateral(old, new, &mut changes);
        }
        for change in changes {
            self.push(old_key, key, change, Some(was), Some(is));
        }
    }

    /// Returns what callers of the old API find in the new crate: its tombstone if there is one, otherwise the new API.
    fn heir<'k>(&'k self, old_key: Key<'k>, key: Key<'k>) -> Option<&'k Generated<'k>> {
        let tombstone = self.new_code.get(&old_key).filter(|code| code.endpoint.origin.is_lock());
        tombstone.or_else(|| self.new_code.get(&key))
    }

    /// Reports a transcript whose page was fetched again and documents the same.
    fn digest_only(&mut self, key: Key<'_>, found: &DigestOnly) {
        let subject = Subject::Api { platform: key.0.to_owned(), api: key.1.to_owned() };
        self.report.findings.push(plain(subject, found.change(), found.places.clone()));
    }

    /// Reports names that the lock no longer keeps, unless another change already breaks callers.
    fn released(&mut self, key: Key<'_>, released: &Released) {
        let subject = Subject::Api { platform: key.0.to_owned(), api: key.1.to_owned() };
        let mut told = self.report.findings.iter().rev().take_while(|finding| finding.subject == subject);
        if told.any(|finding| finding.verdict.source == Source::Breaks) {
            return;
        }
        let change = Change::new(Kind::LockLetGo, SpecPath::root().key("api"), Some(released.names.join(", ")), None);
        let witness = witness::of_lock(key.0, &released.names, self.package);
        let origin = released.origin.clone();
        self.report.findings.push(Finding { witness, ..plain(subject, change, [origin.clone(), origin]) });
    }

    /// Reports whether the API's module, type or feature moved.
    fn moved(&self, old: &Generated<'_>, new: &Generated<'_>, changes: &mut Vec<Change>) {
        let api = SpecPath::root().key("api");
        let told = |kind: Kind| changes.iter().any(|change| change.kind == kind);
        let is_renamed = told(Kind::ApiWireRenamed);
        let same_place = old.above == new.above && (is_renamed || old.names.module == new.names.module);
        let same_type = old.names.request == new.names.request || is_renamed || told(Kind::ApiRustRenamed);
        let mut push = |kind, old: String, new: String| {
            changes.push(Change::new(kind, api.clone(), Some(old), Some(new)));
        };
        if !same_place {
            let path = |code: &Generated<'_>| format!("{}::{}", code.module(), code.names.request);
            push(Kind::ApiMoved, path(old), path(new));
        } else if !same_type {
            push(Kind::ApiRustRenamed, old.names.request.to_string(), new.names.request.to_string());
        }
        let [before, after] = [old, new].map(|code| code.family.features().collect::<BTreeSet<&str>>());
        let only =
            |of: &BTreeSet<&str>, other: &BTreeSet<&str>| of.difference(other).copied().collect::<Vec<_>>().join(", ");
        let (lost, gained) = (only(&before, &after), only(&after, &before));
        if !lost.is_empty() {
            push(Kind::ApiFeatureMoved, lost, new.family.feature.clone());
        } else if !gained.is_empty() {
            push(Kind::ApiFeatureAdded, old.family.feature.clone(), gained);
        }
    }

    fn push(&mut self, old_key: Key<'_>, key: Key<'_>, change: Change, was: Option<&Api<'_>>, is: Option<&Api<'_>>) {
        let (old, new) = (self.old_code.get(&old_key), self.heir(old_key, key));
        let items = items(&change, old, new);
        let kept = old.zip(new).map_or(Kept::Nothing, |(old, new)| kept(&change, old, new));
        let verdict = verdict::judge_kept(&change, items.as_ref(), kept);
        let witness = old.and_then(|old| witness::of_api(&change, &verdict, items.as_ref(), old, self.package));
        let part = if change.field().is_some_and(|field| field == change.path) { Part::Key } else { Part::Value };
        let mark = change.mark();
        self.report.findings.push(Finding {
            subject: Subject::Api { platform: key.0.to_owned(), api: key.1.to_owned() },
            text: lookup::description(&change, [was, is].map(|api| api.map(|api| &api.specs.spec))),
            verdict,
            items,
            module: old.filter(|_| witness.is_some()).map(|old| format!("{}::{}", self.package[1], old.module())),
            witness,
            help: is.and_then(|is| advice::advice(&change, &is.specs.spec)),
            approval: None,
            old_place: was.filter(|_| mark != Mark::Added).map(|was| was.specs.place(change.path_before(), part)),
            new_place: is.filter(|_| mark != Mark::Removed).map(|is| is.specs.place(&change.path, part)),
            change,
        });
    }
}

/// Returns the Rust items that a change affects. `None` if a revision has no generated code for the API.
fn items(change: &Change, old: Option<&Generated<'_>>, new: Option<&Generated<'_>>) -> Option<Items> {
    let whole = change.field()? == change.path;
    let mark = change.mark();
    let old = if whole && mark == Mark::Added { None } else { old?.member(change.path_before()) };
    let new = if whole && mark == Mark::Removed { None } else { new?.member(&change.path) };
    Some(Items { old: old.map(|member| member.item()), new: new.map(|member| member.item()) })
}

/// Returns whether the new crate keeps what the change would take from callers of the old one.
fn kept(change: &Change, old: &Generated<'_>, new: &Generated<'_>) -> Kept {
    let path = change.path_before();
    let stays = match change.kind {
        Kind::ApiRemoved | Kind::ApiWireRenamed if !old.is_found_like(new) => return Kept::Nothing,
        Kind::ApiRemoved | Kind::ApiWireRenamed if new.endpoint.origin.is_lock() => return Kept::AsTombstone,
        Kind::ApiRemoved | Kind::ApiWireRenamed => return Kept::InUse,
        Kind::ReqEnumValueRemoved | Kind::ReqEnumLabel | Kind::RespEnumValueRemoved | Kind::RespEnumLabel => {
            let side = if change.side() == Some(SideName::Request) { "request" } else { "response" };
            let variant = old.member(path).zip(path.last_key()).and_then(|(member, wire)| member.variant(wire));
            variant.is_some_and(|variant| new.has_variant(side, &variant))
        }
        _ => {
            let was = old.member(path).map(|member| member.item());
            let is = new.member(&change.path).map(|member| member.item());
            let has_moved = change.mark() == Mark::Removed || *path != change.path;
            let is_other = was != is || has_moved || new.endpoint.origin.is_lock();
            is_other && was.is_some_and(|was| new.has_item(&was))
        }
    };
    if stays { Kept::AsTombstone } else { Kept::Nothing }
}

/// Adds changes for fields whose Rust type differs because of a change elsewhere.
fn collateral(old: &Generated<'_>, new: &Generated<'_>, changes: &mut Vec<Change>) {
    for found in rust::retyped(old, new) {
        let told = changes
            .iter()
            .any(|change| verdict::tells_type(change.kind) && change.field().as_ref() == Some(&found.path));
        if !told {
            let [before, after] = [found.old, found.new].map(|ty| Some(ty.to_string()));
            let change = Change::new(Kind::RespTypeMergedSplit, found.path.key("type"), before, after);
            let is_request = change.side() == Some(SideName::Request);
            changes.push(if is_request { Change { kind: Kind::ReqTypeMergedSplit, ..change } } else { change });
        }
    }
}
