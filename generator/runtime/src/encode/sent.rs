//! Which values the fields of an object send.

use crate::object::{Field, Fields, Object, Value, View};

/// The fields of an object with the values that they send.
pub(super) struct Sent<'a> {
    fields: Fields,
    values: Vec<&'a dyn Value>,
}

impl<'a> Sent<'a> {
    pub(super) fn of(object: &'a dyn Object) -> Self {
        Self { fields: object.shape().fields(), values: object.fields() }
    }

    /// Returns each field with its index and the value that it sends.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, Field, View<'a>)> {
        self.fields.clone().enumerate().map(|(index, field)| (index, field, self.value(index, field)))
    }

    /// A superseded field sends nothing if the field before it is set.
    fn value(&self, index: usize, field: Field) -> View<'a> {
        let mut earlier = self.fields.clone().take(index).enumerate().filter(|(_, other)| other.wire == field.wire);
        let is_set = |other: usize| !matches!(self.view(other), View::Absent);
        let is_replaced = field.is_superseded() && earlier.any(|(other, _)| is_set(other));
        if is_replaced { View::Absent } else { self.view(index) }
    }

    fn view(&self, index: usize) -> View<'a> {
        self.values.get(index).map_or(View::Absent, |value| value.view())
    }
}

/// Converts a value to the form that the field sends: some fields send text, whatever type callers use.
pub(super) fn form<'a>(field: Field, view: &View<'a>) -> View<'a> {
    match *view {
        View::Date(date) if field.is_text() => date.as_text().map_or(*view, View::Text),
        View::Decimal(decimal) if field.is_text() => View::Text(decimal.as_str()),
        View::Json(json) if field.is_text() => View::Text(json.as_str()),
        other => other,
    }
}
