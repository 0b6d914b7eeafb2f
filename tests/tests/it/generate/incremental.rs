//! Runs that take over what an earlier run has done: whatever changes in between, they write and report what a run without the
//! record of the earlier one does.

use std::fs;
use std::path::Path;

use apograph::commands::Outcome;
use apograph::parallel;
use apograph_tests::command::Run;
use apograph_tests::fuzz::Seeds;
use apograph_tests::lock::Workshop;
use apograph_tests::{folder, root};
use sha2::{Digest, Sha256};

/// The folder of the record in the crate, and the files in it.
const FOLDER: &str = ".apograph";
const RECORD: &str = "record.json";
const OWNER: &str = "owner";

/// Families and leaves of the invented APIs.
const APIS: [(&str, &str); 7] = [
    ("depot", "crate_send"),
    ("depot", "crate_list"),
    ("depot", "crate_drop"),
    ("truck", "route_get"),
    ("truck", "route_save"),
    ("truck", "driver_get"),
    ("truck", "driver_list"),
];

fn spec(family: &str, leaf: &str) -> String {
    let api = format!("acme.{family}.{}", leaf.replace('_', "."));
    format!(
        "api: {api}\ntitle: Title of {leaf}\nsession: none\nsource: {{layout: top-text, sha256: {}}}\nrequest:\n  label: \
         {{type: String, description: A label}}\n  lines: {{type: 'Line[]', fields: {{size: {{type: Number}}}}}}\n\
         response:\n  sent: {{type: Boolean}}\n  odd: {{type: Thing}}\n",
        "0".repeat(64)
    )
}

fn workshop() -> Workshop {
    let workshop = Workshop::new(&root().join("tests/diff/base"));
    let platform = workshop.specs().join("acme/platform.yaml");
    let declared = "families:\n  truck: {title: Trucks, prefixes: [acme.truck]}\n";
    write(&platform, &text(&platform).replace("families:\n", declared));
    for (family, leaf) in APIS {
        write(&workshop.specs().join(format!("acme/{family}/{leaf}.yaml")), &spec(family, leaf));
    }
    workshop
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a folder");
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).unwrap_or_else(|error| panic!("{path:?}: {error}"));
}

/// All files of a workshop except the record.
fn files(of: &Workshop) -> folder::Texts {
    folder::read(of.specs().parent().expect("the workshop"))
}

/// What a run printed, without its duration and the place of its folder.
fn printed(run: &Run, of: &Workshop) -> (Outcome, String, String) {
    let plain = |text: &str| {
        let folder = of.specs().parent().expect("the workshop").display().to_string();
        let lines = text.lines().map(|line| line.split(" (").next().unwrap_or_default().replace(&folder, "…"));
        lines.collect::<Vec<_>>().join("\n")
    };
    (run.outcome, plain(&run.out), plain(&run.err))
}

/// Runs `generate` with the record, and in a copy without it, and compares what both print and leave.
fn compare(workshop: &Workshop, more: &[&str], after: &str) {
    let copy = Workshop::new(&workshop.specs());
    folder::write(copy.specs().parent().expect("the workshop"), &files(workshop));
    let (with, without) = (workshop.generate(more), copy.generate(more));
    assert_eq!(printed(&with, workshop), printed(&without, &copy), "{after}");
    let (with, without) = (files(workshop), files(&copy));
    let differing: Vec<&String> =
        with.keys().chain(without.keys()).filter(|path| with.get(*path) != without.get(*path)).collect();
    assert!(differing.is_empty(), "{after}: {differing:?}");
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap_or_default() % limit
    }
}

/// Changes something, and returns what.
fn edit(workshop: &Workshop, random: &mut Random) -> String {
    let specs = workshop.specs();
    let (family, leaf) = APIS[random.below(APIS.len())];
    let path = specs.join(format!("acme/{family}/{leaf}.yaml"));
    let fixes = specs.join(format!("acme/{family}/{leaf}.fix.yaml"));
    let platform = specs.join("acme/platform.yaml");
    let output = workshop.out().join(format!("src/acme/{family}/{leaf}.rs"));
    let record = workshop.out().join(FOLDER).join(RECORD);
    let change = |path: &Path, from: &str, to: &str| {
        if let Ok(text) = fs::read_to_string(path) {
            write(path, &text.replace(from, to));
        }
    };
    match random.below(16) {
        0 => write(&path, &spec(family, leaf)),
        1 => change(&path, "title: Title", "title: Other title"),
        2 => change(&path, "response:\n", "  more: {type: Number, description: More}\nresponse:\n"),
        3 => change(&path, "  label:", "  name:"),
        4 => drop(fs::remove_file(&path)),
        5 => change(&path, "type: Thing", "type: String"),
        6 => change(&path, "api: acme.", "api: acme.other."),
        7 => write(&fixes, "- {at: request.label.max_length, now: '9', why: a test}\n"),
        8 => drop(fs::remove_file(&fixes)),
        9 => change(&platform, "title: Trucks", "title: Lorries"),
        10 => write(&output, "// @generated by `apograph generate` and edited\n"),
        11 => drop(fs::remove_file(&output)),
        12 => write(&output.with_extension("old.rs"), "// @generated by `apograph generate` from an older spec\n"),
        13 => change(&workshop.lock(), "    label: text\n", ""),
        14 => change(&record, "\"removed\":false", "\"removed\":true"),
        _ => change(&record, "}", ""),
    }
    format!("{family}/{leaf}")
}

#[test]
fn a_run_with_a_record_does_what_one_without_does() {
    for seed in Seeds::of(3) {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let workshop = workshop();
        assert!(workshop.generate(&[]).success);
        for step in 0..12 {
            let mut edited = edit(&workshop, &mut random);
            if random.below(3) == 0 {
                edited += &edit(&workshop, &mut random);
            }
            let after = format!("seed {seed}, step {step}, {edited}");
            compare(&workshop, &["--check"], &after);
            compare(&workshop, &[], &after);
        }
    }
}

/// Writes a record as its owner would.
fn forge(workshop: &Workshop, from: &str, to: &str) {
    let folder = workshop.out().join(FOLDER);
    let before = text(&folder.join(RECORD));
    let record = before.replace(from, to);
    assert_ne!(record, before, "`{from}` is not in the record");
    let owner = text(&folder.join(OWNER));
    let identity = owner.rsplit_once(' ').map_or("", |(identity, _)| identity);
    let digest: String = Sha256::digest(record.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    write(&folder.join(RECORD), &record);
    write(&folder.join(OWNER), &format!("{identity} {digest}\n"));
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let workshop = workshop();
    assert!(workshop.generate(&[]).success);
    // Nobody but the owner can write this: it shows where the title comes from.
    forge(&workshop, "Title of route_save", "Title in the record");
    let path = workshop.specs().join("acme/truck/route_get.yaml");
    write(&path, &text(&path).replace("A label", "Another label"));
    let run = workshop.generate(&[]);
    assert!(run.success, "{}", run.err);
    assert!(text(&workshop.out().join("src/acme/truck/route_get.rs")).contains("Another label"));
    assert!(text(&workshop.out().join("src/acme/truck/mod.rs")).contains("Title in the record"));
    forge(&workshop, "\"platforms\":[\"acme\"]", "\"platforms\":[\"acme\",\"in_the_record\"]");
    assert!(workshop.generate(&[]).out.contains("in_the_record"));
}

#[test]
fn a_record_that_came_from_elsewhere_is_not_believed() {
    let workshop = workshop();
    assert!(workshop.generate(&[]).success);
    let output = workshop.out().join("src/acme/truck/route_get.rs");
    let digest = |text: &str| -> String { Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect() };
    let before = text(&output);
    let edited = before.replace("A label", "A trap");
    write(&output, &edited);
    forge(&workshop, &digest(&before), &digest(&edited));
    assert!(workshop.generate(&["--check"]).success, "the owner can deceive itself");
    let folder = workshop.out().join(FOLDER);
    let record = text(&folder.join(RECORD));
    fs::rename(folder.join(RECORD), folder.join("moved")).expect("a record");
    write(&folder.join(RECORD), &record);
    let run = workshop.generate(&["--check"]);
    assert!(!run.success && run.err.contains("route_get.rs"), "{}", run.err);
}

#[test]
fn the_record_is_the_same_for_the_same_files_and_hidden_from_git() {
    let workshop = workshop();
    let record = || {
        assert!(workshop.generate(&[]).success);
        text(&workshop.out().join(FOLDER).join(RECORD))
    };
    let before = record();
    // A run that changes nothing leaves it alone.
    assert_eq!(record(), before);
    fs::remove_dir_all(workshop.out()).expect("the crate");
    assert_eq!(record(), before);
    let ignored = text(&workshop.out().join(FOLDER).join(".gitignore"));
    assert!(ignored.lines().any(|line| line == "*"), "{ignored}");
}

#[test]
fn a_check_writes_no_record() {
    let workshop = workshop();
    assert!(workshop.generate(&[]).success);
    fs::remove_dir_all(workshop.out().join(FOLDER)).expect("a record");
    assert!(workshop.generate(&["--check"]).success);
    assert!(!workshop.out().join(FOLDER).exists());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let made = [1, 2, 7].map(|threads| {
        let workshop = workshop();
        write(&workshop.specs().join("acme/depot/crate_bad.yaml"), "api: [\n");
        let refused = parallel::limited(threads, || workshop.generate(&[]));
        fs::remove_file(workshop.specs().join("acme/depot/crate_bad.yaml")).expect("a spec");
        let run = parallel::limited(threads, || workshop.generate(&[]));
        assert!(!refused.success && run.success, "{}", run.err);
        (printed(&refused, &workshop), printed(&run, &workshop), files(&workshop))
    });
    assert_eq!(made[0], made[1]);
    assert_eq!(made[0], made[2]);
}
