//! A draft of the release note for users of the generated crate, in English and Chinese.

mod words;

use crate::diagnostic::{cut, cut_to_difference};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::{Bump, Source, Wire};
use crate::diff::{Change, Kind};
use crate::terms::Cause;

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
    Deprecated,
    Added,
    Behaviour,
    Docs,
}

impl Part {
    const ALL: [Self; 6] =
        [Self::MustUpgrade, Self::Breaking, Self::Deprecated, Self::Added, Self::Behaviour, Self::Docs];

    /// Returns the part that lists the finding: only the most urgent one.
    fn of(finding: &Finding) -> Self {
        let verdict = &finding.verdict;
        match verdict.source {
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

/// Writes the draft in each language, as markdown. An empty report gives an empty text.
pub fn summary(report: &Report, languages: &[Language]) -> String {
    if report.is_empty() {
        return String::new();
    }
    let notes: Vec<String> = languages.iter().map(|language| note(report, *language)).collect();
    notes.join("\n---\n\n")
}

fn note(report: &Report, language: Language) -> String {
    let next = report.next_version();
    let title = next.as_deref().unwrap_or(language.pick("Next version", "下一版本"));
    let versions = next.as_deref().map(|next| [report.version.as_str(), next]);
    let mut text = format!("## {title}\n\n{}\n", language.demand(report.bump(), versions));
    for part in Part::ALL {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| Part::of(finding) == part).collect();
        if findings.is_empty() {
            continue;
        }
        let [title, intro] = language.part(part);
        text.push_str(&format!("\n### {title}\n\n"));
        if part == Part::Docs {
            let places = findings.chunk_by(|one, other| one.subject == other.subject).count();
            text.push_str(&format!("{}\n", language.docs(findings.len(), places)));
            continue;
        }
        if !intro.is_empty() {
            text.push_str(&format!("{intro}\n\n"));
        }
        for findings in findings.chunk_by(|one, other| one.subject == other.subject) {
            text.push_str(&subject(findings, language));
        }
    }
    text
}

/// Lists the changes of one API, of a platform or of the package.
fn subject(findings: &[&Finding], language: Language) -> String {
    let Some(first) = findings.first() else { return String::new() };
    let name = match &first.subject {
        Subject::Package => String::new(),
        subject => code(subject.name()),
    };
    let heading = format!("- {}{name}", language.subject(&first.subject));
    if let [one] = findings
        && one.path_to_show().is_none()
    {
        return format!("{heading}{}{}\n", language.colon(), told(one, language));
    }
    let line = |finding: &&Finding| {
        let path = finding.path_to_show().map(|path| code(&path) + language.colon());
        format!("  - {}{}\n", path.unwrap_or_default(), told(finding, language))
    };
    format!("{heading}\n{}", findings.iter().map(line).collect::<String>())
}

fn told(finding: &Finding, language: Language) -> String {
    let mut text = language.what(finding.change.kind).to_owned();
    let facts = facts(&finding.change, language);
    if let Some(what) = facts.or_else(|| values(&finding.change)) {
        text.push_str(language.colon());
        text.push_str(&what);
    }
    if let Some(rust) = rust(finding) {
        text.push_str(language.pick("; in Rust: ", "；Rust："));
        text.push_str(&rust);
    }
    let is_fix = finding.approval.as_ref().is_some_and(|approval| approval.cause == Cause::TranscriptionFix);
    if is_fix {
        text.push_str(
            language
                .pick(" (our transcription was wrong; the API did not change)", "（此前转录有误，API 本身没有变更）"),
        );
    }
    text
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
