//! How the approved cause of a change affects its verdict.

use super::{Bump, Level, Source, Verdict, Wire};

impl Verdict {
    /// Adjusts the verdict for a transcription fix: the old spec was wrong and the vendor changed nothing, so the change
    /// breaks no binary that worked before. Its effect on callers' source stays.
    pub(crate) fn take_for_a_fix(&mut self) {
        if self.wire != Wire::Works {
            self.wire = Wire::Works;
            self.behaviour = true;
            self.bump = self.bump.max(Bump::Minor);
            self.why.push_str("; however, the vendor changed nothing: old binaries were already wrong on the wire");
        }
        self.must_upgrade = false;
        if self.source != Source::Breaks {
            self.level = self.level.min(Level::Warning);
        }
    }
}
