//! Annotations of GitHub Actions: workflow commands on standard output.

use std::fmt::Write;

use crate::diagnostic::safe;
use crate::diff::report::{Finding, Report};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::spot::Spot;
use super::{counts, demand, grounds, open_at};

/// Writes one command per warning and error, errors first: GitHub shows only the first ten of each kind per step.
pub fn github(report: &Report, sources: &Sources) -> String {
    let mut text = String::new();
    for level in [Level::Error, Level::Warning] {
        for finding in open_at(report, level) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{}", command(level.word(), finding, sources));
        }
    }
    for (finding, _) in report.approved().filter(|(finding, _)| finding.verdict.level >= Level::Warning) {
        let _ = writeln!(text, "{}", command("notice", finding, sources));
    }
    let _ =
        writeln!(text, "::notice title=apograph diff::{}", data(&format!("{}; {}", counts(report), demand(report))));
    text
}

fn command(word: &str, finding: &Finding, sources: &Sources) -> String {
    let mut properties = Vec::new();
    if let Some(spot) = Spot::to_annotate(finding, sources) {
        properties.push(format!("file={}", property(&spot.path)));
        properties.extend(spot.line.map(|line| format!("line={line}")));
        properties.extend(spot.column.map(|column| format!("col={column}")));
    }
    properties
        .push(format!("title={}", property(&format!("{} [{}]", finding.subject.name(), finding.change.kind.id()))));
    let path = finding.path_to_show().map(|path| path + ": ").unwrap_or_default();
    let (what, why) = (finding.change.describe(), &finding.verdict.why);
    let mut message = format!("{path}{what}\n{why}\nfingerprint {}", finding.fingerprint());
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
