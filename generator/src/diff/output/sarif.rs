//! SARIF 2.1.0 output, for code scanning.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diagnostic::{safe, safe_json};
use crate::diff::Kind;
use crate::diff::report::{Finding, Report};
use crate::diff::verdict::Level;
use crate::source::Sources;

use super::grounds;
use super::spot::Spot;

/// Writes the report as a SARIF log of one run.
pub fn sarif(report: &Report, sources: &Sources) -> String {
    let rules: BTreeMap<Kind, usize> = report
        .findings
        .iter()
        .map(|finding| finding.change.kind)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .enumerate()
        .map(|(index, kind)| (kind, index))
        .collect();
    let described: Vec<Value> =
        rules.keys().map(|kind| json!({"id": kind.id(), "shortDescription": {"text": kind.what()}})).collect();
    let results: Vec<Value> = report.findings.iter().map(|finding| result(finding, &rules, sources)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "apograph diff",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    safe_json(&format!("{log:#}\n"))
}

fn result(finding: &Finding, rules: &BTreeMap<Kind, usize>, sources: &Sources) -> Value {
    let change = &finding.change;
    let level = match finding.verdict.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Doc | Level::Hidden => "none",
    };
    let text = format!("{}: {}; {}", finding.topic(), finding.describe(), finding.verdict.why);
    let mut result = json!({
        "ruleId": change.kind.id(),
        "ruleIndex": rules.get(&change.kind),
        "level": level,
        "message": {"text": message(&text)},
        "locations": Spot::to_annotate(finding, sources).map(|spot| location(&spot)).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": {"apographChange/v1": finding.fingerprint()},
        "properties": finding.verdict,
    });
    if let (Some(approval), Some(result)) = (&finding.approval, result.as_object_mut()) {
        let suppression =
            json!({"kind": "external", "status": "accepted", "justification": grounds(approval).unquoted()});
        result.insert("suppressions".to_owned(), json!([suppression]));
    }
    result
}

/// Escapes hidden characters, and what a viewer would read as a link or a placeholder (SARIF 3.11.5 and 3.11.6).
fn message(text: &str) -> String {
    let mut message = String::with_capacity(text.len());
    let mut backslashes = 0;
    for c in safe(text, false).chars() {
        match c {
            '{' | '}' => message.push(c),
            // A backslash is an escape only before a bracket, and others stay readable as they are.
            '[' | ']' => message.extend(std::iter::repeat_n('\\', backslashes + 1)),
            _ => {}
        }
        message.push(c);
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    message
}

fn location(spot: &Spot) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": uri(&spot.path)}});
    if let (Some(line), Some(region)) = (spot.line, physical.as_object_mut()) {
        region.insert("region".to_owned(), json!({"startLine": line, "startColumn": spot.column}));
    }
    json!({"physicalLocation": physical})
}

/// Encodes a path as a relative URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_no_links_and_no_placeholders() {
        for (text, escaped) in [
            ("[a](b)", "\\[a\\](b)"),
            ("\\[a\\\\](b)", "\\\\\\[a\\\\\\\\\\](b)"),
            ("{0} a\\b", "{{0}} a\\b"),
            ("a\nb\u{202e}", "a\\nb\\u{{202e}}"),
        ] {
            assert_eq!(message(text), escaped);
        }
    }
}
