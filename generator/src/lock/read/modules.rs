//! Where callers find the APIs of a lock, read without their types.

use std::collections::BTreeMap;

use super::line::{self, Line};

/// Where callers find an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedModule {
    /// The modules of its family and its own, `depot::crate_send`.
    pub path: String,
    /// Whether the API was a tombstone when the lock was written.
    pub is_removed: bool,
}

/// Returns the module of each API by platform and API. Lines that cannot be parsed are left out; reading the whole lock
/// reports them.
#[must_use]
pub fn modules(text: &str) -> BTreeMap<(String, String), LockedModule> {
    let mut found = BTreeMap::new();
    let mut open = None;
    for line in line::lines(text) {
        match line.level {
            Some(0) => open = head(&line),
            Some(1) => {
                if let Some(path) = line.text.strip_prefix("module ")
                    && let Some((key, is_removed)) = open.take()
                {
                    found.insert(key, LockedModule { path: path.trim_end().to_owned(), is_removed });
                }
            }
            _ => {}
        }
    }
    found
}

/// `acme acme.depot.crate.send [removed]`
fn head(line: &Line<'_>) -> Option<((String, String), bool)> {
    let mut words = line.words().ok()?;
    let platform = words.plain("").ok()?;
    let api = words.plain("").ok()?;
    Some(((platform, api), words.removed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_without_the_rest() {
        let lock = "lock 1\n\nacme acme.depot.crate.send\n  feature acme-depot\n  module depot::crate_send\n  request CrateSend\n    \
            module: text\n\n<<<<<<< ours\nacme acme.depot.crate.find removed\n  module depot::crate_find\n";
        let found = modules(lock);
        let module = |api: &str| found.get(&("acme".to_owned(), api.to_owned())).cloned();
        let expected = |path: &str, is_removed| Some(LockedModule { path: path.to_owned(), is_removed });
        assert_eq!(module("acme.depot.crate.send"), expected("depot::crate_send", false));
        assert_eq!(module("acme.depot.crate.find"), expected("depot::crate_find", true));
        assert_eq!(found.len(), 2);
    }
}
