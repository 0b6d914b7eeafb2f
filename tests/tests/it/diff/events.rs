//! Events: findings of one cause are told once, the worst first, and no section takes the room of another.

use std::fs;
use std::path::Path;

use apograph_tests::command::{Run, apograph};
use serde_json::Value;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

/// A transcript of the API `acme.depot.<name>` with these fields of its answer.
fn api(name: &str, answer: &str) -> String {
    let head = TRANSCRIPT.split("response:\n").next().unwrap_or_default();
    format!("{}response: {{{answer}}}\n", head.replace("crate.send", name))
}

/// Two revisions of a few APIs: name and answer of each.
struct Pair(tempfile::TempDir);

impl Pair {
    fn new(before: &[(&str, &str)], after: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (side, apis) in [("before", before), ("after", after)] {
            write(&folder.path().join(side), apis);
        }
        Self(folder)
    }

    fn diff(&self, options: &[&str]) -> Run {
        let [before, after] = ["before", "after"].map(|side| self.0.path().join(side).to_string_lossy().into_owned());
        apograph(["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied()))
    }

    fn json(&self) -> Value {
        let run = self.diff(&["--format", "json"]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }

    /// The events: kind, number of findings, sentence.
    fn events(&self) -> Vec<(String, usize, String)> {
        let report = self.json();
        let events = report["events"].as_array().expect("events");
        let text = |event: &Value, key: &str| event[key].as_str().expect("text").to_owned();
        let count = |event: &Value| event["findings"].as_array().expect("findings").len();
        events.iter().map(|event| (text(event, "id"), count(event), text(event, "message"))).collect()
    }
}

fn write(folder: &Path, apis: &[(&str, &str)]) {
    fs::create_dir_all(folder.join("acme/depot")).expect("folders");
    fs::write(folder.join("crate.yaml"), PACKAGE).expect("a file");
    fs::write(folder.join("acme/platform.yaml"), PLATFORM).expect("a file");
    for (name, answer) in apis {
        let leaf = name.replace('.', "_");
        fs::write(folder.join(format!("acme/depot/{leaf}.yaml")), api(name, answer)).expect("a file");
    }
}

fn event(kind: &str, findings: usize, message: &str) -> (String, usize, String) {
    (kind.to_owned(), findings, message.to_owned())
}

const MEMBERS: &str = "a: {type: String}, b: {type: Number}, c: {type: Date}";

#[test]
fn findings_of_one_cause_are_one_event() {
    for (before, after, expected) in [
        (
            format!("row: {{type: Row, fields: {{{MEMBERS}}}}}"),
            format!("line: {{type: Line, fields: {{{MEMBERS}}}}}"),
            event("object-renamed", 2, "object renamed: `response.row` → `response.line`"),
        ),
        (
            format!("row: {{type: Row, fields: {{{MEMBERS}}}}}"),
            format!("results: {{type: 'Row[]', fields: {{{MEMBERS}}}}}"),
            event("object-to-list", 2, "object became a list, or the reverse: `response.row` → `response.results`"),
        ),
        (
            format!("row: {{type: Row, fields: {{{MEMBERS}, d: {{type: String}}}}}}"),
            "row: {type: Row, fields: {d: {type: String}}}".to_owned(),
            event("fields-gone", 3, "3 fields removed from `response.row`: `a`, `b`, `c`"),
        ),
        (
            "a: {type: String, description: One}, b: {type: String, description: Two}".to_owned(),
            "data: {type: Data, fields: {a: {type: String, description: One}, b: {type: String, description: Two}}}"
                .to_owned(),
            event("fields-moved", 3, "2 fields moved: `response` → `response.data`: `a`, `b`"),
        ),
        (
            "a: {type: Number}, b: {type: Number}".to_owned(),
            "a: {type: String}, b: {type: String}".to_owned(),
            event("same-edit", 2, "in 2 places: type widened: `Number` → `String`"),
        ),
    ] {
        let events = Pair::new(&[("crate.send", &before)], &[("crate.send", &after)]).events();
        assert_eq!(events, [expected]);
    }
}

#[test]
fn the_same_edit_in_many_apis_is_one_event() {
    let (old, new) = ("a: {type: Number}", "a: {type: Number}, code: {type: String, description: Code of the error}");
    let pair = Pair::new(
        &[("one", old), ("two", old), ("three", old), ("gone.one", old), ("gone.two", old)],
        &[("one", new), ("two", new), ("three", new), ("fresh.one", old), ("fresh.two", old)],
    );
    let events = pair.events();
    for expected in [
        event("same-edit", 3, "`code` in 3 APIs: field added: `String`: `Code of the error`"),
        event("apis-gone", 2, "2 APIs removed: `acme.depot.gone.one`, `acme.depot.gone.two`"),
        event("apis-added", 2, "2 APIs added: `acme.depot.fresh.one`, `acme.depot.fresh.two`"),
    ] {
        assert!(events.contains(&expected), "{events:?}");
    }
    let apis = &pair.json()["overview"]["apis"];
    assert_eq!([&apis["added"], &apis["removed"], &apis["compatible"], &apis["unchanged"]], [2, 2, 3, 0]);
    // An approved finding is told alone, and the others keep their event.
    let report = pair.json();
    let fingerprint = report["findings"].as_array().expect("findings").iter().find_map(|finding| {
        let is_one = finding["api"] == "acme.depot.two" && finding["id"] == "resp-field-added";
        finding["fingerprint"].as_str().filter(|_| is_one)
    });
    let fingerprint = fingerprint.expect("a fingerprint");
    let entry = format!("- {{fingerprint: '{fingerprint}', cause: vendor, reason: r, who: w, until: 2999-01-31}}\n");
    fs::write(pair.0.path().join("after/approvals.yaml"), entry).expect("a file");
    let events = pair.events();
    let rest = event("same-edit", 2, "`code` in 2 APIs: field added: `String`: `Code of the error`");
    assert!(events.contains(&rest), "{events:?}");
    assert!(events.contains(&event("single", 1, "field added: `String`: `Code of the error`")), "{events:?}");
}

/// Thirty errors, thirty warnings and thirty notes, each an event of its own.
fn crowd() -> Pair {
    let fields = |is_new: bool| -> String {
        let field = |index: usize| {
            let (limit, width) = if is_new { (index + 100, "z") } else { (index + 50, "y") };
            let gone = if is_new {
                String::new()
            } else {
                format!("gone_{index}: {{type: G{index}, fields: {{x{index}: {{type: String}}}}}}, ")
            };
            let kept = format!("k_{index}: {{type: K{index}, fields: {{{gone}i: {{type: String}}}}}}, ");
            format!(
                "{kept}w_{index}: {{type: String, description: At most {limit}}}, \
                 n_{index}: {{type: String, description: Text {} {width}}}, ",
                "x".repeat(index + 1)
            )
        };
        (0..30).map(field).collect()
    };
    let [old, new] = [fields(false), fields(true)];
    Pair::new(&[("one", &old), ("two", "a: {type: Number}")], &[("one", &new), ("two", "b: {type: Boolean}")])
}

#[test]
fn every_section_has_its_own_budget() {
    let pair = crowd();
    let sections = &pair.json()["overview"]["sections"];
    let length = |name: &str| sections[name].as_array().map_or(0, Vec::len);
    assert!(["decide", "look", "know"].iter().all(|name| length(name) >= 30), "{sections}");
    let text = pair.diff(&[]).out;
    assert_eq!(text.matches("more (`--all`)").count(), 3, "{text}");
    assert_eq!(text.matches("\nwarning[doc-field-suspect]").count(), 20);
    assert!(text.starts_with("APIs "), "{text}");
    let whole = pair.diff(&["--all"]).out;
    assert_eq!(whole.matches("\nwarning[doc-field-suspect]").count(), 30);
    assert!(!whole.contains("more (`--all`)"));
    let comment = pair.diff(&["--format", "markdown"]).out;
    for section in ["Decide", "Look", "Know"] {
        assert!(comment.contains(&format!("<b>{section}: 3")), "{comment}");
    }
    let commands = pair.diff(&["--format", "github"]).out;
    assert_eq!((commands.matches("::error ").count(), commands.matches("::warning ").count()), (10, 10));
    assert!(commands.starts_with("::error ") && commands.contains("more (`--all`)"), "{commands}");
    let note = pair.diff(&["--summary", "--lang", "en"]).out;
    assert!(note.contains("… and ") && !pair.diff(&["--summary", "--lang", "en", "--all"]).out.contains("… and "));
}

#[test]
fn text_fits_eighty_columns() {
    let text = crowd().diff(&[]).out;
    let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
    // Paths of files are not broken.
    assert!(long.iter().all(|line| line.contains("--> ") || line.contains("::: ")), "{long:?}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let changed = "At most [-50-]{+100+}";
    assert_eq!(words.matches(changed).count(), 1, "a changed sentence is shown once: {text}");
    assert!(!words.contains("At most 50"), "{text}");
}
