//! Finds APIs that were renamed, by pairing removed and added APIs with similar fields and titles.

use std::collections::{BTreeMap, BTreeSet};

use crate::spec::{EndpointSpec, Entries, FieldSpec};

use super::api::{Api, Key};
use super::similar::Profile;

/// Minimum share of common fields of a renamed API.
const SAME_FIELDS: f64 = 0.8;

/// Minimum similarity of titles of a renamed API, because many APIs have the same few fields.
const SAME_TITLE: f64 = 0.75;

/// APIs of one platform that are new under their name and are like one that is gone: new → old.
pub(super) fn find<'a>(
    old: &BTreeMap<Key<'a>, Api<'a>>,
    new: &BTreeMap<Key<'a>, Api<'a>>,
) -> BTreeMap<Key<'a>, Key<'a>> {
    let (gone, fresh) = (alone(old, new), alone(new, old));
    let mut rated = Vec::new();
    for to in &fresh {
        for from in gone.iter().filter(|from| from.key.0 == to.key.0) {
            rated.extend(likeness(from, to).map(|rate| (rate, from.key, to.key)));
        }
    }
    rated.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| (left.1, left.2).cmp(&(right.1, right.2))));
    let mut pairs: BTreeMap<Key<'a>, Key<'a>> = BTreeMap::new();
    for (_, from, to) in rated {
        if !pairs.contains_key(&to) && !pairs.values().any(|known| *known == from) {
            pairs.insert(to, from);
        }
    }
    pairs
}

/// An API without a namesake in the other revision.
struct Alone<'a> {
    key: Key<'a>,
    name: Profile,
    title: Profile,
    fields: BTreeSet<String>,
}

fn alone<'a>(apis: &BTreeMap<Key<'a>, Api<'a>>, others: &BTreeMap<Key<'a>, Api<'a>>) -> Vec<Alone<'a>> {
    let alone = apis.iter().filter(|(key, _)| !others.contains_key(*key));
    let of = |(key, api): (&Key<'a>, &Api<'a>)| {
        let spec = &api.specs.spec;
        let title = Profile::of_text(spec.title.as_deref().unwrap_or_default());
        Alone { key: *key, name: Profile::of_name(key.1), title, fields: field_paths(spec) }
    };
    alone.map(of).collect()
}

/// Returns the likelihood that an API was renamed. `None` if it is too low.
fn likeness(from: &Alone<'_>, to: &Alone<'_>) -> Option<f64> {
    let total = from.fields.len() + to.fields.len();
    if total < 6 || from.title.likeness(&to.title) < SAME_TITLE {
        return None;
    }
    let fields = 2.0 * from.fields.intersection(&to.fields).count() as f64 / total as f64;
    (fields >= SAME_FIELDS).then(|| fields + from.name.likeness(&to.name))
}

fn field_paths(spec: &EndpointSpec) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (side, fields) in [("request", &spec.request), ("response", &spec.response)] {
        collect(side, fields, &mut paths);
    }
    paths
}

fn collect(above: &str, fields: &Entries<FieldSpec>, to: &mut BTreeSet<String>) {
    for (wire, field) in fields.iter() {
        let path = format!("{above}.{wire}");
        collect(&path, &field.fields, to);
        to.insert(path);
    }
}
