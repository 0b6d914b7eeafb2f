//! What a run did: what changed, which fixes no longer apply, and the counts.

use std::collections::BTreeMap;
use std::path::Path;

use super::homes::Place;
use super::settle::{News, Settled, fix_path};
use crate::cli::TranscribeArgs;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostics, counted};
use crate::diff::{self, Kind, Rules};
use crate::source::Sources;
use crate::spec::{self, EndpointSpec, PlatformSpec};
use crate::terms::Note;

/// The counts of a run.
pub(super) struct Report<'a> {
    args: &'a TranscribeArgs,
    unchanged: usize,
    changed: usize,
    new: usize,
    /// Pages that were refused.
    pub(super) refused: usize,
    failed: usize,
    lapsed: usize,
    doubts: BTreeMap<(&'static str, Note), usize>,
    open: usize,
    /// Platform file → family → prefix.
    families: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'a> Report<'a> {
    /// Nothing done yet.
    pub(super) fn new(args: &'a TranscribeArgs) -> Self {
        Self {
            args,
            unchanged: 0,
            changed: 0,
            new: 0,
            refused: 0,
            failed: 0,
            lapsed: 0,
            doubts: BTreeMap::new(),
            open: 0,
            families: BTreeMap::new(),
        }
    }

    /// Counts a transcript, and shows what is new about it.
    pub(super) fn add(
        &mut self,
        settled: Settled,
        platform: &PlatformSpec,
        terminal: &mut Terminal<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) {
        match &settled.news {
            News::Unchanged => self.unchanged += 1,
            News::New => self.new += 1,
            News::Changed(_) => self.changed += 1,
        }
        self.news(&settled, platform, terminal);
        self.doubts(&settled.spec);
        if let Some(error) = &settled.failure {
            self.failed += 1;
            terminal.complain(format_args!("error: {error}"));
        }
        self.open += settled.spec.doubts.len();
        if settled.fixes.is_some() {
            self.fixes(settled, sources, diagnostics);
        }
    }

    /// Shows a transcript that is new or says something else than the one that stands.
    fn news(&self, settled: &Settled, platform: &PlatformSpec, terminal: &mut Terminal<'_>) {
        let shown = shown(&settled.path);
        let page = &settled.page;
        let [new, changed] = match (self.args.check, self.args.dry_run) {
            (true, _) => ["missing", "behind"],
            (false, true) => ["would write", "would change"],
            (false, false) => ["new", "changed"],
        };
        match &settled.news {
            News::Unchanged => {}
            News::New => terminal.say(format_args!("{new}  {shown}  ({page})")),
            News::Changed(old) => {
                terminal.say(format_args!("{changed}  {shown}  ({page})"));
                terminal.say(changes(old, &settled.spec, platform));
            }
        }
    }

    fn doubts(&mut self, spec: &EndpointSpec) {
        for doubt in &spec.doubts {
            *self.doubts.entry((doubt.about.word(), doubt.note)).or_default() += 1;
        }
    }

    /// Applies the fixes that stand, which stay as they are, and collects those that no longer apply.
    fn fixes(&mut self, settled: Settled, sources: &mut Sources, diagnostics: &mut Diagnostics) {
        let Some(fixes) = settled.fixes else { return };
        let (transcript, fix) = (shown(&settled.path), shown(&fix_path(&settled.path)));
        let mut found = Diagnostics::new();
        spec::load_fixed((&transcript, settled.text), (&fix, fixes), sources, &mut found);
        let unsettled = found.iter().filter(|finding| finding.code() == Code::UnsettledDoubt).count();
        self.open = self.open.saturating_sub(settled.spec.doubts.len()) + unsettled;
        let lapsed: Vec<_> = found.into_iter().filter(|finding| finding.code() != Code::UnsettledDoubt).collect();
        self.lapsed += lapsed.len();
        diagnostics.extend(lapsed);
    }

    /// Remembers a family that the platform file should declare.
    pub(super) fn placed(&mut self, place: &Place) {
        let Some(prefix) = &place.home.undeclared else { return };
        let file = shown(&self.args.specs.join(&place.platform).join("platform.yaml"));
        let families = self.families.entry(file).or_default();
        families.entry(place.home.family.clone()).or_insert_with(|| prefix.clone());
    }

    /// Returns the outcome, apart from findings.
    pub(super) fn outcome(&self) -> Outcome {
        let behind = self.args.check && self.changed + self.new > 0;
        if self.failed > 0 {
            Outcome::Failed
        } else if behind || self.lapsed > 0 || self.refused > 0 {
            Outcome::Findings
        } else {
            Outcome::Done
        }
    }

    /// Shows the families to declare, and the counts.
    pub(super) fn show(&self, pages: usize, terminal: &mut Terminal<'_>) {
        for (platform, families) in &self.families {
            terminal.say(format_args!("families to declare in {platform}, under `families`:"));
            for (family, prefix) in families {
                terminal.say(format_args!("  {family}: {{title: {family}, prefixes: [{prefix}]}}"));
            }
        }
        let doubts: usize = self.doubts.values().sum();
        let settled = doubts - self.open.min(doubts);
        terminal.say(format_args!(
            "{}: {} new, {} changed, {} unchanged, {} refused; {}{}",
            counted(pages, "page"),
            self.new,
            self.changed,
            self.unchanged,
            self.refused,
            counted(doubts, "doubt"),
            if settled > 0 { format!(", {settled} settled by fixes") } else { String::new() },
        ));
        for ((about, note), count) in &self.doubts {
            terminal.say(format_args!("  {count:6} {about}: {}", note.reason()));
        }
        if self.lapsed > 0 {
            terminal
                .complain("these fixes are kept as they are; mend them or take them out before the next `generate`");
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// What the new transcript says otherwise, one line for each change.
fn changes(old: &EndpointSpec, new: &EndpointSpec, platform: &PlatformSpec) -> String {
    let mut changes = diff::endpoint(old, new, &Rules::of(platform));
    // That the page's bytes changed is why the transcript is looked at.
    changes.retain(|change| change.kind != Kind::DocRetrieved);
    let listed = diff::listing(&changes);
    let lines: Vec<String> = listed.lines().map(|line| format!("  {line}")).collect();
    match lines.as_slice() {
        [] if old.source.sha256 == new.source.sha256 => {
            "  the page is the same: the transcript was edited, or comes from another version of apograph".to_owned()
        }
        [] => "  only the page around tables and samples".to_owned(),
        lines => lines.join("\n"),
    }
}
