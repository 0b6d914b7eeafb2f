//! Which value a field sends.

use crate::object::{Field, Object, View};

/// Returns the value that the field at `index` sends. A superseded field sends nothing if the field before it is set.
pub(super) fn value(object: &dyn Object, index: usize) -> View<'_> {
    let fields = object.shape().fields();
    let (Some(field), view) = (fields.get(index), view(object, index)) else { return View::Absent };
    if !field.superseded {
        return view;
    }
    let is_set = |other: usize| !matches!(self::view(object, other), View::Absent);
    let mut earlier = fields.iter().take(index).enumerate().filter(|(_, other)| other.wire == field.wire);
    if earlier.any(|(other, _)| is_set(other)) { View::Absent } else { view }
}

fn view(object: &dyn Object, index: usize) -> View<'_> {
    object.field(index).map_or(View::Absent, |value| value.view())
}

/// Converts a value to the form that the field sends: some fields send text, whatever type callers use.
pub(super) fn form<'a>(field: &Field, view: &View<'a>) -> View<'a> {
    match *view {
        View::Date(date) if field.as_text => date.as_text().map_or(*view, View::Text),
        View::Decimal(decimal) if field.as_text => View::Text(decimal.as_str()),
        View::Json(json) if field.as_text => View::Text(json.as_str()),
        other => other,
    }
}
