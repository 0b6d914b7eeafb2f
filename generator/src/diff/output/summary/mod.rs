//! A draft of the release note for users of the generated crate, in English and Chinese.

mod folded;
mod words;

use std::collections::BTreeSet;

use crate::diagnostic::{cut, cut_to_difference};
use crate::diff::event::{Event, EventKind};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Bump, Source, Wire};
use crate::diff::{Change, Kind};
use crate::terms::Cause;

use super::budget::Amount;
use super::markdown::{code, phrase};

/// A language of the release note.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    English,
    /// Chinese, in simplified characters.
    Chinese,
}

/// A part of the release note, most urgent first.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    MustUpgrade,
    Breaking,
    Removed,
    Deprecated,
    Added,
    Behaviour,
    Docs,
}

impl Part {
    const ALL: [Self; 7] =
        [Self::MustUpgrade, Self::Breaking, Self::Removed, Self::Deprecated, Self::Added, Self::Behaviour, Self::Docs];

    /// Returns the part that lists the finding: only the most urgent one.
    fn of(finding: &Finding) -> Self {
        let verdict = &finding.verdict;
        match verdict.source {
            _ if is_removal(finding.change.kind) => Self::Removed,
            _ if verdict.must_upgrade => Self::MustUpgrade,
            Source::Breaks | Source::Depends => Self::Breaking,
            // Rebuilding does not mend it.
            _ if verdict.wire == Wire::Fails => Self::Breaking,
            _ if is_deprecation(finding.change.kind) => Self::Deprecated,
            Source::Additive => Self::Added,
            Source::Unaffected if verdict.behaviour || verdict.bump >= Bump::Minor => Self::Behaviour,
            Source::Unaffected => Self::Docs,
        }
    }
}

/// Returns whether something is gone that the vendor documented. New code cannot use it, and rebuilding does not bring it
/// back.
fn is_removal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ApiRemoved
            | Kind::PlatformRemoved
            | Kind::HostRemoved
            | Kind::CommonParamRemoved
            | Kind::HeaderRemoved
            | Kind::CredentialRemoved
            | Kind::SignAlgRemoved
            | Kind::ReqFieldRemovedOpt
            | Kind::ReqFieldRemovedReq
            | Kind::RespFieldRemoved
            | Kind::ReqEnumValueRemoved
            | Kind::RespEnumValueRemoved
            | Kind::ErrRemoved
            | Kind::ErrKnownRemoved
            | Kind::StatusRemoved
    )
}

fn is_deprecation(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ApiDeprecated
            | Kind::ApiUndeprecated
            | Kind::ReqDeprecated
            | Kind::ReqUndeprecated
            | Kind::RespDeprecated
            | Kind::RespUndeprecated
            | Kind::DocDeprecatedText
            | Kind::DocUndeprecatedText
    )
}

/// Events of each part that are listed with [`Amount::Worst`].
const BUDGET: usize = 20;

/// Writes the draft in each language, as markdown. An empty report gives an empty text.
pub fn summary(report: &Report, languages: &[Language], amount: Amount) -> String {
    if report.is_empty() {
        return String::new();
    }
    let events = worst_first(report);
    let notes: Vec<String> = languages.iter().map(|language| note(report, &events, *language, amount)).collect();
    notes.join("\n---\n\n")
}

/// Returns all events, approved or not: the release note tells users what changes for them.
fn worst_first(report: &Report) -> Vec<Event> {
    let overview = report.overview();
    overview.sections.into_iter().flat_map(|section| section.events).chain(overview.approved).collect()
}

fn note(report: &Report, events: &[Event], language: Language, amount: Amount) -> String {
    let next = report.next_version();
    let title = next.as_deref().unwrap_or(language.pick("Next version", "下一版本"));
    let versions = next.as_deref().map(|next| [report.version.as_str(), next]);
    let mut text = format!("## {title}\n\n{}\n", language.demand(report.bump(), versions));
    for part in Part::ALL {
        let is_of_part = |event: &&Event| event.worst(report).is_some_and(|finding| Part::of(finding) == part);
        let events: Vec<&Event> = events.iter().filter(is_of_part).collect();
        if events.is_empty() {
            continue;
        }
        let [title, intro] = language.part(part);
        text.push_str(&format!("\n### {title}\n\n"));
        if part == Part::Docs {
            text.push_str(&format!("{}\n", docs(&events, report, language)));
            continue;
        }
        if !intro.is_empty() {
            text.push_str(&format!("{intro}\n\n"));
        }
        let (shown, left) = amount.split(&events, BUDGET);
        text.push_str(&listed(shown, report, language));
        if left > 0 {
            text.push_str(&format!("- {}\n", language.more(left)));
        }
    }
    text
}

fn docs(events: &[&Event], report: &Report, language: Language) -> String {
    let findings: Vec<&Finding> = events.iter().flat_map(|event| event.findings(report)).collect();
    let places: BTreeSet<&Subject> = findings.iter().map(|finding| &finding.subject).collect();
    language.docs(findings.len(), places.len())
}

/// Lists events in the order of the report: those of several APIs, then those of each API, of a platform or of the package.
fn listed(events: &[&Event], report: &Report, language: Language) -> String {
    let mut events: Vec<(Option<&Subject>, &Event)> =
        events.iter().map(|event| (event.only_subject(report), *event)).collect();
    events.sort_by_key(|(subject, event)| (subject.is_some(), event.findings.iter().min().copied()));
    let groups = events.chunk_by(|(one, _), (other, _)| one == other);
    let group = |events: &[(Option<&Subject>, &Event)]| match events.first() {
        Some((Some(first), _)) => {
            let events: Vec<&Event> = events.iter().map(|(_, event)| *event).collect();
            subject(first, &events, report, language)
        }
        _ => events.iter().map(|(_, event)| format!("- {}\n", told(event, report, language))).collect(),
    };
    groups.map(group).collect()
}

/// Lists the changes of one API, of a platform or of the package.
fn subject(subject: &Subject, events: &[&Event], report: &Report, language: Language) -> String {
    let name = match subject {
        Subject::Package => String::new(),
        subject => code(subject.name()),
    };
    let heading = format!("- {}{name}", language.subject(subject));
    let path = |event: &Event| match event.kind {
        EventKind::Single => event.worst(report).and_then(Finding::path_to_show),
        _ => None,
    };
    if let [one] = events
        && path(one).is_none()
    {
        return format!("{heading}{}{}\n", language.colon(), told(one, report, language));
    }
    let line = |event: &&Event| {
        let path = path(event).map(|path| code(&path) + language.colon());
        format!("  - {}{}\n", path.unwrap_or_default(), told(event, report, language))
    };
    format!("{heading}\n{}", events.iter().map(line).collect::<String>())
}

fn told(event: &Event, report: &Report, language: Language) -> String {
    let Some(finding) = event.worst(report) else { return String::new() };
    match event.kind {
        EventKind::Single => told_alone(finding, language),
        _ => folded::told(event, report, language) + fixed(finding, language),
    }
}

fn told_alone(finding: &Finding, language: Language) -> String {
    let mut text = what(finding, language);
    if let Some(rust) = rust(finding) {
        text.push_str(language.pick("; in Rust: ", "；Rust："));
        text.push_str(&rust);
    }
    text + fixed(finding, language)
}

/// Returns the title of a change, with its values.
fn what(finding: &Finding, language: Language) -> String {
    let mut text = language.what(finding.change.kind).to_owned();
    let values = facts(&finding.change, language).or_else(|| values(&finding.change));
    for part in [values, finding.text.as_deref().map(|text| code(&cut(text)))].into_iter().flatten() {
        text.push_str(language.colon());
        text.push_str(&part);
    }
    text
}

fn fixed(finding: &Finding, language: Language) -> &'static str {
    let is_fix = finding.approval.as_ref().is_some_and(|approval| approval.cause == Cause::TranscriptionFix);
    let words =
        language.pick(" (our transcription was wrong; the API did not change)", "（此前转录有误，API 本身没有变更）");
    if is_fix { words } else { "" }
}

/// Returns the facts that changed in a text. `None` for a deprecation, of which the whole text says more.
fn facts(change: &Change, language: Language) -> Option<String> {
    if is_deprecation(change.kind) {
        return None;
    }
    let facts = change.facts.iter().map(|fact| match language {
        Language::English => fact.phrase(),
        Language::Chinese => fact.phrase_chinese(),
    });
    let sentences: Vec<String> = facts.map(|fact| phrase(&fact)).collect();
    (!sentences.is_empty()).then(|| sentences.join(language.pick("; ", "；")))
}

/// Returns the generated item that breaks, and its replacement.
fn rust(finding: &Finding) -> Option<String> {
    let items = finding.items.as_ref().filter(|_| finding.verdict.source == Source::Breaks)?;
    let old = code(&items.old.as_ref()?.to_string());
    Some(match &items.new {
        Some(new) => format!("{old} → {}", code(&new.to_string())),
        None => old,
    })
}

/// Returns both values as inline code, cut to a readable length.
fn values(change: &Change) -> Option<String> {
    match (&change.old, &change.new) {
        (None, None) => None,
        (Some(value), None) | (None, Some(value)) => (!value.is_empty()).then(|| code(&cut(value))),
        (Some(old), Some(new)) => {
            let (old, new) = cut_to_difference(old, new);
            Some(format!("{} → {}", code(&old), code(&new)))
        }
    }
}
