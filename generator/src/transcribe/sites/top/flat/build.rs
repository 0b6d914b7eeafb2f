//! Builds fields from the path that was found, with a doubt wherever another path disagrees.

use std::collections::VecDeque;

use super::heads::{self, Ends, Head};
use super::search::{self, Edge, Found, RowStep, Search, Step};
use super::split::Split;
use super::{Aligned, guess_type, mark_missing, types};
use crate::terms::{About, Note};
use crate::transcribe::field::{DEEPEST, Field};
use crate::transcribe::row::Side;
use crate::transcribe::sites::top::rows::Below;
use crate::transcribe::sites::top::words::Limit;
use crate::transcribe::sites::top::words::{is_value, type_word};

/// A row of the path.
struct Read<'a> {
    edge: &'a Edge,
    row: RowStep,
    head: &'a Head<'a>,
    limits: Vec<Limit<'a>>,
    split: Split,
    doubts: Vec<(About, Note)>,
}

/// Adds the rows of a path to the field they belong to.
pub(super) fn fields(search: &Search<'_>, found: &Found<'_>, shaky: bool, top: &mut Field, aligned: &mut Aligned) {
    let mut rows: Vec<Read<'_>> = found.path.iter().filter_map(|edge| read(search, edge)).collect();
    compare(&mut rows, search, found);
    let is_cut = rows.iter().any(|read| search.is_cut_before(read.edge));
    if shaky || is_cut || found.cost > 0 {
        suspect(&mut rows, search, shaky);
    }
    let mut rows: VecDeque<Read<'_>> = rows.into();
    let mut steps: VecDeque<Step> = found.path.iter().map(|edge| edge.step).collect();
    let mut stack: Vec<Field> = Vec::new();
    while let Some(step) = steps.pop_front() {
        match step {
            Step::Skip => aligned.sample_only = true,
            Step::Close => close(&mut stack, top),
            Step::Row(row) => {
                let Some(read) = rows.pop_front() else { break };
                let leaf = read.head.leaf;
                let field = field(read, search.side());
                while row.node.is_none() && has(members(&mut stack, top), &field.name) && leaves(&mut steps, &rows) {
                    close(&mut stack, top);
                }
                if leaf {
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
    if let Some(mut done) = stack.pop() {
        if done.doubts.contains(&(About::Name, Note::CellLost)) {
            // Its members belong to an object whose name is gone.
            done.fields.iter_mut().for_each(|member| member.doubt(About::Nesting, Note::CellLost));
        }
        members(stack, top).push(done);
    }
}

fn has(members: &[Field], name: &str) -> bool {
    members.iter().any(|field| field.name == name)
}

/// Takes the next end of a level before its turn, if only rows without a node stand before it: those rows are in doubt
/// anyway, and a name that the level has already belongs further out.
fn leaves(steps: &mut VecDeque<Step>, rows: &VecDeque<Read<'_>>) -> bool {
    let stay = rows.iter().take_while(|read| read.row.node.is_none() && read.head.leaf).count();
    let is_row = |step: &&Step| matches!(step, Step::Row(_));
    let next = steps.iter().take_while(is_row).count();
    let ends = next <= stay && matches!(steps.get(next), Some(Step::Close));
    if ends {
        steps.remove(next);
    }
    ends
}

fn members<'s>(stack: &'s mut [Field], top: &'s mut Field) -> &'s mut Vec<Field> {
    &mut stack.last_mut().unwrap_or(top).fields
}

fn read<'a>(search: &'a Search<'a>, edge: &'a Edge) -> Option<Read<'a>> {
    let Step::Row(row) = edge.step else { return None };
    let head = search.head(edge.from)?;
    let mut doubts = Vec::new();
    if search.may_lack_type(head, edge.to.cell, row.node) {
        let suspects = types::suspects(&head.type_word, search.side());
        doubts.extend(suspects.iter().map(|about| (*about, Note::CellLost)));
    }
    let is_loose_object = !head.leaf && head.whole.is_none();
    if is_loose_object && is_value(&head.type_word) {
        // Objects rarely have such a name; more often the type is lost, and the next row's type is in its place.
        doubts.push((About::Type, Note::CellLost));
    }
    if is_loose_object && head.type_word.is_empty() {
        // Without its name the row would begin with its type.
        doubts.extend([About::Name, About::Nesting].map(|about| (about, Note::CellLost)));
    }
    let (limits, is_last) = search.limits(edge);
    if is_last {
        // The description would come after the limits, and the last of them may be the description.
        doubts.push((About::Default, Note::Ambiguous));
    }
    Some(Read { edge, row, head, limits, split: search.split(edge, row), doubts })
}

fn field(read: Read<'_>, side: Side) -> Field {
    let mut field = of_head(read.head, side);
    read.split.give(&mut field);
    read.limits.iter().for_each(|limit| limit.set(&mut field));
    if read.row.odd_list {
        field.doubt(About::Type, Note::SampleDisagrees);
    }
    for (about, note) in read.doubts {
        field.doubt(about, note);
    }
    field
}

fn of_head(head: &Head<'_>, side: Side) -> Field {
    let mut field = match head.whole {
        Some(whole) => whole.row.field.clone(),
        None => Field { name: head.name.to_owned(), type_word: type_word(&head.type_word), ..Field::default() },
    };
    match head.required {
        Some(required) => field.required = required,
        None if side == Side::Request => mark_missing(&mut field),
        None => {}
    }
    guess_type(&mut field, head.type_word.is_empty(), !head.leaf);
    field
}

/// Notes what the other cheapest paths read differently.
fn compare(rows: &mut [Read<'_>], search: &Search<'_>, found: &Found<'_>) {
    for edge in &found.all {
        let Step::Row(row) = edge.step else { continue };
        let first = rows.partition_point(|read| read.edge.to.cell <= edge.from.cell);
        let touched = rows.iter_mut().skip(first).take_while(|read| read.edge.from.cell < edge.to.cell);
        for read in touched {
            if read.edge.from == edge.from && read.edge.to == edge.to && read.row == row {
                continue;
            }
            let other = search.split(edge, row);
            let mut doubt = |about| read.doubts.push((about, Note::Ambiguous));
            if read.edge.from.level != edge.from.level {
                doubt(About::Nesting);
            }
            if read.edge.from.cell != edge.from.cell || read.edge.to.cell != edge.to.cell {
                doubt(About::Nesting);
                doubt(About::Example);
                doubt(About::Description);
            }
            if read.split.example != other.example {
                doubt(About::Example);
            }
            if read.split.description != other.description {
                doubt(About::Description);
            }
        }
    }
}

/// Where table and sample disagree, a row that only one of them has, or whose name comes twice, may stand elsewhere; and
/// what was taken for its value may be another's.
fn suspect(rows: &mut [Read<'_>], search: &Search<'_>, shaky: bool) {
    // Setters do not tell `page_size` from `pagesize`: a text that is written like another row's name may be taken for it.
    let key = |name: &str| name.replace(['_', '-', '.'], "").to_ascii_lowercase();
    let mut names: Vec<String> = rows.iter().map(|read| key(read.head.name)).collect();
    names.sort();
    let is_repeated = |name: &str| {
        let key = key(name);
        names.partition_point(|name| *name <= key) - names.partition_point(|name| *name < key) > 1
    };
    // Where a sample opens an object and breaks off in it, rows without members of their own can only belong to it.
    let is_settled = search.has_sample() && rows.iter().all(|read| read.head.leaf);
    for read in rows.iter_mut() {
        let is_cut = read.row.node.is_none() && search.is_cut_before(read.edge);
        let repeated = is_repeated(read.head.name);
        let lacks_node = read.row.node.is_none() && read.row.cost > 0;
        if shaky || repeated {
            read.doubts.push((About::Nesting, Note::SampleDisagrees));
        } else if is_cut && !is_settled {
            read.doubts.push((About::Nesting, Note::PageCut));
        } else if lacks_node && !is_cut {
            read.doubts.push((About::Nesting, Note::TableOnly));
        }
        if repeated && is_cut {
            // A row of the same name, in whose object this one was put, may have other facts.
            let facts = [About::Type, About::Required, About::Example, About::Description];
            let is_fact = |about: &About| *about != About::Required || search.side() == Side::Request;
            read.doubts.extend(facts.into_iter().filter(is_fact).map(|about| (about, Note::PageCut)));
        }
        if repeated && read.head.leaf && read.edge.to.cell == read.head.body + 1 {
            read.doubts.extend([About::Example, About::Description].map(|about| (about, Note::SampleDisagrees)));
        }
    }
}

/// Builds fields without a usable sample: each object is assumed to continue to the end, and everything is in doubt.
pub(super) fn without_sample(cells: &[Below<'_>], side: Side, top: &mut Field) {
    let ends = Ends::new(cells, side);
    let mut at = 0;
    while at < cells.len() {
        let Some(head) = heads::head(cells, at, side) else {
            at += 1;
            continue;
        };
        let end = ends.of(head.body).last().copied().unwrap_or(head.body).max(at + 1);
        let texts: Vec<&str> = cells.get(head.body..end).unwrap_or_default().iter().filter_map(Below::text).collect();
        let split = super::split::child(&head, &texts, super::Evidence::Nothing);
        let mut field = of_head(&head, side);
        field.example = split.example;
        field.description = split.description;
        search::limits(cells.get(at..end).unwrap_or_default()).0.iter().for_each(|limit| limit.set(&mut field));
        let texts = [About::Example, About::Description].into_iter().filter(|_| head.whole.is_none());
        for about in texts.chain([About::Nesting]) {
            field.doubt(about, Note::SampleMissing);
        }
        if head.leaf && head.whole.is_none() && types::may_be_text(&head.type_word, None) {
            for about in types::suspects(&head.type_word, side) {
                field.doubt(*about, Note::SampleMissing);
            }
        }
        top.fields.push(field);
        at = end;
    }
}
