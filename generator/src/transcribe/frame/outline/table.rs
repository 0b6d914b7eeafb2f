//! Reads the tables that a walk over a page comes to, and finds their places.

use std::ops::Range;

use super::super::columns::Columns;
use super::super::names::is_name;
use super::super::parts::{FieldTable, Home, LeftTable};
use super::super::{row, single, tables};
use super::{LINE, Walk, identifiers, side_of};
use crate::diagnostic::Code;
use crate::spec::MOST_FIELDS;
use crate::terms::{About, Column, Note, Section};
use crate::transcribe::Refusal;
use crate::transcribe::page::block::{Table, TableRow};
use crate::transcribe::row::{Row, Side};
use crate::transcribe::types::TypeCell;

impl Walk<'_> {
    /// Reads a table, which may consist of parts with titles.
    pub(super) fn table(&mut self, table: &Table, at: &Range<usize>) -> Result<(), Refusal> {
        self.pending = None;
        for (title, part) in tables::parts(table, self.dialect) {
            if let Some(title) = title {
                // A title that is not the heading of a section may name the field whose members are below it.
                if !self.begins(LINE, &title, true) {
                    self.above = identifiers(&title);
                }
            }
            self.part(&part, at)?;
        }
        self.above.clear();
        Ok(())
    }

    fn part(&mut self, table: &Table, at: &Range<usize>) -> Result<(), Refusal> {
        let columns = Columns::find(table, self.dialect);
        let listed = columns.as_ref().and_then(|columns| {
            let headers: Vec<&str> = columns.headers.iter().map(String::as_str).collect();
            self.dialect.table(&headers)
        });
        if let Some(section) = listed {
            self.start(section, self.level, "");
        }
        let is_side = matches!(self.section, Some(Section::Request | Section::Response));
        let Some(columns) = columns else {
            if let Some(columns) = self.columns.clone().filter(|columns| self.goes_on(table, columns)) {
                return self.rest(table, columns, at);
            }
            if self.section != Some(Section::Common) {
                self.out.facts.table(table, self.dialect);
            }
            return Ok(());
        };
        let may_be_side = is_side || self.section.is_none();
        let (columns, is_guess) = match may_be_side && !columns.has(Column::Name) {
            true => columns.named_first(table),
            false => (columns, false),
        };
        let is_narrow = !columns.has(Column::Type) && columns.kinds.len() <= 3;
        if is_narrow && self.section != Some(Section::Common) && self.out.facts.table(table, self.dialect) {
            return Ok(());
        }
        let names: Vec<String> = self.names.iter().chain(&self.above).cloned().collect();
        match self.section {
            Some(Section::Errors | Section::Statuses) if !columns.are_fields() => self.codes(table, &columns),
            _ if columns.has(Column::Code) && !columns.are_fields() => self.codes(table, &columns),
            Some(Section::Headers) => table.rows.iter().for_each(|row| self.out.facts.header(row, self.dialect)),
            Some(Section::Common) if columns.are_fields() => self.common(table, &columns),
            Some(Section::Common | Section::Ignore) => {}
            Some(Section::Errors | Section::Statuses) if !self.is_named(&names) => {}
            _ if columns.are_fields() || is_side && columns.may_be_fields() => {
                self.fields(table, &columns, at)?;
                let rows = self.out.tables.last_mut().filter(|_| is_guess).map(|table| &mut table.rows);
                rows.into_iter().flatten().for_each(|row| row.field.doubt(About::Name, Note::Ambiguous));
            }
            _ if columns.may_be_fields() => self.out.left.extend(left(table, &columns, at)),
            _ => {}
        }
        Ok(())
    }

    /// Whether a table without a header begins with a field in the columns of the table above it.
    fn goes_on(&self, table: &Table, columns: &Columns) -> bool {
        let is_wide = columns.kinds.len() > 3;
        table
            .rows
            .first()
            .is_some_and(|row| columns.is_field(row, self.dialect) || is_wide && columns.is_named(row, self.dialect))
    }

    /// Reads the rest of a table that something has cut in two. It must not be lost.
    fn rest(&mut self, table: &Table, columns: Columns, at: &Range<usize>) -> Result<(), Refusal> {
        if !table.rows.iter().all(|row| columns.is_field(row, self.dialect)) {
            let message = "this table has no header, and not all of its rows have the columns of the table above it";
            return Err(Refusal::new(Code::StrayLine, at.clone(), message)
                .help("put the header of the table above it, or remove the table if it is not one of fields"));
        }
        let rows = [TableRow::default()].into_iter().chain(table.rows.iter().cloned()).collect();
        self.fields(&Table { rows }, &Columns { header: 0, ..columns }, at)
    }

    fn codes(&mut self, table: &Table, columns: &Columns) {
        let is_common = matches!(self.section, Some(Section::Common | Section::Ignore));
        let rows = tables::codes(table, columns, self.dialect);
        match self.section {
            _ if is_common => {}
            Some(Section::Statuses) => self.out.statuses.extend(rows),
            _ => self.out.errors.extend(rows),
        }
    }

    fn fields(&mut self, table: &Table, columns: &Columns, at: &Range<usize>) -> Result<(), Refusal> {
        for row in &table.rows {
            let texts: Vec<&str> = row.cells.iter().map(|cell| cell.trimmed()).collect();
            self.out.facts.captured(&texts.join(" | "), self.dialect);
            texts.iter().for_each(|text| self.out.facts.captured(text, self.dialect));
        }
        let root = self.root(table, columns, at)?;
        let mut rows = self.placed(table, columns)?;
        self.rows += rows.len();
        if self.rows > MOST_FIELDS {
            let message = format!("the page has more than {MOST_FIELDS} fields");
            return Err(Refusal::new(Code::PageTooLarge, at.clone(), message));
        }
        let has_request = self.side == Some(Side::Request) && !self.out.tables.is_empty();
        if self.is_answer_above && has_request && !self.out.has_heading[1] {
            // A line that is too long for a heading is one if the page has no other.
            self.start(Section::Response, LINE, "");
            self.above.clear();
        }
        let names: Vec<String> = self.names.iter().chain(&self.above).cloned().collect();
        let home = self.home(columns, &names);
        if self.may_continue && matches!(home, Home::Side(_)) {
            // No heading parts this table from one with a list or object without members.
            rows.iter_mut().for_each(|row| row.field.doubt(About::Nesting, Note::Ambiguous));
        }
        let has_answer = self.out.tables.iter().any(|table| table.home == Home::Side(Side::Response));
        if self.other_address && has_answer && home == Home::Side(Side::Request) {
            let message =
                "the page describes several APIs: the parameters of another one are behind the answer of the first one";
            return Err(Refusal::new(Code::StrayLine, at.clone(), message)
                .help("save the part about each API as a page of its own"));
        }
        self.other_address = false;
        self.may_continue |= rows.iter().any(Row::is_open);
        self.columns = Some(columns.clone());
        self.out.tables.push(FieldTable {
            at: at.clone(),
            home,
            names,
            rows,
            has_marks: columns.has(Column::Required),
            is_list: root.is_some_and(|types| types.is_list),
        });
        Ok(())
    }

    /// The type of the row about the whole of the table. A table with nothing else is one about a value.
    fn root(&self, table: &Table, columns: &Columns, at: &Range<usize>) -> Result<Option<TypeCell>, Refusal> {
        let Some(side) = self.side else { return Ok(None) };
        let root = row::root(table, columns, self.dialect);
        let is_alone = table.rows.len() == columns.header + 2;
        match &root {
            Some(types) if is_alone && (types.kind.is_scalar() || types.is_list) => Err(single::refusal(side, at)),
            _ => Ok(root),
        }
    }

    /// Reads the rows of a table, with their places in the request.
    fn placed(&mut self, table: &Table, columns: &Columns) -> Result<Vec<Row>, Refusal> {
        let mut rows = row::read(table, columns, self.dialect)?;
        // A body may have a field with the name of most headers, but not of this one.
        let is_content_type = |row: &Row| row.field.name.eq_ignore_ascii_case("content-type");
        if self.side != Some(Side::Response) && rows.iter().any(is_content_type) {
            // The other rows may be headers too.
            table.rows.iter().for_each(|row| self.out.facts.header(row, self.dialect));
            rows.retain(|row| !is_content_type(row) || row.field.place.is_some());
            let open = rows.iter_mut().filter(|row| row.field.place.is_none());
            open.for_each(|row| row.field.doubt(About::In, Note::Ambiguous));
        }
        for field in rows.iter_mut().map(|row| &mut row.field) {
            let is_open = field.place.is_none() && !field.doubts.iter().any(|(about, _)| *about == About::In);
            field.place = field.place.or(self.place.filter(|_| is_open));
            field.body.into_iter().for_each(|form| self.out.facts.placed(form));
        }
        Ok(rows)
    }

    /// Keeps the objects and lists among the members that all APIs have. A row that cannot be read is not one of them.
    fn common(&mut self, table: &Table, columns: &Columns) {
        let side = if columns.has(Column::Required) { Side::Request } else { Side::Response };
        let rows = row::read(table, columns, self.dialect).unwrap_or_default();
        self.out.common.extend(rows.into_iter().filter(Row::is_open).map(|row| (side, row)));
    }

    /// Where the fields of a table belong, whose heading or the line above it has these names.
    fn home(&self, columns: &Columns, names: &[String]) -> Home {
        let home = match (self.section, self.side) {
            _ if self.is_foreign => Home::Foreign,
            (Some(Section::Request | Section::Response), Some(side)) => Home::Side(side),
            (Some(Section::Sample), Some(side)) if self.shows_side => Home::Side(side),
            _ => self.by_header(columns).map_or(Home::Loose, Home::Side),
        };
        // "Response body" is the caption of an answer rather than the name of a type.
        let is_caption = home == Home::Foreign && names.iter().all(|name| self.dialect.section(name).is_some());
        let is_unnamed = || home == Home::Loose && self.names.is_empty() && !self.is_named(names);
        if names.is_empty() || is_caption || is_unnamed() { home } else { self.named(home) }
    }

    /// A table whose heading has names: it may be the table of a field or of a type, on any side but that of another status.
    fn named(&self, home: Home) -> Home {
        match home {
            Home::Side(side) => Home::Named(Some(side)),
            Home::Foreign | Home::Loose | Home::Named(_) => Home::Named(None),
        }
    }

    fn is_named(&self, names: &[String]) -> bool {
        let rows = self.out.tables.iter().flat_map(|table| &table.rows);
        rows.into_iter()
            .any(|row| row.is_open() && (names.contains(&row.field.name) || names.contains(&row.types.base)))
    }

    /// The side that the header of the names shows: "request parameter".
    fn by_header(&self, columns: &Columns) -> Option<Side> {
        let at = columns.position(Column::Name)?;
        side_of(columns.headers.get(at)?, self.dialect)
    }
}

/// A table that may be one of fields, with what its rows would be called. `None` if these are no names of fields.
fn left(table: &Table, columns: &Columns, at: &Range<usize>) -> Option<LeftTable> {
    let rows = table.rows.iter().skip(columns.header + 1);
    let names: Vec<String> = rows.map(|row| columns.text(row, Column::Name)).collect();
    let are_names = !names.is_empty() && names.iter().all(|name| is_name(name));
    are_names.then(|| LeftTable { at: at.clone(), names })
}
