//! Field tables: the name of a generated type, and the marks and limits of its fields.

use core::fmt;

/// Ends a row of a table.
const ROW_END: char = '\0';

/// Precedes each mark of a field.
const MARK: char = '\u{1}';

/// Name and fields of a generated type, in one text.
///
/// Each row of the text is a field: its wire name, then its marks, each after a U+0001, and a NUL at the end. Behind the last
/// row is the name of the type. A text costs callers nothing to compile, however many fields it describes, whereas a table of
/// structs was the dearest part of a generated type. Wire names contain no control characters: the generator rejects them.
#[derive(Copy, Clone)]
pub struct Shape(&'static str);

impl Shape {
    /// Reads the text of [`Object::table`](crate::Object::table).
    pub const fn of(table: &'static str) -> Self {
        Self(table)
    }

    /// Whether the only field takes all members of an object, as JSON: it has no name of its own.
    pub(crate) fn is_whole(self) -> bool {
        self.0.starts_with(ROW_END)
    }

    /// Whether any field is sent elsewhere than most are. Most requests have none, and finding that out is cheaper than looking
    /// at each mark.
    pub(crate) fn has_places(self) -> bool {
        self.0.contains("\u{1}Query") || self.0.contains("\u{1}Header")
    }

    /// Returns the Rust name of the type.
    pub fn name(self) -> &'static str {
        self.0.rsplit(ROW_END).next().unwrap_or_default()
    }

    /// Returns the fields in the order of the spec.
    pub fn fields(self) -> Fields {
        Fields { index: 0, rest: self.0 }
    }

    /// Whether a field is called `wire`. The field that takes all members has no name of its own.
    pub(crate) fn has(self, wire: &str) -> bool {
        self.find(wire).is_some()
    }

    /// Finds the field called `wire`, and its index.
    pub(crate) fn find(self, wire: &str) -> Option<(usize, Field)> {
        self.find_after(wire, &mut self.fields())
    }

    /// Finds the field called `wire`, and its index, searching in `next` first. `next` are then the fields after it.
    ///
    /// Members usually arrive in the order of the table, so this makes the search cheap.
    pub(crate) fn find_after(self, wire: &str, next: &mut Fields) -> Option<(usize, Field)> {
        if self.is_whole() {
            return None;
        }
        let (mut after, end) = (next.clone(), next.index);
        let found = after.find_named(wire, usize::MAX).or_else(|| {
            after = self.fields();
            after.find_named(wire, end)
        });
        if found.is_some() {
            *next = after;
        }
        found
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.name()).field("fields", &self.fields()).finish()
    }
}

/// The fields of a type in the order of the spec, or the last ones of them.
#[derive(Clone)]
pub struct Fields {
    /// Of the next field.
    index: usize,
    /// The rows that are left, and the name of the type.
    rest: &'static str,
}

impl Fields {
    /// Finds the field called `wire` before the index `end`.
    fn find_named(&mut self, wire: &str, end: usize) -> Option<(usize, Field)> {
        while self.index < end {
            // Most rows have another name: only their ends are looked up.
            if !self.is_called(wire) {
                self.take(0)?;
                continue;
            }
            let (index, field) = (self.index, self.take(wire.len())?);
            if !field.is_superseded() {
                return Some((index, field));
            }
        }
        None
    }

    /// Whether the next field has the wire name `wire`.
    fn is_called(&self, wire: &str) -> bool {
        let behind = self.rest.as_bytes().strip_prefix(wire.as_bytes());
        behind.and_then(<[u8]>::first).is_some_and(|byte| *byte <= MARK as u8)
    }

    /// Takes the next row off, whose name has `length` bytes.
    fn take(&mut self, length: usize) -> Option<Field> {
        let (wire, behind) = self.rest.split_at_checked(length)?;
        // Rows are short, so looking at each byte is faster than a search for a character.
        let row_end = behind.bytes().position(|byte| byte == ROW_END as u8)?;
        let marks = behind.get(..row_end)?;
        (self.index, self.rest) = (self.index + 1, behind.get(row_end + 1..)?);
        Some(Field { wire, marks })
    }
}

impl Iterator for Fields {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let length = self.rest.bytes().position(|byte| byte <= MARK as u8)?;
        self.take(length)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// A field: its wire name, and the marks and limits on its page.
#[derive(Copy, Clone)]
pub struct Field {
    pub(crate) wire: &'static str,
    /// The marks, each after its separator.
    marks: &'static str,
}

/// A mark or limit of a field.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Mark<'a> {
    /// The page marks the field as required.
    Required,
    /// A [`Json`](crate::Json) field that represents an object without documented members: it is always sent as a JSON
    /// value.
    Opaque,
    /// The field sends text: a [`Date`](crate::Date), [`Decimal`](crate::Decimal) or [`Json`](crate::Json) is sent as the
    /// text that it holds.
    ///
    /// The vendor's page calls the field a text, and callers use the type that it had before.
    AsText,
    /// An earlier field of the type has the same wire name: this one is sent only if that field is not set, and never
    /// filled from an answer.
    Superseded,
    /// `Debug` shows the field's value, which may then be in logs.
    Shown,
    /// The field of a request is sent in the query, whatever the others are.
    Query,
    /// The field of a request is sent as a header.
    Header,
    /// In answers, an object encloses the list; this is the name of its only member.
    // specs/top/PROTOCOL.md#list-wrapping
    List(&'a str),
    /// Text has at most this many characters.
    MaxLength(usize),
    /// A list has at most this many items.
    MaxItems(usize),
    /// The smallest number allowed, as decimal text.
    Min(&'a str),
    /// The greatest number allowed, as decimal text.
    Max(&'a str),
}

impl Field {
    /// Describes an optional field with the wire name `wire`, without limits.
    #[cfg(test)]
    pub(crate) const fn new(wire: &'static str) -> Self {
        Self { wire, marks: "" }
    }

    /// Returns the field's wire name.
    pub const fn wire(self) -> &'static str {
        self.wire
    }

    /// Whether the page marks the field as required.
    pub fn is_required(self) -> bool {
        self.has(Mark::Required)
    }

    pub(crate) fn is_opaque(self) -> bool {
        self.has(Mark::Opaque)
    }

    pub(crate) fn is_text(self) -> bool {
        self.has(Mark::AsText)
    }

    pub(crate) fn is_superseded(self) -> bool {
        self.has(Mark::Superseded)
    }

    pub(crate) fn is_shown(self) -> bool {
        self.has(Mark::Shown)
    }

    pub(crate) fn is_in_query(self) -> bool {
        self.has(Mark::Query)
    }

    pub(crate) fn is_in_header(self) -> bool {
        self.has(Mark::Header)
    }

    /// Returns the name of the only member of the object that encloses the list in answers.
    pub(crate) fn list_key(self) -> Option<&'static str> {
        self.find(|mark| if let Mark::List(key) = mark { Some(key) } else { None })
    }

    pub(crate) fn max_length(self) -> Option<usize> {
        self.find(|mark| if let Mark::MaxLength(chars) = mark { Some(chars) } else { None })
    }

    pub(crate) fn max_items(self) -> Option<usize> {
        self.find(|mark| if let Mark::MaxItems(items) = mark { Some(items) } else { None })
    }

    pub(crate) fn min(self) -> Option<&'static str> {
        self.find(|mark| if let Mark::Min(limit) = mark { Some(limit) } else { None })
    }

    pub(crate) fn max(self) -> Option<&'static str> {
        self.find(|mark| if let Mark::Max(limit) = mark { Some(limit) } else { None })
    }

    fn marks(self) -> impl Iterator<Item = Mark<'static>> {
        Texts(self.marks).filter_map(Mark::read)
    }

    /// Whether the field has `mark`, which has no value.
    fn has(self, mark: Mark<'_>) -> bool {
        Texts(self.marks).any(|text| text == mark.name())
    }

    fn find<T>(self, value: impl FnMut(Mark<'static>) -> Option<T>) -> Option<T> {
        self.marks().find_map(value)
    }
}

/// The texts of a field's marks, each after its separator.
struct Texts(&'static str);

impl Iterator for Texts {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let marks = self.0.strip_prefix(MARK)?;
        let end = marks.bytes().position(|byte| byte == MARK as u8).unwrap_or(marks.len());
        let (text, behind) = marks.split_at_checked(end)?;
        self.0 = behind;
        Some(text)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.wire).field(&self.marks().collect::<Vec<_>>()).finish()
    }
}

impl<'a> Mark<'a> {
    /// Reads a mark from a table.
    fn read(text: &'a str) -> Option<Self> {
        let (name, value) = text.split_once(' ').unwrap_or((text, ""));
        Some(match name {
            "Required" => Self::Required,
            "Opaque" => Self::Opaque,
            "AsText" => Self::AsText,
            "Superseded" => Self::Superseded,
            "Shown" => Self::Shown,
            "Query" => Self::Query,
            "Header" => Self::Header,
            "List" => Self::List(value),
            "MaxLength" => Self::MaxLength(value.parse().ok()?),
            "MaxItems" => Self::MaxItems(value.parse().ok()?),
            "Min" => Self::Min(value),
            "Max" => Self::Max(value),
            _ => return None,
        })
    }
}

impl Mark<'_> {
    /// Returns the word by which tables name the mark.
    const fn name(&self) -> &'static str {
        match self {
            Self::Required => "Required",
            Self::Opaque => "Opaque",
            Self::AsText => "AsText",
            Self::Superseded => "Superseded",
            Self::Shown => "Shown",
            Self::Query => "Query",
            Self::Header => "Header",
            Self::List(_) => "List",
            Self::MaxLength(_) => "MaxLength",
            Self::MaxItems(_) => "MaxItems",
            Self::Min(_) => "Min",
            Self::Max(_) => "Max",
        }
    }
}

/// Writes the mark as tables contain it.
impl fmt::Display for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Required
            | Self::Opaque
            | Self::AsText
            | Self::Superseded
            | Self::Shown
            | Self::Query
            | Self::Header => Ok(()),
            Self::List(value) | Self::Min(value) | Self::Max(value) => write!(f, " {value}"),
            Self::MaxLength(limit) | Self::MaxItems(limit) => write!(f, " {limit}"),
        }
    }
}

/// Returns the table of a type that is known at run time only: its name, and its fields with their marks.
#[doc(hidden)]
pub fn table<'f>(name: &str, fields: impl IntoIterator<Item = (&'f str, Vec<Mark<'f>>)>) -> String {
    let mut table = String::new();
    for (wire, marks) in fields {
        table.push_str(wire);
        marks.iter().for_each(|mark| table.extend([MARK.to_string(), mark.to_string()]));
        table.push(ROW_END);
    }
    table + name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Object;
    use crate::fixture::{All, Evolved, Item};

    #[test]
    fn a_table_made_at_run_time_is_that_of_a_generated_type() {
        let item = [
            ("id", vec![Mark::Required]),
            ("name", vec![Mark::MaxLength(4)]),
            ("flag", vec![]),
            ("child", vec![]),
            ("items", vec![Mark::List("item")]),
        ];
        assert_eq!(table("Item", item), Item::default().table());
    }

    #[test]
    fn marks_survive_the_table() {
        let marks = [
            Mark::Required,
            Mark::Opaque,
            Mark::AsText,
            Mark::Superseded,
            Mark::Shown,
            Mark::Query,
            Mark::Header,
            Mark::List("row item"),
            Mark::MaxLength(7),
            Mark::MaxItems(0),
            Mark::Min("-0.5"),
            Mark::Max("99999999999999999999"),
        ];
        for mark in marks {
            assert_eq!(Mark::read(&mark.to_string()), Some(mark));
        }
        assert_eq!((Mark::read(""), Mark::read("MaxLength x")), (None, None));
    }

    #[test]
    fn fields_are_found_by_name_wherever_the_search_begins() {
        let shape = All::default().shape();
        assert_eq!((shape.name(), shape.fields().count()), ("All", 17));
        let at = |next: &mut Fields, wire| shape.find_after(wire, next).map(|(index, field)| (index, field.wire));
        let mut next = shape.fields();
        assert_eq!(at(&mut next, "price"), Some((4, "price")));
        assert_eq!(at(&mut next, "extra"), Some((5, "extra")));
        assert_eq!(at(&mut next, "nothing"), None);
        assert_eq!(at(&mut next, "text"), Some((0, "text")));
        assert_eq!(at(&mut next, "jsons"), Some((16, "jsons")));
        assert_eq!(at(&mut next, "number"), Some((1, "number")));
        // Of two fields with one name, answers fill the first.
        assert_eq!(Evolved::default().shape().find("status").map(|(index, _)| index), Some(0));
    }
}
