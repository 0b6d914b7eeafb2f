//! The form of the request's body, as headers, headings and places of fields show it.

use super::addresses;
use super::facts::{Facts, LABEL, LOOKS};
use crate::terms::{BodyForm, HttpMethod};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::page::block::{Cell, TableRow};

/// Maximum lines of a sample in which its headers are searched.
const MOST_HEADERS: usize = 30;

impl Facts {
    /// Takes the method that a command has as an option, `curl -X POST`, and the path that it calls.
    pub(super) fn command(&mut self, sample: &str) {
        let Some(command) = sample.trim_start().strip_prefix("curl ") else { return };
        self.called = self.called.take().or_else(|| addresses::called(command));
        let mut words = command.split_whitespace().skip_while(|word| !matches!(*word, "-X" | "--request"));
        if let Some(method) = words.nth(1).and_then(HttpMethod::from_word) {
            self.method.offer(LOOKS + 1, method);
        }
    }

    /// Takes the form of the body that a message or a command has as its header.
    pub(super) fn content_type(&mut self, sample: &str, dialect: &Dialect) {
        let lines = sample.lines().take(MOST_HEADERS).map(|line| line.trim_start_matches([' ', '-', 'H', '\'', '"']));
        let is_type = |(name, _): &(&str, &str)| name.eq_ignore_ascii_case("content-type");
        let mut values = lines.filter_map(|line| line.split_once(':')).filter(is_type);
        let value = values.next().map(|(_, value)| value.trim().trim_end_matches(['\'', '"', ' ', '\\']));
        if let Some(form) = value.and_then(|value| dialect.body(value)) {
            self.body.offer(LOOKS, form);
        }
    }

    /// Takes the form of the body from the row about the header that has it.
    pub(super) fn header(&mut self, row: &TableRow, dialect: &Dialect) {
        let mut cells = row.cells.iter().map(Cell::trimmed);
        if cells.any(|cell| cell.eq_ignore_ascii_case("content-type"))
            && let Some(form) = cells.find_map(|cell| dialect.body(cell))
        {
            self.body.offer(LABEL, form);
        }
    }

    /// Takes the form of the body that the heading of a table or the place of a field names.
    pub(super) fn placed(&mut self, form: BodyForm) {
        self.body.offer(LABEL, form);
    }
}
