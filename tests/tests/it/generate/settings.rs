//! What crate.yaml keeps for `generate`: the folder of the crate, the runtime, the workspace.

use std::fs;
use std::path::Path;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::{corpus, folder};
use tempfile::TempDir;

/// The specs of an invented crate, with these lines at the end of crate.yaml.
fn desk(settings: &str) -> TempDir {
    let top = tempfile::tempdir().expect("a folder");
    let mut specs = corpus::base();
    specs.get_mut("crate.yaml").expect("the crate file").push_str(settings);
    folder::write(&top.path().join("specs"), &specs);
    top
}

fn generate(top: &TempDir, more: &[&str]) -> Run {
    let specs = top.path().join("specs").into_os_string();
    let arguments = ["generate".into(), "--specs".into(), specs].into_iter();
    apograph(arguments.chain(more.iter().map(Into::into)))
}

fn manifest(folder: &Path) -> String {
    fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest")
}

#[test]
fn settings_of_the_crate_file_need_no_flags() {
    let top = desk("out: ../crates/acme\nruntime: {git: 'https://example.com/a.git', tag: v1}\nstandalone: true\n");
    let run = generate(&top, &[]);
    assert!(run.success, "{}", run.err);
    let manifest = manifest(&top.path().join("crates/acme"));
    let git = "apograph-runtime = { git = \"https://example.com/a.git\", tag = \"v1\", default-features = false";
    assert!(manifest.contains(git) && manifest.ends_with("\n[workspace]\n"), "{manifest}");
    let check = generate(&top, &["--check"]);
    assert!(check.success && check.err.is_empty(), "{}", check.err);
}

#[test]
fn flags_win() {
    let top = desk("out: ../crates/acme\nruntime: embedded\n");
    let out = top.path().join("other");
    let run = generate(&top, &["--out", &out.to_string_lossy(), "--runtime", "0.1.0"]);
    assert!(run.success && !top.path().join("crates").exists(), "{}", run.err);
    assert!(manifest(&out).contains("apograph-runtime = { version = \"0.1.0\""));
    assert!(!out.join("src/rt").exists());
    let run = generate(&top, &["--check", "--out", &out.to_string_lossy()]);
    assert_eq!(run.outcome, Outcome::Findings, "the crate file embeds the runtime");
}

#[test]
fn a_runtime_in_a_folder_is_seen_from_the_crate_file() {
    let top = desk("runtime: {path: ../vendored/runtime}\n");
    let run = generate(&top, &[]);
    assert_eq!(run.outcome, Outcome::Findings);
    assert!(run.err.contains("error[E0418]") && run.err.contains("crate.yaml:"), "{}", run.err);
    assert!(run.err.contains("vendored/runtime` is not a folder with a Cargo.toml"), "{}", run.err);
    fs::create_dir_all(top.path().join("vendored/runtime")).expect("a folder");
    fs::write(top.path().join("vendored/runtime/Cargo.toml"), "").expect("a manifest");
    assert!(generate(&top, &[]).success);
    assert!(manifest(&top.path().join("generated")).contains("path = \"../vendored/runtime\""));
}

#[test]
fn a_crate_file_leads_neither_out_of_the_repository_nor_into_the_specs() {
    for (out, why) in [("../../elsewhere", "leads out of the repository"), ("acme", "is in the specs folder")] {
        let top = desk(&format!("out: {out}\nruntime: embedded\n"));
        let run = generate(&top, &[]);
        assert_eq!(run.outcome, Outcome::Findings, "{out}");
        assert!(run.err.contains("error[E0418]") && run.err.contains(why), "{}", run.err);
        assert!(!top.path().join("specs/acme/Cargo.toml").exists());
    }
}

#[test]
fn a_runtime_that_is_no_longer_embedded_is_removed() {
    let top = desk("runtime: embedded\n");
    assert!(generate(&top, &[]).success);
    let sources = top.path().join("generated/src/rt");
    assert!(sources.join("LICENSE-MIT").is_file() && sources.join("mod.rs").is_file());
    let readme = fs::read_to_string(top.path().join("generated/README.md")).expect("a readme");
    assert!(readme.contains("whose texts are in `src/rt`"), "{readme}");
    fs::write(sources.join("mine.txt"), "mine").expect("a file");
    assert!(generate(&top, &["--runtime", "0.1.0"]).success);
    assert_eq!(folder::read(&sources).into_keys().collect::<Vec<_>>(), ["mine.txt"]);
}

#[test]
fn a_workspace_that_does_not_list_the_crate_is_noted_once() {
    let top = desk("runtime: embedded\n");
    let workspace = top.path().join("Cargo.toml");
    fs::write(&workspace, "[workspace]\nmembers = [\"app\"]\n").expect("a manifest");
    let run = generate(&top, &[]);
    assert!(run.success && run.err.contains("does not seem to contain `generated`"), "{}", run.err);
    assert!(run.err.contains("help: add `generated` to `members` there, or generate it with `--standalone`"));
    let run = generate(&top, &[]);
    assert!(run.success && !run.err.contains("workspace"), "the manifest is there: {}", run.err);
    let run = generate(&top, &["--standalone"]);
    assert!(run.success && !run.err.contains("workspace"), "{}", run.err);
    fs::write(&workspace, "[workspace]\nmembers = [\"app\", \"generated\"]\n").expect("a manifest");
    let run = generate(&top, &[]);
    assert!(run.success && !run.err.contains("workspace"), "{}", run.err);
}
