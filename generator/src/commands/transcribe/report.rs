//! What a run did, in a few lines.

use std::collections::BTreeMap;

use super::super::Terminal;
use crate::cli::TranscribeArgs;
use crate::spec::{EndpointSpec, Note};

/// The counts of a run.
pub(super) struct Report {
    pages: usize,
    /// Transcripts that are as the page says.
    pub(super) unchanged: usize,
    /// Transcripts that were there and differ.
    pub(super) changed: usize,
    /// Transcripts that were not there.
    pub(super) new: usize,
    /// Pages that were refused.
    pub(super) refused: usize,
    /// Files that could not be written.
    pub(super) failed: usize,
    doubts: BTreeMap<(&'static str, Note), usize>,
    families: BTreeMap<String, String>,
}

impl Report {
    pub(super) fn new(pages: usize) -> Self {
        let (doubts, families) = (BTreeMap::new(), BTreeMap::new());
        Self { pages, unchanged: 0, changed: 0, new: 0, refused: 0, failed: 0, doubts, families }
    }

    /// Counts the doubts of a transcript.
    pub(super) fn count(&mut self, spec: &EndpointSpec) {
        for doubt in &spec.doubts {
            *self.doubts.entry((doubt.about.word(), doubt.note)).or_default() += 1;
        }
    }

    /// Remembers a family that the platform file should declare.
    pub(super) fn undeclared(&mut self, family: &str, prefix: &str) {
        self.families.entry(family.to_owned()).or_insert_with(|| prefix.to_owned());
    }

    /// Whether the run ends well.
    pub(super) fn is_good(&self, args: &TranscribeArgs) -> bool {
        let behind = args.check && self.changed + self.new > 0;
        self.refused + self.failed == 0 && !behind
    }

    pub(super) fn show(&self, args: &TranscribeArgs, terminal: &mut Terminal<'_>) {
        if !self.families.is_empty() {
            terminal.say(format_args!(
                "families to declare in {}, under `families`:",
                args.specs.join(&args.platform).join("platform.yaml").display()
            ));
            for (family, prefix) in &self.families {
                terminal.say(format_args!("  {family}: {{title: {family}, prefixes: [{prefix}]}}"));
            }
        }
        let doubts: usize = self.doubts.values().sum();
        terminal.say(format_args!(
            "{} pages: {} new, {} changed, {} unchanged, {} refused; {doubts} doubts",
            self.pages, self.new, self.changed, self.unchanged, self.refused
        ));
        for ((about, note), count) in &self.doubts {
            terminal.say(format_args!("  {count:6} {about}: {}", note.reason()));
        }
    }
}
