//! The command: its files, and those of others.

use std::fs;
use std::path::Path;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::root;

use super::read;

fn export(format: &str, out: &Path, more: &[&str]) -> Run {
    let specs = root().join("tests/golden/wire/specs");
    let arguments =
        ["export".into(), format.into(), "--out".into(), out.into(), "--specs".into(), specs.into_os_string()];
    apograph(arguments.into_iter().chain(more.iter().map(Into::into)))
}

#[test]
fn a_second_run_changes_nothing_and_a_smaller_one_removes_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("docs");
    let first = export("openapi", &out, &[]);
    assert!(first.success && first.out.contains(": 22 written, 0 unchanged, 0 removed"), "{first:?}");
    assert!(export("json-schema", &out, &["v3.note.put"]).success);
    let again = export("openapi", &out, &[]);
    assert!(again.out.contains(": 0 written, 22 unchanged, 0 removed"), "{again:?}");
    assert!(export("openapi", &out, &["--check"]).success);
    let old = out.join("named/buy/order_list.openapi.json");
    assert!(old.exists() && out.join("flat/mall").exists());
    fs::write(out.join("named/buy/notes.txt"), "mine").expect("a file");
    fs::write(out.join("mine.openapi.json"), "{}").expect("a file");
    let check = export("openapi", &out, &["v3.*", "--check"]);
    assert!(check.outcome == Outcome::Findings && old.exists(), "{check:?}");
    let smaller = export("openapi", &out, &["v3.*"]);
    assert!(smaller.out.contains(": 0 written, 8 unchanged, 14 removed"), "{smaller:?}");
    assert!(!old.exists() && !out.join("flat").exists());
    // Files of others, and of the other format, stay.
    assert_eq!(read(&out.join("named/buy/notes.txt")), "mine");
    assert!(out.join("mine.openapi.json").exists() && out.join("plain/v3/note_put.request.schema.json").exists());
}

#[test]
fn foreign_files_are_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = folder.path().join("plain.openapi.json");
    fs::write(&plain, r#"{"openapi": "3.1.0"}"#).expect("a file");
    let run = export("openapi", folder.path(), &[]);
    assert!(run.outcome == Outcome::Failed && run.err.contains("did not write this file"), "{run:?}");
    assert_eq!(read(&plain), r#"{"openapi": "3.1.0"}"#);
    let written = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(written, 1, "nothing else is written");
}

#[test]
fn unknown_apis_are_reported_with_a_similar_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = export("openapi", folder.path(), &["v3.note.putt"]);
    assert_eq!(run.outcome, Outcome::Failed);
    assert!(run.err.contains("did you mean `v3.note.put`?"), "{}", run.err);
}
