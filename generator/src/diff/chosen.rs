//! Which APIs the crate file chooses for the crate, in two revisions.

use crate::source::SpecPath;
use crate::terms::glob;

use super::{Change, Kind};

/// Adds the changes of `only`, which chooses the APIs of the crate. Only the patterns are compared: which APIs match them is
/// another matter, because new APIs that match come into the crate without any change of `only`.
pub(super) fn chosen(old: &[String], new: &[String], changes: &mut Vec<Change>) {
    for (path, pattern) in beyond(new, old) {
        changes.push(Change::new(Kind::ApisChosen, path, None, Some(pattern)));
    }
    for (path, pattern) in beyond(old, new) {
        // Where the crate had all APIs, the new patterns tell what is left.
        let left = old.is_empty().then(|| new.join(", "));
        changes.push(Change::new(Kind::ApisLeftOut, path, Some(pattern), left));
    }
}

/// Returns the patterns that choose APIs which the others do not choose, with their paths. Without patterns, every API is chosen.
fn beyond(patterns: &[String], others: &[String]) -> Vec<(SpecPath, String)> {
    let only = SpecPath::root().key("only");
    let is_chosen = |pattern: &str| others.is_empty() || others.iter().any(|other| has_all(other, pattern));
    let listed = patterns.iter().enumerate().map(|(index, pattern)| (only.index(index), pattern.clone()));
    let all = patterns.is_empty().then(|| (only.clone(), EVERYTHING.to_owned()));
    listed.chain(all).filter(|(_, pattern)| !is_chosen(pattern)).collect()
}

/// Whether a pattern matches all names that another one matches. In doubt, it does not.
fn has_all(pattern: &str, other: &str) -> bool {
    pattern == other || (!pattern.contains('?') && glob(pattern, other))
}

/// The pattern that matches every API.
const EVERYTHING: &str = "*";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_choices_that_others_do_not_cover_are_changes() {
        let ids = |old: &[&str], new: &[&str]| {
            let texts = |patterns: &[&str]| patterns.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            let mut changes = Vec::new();
            chosen(&texts(old), &texts(new), &mut changes);
            let shown = |change: &Change| {
                let text = change.old.as_ref().or(change.new.as_ref()).map(String::as_str);
                format!("{} {} {}", change.kind.id(), change.path, text.unwrap_or_default())
            };
            changes.iter().map(shown).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(ids(&[], &["*"]), "");
        assert_eq!(ids(&[], &["a.*"]), "apis-left-out only *");
        assert_eq!(ids(&["a.*"], &[]), "apis-chosen only *");
        assert_eq!(ids(&["a.b", "b.?"], &["a.*", "b.?"]), "apis-chosen only[0] a.*");
        assert_eq!(ids(&["a.*", "c"], &["c", "a.b"]), "apis-left-out only[0] a.*");
        assert_eq!(ids(&["a.*"], &["a.?"]), "apis-left-out only[0] a.*", "`?` does not match every text that `*` does");
    }
}
