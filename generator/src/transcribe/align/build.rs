//! From the path that was found to fields, with a doubt wherever another path says something else.

use std::collections::VecDeque;

use super::heads::{self, Head};
use super::search::{Edge, Found, RowStep, Step};
use super::{Aligned, guess_type, mark_missing};
use crate::spec::{About, Note};
use crate::transcribe::top::rows::{Cell, Side, type_word};
use crate::transcribe::tree::{DEEPEST, Field};

/// A row of the path.
struct Read<'f, 'a> {
    edge: &'f Edge<'a>,
    row: &'f RowStep<'a>,
    doubts: Vec<(About, Note)>,
}

/// Adds the rows of a path to the field they belong to.
pub(super) fn fields(found: &Found<'_>, side: Side, shaky: bool, top: &mut Field, aligned: &mut Aligned) {
    let mut rows: Vec<Read<'_, '_>> = found.path.iter().filter_map(read).collect();
    compare(&mut rows, found);
    if shaky {
        rows.iter_mut().for_each(|read| read.doubts.push((About::Nesting, Note::SampleDisagrees)));
    } else if found.cost > 0 {
        suspect(&mut rows);
    }
    let mut rows = rows.into_iter();
    let mut steps: VecDeque<&Step<'_>> = found.path.iter().map(|edge| &edge.step).collect();
    let mut stack: Vec<Field> = Vec::new();
    while let Some(step) = steps.pop_front() {
        match step {
            Step::Skip => aligned.sample_only = true,
            Step::Close => close(&mut stack, top),
            Step::Row(row) => {
                let mut field = field(row, side);
                for (about, note) in rows.next().map(|read| read.doubts).unwrap_or_default() {
                    field.doubt(about, note);
                }
                while row.node.is_none() && has(members(&mut stack, top), &field.name) && leaves(&mut steps) {
                    close(&mut stack, top);
                }
                if row.head.leaf {
                    members(&mut stack, top).push(field);
                } else {
                    aligned.too_deep |= stack.len() + 2 >= DEEPEST;
                    stack.push(field);
                }
            }
        }
        if aligned.too_deep {
            stack.clear();
            return;
        }
    }
    // Levels that the sample lacks may end with the table.
    while !stack.is_empty() {
        close(&mut stack, top);
    }
}

fn close(stack: &mut Vec<Field>, top: &mut Field) {
    if let Some(done) = stack.pop() {
        members(stack, top).push(done);
    }
}

fn has(members: &[Field], name: &str) -> bool {
    members.iter().any(|field| field.name == name)
}

/// Takes the next end of a level before its turn, if only rows without a node stand before it: those rows are in doubt
/// anyway, and a name that the level has already belongs further out.
fn leaves(steps: &mut VecDeque<&Step<'_>>) -> bool {
    let stays = |step: &&Step<'_>| matches!(step, Step::Row(row) if row.node.is_none() && row.head.leaf);
    let next = steps.iter().take_while(|step| stays(step)).count();
    let ends = matches!(steps.get(next), Some(Step::Close));
    if ends {
        steps.remove(next);
    }
    ends
}

fn members<'s>(stack: &'s mut [Field], top: &'s mut Field) -> &'s mut Vec<Field> {
    &mut stack.last_mut().unwrap_or(top).fields
}

fn read<'f, 'a>(edge: &'f Edge<'a>) -> Option<Read<'f, 'a>> {
    match &edge.step {
        Step::Row(row) => Some(Read { edge, row, doubts: Vec::new() }),
        _ => None,
    }
}

fn field(row: &RowStep<'_>, side: Side) -> Field {
    let mut field = of_head(&row.head, side);
    field.example = row.split.example.clone();
    field.description = row.split.description.clone();
    for (about, note) in &row.split.doubts {
        field.doubt(*about, *note);
    }
    if row.odd_list {
        field.doubt(About::Type, Note::SampleDisagrees);
    }
    field
}

fn of_head(head: &Head<'_>, side: Side) -> Field {
    let mut field = Field { name: head.name.to_owned(), type_word: type_word(&head.type_word), ..Field::default() };
    match head.required {
        Some(required) => field.required = required,
        None if side == Side::Request => mark_missing(&mut field),
        None => {}
    }
    guess_type(&mut field, head.type_word.is_empty(), !head.leaf);
    field
}

/// Notes what the other cheapest paths read differently.
fn compare(rows: &mut [Read<'_, '_>], found: &Found<'_>) {
    for edge in &found.all {
        let Step::Row(other) = &edge.step else { continue };
        let first = rows.partition_point(|read| read.edge.to.cell <= edge.from.cell);
        let touched = rows.iter_mut().skip(first).take_while(|read| read.edge.from.cell < edge.to.cell);
        for read in touched {
            let mut doubt = |about| read.doubts.push((about, Note::Ambiguous));
            if read.edge.from.level != edge.from.level {
                doubt(About::Nesting);
            }
            if read.edge.from.cell != edge.from.cell || read.edge.to.cell != edge.to.cell {
                doubt(About::Nesting);
                doubt(About::Example);
                doubt(About::Description);
            }
            if read.row.split.example != other.split.example {
                doubt(About::Example);
            }
            if read.row.split.description != other.split.description {
                doubt(About::Description);
            }
        }
    }
}

/// Where table and sample disagree, a row that only one of them has, or whose name comes twice, may stand elsewhere.
fn suspect(rows: &mut [Read<'_, '_>]) {
    let mut names: Vec<String> = rows.iter().map(|read| read.row.head.name.to_owned()).collect();
    names.sort();
    let is_repeated =
        |name: &str| names.partition_point(|n| n.as_str() <= name) - names.partition_point(|n| n.as_str() < name) > 1;
    for read in rows.iter_mut() {
        let lacks_node = read.row.node.is_none() && read.row.cost > 0;
        if lacks_node {
            read.doubts.push((About::Nesting, Note::TableOnly));
        } else if is_repeated(read.row.head.name) {
            read.doubts.push((About::Nesting, Note::SampleDisagrees));
        }
    }
}

/// Without a sample that could be followed: each object is taken to go on to the end, and everything is in doubt.
pub(super) fn without_sample(cells: &[Cell<'_>], side: Side, top: &mut Field) {
    let mut at = 0;
    while at < cells.len() {
        let Some(head) = heads::head(cells, at, side) else {
            at += 1;
            continue;
        };
        let end = heads::ends(cells, head.body, side).last().copied().unwrap_or(head.body).max(at + 1);
        let texts: Vec<&str> = cells.get(head.body..end).unwrap_or_default().iter().map(|cell| cell.text).collect();
        let split = super::split::cells(&texts, super::Evidence::Nothing, &head.type_word);
        let mut field = of_head(&head, side);
        field.example = split.example;
        field.description = split.description;
        for about in [About::Nesting, About::Example, About::Description] {
            field.doubt(about, Note::SampleMissing);
        }
        top.fields.push(field);
        at = end;
    }
}
