//! A part of a lock, cut out of its text without parsing the rest.

use std::collections::BTreeSet;

use super::MERGE_MARKS;
use crate::lock::write::VERSION;

/// Returns the lock with the entries of these APIs only, of every platform.
#[must_use]
pub fn entries_of(text: &str, apis: &BTreeSet<String>) -> String {
    let mut found = String::new();
    let mut is_kept = true;
    for line in text.split_inclusive('\n') {
        if !line.starts_with([' ', '#', '\n', '\r']) {
            // What is not the line of an API is kept, so that it is reported.
            let mut words = line.trim_end().split(' ');
            let (_, api) = (words.next(), words.next());
            let is_other = line.trim_end() == VERSION || MERGE_MARKS.iter().any(|mark| line.starts_with(mark));
            is_kept = is_other || api.is_none_or(|api| apis.contains(api.trim_matches('"')));
        }
        if is_kept {
            found.push_str(line);
        }
    }
    found
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
