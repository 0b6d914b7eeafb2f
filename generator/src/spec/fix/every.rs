//! Fixes of a fact of every field: `request.*.required`.
//!
//! Such an entry settles the doubts about the fact for all fields below a path, members of objects included. An entry for
//! a single field has precedence over it, and an entry for the fields of one object over one for a whole side. Facts that
//! are not in doubt, or have another value than `was`, are left alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::quoted;
use crate::source::{Segment, SpecPath};
use crate::spec::content;
use crate::spec::{EndpointSpec, FixSpec};

use super::slot::find;

/// The name that a path has in place of every field.
pub(super) const EVERY: &str = "*";

/// An entry of a fix file with its index. An entry for every field becomes one entry for each of them.
pub(super) type Entry<'f> = (usize, Cow<'f, FixSpec>);

/// Splits `request.*.required` into the path of the fields and the fact.
fn pattern(at: &SpecPath) -> Option<(&SpecPath, &str)> {
    let above = at.parent().filter(|path| path.last_key() == Some(EVERY))?.parent()?;
    let is_list = match above.segments().as_slice() {
        [Segment::Key(side)] => side == "request" || side == "response",
        [_, .., Segment::Key(list)] => list == "fields",
        _ => false,
    };
    Some((above, at.last_key()?)).filter(|_| is_list)
}

/// Returns the entries for single facts. An entry for every field that settles no doubt is returned as it is.
pub(super) fn each<'f>(entries: Vec<(usize, &'f FixSpec)>, spec: &mut EndpointSpec) -> Vec<Entry<'f>> {
    let mut single = Vec::new();
    let mut patterns: BTreeMap<(&SpecPath, &str), (usize, &FixSpec)> = BTreeMap::new();
    for (index, fix) in entries {
        match pattern(&fix.at).filter(|_| find(spec, &fix.at).is_err()) {
            Some(pattern) => drop(patterns.insert(pattern, (index, fix))),
            None => single.push((index, Cow::Borrowed(fix))),
        }
    }
    if patterns.is_empty() {
        return single;
    }
    let mut taken: BTreeSet<SpecPath> = single.iter().map(|(_, fix)| fix.at.clone()).collect();
    let mut idle: BTreeMap<usize, &FixSpec> = patterns.values().copied().collect();
    for (field, about) in doubted(spec) {
        let at = field.key(about);
        if !taken.insert(at.clone()) {
            continue;
        }
        let above = std::iter::successors(field.parent(), |path| path.parent());
        let mut fitting = above.filter_map(|above| patterns.get(&(above, about)).copied());
        if let Some((index, fix)) = fitting.find(|(_, fix)| fits(fix, &at, spec)) {
            idle.remove(&index);
            single.push((index, Cow::Owned(FixSpec { at, ..fix.clone() })));
        }
    }
    single.extend(idle.into_iter().map(|(index, fix)| (index, Cow::Borrowed(fix))));
    single
}

/// Returns the facts in doubt: a path, and the fact's name.
fn doubted(spec: &EndpointSpec) -> Vec<(SpecPath, &'static str)> {
    let sound = spec.doubts.iter().filter(|doubt| content::is_sound(spec, doubt));
    sound.map(|doubt| (doubt.at.clone(), doubt.about.word())).collect()
}

/// Whether a fix confirms the fact, or replaces its value.
fn fits(fix: &FixSpec, at: &SpecPath, spec: &mut EndpointSpec) -> bool {
    let confirms = fix.was.is_none() && fix.now.is_none();
    confirms || find(spec, at).is_ok_and(|slot| slot.get() == fix.was)
}

/// Returns why a fix settles no doubt, or `None` if it is not one for every field.
pub(super) fn idle(fix: &FixSpec) -> Option<String> {
    let (above, fact) = pattern(&fix.at)?;
    let value = fix.was.as_deref().map(|was| format!(" and has the value {}", quoted(was))).unwrap_or_default();
    let above = quoted(&above.to_string());
    Some(format!("this fix settles no doubt: no `{fact}` below {above} is in doubt{value}, or other fixes settle it"))
}
