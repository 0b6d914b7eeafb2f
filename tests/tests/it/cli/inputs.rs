//! The files that commands read: regular files of a limited size. Specs arrive by pull request, so that a link in them
//! could lead to any file of the machine that checks them.

use std::fs;
use std::path::{Path, PathBuf};

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
#[cfg(unix)]
use apograph_tests::special;
use apograph_tests::{folder, root};

const SPEC: &str = "acme/depot/crate_send.yaml";
const MIB: u64 = 1024 * 1024;

/// Two specs folders that differ, so that all of both is read, and a file that no report may show.
struct Revisions {
    folder: tempfile::TempDir,
}

/// The secret has the form of a file that each reader would take for its own.
#[cfg(unix)]
const SECRET: &str = "api: TOKEN=hunter2\nTOKEN=hunter2\n";

impl Revisions {
    fn new() -> Self {
        let revisions = Self { folder: tempfile::tempdir().expect("a folder") };
        for side in ["old", "new"] {
            folder::write(&revisions.path(side), &folder::read(&root().join("tests/diff/base")));
            assert!(revisions.run(&["fmt", "--specs", side]).success);
        }
        let spec = revisions.path("new").join(SPEC);
        let text = fs::read_to_string(&spec).expect("the transcript");
        fs::write(spec, text.replace("Send a crate", "Send one crate")).expect("the transcript");
        revisions
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, command: &[&str]) -> Run {
        let is_path = |word: &str| word.starts_with("old") || word.starts_with("new") || word == "out";
        apograph(command.iter().map(|word| if is_path(word) { self.path(word).into_os_string() } else { word.into() }))
    }

    /// Every command that reads the new specs.
    fn runs(&self) -> Vec<Run> {
        let spec = |side: &str| format!("{side}/{SPEC}");
        let (old, new) = (spec("old"), spec("new"));
        let commands: [&[&str]; 6] = [
            &["lint", "--specs", "new"],
            &["fmt", "--check", "--specs", "new"],
            &["generate", "--specs", "new", "--out", "out", "--runtime", "0.1.0"],
            &["diff", "old", "new"],
            &["diff", "new", "old"],
            &["diff", &old, &new],
        ];
        commands.map(|command| self.run(command)).into()
    }
}

/// Replaces a file by a link to the secret.
#[cfg(unix)]
fn link_to_secret(revisions: &Revisions, path: &str) {
    let secret = revisions.path("secret");
    fs::write(&secret, SECRET).expect("the secret");
    let path = revisions.path("new").join(path);
    let _ = fs::remove_file(&path);
    special::link(&secret, &path);
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn no_command_reads_through_a_link_in_the_specs() {
    for (path, readers) in [
        ("api.lock", [true, false, true, true, true, true]),
        ("approvals.yaml", [false, false, false, true, true, true]),
        ("crate.yaml", [true; 6]),
        ("acme/platform.yaml", [true; 6]),
        ("acme/depot/crate_send.yaml", [true; 6]),
        ("acme/depot/crate_send.fix.yaml", [true; 6]),
        ("acme/depot/crate_track.yaml", [true, true, true, true, true, false]),
    ] {
        let revisions = Revisions::new();
        link_to_secret(&revisions, path);
        for (run, reads) in revisions.runs().iter().zip(readers) {
            let said = format!("{}{}", run.out, run.err);
            assert!(!said.contains("hunter2"), "{path}: {said}");
            assert_eq!(run.outcome != Outcome::Done, reads, "{path}: {said}");
            assert_eq!(said.contains(path) && said.contains("symbolic link"), reads, "{path}: {said}");
        }
    }
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn no_command_reads_through_a_linked_folder() {
    for linked in ["acme", "acme/depot"] {
        let revisions = Revisions::new();
        let path = revisions.path("new").join(linked);
        fs::rename(&path, revisions.path("elsewhere")).expect("the folder");
        special::link(&revisions.path("elsewhere"), &path);
        for run in revisions.runs() {
            assert!(
                run.outcome != Outcome::Done && run.err.contains("symbolic link"),
                "{linked}: {}{}",
                run.out,
                run.err
            );
        }
    }
}

#[test]
#[cfg(unix)] // Pipes are files of Unix.
fn no_command_reads_from_a_pipe() {
    for path in ["api.lock", "approvals.yaml"] {
        let revisions = Revisions::new();
        let pipe = revisions.path("new").join(path);
        special::pipe(&pipe);
        let writer = special::written(&pipe, SECRET);
        let run = revisions.run(&["diff", "old", "new"]);
        writer.release();
        assert_eq!(run.outcome, Outcome::Failed, "{}", run.out);
        assert!(run.err.contains(path) && run.err.contains("neither a file nor a folder"), "{}", run.err);
    }
}

#[test]
#[cfg(unix)] // Devices are files of Unix.
fn a_device_is_no_lock_and_no_page() {
    let revisions = Revisions::new();
    let lock = revisions.run(&["lint", "--specs", "new", "--lock", "/dev/null"]);
    assert_eq!(lock.outcome, Outcome::Failed, "{}", lock.err);
    assert!(lock.err.contains("/dev/null") && lock.err.contains("E0112"), "{}", lock.err);
    let spec = revisions.run(&["diff", "/dev/null", "new/acme/platform.yaml"]);
    assert!(spec.outcome == Outcome::Failed && spec.err.contains("/dev/null: neither a file"), "{}", spec.err);
    let page = revisions.run(&["transcribe", "--specs", "new", "/dev/null"]);
    assert!(page.outcome == Outcome::Failed && page.err.contains("E0112"), "{}", page.err);
}

/// Makes a file of this size that takes no space.
fn large(path: &Path, size: u64) {
    fs::File::create(path).and_then(|file| file.set_len(size)).expect("a large file");
}

#[test]
fn files_above_the_limits_are_refused() {
    for (path, size, limit) in [
        ("api.lock", 8 * MIB, "8 MiB"),
        ("approvals.yaml", 2 * MIB, "2 MiB"),
        ("acme/depot/crate_send.fix.yaml", 2 * MIB, "2 MiB"),
        ("acme/depot/crate_send.yaml", 2 * MIB, "2 MiB"),
    ] {
        let revisions = Revisions::new();
        large(&revisions.path("new").join(path), size + 1);
        let message = format!("larger than {limit}");
        for run in [revisions.run(&["diff", "old", "new"]), revisions.run(&["diff", "new", "old"])] {
            assert_eq!(run.outcome, Outcome::Failed, "{path}: {}", run.out);
            assert!(run.err.contains(path) && run.err.contains(&message), "{path}: {}", run.err);
        }
        if path != "approvals.yaml" {
            let run = revisions.run(&["lint", "--specs", "new"]);
            assert!(run.err.contains("E0108") && run.err.contains(&message), "{path}: {}", run.err);
        }
    }
}

#[test]
fn the_largest_lock_is_read() {
    let revisions = Revisions::new();
    large(&revisions.path("new").join("api.lock"), 8 * MIB);
    let run = revisions.run(&["lint", "--specs", "new"]);
    assert!(run.err.contains("E0801") && !run.err.contains("E0108"), "{}", run.err);
}

#[test]
fn pages_above_the_limit_are_refused() {
    let revisions = Revisions::new();
    let page = revisions.path("new-page.txt");
    large(&page, 4 * MIB + 1);
    let run = revisions.run(&["transcribe", "--specs", "new", "new-page.txt"]);
    assert!(run.err.contains("E1005") && run.err.contains("larger than 4 MiB"), "{}", run.err);
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn pages_behind_links_are_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (specs, pages, elsewhere) =
        (folder.path().join("specs"), folder.path().join("pages"), folder.path().join("elsewhere"));
    for path in [&specs.join("top"), &pages, &elsewhere] {
        fs::create_dir_all(path).expect("a folder");
    }
    fs::copy(root().join("specs/top/platform.yaml"), specs.join("top/platform.yaml")).expect("the platform");
    fs::copy(root().join("tests/pages/top-text.txt"), elsewhere.join("page.txt")).expect("a page");
    special::link(&elsewhere.join("page.txt"), &pages.join("linked.txt"));
    special::link(&elsewhere, &pages.join("folder"));
    let transcribe =
        |page: &Path| apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), page.as_os_str()]);
    let run = transcribe(&pages);
    assert_eq!(run.outcome, Outcome::Failed, "{}", run.out);
    assert_eq!(run.err.matches("symbolic links are not allowed").count(), 2, "{}", run.err);
    assert_eq!(transcribe(&pages.join("linked.txt")).outcome, Outcome::Failed);
    assert!(fs::read_dir(specs.join("top")).expect("the platform").count() == 1, "something was written");
    // A folder that the user names may be a link, as the specs folder may.
    assert_eq!(transcribe(&pages.join("folder")).outcome, Outcome::Done);
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn transcribe_reads_no_links_in_the_specs() {
    let page = root().join("tests/pages/top-text.txt");
    let folder = tempfile::tempdir().expect("a folder");
    let specs = folder.path().join("specs");
    fs::create_dir_all(specs.join("top")).expect("a folder");
    let platform = specs.join("top/platform.yaml");
    let transcribe = || apograph(["transcribe".as_ref(), "--specs".as_ref(), specs.as_os_str(), page.as_os_str()]);
    special::link(&root().join("specs/top/platform.yaml"), &platform);
    let run = transcribe();
    assert!(run.outcome == Outcome::Failed && run.err.contains("symbolic link"), "{}", run.err);
    fs::remove_file(&platform).expect("the link");
    fs::copy(root().join("specs/top/platform.yaml"), &platform).expect("the platform");
    assert!(transcribe().success);
    let mut paths: Vec<PathBuf> = folder::read(&specs).into_keys().map(|path| specs.join(path)).collect();
    paths.retain(|path| path != &platform);
    let [transcript] = paths.as_slice() else { panic!("{paths:?}") };
    let elsewhere = folder.path().join("elsewhere.yaml");
    // A transcript, and the fixes beside it.
    for path in [transcript.clone(), transcript.with_extension("fix.yaml")] {
        let _ = fs::rename(&path, &elsewhere);
        special::link(&elsewhere, &path);
        let run = transcribe();
        assert!(run.outcome != Outcome::Done && run.err.contains("symbolic link"), "{}{}", run.out, run.err);
        fs::remove_file(&path).expect("the link");
        fs::rename(&elsewhere, transcript).expect("the transcript");
        fs::write(&elsewhere, "[]\n").expect("a fix file");
    }
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn a_linked_specs_folder_is_followed_only_if_it_is_named() {
    let revisions = Revisions::new();
    fs::create_dir(revisions.path("repository")).expect("a folder");
    special::link(&revisions.path("new"), &revisions.path("repository/specs"));
    let run = |arguments: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
        let output = program.args(arguments).current_dir(revisions.path("repository")).output().expect("a run");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let commands: [&[&str]; 5] = [&["lint"], &["fmt"], &["generate"], &["diff"], &["diff", "--install-git-driver"]];
    for command in commands {
        let (status, error) = run(command);
        assert!(status == Some(2) && error.contains("`specs` is a symbolic link"), "{command:?}: {error}");
    }
    let (status, error) = run(&["lint", "--specs", "specs"]);
    assert_eq!(status, Some(0), "{error}");
}
