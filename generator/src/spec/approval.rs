//! `approvals.yaml`: changes that a reviewer has accepted, each with a cause, a reason, a reviewer and an expiry date.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, SpecPath};
use crate::terms::Cause;

use super::text;

/// Number of hexadecimal digits in a fingerprint.
pub(crate) const FINGERPRINT_DIGITS: usize = 16;

/// One entry as written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalSpec {
    /// The fingerprint of the change, as every `diff` format shows it.
    #[serde(deserialize_with = "text::required")]
    pub fingerprint: String,
    /// Why the change is there.
    pub cause: Cause,
    /// Why it is accepted.
    #[serde(deserialize_with = "text::required")]
    pub reason: String,
    /// Who accepted it.
    #[serde(deserialize_with = "text::required")]
    pub who: String,
    /// The last day on which the entry is valid, `YYYY-MM-DD`.
    #[serde(deserialize_with = "text::required")]
    pub until: String,
}

/// One entry, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// Why the change is there.
    pub cause: Cause,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub who: String,
    /// The last day on which the entry is valid.
    pub until: Date,
    /// The entry's path in the file.
    pub(crate) path: SpecPath,
}

/// The content of `approvals.yaml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approvals {
    /// The file.
    pub(crate) file: FileId,
    /// Fingerprint → entry.
    pub(crate) entries: BTreeMap<String, Approval>,
}

impl Approvals {
    /// The fingerprints of all entries.
    pub fn fingerprints(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

/// Checks the entries and reports every invalid one. Returns `None` if there is any.
pub(super) fn checked(file: FileId, specs: Vec<ApprovalSpec>, diagnostics: &mut Diagnostics) -> Option<Approvals> {
    let mut found = Diagnostics::new();
    let mut entries: BTreeMap<String, Approval> = BTreeMap::new();
    for (index, spec) in specs.into_iter().enumerate() {
        let path = SpecPath::root().index(index);
        let mut wrong = |code, key: &str, message: String| {
            let place = Place::value(file, path.key(key));
            found.push(Diagnostic::new(code, place, message));
        };
        if !is_fingerprint(&spec.fingerprint) {
            let message =
                format!("expected {FINGERPRINT_DIGITS} lower-case hexadecimal digits, as `apograph diff` prints them");
            wrong(Code::WrongValue, "fingerprint", message);
        }
        for (key, text) in [("reason", &spec.reason), ("who", &spec.who)] {
            if text.trim().is_empty() {
                wrong(Code::WrongValue, key, "the text is empty".to_owned());
            }
        }
        let Some(until) = day(&spec.until) else {
            wrong(Code::WrongValue, "until", "expected a date such as `2026-01-31`".to_owned());
            continue;
        };
        let ApprovalSpec { fingerprint, cause, reason, who, .. } = spec;
        if let Some(first) = entries.get(&fingerprint) {
            let place = Place::value(file, path.key("fingerprint"));
            let first = Place::value(file, first.path.key("fingerprint"));
            let message = format!("`{fingerprint}` is approved twice");
            found.push(Diagnostic::new(Code::RepeatedApproval, place, message).label(first, "here first"));
            continue;
        }
        entries.insert(fingerprint, Approval { cause, reason, who, until, path });
    }
    let good = found.is_empty();
    diagnostics.extend(found);
    good.then_some(Approvals { file, entries })
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == FINGERPRINT_DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Parses a date. `YYYY-MM-DD` is the only accepted form.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|day| day.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_one_form() {
        assert!(day("2026-02-28").is_some());
        for text in ["2026-02-30", "2026-2-3", "20260228", "2026-02-28T00:00", "+002026-02-28", "tomorrow", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
