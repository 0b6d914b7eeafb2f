//! What the samples of a page show about fields that its tables leave open.

use std::collections::BTreeSet;

use super::names;
use crate::terms::{About, Note, Required};
use crate::transcribe::field::Field;
use crate::transcribe::sample::Tree;
use crate::transcribe::sampled::{Sampled, Source};
use crate::transcribe::types::{self, Kind};

/// Doubts rows that the samples only show within another object, which the page has no row for. `has_root` tells whether the
/// platform's answers are within an object of their own.
pub(super) fn within(fields: &mut [Field], shape: &Tree, anchor: usize, has_root: bool) {
    let is_root = has_root && shape.children(0).any(|child| child == anchor);
    if anchor == 0 || is_root {
        return;
    }
    for field in fields {
        if shape.child(0, &field.name).is_none() && shape.child(anchor, &field.name).is_some() {
            field.doubt(About::Nesting, Note::SampleDisagrees);
        }
    }
}

/// Doubts rows of a table whose heading names an object that the samples have, though no row is about it.
pub(super) fn named(fields: &mut [Field], names: &[String], shape: &Tree) {
    if names.iter().any(|name| shape.knows(name)) {
        let others = fields.iter_mut().filter(|field| shape.child(0, &field.name).is_none());
        others.for_each(|field| field.doubt(About::Nesting, Note::SampleDisagrees));
    }
}

/// Doubts members that the samples show elsewhere: in the object around theirs, or not among the members of theirs.
pub(super) fn compare(fields: &mut [Field], shape: &Tree, node: usize) {
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    for field in fields {
        let is_here = |at: usize, member: &Field| shape.child(at, &member.name).is_some();
        let Some(shown) = shape.child(node, &field.name) else {
            let are_around = field.fields.iter().all(|member| is_here(node, member) && !names.contains(&member.name));
            if are_around {
                field.fields.iter_mut().for_each(|member| member.doubt(About::Nesting, Note::SampleDisagrees));
            }
            continue;
        };
        let holds = matches!(shape.shown(shown), Some(Kind::Object | Kind::List));
        // No sample shows a number or a truth value as an object or list. A text may be one.
        let is_number = matches!(types::kind(&field.type_word), Kind::Integer | Kind::Decimal | Kind::Boolean);
        if holds && field.fields.is_empty() && is_number {
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        if !shape.has_children(shown) {
            continue;
        }
        let shown = elements(field, shape, shown);
        let is_other = !shape.cut && !field.fields.iter().any(|member| is_here(shown, member));
        for member in &mut field.fields {
            let is_around = is_here(node, member) && !names.contains(&member.name);
            if is_other || is_around && !is_here(shown, member) {
                member.doubt(About::Nesting, Note::SampleDisagrees);
            }
        }
        compare(&mut field.fields, shape, shown);
    }
}

/// The node with the elements of a list. Some platforms write a list as an object with one member, which is the list.
fn elements(field: &Field, shape: &Tree, node: usize) -> usize {
    let mut members = shape.children(node);
    let only = members.next().filter(|_| members.next().is_none());
    let is_list = field.type_word.ends_with("[]") || types::kind(&field.type_word) == Kind::List;
    let is_wrapped = is_list && shape.shown(node) == Some(Kind::Object);
    only.filter(|only| is_wrapped && shape.shown(*only) == Some(Kind::List)).unwrap_or(node)
}

/// Doubts fields that the samples do not show where the tables have them, but elsewhere, where the tables have no field.
pub(super) fn elsewhere(fields: &mut [Field], shape: &Tree, anchor: usize) {
    let mut taken = BTreeSet::new();
    places(fields, shape, (anchor, true), &mut taken);
    let free = shape.nodes.iter().enumerate().skip(1).filter(|(at, _)| !taken.contains(at));
    let free: BTreeSet<&str> = free.map(|(_, node)| node.name.as_str()).collect();
    if !free.is_empty() {
        doubt_free(fields, shape, (Some(anchor), true), &free);
    }
}

/// The node of a field. The fields of the root may be within an envelope or beside it.
fn place(field: &Field, shape: &Tree, (node, is_root): (usize, bool)) -> Option<usize> {
    shape.child(node, &field.name).or_else(|| shape.child(0, &field.name).filter(|_| is_root))
}

fn places(fields: &[Field], shape: &Tree, around: (usize, bool), taken: &mut BTreeSet<usize>) {
    for field in fields {
        if let Some(at) = place(field, shape, around) {
            taken.insert(at);
            let at = elements(field, shape, at);
            taken.insert(at);
            places(&field.fields, shape, (at, false), taken);
        }
    }
}

fn doubt_free(fields: &mut [Field], shape: &Tree, (node, is_root): (Option<usize>, bool), free: &BTreeSet<&str>) {
    for field in fields {
        let at = node.and_then(|node| place(field, shape, (node, is_root)));
        if at.is_none() && free.contains(field.name.as_str()) {
            field.doubt(About::Nesting, Note::SampleDisagrees);
        }
        let at = at.map(|at| elements(field, shape, at));
        doubt_free(&mut field.fields, shape, (at, false), free);
    }
}

/// Settles names in letters beyond ASCII that the samples have too.
pub(super) fn words(fields: &mut [Field], shape: &Tree, node: usize) {
    for field in fields {
        let Some(shown) = shape.child(node, &field.name) else { continue };
        if !field.name.is_ascii() {
            field.doubts.retain(|doubt| *doubt != (About::Name, Note::Ambiguous));
        }
        let shown = elements(field, shape, shown);
        words(&mut field.fields, shape, shown);
    }
}

/// Guesses types that the page has no column for.
pub(super) fn types(fields: &mut [Field], shape: &Tree, node: usize) {
    let sampled = sampled(shape, &[]);
    for field in fields {
        let Some(shown) = shape.child(node, &field.name) else { continue };
        if field.type_word.is_empty() && shape.shown(shown).is_some() {
            field.type_word = sampled.type_word(shown, !field.fields.is_empty());
            field.doubt(About::Type, Note::ColumnEmpty);
        }
        let shown = elements(field, shape, shown);
        types(&mut field.fields, shape, shown);
    }
}

/// The fields of an answer that the page describes only by a sample. All their facts are in doubt: the page may have had a
/// table with them.
pub(super) fn derived(shape: &Tree) -> Vec<Field> {
    let doubts = [
        (About::Name, Note::SampleOnly),
        (About::Type, Note::Derived),
        (About::Example, Note::SampleOnly),
        (About::Description, Note::SampleOnly),
    ];
    sampled(shape, &doubts).fields(0, 0)
}

fn sampled<'a>(shape: &'a Tree, doubts: &'a [(About, Note)]) -> Sampled<'a> {
    let (source, required) = (Source::Json, Required::No);
    Sampled { shape, source, has_examples: false, required, doubts, is_name: names::is_name }
}

/// Adds the fields of another table. Members whose object has a row in a table above them belong to that row.
pub(super) fn add(fields: &mut Vec<Field>, more: Vec<Field>) {
    for mut field in more {
        let is_derived = field.doubts.contains(&(About::Name, Note::Derived));
        let known = fields.iter_mut().find(|known| known.name == field.name);
        match known.filter(|_| is_derived) {
            Some(known) => {
                field.fields.iter_mut().for_each(|member| member.doubt(About::Nesting, Note::Derived));
                known.fields.append(&mut field.fields);
            }
            None => fields.push(field),
        }
    }
}
