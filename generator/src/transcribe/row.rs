//! Rows of parameters: one row, whatever table it was read from, before samples are used.

use std::ops::Range;

use super::Refusal;
use super::dialect::Dialect;
use super::field::{Field, filled};
use super::page::Line;
use super::types::{self, TypeCell};
use crate::diagnostic::Code;
use crate::terms::{About, Note, Required};

/// Which table it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// With required marks.
    Request,
    /// Without.
    Response,
}

/// A line that does not belong to any row.
#[derive(Debug)]
pub(crate) struct UnattachedLine<'a>(pub Line<'a>);

impl From<UnattachedLine<'_>> for Refusal {
    fn from(UnattachedLine(line): UnattachedLine<'_>) -> Self {
        Self::new(Code::StrayLine, line.bytes(), "this line does not belong to any table row")
            .help("a row starts with the name of a parameter")
    }
}

/// A row of a field table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its bytes in the page.
    pub(crate) at: Range<usize>,
    /// The field, without its members.
    pub(crate) field: Field,
    /// How far the name is indented or marked: compared with the rows above, this tells how deep it is nested.
    pub(crate) width: usize,
    /// How sure the width is.
    pub(crate) depth: Depth,
    /// What its type cell contains.
    pub(crate) types: TypeCell,
    /// Rows of tables in its cells.
    pub(crate) members: Vec<Row>,
}

/// What shows how deep a name is nested.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Depth {
    /// A mark, a no-break blank or a column.
    Marked,
    /// Blanks only.
    #[default]
    Blanks,
}

impl Row {
    /// A row with only a name.
    pub(crate) fn new(name: &str, at: Range<usize>) -> Self {
        Self { at, field: Field { name: name.to_owned(), ..Field::default() }, ..Self::default() }
    }

    /// Takes the type as printed, but for the length behind it.
    pub(crate) fn set_type(&mut self, word: &str, dialect: &Dialect) {
        self.types = types::read(word, dialect);
        self.field.max_length = self.types.max_length;
        let word = if self.field.max_length.is_some() { &self.types.word } else { word };
        word.clone_into(&mut self.field.type_word);
    }

    /// Takes a required mark that is in doubt.
    pub(crate) fn require(&mut self, required: Required, note: Note) {
        self.field.required = required;
        self.field.doubt(About::Required, note);
    }

    /// Adds to the description.
    pub(crate) fn describe(&mut self, text: &str) {
        let above = self.field.description.take().unwrap_or_default();
        self.field.description = filled(&format!("{above} {}", text.trim()));
    }

    /// Whether the field can have members, as far as its type word tells.
    pub(crate) fn may_have_members(&self) -> bool {
        !self.types.kind.is_scalar()
    }

    /// Whether the type word leaves open which members the field has.
    pub(crate) fn is_open(&self) -> bool {
        let word = self.field.type_word.to_lowercase();
        self.members.is_empty() && self.may_have_members() && !word.contains("map") && !word.contains("json")
    }
}

/// Whether a word can be the name of a field: letters, digits, `_`, `-` and `.`.
pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// Makes rows those of an answer, in which required marks have no meaning.
pub(crate) fn answer(rows: &mut [Row]) {
    for row in rows {
        row.field.required = Required::No;
        row.field.doubts.retain(|(about, _)| *about != About::Required);
        answer(&mut row.members);
    }
}
