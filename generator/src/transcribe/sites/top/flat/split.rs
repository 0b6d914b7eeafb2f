//! Decides which of a row's texts is the example and which the description.

use std::borrow::Cow;

use crate::terms::{About, Note};
use crate::transcribe::field::{Field, filled};
use crate::transcribe::sample::text::{cut, is_lost_cell, same};
use crate::transcribe::sample::{Literal, Naming, Tree};
use crate::transcribe::sites::top::rows::{Cells, PageRow};

use super::heads::Head;
use super::values;

/// What a sample contains for a row.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Evidence<'a> {
    /// This value.
    Value(&'a Literal),
    /// No value, as is usual for values of this kind without an example.
    NoValue,
    /// No evidence: there is no sample, or it disagrees.
    Nothing,
    /// The row is an object's.
    Object,
}

/// What a sample shows of a row without members.
pub(crate) struct Shown<'a> {
    value: Option<Cow<'a, Literal>>,
    is_left_out: bool,
}

impl<'a> Shown<'a> {
    /// What it shows at a row's node. Without one, `node` is whether the sample breaks off before the row.
    pub(crate) fn new(sample: &'a Tree, node: Result<usize, bool>, type_word: &str) -> Self {
        let value = node.ok().and_then(|node| sample.value_of(node, type_word));
        let is_left_out = node == Err(false) && may_lack_value(sample, type_word);
        Self { value, is_left_out }
    }

    /// What that shows of the row's texts.
    pub(crate) fn evidence(&self) -> Evidence<'_> {
        match self.value.as_deref() {
            None if self.is_left_out => Evidence::NoValue,
            None | Some(Literal::Cut) => Evidence::Nothing,
            Some(value) => Evidence::Value(value),
        }
    }
}

/// Whether a sample leaves a value of this type out where the page has no example.
pub(crate) fn may_lack_value(sample: &Tree, type_word: &str) -> bool {
    !sample.is_empty()
        && sample.naming == Naming::Setter
        && !matches!(type_word.trim_end_matches("[]"), "String" | "Json" | "")
        && !type_word.starts_with("byte[")
}

/// The texts of a row, split into example and description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    /// The example.
    pub(crate) example: Option<String>,
    /// The description.
    pub(crate) description: Option<String>,
    /// Facts that stay in doubt.
    pub(crate) doubts: Vec<(About, Note)>,
    /// How much the sample contradicts.
    pub(crate) cost: u32,
}

impl Split {
    fn new(example: &str, description: &str) -> Self {
        let mut split = Self { example: filled(example), description: filled(description), ..Self::default() };
        // An empty cell and one with a single CJK sign leave the same gap.
        if split.description.is_none() {
            split.doubts.push((About::Description, Note::ColumnEmpty));
        }
        split
    }

    /// Gives a field the texts, with what is in doubt about them.
    pub(crate) fn give(self, field: &mut Field) {
        field.example = self.example;
        field.description = self.description;
        self.doubts.into_iter().for_each(|(about, note)| field.doubt(about, note));
    }

    fn doubted(mut self, note: Note, cost: u32) -> Self {
        self.doubts = vec![(About::Example, note), (About::Description, note)];
        self.cost = cost;
        self
    }
}

/// Cost of a row that contradicts its sample.
pub(crate) const CONTRADICTS: u32 = 2;

/// Splits the texts of a child row, unless its columns are known.
pub(crate) fn child(head: &Head<'_>, texts: &[&str], evidence: Evidence<'_>) -> Split {
    match head.whole {
        Some(row) => whole(row, evidence),
        None => cells(texts, evidence, &head.type_word),
    }
}

/// Takes the texts of a row whose cells are told apart. A sample that disagrees only makes the row's place less likely.
fn whole(row: &PageRow<'_>, evidence: Evidence<'_>) -> Split {
    let Field { example, description, .. } = row.row.field.clone();
    let printed = example.as_deref().unwrap_or_default();
    let contradicts = match evidence {
        Evidence::Value(Literal::Text(value)) => !same(printed, value),
        Evidence::NoValue => !printed.is_empty(),
        _ => false,
    };
    let split = Split { example, description, ..Split::default() };
    match (contradicts, &row.cells) {
        (true, Cells::Slipped) => split.doubted(Note::SampleDisagrees, CONTRADICTS),
        (true, _) => Split { cost: CONTRADICTS, ..split },
        (false, _) => split,
    }
}

/// Tells the cells of a child row apart.
pub(crate) fn cells(texts: &[&str], evidence: Evidence<'_>, type_word: &str) -> Split {
    match (texts, evidence) {
        ([], Evidence::Value(Literal::Text(value))) if is_lost_cell(value) => Split::new(value, ""),
        ([], Evidence::Value(Literal::Text(value))) if !value.is_empty() => {
            Split::new(value, "").doubted(Note::SampleDisagrees, CONTRADICTS)
        }
        ([], Evidence::Nothing) => {
            let mut split = Split::new("", "");
            split.doubts.push((About::Example, Note::SampleMissing));
            split
        }
        ([], _) => Split::new("", ""),
        ([one], evidence) => single(one, evidence, type_word),
        ([one, two], evidence) => pair(one, two, evidence),
        ([one, more @ ..], _) => Split::new(one, &more.join(" ")).doubted(Note::CellsMerged, 2 * CONTRADICTS + 1),
    }
}

fn single(text: &str, evidence: Evidence<'_>, type_word: &str) -> Split {
    match evidence {
        Evidence::Value(Literal::Text(value)) if value.is_empty() => Split::new("", text),
        Evidence::Value(Literal::Text(value)) if same(text, value) => Split::new(text, ""),
        Evidence::Value(Literal::Text(value)) if is_lost_cell(value) => Split::new(value, text),
        Evidence::Value(Literal::Text(_)) => Split::new("", text).doubted(Note::SampleDisagrees, CONTRADICTS),
        Evidence::Value(Literal::Opaque(value)) if same(text, value) => Split::new(text, ""),
        Evidence::Value(_) => Split::new("", text),
        Evidence::NoValue if is_value(text, type_word) => Split::new("", text).doubted(Note::TableOnly, 0),
        Evidence::Object if is_json(text) => Split::new("", text).doubted(Note::Ambiguous, 0),
        Evidence::NoValue | Evidence::Object => Split::new("", text),
        Evidence::Nothing => Split::new("", text).doubted(Note::SampleMissing, 0),
    }
}

fn pair(one: &str, two: &str, evidence: Evidence<'_>) -> Split {
    let split = Split::new(one, two);
    match evidence {
        Evidence::Value(Literal::Text(value)) if !same(one, value) => split.doubted(Note::SampleDisagrees, CONTRADICTS),
        Evidence::NoValue => split.doubted(Note::SampleDisagrees, CONTRADICTS),
        _ => split,
    }
}

/// Tells the texts of a top row apart, which have nothing but a blank between them.
pub(crate) fn row(rest: &str, evidence: Evidence<'_>, type_word: &str) -> Split {
    if rest.is_empty() {
        return cells(&[], evidence, type_word);
    }
    match evidence {
        Evidence::Value(Literal::Text(value)) if !value.is_empty() && !is_lost_cell(value) => match cut(rest, value) {
            Some((example, description)) => Split::new(example, description),
            None => single(rest, evidence, type_word),
        },
        Evidence::Value(Literal::Opaque(value)) => match cut(rest, value) {
            Some((example, description)) => Split::new(example, description),
            None => Split::new("", rest),
        },
        Evidence::NoValue | Evidence::Object | Evidence::Nothing => guess(rest, evidence, type_word),
        Evidence::Value(_) => single(rest, evidence, type_word),
    }
}

/// Without a value: a first word that looks like one is a doubt, unless the type settles it.
fn guess(rest: &str, evidence: Evidence<'_>, type_word: &str) -> Split {
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    match evidence {
        Evidence::NoValue if is_value(first, type_word) => Split::new("", rest).doubted(Note::TableOnly, 0),
        Evidence::Object if !more.is_empty() => object(rest),
        Evidence::Nothing if values::is_settled(first, more, type_word) => Split::new(first, more),
        Evidence::Nothing if !more.is_empty() => Split::new("", rest).doubted(Note::SampleMissing, 0),
        _ => single(rest, evidence, type_word),
    }
}

/// The texts of an object's row: JSON, or a word that looks like a value, is the example.
fn object(rest: &str) -> Split {
    if let Some(end) = values::json_end(rest) {
        let (example, description) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if description.is_empty() || description.starts_with(' ') {
            return Split::new(example, description);
        }
    }
    let end = values::bracket_end(rest).or_else(|| rest.find(' ')).unwrap_or(rest.len());
    let (first, more) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let is_example = is_json(first) || first.contains(|c: char| c.is_ascii_digit()) && !first.contains(is_letter);
    let split = if is_example { Split::new(first, more) } else { Split::new("", rest) };
    split.doubted(Note::CellsMerged, 0)
}

/// Whether a text could be the example of a type that samples leave out without one.
fn is_value(text: &str, type_word: &str) -> bool {
    match type_word.trim_end_matches("[]") {
        "Boolean" => matches!(text, "true" | "false" | "ture" | "flase" | "0" | "1"),
        _ => text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && !text.contains(is_letter),
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

fn is_json(text: &str) -> bool {
    matches!(text.chars().next(), Some('{' | '['))
}
