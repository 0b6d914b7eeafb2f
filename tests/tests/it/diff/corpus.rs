//! Pairs of specs and what `apograph diff` says of them: `diff/<case>/before`, `after` and `expected.txt`.
//!
//! A case holds only the files that matter to it; the others are those of `diff/base`. It is called after the kind of
//! change that it shows, or `none-…` if there is nothing to tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use apograph::diff::Kind;
use apograph_tests::command::{Run, apograph};
use apograph_tests::corpus::{self, Case};
use apograph_tests::folder;

/// Kinds that no two folders of valid specs can show, and why.
const WAIVED: &[(Kind, &str)] = &[
    (Kind::RespPresence, "loading refuses `required` in a response; only raw transcripts could hold it"),
    (Kind::SpecNotCompared, "no crate can be generated from a broken spec; `broken` shows it"),
    (Kind::FixStale, "no crate can be generated with a fix that does not apply; `broken` shows it"),
];

/// Both revisions of a case in a folder of their own: `before` and `after`.
fn stage(case: &Case) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for side in ["before", "after"] {
        folder::write(&folder.path().join(side), &case.side(side));
    }
    folder
}

fn diff(folder: &Path, options: &[&str]) -> Run {
    let [before, after] = ["before", "after"].map(|side| folder.join(side).to_string_lossy().into_owned());
    let arguments = ["diff", before.as_str(), after.as_str()].into_iter().chain(options.iter().copied());
    apograph(arguments)
}

fn said(case: &Case) -> String {
    let folder = stage(case);
    let run = diff(folder.path(), &["--all"]);
    let text = run.out + &run.err;
    text.replace(&format!("{}/", folder.path().to_string_lossy().replace('\\', "/")), "")
}

#[test]
fn every_case_says_what_is_expected() {
    corpus::check("diff", 100, |case| {
        let said = said(case);
        case.expect("expected.txt", &said)?;
        let name = &case.name;
        let shows = if name.starts_with("none-") {
            said.is_empty()
        } else {
            said.contains(&format!("[{name}]")) || said.contains(&format!("[{name}, "))
        };
        shows.then_some(()).ok_or_else(|| format!("it does not show what it is called after\n{said}"))
    });
}

#[test]
fn every_kind_has_a_case() {
    let cases: BTreeSet<String> = corpus::cases("diff").into_iter().map(|case| case.name).collect();
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
