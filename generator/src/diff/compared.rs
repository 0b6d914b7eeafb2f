//! The APIs of both revisions, and how their resolved forms differ.

use std::collections::BTreeMap;

use crate::model::{Endpoint, Model, Protocol};
use crate::spec::{PlatformSpec, Specs};

use super::api::{self, Api, Key};
use super::endpoint::{ApiRevision, between};
use super::threads::at_once;
use super::{Change, renamed};

/// What changed in an API.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) pair: Pair,
    pub(super) changes: Vec<Change>,
}

/// An API of both revisions.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) platform: String,
    /// Name in the old revision.
    pub(super) before: String,
    /// Name in the new revision.
    pub(super) api: String,
}

impl Pair {
    /// Identifies the API in the old revision.
    pub(super) fn old_key(&self) -> Key<'_> {
        (&self.platform, &self.before)
    }

    /// Identifies the API in the new revision.
    pub(super) fn key(&self) -> Key<'_> {
        (&self.platform, &self.api)
    }
}

/// A parsed and resolved revision.
#[derive(Copy, Clone)]
pub(super) struct Resolved<'a> {
    pub(super) specs: &'a Specs,
    pub(super) model: &'a Model,
}

/// Compares the APIs of both revisions, on two threads if there are many files.
pub(super) fn all([old, new]: [Resolved<'_>; 2], files: usize) -> Vec<Compared> {
    let (before, after) = (api::all(old.specs), api::all(new.specs));
    let renamed = renamed::find(&before, &after);
    let pairs: Vec<[(Key<'_>, &Api<'_>); 2]> = after
        .iter()
        .filter_map(|(key, is)| {
            let from = if before.contains_key(key) { key } else { renamed.get(key)? };
            Some([(*from, before.get(from)?), (*key, is)])
        })
        .collect();
    let models = [old, new].map(|revision| endpoints(revision.model));
    let compare = |pairs: &[[(Key<'_>, &Api<'_>); 2]]| -> Vec<Compared> {
        pairs.iter().filter_map(|pair| compared(pair, &models)).collect()
    };
    let (some, others) = pairs.split_at(pairs.len() / 2);
    let (mut some, others) = at_once(files, || compare(some), || compare(others));
    some.extend(others);
    some
}

type Endpoints<'a> = BTreeMap<Key<'a>, (&'a Endpoint, &'a Protocol)>;

fn endpoints(model: &Model) -> Endpoints<'_> {
    let mut all = Endpoints::new();
    for platform in &model.platforms {
        for endpoint in platform.families.iter().flat_map(|family| &family.endpoints) {
            all.insert((&platform.name, &endpoint.api), (endpoint, &platform.protocol));
        }
    }
    all
}

/// Returns `None` if one of them could not be resolved, which has been reported.
fn compared([(from, was), (key, is)]: &[(Key<'_>, &Api<'_>); 2], [old, new]: &[Endpoints<'_>; 2]) -> Option<Compared> {
    let ((before, protocol), (after, new_protocol)) = (old.get(from)?, new.get(key)?);
    let revisions =
        [ApiRevision::new(&was.specs.spec, before, protocol), ApiRevision::new(&is.specs.spec, after, new_protocol)];
    let [(platform, before), (_, api)] = [*from, *key].map(|(platform, api)| (platform.to_owned(), api.to_owned()));
    let changes = between(revisions, have_same_rules(&was.platform.spec, &is.platform.spec));
    Some(Compared { pair: Pair { platform, before, api }, changes })
}

/// Returns whether equal fields have equal types on both platforms.
fn have_same_rules(old: &PlatformSpec, new: &PlatformSpec) -> bool {
    old.values.types == new.values.types
        && old.response.lists == new.response.lists
        && old.request.files == new.request.files
}
