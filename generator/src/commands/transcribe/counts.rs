//! What a run did: the counts, what changed, and which fixes no longer apply.

use std::collections::BTreeMap;
use std::path::Path;

use super::assign::Declared;
use super::homes::Unpaged;
use super::news::changes;
use super::request::Request;
use super::settle::{News, Settled, fix_path};
use crate::commands::outcome::Outcome;
use crate::commands::report::{FileReport, Report, Summary};
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostics, counted, safe};
use crate::spec::{self, EndpointSpec, PlatformSpec};
use crate::terms::Note;

/// The counts of a run.
pub(super) struct Counts<'a> {
    request: &'a Request<'a>,
    unchanged: usize,
    changed: usize,
    new: usize,
    /// Rejected pages.
    pub(super) rejected: usize,
    /// Transcripts that could not be written.
    failed: usize,
    /// Fixes that no longer apply.
    lapsed: usize,
    doubts: BTreeMap<(&'static str, Note), usize>,
    /// Doubts that no fix settles.
    open: usize,
    /// Specs that no page is about. `None` if the pages are not a whole catalogue.
    unpaged: Option<usize>,
    /// What became of the platform files.
    pub(super) declared: Declared,
}

impl<'a> Counts<'a> {
    /// Creates the counts of a run that has done nothing yet.
    pub(super) fn new(request: &'a Request<'a>) -> Self {
        Self {
            request,
            unchanged: 0,
            changed: 0,
            new: 0,
            rejected: 0,
            failed: 0,
            lapsed: 0,
            doubts: BTreeMap::new(),
            open: 0,
            unpaged: None,
            declared: Declared::UpToDate,
        }
    }

    /// Counts a transcript, and shows how it differs from the existing file.
    pub(super) fn add(
        &mut self,
        settled: Settled,
        platform: &PlatformSpec,
        report: &mut Report,
        terminal: &mut Terminal<'_>,
    ) {
        match &settled.news {
            News::Unchanged => self.unchanged += 1,
            News::New => self.new += 1,
            News::Changed(_) => self.changed += 1,
        }
        report.files.extend(self.news(&settled, platform, terminal));
        self.doubts(&settled.spec);
        if let Some(error) = &settled.failure {
            self.failed += 1;
            terminal.fail(error);
        }
        self.open += settled.spec.doubts.len();
        if settled.fixes.is_some() {
            self.fixes(settled, report);
        }
    }

    /// Shows a transcript that is new or differs from the existing file.
    fn news(&self, settled: &Settled, platform: &PlatformSpec, terminal: &mut Terminal<'_>) -> Option<FileReport> {
        let args = self.request.args;
        let [new, changed] = match (args.check, args.dry_run) {
            (true, _) => ["missing", "behind"],
            (false, true) => ["would write", "would change"],
            (false, false) => ["new", "changed"],
        };
        let (word, state, changes) = match &settled.news {
            News::Unchanged => return None,
            News::New => (new, "new", Vec::new()),
            News::Changed(old) => (changed, "changed", changes(old, &settled.spec, platform)),
        };
        let path = shown(&settled.path);
        terminal.say(safe(&format!("{word}  {path}  ({})", settled.page), false));
        for change in &changes {
            terminal.say(format_args!("  {change}"));
        }
        Some(FileReport { path, state, page: Some(settled.page.clone()), changes })
    }

    /// Shows the specs that no page is about.
    pub(super) fn unpaged(&mut self, specs: Vec<Unpaged>, report: &mut Report, terminal: &mut Terminal<'_>) {
        self.unpaged = Some(specs.len());
        for Unpaged { path, api } in specs {
            let path = shown(&path);
            let api = api.map(|api| format!("  ({api})")).unwrap_or_default();
            terminal.say(safe(&format!("no page  {path}{api}"), false));
            report.files.push(FileReport::new(path, "no-page"));
        }
    }

    fn doubts(&mut self, spec: &EndpointSpec) {
        for doubt in &spec.doubts {
            *self.doubts.entry((doubt.about.word(), doubt.note)).or_default() += 1;
        }
    }

    /// Applies the existing fixes, which stay as they are, and collects those that no longer apply.
    fn fixes(&mut self, settled: Settled, report: &mut Report) {
        let Some(fixes) = settled.fixes else { return };
        let (transcript, fix) = (shown(&settled.path), shown(&fix_path(&settled.path)));
        let mut found = Diagnostics::new();
        spec::load_fixed((&transcript, settled.text), (&fix, fixes), &mut report.sources, &mut found);
        let unsettled = found.iter().filter(|finding| finding.code() == Code::UnsettledDoubt).count();
        self.open = self.open.saturating_sub(settled.spec.doubts.len()) + unsettled;
        found.retain(|finding| finding.code() != Code::UnsettledDoubt);
        self.lapsed += found.len();
        report.diagnostics.extend(found);
    }

    /// Returns the outcome as far as it does not follow from findings.
    pub(super) fn outcome(&self) -> Outcome {
        let behind = self.declared == Declared::Behind || (self.request.args.check && self.changed + self.new > 0);
        if self.failed > 0 || self.declared == Declared::Failed {
            Outcome::Failed
        } else if behind || self.lapsed > 0 || self.rejected > 0 || self.unpaged.is_some_and(|count| count > 0) {
            Outcome::Findings
        } else {
            Outcome::Done
        }
    }

    fn settled_doubts(&self) -> usize {
        self.doubts.values().sum::<usize>().saturating_sub(self.open)
    }

    /// Returns the counts for programs.
    pub(super) fn summary(&self, pages: usize) -> Summary {
        Summary::Transcribe {
            pages,
            new: self.new,
            changed: self.changed,
            unchanged: self.unchanged,
            rejected: self.rejected,
            doubts: self.doubts.values().sum(),
            settled_doubts: self.settled_doubts(),
            unpaged: self.unpaged,
        }
    }

    /// Shows the counts.
    pub(super) fn show(&self, pages: usize, terminal: &mut Terminal<'_>) {
        let settled = self.settled_doubts();
        terminal.say(format_args!(
            "{}: {} new, {} changed, {} unchanged, {} rejected; {}{}",
            counted(pages, "page"),
            self.new,
            self.changed,
            self.unchanged,
            self.rejected,
            counted(self.doubts.values().sum(), "doubt"),
            if settled > 0 { format!(", {settled} settled by fixes") } else { String::new() },
        ));
        if let Some(unpaged) = self.unpaged {
            let verb = if unpaged == 1 { "has" } else { "have" };
            // The API of a rejected page is not known.
            let unless = if self.rejected > 0 && unpaged > 0 { ", unless a rejected page is theirs" } else { "" };
            terminal.say(format_args!("{} {verb} no page in this catalogue{unless}", counted(unpaged, "spec")));
        }
        for ((about, note), count) in &self.doubts {
            terminal.say(format_args!("  {count:6} {about}: {}", note.reason()));
        }
        if self.lapsed > 0 {
            let fixes = counted(self.lapsed, "finding");
            terminal.complain(format_args!(
                "{fixes} in fix files, which are never rewritten: correct or remove these fixes before the next `generate`"
            ));
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
