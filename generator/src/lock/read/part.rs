//! A part of a lock, cut out of its text without parsing the rest.

use std::collections::BTreeSet;

use super::MERGE_MARKS;
use crate::lock::write::VERSION;

/// Returns the lock with the entries of these APIs only, of every platform.
#[must_use]
pub fn entries_of(text: &str, apis: &BTreeSet<String>) -> String {
    let mut found = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (entry, below) = rest.split_at(length(rest));
        let line = entry.lines().next().unwrap_or_default();
        // What is not the line of an API is kept, so that it is reported.
        let is_head = line == VERSION || line.is_empty() || line.starts_with([' ', '#']);
        let is_other = is_head || MERGE_MARKS.iter().any(|mark| line.starts_with(mark));
        let api = line.split(' ').nth(1);
        if is_other || api.is_none_or(|api| apis.contains(api.trim_matches('"'))) {
            found.push_str(entry);
        }
        rest = below;
    }
    found
}

/// Returns the length of a text up to the next line without indentation. A lock has megabytes, so its bytes are searched
/// instead of its lines.
fn length(text: &str) -> usize {
    let is_end = |pair: &[u8]| matches!(pair, [b'\n', next] if !matches!(next, b' ' | b'#' | b'\n' | b'\r'));
    text.as_bytes().windows(2).position(is_end).map_or(text.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_other_apis_are_left_out() {
        let entry = |api: &str| format!("acme {api}\n  feature acme-depot\n  module depot::send\n\n");
        let lock =
            |apis: &[&str]| format!("# words\nlock 1\n\n{}", apis.iter().map(|api| entry(api)).collect::<String>());
        let wanted = BTreeSet::from(["b".to_owned(), "d".to_owned()]);
        assert_eq!(entries_of(&lock(&["a", "b", "c", "d"]), &wanted), lock(&["b", "d"]));
        assert_eq!(entries_of(&lock(&["a"]), &BTreeSet::new()), lock(&[]));
        // What is not an entry is kept for the reader, which reports it.
        let conflict = format!("{}<<<<<<< ours\nword\n", lock(&["a"]));
        assert!(entries_of(&conflict, &wanted).ends_with("<<<<<<< ours\nword\n"));
    }
}
