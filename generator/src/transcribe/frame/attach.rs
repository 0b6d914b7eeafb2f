//! Gives fields the members that tables under their name or under the name of their type describe.

use super::parts::{FieldTable, Home};
use crate::diagnostic::Code;
use crate::spec::MOST_FIELDS;
use crate::transcribe::Refusal;
use crate::transcribe::field::{DEEPEST, Field};
use crate::transcribe::nest::rows::{self, Evidence};
use crate::transcribe::row::{self, Row, Side};
use crate::transcribe::sample::Tree;

/// The tables of types and fields of a page.
#[derive(Debug)]
pub(super) struct Types {
    tables: Vec<(FieldTable, bool)>,
    /// Fields that were made so far: types that contain each other several times would make too many.
    made: usize,
}

impl Types {
    /// The tables whose heading names a type or field.
    pub(super) fn new(tables: Vec<FieldTable>) -> Self {
        Self { tables: tables.into_iter().map(|table| (table, false)).collect(), made: 0 }
    }

    /// Whether a table describes the members of a row.
    pub(super) fn describe(&self, row: &Row) -> bool {
        self.find(&row.field.name, &row.types.base, None).is_some()
    }

    /// The table of a type, else of a field. A table of the same side is preferred.
    fn find(&self, name: &str, base: &str, side: Option<Side>) -> Option<usize> {
        let named = |wanted: &str, side: Option<Side>| {
            let fits = |table: &FieldTable| {
                let own = matches!(table.home, Home::Named(own) if side.is_none() || own == side);
                own && !wanted.is_empty() && table.names.iter().any(|name| name == wanted)
            };
            self.tables.iter().position(|(table, _)| fits(table))
        };
        let by = |wanted: &str| side.and_then(|_| named(wanted, side)).or_else(|| named(wanted, None));
        by(base).or_else(|| by(name))
    }

    /// Gives the fields of one side their members.
    pub(super) fn attach(
        &mut self,
        fields: &mut [Field],
        side: Side,
        shape: &Tree,
        within: &mut Vec<usize>,
    ) -> Result<(), Refusal> {
        for field in fields {
            let base = base(&field.type_word).to_owned();
            let found = self.find(&field.name, &base, Some(side)).filter(|_| field.fields.is_empty());
            if let Some(at) = found.filter(|at| !within.contains(at) && within.len() < DEEPEST) {
                field.fields = self.members(at, side, shape)?;
                within.push(at);
                self.attach(&mut field.fields, side, shape, within)?;
                within.pop();
            } else {
                self.attach(&mut field.fields, side, shape, within)?;
            }
        }
        Ok(())
    }

    fn members(&mut self, at: usize, side: Side, shape: &Tree) -> Result<Vec<Field>, Refusal> {
        let Some((table, used)) = self.tables.get_mut(at) else { return Ok(Vec::new()) };
        *used = true;
        self.made += table.rows.len();
        if self.made > MOST_FIELDS {
            let message = format!("the types of the page make more than {MOST_FIELDS} fields");
            return Err(Refusal::new(Code::PageTooLarge, table.at.clone(), message));
        }
        let mut rows = table.rows.clone();
        if side == Side::Response {
            row::answer(&mut rows);
        }
        Ok(rows::nest(rows, &Evidence { side, tree: shape, is_described: &|row| self.describe(row) }))
    }

    /// Marks the tables that only answers of other statuses use.
    pub(super) fn used_elsewhere(&mut self, rows: &[Row]) {
        let mut waiting: Vec<Row> = rows.to_vec();
        while let Some(row) = waiting.pop() {
            waiting.extend(row.members.iter().cloned());
            let Some(at) = self.find(&row.field.name, &row.types.base, None) else { continue };
            if let Some((table, used)) = self.tables.get_mut(at).filter(|(_, used)| !*used) {
                *used = true;
                waiting.extend(table.rows.iter().cloned());
            }
        }
    }

    /// The first table that no field uses.
    pub(super) fn unused(&self) -> Option<&FieldTable> {
        self.tables.iter().find(|(_, used)| !used).map(|(table, _)| table)
    }
}

/// The name of a type without what makes it a list.
fn base(word: &str) -> &str {
    let word = word.strip_suffix("[]").unwrap_or(word);
    word.strip_suffix('>').and_then(|open| open.split_once('<')).map_or(word, |(_, element)| element)
}
