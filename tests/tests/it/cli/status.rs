//! The exit status of every command: 0 for success, 1 for findings, 2 for wrong usage and I/O errors.

use std::fs;
use std::path::Path;

use apograph::cli::Cli;
use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::root;
use clap::Parser as _;

fn run(arguments: &[&str]) -> Run {
    apograph(arguments.iter().copied())
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

/// A copy of the diff corpus' specs, which are small and without findings.
fn specs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("tests/diff/base"), &folder.path().join("specs"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

#[test]
fn lint_fmt_and_generate_tell_findings_from_failures() {
    let folder = specs();
    let (specs, out) = (folder.path().join("specs"), folder.path().join("crate"));
    let (specs, out) = (text(&specs), text(&out));
    let missing = folder.path().join("missing");
    let runtime = root().join("generator/runtime");
    let generate = ["generate", "--specs", specs, "--out", out, "--runtime", text(&runtime)];
    let check = [&generate[..], &["--check"]].concat();

    for command in ["lint", "fmt"] {
        assert_eq!(run(&[command, "--specs", specs]).outcome, Outcome::Done, "{command}");
        assert_eq!(run(&[command, "--specs", text(&missing)]).outcome, Outcome::Failed, "{command}");
    }
    assert_eq!(run(&["generate", "--specs", text(&missing), "--out", out]).outcome, Outcome::Failed);
    assert_eq!(run(&check).outcome, Outcome::Findings);
    assert_eq!(run(&generate).outcome, Outcome::Done);
    assert_eq!(run(&check).outcome, Outcome::Done);
    assert_eq!(run(&[&generate[..], &["--unlock", "no.such.api"]].concat()).outcome, Outcome::Failed);

    let runtime = [&generate[..5], &["--runtime", text(&missing)]].concat();
    assert_eq!(run(&runtime).outcome, Outcome::Failed);

    let library = Path::new(out).join("src/lib.rs");
    fs::write(library, "// mine\n").expect("a file of somebody else");
    assert_eq!(run(&check).outcome, Outcome::Findings);
    assert_eq!(run(&generate).outcome, Outcome::Failed);

    let transcript = Path::new(specs).join("acme/depot/crate_send.yaml");
    let found = fs::read_to_string(&transcript).expect("a transcript");
    fs::write(&transcript, format!("\n{found}")).expect("a transcript");
    assert_eq!(run(&["fmt", "--specs", specs, "--check"]).outcome, Outcome::Findings);
    fs::write(&transcript, "no: such key\n").expect("a transcript");
    for arguments in [&["lint", "--specs", specs][..], &["fmt", "--specs", specs], &generate] {
        assert_eq!(run(arguments).outcome, Outcome::Findings, "{arguments:?}");
    }
}

#[test]
fn transcribe_tells_refused_pages_from_pages_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    fs::create_dir_all(specs.join("top")).expect("a folder");
    fs::copy(root().join("specs/top/platform.yaml"), specs.join("top/platform.yaml")).expect("the platform");
    let (good, bad) = (root().join("tests/pages/top-text.txt"), folder.path().join("bad.txt"));
    fs::write(&bad, "no page\n").expect("a page");
    let missing = folder.path().join("missing");
    let transcribe = |more: &[&str]| run(&[&["transcribe", "--specs", text(&specs)], more].concat()).outcome;

    assert_eq!(transcribe(&[text(&good), "--check"]), Outcome::Findings);
    assert_eq!(transcribe(&[text(&good)]), Outcome::Done);
    assert_eq!(transcribe(&[text(&good), "--check"]), Outcome::Done);
    assert_eq!(transcribe(&[text(&good), text(&bad)]), Outcome::Findings);
    assert_eq!(transcribe(&[text(&missing)]), Outcome::Failed);
    assert_eq!(transcribe(&[text(&good), text(&bad), "--api", "a.b.c"]), Outcome::Failed);
    let elsewhere = ["transcribe", text(&good), "--specs", text(&missing)];
    assert_eq!(run(&elsewhere).outcome, Outcome::Failed);
}

#[test]
fn diff_fails_only_where_nothing_was_compared() {
    let (old, new) = (specs(), specs());
    let paths = [old.path().join("specs"), new.path().join("specs")];
    let [old, new] = paths.each_ref().map(|path| text(path));
    let transcript = Path::new(new).join("acme/depot/crate_send.yaml");
    let found = fs::read_to_string(&transcript).expect("a transcript");
    let changed = found.replacen("label: {type: String", "label: {type: Number", 1);
    assert_ne!(found, changed);
    fs::write(&transcript, changed).expect("a transcript");

    assert_eq!(run(&["diff", old, old]).outcome, Outcome::Done);
    assert_eq!(run(&["diff", old, new]).outcome, Outcome::Done);
    assert_eq!(run(&["diff", old, new, "--fail-on", "warn"]).outcome, Outcome::Findings);
    assert_eq!(run(&["diff", old, "no-such-folder"]).outcome, Outcome::Failed);
    assert_eq!(run(&["diff", "git:no-such-revision", new]).outcome, Outcome::Failed);
    fs::write(&transcript, "no: such key\n").expect("a transcript");
    assert_eq!(run(&["diff", old, new]).outcome, Outcome::Failed);
}

#[test]
fn statuses_are_those_of_other_programs() {
    assert_eq!([Outcome::Done, Outcome::Findings, Outcome::Failed].map(Outcome::status), [0, 1, 2]);
    let usage = Cli::try_parse_from(["apograph", "lint", "--no-such-option"]).expect_err("a wrong option");
    assert_eq!(usage.exit_code(), i32::from(Outcome::Failed.status()));
}

#[test]
fn usage_lines_show_what_is_required() {
    for (command, usage) in [
        ("fixes", "apograph fixes --suggest [OPTIONS] [SPEC]..."),
        ("search", "apograph search [OPTIONS] <WORD>..."),
        ("show", "apograph show [OPTIONS] <API>..."),
        ("transcribe", "apograph transcribe [OPTIONS] <PAGE>..."),
    ] {
        let lines = format!("Usage: {usage}\n       apograph {command} --schema\n");
        let error = Cli::try_parse_from(["apograph", command]).expect_err("an argument is required").to_string();
        assert!(error.contains(&lines), "{error}");
        assert!(Cli::try_parse_from(["apograph", command, "--schema"]).is_ok(), "{command}");
    }
}
