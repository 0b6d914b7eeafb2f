//! Checks required marks and limits.

use core::cmp::Ordering;

use super::encoder::{Checks, Encoder};
use crate::error::Rule;
use crate::object::{Field, View};
use crate::sign::is_blank;
use crate::value::{Date, Decimal};

impl Encoder {
    /// Records a missing value if the page marks the field as required. Returns whether it did.
    pub(super) fn missing(&mut self, field: Field) -> bool {
        let is_missing = field.is_required() && self.checks == Checks::On;
        if is_missing {
            self.violation(Rule::Missing);
        }
        is_missing
    }

    /// Records a missing value if the page marks the field as required and its value is blank. Returns whether it did.
    pub(super) fn missing_text(&mut self, field: Field, view: &View<'_>) -> bool {
        text_of(view).is_some_and(is_blank) && self.missing(field)
    }

    /// Checks a value against the limits of its field.
    pub(super) fn limits(&mut self, field: Field, view: &View<'_>) {
        if self.checks == Checks::Off {
            return;
        }
        match view {
            View::Text(text) | View::Enum { value: text, .. } => self.length(field, text),
            View::Json(json) => self.length(field, json.as_str()),
            View::Integer(number) => self.range(field, |limit| integer_against(*number, limit)),
            View::Decimal(number) => self.range(field, |limit| number.to_f64()?.partial_cmp(&limit.parse().ok()?)),
            View::List(list) => self.items(field, list.count()),
            View::Date(date) => self.existing(date),
            _ => {}
        }
    }

    fn existing(&mut self, date: &Date) {
        if date.is_invalid(self.rules.date.zone) {
            self.violation(Rule::NotADate);
        }
    }

    fn length(&mut self, field: Field, text: &str) {
        let Some(max) = field.max_length() else { return };
        // A text never has more characters than bytes.
        let length = if text.len() <= max { text.len() } else { text.chars().count() };
        if length > max {
            self.violation(Rule::TooLong { max, length });
        }
    }

    fn items(&mut self, field: Field, items: usize) {
        if let Some(max) = field.max_items().filter(|max| items > *max) {
            self.violation(Rule::TooManyItems { max, items });
        }
    }

    fn range(&mut self, field: Field, against: impl Fn(&str) -> Option<Ordering>) {
        if let Some(min) = field.min().filter(|min| against(min) == Some(Ordering::Less)) {
            self.violation(Rule::TooSmall { min });
        }
        if let Some(max) = field.max().filter(|max| against(max) == Some(Ordering::Greater)) {
            self.violation(Rule::TooGreat { max });
        }
    }
}

/// Returns the text of a value that the caller writes as text.
fn text_of<'a>(view: &View<'a>) -> Option<&'a str> {
    match view {
        View::Text(text) | View::Enum { value: text, .. } => Some(text),
        View::Json(json) => Some(json.as_str()),
        View::Decimal(decimal) => Some(decimal.as_str()),
        View::Date(date) => date.as_text(),
        _ => None,
    }
}

/// Compares `number` with a limit, exactly if the limit is an integer. `None` if the limit is not a number.
#[must_use]
pub fn integer_against(number: i64, limit: &str) -> Option<Ordering> {
    let limit = Decimal::from(limit);
    if let Some(exact) = limit.to_i64() {
        return Some(number.cmp(&exact));
    }
    // If the limit has a fraction or exceeds 64 bits, rounding the number does not change the result.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    (number as f64).partial_cmp(&limit.to_f64()?)
}
