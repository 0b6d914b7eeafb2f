//! Reads tables of parameters into rows, by the form of the table.

use super::outline::{Form, Table};
use super::rows::Row;
use super::{cards, cells, flat};
use crate::transcribe::row::{Side, UnattachedLine};

/// Reads a table. `known` tells whether a sample has a name.
pub(super) fn read<'a>(
    table: &Table<'a>,
    side: Side,
    known: &dyn Fn(&str) -> bool,
) -> Result<Vec<Row>, UnattachedLine<'a>> {
    match table.header {
        None => cards::read(&table.lines, side, known),
        Some(header) => match header.form {
            Form::Pipes => cells::pipes(&table.lines, header, side),
            Form::Tabs => cells::tabs(&table.lines, header, side),
            Form::Flat | Form::Cards => flat::read(&table.lines, header, side, known),
        },
    }
}
