//! Makes the crate in memory: from a record alone, from a record and the specs that have changed, or from all specs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::digest::Digest;
use super::known::{self, Known, Part, SpecDigests};
use super::record::{self, Record};
use super::{Output, Run, take_doubts};
use crate::commands::lock_file::{Keep, LockFile};
use crate::diagnostic::{Code, Diagnostics, KeptFinding};
use crate::parallel;
use crate::pipeline::{self, Checked};
use crate::selection::Unmatched;
use crate::source::{FileId, Sources};
use crate::spec::{Folder, Specs};
use crate::tree::{Tree, TreePath};

/// The inputs of a run.
pub(super) struct Maker<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) files: Folder,
    /// `None` if the lock cannot be read.
    pub(super) lock_file: Option<LockFile>,
}

/// The record of a run, before the files of the crate are written.
pub(super) struct NewRecord(Record);

impl NewRecord {
    /// Writes the record of a run that has written its files.
    pub(super) fn write(mut self, output: &Output, out: &Path) {
        let record = &mut self.0;
        let digests =
            parallel::map(output.tree.files(), |(path, text)| (path.to_string(), Digest::of(text.as_bytes())));
        let kept: BTreeSet<&str> = output.tree.kept().map(TreePath::as_str).collect();
        record.outputs.retain(|path, _| kept.contains(path.as_str()));
        record.outputs.extend(digests);
        let Some((_, lock)) = &output.lock else { return };
        record.lock = Digest::of(lock.as_bytes());
        record.write(out);
    }
}

impl Maker<'_> {
    /// Makes the crate, and reports what is wrong. `None` if there are errors.
    ///
    /// # Errors
    ///
    /// If a pattern of the arguments matches no API.
    pub(super) fn make(
        mut self,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Output>, Unmatched> {
        let specs = if self.can_use_records() { known::digests(&self.files) } else { None };
        let known = match (&specs, &self.lock_file) {
            (Some(specs), Some(lock)) => Known::new(specs, lock.text(), &options(self.run), &self.run.out),
            _ => Known::Nothing,
        };
        let mut found = Diagnostics::new();
        let made = match known {
            Known::Everything(record) => self.everything(&record, sources, &mut found),
            Known::Part(part) => specs.as_ref().and_then(|specs| self.part(*part, specs, sources, &mut found)),
            Known::Nothing => None,
        };
        if made.is_some() {
            diagnostics.extend(found);
            return Ok(made);
        }
        self.all(specs, sources, diagnostics)
    }

    /// Whether a record can stand for the work: it can only say that nothing is wrong, and has the files' digests only.
    fn can_use_records(&self) -> bool {
        let Run { args, selection, unusable, .. } = self.run;
        let is_whole = selection.is_everything() && args.unlock.is_none() && args.api_listing.is_none();
        is_whole && unusable.is_empty()
    }

    fn everything(&mut self, record: &Record, sources: &mut Sources, found: &mut Diagnostics) -> Option<Output> {
        known::add_findings(record.findings.iter(), &self.files, sources, found)?;
        let lock_file = self.lock_file.take()?;
        let lock = lock_file.text().to_owned();
        let mut tree = Tree::default();
        record.outputs.keys().for_each(|path| tree.keep(known::output(path)));
        Some(Output {
            tree,
            platforms: record.platforms.clone(),
            lock: Some((lock_file, lock)),
            tombstones: record.apis.tombstones(),
            doubts: record.doubts.values().sum(),
            counts: record.apis.counted(),
            record: None,
        })
    }

    /// `None` if there is an error, or if the changes are about other APIs too.
    fn part(
        &mut self,
        part: Part,
        specs: &SpecDigests,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> Option<Output> {
        let loaded = self.files.load_some(&|path| part.needs(path), sources, found);
        let lock_file = self.lock_file.as_ref()?;
        let wanted = |platform: &str, api: &str| !part.outlined.has(platform, api);
        let lock = lock_file.lock_of(&wanted, sources, found);
        let checked = pipeline::check_beside(&loaded, lock, part.outlined.clone(), found)?;
        if !checked.examples().iter().all(|(platform, api)| wanted(platform, api)) {
            return None;
        }
        let mut doubts = Doubts::take(found, sources, &self.files.shown(""));
        doubts.add(part.doubts());
        part.add_findings(&self.files, sources, found)?;
        let lock = checked.lock_after(lock_file.text());
        let lock = Some((self.lock_file.take()?, lock));
        let made = Made { checked, lock, doubts, specs: Some(specs.clone()), outputs: part.record.outputs };
        made.output(self.run, &self.files.shown(""), sources, found)
    }

    fn all(
        self,
        specs: Option<SpecDigests>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Output>, Unmatched> {
        let (run, root) = (self.run, self.files.shown(""));
        let loaded = self.files.load(sources, diagnostics);
        let Some((lock_file, checked)) = checked(run, self.lock_file, &loaded, sources, diagnostics) else {
            return Ok(None);
        };
        let lock = run.args.only.is_empty().then(|| (lock_file, checked.lock()));
        let checked = checked.narrowed(&run.selection)?;
        let doubts = Doubts::take(diagnostics, sources, &root);
        // Emission needs much memory of its own.
        drop(loaded);
        let made = Made { checked, lock, doubts, specs, outputs: BTreeMap::new() };
        Ok(made.output(run, &root, sources, diagnostics))
    }
}

/// Checks the specs with the whole lock.
fn checked(
    run: &Run<'_>,
    lock_file: Option<LockFile>,
    specs: &Specs,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(LockFile, Checked)> {
    let lock_file = lock_file?;
    let keep = run.args.unlock.as_deref().map_or(Keep::Everything, Keep::AllBut);
    let lock = lock_file.lock(keep, sources, diagnostics)?;
    let checked = pipeline::check(specs, lock, diagnostics)?;
    diagnostics.extend(run.unusable.iter().cloned());
    run.unusable.is_empty().then_some((lock_file, checked))
}

/// What the specs give.
struct Made {
    checked: Checked,
    /// `None` if it is not written.
    lock: Option<(LockFile, String)>,
    doubts: Doubts,
    /// `None` if there is to be no record.
    specs: Option<SpecDigests>,
    /// The digests of the files that the last run wrote.
    outputs: BTreeMap<String, Digest>,
}

impl Made {
    /// Returns what is to be written, and reports what the files lack. Paths in `sources` that begin with `root` are in the
    /// specs folder.
    fn output(mut self, run: &Run<'_>, root: &str, sources: &Sources, found: &mut Diagnostics) -> Option<Output> {
        let tree = self.checked.emit(&run.options);
        self.checked.check_emitted(&tree, found);
        if found.has_errors() {
            return None;
        }
        let platforms = self.checked.names.platforms.iter().map(|platform| platform.module.to_string());
        let platforms: Vec<String> = platforms.collect();
        let record = if run.args.check { None } else { self.record(run, &platforms, root, sources, found) };
        Some(Output {
            tree,
            platforms,
            tombstones: self.checked.tombstones(),
            lock: self.lock,
            doubts: self.doubts.count,
            counts: self.checked.counted(),
            record,
        })
    }

    /// Returns the record, without what is known only when the files are written. `None` if it could not stand for the run.
    fn record(
        &mut self,
        run: &Run<'_>,
        platforms: &[String],
        root: &str,
        sources: &Sources,
        found: &Diagnostics,
    ) -> Option<NewRecord> {
        let below = |file: FileId| sources.path(file).strip_prefix(root).map(str::to_owned);
        let findings = found.iter().map(|finding| KeptFinding::of(finding, &below));
        Some(NewRecord(Record {
            program: record::program()?,
            options: options(run),
            lock: Digest::of(&[]),
            specs: self.specs.take()?,
            outputs: std::mem::take(&mut self.outputs),
            platforms: platforms.to_owned(),
            apis: self.checked.outlines(),
            examples: self.checked.examples(),
            doubts: self.doubts.by_file.take()?,
            findings: findings.collect::<Option<_>>()?,
        }))
    }
}

/// Returns what the output depends on beside the files.
fn options(run: &Run<'_>) -> String {
    format!("{:?}", run.options)
}

/// The unsettled doubts, which `lint` lists.
struct Doubts {
    count: usize,
    /// By file. `None` if a file is not in the specs folder.
    by_file: Option<BTreeMap<String, usize>>,
}

impl Doubts {
    /// Removes the doubts from the findings.
    fn take(found: &mut Diagnostics, sources: &Sources, root: &str) -> Self {
        let mut by_file = Some(BTreeMap::new());
        for finding in found.iter().filter(|finding| finding.code() == Code::UnsettledDoubt) {
            let path = finding.place().and_then(|place| sources.path(place.file).strip_prefix(root));
            match (&mut by_file, path) {
                (Some(by_file), Some(path)) => *by_file.entry(path.to_owned()).or_default() += 1,
                _ => by_file = None,
            }
        }
        Self { count: take_doubts(found), by_file }
    }

    fn add(&mut self, others: BTreeMap<String, usize>) {
        self.count += others.values().sum::<usize>();
        if let Some(by_file) = &mut self.by_file {
            by_file.extend(others);
        }
    }
}
