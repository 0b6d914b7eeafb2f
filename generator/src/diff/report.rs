//! What two revisions differ in, judged: the model that every output is written from.

use crate::source::Place;
use crate::spec::Approval;

use super::verdict::{Bump, Items, Level, Verdict};
use super::{Change, LockOf};

/// Every finding, in order: the crate file, then each platform's file and its APIs by name, each in the page's order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// Version of the generated package in the old revision; empty if it had none.
    pub version: String,
    /// Whose lock the new crate's names were judged by, and where it stands; nothing without a lock.
    pub lock: Option<(LockOf, String)>,
}

/// A change with its verdict.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What changed.
    pub subject: Subject,
    /// The change itself.
    pub change: Change,
    /// What it means for whom.
    pub verdict: Verdict,
    /// The Rust items that it touches, where it touches any.
    pub items: Option<Items>,
    /// A line of Rust that compiled against the old crate and does not against the new one.
    pub witness: Option<String>,
    /// What to do about it, where something can be done in the fix file.
    pub help: Option<String>,
    /// Path of the old crate's module that the witness is about.
    pub module: Option<String>,
    /// Who accepted it, and why; nothing while nobody has.
    pub approval: Option<Approval>,
    /// Where it stands in the old revision.
    pub old_place: Option<Place>,
    /// Where it stands in the new one.
    pub new_place: Option<Place>,
}

/// What a finding is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// The crate file.
    Package,
    /// A platform file.
    Platform(String),
    /// An API of a platform.
    Api {
        /// The platform.
        platform: String,
        /// The vendor's name of the API; the new one if it changed.
        api: String,
    },
}

impl Subject {
    /// What people read: the API's name, or the platform's, or `crate`.
    pub fn name(&self) -> &str {
        match self {
            Self::Package => "crate",
            Self::Platform(name) => name,
            Self::Api { api, .. } => api,
        }
    }
}

impl Report {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The version number that all changes together ask for, approved or not.
    pub fn bump(&self) -> Bump {
        self.findings.iter().map(|finding| finding.verdict.bump).max().unwrap_or(Bump::None)
    }

    /// The findings that nobody has approved.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.approval.is_none())
    }

    /// The findings that a reviewer has approved, with the approval.
    pub fn approved(&self) -> impl Iterator<Item = (&Finding, &Approval)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.approval.as_ref()?)))
    }

    /// One line about the lock; nothing without one.
    pub fn about_lock(&self) -> Option<String> {
        let (of, path) = self.lock.as_ref()?;
        let whose = match of {
            LockOf::Old => "the old lock, as the new revision has none",
            LockOf::New => "the new revision's lock",
        };
        Some(format!("callers' source is judged with {whose}: {path}"))
    }

    /// Whether any change makes old binaries fail.
    pub fn must_upgrade(&self) -> bool {
        self.findings.iter().any(|finding| finding.verdict.must_upgrade)
    }

    /// How many findings that nobody has approved have a level.
    pub fn count(&self, level: Level) -> usize {
        self.open().filter(|finding| finding.verdict.level == level).count()
    }

    /// Leaves out what is less than `least`.
    pub fn keep(&mut self, least: Level) {
        self.findings.retain(|finding| finding.verdict.level >= least);
    }

    /// The version after the old one; nothing if no new one is asked for, or the old one is no plain version.
    pub fn next_version(&self) -> Option<String> {
        let parts: Vec<u64> = self.version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [major, minor, patch] = parts.as_slice() else { return None };
        // Before 1.0 the second number breaks and the third one adds.
        let next = match (self.bump(), *major) {
            (Bump::None, _) => return None,
            (Bump::Major, 0) => [0, minor + 1, 0],
            (Bump::Major, _) => [major + 1, 0, 0],
            (Bump::Minor, 1..) => [*major, minor + 1, 0],
            (Bump::Minor | Bump::Patch, _) => [*major, *minor, patch + 1],
        };
        Some(next.map(|part| part.to_string()).join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Kind;
    use crate::diff::verdict::judge;
    use crate::source::SpecPath;

    fn report(version: &str, kinds: &[Kind]) -> Report {
        let finding = |kind: &Kind| {
            let change = Change::new(*kind, SpecPath::root().key("request").key("a"), Some("x".to_owned()), None);
            let verdict = judge(&change, None);
            let subject = Subject::Package;
            Finding {
                subject,
                change,
                verdict,
                items: None,
                witness: None,
                help: None,
                module: None,
                old_place: None,
                new_place: None,
                approval: None,
            }
        };
        Report { findings: kinds.iter().map(finding).collect(), version: version.to_owned(), lock: None }
    }

    #[test]
    fn versions_go_on_by_the_worst_change() {
        let (none, patch) = (Kind::OrderFieldsReq, Kind::DocField);
        let (minor, major) = (Kind::ApiAdded, Kind::ReqFieldRemovedOpt);
        for (version, kinds, next) in [
            ("1.2.3", &[none][..], None),
            ("1.2.3", &[none, patch], Some("1.2.4")),
            ("1.2.3", &[minor, patch], Some("1.3.0")),
            ("1.2.3", &[patch, major, minor], Some("2.0.0")),
            ("0.2.3", &[minor], Some("0.2.4")),
            ("0.2.3", &[major], Some("0.3.0")),
            ("1.0.0-rc.1", &[major], None),
            ("", &[major], None),
        ] {
            assert_eq!(report(version, kinds).next_version().as_deref(), next, "{version}");
        }
        assert!(report("", &[Kind::MethodChanged]).must_upgrade() && !report("", &[major]).must_upgrade());
    }
}
