//! `apograph diff --install-git-driver` in a real repository: what `git diff` says then.
//!
//! Git runs the program itself, so this needs a built one: `apograph-tested`, the program's `main` as part of this package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(unix)]
use apograph_tests::special;

use super::{PACKAGE, PLATFORM, TRANSCRIPT};

const PROGRAM: &str = env!("CARGO_BIN_EXE_apograph-tested");
const FIXES: &str = "- at: request.label.required\n  now: 'true'\n  why: seen\n";
const SPEC: &str = "acme/depot/crate_send.yaml";

struct Repository {
    folder: tempfile::TempDir,
    specs: PathBuf,
}

impl Repository {
    /// A repository with one commit, whose specs folder has a name that shells and patterns trip over.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let specs = folder.path().join("the [it's] specs");
        fs::create_dir_all(specs.join("acme/depot")).expect("folders");
        let repository = Self { folder, specs };
        for (path, text) in [("crate.yaml", PACKAGE), ("acme/platform.yaml", PLATFORM), (SPEC, TRANSCRIPT)] {
            repository.write(path, text);
        }
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.specs.join(path), text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect("a file")
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", "a commit"]);
    }

    fn git(&self, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=A Name", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        run(Command::new("git").arg("-C").arg(self.folder.path()).args(identity).args(arguments))
    }

    fn install(&self) -> String {
        let mut command = Command::new(PROGRAM);
        run(command.args(["diff", "--install-git-driver", "--specs"]).arg(&self.specs))
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{command:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn installing_says_what_it_does_and_does_it_once() {
    let repository = Repository::new();
    fs::write(repository.folder.path().join(".gitattributes"), "*.png binary").expect("a file");
    let said = repository.install();
    assert!(said.contains("set in .git/config: diff.apograph.command = '"), "{said}");
    assert!(said.contains("added to .gitattributes: \"/the \\\\[it's] specs/**/*.yaml\" diff=apograph"), "{said}");
    let files = [repository.read(".git/config"), repository.read(".gitattributes")];
    assert!(files[1].starts_with("*.png binary\n\"/the "), "{}", files[1]);
    let again = repository.install();
    assert_eq!(again.matches("already in ").count(), 2, "{again}");
    assert_eq!(files, [repository.read(".git/config"), repository.read(".gitattributes")]);
    // Elsewhere it says that it cannot.
    let outside = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(PROGRAM);
    let output = command.args(["diff", "--install-git-driver", "--specs"]).arg(outside.path()).output().expect("a run");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "));
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn attributes_behind_a_link_are_not_written() {
    let repository = Repository::new();
    let attributes = repository.folder.path().join(".gitattributes");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("attributes");
    fs::write(&target, "*.png binary\n").expect("a file");
    special::link(&target, &attributes);
    let mut command = Command::new(PROGRAM);
    let command = command.args(["diff", "--install-git-driver", "--specs"]).arg(&repository.specs);
    let output = command.output().expect("a run");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && error.contains(".gitattributes"), "{error}");
    assert_eq!(fs::read_to_string(target).expect("the file"), "*.png binary\n");
    assert!(fs::symlink_metadata(attributes).expect("the link").is_symlink());
    assert!(!repository.read(".git/config").contains("apograph"), "nothing is installed by halves");
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn the_driver_reads_no_links_beside_the_changed_file() {
    let repository = Repository::new();
    repository.install();
    repository.write(SPEC, &TRANSCRIPT.replace("  label: {type: String", "  label: {type: Number"));
    let secret = repository.folder.path().join("secret");
    fs::write(&secret, "lock 1\nhunter2\n").expect("a file");
    special::link(&secret, &repository.specs.join("api.lock"));
    let said = repository.git(&["diff"]);
    assert!(said.contains("api.lock: symbolic links are not allowed") && !said.contains("hunter2"), "{said}");
}

#[test]
fn git_shows_what_changes_mean() {
    let repository = Repository::new();
    repository.install();
    repository.write(SPEC, &TRANSCRIPT.replace("  label: {type: String", "  label: {type: Number"));
    let said = repository.git(&["diff"]);
    assert!(said.starts_with("apograph diff a/the [it's] specs/acme/depot/crate_send.yaml b/the "), "{said}");
    assert!(said.contains("error[req-type-narrowed]: acme.depot.crate.send, request.label.type: "), "{said}");
    assert!(said.contains("a/the [it's] specs/acme/depot/crate_send.yaml:7:") && !said.contains("\u{1b}["), "{said}");
    assert!(repository.git(&["diff", "--no-ext-diff"]).contains("+  label: {type: Number"));
    // The same of what is staged, and between commits; history shows it if it is asked to.
    repository.git(&["add", "."]);
    assert_eq!(repository.git(&["diff", "--cached", "--", "the*"]), said);
    repository.commit();
    assert!(repository.git(&["diff", "HEAD~1"]).contains("error[req-type-narrowed]"));
    assert!(repository.git(&["show", "--ext-diff"]).contains("error[req-type-narrowed]"));
}

#[test]
fn layout_is_nothing() {
    let repository = Repository::new();
    repository.install();
    repository.write(
        SPEC,
        &TRANSCRIPT.replace(
            "{type: String, description: What stands on the lid}",
            "\n    description: What stands on the lid\n    type: 'String'",
        ),
    );
    let said = repository.git(&["diff"]);
    assert!(said.ends_with("crate_send.yaml\nno change in meaning\n"), "{said}");
}

#[test]
fn files_come_and_go() {
    let repository = Repository::new();
    repository.install();
    repository.write("acme/depot/crate_track.yaml", &TRANSCRIPT.replace("crate.send", "crate.track"));
    repository.git(&["add", "."]);
    let said = repository.git(&["diff", "--cached", "--", "the*"]);
    assert!(said.contains("acme.depot.crate.track\n  + api  API added: `Send a crate`  [api-added, minor, "), "{said}");
    repository.commit();
    fs::remove_file(repository.specs.join(SPEC)).expect("a file");
    let said = repository.git(&["diff"]);
    assert!(said.contains("error[api-removed]: acme.depot.crate.send"), "{said}");
    // A file that only moves is the same API.
    repository.git(&["checkout", "--quiet", "."]);
    repository.git(&["mv", &format!("the [it's] specs/{SPEC}"), "the [it's] specs/acme/depot/crate_sent.yaml"]);
    let said = repository.git(&["diff", "--cached", "--find-renames"]);
    assert!(!said.contains("api-removed") && !said.contains("api-added"), "{said}");
}

#[test]
fn platforms_packages_and_fixes_are_shown_too() {
    let repository = Repository::new();
    repository.install();
    repository.write("acme/platform.yaml", &PLATFORM.replace("title: Depots", "title: All depots"));
    repository.write("crate.yaml", &PACKAGE.replace("license: MIT OR Apache-2.0", "license: MIT"));
    repository.write("acme/depot/crate_send.fix.yaml", FIXES);
    repository.git(&["add", "."]);
    let said = repository.git(&["diff", "--cached"]);
    for part in ["doc-family", "crate-license", "[req-optional-to-required]"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The fix no longer fits the new transcript: the transcripts are compared without it.
    repository.commit();
    repository.write(SPEC, &TRANSCRIPT.replace("  label:", "  lid:"));
    let said = repository.git(&["diff"]);
    assert!(said.contains("req-field-renamed") && said.contains("warning[fix-stale]"), "{said}");
}

#[test]
fn what_cannot_be_compared_is_shown_as_lines() {
    let repository = Repository::new();
    repository.install();
    repository.write(SPEC, "api: [");
    assert!(repository.git(&["diff"]).contains("\n+api: ["));
    repository.write(SPEC, "api: [\t\u{1b}[31m\u{202e}\n");
    assert!(repository.git(&["diff"]).contains("\n+api: [\t\\u{1b}[31m\\u{202e}\n"));
    repository.git(&["checkout", "--quiet", "."]);
    repository.write("approvals.yaml", "[]\n");
    repository.git(&["add", "."]);
    assert!(repository.git(&["diff", "--cached"]).contains("\n+[]\n"));
}

#[test]
fn a_call_of_another_form_does_not_stop_git() {
    for arguments in [&["a.yaml"][..], &[], &["a.yaml", "b"]] {
        let mut command = Command::new(PROGRAM);
        let output =
            command.arg("git-diff-driver").args(arguments).current_dir(Path::new("/")).output().expect("a run");
        assert!(output.status.success());
        assert!(!output.stdout.is_empty() || !output.stderr.is_empty());
    }
}
