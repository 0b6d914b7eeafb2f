//! The rows of a table with pipes. Their last cells may have moved to the left; the samples help to restore them.

use crate::diagnostic::Code;
use crate::spec::MOST_FIELDS;
use crate::terms::{About, Note, Required};
use crate::transcribe::Refusal;
use crate::transcribe::field::Field;
use crate::transcribe::page::Line;
use crate::transcribe::page::pipes::{is_rule, pipe_cells};
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::Tree;
use crate::transcribe::sampled::{Sampled, Source};
use crate::transcribe::sites::top::flat::split::{self, Evidence, Shown};
use crate::transcribe::sites::top::flat::{Aligned, guess_type, match_top};
use crate::transcribe::sites::top::words::{is_name, is_type, is_value, mark, type_word};

/// A row whose last cells are not told apart yet.
struct PipeRow<'a> {
    row: Row,
    /// Example and description, as far as they are there.
    texts: Vec<&'a str>,
    /// Whether a lone pipe follows: for children, or for a list of limits.
    pipe: bool,
    /// Whether the row continues after the pipe, as rows with limits do.
    broken: bool,
}

/// Returns the fields of a table, or those of the sample if there is no table.
pub(super) fn fields(table: Option<&[Line<'_>]>, side: Side, sample: &Tree) -> Result<Aligned, Refusal> {
    let mut aligned = Aligned::default();
    let Some(lines) = table else {
        aligned.fields = members(sample, side, 0, 0);
        aligned.fields.iter_mut().for_each(|field| field.doubt(About::Nesting, Note::SampleOnly));
        return Ok(aligned);
    };
    let rows = read(lines, side)?;
    let (nodes, left) = match_top(rows.iter().map(|row| (&row.row.field, false)), sample);
    aligned.sample_only = left;
    aligned.fields = rows.iter().zip(nodes).map(|(row, node)| field(row, side, sample, node)).collect();
    Ok(aligned)
}

/// The members of an object whose rows are gone, as its sample shows them.
fn members(sample: &Tree, side: Side, node: usize, depth: usize) -> Vec<Field> {
    const REQUEST: [(About, Note); 3] =
        [(About::Name, Note::Derived), (About::Required, Note::PageCut), (About::Description, Note::PageCut)];
    let (required, doubts) = match side {
        Side::Request => (Required::Unknown, REQUEST.as_slice()),
        Side::Response => (Required::No, REQUEST.get(2..).unwrap_or_default()),
    };
    let source = Source::Printed;
    Sampled { shape: sample, source, has_examples: true, required, doubts, is_name: |_| true }.fields(node, depth)
}

fn read<'a>(lines: &[Line<'a>], side: Side) -> Result<Vec<PipeRow<'a>>, Refusal> {
    let mut rows: Vec<PipeRow<'a>> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty() && !is_rule(line.text)) {
        let cells = pipe_cells(line.text);
        let texts: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        let last = rows.last_mut();
        match (texts.as_slice(), last) {
            ([], Some(row)) => row.pipe = true,
            ([], None) => {}
            ([text], Some(row)) if row.pipe && !row.broken && side == Side::Request => {
                row.broken = true;
                row.texts.push(text);
            }
            _ => match row(line, &cells, side) {
                Some(_) if rows.len() > MOST_FIELDS => break,
                Some(row) => rows.push(row),
                None => {
                    return Err(Refusal::new(
                        Code::StrayLine,
                        line.bytes(),
                        "this line does not belong to any table row",
                    )
                    .help("a row starts with a name and has pipes between its cells"));
                }
            },
        }
    }
    Ok(rows)
}

fn row<'a>(line: &Line<'a>, cells: &[&'a str], side: Side) -> Option<PipeRow<'a>> {
    let name = cells.first().copied().filter(|name| is_name(name))?;
    let marked = cells.iter().take(3).position(|cell| mark(cell).is_some()).filter(|_| side == Side::Request);
    let word = cells.get(1).copied().filter(|cell| marked == Some(2) || marked.is_none() && is_type(cell));
    let word = word.filter(|word| !word.is_empty());
    let from = marked.map_or(1 + usize::from(word.is_some()), |at| at + 1);
    if cells.len() < 2 || side == Side::Request && marked.is_none() && word.is_none() {
        return None;
    }
    let mut row = Row::new(name, line.bytes());
    row.field.type_word = word.map(type_word).unwrap_or_default();
    match marked.and_then(|at| cells.get(at)).and_then(|cell| mark(cell)) {
        Some(required) => row.field.required = required,
        None if side == Side::Request => row.require(Required::Unknown, Note::ColumnEmpty),
        None => {}
    }
    let texts = cells.iter().skip(from).copied().filter(|cell| !cell.is_empty()).collect();
    Some(PipeRow { row, texts, pipe: false, broken: false })
}

fn field(row: &PipeRow<'_>, side: Side, sample: &Tree, node: Option<usize>) -> Field {
    let mut field = row.row.field.clone();
    let word = &row.row.field.type_word;
    let is_scalar = is_value(word) || word.trim_end_matches("[]") == "Json";
    let has_children = || node.is_some_and(|node| sample.has_children(node));
    let is_object = !is_scalar && (!word.is_empty() || has_children());
    let shown = Shown::new(sample, node.ok_or(sample.cut), word);
    let evidence = if is_object { Evidence::Object } else { shown.evidence() };
    split::cells(&row.texts, evidence, word).give(&mut field);
    guess_type(&mut field, word.is_empty(), is_object);
    if row.broken || row.pipe && !is_object {
        field.doubt(About::Default, Note::PageCut);
    }
    if !is_object {
        return field;
    }
    // Its rows are gone, and a sample need not show all of them.
    field.doubt(About::Nesting, Note::PageCut);
    if let Some(node) = node.filter(|node| sample.has_children(*node)) {
        let wrapped = sample.wrappings(node, word).first().is_some_and(|(wrapped, _)| *wrapped);
        field.fields = members(sample, side, node + usize::from(wrapped), 1);
    }
    field
}
