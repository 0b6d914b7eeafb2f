//! Reads the rows of field tables.

use super::aligned::{Aligned, align};
use super::columns::Columns;
use super::names::{self, FieldName, Name};
use super::notes;
use super::outline::identifiers;
use crate::diagnostic::Code;
use crate::terms::{About, Column, Mark, Note, Part, Required};
use crate::transcribe::Refusal;
use crate::transcribe::dialect::Dialect;
use crate::transcribe::field::{Field, filled};
use crate::transcribe::page::block::{Table, TableRow};
use crate::transcribe::row::Row;
use crate::transcribe::types::{self, Kind, TypeCell};

/// Reads the rows below a header.
pub(crate) fn read(table: &Table, columns: &Columns, dialect: &Dialect) -> Result<Vec<Row>, Refusal> {
    let is_row = |row: &&TableRow| !columns.is_header(row) && row.title().is_none();
    let found = table.rows.iter().skip(columns.header + 1).filter(is_row);
    let aligned: Vec<Aligned<'_>> = found.map(|row| align(row, columns, dialect)).collect();
    let (named, is_ambiguous) = columns.named(aligned.iter().map(|read| &*read.row));
    let reader = Reader { columns, dialect, named, requires: requires(&aligned, columns, dialect) };
    let mut rows: Vec<Row> = Vec::new();
    for row in &aligned {
        reader.row(row, &mut rows)?;
    }
    rows.iter_mut().filter(|_| is_ambiguous).for_each(|row| row.field.doubt(About::Name, Note::Ambiguous));
    Ok(rows)
}

/// The type of the row that a table has for its whole object: the first row, if it has no name.
pub(super) fn root(table: &Table, columns: &Columns, dialect: &Dialect) -> Option<TypeCell> {
    let is_row = |row: &&TableRow| !columns.is_header(row) && row.title().is_none();
    let first = table.rows.iter().skip(columns.header + 1).find(is_row)?;
    let cells: Vec<_> = columns.cells(first, Column::Name).collect();
    let is_whole = matches!(names::read(&cells, None, dialect), Name::Missing | Name::Nothing);
    let types = types::read(&columns.text(first, Column::Type), dialect);
    Some(types).filter(|types| is_whole && (types.is_list || types.kind != Kind::Unknown))
}

/// What the column with required marks contains.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Requires {
    /// There is no such column.
    Missing,
    /// Marks of required fields, and nothing for the others.
    OnlyRequired,
    /// Marks for all fields.
    All,
}

fn requires(rows: &[Aligned<'_>], columns: &Columns, dialect: &Dialect) -> Requires {
    if !columns.has(Column::Required) {
        return Requires::Missing;
    }
    let marks = || rows.iter().filter_map(|read| dialect.mark(&columns.text(&read.row, Column::Required)));
    if marks().any(|mark| mark == Mark::Optional) || marks().next().is_none() {
        Requires::All
    } else {
        Requires::OnlyRequired
    }
}

/// What parts a mark from the words around it.
const BETWEEN_WORDS: [char; 8] = [' ', '\n', ',', '\u{ff0c}', '(', '\u{ff08}', ';', '。'];

struct Reader<'a> {
    columns: &'a Columns,
    dialect: &'a Dialect,
    /// Which of several columns for names has them.
    named: Option<usize>,
    requires: Requires,
}

impl Reader<'_> {
    /// Reads a row, or adds its text to the row above.
    fn row(&self, read: &Aligned<'_>, rows: &mut Vec<Row>) -> Result<(), Refusal> {
        let row = &*read.row;
        let Some(name) = self.name(row, rows)? else { return Ok(()) };
        let word = self.columns.text(row, Column::Type);
        let (word, rest) = self.without_text(&word, row);
        let types = types::read(word, self.dialect);
        let part = self.dialect.part(&name.text);
        if part.is_some_and(|part| self.is_part(part, &types, row, rows.last_mut())) {
            return Ok(());
        }
        let mut field = Field { name: name.text, type_word: types.word.clone(), ..Field::default() };
        name.doubts.iter().for_each(|(about, note)| field.doubt(*about, *note));
        if part.is_some() {
            field.doubt(About::Name, Note::Ambiguous);
        }
        if read.has_slipped {
            self.slipped(&mut field, row);
        }
        self.describe(&mut field, row, &name.label, &types);
        if let Some(rest) = rest {
            let text = [field.description.take().unwrap_or_default(), rest.to_owned()].join("\n");
            field.description = filled(&text);
            field.doubt(About::Type, Note::CellsMerged);
            field.doubt(About::Description, Note::CellsMerged);
        }
        if read.is_merged {
            field.doubt(About::Description, Note::Ambiguous);
        }
        if row.is_joined {
            // One of its lines may be another row.
            let all = [About::Name, About::Type, About::Description, About::Required];
            all.into_iter().for_each(|about| field.doubt(about, Note::Ambiguous));
        }
        if row.cells.iter().any(|cell| cell.loose) {
            field.doubt(About::Description, Note::Ambiguous);
        }
        self.require(&mut field, read, name.mark.or(types.mark));
        self.lost_cells(&mut field, row);
        let members = self.members(row)?;
        rows.push(Row { at: row.at.clone(), field, width: name.width, depth: name.depth, types, members });
        Ok(())
    }

    /// Reads the name of a row. A row without one may be the rest of the row above.
    fn name(&self, row: &TableRow, rows: &mut [Row]) -> Result<Option<FieldName>, Refusal> {
        let cells: Vec<_> = self.columns.cells(row, Column::Name).collect();
        let text = match names::read(&cells, self.named, self.dialect) {
            Name::Field(name) => return Ok(Some(name)),
            Name::Word(name) if self.has_known_type(row) => return Ok(Some(name)),
            Name::Missing => return self.continued(row, rows).map(|()| None),
            Name::Nothing => return Ok(None),
            Name::Word(FieldName { text, .. }) | Name::Other(text) => text,
        };
        let is_rest = is_rest(&text, row, rows);
        let Some(above) = rows.last_mut().filter(|_| is_rest) else { return Err(other_name(&text, row)) };
        let own = above.field.description.take().unwrap_or_default();
        let rest = row.cells.iter().map(|cell| cell.trimmed()).filter(|text| !text.is_empty());
        let texts: Vec<&str> = std::iter::once(own.as_str()).chain(rest).collect();
        above.field.description = filled(&texts.join("\n"));
        above.field.doubt(About::Description, Note::CellsMerged);
        Ok(None)
    }

    /// Whether the dictionary knows the type of a row.
    fn has_known_type(&self, row: &TableRow) -> bool {
        let word = self.columns.text(row, Column::Type);
        !matches!(types::read(&word, self.dialect).kind, Kind::Unknown | Kind::Named)
    }

    /// Cuts the lines behind a type off its cell, if the row has lost a cell: they are the text of that one.
    fn without_text<'w>(&self, word: &'w str, row: &TableRow) -> (&'w str, Option<&'w str>) {
        let is_short = row.cells.len() < self.columns.kinds.len();
        let is_known = |first: &str| !matches!(types::read(first, self.dialect).kind, Kind::Unknown | Kind::Named);
        let split = word.split_once('\n').filter(|(first, _)| is_short && is_known(first));
        split.map_or((word, None), |(first, rest)| (first, Some(rest)))
    }

    /// Takes a row that is no field of its own, but the elements of the list above it or the entries of the map above it.
    fn is_part(&self, part: Part, types: &TypeCell, row: &TableRow, above: Option<&mut Row>) -> bool {
        let Some(above) = above else { return false };
        let is_list = above.types.is_list || above.types.kind == Kind::List;
        let is_element = part == Part::Element && is_list && above.field.items.is_none() && !types.is_list;
        let is_entry = part == Part::Entry && above.types.kind == Kind::Map && types.kind.is_scalar();
        if !is_element && !is_entry || is_element && types.kind == Kind::List {
            return false;
        }
        if is_element && types.kind.is_scalar() && above.types.kind == Kind::List {
            above.field.items = Some(types.word.clone());
        }
        let text = self.columns.text(row, Column::Description);
        if !self.dialect.is_empty(&text) {
            let own = above.field.description.take().unwrap_or_default();
            above.field.description = filled(&[own, text].join("\n"));
            above.field.doubt(About::Description, Note::CellsMerged);
        }
        true
    }

    /// Reads a row without a name: the rest of the row above, or a row that the page has for the whole object.
    fn continued(&self, row: &TableRow, rows: &mut [Row]) -> Result<(), Refusal> {
        let texts: Vec<&str> = row.cells.iter().map(|cell| cell.trimmed()).filter(|text| !text.is_empty()).collect();
        let types = types::read(&self.columns.text(row, Column::Type), self.dialect);
        let Some(above) = rows.last_mut() else {
            let is_whole = texts.is_empty() || matches!(types.kind, Kind::Object | Kind::Map | Kind::List);
            return if is_whole { Ok(()) } else { Err(nameless(row)) };
        };
        above.members.extend(self.members(row)?);
        if types.kind != Kind::Unknown && above.types.is_list {
            // The elements of the list have a row of their own.
            if above.types.kind == Kind::List && types.kind.is_scalar() {
                above.field.items = Some(types.word);
            }
            return Ok(());
        }
        if types.kind != Kind::Unknown {
            return Err(nameless(row));
        }
        if !texts.is_empty() {
            let text = [above.field.description.as_deref().unwrap_or_default(), texts.join(" ").as_str()].join("\n");
            above.field.description = filled(&text);
            above.field.doubt(About::Description, Note::CellsMerged);
        }
        Ok(())
    }

    fn describe(&self, field: &mut Field, row: &TableRow, label: &str, types: &TypeCell) {
        let (columns, dialect) = (self.columns, self.dialect);
        let value = |column| filled(&columns.text(row, column)).filter(|text| !dialect.is_empty(text));
        field.example = value(Column::Example);
        field.default = value(Column::Default);
        self.place(field, value(Column::Location).as_deref());
        field.max_length = types.max_length;
        if let Some(length) = value(Column::MaxLength) {
            match notes::number(&length) {
                Some(number) => field.max_length = Some(number),
                None => field.doubt(About::Type, Note::Ambiguous),
            }
        }
        let texts = [label.to_owned(), columns.text(row, Column::Label), self.description(row)];
        let filled_texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let description = filled_texts.join(" ");
        let is_dash = description.chars().all(|c| matches!(c, '-' | '\u{2014}' | '/' | ' '));
        field.description = filled(&description).filter(|_| !is_dash);
        let is_scalar = types.kind.is_scalar() && !types.is_list;
        self.unknown_columns(field, row, is_scalar);
        notes::take(field, dialect, is_scalar);
        if types.kind == Kind::Unknown && types.word.is_empty() {
            field.doubt(About::Type, if columns.has(Column::Type) { Note::Ambiguous } else { Note::ColumnEmpty });
        } else if types.kind == Kind::Unknown {
            field.doubt(About::Type, Note::Ambiguous);
        }
    }

    /// The description. If there are several columns, some of them may be empty.
    fn description(&self, row: &TableRow) -> String {
        let mut texts: Vec<&str> = self.columns.filled(row, Column::Description).map(|(_, text)| text).collect();
        if texts.len() > 1 {
            texts.retain(|text| !self.dialect.is_empty(text));
        }
        let is_first = |at: usize, text: &&str| !texts.iter().take(at).any(|above| above == text);
        let own = texts.iter().enumerate().filter(|(at, text)| is_first(*at, text)).map(|(_, text)| *text);
        own.collect::<Vec<_>>().join(" ")
    }

    /// Takes the place of the field, or doubts it if the dictionary does not know the word for it.
    fn place(&self, field: &mut Field, cell: Option<&str>) {
        let Some(cell) = cell else { return };
        match self.dialect.place(cell) {
            Some((place, form)) => (field.place, field.body) = (Some(place), form),
            None => field.doubt(About::In, Note::Ambiguous),
        }
    }

    /// Keeps what columns contain whose headers the dictionary does not know.
    fn unknown_columns(&self, field: &mut Field, row: &TableRow, is_scalar: bool) {
        let columns = self.columns.kinds.iter().zip(&self.columns.headers).zip(&row.cells);
        let unknown = columns.filter(|((kind, _), cell)| kind.is_none() && !self.dialect.is_empty(cell.trimmed()));
        let rest =
            unknown.map(|((_, header), cell)| (header, notes::facts(field, &cell.text, self.dialect, is_scalar)));
        let rest = rest.filter(|(_, text)| !text.is_empty());
        let texts: Vec<String> = rest.map(|(header, text)| format!("{header}: {text}")).collect();
        if !texts.is_empty() {
            let text = [field.description.take().unwrap_or_default(), texts.join("\n")].join("\n");
            field.description = filled(&text);
            field.doubt(About::Description, Note::Ambiguous);
        }
    }

    /// Takes the required mark.
    fn require(&self, field: &mut Field, read: &Aligned<'_>, beside: Option<Mark>) {
        let cell = self.columns.text(&read.row, Column::Required);
        let cell = if self.dialect.is_empty(&cell) { String::new() } else { cell };
        let (required, note) = match (self.dialect.mark(&cell).or(beside.filter(|_| cell.is_empty())), self.requires) {
            (Some(Mark::Required), _) => (Required::Yes, None),
            (Some(Mark::Optional), _) => (Required::No, None),
            (Some(Mark::Conditional), _) => (Required::No, Some(Note::Ambiguous)),
            (None, _) if read.has_slipped && cell.is_empty() => (Required::Unknown, Some(Note::CellLost)),
            (None, Requires::OnlyRequired) if cell.is_empty() => (Required::No, Some(Note::ColumnEmpty)),
            (None, _) if !cell.is_empty() => (self.condition(&cell), Some(Note::Ambiguous)),
            (None, _) => (Required::Unknown, Some(Note::ColumnEmpty)),
        };
        field.required = required;
        let mut words = cell.split(BETWEEN_WORDS).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let is_more = words.any(|word| !word.is_empty() && self.dialect.mark(word).is_none());
        if is_more && self.dialect.mark(&cell).is_none() {
            // The condition goes behind the description, where readers look for it.
            field.description = filled(&format!("{} ({cell})", field.description.as_deref().unwrap_or_default()));
        }
        if read.has_slipped && field.description.is_none() {
            // The mark may be the description.
            field.doubt(About::Required, Note::CellLost);
        } else if self.dialect.mark(&cell).is_some() {
            // A mark beside the name is not needed then.
            field.doubts.retain(|(about, _)| *about != About::Required);
        }
        if let Some(note) = note {
            field.doubt(About::Required, note);
        }
    }

    /// What a text with a mark in it means: "no, unless …". A mark behind other words is one under a condition.
    fn condition(&self, cell: &str) -> Required {
        let mut marks = cell.split(BETWEEN_WORDS).map(|word| self.dialect.mark(word));
        match marks.next().flatten() {
            Some(Mark::Required) => Required::Yes,
            None if marks.all(|mark| mark.is_none()) => Required::Unknown,
            _ => Required::No,
        }
    }

    /// Doubts what a row has that has lost a cell, unless only the mark can be missing.
    fn slipped(&self, field: &mut Field, row: &TableRow) {
        let is_empty = |column| self.columns.text(row, column).is_empty();
        if is_empty(Column::Type) || is_empty(Column::Description) {
            field.doubt(About::Description, Note::CellLost);
            field.doubt(About::Type, Note::CellLost);
        }
    }

    /// Doubts what a row with another number of cells than its header may have lost or merged.
    fn lost_cells(&self, field: &mut Field, row: &TableRow) {
        let (cells, columns) = (row.cells.len(), self.columns.kinds.len());
        if cells > columns {
            let extra: Vec<&str> =
                row.cells.iter().skip(columns).map(|cell| cell.trimmed()).filter(|text| !text.is_empty()).collect();
            if !extra.is_empty() {
                let text = format!("{} | {}", field.description.as_deref().unwrap_or_default(), extra.join(" | "));
                field.description = filled(&text);
                self.doubt_all(field, Note::CellsMerged);
            }
        } else if cells < columns {
            self.doubt_all(field, Note::CellLost);
        }
    }

    fn doubt_all(&self, field: &mut Field, note: Note) {
        let facts = [
            (Column::Type, About::Type),
            (Column::Required, About::Required),
            (Column::Example, About::Example),
            (Column::Default, About::Default),
            (Column::Description, About::Description),
        ];
        for (_, about) in facts.into_iter().filter(|(column, _)| self.columns.has(*column)) {
            field.doubt(about, note);
        }
    }

    /// The rows of tables in the cells of a row.
    fn members(&self, row: &TableRow) -> Result<Vec<Row>, Refusal> {
        let mut members = Vec::new();
        for table in row.cells.iter().flat_map(|cell| &cell.tables) {
            match Columns::find(table, self.dialect).filter(Columns::are_fields) {
                Some(columns) => members.extend(read(table, &columns, self.dialect)?),
                None if is_like(table, self.columns) => {
                    let columns = Columns { header: 0, ..self.columns.clone() };
                    let whole =
                        Table { rows: [TableRow::default()].into_iter().chain(table.rows.iter().cloned()).collect() };
                    members.extend(read(&whole, &columns, self.dialect)?);
                }
                None => {}
            }
        }
        Ok(members)
    }
}

/// Whether a text alone in its row goes on with the last cell of the row above. It may be a title instead if it names a list or an object.
fn is_rest(text: &str, row: &TableRow, rows: &[Row]) -> bool {
    // Behind it, the last cell may have a list.
    let between = row.cells.iter().skip(1).take(row.cells.len().saturating_sub(2));
    let is_alone = between.into_iter().all(|cell| cell.trimmed().is_empty());
    let words = identifiers(text);
    let is_title = rows.iter().any(|row| row.is_open() && words.contains(&row.field.name));
    row.cells.len() > 2 && is_alone && !is_title && !rows.is_empty()
}

fn other_name(text: &str, row: &TableRow) -> Refusal {
    let message = format!("{} is not the name of a field", crate::diagnostic::quoted(text));
    let help = match text.is_ascii() {
        true => "if the table is not one of fields, list its heading in `sections.ignore` of pages.yaml",
        false => {
            "if it is a name, list the word for its type under `types` in pages.yaml; if the table is not one of fields, list its \
             heading in `sections.ignore`"
        }
    };
    Refusal::new(Code::StrayLine, row.at.clone(), message).help(help)
}

fn nameless(row: &TableRow) -> Refusal {
    Refusal::new(Code::StrayLine, row.at.clone(), "a row of a field table has no name")
}

/// Whether a table without a header has the columns of the table that contains it.
fn is_like(table: &Table, columns: &Columns) -> bool {
    !table.rows.is_empty() && table.rows.iter().all(|row| row.cells.len() == columns.kinds.len())
}
