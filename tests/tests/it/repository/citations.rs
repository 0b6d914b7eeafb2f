//! Documents that code and documentation cite are in the repository, and the cited headings exist.
//!
//! A protocol rule is cited in one form only: `specs/<platform>/PROTOCOL.md#<anchor>`, with the anchor that GitHub gives to
//! the heading.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use apograph_tests::root;

/// Folders whose files cite documents.
const FOLDERS: [&str; 5] = [".github", "generated", "generator", "specs", "tests"];

/// The documents that name paths of this repository; others have invented ones in their examples.
const READMES: [&str; 2] = [README, ".github/CONTRIBUTING.md"];
const README: &str = "README.md";

/// Files that the README describes and that this repository does not need.
const OPTIONAL: [&str; 1] = ["specs/approvals.yaml"];

/// Name of the documents that hold a platform's rules.
const PROTOCOL: &str = "PROTOCOL.md";

/// This file, whose own cases are citations that do not resolve.
const THIS_FILE: &str = "citations.rs";

/// The Markdown files of the repository by path, each with the anchors of its headings in order.
type Documents = BTreeMap<String, Vec<String>>;

#[test]
fn every_citation_resolves() {
    let files = files();
    let documents = documents(&files);
    let findings: Vec<String> = files.iter().flat_map(|(path, text)| findings(path, text, &documents)).collect();
    assert!(findings.is_empty(), "citations that do not resolve:\n{}", findings.join("\n"));
}

#[test]
fn protocol_rules_are_cited() {
    let files = files();
    for platform in ["nio", "top"] {
        let document = format!("specs/{platform}/{PROTOCOL}#");
        let citing = files.iter().filter(|(path, text)| path.ends_with(".rs") && text.contains(&document)).count();
        assert!(citing > 3, "{document} is cited by {citing} files");
    }
}

#[test]
fn anchors_are_unique() {
    for (path, anchors) in documents(&files()) {
        let mut seen = BTreeSet::new();
        let repeated: Vec<&String> = anchors.iter().filter(|anchor| !seen.insert(*anchor)).collect();
        let is_cited = path.ends_with(PROTOCOL) || path.ends_with(README);
        assert!(!is_cited || repeated.is_empty(), "{path} repeats the anchors {repeated:?}");
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let anchors = vec!["signature".to_owned(), "list-keys".to_owned()];
    let documents =
        Documents::from([("specs/acme/PROTOCOL.md".to_owned(), anchors), ("specs/README.md".to_owned(), Vec::new())]);
    let count = |path: &str, text: &str| findings(path, text, &documents).len();
    assert_eq!(count("a.rs", "// specs/acme/PROTOCOL.md#signature, specs/acme/PROTOCOL.md#list-keys."), 0);
    assert_eq!(count("a.rs", "// A copy of specs/<platform>/PROTOCOL.md, see specs/README.md"), 0);
    assert_eq!(count("a.rs", "f(\"notes.md\"); // writes it"), 0);
    assert_eq!(count("a.rs", "// specs/acme/PROTOCOL.md#signatures"), 1, "no such heading");
    assert_eq!(count("a.rs", "// specs/other/PROTOCOL.md#signature"), 1, "no such document");
    assert_eq!(count("a.rs", "// PROTOCOL.md#signature"), 1, "not the one form");
    assert_eq!(count("a.rs", "// specs/acme/PROTOCOL.md"), 1, "no heading");
    assert_eq!(count("a.yaml", "a: b  # acme-protocol.md A3"), 1, "a document that a clone does not have");
    assert_eq!(count("specs/a.md", "[x](README.md) [x](acme/PROTOCOL.md#list-keys) [x](https://example.org/a.md)"), 0);
    assert_eq!(count("specs/acme/a.md", "[x](../README.md) [x](../acme/PROTOCOL.md#list-keys)"), 0);
    assert_eq!(count("specs/a.md", "[x](acme/PROTOCOL.md#keys) [x](gone.md) [x](../README.md)"), 3);
    assert_eq!(count(README, "in `specs/<platform>/platform.yaml`, `tests/src/lib.rs` and `specs/approvals.yaml`"), 0);
    assert_eq!(count(README, "`generator/src/gone.rs`"), 1, "a path that does not exist");
    assert_eq!(anchor("Round trip: `a_b`, and-so"), "round-trip-a_b-and-so");
}

/// Checks every citation in one file.
fn findings(path: &str, text: &str, documents: &Documents) -> Vec<String> {
    let is_markdown = path.ends_with(".md");
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut report = |problem: String| found.push(format!("{path}:{}: {problem}", number + 1));
        for word in words(line).filter(|word| word.contains(PROTOCOL) && word.contains('#') && !is_markdown) {
            if let Err(problem) = check(word, documents) {
                report(problem);
            }
        }
        if is_markdown {
            for target in links(line) {
                if let Err(problem) = check_link(path, target, documents) {
                    report(problem);
                }
            }
            if READMES.contains(&path) {
                let missing = paths(line).filter(|path| !root().join(path).exists());
                missing.for_each(|path| report(format!("there is no `{path}`")));
            }
        } else {
            words(comment(path, line)).filter_map(|word| mention(word, documents)).for_each(&mut report);
        }
    }
    found
}

/// Checks `path#anchor`.
fn check(citation: &str, documents: &Documents) -> Result<(), String> {
    let (path, anchor) = citation.split_once('#').unwrap_or((citation, ""));
    let anchors = documents.get(path).ok_or_else(|| format!("there is no document `{path}`"))?;
    let known = anchor.is_empty() || anchors.iter().any(|known| known == anchor);
    if known { Ok(()) } else { Err(format!("`{path}` has no heading `#{anchor}`")) }
}

/// Checks the target of a Markdown link.
fn check_link(from: &str, target: &str, documents: &Documents) -> Result<(), String> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    if target.contains("://") {
        return Ok(());
    }
    let full = if path.is_empty() { from.to_owned() } else { joined(from, path) };
    if full.ends_with(".md") {
        return check(&format!("{full}#{anchor}"), documents);
    }
    if root().join(&full).exists() { Ok(()) } else { Err(format!("there is no `{full}`")) }
}

/// The path of a link's target, seen from the root of the repository.
fn joined(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What is wrong with a word of a comment that names a document: a missing document, or a rule cited without its heading.
fn mention(word: &str, documents: &Documents) -> Option<String> {
    let path = word.strip_suffix('.').unwrap_or(word);
    if !path.ends_with(".md") || path.contains(['<', '{', '*']) {
        return None;
    }
    let is_rule = path.ends_with(PROTOCOL) && path != PROTOCOL;
    if is_rule {
        return Some(format!("`{path}` is cited without a heading"));
    }
    let exists = documents.keys().any(|known| known == path || known.ends_with(&format!("/{path}")));
    (!exists).then(|| format!("`{path}` is not in the repository"))
}

/// Words that can be a path with an anchor.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "`\"'()[],;".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| !word.contains("://"))
}

/// The comment at the end of a line of Rust, YAML, TOML or shell.
fn comment<'a>(path: &str, line: &'a str) -> &'a str {
    let mark = if path.ends_with(".rs") { "//" } else { "#" };
    line.split_once(mark).map_or("", |(_, comment)| comment)
}

/// Targets of the links in a line of Markdown.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
}

/// Paths of the repository in a line of Markdown.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split('`').skip(1).step_by(2);
    let is_path = |code: &&str| FOLDERS.iter().any(|folder| code.starts_with(&format!("{folder}/")));
    code.filter(is_path).filter(|path| !path.contains(['<', '*', ' ', ':']) && !OPTIONAL.contains(path))
}

/// The anchor that GitHub gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn headings(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let title = line.trim_start_matches('#');
        if !is_code && title.len() < line.len() && title.starts_with(' ') {
            found.push(anchor(title));
        }
    }
    found
}

fn documents(files: &BTreeMap<String, String>) -> Documents {
    let markdown = files.iter().filter(|(path, _)| path.ends_with(".md"));
    markdown.map(|(path, text)| (path.clone(), headings(text))).collect()
}

/// Invented pages of vendors: their links are data.
const PAGES: &str = "tests/frame";

/// The texts of the repository that can cite a document, by path.
fn files() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in [README, "CHANGELOG.md", "Cargo.toml", ".ci/run"] {
        found.insert(path.to_owned(), fs::read_to_string(root().join(path)).expect("a file of the repository"));
    }
    let mut folders: Vec<String> = FOLDERS.iter().map(|&folder| folder.to_owned()).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder of the repository") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            if entry.path().is_dir() {
                if name != "target" && !name.starts_with('.') && path != PAGES {
                    folders.push(path);
                }
            } else if [".rs", ".md", ".yaml", ".toml"].iter().any(|end| name.ends_with(end)) && name != THIS_FILE {
                // Cases of broken specs are not all UTF-8.
                let bytes = fs::read(entry.path()).expect("a file of the repository");
                found.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    found
}
