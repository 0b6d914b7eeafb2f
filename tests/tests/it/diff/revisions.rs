//! Revisions that `apograph diff` reads from git: each is one commit, and its files have the same rules as files on disk.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use apograph::commands::Outcome;
use apograph_tests::command::{Run, apograph};
#[cfg(unix)]
use apograph_tests::special;
use apograph_tests::{folder, root};

struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// A repository with two commits of the same specs.
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        folder::write(&repository.specs(), &folder::read(&root().join("tests/diff/base")));
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository.commit();
        repository
    }

    fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", "a commit"]);
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=A Name", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        let status = command.arg("-C").arg(self.folder.path()).args(identity).args(arguments).status();
        assert!(status.expect("git runs").success(), "{arguments:?}");
    }

    fn diff(&self, old: &str) -> Run {
        apograph(["diff".as_ref(), "--specs".as_ref(), self.specs().as_os_str(), old.as_ref()])
    }
}

#[test]
fn a_revision_is_one_commit() {
    let repository = Repository::new();
    repository.git(&["tag", "-a", "v1", "-m", "a tag"]);
    for revision in ["HEAD", "HEAD~1", "HEAD^", "v1", "@", "HEAD:specs", "v1:specs/acme/depot/crate_send.yaml"] {
        let run = repository.diff(&format!("git:{revision}"));
        assert!(run.success && run.out.is_empty(), "{revision}: {}{}", run.out, run.err);
    }
    for revision in [
        "^HEAD",
        "^HEAD:specs",
        "HEAD^@",
        "HEAD^!",
        "HEAD^-",
        "HEAD..no-such-revision",
        "no-such-revision...HEAD",
        "..",
        "HEAD^{tree}",
        "HEAD^{blob}",
        "HEAD HEAD~1",
        "--output=x",
        "--all",
        "-1",
        "",
        " ",
        ":specs",
        ":/a commit",
        "no-such-revision",
    ] {
        let run = repository.diff(&format!("git:{revision}"));
        assert_eq!(run.outcome, Outcome::Failed, "{revision}: {}", run.out);
        assert!(run.out.is_empty() && run.err.contains("revision"), "{revision}: {}{}", run.out, run.err);
    }
    assert!(!repository.folder.path().join("x").exists() && !repository.specs().join("x").exists());
}

/// A repository whose commits are: specs, then `first`, then `second`. The branch `topic` has parted after the first.
fn history() -> Repository {
    let repository = Repository::new();
    let spec = repository.specs().join("acme/depot/crate_send.yaml");
    let text = fs::read_to_string(&spec).expect("a spec");
    let write = |label: &str| fs::write(&spec, text.replace("  label:", &format!("  {label}:"))).expect("a spec");
    repository.git(&["branch", "topic"]);
    write("first");
    repository.commit();
    write("second");
    repository.commit();
    repository.git(&["checkout", "--quiet", "topic"]);
    write("other");
    repository.commit();
    repository.git(&["checkout", "--quiet", "-"]);
    repository
}

#[test]
fn revisions_need_no_prefix_and_ranges_name_both() {
    let repository = history();
    let specs = repository.specs();
    let diff = |arguments: &[&str]| {
        let arguments = ["diff", "--specs"]
            .into_iter()
            .map(Into::into)
            .chain([specs.as_os_str().to_owned()])
            .chain(arguments.iter().map(Into::into));
        let run = apograph(arguments.collect::<Vec<_>>());
        assert!(run.success, "{}{}", run.out, run.err);
        run.out
    };
    let renamed = |text: &str, from: &str, to: &str| {
        assert!(text.contains(&format!("`request.{from}` → `request.{to}`")), "{from} → {to}: {text}");
    };
    for name in ["HEAD~2", "git:HEAD~2"] {
        renamed(&diff(&[name]), "label", "second");
        renamed(&diff(&[name, "HEAD~1"]), "label", "first");
    }
    for range in ["HEAD~2..HEAD~1", "git:HEAD~2..HEAD~1"] {
        renamed(&diff(&[range]), "label", "first");
    }
    renamed(&diff(&["HEAD~1.."]), "first", "second");
    renamed(&diff(&["..topic"]), "second", "other");
    // Three dots: since both parted.
    renamed(&diff(&["HEAD...topic"]), "label", "other");
    renamed(&diff(&["topic...HEAD"]), "label", "second");
    let both = apograph(["diff".into(), "--specs".into(), specs.clone().into_os_string(), "a..b".into(), "c".into()]);
    assert!(both.outcome == Outcome::Failed && both.err.contains("`a..b` names both revisions"), "{}", both.err);
}

#[test]
fn a_path_goes_before_a_revision_of_the_same_name() {
    let repository = history();
    folder::write(&repository.folder.path().join("topic"), &folder::read(&root().join("tests/diff/base")));
    let diff = |name: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_apograph-tested"));
        let output = program.args(["diff", name]).current_dir(repository.folder.path()).output().expect("a run");
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned())
    };
    let [out, err] = diff("topic");
    assert!(out.contains("`request.label` → `request.second`"), "{out}{err}");
    assert!(err.contains("note: `topic` is both a path and a revision; the path is compared"), "{err}");
    assert!(err.contains("write `git:topic`"), "{err}");
    let [out, err] = diff("git:topic");
    assert!(out.contains("`request.other` → `request.second`") && err.is_empty(), "{out}{err}");
    let [_, err] = diff("./topic");
    assert!(err.is_empty(), "{err}");
}

#[test]
fn a_revision_without_the_specs_folder_is_empty() {
    let repository = Repository::new();
    let other = repository.folder.path().join("others");
    folder::write(&other, &folder::read(&root().join("tests/diff/base")));
    let run = apograph(["diff".as_ref(), "--specs".as_ref(), other.as_os_str(), "git:HEAD".as_ref()]);
    assert!(run.success && run.out.contains("api-added"), "{}{}", run.out, run.err);
    assert_eq!(repository.diff("git:HEAD:no/such/folder").outcome, Outcome::Failed);
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn links_in_a_revision_are_refused() {
    for path in ["api.lock", "approvals.yaml", "acme/depot/crate_send.yaml", "acme/depot/crate_send.fix.yaml", "other"]
    {
        let repository = Repository::new();
        let full = repository.specs().join(path);
        let before = fs::read(&full).ok();
        let _ = fs::remove_file(&full);
        special::link("target: hunter2".as_ref(), &full);
        repository.commit();
        fs::remove_file(&full).expect("the link");
        if let Some(before) = before {
            fs::write(&full, before).expect("the file");
        }
        let run = repository.diff("git:HEAD");
        assert_eq!(run.outcome, Outcome::Failed, "{path}: {}{}", run.out, run.err);
        assert!(run.err.contains(path) && run.err.contains("symbolic links are not allowed"), "{path}: {}", run.err);
        assert!(!run.err.contains("hunter2"), "{path}: {}", run.err);
    }
}

#[test]
#[cfg(unix)] // Links are files of Unix.
fn a_linked_spec_of_a_revision_is_refused() {
    let repository = Repository::new();
    let full = repository.specs().join("acme/depot/crate_send.yaml");
    fs::remove_file(&full).expect("the file");
    special::link("target: hunter2".as_ref(), &full);
    repository.commit();
    let spec = "git:HEAD:specs/acme/depot/crate_send.yaml";
    let run = apograph(
        ["diff", spec, spec].map(Into::into).into_iter().chain(["--specs".into(), repository.specs().into_os_string()]),
    );
    assert!(run.outcome == Outcome::Failed && run.err.contains("symbolic links are not allowed"), "{}", run.err);
    assert!(!run.err.contains("hunter2"), "{}", run.err);
}

#[test]
fn large_files_of_a_revision_are_refused() {
    for (path, size, limit) in
        [("api.lock", 8, "8 MiB"), ("approvals.yaml", 2, "2 MiB"), ("acme/depot/crate_send.fix.yaml", 2, "2 MiB")]
    {
        let repository = Repository::new();
        let full = repository.specs().join(path);
        fs::File::create(&full).and_then(|file| file.set_len(size * 1024 * 1024 + 1)).expect("a large file");
        repository.commit();
        fs::remove_file(&full).expect("the file");
        let run = repository.diff("git:HEAD");
        assert_eq!(run.outcome, Outcome::Failed, "{path}: {}", run.out);
        assert!(run.err.contains(path) && run.err.contains(&format!("larger than {limit}")), "{path}: {}", run.err);
    }
}
