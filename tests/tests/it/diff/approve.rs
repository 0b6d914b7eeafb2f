//! `apograph approve`: writes entries for the changes that pass the filters, and nothing if anything is wrong.

use std::fs;
use std::process::Command;

use apograph::cli::Cli;
use apograph::commands::Outcome;
use apograph_tests::command::Run;
use clap::Parser as _;

use super::TRANSCRIPT;
use super::approvals::{Pair, TODAY, changed, entry};

const ADDED: &str = "req-field-added-req";
const REMOVED: &str = "req-field-removed-opt";
/// An entry that an earlier comparison needed.
const EARLIER: &str = "0123456789abcdef";

fn grounds() -> [&'static str; 8] {
    ["--cause", "vendor", "--reason", "announced: page 3", "--who", "A. Reviewer", "--until", TODAY]
}

fn approve(pair: &Pair, options: &[&str]) -> Run {
    approve_of(pair, [&pair.path("before"), &pair.path("after")], options)
}

fn approve_of(pair: &Pair, revisions: [&str; 2], options: &[&str]) -> Run {
    pair.run("approve", revisions, &[options, &grounds()].concat())
}

impl Pair {
    fn path(&self, below: &str) -> String {
        self.at(below).to_string_lossy().into_owned()
    }

    fn written(&self) -> Option<String> {
        fs::read_to_string(self.at("after/approvals.yaml")).ok()
    }

    /// The entry that is written for a change.
    fn expected(&self, kind: &str, topic: &str) -> String {
        let fingerprints = self.fingerprints();
        let fingerprint = &fingerprints[kind];
        let quoted = if fingerprint.bytes().all(|byte| byte.is_ascii_digit()) { "'" } else { "" };
        format!(
            "- fingerprint: {quoted}{fingerprint}{quoted} # {kind}: acme.depot.crate.send, {topic}\n  cause: vendor\n  \
             reason: 'announced: page 3'\n  who: A. Reviewer\n  until: {TODAY}\n"
        )
    }
}

#[test]
fn matching_changes_are_approved_at_once() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let expected = pair.expected(ADDED, "request.lid") + &pair.expected(REMOVED, "request.label");
    let dry = approve(&pair, &["--kind", "req-*", "--dry-run"]);
    assert_eq!(
        (dry.outcome, dry.out.as_str(), pair.written()),
        (Outcome::Done, expected.as_str(), None),
        "{}",
        dry.err
    );
    let run = approve(&pair, &["--kind", "req-*", "--api", "acme.*"]);
    let said = (run.outcome, run.out.as_str(), run.err.as_str());
    assert_eq!(said, (Outcome::Done, "after/approvals.yaml: 2 entries added\n", ""));
    assert_eq!(pair.written(), Some(expected.clone()));
    let diff = pair.diff(&["--fail-on", "warn"]);
    assert!(diff.success && diff.out.contains("2 approved") && diff.err.is_empty(), "{}{}", diff.out, diff.err);
    // A second run has nothing to do.
    let run = approve(&pair, &["--kind", "req-*"]);
    assert_eq!((run.outcome, run.out.as_str()), (Outcome::Done, ""));
    assert_eq!(run.err, "nothing to write: 2 changes are already approved\n");
    assert_eq!(pair.written(), Some(expected));
}

#[test]
fn filters_of_one_sort_are_alternatives_and_sorts_combine() {
    let open = Pair::new(TRANSCRIPT, &changed()).fingerprints();
    let (added, removed) = (open[ADDED].as_str(), open[REMOVED].as_str());
    let api = "acme.depot.crate.send";
    let some: [(&[&str], &[&str]); 8] = [
        (&["--kind", ADDED], &[ADDED]),
        (&["--kind", ADDED, "--kind", REMOVED], &[ADDED, REMOVED]),
        (&["--kind", "*-removed-*"], &[REMOVED]),
        (&["--api", api], &[ADDED, REMOVED]),
        (&["--api", "acme.*.send", "--kind", REMOVED], &[REMOVED]),
        (&["--level", "error"], &[ADDED, REMOVED]),
        (&["--fingerprint", removed, "--level", "error"], &[REMOVED]),
        (&["--fingerprint", added, "--fingerprint", removed], &[ADDED, REMOVED]),
    ];
    for (options, kinds) in some {
        let pair = Pair::new(TRANSCRIPT, &changed());
        assert_eq!(approve(&pair, options).outcome, Outcome::Done, "{options:?}");
        let written = pair.written().unwrap_or_default();
        for kind in [ADDED, REMOVED] {
            assert_eq!(written.contains(&open[kind]), kinds.contains(&kind), "{options:?}: {written}");
        }
    }
    let none: [(&[&str], &str); 8] = [
        (&["--kind", "req-field-added-opt"], "`--kind` `req-field-added-opt` matches no change\n"),
        (&["--kind", ADDED, "--kind", "doc-*"], "`--kind` `doc-*` matches no change\n"),
        (&["--kind", "req-field-aded-req"], "unknown kind of change `req-field-aded-req`\nhelp: did you mean"),
        (&["--api", "acme.depot"], "`--api` `acme.depot` matches no change\n"),
        (&["--level", "doc", "--kind", ADDED], "`--level` `doc` matches no change"),
        (&["--fingerprint", EARLIER], "`--fingerprint` `0123456789abcdef` matches no change\n"),
        (&["--fingerprint", removed, "--kind", ADDED], " matches no change among those that match the other options\n"),
        (&["--kind", ADDED, "--api", "crate"], "`--api` `crate` matches no change\n"),
    ];
    for (options, message) in none {
        let pair = Pair::new(TRANSCRIPT, &changed());
        let run = approve(&pair, options);
        assert_eq!((run.outcome, pair.written()), (Outcome::Failed, None), "{options:?}: {}", run.err);
        assert!(run.out.is_empty() && run.err.contains(message), "{options:?}: {}", run.err);
    }
}

#[test]
fn the_rest_of_the_file_stays() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let earlier = format!("# Approvals of the depot.\r\n\r\n{}# end", entry(EARLIER, "vendor", TODAY));
    pair.approve("before", &earlier);
    pair.approve("after", &earlier);
    let run = approve(&pair, &["--kind", ADDED]);
    assert_eq!(run.outcome, Outcome::Done, "{}", run.err);
    let added = pair.expected(ADDED, "request.lid").replace('\n', "\r\n");
    assert_eq!(pair.written(), Some(format!("{earlier}\r\n{added}")));
    // An approved change is left out, and counted.
    let run = approve(&pair, &["--api", "*"]);
    assert_eq!(run.out, "after/approvals.yaml: 1 entry added; 1 change is already approved\n");
    assert!(pair.diff(&["--fail-on", "warn"]).success);
}

#[test]
fn an_unused_entry_does_not_keep_others_out() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let stray = entry(EARLIER, "vendor", TODAY);
    pair.approve("after", &stray);
    let run = approve(&pair, &["--api", "*"]);
    assert!(run.outcome == Outcome::Findings && run.err.contains("error[E1102]"), "{}", run.err);
    assert_eq!(run.out, "after/approvals.yaml: 2 entries added\n");
    assert!(pair.written().is_some_and(|text| text.starts_with(&stray)));
}

#[test]
fn nothing_is_written_if_anything_is_wrong() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let expired = entry(&pair.fingerprints()[ADDED], "vendor", "2026-01-01");
    let brackets = format!("[{}]\n", entry(EARLIER, "vendor", TODAY).trim_start_matches("- ").trim_end());
    for (text, message) in [
        (expired.as_str(), "has expired\nhelp: set a later day in its `until`, or remove the entry"),
        (&brackets, "after/approvals.yaml: entries cannot be added to a list in brackets\nhelp: "),
        ("- {", "the revisions were not compared"),
        ("# nothing\n", "the revisions were not compared"),
    ] {
        pair.approve("after", text);
        for options in [&["--api", "*"][..], &["--api", "*", "--dry-run"]] {
            let run = approve(&pair, options);
            assert_eq!((run.outcome, run.out.as_str()), (Outcome::Failed, ""), "{text}: {}", run.err);
            assert!(run.err.contains(message), "{text}: {}", run.err);
        }
        assert_eq!(pair.written().as_deref(), Some(text));
    }
    fs::remove_file(pair.at("after/approvals.yaml")).expect("the file");
    let mut late = grounds();
    late[7] = "2026-06-14";
    let run = pair.run("approve", [&pair.path("before"), &pair.path("after")], &[&["--api", "*"], &late[..]].concat());
    assert!(run.outcome == Outcome::Failed && run.err.contains("`--until 2026-06-14` is before"), "{}", run.err);
    let run = approve_of(&pair, [&pair.path("before"), &pair.path("nowhere")], &["--api", "*"]);
    assert_eq!((run.outcome, pair.written()), (Outcome::Failed, None));
    let names = fs::read_dir(pair.at("after")).expect("the folder").count();
    assert_eq!(names, 2, "no temporary file is left");
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn a_link_is_not_followed() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    apograph_tests::special::link("../other.yaml".as_ref(), &pair.at("after/approvals.yaml"));
    let run = approve(&pair, &["--api", "*"]);
    assert!(run.outcome == Outcome::Failed && run.err.contains("symbolic link"), "{}", run.err);
    assert!(!pair.at("other.yaml").exists());
}

#[test]
fn entries_go_to_the_folder_of_the_new_revision() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let spec = |side: &str| pair.path(&format!("{side}/acme/depot/crate_send.yaml"));
    let run = approve_of(&pair, [&spec("before"), &spec("after")], &["--api", "*"]);
    assert_eq!(run.outcome, Outcome::Done, "{}", run.err);
    assert!(pair.diff(&["--fail-on", "warn"]).success && !pair.at("before/approvals.yaml").exists());
    // A commit cannot be written to, but its entries can be printed.
    let pair = Pair::new(TRANSCRIPT, &changed());
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", "a commit"]] {
        let identity = ["-c", "user.name=A Name", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").current_dir(pair.at("")).args(identity).args(arguments).status();
        assert!(status.expect("git runs").success());
    }
    let (before, after) = (pair.path("before"), pair.path("after"));
    let committed = ["--specs", &after, "--api", "*"];
    let run = approve_of(&pair, [&before, "git:HEAD:after"], &committed);
    assert!(run.outcome == Outcome::Failed && run.err.contains("the new revision is in git"), "{}", run.err);
    let dry = approve_of(&pair, [&before, "git:HEAD:after"], &[&committed[..], &["--dry-run"]].concat());
    assert!(dry.success && dry.out.matches("- fingerprint: ").count() == 2, "{}{}", dry.out, dry.err);
    assert_eq!(pair.written(), None);
}

#[test]
fn every_entry_needs_its_grounds_and_a_filter() {
    let parses = |words: &[&str]| Cli::try_parse_from([&["apograph", "approve"], words].concat()).is_ok();
    let grounds = grounds();
    let all = [&["--api", "*"], &grounds[..]].concat();
    assert!(parses(&all) && !parses(&grounds));
    for option in ["--cause", "--reason", "--who", "--until"] {
        let at = all.iter().position(|word| *word == option).expect("an option");
        assert!(!parses(&[&all[..at], &all[at + 2..]].concat()), "{option} is missing");
        let wrong = |value| [&all[..=at], &[value], &all[at + 2..]].concat();
        assert!(!parses(&wrong(" ")), "{option} is blank");
    }
    let with =
        |from: &str, to| all.iter().copied().map(|word| if word == from { to } else { word }).collect::<Vec<_>>();
    assert!(!parses(&with("vendor", "weather")) && !parses(&with(TODAY, "soon")) && !parses(&with(TODAY, "2026-6-15")));
    for cause in ["vendor", "transcription-fix", "policy"] {
        assert!(parses(&with("vendor", cause)), "{cause}");
    }
}

#[test]
fn nothing_is_approved_beside_a_broken_spec() {
    let pair = Pair::new(TRANSCRIPT, &changed());
    let broken = pair.at("after/acme/depot/other.yaml");
    fs::write(broken, "api: acme.depot.other\nrequest: [").expect("a writable folder");
    let run = approve(&pair, &["--kind", "req-*"]);
    assert_eq!((run.outcome, pair.written()), (Outcome::Failed, None), "{}", run.err);
    assert!(run.err.contains("files with errors were not compared"), "{}", run.err);
}
