//! Reads the JSON of a request strictly: whatever the tolerant decoder would change or drop is a problem with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use apograph_runtime::{self as rt, Branch, CoercionKind, Tree, Wire};

use super::record::Record;
use super::shape::{Layout, Type, Types, ValueSet};
use crate::model::Item;

/// A request that was read, and what was found.
#[derive(Debug)]
pub struct Body {
    /// The request. Members with a problem may be absent.
    pub record: Record,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
    /// Offset of each value by its wire path.
    places: BTreeMap<String, usize>,
    /// Paths of the problems that are errors.
    errors: BTreeSet<String>,
}

/// Something that is wrong with a member.
#[derive(Debug)]
pub struct Problem {
    /// Offset in the text.
    pub offset: usize,
    /// Wire path of the member; empty for the whole request.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a member. Contains no values of the request.
#[derive(Debug)]
pub enum Fault {
    /// The object has no such field.
    Unknown {
        /// The member's name.
        name: String,
        /// Names of the object's fields.
        known: Vec<&'static str>,
    },
    /// The member occurs twice.
    Duplicate,
    /// The value has the wrong type.
    Type {
        /// What the field is.
        expected: &'static str,
        /// What the value is.
        found: &'static str,
    },
    /// The spec does not list the value. It can be sent nevertheless.
    Unlisted,
    /// The decoder would change or drop the value.
    Coerced(CoercionKind),
    /// The value would take too much memory.
    TooLarge,
}

impl Fault {
    /// Whether the request can be sent nevertheless.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::Unlisted)
    }
}

impl Body {
    /// Reads valid JSON.
    pub(super) fn read(json: &str, types: &'static Types) -> Self {
        let mut reader = Reader {
            json,
            types,
            path: String::new(),
            problems: Vec::new(),
            places: BTreeMap::from([(String::new(), 0)]),
        };
        reader.object(types.root(), &Tree::of_valid(json));
        let Reader { mut problems, places, .. } = reader;
        let mut record = Record::root(types);
        let has_errors = problems.iter().any(|problem| !problem.fault.is_warning());
        match rt::load(json, &mut record) {
            // Whatever the reader has reported, the decoder has counted as well.
            Ok(coercions) if !has_errors => {
                let others = coercions.iter().filter(|coercion| coercion.kind() != CoercionKind::UnlistedValue);
                problems.extend(others.map(|coercion| {
                    let place = places.iter().find(|(path, _)| any_item(path) == coercion.path());
                    let (path, offset) = place.map_or((coercion.path(), 0), |(path, offset)| (path, *offset));
                    Problem { offset, path: path.to_owned(), fault: Fault::Coerced(coercion.kind()) }
                }));
            }
            Err(_) if !has_errors => {
                problems.push(Problem { offset: 0, path: String::new(), fault: Fault::TooLarge });
            }
            _ => {}
        }
        let errors = problems.iter().filter(|problem| !problem.fault.is_warning());
        let errors = errors.map(|problem| problem.path.clone()).collect();
        Self { record, problems, places, errors }
    }

    /// Returns the offset of the value at a wire path, or of the nearest value around it.
    #[must_use]
    pub fn offset(&self, path: &str) -> usize {
        around(path).find_map(|path| self.places.get(path).copied()).unwrap_or_default()
    }

    /// Whether the request cannot be sent as it is.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether an error was found at this path or around it.
    #[must_use]
    pub fn has_error_at(&self, path: &str) -> bool {
        around(path).any(|path| self.errors.contains(path))
    }
}

/// Iterates over a path and the paths of the values around it, up to the empty one of the whole request.
fn around(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        let end = path.rfind(['.', '[']).unwrap_or(0);
        path.get(..end).filter(|_| !path.is_empty())
    })
}

/// Replaces the indexes of a path by `[]`, as coercions name all items of a list together.
fn any_item(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut is_index = false;
    for char in path.chars() {
        is_index &= char.is_ascii_digit();
        if !is_index {
            text.push(char);
        }
        is_index |= char == '[';
    }
    text
}

struct Reader<'a> {
    json: &'a str,
    types: &'static Types,
    path: String,
    problems: Vec<Problem>,
    places: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Returns the offset of a part of the text.
    fn offset_of(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.json.as_ptr() as usize)
    }

    fn problem(&mut self, offset: usize, fault: Fault) {
        self.problems.push(Problem { offset, path: self.path.clone(), fault });
    }

    fn mismatch(&mut self, expected: &'static str, value: &Tree<'_>) {
        let fault = Fault::Type { expected, found: word(&value.branch()) };
        self.problem(self.offset_of(value.as_str()), fault);
    }

    fn object(&mut self, layout: &'static Layout, value: &Tree<'_>) {
        let Branch::Members(members) = value.branch() else { return self.mismatch("an object", value) };
        let mut seen = BTreeSet::new();
        let mut before = self.offset_of(value.as_str()) + 1;
        for (name, value) in &members {
            // Between two members there are only white space and a comma.
            let quote = self.json.get(before..).and_then(|rest| rest.find('"')).unwrap_or(0);
            let at = before + quote;
            before = self.offset_of(value.as_str()) + value.as_str().len();
            let length = self.path.len();
            let dot = if length == 0 { "" } else { "." };
            // Writing to a string cannot fail.
            let _ = write!(self.path, "{dot}{name}");
            self.member(layout, name, at, value, !seen.insert(name));
            self.path.truncate(length);
        }
    }

    fn member(&mut self, layout: &'static Layout, name: &str, at: usize, value: &Tree<'_>, is_repeated: bool) {
        self.places.insert(self.path.clone(), at);
        let fields = rt::Shape::of(layout.table).fields();
        // Of two fields with one name, the first is filled.
        let of = fields.clone().position(|field| field.wire() == name).and_then(|index| layout.fields.get(index));
        match of {
            _ if is_repeated => self.problem(at, Fault::Duplicate),
            None => {
                let known = fields.map(rt::Field::wire).collect();
                self.problem(at, Fault::Unknown { name: name.to_owned(), known });
            }
            Some(_) if matches!(value.branch(), Branch::Null) => {}
            Some(of) => self.value(*of, value),
        }
    }

    fn value(&mut self, of: Type, value: &Tree<'_>) {
        if !of.is_list {
            return self.item(of.item, value);
        }
        let Branch::Items(items) = value.branch() else { return self.mismatch("a list", value) };
        for (index, item) in items.iter().enumerate() {
            let length = self.path.len();
            // Writing to a string cannot fail.
            let _ = write!(self.path, "[{index}]");
            self.places.insert(self.path.clone(), self.offset_of(item.as_str()));
            self.item(of.item, item);
            self.path.truncate(length);
        }
    }

    fn item(&mut self, item: Item, value: &Tree<'_>) {
        let branch = value.branch();
        let (expected, fits) = match (item, &branch) {
            (Item::Object(id), _) => return self.object(self.types.object(id), value),
            (Item::Enum(id), _) => return self.choice(self.types.set(id), value),
            (Item::Text, branch) => ("a text", matches!(branch, Branch::Text(_))),
            (Item::Boolean, branch) => ("`true` or `false`", matches!(branch, Branch::Boolean(_))),
            (Item::Date, branch) => ("a date as text", matches!(branch, Branch::Text(_))),
            (Item::Integer, branch) => ("an integer of at most 64 bits", is_integer(branch)),
            (Item::Decimal, branch) => ("a number", matches!(branch, Branch::Text(_) | Branch::Number(_))),
            (Item::Map, branch) => ("an object", matches!(branch, Branch::Members(_))),
            (Item::File, branch) => {
                ("an object with `name`, `content_type` and `base64`", matches!(branch, Branch::Members(_)))
            }
            (Item::Json | Item::Opaque, branch) => ("a JSON value", !matches!(branch, Branch::Null)),
        };
        if !fits {
            self.mismatch(expected, value);
        }
    }

    fn choice(&mut self, set: &'static ValueSet, value: &Tree<'_>) {
        let is_listed = match (set.wire, value.branch()) {
            (Wire::Text, Branch::Text(text)) => set.find(&text).is_ok(),
            (Wire::Number, Branch::Number(text)) => set.find(text).is_ok(),
            (Wire::Text, _) => return self.mismatch("a text", value),
            (Wire::Number, _) => return self.mismatch("a number", value),
        };
        if !is_listed {
            self.problem(self.offset_of(value.as_str()), Fault::Unlisted);
        }
    }
}

fn is_integer(branch: &Branch<'_>) -> bool {
    matches!(branch, Branch::Number(text) if text.parse::<i64>().is_ok())
}

/// Names the type of a value.
fn word(branch: &Branch<'_>) -> &'static str {
    match branch {
        Branch::Null => "`null`",
        Branch::Boolean(_) => "a boolean",
        Branch::Number(_) => "a number",
        Branch::Text(_) => "a text",
        Branch::Items(_) => "a list",
        Branch::Members(_) => "an object",
    }
}
