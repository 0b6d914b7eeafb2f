//! Approvals of findings, and the fingerprints that identify findings.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Segment, SpecPath};
use crate::spec::{Approvals, FINGERPRINT_DIGITS};
use crate::terms::Cause;

use super::report::{Finding, Report, Subject};

impl Finding {
    /// Returns the fingerprint that identifies the finding in `approvals.yaml`. It is computed from the change alone
    /// (platform, API, kind, path, old and new value), so edits elsewhere do not change it.
    pub fn fingerprint(&self) -> String {
        let (platform, api) = match &self.subject {
            Subject::Package => ("", ""),
            Subject::Platform(name) => (name.as_str(), ""),
            Subject::Api { platform, api } => (platform.as_str(), api.as_str()),
        };
        let change = &self.change;
        let path = lasting(&change.path).to_string();
        let made_of = (platform, api, change.kind.id(), path, &change.old, &change.new);
        // Texts under no keys: nothing of it can fail to become JSON.
        let text = serde_json::to_string(&made_of).unwrap_or_default();
        let mut digits = apograph_runtime::sign::hex(&apograph_runtime::sign::sha256(text.as_bytes()));
        digits.truncate(FINGERPRINT_DIGITS);
        digits
    }
}

/// The path without row numbers: a row that comes in above moves the others, and changes nothing of them.
fn lasting(path: &SpecPath) -> SpecPath {
    path.segments().into_iter().fold(SpecPath::root(), |path, segment| match segment {
        Segment::Index(_) => path.key("[]"),
        segment => path.join(segment.clone()),
    })
}

/// The part of the specs that was compared.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Two whole specs folders.
    Whole,
    /// A part of them: approvals for other parts match nothing here.
    Part,
}

/// Marks the findings that are approved on `today`, and reports entries that have expired or match no finding.
///
/// An entry that the old revision already contains (`known`) and that matches nothing approved an earlier comparison. It
/// is never reported, not even after it has expired: a merged approval must not fail a later comparison. An expired entry
/// that matches a finding is reported, whichever revision contains it.
pub fn approve(
    report: &mut Report,
    approvals: &Approvals,
    known: &BTreeSet<String>,
    today: Date,
    scope: Scope,
    diagnostics: &mut Diagnostics,
) {
    let mut unmatched: BTreeSet<&str> = approvals.entries.keys().map(String::as_str).collect();
    for finding in &mut report.findings {
        let Some((fingerprint, approval)) = approvals.entries.get_key_value(&finding.fingerprint()) else { continue };
        unmatched.remove(fingerprint.as_str());
        if approval.until < today {
            continue;
        }
        if approval.cause == Cause::TranscriptionFix {
            finding.verdict.take_for_a_fix();
        }
        finding.approval = Some(approval.clone());
    }
    for (fingerprint, approval) in &approvals.entries {
        let is_unmatched = unmatched.contains(fingerprint.as_str());
        if is_unmatched && known.contains(fingerprint) {
            continue;
        }
        let place = |key: &str| Place::value(approvals.file, approval.path.key(key));
        if approval.until < today {
            let message = format!("the approval `{fingerprint}` has expired: its last day was {}", approval.until);
            let help = "set a later day in `until` if the change is still accepted, or remove the entry";
            diagnostics.push(Diagnostic::new(Code::ApprovalExpired, place("until"), message).help(help));
        } else if scope == Scope::Whole && is_unmatched {
            let message = format!("the approval `{fingerprint}` matches no change");
            let help = "the change is gone, or now has another fingerprint: review it again, or remove the entry";
            diagnostics.push(Diagnostic::new(Code::ApprovalUnmatched, place("fingerprint"), message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_not_numbered_in_fingerprints() {
        let path = |text: &str| lasting(&text.parse().expect("a path")).to_string();
        assert_eq!(path("errors[0].message"), path("errors[7].message"));
        assert_ne!(path("errors[0].message"), path("errors[0].code"));
        assert_ne!(path("request.a"), path("request.b"));
    }
}
