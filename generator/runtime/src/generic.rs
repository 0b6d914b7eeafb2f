//! Shared implementations of `Clone`, `Debug` and `PartialEq`, which generated types call instead of deriving the traits.

use core::fmt::{self, Debug};
use std::borrow::Cow;

use crate::object::{List, Object, Shape, Value, View};
use crate::show;
use crate::value::{Map, MapValue};

/// Whether two objects of one type are equal. A generated `PartialEq` calls this.
pub fn equal<T: Object + ?Sized>(one: &T, other: &T) -> bool {
    equal_fields(&one.fields(), &other.fields())
}

fn equal_fields(one: &[&dyn Value], other: &[&dyn Value]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal_values(&one.view(), &other.view()))
}

/// Returns a copy of an object. A generated `Clone` calls this.
pub fn cloned<T: Object + Default>(object: &T) -> T {
    let mut copy = T::default();
    copy_fields(&mut copy, object);
    copy
}

fn copy_fields(to: &mut dyn Object, from: &dyn Object) {
    for (to, from) in to.fields_mut().into_iter().zip(from.fields()) {
        to.copy(from);
    }
}

fn equal_values(one: &View<'_>, other: &View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Text(one), View::Text(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Date(one), View::Date(other)) => one == other,
        (View::Decimal(one), View::Decimal(other)) => one == other,
        (View::Json(one), View::Json(other)) => one == other,
        (View::Map(one), View::Map(other)) => one == other,
        (View::File(one), View::File(other)) => one == other,
        (View::Enum { value: one, .. }, View::Enum { value: other, .. }) => one == other,
        (View::Object(one), View::Object(other)) => equal(*one, *other),
        (View::List(one), View::List(other)) => equal_lists(*one, *other),
        _ => false,
    }
}

fn equal_lists(one: &dyn List, other: &dyn List) -> bool {
    let count = one.count();
    count == other.count() && (0..count).all(|index| equal_values(&one.item(index), &other.item(index)))
}

/// Shows the type's name and the fields that are set. A generated `Debug` calls this.
///
/// Requests and answers carry personal data, so only booleans, the variants of enums and the lengths of lists are shown;
/// for other values, only the kind and the length are shown. A field whose spec has the mark `log: show` shows its value.
/// The feature `debug-values` shows everything.
///
/// # Errors
///
/// The formatter's errors.
pub fn debug<T: Object + ?Sized>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_fields(object.shape(), &object.fields(), f)
}

fn debug_fields(shape: Shape, values: &[&dyn Value], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(shape.name());
    for (field, value) in shape.fields().zip(values) {
        match value.view() {
            View::Absent => {}
            view => drop(shown.field(field.wire(), &Shown { view, is_marked: field.is_shown() })),
        }
    }
    shown.finish()
}

struct Shown<'a> {
    view: View<'a>,
    /// Whether the field is marked to be shown.
    is_marked: bool,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_marked && !cfg!(feature = "debug-values") { self.value(f) } else { self.outline(f) }
    }
}

impl Shown<'_> {
    /// Shows the value itself, cut.
    fn value(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.view {
            View::Text(text) | View::Enum { value: text, listed: false, .. } => show::quoted(f, text),
            View::Integer(number) => number.fmt(f),
            View::Date(date) => show::quoted(f, &date.to_string()),
            View::Decimal(decimal) => show::quoted(f, decimal.as_str()),
            View::Json(json) => show::quoted(f, json.as_str()),
            View::Map(map) => marked_map(map, f),
            View::List(list) => marked_list(*list, f),
            _ => self.outline(f),
        }
    }

    /// Shows kinds and lengths, or everything with the feature `debug-values`.
    fn outline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.view {
            View::Absent => f.write_str("None"),
            View::Text(text) => show::text(f, "String", text),
            View::Integer(number) => show::integer(f, *number),
            View::Boolean(value) => value.fmt(f),
            View::Date(date) => date.fmt(f),
            View::Decimal(decimal) => decimal.fmt(f),
            View::Json(json) => json.fmt(f),
            View::Map(map) => map.fmt(f),
            View::File(file) => file.fmt(f),
            View::Enum { variant, listed: true, .. } => variant.fmt(f),
            View::Enum { value, .. } => show::text(f, "Unlisted", value),
            View::Object(object) => debug(*object, f),
            View::List(list) if cfg!(feature = "debug-values") => {
                f.debug_list().entries(items(*list, list.count(), self.is_marked)).finish()
            }
            View::List(list) => show::count(f, "List", list.count(), "items"),
        }
    }
}

fn items(list: &dyn List, count: usize, is_marked: bool) -> impl Iterator<Item = Shown<'_>> {
    (0..count).map(move |index| Shown { view: list.item(index), is_marked })
}

fn marked_list(list: &dyn List, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shown = list.count().min(show::MAX_ITEMS);
    let mut out = f.debug_list();
    out.entries(items(list, shown, true));
    if list.count() > shown { out.finish_non_exhaustive() } else { out.finish() }
}

fn marked_map(map: &Map, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_map();
    for (key, value) in map.iter().take(show::MAX_ITEMS) {
        out.entry(&Marked(key), &Marked(&value_text(value)));
    }
    if map.len() > show::MAX_ITEMS { out.finish_non_exhaustive() } else { out.finish() }
}

/// Text that is shown.
struct Marked<'a>(&'a str);

impl fmt::Debug for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::quoted(f, self.0)
    }
}

fn value_text(value: &MapValue) -> Cow<'_, str> {
    match value {
        MapValue::Null => "null".into(),
        MapValue::Bool(value) => value.to_string().into(),
        MapValue::Number(number) => number.as_str().into(),
        MapValue::Text(text) => text.into(),
        MapValue::Json(json) => json.as_str().into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{All, Item, Marked};
    use crate::{File, from_json, to_json};

    fn full() -> All {
        let json = r#"{"text":"secret text","number":18717866218,"yes":true,"when":"2024","price":"1.5","extra":"{oops",
            "opaque":"[1]","map":{"k":"v"},"gender":1,"channel":"FAX","item":{"id":1,"child":{"id":2}},
            "names":["a","b"],"items":[{"id":3}],"rows":[[1]]}"#;
        from_json(json).expect("a fixture").0
    }

    #[test]
    fn copies_are_equal_and_changes_are_seen() {
        let all = full();
        let mut copy = all.clone();
        assert!(copy == all);
        copy.items = Some(vec![Item::default()]);
        assert!(copy != all);
        copy.items = all.items.clone();
        copy.item = None;
        assert!(copy != all);
    }

    #[test]
    #[cfg(not(feature = "debug-values"))]
    fn debug_shows_kinds_and_lengths() {
        let shown = format!("{:?}", full());
        let expected = "All { text: String(11 chars), number: Integer(11 digits), yes: true, when: Date(4 chars), \
            price: Decimal(3 chars), extra: Json(5 chars), opaque: Json(3 chars), map: Map(1 entries), gender: Male, \
            channel: Unlisted(3 chars), item: Item { id: Integer(1 digits), child: Item { id: Integer(1 digits) } }, \
            names: List(2 items), items: List(1 items), rows: List(1 items) }";
        assert_eq!(shown, expected);
        assert_eq!(
            format!("{:?}", (crate::Map::from([("k", "v".into())]), File::new("n", [1]))),
            "(Map(1 entries), File(1 bytes))"
        );
    }

    #[test]
    #[cfg(not(feature = "debug-values"))]
    fn a_marked_field_shows_its_value_and_the_others_do_not() {
        let json = r#"{"text":"order\n1","hidden":"secret","number":-5,"when":"2024-03-12","price":"1.50","extra":"[1]",
            "map":{"k":"v","n":1,"b":true,"z":null},"channel":"FAX","names":["a","b"]}"#;
        let marked: Marked = from_json(json).expect("a fixture").0;
        let expected = "Marked { text: \"order\\n1\", hidden: String(6 chars), number: -5, when: \"2024-03-12\", \
            price: \"1.50\", extra: \"[1]\", map: {\"k\": \"v\", \"n\": \"1\", \"b\": \"true\", \"z\": \"null\"}, \
            channel: \"FAX\", names: [\"a\", \"b\"] }";
        assert_eq!(format!("{marked:?}"), expected);
        let long = Marked {
            text: Some("x".repeat(100_000)),
            map: Some((0..1_000).map(|index| (index.to_string(), "y".repeat(1_000).into())).collect::<Vec<_>>().into()),
            names: Some(vec!["z".repeat(1_000); 1_000]),
            ..Marked::default()
        };
        let shown = format!("{long:?}");
        assert!(shown.len() < 20_000 && shown.contains("…(100000 chars)"), "{}", shown.len());
    }

    #[test]
    #[cfg(feature = "debug-values")]
    fn debug_shows_values() {
        let shown = format!("{:?}", full());
        assert!(
            shown.contains("secret text") && shown.contains("18717866218") && shown.contains("[String(\"a\")"),
            "{shown}"
        );
        let marked = Marked { text: Some("x".repeat(300)), ..Marked::default() };
        assert_eq!(format!("{marked:?}"), format!("Marked {{ text: String({:?}) }}", "x".repeat(300)));
    }

    #[test]
    fn a_dump_is_what_serde_writes_and_reads() {
        let all = full();
        let json = to_json(&all);
        assert_eq!(serde_json::to_string(&all).expect("any object"), json);
        assert!(serde_json::from_str::<All>(&json).expect("our own text") == all);
        assert!(serde_json::from_str::<All>("[]").is_err());
    }

    #[test]
    fn files_survive_a_dump() {
        let call = crate::fixture::FormCall { file: Some(File::new("a.png", [0, 255])), ..Default::default() };
        let json = to_json(&call);
        assert_eq!(json, r#"{"file":{"name":"a.png","content_type":"application/octet-stream","base64":"AP8="}}"#);
        assert!(from_json::<crate::fixture::FormCall>(&json).expect("our own text").0 == call);
    }
}
