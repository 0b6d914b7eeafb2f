//! JSON output: the whole report, in the form of the published schema.

use serde::Serialize;

use crate::diagnostic::safe_json;
use crate::diff::prose::{Piece, marked};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Bump, Item, Level, Verdict, shows_items};
use crate::diff::{Kind, LockOf};
use crate::model::SideName;
use crate::source::Sources;
use crate::terms::Cause;

use super::spot::Spot;

/// The JSON Schema of [`json`].
pub const SCHEMA: &str = include_str!("../../../diff.schema.json");

/// Version of the JSON format. Changes only when a reader of the old format would misread the new one.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    bump: Bump,
    must_upgrade: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock: Option<LockUsed<'a>>,
    counts: Counts,
    findings: Vec<Entry<'a>>,
}

/// The lock that determines the names of the new crate.
#[derive(Serialize)]
struct LockUsed<'a> {
    of: &'static str,
    path: &'a str,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    info: usize,
    doc: usize,
    hidden: usize,
    approved: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'static str,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a str>,
    message: String,
    #[serde(flatten)]
    verdict: &'a Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    rust: Option<Rust<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<Prose>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<Fact<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<Grounds<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Spot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Spot>,
}

#[derive(Serialize)]
struct Grounds<'a> {
    cause: Cause,
    reason: &'a str,
    who: &'a str,
    until: String,
}

#[derive(Serialize)]
struct Rust<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<&'a str>,
}

/// The sentences that differ, split into equal and differing pieces.
#[derive(Serialize)]
struct Prose {
    old: Vec<Stretch>,
    new: Vec<Stretch>,
}

#[derive(Serialize)]
struct Stretch {
    text: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    differs: bool,
}

/// Facts of one class that a text gained or lost.
#[derive(Serialize)]
struct Fact<'a> {
    class: &'static str,
    old: &'a [String],
    new: &'a [String],
}

/// Writes the report as one JSON object.
pub fn json(report: &Report, sources: &Sources) -> String {
    let count = |level| report.count(level);
    let document = Document {
        format: FORMAT,
        bump: report.bump(),
        must_upgrade: report.must_upgrade(),
        version: &report.version,
        next_version: report.next_version(),
        lock: report.lock.as_ref().map(|(of, path)| LockUsed {
            of: match of {
                LockOf::Old => "old",
                LockOf::New => "new",
            },
            path,
        }),
        counts: Counts {
            error: count(Level::Error),
            warning: count(Level::Warning),
            info: count(Level::Info),
            doc: count(Level::Doc),
            hidden: count(Level::Hidden),
            approved: report.approved().count(),
        },
        findings: report.findings.iter().map(|finding| entry(finding, sources)).collect(),
    };
    // Text and numbers under text keys always serialize.
    serde_json::to_string_pretty(&document).map(|text| safe_json(&text) + "\n").unwrap_or_default()
}

fn entry<'a>(finding: &'a Finding, sources: &Sources) -> Entry<'a> {
    let change = &finding.change;
    let (platform, api) = match &finding.subject {
        Subject::Package => (None, None),
        Subject::Platform(name) => (Some(name.as_str()), None),
        Subject::Api { platform, api } => (Some(platform.as_str()).filter(|name| !name.is_empty()), Some(api.as_str())),
    };
    Entry {
        id: change.kind.id(),
        fingerprint: finding.fingerprint(),
        platform,
        api,
        side: change.side().map(|side| match side {
            SideName::Request => "request",
            SideName::Response => "response",
        }),
        path: change.path.to_string(),
        old_path: change.old_path.as_ref().map(ToString::to_string),
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        message: change.describe().to_string(),
        verdict: &finding.verdict,
        rust: rust(finding),
        help: finding.help.as_ref().map(ToString::to_string),
        prose: prose(finding),
        facts: change
            .facts
            .iter()
            .map(|fact| Fact { class: fact.class_name(), old: &fact.old, new: &fact.new })
            .collect(),
        approval: finding.approval.as_ref().map(|approval| Grounds {
            cause: approval.cause,
            reason: &approval.reason,
            who: &approval.who,
            until: approval.until.to_string(),
        }),
        before: finding.old_place.as_ref().map(|place| Spot::new(place, sources)),
        after: finding.new_place.as_ref().map(|place| Spot::new(place, sources)),
    }
}

fn rust(finding: &Finding) -> Option<Rust<'_>> {
    let item = |item: &Option<Item>| item.as_ref().map(ToString::to_string);
    let items = finding.items.as_ref().filter(|_| shows_items(finding.change.kind));
    let (old, new) = items.map_or((None, None), |items| (item(&items.old), item(&items.new)));
    let rust = Rust { old, new, witness: finding.witness.as_deref(), module: finding.module.as_deref() };
    (rust.old.is_some() || rust.new.is_some() || rust.witness.is_some()).then_some(rust)
}

/// Returns whether the values of a kind are sentences.
pub(super) fn is_prose(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::DocTitle
            | Kind::DocApi
            | Kind::DocApiSuspect
            | Kind::DocField
            | Kind::DocFieldSuspect
            | Kind::DocDeprecatedText
            | Kind::DocUndeprecatedText
            | Kind::DocEnumValue
            | Kind::ErrMeaning
            | Kind::ErrText
            | Kind::StatusMeaning
            | Kind::StatusText
    )
}

fn prose(finding: &Finding) -> Option<Prose> {
    let change = &finding.change;
    let (Some(old), Some(new)) = (&change.old, &change.new) else { return None };
    if !is_prose(change.kind) {
        return None;
    }
    let stretches = |pieces: Vec<Piece>| {
        pieces.into_iter().map(|piece| Stretch { text: piece.text, differs: piece.differs }).collect()
    };
    let marked = marked(old, new);
    Some(Prose { old: stretches(marked.old), new: stretches(marked.new) })
}
