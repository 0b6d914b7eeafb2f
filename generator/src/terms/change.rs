//! Words about changes between revisions.

use super::define::terms;

/// What callers are told about an item that only the lock still knows.
pub const REMOVED: &str = "removed from the vendor's documentation";

terms! {
    /// The reason that an approval gives for a change.
    pub enum Cause {
        /// `vendor`: the vendor changed the API.
        Vendor = "vendor",
        /// `transcription-fix`: the old spec was wrong, and the vendor changed nothing.
        TranscriptionFix = "transcription-fix",
        /// `policy`: we decided it, for example a name or a group.
        Policy = "policy",
    }
}
