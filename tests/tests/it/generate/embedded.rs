//! From an empty folder to a tested crate, with nothing of this repository beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apograph_tests::{folder, root};

/// The page that is transcribed: one of the vendors' documents where they are, else an invented one.
fn page() -> PathBuf {
    let documents = std::env::var_os("APOGRAPH_DOCUMENTS").map(PathBuf::from);
    let first = documents.and_then(|folder| {
        let mut pages: Vec<PathBuf> =
            fs::read_dir(folder).expect("the documents").map(|page| page.expect("a page").path()).collect();
        pages.sort();
        pages.into_iter().next()
    });
    first.unwrap_or_else(|| root().join("tests/pages/top-text.txt"))
}

/// Runs a program in a folder, and returns what it printed.
fn run(program: &str, arguments: &[&str], folder: &Path, target: &Path) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0");
    let output = command.output().expect("a run");
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success(), "{arguments:?}: {text}");
    text
}

/// Where the crate is built: at the same place in every run, so that cargo builds it once as long as it is the same.
const BUILT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/embedded");

/// The crate has the profiles, the versions and the built packages of the workspace.
#[test]
fn an_empty_folder_becomes_a_tested_crate() {
    let top = tempfile::tempdir().expect("a folder");
    let here = top.path();
    let apograph = env!("CARGO_BIN_EXE_apograph-tested");
    let target = Path::new(apograph).ancestors().nth(2).expect("the target folder");
    let apograph = |arguments: &[&str]| run(apograph, arguments, here, target);
    apograph(&["init"]);
    assert!(apograph(&["transcribe", &page().to_string_lossy()]).contains("1 new"));
    apograph(&["generate"]);
    apograph(&["generate", "--check"]);
    assert!(here.join("generated/src/rt/LICENSE-APACHE").is_file());
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace");
    let profiles: Vec<&str> = workspace.split("\n\n").filter(|table| table.contains("[profile.")).collect();
    fs::write(here.join("profiles.toml"), profiles.join("\n\n")).expect("the profiles");
    fs::copy(root().join("Cargo.lock"), here.join("generated/Cargo.lock")).expect("the lock");
    let mut files = folder::read(&here.join("generated"));
    // The place is in the folder of our workspace.
    files.entry("Cargo.toml".to_owned()).and_modify(|manifest| manifest.push_str("\n[workspace]\n"));
    folder::replace(Path::new(BUILT), &files);
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = format!("{BUILT}/Cargo.toml");
    let tested =
        run(&cargo, &["test", "--offline", "--config", "profiles.toml", "--manifest-path", &manifest], here, target);
    assert!(tested.contains("top_signatures ... ok") && tested.contains("nio_signatures ... ok"), "{tested}");
    assert!(!tested.contains("warning: "), "{tested}");
    let packages = fs::read_to_string(Path::new(BUILT).join("Cargo.lock")).expect("the lock");
    assert!(!packages.contains("\"apograph-runtime\""), "the crate depends on nothing of ours");
}
