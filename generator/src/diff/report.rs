//! The judged differences between two revisions. Every output format is written from this model.

use crate::source::Place;
use crate::spec::Approval;

use super::verdict::{Bump, Items, Level, Verdict};
use super::version::numbers;
use super::{Change, Kind, LockOf, Phrase};

/// Every finding, in order: the crate file, then each platform's file and its APIs by name, each in the page's order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// Version of the generated package in the old revision; empty if it has none.
    pub version: String,
    /// Which revision's lock determines the names of the new crate, and the lock's path. `None` without a lock.
    pub lock: Option<(LockOf, String)>,
}

/// A change with its verdict.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The spec that changed.
    pub subject: Subject,
    /// The change itself.
    pub change: Change,
    /// Its effects.
    pub verdict: Verdict,
    /// The Rust items that it affects, if any.
    pub items: Option<Items>,
    /// A line of Rust that compiled against the old crate and does not against the new one.
    pub witness: Option<String>,
    /// What a reviewer can do about it in the fix file, if anything.
    pub help: Option<Phrase>,
    /// Path of the old crate's module that the witness uses.
    pub module: Option<String>,
    /// Who accepted it, and why. `None` until somebody does.
    pub approval: Option<Approval>,
    /// Its place in the old revision.
    pub old_place: Option<Place>,
    /// Its place in the new revision.
    pub new_place: Option<Place>,
}

/// The file or API that a finding belongs to.
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
    /// Returns the name of the platform, for a platform file.
    pub(super) fn platform(&self) -> Option<&str> {
        match self {
            Self::Platform(name) => Some(name),
            Self::Package | Self::Api { .. } => None,
        }
    }

    /// Returns the platform and the name of an API.
    pub(super) fn key(&self) -> Option<(&str, &str)> {
        match self {
            Self::Api { platform, api } => Some((platform, api)),
            Self::Package | Self::Platform(_) => None,
        }
    }

    /// Returns the name that reports show: the API's name, the platform's name, or `crate`.
    pub fn name(&self) -> &str {
        match self {
            Self::Package => "crate",
            Self::Platform(name) => name,
            Self::Api { api, .. } => api,
        }
    }
}

impl Finding {
    /// Returns the path that a message about the finding needs. `None` where the finding is about the subject as a whole,
    /// or where the message already contains the path.
    pub fn path_to_show(&self) -> Option<String> {
        let path = self.change.path.to_string();
        let is_whole = match &self.subject {
            Subject::Api { .. } => path == "api",
            Subject::Platform(_) => matches!(self.change.kind, Kind::PlatformAdded | Kind::PlatformRemoved),
            Subject::Package => false,
        };
        let is_told = self.change.new.as_ref() == Some(&path);
        (!is_whole && !is_told).then_some(path)
    }

    /// Returns what the finding is about, for one-line messages: `acme.depot.crate.send, request.label.type`.
    pub fn topic(&self) -> String {
        let name = self.subject.name();
        self.path_to_show().map_or_else(|| name.to_owned(), |path| format!("{name}, {path}"))
    }
}

impl Report {
    /// Returns whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Returns the version bump that all changes together require, approved or not.
    pub fn bump(&self) -> Bump {
        self.findings.iter().map(|finding| finding.verdict.bump).max().unwrap_or(Bump::None)
    }

    /// Returns the findings that are not approved.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.approval.is_none())
    }

    /// Returns the approved findings, each with its approval.
    pub fn approved(&self) -> impl Iterator<Item = (&Finding, &Approval)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.approval.as_ref()?)))
    }

    /// Returns one line about the lock. `None` without a lock.
    pub fn about_lock(&self) -> Option<Phrase> {
        let (of, path) = self.lock.as_ref()?;
        let whose = match of {
            LockOf::Old => "the old lock, because the new revision has none",
            LockOf::New => "the new revision's lock",
        };
        Some(Phrase::new(format!("Rust names come from {whose}: ")).code(path))
    }

    /// Returns whether any change makes old binaries fail.
    pub fn must_upgrade(&self) -> bool {
        self.findings.iter().any(|finding| finding.verdict.must_upgrade)
    }

    /// Counts the findings of a level that are not approved.
    pub fn count(&self, level: Level) -> usize {
        self.open().filter(|finding| finding.verdict.level == level).count()
    }

    /// Removes the findings below the level `least`.
    pub fn keep(&mut self, least: Level) {
        self.findings.retain(|finding| finding.verdict.level >= least);
    }

    /// Returns the version that follows the old one. `None` if no new version is needed, or if the old one is not of the
    /// form `1.2.3`.
    pub fn next_version(&self) -> Option<String> {
        let [major, minor, patch] = numbers(&self.version)?;
        // Before 1.0 the second number breaks and the third one adds.
        let next = match (self.bump(), major) {
            (Bump::None, _) => return None,
            (Bump::Major, 0) => [0, minor + 1, 0],
            (Bump::Major, _) => [major + 1, 0, 0],
            (Bump::Minor, 1..) => [major, minor + 1, 0],
            (Bump::Minor | Bump::Patch, _) => [major, minor, patch + 1],
        };
        Some(next.map(|part| part.to_string()).join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
