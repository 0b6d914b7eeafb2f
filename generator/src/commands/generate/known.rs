//! What need not be done again, because an earlier run has done it with the same files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::digest::Digest;
use super::record::{self, Record};
use crate::diagnostic::{Code, Diagnostics, KeptFinding};
use crate::files::{self, LARGEST_OUTPUT};
use crate::parallel;
use crate::pipeline::{Outline, Outlines};
use crate::source::{FileId, Sources};
use crate::spec::Folder;
use crate::tree::TreePath;

/// The digests of the files of a specs folder, by their paths in it.
pub(super) type SpecDigests = BTreeMap<String, Digest>;

/// What a run can take over from the one before.
pub(super) enum Known {
    /// Nothing has changed.
    Everything(Box<Record>),
    /// All but some APIs.
    Part(Box<Part>),
    Nothing,
}

/// The part of a record that still holds.
pub(super) struct Part {
    pub(super) record: Record,
    /// The APIs whose specs and files have not changed.
    pub(super) outlined: Outlines,
    /// The transcripts to be read, as paths without `.yaml`: those of all other APIs.
    stems: BTreeSet<String>,
}

/// Returns the digests of all specs. `None` if any of them cannot be read.
pub(super) fn digests(folder: &Folder) -> Option<SpecDigests> {
    let digests = parallel::map(folder.texts()?, |(path, text)| (path.to_owned(), Digest::of(text.as_bytes())));
    Some(digests.into_iter().collect())
}

impl Known {
    /// Compares the files with the record of the run that wrote them. `lock` is the text of the lock.
    pub(super) fn new(specs: &SpecDigests, lock: &str, options: &str, out: &Path) -> Self {
        let Some(record) = Record::read(out) else { return Self::Nothing };
        let is_of_this = record.options == options
            && record.lock == Digest::of(lock.as_bytes())
            && record::program().is_some_and(|program| program == record.program);
        if !is_of_this {
            return Self::Nothing;
        }
        let Some(changed) = changed(&record.specs, specs) else { return Self::Nothing };
        let other = other_outputs(&record, out);
        if changed.is_empty() && other.is_empty() {
            return Self::Everything(Box::new(record));
        }
        Part::new(record, changed, &other).map_or(Self::Nothing, |part| Self::Part(Box::new(part)))
    }
}

/// Returns the transcripts that are new, gone or changed, or whose fixes are. `None` if another file has changed.
fn changed(before: &SpecDigests, now: &SpecDigests) -> Option<BTreeSet<String>> {
    let paths = before.keys().chain(now.keys()).filter(|path| before.get(*path) != now.get(*path));
    paths.map(|path| stem(path).map(str::to_owned)).collect()
}

/// Returns the files of the crate that are not as they were written.
fn other_outputs(record: &Record, out: &Path) -> BTreeSet<String> {
    let others = parallel::map(&record.outputs, |(path, digest)| {
        let place = output(path).below(out);
        let found = files::read(out, &place, LARGEST_OUTPUT).ok();
        let is_same = found.is_some_and(|found| Digest::of(&found) == *digest);
        (!is_same).then(|| path.clone())
    });
    others.into_iter().flatten().collect()
}

/// Returns the path of an output from its text.
pub(super) fn output(path: &str) -> TreePath {
    TreePath::new(&path.split('/').collect::<Vec<_>>())
}

/// Returns the path of a transcript or its fixes without `.yaml`, and `None` for other files.
fn stem(path: &str) -> Option<&str> {
    let stem = path.strip_suffix(".fix.yaml").or_else(|| path.strip_suffix(".yaml"))?;
    (stem.matches('/').count() == 2).then_some(stem)
}

impl Part {
    /// `None` if it would be too small, or if a finding is about more than one API.
    fn new(record: Record, changed: BTreeSet<String>, outputs: &BTreeSet<String>) -> Option<Self> {
        let is_example = |platform: &str, api: &str| record.examples.contains(&(platform.to_owned(), api.to_owned()));
        let is_other = |platform: &str, api: &str, outline: &Outline| {
            // An API that comes back, or is spelled differently, takes the place of a removed one.
            outline.removed
                || outputs.contains(&outline.file)
                || is_example(platform, api)
                || stem(&outline.spec).is_none_or(|stem| changed.contains(stem))
        };
        let others = record.apis.iter().filter(|(platform, api, outline)| is_other(platform, api, outline));
        let mut stems: BTreeSet<String> =
            others.filter_map(|(_, _, outline)| stem(&outline.spec)).map(str::to_owned).collect();
        let mut outlined = record.apis.clone();
        outlined.retain(|platform, api, outline| !is_other(platform, api, outline));
        stems.extend(changed);
        let is_shared = record.findings.iter().any(|finding| finding.is(Code::UndeclaredFamily));
        let is_small = outlined.iter().count() < stems.len();
        (!is_shared && !is_small).then_some(Self { record, outlined, stems })
    }

    /// Whether a file of the specs folder is to be read.
    pub(super) fn needs(&self, path: &str) -> bool {
        stem(path).is_none_or(|stem| self.stems.contains(stem))
    }

    /// Adds the findings about the specs that are not read again. `None` if they cannot be shown.
    pub(super) fn add_findings(&self, folder: &Folder, sources: &mut Sources, to: &mut Diagnostics) -> Option<()> {
        let of_others =
            self.record.findings.iter().filter(|finding| finding.file().is_some_and(|path| !self.needs(path)));
        add_findings(of_others, folder, sources, to)
    }

    /// Returns the numbers of doubts in the specs that are not read again, by file.
    pub(super) fn doubts(&self) -> BTreeMap<String, usize> {
        let doubts = self.record.doubts.iter().filter(|(path, _)| !self.needs(path));
        doubts.map(|(path, count)| (path.clone(), *count)).collect()
    }
}

/// Adds findings of an earlier run. `None` if a file is missing.
pub(super) fn add_findings<'a>(
    findings: impl Iterator<Item = &'a KeptFinding>,
    folder: &Folder,
    sources: &mut Sources,
    to: &mut Diagnostics,
) -> Option<()> {
    let texts: BTreeMap<&str, &str> = folder.texts()?.into_iter().collect();
    let mut added: BTreeMap<String, FileId> = BTreeMap::new();
    for finding in findings {
        let mut file = |path: &str| {
            if let Some(known) = added.get(path) {
                return Some(*known);
            }
            let file = sources.add(folder.shown(path), *texts.get(path)?);
            added.insert(path.to_owned(), file);
            Some(file)
        };
        to.push(finding.finding(&mut file)?);
    }
    Some(())
}
