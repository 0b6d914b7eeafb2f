//! Broken spec trees and what `apograph lint` says of them: `diagnostics/<case>/specs` and `diagnostics/<case>/expected.txt`.
//!
//! With `APOGRAPH_BLESS=1` the expected texts are written anew. Read the difference before you keep it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use apograph::commands::Outcome;
use apograph::diagnostic::Code;
use apograph_tests::command::{Run, apograph};

/// Codes that lint does not report, that take hundreds of files, or that only a defect of the program causes.
const OTHERS: &[&str] = &["E0112", "E0113", "E0409", "E0420", "E0803"];

/// Codes of `transcribe`, which reads pages, and of approvals, which `diff` reads.
const ELSEWHERE: [&str; 2] = ["E10", "E11"];

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics");
    let entries = fs::read_dir(&folder).expect("the corpus");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("a case").path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// Everything that lint says of a case, without the machine's paths. Cases named `…_denied` deny doubts.
fn lint(case: &Path) -> (String, Outcome) {
    let deny_doubts = case.to_string_lossy().ends_with("_denied");
    let specs = case.join("specs");
    let mut arguments = vec!["lint".as_ref(), "--all".as_ref(), "--specs".as_ref(), specs.as_os_str()];
    arguments.extend(deny_doubts.then_some(OsStr::new("--deny-doubts")));
    let Run { outcome, out, err, .. } = apograph(arguments);
    let said = format!("{err}{out}");
    (said.replace(&format!("{}/", case.to_string_lossy().replace('\\', "/")), ""), outcome)
}

#[test]
fn every_case_says_what_is_expected() {
    let bless = std::env::var_os("APOGRAPH_BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (said, outcome) = lint(&case);
        assert_eq!(said.contains("error["), outcome != Outcome::Done, "{name}");
        if !said.contains("error[") && !said.contains("warning[") {
            wrong.push(format!("==== {name} is not broken ====\n"));
        }
        let expected = case.join("expected.txt");
        if bless {
            fs::write(&expected, &said).expect("the expected text");
        }
        let expected = fs::read_to_string(expected).unwrap_or_default().replace("\r\n", "\n");
        if said != expected {
            wrong.push(format!("==== {name}: expected ====\n{expected}\n==== {name}: said ====\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}\nAPOGRAPH_BLESS=1 writes the expected texts anew", wrong.join("\n"));
}

#[test]
fn the_corpus_shows_every_code() {
    let said: String = cases().iter().map(|case| lint(case).0).collect();
    let is_elsewhere = |id: &str| OTHERS.contains(&id) || ELSEWHERE.iter().any(|group| id.starts_with(group));
    let is_missing = |id: &&str| !said.contains(&format!("[{id}]")) && !is_elsewhere(id);
    let missing: Vec<_> = Code::ALL.iter().map(|code| code.id()).filter(is_missing).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    assert!(cases().len() >= 30, "the corpus has shrunk");
}
