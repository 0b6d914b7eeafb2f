//! Finds out where the tables of a page belong.

use std::collections::BTreeSet;
use std::ops::Range;

use super::outline::identifiers;
use super::parts::{FieldTable, Home, Outline};
use crate::diagnostic::Code;
use crate::terms::{About, Note};
use crate::transcribe::field::Field;
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::Tree;
use crate::transcribe::{Refusal, path};

/// Finds out where the tables belong that no heading is about: the first one has required marks, and the next one has not.
pub(super) fn settle(outline: &mut Outline) -> Result<(), Refusal> {
    let has = |outline: &Outline, side| outline.tables.iter().any(|table| table.home == Home::Side(side));
    take_common(outline);
    named_in_texts(&mut outline.tables);
    sides_of_named(&mut outline.tables);
    take_listed(outline);
    let path = outline.facts.path.value().cloned().unwrap_or_default();
    let is_placeholder = |row: &Row| path::placeholders(&path).any(|name| name == row.field.name);
    for table in outline.tables.iter_mut().filter(|table| table.home == Home::Loose) {
        if !table.rows.is_empty() && table.rows.iter().all(is_placeholder) {
            table.home = Home::Side(Side::Request);
        }
    }
    for side in [Side::Request, Side::Response] {
        if has(outline, side) || outline.has_heading[usize::from(side == Side::Response)] {
            continue;
        }
        let fits = |table: &FieldTable| table.home == Home::Loose && table.has_marks == (side == Side::Request);
        if let Some(table) = outline.tables.iter_mut().find(|table| fits(table)) {
            table.home = Home::Side(side);
        }
    }
    match outline.tables.iter().find(|table| table.home == Home::Loose) {
        Some(table) => {
            Err(homeless(&table.at, "no heading shows whether this table is of the request or of the response"))
        }
        None => Ok(()),
    }
}

/// Makes a table of the fields that lists name, for a side without a table.
fn take_listed(outline: &mut Outline) {
    let listed = std::mem::take(&mut outline.listed);
    if outline.tables.iter().any(|table| table.home == Home::Loose) {
        return;
    }
    for side in [Side::Request, Side::Response] {
        let rows: Vec<Row> = listed.iter().filter(|(own, _)| *own == side).map(|(_, row)| row.clone()).collect();
        let has_table = outline.tables.iter().any(|table| matches!(table.home, Home::Side(own) if own == side));
        if let Some(first) = rows.first().filter(|_| !has_table) {
            let (at, has_marks) = (first.at.clone(), side == Side::Request);
            outline.tables.push(FieldTable {
                at,
                home: Home::Side(side),
                names: Vec::new(),
                rows,
                has_marks,
                is_list: false,
            });
        }
    }
}

/// Takes the row about all APIs for one of the API's own if a table describes its members, as `result` in
/// `{"code": 0, "result": {…}}`.
fn take_common(outline: &mut Outline) {
    let names = |row: &Row| [row.field.name.clone(), row.types.base.clone()];
    let others = |at: usize| {
        let tables = outline.tables.iter().enumerate().filter(move |(other, _)| *other != at);
        tables.flat_map(|(_, table)| &table.rows).filter(|row| row.may_have_members()).flat_map(names)
    };
    let is_unknown = |(at, table): &(usize, &FieldTable)| {
        matches!(table.home, Home::Named(_)) && !others(*at).any(|known| table.names.contains(&known))
    };
    let unknown = outline.tables.iter().enumerate().filter(|_| !outline.common.is_empty()).filter(is_unknown);
    let wanted: BTreeSet<String> = unknown.flat_map(|(_, table)| table.names.clone()).collect();
    let is_wanted = |(_, row): &(Side, Row)| names(row).iter().any(|name| wanted.contains(name));
    let (taken, others): (Vec<_>, Vec<_>) = std::mem::take(&mut outline.common).into_iter().partition(is_wanted);
    outline.common = others;
    for (side, mut row) in taken {
        row.field.doubt(About::Nesting, Note::Derived);
        outline.tables.push(FieldTable {
            at: row.at.clone(),
            home: Home::Side(side),
            names: Vec::new(),
            has_marks: side == Side::Request,
            is_list: false,
            rows: vec![row],
        });
    }
}

/// Rejects a page with a table outside of all sections whose rows are fields: the samples have them, and no other table does.
pub(super) fn check_left(outline: &Outline, sides: &[(Side, Vec<Field>)], shapes: &[Tree]) -> Result<(), Refusal> {
    let mut known = BTreeSet::new();
    sides.iter().for_each(|(_, fields)| names(fields, &mut known));
    let is_lost = |name: &String| !known.contains(name.as_str()) && shapes.iter().any(|shape| shape.knows(name));
    match outline.left.iter().find(|table| table.names.iter().all(is_lost)) {
        Some(table) => Err(homeless(
            &table.at,
            "the samples contain the names in this table, but no heading shows what it is about",
        )),
        None => Ok(()),
    }
}

fn names<'f>(fields: &'f [Field], known: &mut BTreeSet<&'f str>) {
    for field in fields {
        known.insert(&field.name);
        names(&field.fields, known);
    }
}

/// The error for a table without a place, whose fields would be lost.
pub(super) fn homeless(at: &Range<usize>, message: &str) -> Refusal {
    Refusal::new(Code::StrayLine, at.clone(), message).help(
        "list the words of its heading under `sections` in the platform's pages.yaml, or its header under `tables`",
    )
}

/// Takes a table for the type of a list or object whose text names it: `see CrateList for details`.
fn named_in_texts(tables: &mut [FieldTable]) {
    let known = known(tables);
    let names = tables.iter().filter(|table| matches!(table.home, Home::Named(_))).flat_map(|table| &table.names);
    let unknown: BTreeSet<String> =
        names.filter(|name| !known.iter().any(|(field, base)| *name == field || *name == base)).cloned().collect();
    let is_named = |word: &String| is_distinctive(word) && unknown.contains(word);
    for row in tables.iter_mut().flat_map(|table| &mut table.rows).filter(|row| row.is_open()) {
        let texts = [&row.field.description, &row.field.example].into_iter().flatten();
        let Some(name) = texts.flat_map(|text| identifiers(text)).find(is_named) else { continue };
        row.field.type_word = if row.types.is_list { format!("{name}[]") } else { name.clone() };
        row.types.base = name;
        row.field.doubt(About::Type, Note::Derived);
    }
}

/// Whether a word is the name of a type rather than one of a sentence: it has a capital letter or `_` behind its first letter.
fn is_distinctive(word: &str) -> bool {
    word.chars().skip(1).any(|c| c.is_ascii_uppercase() || c == '_') && word.chars().any(|c| c.is_ascii_lowercase())
}

/// The names of fields that may have members, and of their types.
fn known(tables: &[FieldTable]) -> Vec<(String, String)> {
    let rows = tables.iter().flat_map(|table| &table.rows).filter(|row| row.may_have_members());
    rows.map(|row| (row.field.name.clone(), row.types.base.clone())).collect()
}

/// Makes a heading with names the heading of a side, if no field has one of the names. If a list or object of that side has no
/// members, they may be in the table.
fn sides_of_named(tables: &mut [FieldTable]) {
    let known = known(tables);
    for at in 0..tables.len() {
        let Some(table) = tables.get(at) else { return };
        let is_named = known.iter().any(|(name, base)| table.names.contains(name) || table.names.contains(base));
        let Home::Named(Some(side)) = table.home else { continue };
        if is_named {
            continue;
        }
        let may_be_members =
            tables.iter().any(|other| other.home == Home::Side(side) && other.rows.iter().any(Row::is_open));
        let Some(table) = tables.get_mut(at) else { return };
        table.home = Home::Side(side);
        if may_be_members {
            table.rows.iter_mut().for_each(|row| row.field.doubt(About::Nesting, Note::Ambiguous));
        }
    }
}
