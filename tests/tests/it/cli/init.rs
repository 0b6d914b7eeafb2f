//! `apograph init`: a specs folder in an empty folder.

use std::fs;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
use apograph_tests::{folder, root};

fn init(specs: &std::path::Path, more: &[&str]) -> Run {
    let arguments = ["init", "--specs"].map(Into::into).into_iter().chain([specs.as_os_str().to_owned()]);
    apograph(arguments.chain(more.iter().map(Into::into)))
}

#[test]
fn every_platform_of_this_repository_is_there_and_without_findings() {
    let top = tempfile::tempdir().expect("a folder");
    let specs = top.path().join("specs");
    let run = init(&specs, &[]);
    assert!(run.success && run.err.is_empty(), "{}", run.err);
    let own = folder::read(&root().join("specs"));
    let mut created = folder::read(&specs);
    assert!(created.remove("crate.yaml").is_some_and(|text| text.contains("\nruntime: embedded\n")));
    assert!(created.contains_key("top/platform.yaml") && created.contains_key("nio/PROTOCOL.md"));
    for (path, text) in &created {
        assert_eq!(own.get(path), Some(text), "{path}");
    }
    let lint = apograph(["lint".into(), "--specs".into(), specs.into_os_string()]);
    assert!(lint.success && lint.err.is_empty(), "{}", lint.err);
}

#[test]
fn only_the_named_platforms_are_created() {
    let top = tempfile::tempdir().expect("a folder");
    let specs = top.path().join("deep/specs");
    assert!(init(&specs, &["--platform", "nio"]).success);
    let created: Vec<String> = folder::read(&specs).into_keys().collect();
    assert!(created.iter().all(|path| path == "crate.yaml" || path.starts_with("nio/")), "{created:?}");
    assert!(init(&specs, &["--platform", "nio, top"]).success);
    assert!(specs.join("top/platform.yaml").is_file());
}

#[test]
fn unknown_platforms_are_answered_with_the_known_ones_and_nothing_is_created() {
    let top = tempfile::tempdir().expect("a folder");
    let run = init(&top.path().join("specs"), &["--platform", "top,nios"]);
    assert_eq!(run.outcome, Outcome::Failed);
    assert!(run.err.contains("`nios`") && run.err.contains("did you mean `nio`?"), "{}", run.err);
    assert!(run.err.contains("known are") && run.err.contains("top"), "{}", run.err);
    assert!(!top.path().join("specs").exists());
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let top = tempfile::tempdir().expect("a folder");
    let specs = top.path().join("specs");
    fs::create_dir_all(specs.join("top")).expect("a folder");
    for path in ["crate.yaml", "top/platform.yaml"] {
        fs::write(specs.join(path), "mine\n").expect("a file");
    }
    let run = init(&specs, &["--platform", "top"]);
    assert!(run.success && run.out.matches("kept     ").count() == 2, "{}{}", run.out, run.err);
    let files = folder::read(&specs);
    assert_eq!((files["crate.yaml"].as_str(), files["top/platform.yaml"].as_str()), ("mine\n", "mine\n"));
    assert!(files.contains_key("top/PROTOCOL.md"));
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_not_followed() {
    let top = tempfile::tempdir().expect("a folder");
    let (specs, elsewhere) = (top.path().join("specs"), top.path().join("elsewhere"));
    fs::create_dir_all(&specs).expect("a folder");
    fs::create_dir_all(&elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, specs.join("top")).expect("a link");
    assert_eq!(init(&specs, &["--platform", "top"]).outcome, Outcome::Failed);
    assert!(folder::read(&elsewhere).is_empty());
}
