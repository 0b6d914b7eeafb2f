//! Revisions of specs one after the other, each generated with the lock of the one before: code written against the
//! first goes on compiling, and `apograph diff` reports what the case expects.
//!
//! A case is a folder of `lock_sequences/`:
//!
//! * `1/`, `2/`, `3/`, …: the revisions. The first is laid over `diff/base`, each other one over the one before, so each
//!   folder has only the files that change. An empty file removes the one of that path.
//! * `caller.rs`: code against the first revision, which names the crate `acme_apis`. It has to compile against every
//!   revision. A `caller-2.rs` is code against the second one and has to compile from there on, and so forth.
//! * `expected.txt`: what `diff` reports of each two neighbours. `APOGRAPH_BLESS=1` writes it.
//!
//! All crates and all callers of all cases are compiled by two runs of rustc.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use apograph_tests::command::apograph;
use apograph_tests::corpus::{self, Case};
use apograph_tests::folder::{self, Texts};
use apograph_tests::root;
use apograph_tests::rustc::{Caller, Compiler};
use serde_json::Value;

const CORPUS: &str = "lock_sequences";

/// The specs of each revision of a case, the first one first.
fn revisions(case: &Case) -> Vec<Texts> {
    let folders = (1..).map(|number| case.folder.join(number.to_string())).take_while(|folder| folder.is_dir());
    let mut specs = corpus::base();
    let revisions: Vec<Texts> = folders
        .map(|folder| {
            specs.extend(folder::read(&folder));
            specs.retain(|_, text| !text.is_empty());
            specs.clone()
        })
        .collect();
    assert!(revisions.len() >= 2, "{} has {} revisions", case.name, revisions.len());
    revisions
}

/// A revision that was generated with the lock of the one before.
struct Generated {
    /// The specs folder, with the lock.
    specs: PathBuf,
    /// The files of the crate.
    files: Texts,
}

/// Generates the revisions of a case one after the other into the same crate.
fn generate(case: &Case, below: &Path) -> Vec<Generated> {
    let mut lock = None;
    let (out, runtime) = (below.join("crate"), root().join("generator/runtime"));
    let generate = |(index, revision): (usize, Texts)| {
        let specs = below.join((index + 1).to_string());
        folder::write(&specs, &revision);
        if let Some(lock) = &lock {
            fs::write(specs.join("api.lock"), lock).expect("the lock");
        }
        let arguments = ["generate", "--specs", &text(&specs), "--out", &text(&out), "--runtime", &text(&runtime)];
        let run = apograph(arguments);
        assert!(run.success, "{}, revision {}: {}", case.name, index + 1, run.err);
        lock = Some(fs::read_to_string(specs.join("api.lock")).expect("the lock"));
        Generated { specs, files: folder::read(&out) }
    };
    revisions(case).into_iter().enumerate().map(generate).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What `diff` reports of two neighbours: one line for each finding, and the version that all ask for.
fn report(old: &Generated, new: &Generated) -> String {
    let run = apograph(["diff", &text(&old.specs), &text(&new.specs), "--format", "json", "--all"]);
    if run.success && run.out.is_empty() {
        return "  no findings\n".to_owned();
    }
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err));
    let mut lines = String::new();
    for finding in report["findings"].as_array().into_iter().flatten() {
        let word = |key: &str| finding[key].as_str().unwrap_or_default();
        let (id, subject, path) = (word("id"), word("api"), word("path"));
        let (source, wire, bump, level) = (word("source"), word("wire"), word("bump"), word("level"));
        let _ = writeln!(lines, "  {level}[{id}] {subject} {path}: source {source}, wire {wire}, {bump}");
    }
    let _ = writeln!(lines, "  together: {}", report["bump"].as_str().unwrap_or_default());
    lines
}

/// The callers of a case: each with its code and the number of the revision that it is written against.
fn callers(case: &Case) -> Vec<(usize, String)> {
    let files =
        (1..=9).map(|number| (number, if number == 1 { "caller.rs".into() } else { format!("caller-{number}.rs") }));
    let read = |(number, file): (usize, String)| Some((number, fs::read_to_string(case.folder.join(file)).ok()?));
    let callers: Vec<_> = files.filter_map(read).collect();
    assert!(callers.first().is_some_and(|(number, _)| *number == 1), "{} has no caller.rs", case.name);
    callers
}

#[test]
fn callers_go_on_compiling_and_diff_reports_what_is_expected() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = corpus::cases(CORPUS);
    let generated: BTreeMap<String, Vec<Generated>> =
        cases.iter().map(|case| (case.name.clone(), generate(case, &folder.path().join(&case.name)))).collect();
    corpus::check(CORPUS, 1, |case| {
        let neighbours = generated[&case.name].windows(2).enumerate();
        let reports = neighbours
            .map(|(index, pair)| format!("revision {} to {}\n{}", index + 1, index + 2, report(&pair[0], &pair[1])));
        case.expect("expected.txt", &reports.collect::<String>())
    });

    let (mut crates, mut all) = (BTreeMap::new(), Vec::new());
    for case in &cases {
        let callers = callers(case);
        for (number, revision) in (1..).zip(&generated[&case.name]) {
            let callee = format!("{}_{number}", case.name);
            for (against, text) in callers.iter().filter(|(against, _)| *against <= number) {
                let name = format!("{}_caller_of_{against}_on_{number}", case.name);
                all.push(Caller { name, callee: callee.clone(), text: text.clone() });
            }
            crates.insert(callee, revision.files.clone());
        }
    }
    let compiler = Compiler::default();
    compiler.crates(&crates);
    let failed = compiler.callers(&all);
    let failed: String = failed.iter().map(|(name, errors)| format!("==== {name}\n{errors}")).collect();
    assert!(failed.is_empty(), "{failed}");
}
