//! Files are read and written in the module `files` only, because there they are checked. Test code is free.

use std::fs;

use apograph_tests::code::rust_files;
use apograph_tests::root;

/// What opens, creates or moves a file.
const CALLS: [&str; 9] = [
    "fs::read(",
    "fs::read_to_string(",
    "fs::write(",
    "fs::rename(",
    "fs::copy(",
    "fs::create_dir",
    "fs::hard_link(",
    "File::",
    "OpenOptions",
];

#[test]
fn only_one_module_opens_files() {
    let mut found = Vec::new();
    for path in rust_files("generator/src") {
        if path.starts_with("generator/src/files/") {
            continue;
        }
        let text = fs::read_to_string(root().join(&path)).expect("a Rust file");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        // `LockFile::` is another type.
        let is_start = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric());
        let opens =
            |line: &&str| CALLS.iter().any(|call| line.split_once(call).is_some_and(|(before, _)| is_start(before)));
        found.extend(code.lines().filter(opens).map(|line| format!("{path}: {}", line.trim())));
    }
    assert!(found.is_empty(), "not through `files`:\n{}", found.join("\n"));
}
