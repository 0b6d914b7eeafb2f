//! Pairs of specs and what `apograph diff` says of them: `diff/<case>/before`, `after` and `expected.txt`.
//!
//! A case holds only the files that matter to it; the others are those of `diff/base`. It is called after the kind of
//! change that it shows, or `none-…` if there is nothing to tell. With `APOGRAPH_BLESS=1` the expected texts are
//! written anew. Read the difference before you keep it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use apograph::diff::Kind;
use apograph_tests::command::{Run, apograph};

/// Kinds that no two folders of specs can show, and why.
const WAIVED: &[(Kind, &str)] =
    &[(Kind::RespPresence, "loading refuses `required` in a response; only raw transcripts could hold it")];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff")
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(corpus()).expect("the corpus");
    let names = entries.map(|entry| entry.expect("a case").file_name().to_string_lossy().into_owned());
    let mut cases: Vec<String> = names.filter(|name| name != "base").collect();
    cases.sort();
    cases
}

/// Copies the YAML files and the lock of a folder over another folder.
fn lay(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            lay(&entry.path(), &target);
        } else if entry.path().extension().is_some_and(|extension| extension == "yaml" || extension == "lock") {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// Both revisions of a case in a folder of their own: `before` and `after`.
fn stage(case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for side in ["before", "after"] {
        let to = folder.path().join(side);
        fs::create_dir(&to).expect("a folder");
        lay(&corpus().join("base"), &to);
        lay(&corpus().join(case).join(side), &to);
    }
    folder
}

fn diff(folder: &Path, options: &[&str]) -> Run {
    let [before, after] = ["before", "after"].map(|side| folder.join(side).to_string_lossy().into_owned());
    let arguments = ["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied());
    apograph(arguments)
}

fn said(case: &str) -> String {
    let folder = stage(case);
    let run = diff(folder.path(), &["--all"]);
    let text = run.out + &run.err;
    text.replace(&format!("{}/", folder.path().to_string_lossy().replace('\\', "/")), "")
}

#[test]
fn every_case_says_what_is_expected() {
    let bless = std::env::var_os("APOGRAPH_BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for case in cases() {
        let said = said(&case);
        let shows = if case.starts_with("none-") {
            said.is_empty()
        } else {
            said.contains(&format!("[{case}]")) || said.contains(&format!("[{case}, "))
        };
        if !shows {
            wrong.push(format!("==== {case} does not show what it is called after ====\n{said}"));
        }
        let expected = corpus().join(&case).join("expected.txt");
        if bless {
            fs::write(&expected, &said).expect("the expected text");
        }
        let expected = fs::read_to_string(expected).unwrap_or_default().replace("\r\n", "\n");
        if said != expected {
            wrong.push(format!("==== {case}: expected ====\n{expected}\n==== {case}: said ====\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}\nAPOGRAPH_BLESS=1 writes the expected texts anew", wrong.join("\n"));
}

#[test]
fn every_kind_has_a_case() {
    let cases: BTreeSet<String> = cases().into_iter().collect();
    let waived: BTreeMap<Kind, &str> = WAIVED.iter().copied().collect();
    for kind in Kind::ALL {
        let has_case = cases.contains(kind.id());
        assert_ne!(has_case, waived.contains_key(kind), "{}", kind.id());
    }
    let kinds: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    let strays: Vec<_> =
        cases.iter().filter(|case| !case.starts_with("none-") && !kinds.contains(case.as_str())).collect();
    assert!(strays.is_empty(), "{strays:?}");
}
