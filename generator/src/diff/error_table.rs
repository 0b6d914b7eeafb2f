//! Compares the platform's table of errors.

use crate::spec::{Entries, ErrorTableSpec, KnownErrorSpec};

use super::Kind;
use super::listed::At;

/// Compares two revisions of the table. The order of entries means nothing: the runtime looks for the best match.
pub(super) fn compare(old: &ErrorTableSpec, new: &ErrorTableSpec, at: &mut At<'_>) {
    let lists = [
        ("codes", &old.codes, &new.codes),
        ("sub_codes", &old.sub_codes, &new.sub_codes),
        ("texts", &old.texts, &new.texts),
    ];
    for (list, old, new) in lists {
        entries(old, new, &mut at.key(list));
    }
}

fn entries(old: &Entries<KnownErrorSpec>, new: &Entries<KnownErrorSpec>, at: &mut At<'_>) {
    for (name, error) in new.iter() {
        let before = old.get(name);
        match before {
            None => at.fact(name, Kind::ErrKnownAdded, None, Some(error.meaning.clone())),
            Some(before) => {
                let mut at = at.key(name);
                at.text("meaning", Kind::ErrKnownText, &before.meaning, &error.meaning);
                at.fact("hint", Kind::ErrKnownText, before.hint.clone(), error.hint.clone());
                at.fact("message", Kind::ErrKnownMessage, before.message.clone(), error.message.clone());
                let status = |error: &KnownErrorSpec| error.http.map(|status| status.to_string());
                at.fact("http", Kind::DocServer, status(before), status(error));
                at.fact("when", Kind::DocServer, occasions(before), occasions(error));
            }
        }
        let mark = |error: &KnownErrorSpec| error.clock.then(|| true.to_string());
        at.key(name).fact("clock", Kind::ErrClock, before.and_then(mark), mark(error));
    }
    for (name, error) in old.iter().filter(|(name, _)| new.get(name).is_none()) {
        at.fact(name, Kind::ErrKnownRemoved, Some(error.meaning.clone()), None);
    }
}

fn occasions(error: &KnownErrorSpec) -> Option<String> {
    (!error.when.is_empty()).then(|| error.when.join(", "))
}
