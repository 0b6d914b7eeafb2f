//! The rows of a table with pipes. Their last cells may have moved to the left; the samples help to restore them.

use super::members;
use crate::diagnostic::Code;
use crate::spec::MOST_FIELDS;
use crate::terms::{About, Note, Required};
use crate::transcribe::Refusal;
use crate::transcribe::field::Field;
use crate::transcribe::page::Line;
use crate::transcribe::page::pipes::{is_rule, pipe_cells};
use crate::transcribe::row::{Row, Side};
use crate::transcribe::sample::Tree;
use crate::transcribe::sites::top::flat::split::{self, Evidence};
use crate::transcribe::sites::top::flat::{Aligned, guess_type, match_top, may_lack_value};
use crate::transcribe::sites::top::words::{is_name, is_type, mark, type_word};

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
        let fields = members::fields(sample, 0, 0);
        aligned.too_deep = fields.is_none();
        aligned.fields = fields.unwrap_or_default();
        for field in &mut aligned.fields {
            field.doubt(About::Nesting, Note::SampleOnly);
        }
        return Ok(aligned);
    };
    let rows = read(lines, side)?;
    let (nodes, left) = match_top(rows.iter().map(|row| (&row.row.field, false)), sample);
    aligned.sample_only = left;
    for (row, node) in rows.iter().zip(nodes) {
        let (field, too_deep) = field(row, sample, node);
        aligned.too_deep |= too_deep;
        aligned.fields.push(field);
    }
    Ok(aligned)
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

/// A field, and whether its members are nested too deep.
fn field(row: &PipeRow<'_>, sample: &Tree, node: Option<usize>) -> (Field, bool) {
    let mut field = row.row.field.clone();
    let word = &row.row.field.type_word;
    let is_list = word.ends_with("[]");
    let is_object =
        node.is_some_and(|node| sample.has_children(node)) && !is_scalar(word) || !is_scalar(word) && !word.is_empty();
    let literal = node.map(|node| sample.value(node, is_list));
    let evidence = match &literal {
        _ if is_object => Evidence::Object,
        None if may_lack_value(sample.naming, word) && !sample.is_empty() && !sample.cut => Evidence::NoValue,
        literal => Evidence::of(literal.as_ref()),
    };
    split::cells(&row.texts, evidence, word).give(&mut field);
    guess_type(&mut field, word.is_empty(), is_object);
    if row.broken || row.pipe && !is_object {
        field.doubt(About::Default, Note::PageCut);
    }
    if !is_object {
        return (field, false);
    }
    // Its rows are gone, and a sample need not show all of them.
    field.doubt(About::Nesting, Note::PageCut);
    let Some(node) = node.filter(|node| sample.has_children(*node)) else { return (field, false) };
    let wrapped = sample.wrappings(node, word).first().is_some_and(|(wrapped, _)| *wrapped);
    match members::fields(sample, node + usize::from(wrapped), 1) {
        Some(fields) => field.fields = fields,
        None => return (field, true),
    }
    (field, false)
}

fn is_scalar(word: &str) -> bool {
    let base = word.trim_end_matches("[]");
    matches!(base, "String" | "Number" | "Boolean" | "Date" | "Price" | "Json" | "byte" | "Field" | "FieldList")
}
