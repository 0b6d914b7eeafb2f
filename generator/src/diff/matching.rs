//! Finds fields that were renamed or moved, by pairing removed and added fields.
//!
//! A wrong pair would hide a removal behind a rename, so a pair needs the same type, and similar texts or members, and
//! must be the only one that fits.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::SpecPath;
use crate::spec::FieldSpec;

use super::rows::{Level, Row};
use super::similar::{self, Profile};

/// A field of one revision.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) wire: &'a str,
    pub(super) path: SpecPath,
    pub(super) row: Row<'a>,
}

impl<'a> Node<'a> {
    fn new(level: &SpecPath, wire: &'a str, row: Row<'a>) -> Self {
        Self { wire, path: level.key(wire), row }
    }

    fn page(&self) -> &'a FieldSpec {
        self.row.page
    }

    fn level(&self) -> SpecPath {
        self.path.parent().cloned().unwrap_or_default()
    }

    /// Returns the path of the members, and the members.
    fn members(&self) -> (SpecPath, Level<'a>) {
        let path = self.path.key("fields");
        let members = self.row.members(&path);
        (path, members)
    }
}

/// Which fields of the new revision were others in the old one.
#[derive(Default, Debug)]
pub(super) struct Matches<'a> {
    before: BTreeMap<SpecPath, Node<'a>>,
    taken: BTreeSet<SpecPath>,
}

impl<'a> Matches<'a> {
    /// Returns the old field that became the new field at `path`.
    pub(super) fn before(&self, path: &SpecPath) -> Option<&Node<'a>> {
        self.before.get(path)
    }

    /// Returns whether the old field at `path` was renamed or moved.
    pub(super) fn continues(&self, path: &SpecPath) -> bool {
        self.taken.contains(path)
    }

    /// Whether nothing was renamed or moved.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_empty()
    }

    fn add(&mut self, old: Node<'a>, new: &Node<'a>) {
        self.taken.insert(old.path.clone());
        self.before.insert(new.path.clone(), old);
    }

    fn old_is_free(&self, path: &SpecPath) -> bool {
        !has_ancestor(path, |path| self.taken.contains(path))
    }

    fn new_is_free(&self, path: &SpecPath) -> bool {
        !has_ancestor(path, |path| self.before.contains_key(path))
    }
}

fn has_ancestor(path: &SpecPath, is: impl Fn(&SpecPath) -> bool) -> bool {
    let mut at = Some(path);
    while let Some(path) = at {
        if is(path) {
            return true;
        }
        at = path.parent();
    }
    false
}

/// Finds the renamed and moved fields of one side.
pub(super) fn find<'a>(side: &SpecPath, old: &Level<'a>, new: &Level<'a>) -> Matches<'a> {
    let mut finder = Finder::default();
    finder.level([side, side], old, new);
    finder.moves();
    finder.matches
}

#[derive(Default)]
struct Finder<'a> {
    matches: Matches<'a>,
    /// Fields of the old revision without a namesake in their place, and all fields inside them.
    gone: Vec<Node<'a>>,
    /// The same of the new one.
    fresh: Vec<Node<'a>>,
}

impl<'a> Finder<'a> {
    fn level(&mut self, at: [&SpecPath; 2], old: &Level<'a>, new: &Level<'a>) {
        let missing = |from: &Level<'a>, to: &Level<'a>, at: &SpecPath| {
            let alone = from.iter().filter(|(wire, _)| to.get(wire).is_none());
            alone.map(|(wire, row)| Node::new(at, wire, row)).collect::<Vec<_>>()
        };
        let gone = missing(old, new, at[0]);
        let fresh = missing(new, old, at[1]);
        let renamed = renames(&gone, &fresh);
        for (from, to) in &renamed {
            self.matches.add((*from).clone(), to);
            self.inside(from, to);
        }
        let old_names: BTreeSet<&str> = renamed.iter().map(|(from, _)| from.wire).collect();
        let new_names: BTreeSet<&str> = renamed.iter().map(|(_, to)| to.wire).collect();
        for node in gone.iter().filter(|node| !old_names.contains(node.wire)) {
            flatten(node, &mut self.gone);
        }
        for node in fresh.iter().filter(|node| !new_names.contains(node.wire)) {
            flatten(node, &mut self.fresh);
        }
        for (wire, row) in new.iter() {
            if let Some(before) = old.get(wire).filter(|before| before.page.fields != row.page.fields) {
                self.inside(&Node::new(at[0], wire, before), &Node::new(at[1], wire, row));
            }
        }
    }

    fn inside(&mut self, from: &Node<'a>, to: &Node<'a>) {
        let [(from, old), (to, new)] = [from, to].map(Node::members);
        self.level([&from, &to], &old, &new);
    }

    /// Outer fields come before the fields inside them, so whole objects move as one.
    fn moves(&mut self) {
        let (all_gone, all_fresh) = (std::mem::take(&mut self.gone), std::mem::take(&mut self.fresh));
        let (gone, fresh) = (by_wire(&all_gone), by_wire(&all_fresh));
        let company = Company::new(&all_gone, &all_fresh);
        for to in &all_fresh {
            let (Some(gone), Some(fresh)) = (gone.get(to.wire), fresh.get(to.wire)) else { continue };
            // Among so many fields of one name, none is the only one that fits.
            if gone.len() * fresh.len() > MOST_PAIRS || !self.matches.new_is_free(&to.path) {
                continue;
            }
            let is_move = |from: &Node<'_>, to: &Node<'_>| is_move(from, to) && company.went_along(from, to);
            let mut fits = gone.iter().filter(|from| is_move(from, to) && self.matches.old_is_free(&from.path));
            let (Some(from), None) = (fits.next(), fits.next()) else { continue };
            let rivals = fresh.iter().filter(|other| is_move(from, other) && self.matches.new_is_free(&other.path));
            if rivals.count() == 1 {
                self.matches.add((*from).clone(), to);
                self.inside(from, to);
            }
        }
    }
}

/// The fields that left or joined each level: a field that changes its object does so with most of its siblings.
struct Company<'a> {
    gone: BTreeSet<SpecPath>,
    left: BTreeMap<SpecPath, BTreeSet<&'a str>>,
    joined: BTreeMap<SpecPath, BTreeSet<&'a str>>,
}

impl<'a> Company<'a> {
    fn new(gone: &[Node<'a>], fresh: &[Node<'a>]) -> Self {
        let by_level = |nodes: &[Node<'a>]| {
            let mut levels: BTreeMap<SpecPath, BTreeSet<&str>> = BTreeMap::new();
            for node in nodes {
                levels.entry(node.level()).or_default().insert(node.wire);
            }
            levels
        };
        let paths = gone.iter().map(|node| node.path.clone()).collect();
        Self { gone: paths, left: by_level(gone), joined: by_level(fresh) }
    }

    /// Returns whether the siblings of a field allow that it moved. Into an object beside it or out of its own object it
    /// may move alone. Into an unrelated object it moves only if its own object is gone and most members of that object
    /// are now in the other one: the object may still have a use for the field's name, or have lost the field for good.
    fn went_along(&self, from: &Node<'_>, to: &Node<'_>) -> bool {
        let [old, new] = [from.level(), to.level()];
        if old.below(&new).is_some() || new.below(&old).is_some() {
            return true;
        }
        let is_object_gone = old.parent().is_some_and(|object| self.gone.contains(object));
        let (Some(left), Some(joined)) = (self.left.get(&old), self.joined.get(&new)) else { return false };
        is_object_gone && left.intersection(joined).count() * 2 > left.len()
    }
}

/// Groups fields by wire name, in their order.
fn by_wire<'n, 'a>(nodes: &'n [Node<'a>]) -> BTreeMap<&'a str, Vec<&'n Node<'a>>> {
    let mut groups: BTreeMap<&str, Vec<&Node<'_>>> = BTreeMap::new();
    nodes.iter().for_each(|node| groups.entry(node.wire).or_default().push(node));
    groups
}

fn flatten<'a>(node: &Node<'a>, to: &mut Vec<Node<'a>>) {
    to.push(node.clone());
    let (level, members) = node.members();
    for (wire, row) in members.iter() {
        flatten(&Node::new(&level, wire, row), to);
    }
}

/// The same name and type in another place, and members or texts that agree.
fn is_move(from: &Node<'_>, to: &Node<'_>) -> bool {
    if from.wire != to.wire || from.path == to.path || !from.row.ty.is_like(to.row.ty) {
        return false;
    }
    if !from.page().fields.is_empty() && !to.page().fields.is_empty() {
        return similar::lists(from.page().fields.names(), to.page().fields.names()) >= 0.5;
    }
    match (&from.page().description, &to.page().description) {
        (Some(old), Some(new)) => similar::texts(old, new) >= 0.6,
        // Without a text, only moves into or out of an object in the same place count.
        (None, None) => {
            let [old, new] = [from.level(), to.level()];
            old.below(&new).or_else(|| new.below(&old)).is_some_and(|steps| !steps.is_empty())
        }
        _ => false,
    }
}

/// The best pairs of one level, each field in one pair at most.
fn renames<'n, 'a>(gone: &'n [Node<'a>], fresh: &'n [Node<'a>]) -> Vec<(&'n Node<'a>, &'n Node<'a>)> {
    // A level that changed as a whole is compared by what people confirmed, and not by likeness.
    let by_likeness = gone.len() * fresh.len() <= MOST_PAIRS;
    let mut rated = if by_likeness { alike(gone, fresh) } else { Vec::new() };
    let positions: BTreeMap<&str, usize> = gone.iter().enumerate().map(|(i, node)| (node.wire, i)).collect();
    for (j, to) in fresh.iter().enumerate() {
        let from = to.page().renamed_from.as_deref().and_then(|wire| positions.get(wire));
        rated.extend(from.map(|i| (CONFIRMED, *i, j)));
    }
    // Equal rates keep the page's order.
    rated.sort_by(|left, right| right.0.total_cmp(&left.0).then((left.2, left.1).cmp(&(right.2, right.1))));
    // How often a field occurs at a rate: more than once is a tie.
    let mut uses: [BTreeMap<(u64, usize), usize>; 2] = Default::default();
    for (rate, i, j) in &rated {
        for (uses, at) in uses.iter_mut().zip([*i, *j]) {
            *uses.entry((rate.to_bits(), at)).or_default() += 1;
        }
    }
    let mut pairs: Vec<(&Node<'_>, &Node<'_>)> = Vec::new();
    let mut used: [BTreeSet<usize>; 2] = Default::default();
    for (rate, i, j) in &rated {
        let (Some(from), Some(to)) = (gone.get(*i), fresh.get(*j)) else { continue };
        let is_tied = uses.iter().zip([*i, *j]).any(|(uses, at)| uses.get(&(rate.to_bits(), at)) > Some(&1));
        let is_used = used.iter().zip([i, j]).any(|(used, at)| used.contains(at));
        if !is_tied && !is_used {
            for (used, at) in used.iter_mut().zip([*i, *j]) {
                used.insert(at);
            }
            pairs.push((from, to));
        }
    }
    pairs
}

/// A rate, and the positions of the old and the new field.
type Rated = (f64, usize, usize);

/// The pairs that are alike, without those that people confirmed.
fn alike(gone: &[Node<'_>], fresh: &[Node<'_>]) -> Vec<Rated> {
    let words = |nodes: &[Node<'_>]| nodes.iter().map(Words::of).collect::<Vec<_>>();
    let (gone_words, fresh_words) = (words(gone), words(fresh));
    let mut rated = Vec::new();
    for (j, (to, to_words)) in fresh.iter().zip(&fresh_words).enumerate() {
        for (i, (from, from_words)) in gone.iter().zip(&gone_words).enumerate() {
            if to.page().renamed_from.as_deref() != Some(from.wire) && may_be_same(from, to) {
                rated.extend(likeness([from, to], [from_words, to_words]).map(|rate| (rate, i, j)));
            }
        }
    }
    rated
}

/// Returns whether the types allow that a field was renamed: both are the same, or an object became a list of it, or the
/// reverse.
fn may_be_same(from: &Node<'_>, to: &Node<'_>) -> bool {
    let is_object = |node: &Node<'_>| node.row.ty.is_object();
    from.row.ty.is_like(to.row.ty) || (is_object(from) && is_object(to) && same_members(from, to))
}

fn same_members(from: &Node<'_>, to: &Node<'_>) -> bool {
    similar::lists(from.page().fields.names(), to.page().fields.names()) >= SAME_MEMBERS
}

/// Share of members in common from which two objects are the same one under another name.
const SAME_MEMBERS: f64 = 0.8;

/// The rate of a pair that `renamed_from` confirms: above all others.
const CONFIRMED: f64 = 4.0;

/// Maximum number of pairs per level that are compared, because the comparison is quadratic.
const MOST_PAIRS: usize = 10_000;

/// What of a field is compared with every other one.
struct Words {
    name: Profile,
    text: Option<Profile>,
}

impl Words {
    fn of(node: &Node<'_>) -> Self {
        let text = node.page().description.as_deref().map(Profile::of_text);
        Self { name: Profile::of_name(node.wire), text }
    }
}

/// Returns the likelihood that a field was renamed, from 1 to 3. `None` if it is too low.
fn likeness([from, to]: [&Node<'_>; 2], [from_words, to_words]: [&Words; 2]) -> Option<f64> {
    let name = from_words.name.likeness(&to_words.name);
    let text = from_words.text.as_ref().zip(to_words.text.as_ref()).map_or(0.0, |(old, new)| old.likeness(new));
    let members = similar::lists(from.page().fields.names(), to.page().fields.names());
    let is_object = !from.page().fields.is_empty() && !to.page().fields.is_empty();
    let sure = name >= 1.0
        || (is_object && members >= SAME_MEMBERS)
        || (!is_object && text >= 1.0)
        || (text >= 0.75 && name >= 0.5)
        || (is_object && members >= 0.5 && name >= 0.5);
    sure.then_some(name + text + members)
}
