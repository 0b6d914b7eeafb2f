//! What the cause of a change makes of its verdict.

use super::{Bump, Level, Source, Verdict, Wire};

impl Verdict {
    /// The old spec was wrong, and the vendor changed nothing: binaries that run already were wrong before, and the
    /// change breaks none of them. The new crate repairs what it does to source all the same.
    pub(crate) fn take_for_a_fix(&mut self) {
        if self.wire != Wire::Works {
            self.wire = Wire::Works;
            self.behaviour = true;
            self.bump = self.bump.max(Bump::Minor);
            self.why.push_str("; but the vendor changed nothing: old binaries were wrong on the wire already");
        }
        self.must_upgrade = false;
        if self.source != Source::Breaks {
            self.level = self.level.min(Level::Warning);
        }
    }
}
