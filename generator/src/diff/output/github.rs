//! Annotations of GitHub Actions: workflow commands on standard output.

use std::fmt::Write;

use crate::diagnostic::safe;
use crate::diff::event::{Event, EventKind, Overview, SectionName};
use crate::diff::report::{Finding, Report, Subject};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::budget::{Amount, more};
use super::overview::{is_small, lines};
use super::spot::Spot;
use super::{counts, demand, grounds};

/// Events of each section that are annotated with [`Amount::Worst`]: GitHub shows ten annotations of each kind per step.
const BUDGET: usize = 10;

/// Writes one command per event, the worst first, and the overview as a notice.
pub fn github(report: &Report, sources: &Sources, amount: Amount) -> String {
    let overview = report.overview();
    let mut text = String::new();
    for section in &overview.sections {
        let (shown, left) = amount.split(&section.events, BUDGET);
        let word = match section.name {
            SectionName::Decide => "error",
            SectionName::Look => "warning",
            SectionName::Know => continue,
        };
        for event in shown {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{}", command(word, event, report, sources));
        }
        if let Some(line) = more(left) {
            let _ = writeln!(text, "::notice title=apograph diff, {}::{}", section.name.id(), data(&line));
        }
    }
    let is_loud = |event: &&Event| event.level(report) >= Level::Warning;
    for event in overview.approved.iter().filter(is_loud) {
        let _ = writeln!(text, "{}", command("notice", event, report, sources));
    }
    let _ = writeln!(text, "::notice title=apograph diff::{}", data(&summed(report, &overview, amount)));
    text
}

/// Counts, the overview, and the events that only inform.
fn summed(report: &Report, overview: &Overview, amount: Amount) -> String {
    let mut text = format!("{}; {}", counts(report), demand(report));
    if is_small(report) {
        return text;
    }
    lines(overview).iter().for_each(|(title, line)| text.push_str(&format!("\n{title}: {line}")));
    let [.., know] = &overview.sections;
    let (shown, left) = amount.split(&know.events, BUDGET);
    for event in shown {
        let name = event.only_subject(report).map(|subject| format!("{}: ", subject.name())).unwrap_or_default();
        text.push_str(&format!("\n- {name}{}", event.sentence(report)));
    }
    text + &more(left).map(|line| format!("\n{line}")).unwrap_or_default()
}

fn command(word: &str, event: &Event, report: &Report, sources: &Sources) -> String {
    let Some(finding) = event.worst(report) else { return String::new() };
    let mut properties = Vec::new();
    if let Some(spot) = Spot::to_annotate(finding, sources) {
        properties.push(format!("file={}", property(&spot.path)));
        properties.extend(spot.line.map(|line| format!("line={line}")));
        properties.extend(spot.column.map(|column| format!("col={column}")));
    }
    let name = event.only_subject(report).map_or("several APIs", Subject::name);
    properties.push(format!("title={}", property(&format!("{name} [{}]", finding.change.kind.id()))));
    let is_folded = event.kind != EventKind::Single;
    let path = finding.path_to_show().filter(|_| !is_folded).map(|path| path + ": ").unwrap_or_default();
    let (what, why) = (event.sentence(report), &finding.verdict.why);
    let fingerprints: Vec<String> = event.findings(report).take(BUDGET).map(Finding::fingerprint).collect();
    let left = more(event.findings.len() - fingerprints.len()).map(|line| format!(" {line}")).unwrap_or_default();
    let word_of = if fingerprints.len() == 1 { "fingerprint" } else { "fingerprints" };
    let mut message = format!("{path}{what}\n{why}\n{word_of} {}{left}", fingerprints.join(", "));
    if let Some(approval) = &finding.approval {
        message.push_str(&format!("\napproved: {}", grounds(approval).unquoted()));
    }
    format!("::{word} {}::{}", properties.join(","), data(&message))
}

/// Escapes hidden characters, and what GitHub's runner would read as the end of a message.
fn data(text: &str) -> String {
    safe(text, true).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes hidden characters, and what GitHub's runner would read as the end of a property.
fn property(text: &str) -> String {
    data(&safe(text, false)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("a%b\nc\r\u{202e}"), "a%25b%0Ac\\r\\u{202e}");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25\\n");
    }
}
