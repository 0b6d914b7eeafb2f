//! The listing of public items says what the emitted crate lets callers name, and nothing else.

use std::fs;
use std::path::Path;

use apograph_tests::corpus;
use apograph_tests::folder;
use apograph_tests::lock::Workshop;

/// The listing that `generate` writes for a folder of specs.
fn listing(specs: &Path) -> String {
    let workshop = Workshop::new(specs);
    let place = workshop.specs().join("../listing.txt");
    let run = workshop.generate(&["--api-listing", place.to_str().expect("a path")]);
    assert!(run.success, "{}", run.err);
    fs::read_to_string(place).expect("the listing")
}

/// The words behind `start` on the lines that begin so, whatever their indentation.
fn names<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    let rests = text.lines().filter_map(move |line| line.trim_start().strip_prefix(start));
    rests.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

#[test]
fn every_public_item_is_listed_once() {
    for case in corpus::cases("golden") {
        let listing = listing(&case.folder.join("specs"));
        let files: Vec<String> = folder::read(&case.folder.join("expected/src")).into_values().collect();
        for start in ["pub fn ", "pub struct ", "pub enum "] {
            let mut expected: Vec<&str> = files.iter().flat_map(|file| names(file, start)).collect();
            let lines = listing.lines().filter_map(|line| line.strip_prefix(start));
            let mut found: Vec<&str> = lines
                .map(|line| line.split(['(', ' ', '<']).next().unwrap_or_default())
                .map(|path| path.rsplit("::").next().unwrap_or_default())
                .collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{} {start}", case.name);
        }
        let fields = listing.lines().filter(|line| line.starts_with("pub field ")).count();
        let expected = files.iter().flat_map(|file| file.lines()).filter(|line| {
            let field = line.strip_prefix("    pub ").and_then(|rest| rest.split_once(": "));
            field.is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        });
        assert_eq!(fields, expected.count(), "{}", case.name);
    }
}

#[test]
fn tombstones_are_marked() {
    corpus::check("lock", 2, |case| {
        let workshop = Workshop::new(&case.folder.join("before"));
        assert!(workshop.generate(&[]).success);
        workshop.replace(&case.folder.join("after"));
        let place = workshop.specs().join("../listing.txt");
        let run = workshop.generate(&["--api-listing", place.to_str().expect("a path")]);
        assert!(run.success, "{}", run.err);
        case.expect("listing.txt", &fs::read_to_string(place).expect("the listing"))
    });
}

#[test]
fn a_lock_keeps_the_listing_of_what_there_was() {
    for case in corpus::cases("lock") {
        let before = listing(&case.folder.join("before"));
        let after = fs::read_to_string(case.folder.join("listing.txt")).expect("the expected listing");
        let plain = |line: &str| line.replace(" #[deprecated]", "");
        let after: Vec<String> = after.lines().map(plain).collect();
        let lost: Vec<&str> = before.lines().filter(|line| !after.contains(&plain(line))).collect();
        // The one field that the vendor made a text.
        let retyped = lost.iter().all(|line| line.contains("CrateSend") && line.contains("route"));
        assert!(retyped, "{}: {lost:#?}", case.name);
    }
}
