//! What the lock keeps from one run to the next, and what it costs to let go of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use apograph::emit::Workspace;
use apograph_tests::command::apograph;
use apograph_tests::folder::Texts;
use apograph_tests::lock::Workshop;
use apograph_tests::{corpus, folder, generation, root};

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The case's later specs, with the lock of the earlier ones.
fn later(case: &Path) -> Workshop {
    let workshop = Workshop::new(&case.join("before"));
    let run = workshop.generate(&[]);
    assert!(run.success, "{}", run.err);
    workshop.replace(&case.join("after"));
    workshop
}

fn case(name: &str) -> std::path::PathBuf {
    root().join("tests/lock").join(name)
}

#[test]
fn every_case_comes_out_as_expected() {
    corpus::check("lock", 2, |case| {
        let workshop = later(&case.folder);
        let lock_before = text(&workshop.lock());
        let specs = folder::read(&case.folder.join("after"));
        let checked = generation::check(&specs, Some(&lock_before));
        let tree = generation::emit(&checked, "../../../../generator/runtime", Workspace::Member);
        case.expect_crate(&tree)?;
        let run = workshop.generate_into(&case.folder.join("expected"), &["--check"]);
        // The expected crate is compared, and the lock is the earlier one's: behind what would be written.
        let stale: Vec<&str> = run.err.lines().filter(|line| !line.contains("api.lock")).collect();
        assert!(stale.iter().all(|line| line.starts_with("to fix this")), "{}\n{}", case.name, run.err);
        let run = workshop.generate(&[]);
        assert!(run.success, "{}", run.err);
        assert_ne!(text(&workshop.lock()), lock_before);
        assert_eq!(text(&workshop.lock()), checked.lock());
        case.expect("expected.lock", &checked.lock())
    });
}

#[test]
fn a_second_run_changes_nothing() {
    for case in corpus::cases("lock") {
        let workshop = later(&case.folder);
        assert!(workshop.generate(&[]).success);
        let (lock, before) = (text(&workshop.lock()), folder::read(&workshop.out()));
        let run = workshop.generate(&["--check"]);
        assert!(run.success, "{}", run.err);
        assert!(workshop.generate(&[]).success);
        assert_eq!((lock, before), (text(&workshop.lock()), folder::read(&workshop.out())));
    }
}

#[test]
fn unlocked_the_crate_is_what_a_fresh_one_would_be() {
    for case in corpus::cases("lock") {
        let (fresh, unlocked) = (Workshop::new(&case.folder.join("after")), later(&case.folder));
        for workshop in [&fresh, &unlocked] {
            // Without its tombstone the family is gone, so it cannot be on by default.
            let package = workshop.specs().join("crate.yaml");
            fs::write(&package, text(&package).replace("  - acme-yard\n", "")).expect("the crate file");
        }
        let run = fresh.generate(&[]);
        assert!(run.success, "{}", run.err);
        let run = unlocked.generate(&["--unlock"]);
        assert!(run.success && !run.out.contains("tombstone"), "{}{}", run.out, run.err);
        assert_eq!(folder::read(&fresh.out()), folder::read(&unlocked.out()), "{}", case.name);
        assert_eq!(text(&fresh.lock()), text(&unlocked.lock()));
        assert!(!text(&fresh.lock()).contains(" removed"));
    }
}

#[test]
fn what_comes_back_is_no_tombstone_any_more() {
    for case in corpus::cases("lock") {
        let workshop = later(&case.folder);
        let before = folder::read(&workshop.out());
        let lock = text(&workshop.lock());
        assert!(workshop.generate(&[]).success);
        workshop.replace(&case.folder.join("before"));
        let run = workshop.generate(&[]);
        assert!(run.success, "{}", run.err);
        // What `after` added is a tombstone now, and nothing else is.
        for line in lock.lines() {
            assert!(text(&workshop.lock()).lines().any(|found| found == line), "{line}\n{}", text(&workshop.lock()));
        }
        if case.name == "removed" {
            let again = folder::read(&workshop.out());
            let api = |files: &Texts| {
                files.iter().find(|(path, _)| path.ends_with("crate_cancel.rs")).map(|(_, text)| text.clone())
            };
            assert_eq!(api(&before), api(&again));
        }
    }
}

#[test]
fn one_api_can_be_let_go() {
    let workshop = later(&case("removed"));
    let run = workshop.generate(&["--unlock", "acme.depot.crate.cancle"]);
    assert!(!run.success && run.err.contains("E0803"), "{}", run.err);
    assert!(run.err.contains("did you mean `acme.depot.crate.cancel`?"), "{}", run.err);
    let run = workshop.generate(&["--unlock", "acme.depot.crate.cancel"]);
    assert!(run.success, "{}", run.err);
    let lock = text(&workshop.lock());
    assert!(!lock.contains("crate.cancel") && lock.contains("acme acme.yard.gate.open removed\n"), "{lock}");
    assert!(!workshop.out().join("src/acme/depot/crate_cancel.rs").exists());
}

#[test]
fn check_says_that_the_lock_is_behind_and_writes_nothing() {
    let workshop = Workshop::new(&case("removed").join("before"));
    let run = workshop.generate(&["--check"]);
    assert!(!run.success && run.err.contains("missing  ") && run.err.contains("api.lock"), "{}", run.err);
    assert!(!workshop.lock().exists() && !workshop.out().exists());
    assert!(workshop.generate(&[]).success);
    fs::write(workshop.lock(), text(&workshop.lock()) + "# by hand\n").expect("the lock");
    let run = workshop.generate(&["--check"]);
    assert!(!run.success && run.err.starts_with("stale ") && run.err.contains("api.lock"), "{}", run.err);
    assert!(run.err.contains("to fix this, run: apograph generate --specs"), "{}", run.err);
    fs::remove_file(workshop.lock()).expect("the lock");
    assert!(!workshop.generate(&["--check"]).success);
}

#[test]
fn a_lock_that_was_deleted_is_reported() {
    let workshop = later(&case("names"));
    assert!(workshop.generate(&[]).success);
    let (lock, before) = (text(&workshop.lock()), folder::read(&workshop.out()));
    fs::remove_file(workshop.lock()).expect("the lock");
    let run = workshop.generate(&[]);
    assert!(!run.success && run.err.contains("E0804") && run.err.contains("api.lock"), "{}", run.err);
    assert_eq!((before, false), (folder::read(&workshop.out()), workshop.lock().exists()));
    let run = workshop.generate(&["--unlock"]);
    assert!(run.success && text(&workshop.lock()) != lock, "{}", run.err);
}

#[test]
fn a_lock_that_cannot_be_read_stops_the_run_before_anything_is_written() {
    let workshop = later(&case("removed"));
    let (lock, before) = (text(&workshop.lock()), folder::read(&workshop.out()));
    for (broken, message) in [
        (lock.replace("  module depot::crate_send", "  module depot"), "expected a module of the form `family::api`"),
        (format!("<<<<<<< ours\n{lock}"), "expected `lock 1`"),
        (lock.replace("acme acme", "gone acme").replace(" acme-", " gone-"), "E0802"),
        (lock.replace("label: Label", "label as new: Label"), "E0504"),
        (lock.replace("Label", "Option"), "E0504"),
        (lock.replace("weight: integer", "weight as to: integer"), "E0502"),
        ("mine\n".to_owned(), "E0801"),
    ] {
        fs::write(workshop.lock(), &broken).expect("the lock");
        let run = workshop.generate(&[]);
        assert!(!run.success && run.err.contains(message), "{message}\n{}", run.err);
        assert_eq!((broken, &before), (text(&workshop.lock()), &folder::read(&workshop.out())));
    }
    assert!(!workshop.generate(&["--unlock"]).success, "what is no lock is not overwritten");
    fs::write(workshop.lock(), lock.replace("request", "reqest")).expect("the lock");
    workshop.replace(&case("removed").join("before"));
    assert!(workshop.generate(&["--unlock"]).success, "a lock that nothing is kept of need not be in order");
}

#[test]
fn the_lock_can_be_anywhere() {
    let workshop = Workshop::new(&case("removed").join("before"));
    let elsewhere = workshop.specs().join("../locks/mine.lock");
    let place = elsewhere.to_str().expect("a path");
    assert!(workshop.generate(&["--lock", place]).success);
    assert!(!workshop.lock().exists() && text(&elsewhere).contains("\nacme acme.depot.crate.send\n"));
    workshop.replace(&case("removed").join("after"));
    let run = workshop.generate(&["--lock", place]);
    assert!(run.success && run.out.contains("10 tombstones"), "{}", run.out);
}

#[test]
fn a_crate_that_cannot_be_written_leaves_the_lock_as_it_is() {
    let workshop = later(&case("removed"));
    let lock = text(&workshop.lock());
    let library = workshop.out().join("src/lib.rs");
    fs::write(&library, "// mine\n").expect("a foreign file");
    let run = workshop.generate(&[]);
    assert!(!run.success && run.err.contains("lib.rs"), "{}", run.err);
    assert_eq!(text(&workshop.lock()), lock);
    let left: Vec<_> =
        fs::read_dir(workshop.specs()).expect("the specs").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_family_that_only_the_lock_puts_elsewhere_is_explained() {
    let workshop = later(&case("names"));
    let package = workshop.specs().join("crate.yaml");
    fs::write(&package, text(&package) + "  - acme-stock\n").expect("the crate file");
    let run = workshop.generate(&[]);
    assert!(run.err.contains("the lock keeps its APIs in their previous families"), "{}", run.err);
    assert!(workshop.generate(&["--unlock"]).success);
}

#[test]
fn a_fix_comes_before_the_lock_and_the_lock_follows() {
    let workshop = Workshop::new(&case("removed").join("before"));
    assert!(workshop.generate(&[]).success);
    let fixes = workshop.specs().join("acme/depot/crate_send.fix.yaml");
    let more = "- at: rust_name\n  now: Ship\n  why: short\n- at: request.weight.rust_name\n  now: grams\n  why: \
                units\n- at: request.label.rust_type\n  now: Tag\n  why: short\n";
    fs::write(&fixes, text(&fixes) + more).expect("the fixes");
    let run = workshop.generate(&[]);
    assert!(run.success && !run.out.contains("tombstone"), "{}{}", run.out, run.err);
    let lock = text(&workshop.lock());
    for line in [
        "  request Ship",
        "  response ShipResponse",
        "    label: Tag",
        "  request struct Tag",
        "    weight as grams: integer",
    ] {
        assert!(lock.lines().any(|found| found == line), "{line}\n{lock}");
    }
    // The fixes go, the names stay.
    fs::copy(case("removed").join("before/acme/depot/crate_send.fix.yaml"), &fixes).expect("the fixes");
    assert!(workshop.generate(&[]).success);
    assert_eq!(text(&workshop.lock()), lock);
}

#[test]
fn an_api_that_is_only_spelt_otherwise_keeps_its_place() {
    let workshop = Workshop::new(&case("removed").join("before"));
    assert!(workshop.generate(&[]).success);
    let before = text(&workshop.lock());
    let transcript = workshop.specs().join("acme/depot/crate_cancel.yaml");
    let spelt = text(&transcript).replace("acme.depot.crate.cancel", "acme.depot.crateCancel");
    fs::write(&transcript, spelt).expect("the transcript");
    let run = workshop.generate(&[]);
    assert!(run.success && !run.out.contains("tombstone"), "{}{}", run.out, run.err);
    let after = text(&workshop.lock()).replace("acme.depot.crateCancel", "acme.depot.crate.cancel");
    let apis = |lock: &str| lock.split("\n\n").map(|api| api.trim_end().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(apis(&after), apis(&before));
}

#[test]
fn a_lock_that_is_no_file_of_text_stops_the_run() {
    let workshop = Workshop::new(&case("removed").join("before"));
    fs::write(workshop.lock(), [0xff, b'\n']).expect("the lock");
    let run = workshop.generate(&["--unlock"]);
    assert!(!run.success && run.err.contains("E0111"), "{}", run.err);
    fs::remove_file(workshop.lock()).expect("the lock");
    fs::create_dir(workshop.lock()).expect("a folder");
    let run = workshop.generate(&[]);
    assert!(!run.success && run.err.contains("E0112"), "{}", run.err);
    assert!(!workshop.out().exists());
}

#[test]
#[cfg(unix)]
fn a_lock_behind_a_link_is_refused() {
    let workshop = Workshop::new(&case("removed").join("before"));
    let elsewhere = workshop.out().with_file_name("elsewhere");
    fs::write(&elsewhere, "lock 1\n").expect("a file");
    std::os::unix::fs::symlink(&elsewhere, workshop.lock()).expect("a link");
    let run = workshop.generate(&[]);
    assert!(!run.success && run.err.contains("E0204"), "{}", run.err);
    assert_eq!(text(&elsewhere), "lock 1\n");
}

#[test]
fn lint_sees_what_generate_would() {
    let workshop = later(&case("removed"));
    let lint = |more: &[&str]| {
        let mut arguments = vec!["lint".into(), "--specs".into(), workshop.specs().into_os_string()];
        arguments.extend(more.iter().map(Into::into));
        apograph(arguments)
    };
    assert!(lint(&[]).success, "{}", lint(&[]).err);
    // Without the lock a family that is on by default is gone.
    let nowhere = workshop.specs().join("none.lock");
    let run = lint(&["--lock", nowhere.to_str().expect("a path")]);
    assert!(!run.success && run.err.contains("E0419"), "{}", run.err);
}
