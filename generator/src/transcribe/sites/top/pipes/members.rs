//! The members of an object whose rows are gone, as its sample shows them.

use crate::terms::{About, Note, Required};
use crate::transcribe::field::{DEEPEST, Field};
use crate::transcribe::row::Side;
use crate::transcribe::sample::{Literal, Naming, Node, Tree, item_name};

/// The side that a sample belongs to.
fn side(sample: &Tree) -> Side {
    if sample.naming == Naming::Setter { Side::Request } else { Side::Response }
}

/// The fields that the children of a node are; nothing if they are nested too deep.
pub(super) fn fields(sample: &Tree, node: usize, depth: usize) -> Option<Vec<Field>> {
    if depth >= DEEPEST {
        return None;
    }
    let mut fields: Vec<Field> = Vec::new();
    for at in sample.children(node) {
        if let Some(node) = sample.nodes.get(at) {
            fields.push(field(sample, at, node, depth)?);
        }
    }
    Some(fields)
}

fn field(sample: &Tree, at: usize, node: &Node, depth: usize) -> Option<Field> {
    let mut field = Field::default();
    match side(sample) {
        Side::Request => {
            // What is never set has no name but its class.
            let class = node.class.as_deref().filter(|class| !class.is_empty()).unwrap_or("Object");
            field.name = item_name(if node.name.is_empty() { class } else { &node.name });
            field.doubt(About::Name, Note::Derived);
            field.required = Required::Unknown;
            field.doubt(About::Required, Note::PageCut);
        }
        Side::Response => field.name.clone_from(&node.name),
    }
    let shape = Shape::of(sample, at, node);
    field.doubt(About::Description, Note::PageCut);
    if node.cut {
        // What follows may show that it is the element of a list.
        field.doubt(About::Nesting, Note::PageCut);
    }
    if !shape.settled {
        field.doubt(About::Type, Note::Derived);
    }
    field.type_word = shape.type_word;
    match shape.inside {
        Some(holder) => {
            field.fields = fields(sample, holder, depth + 1)?;
            // A member without an example has no line in the sample, and one with an address has lost it.
            field.doubt(About::Nesting, Note::PageCut);
        }
        None => {
            let value = sample.value(at, field.type_word.ends_with("[]"));
            if let Literal::Text(text) | Literal::Opaque(text) = value {
                // Copies set operators apart, also those within a value.
                let has_operator = text.contains(" =") || text.contains("= ");
                let is_plain = !text.contains(['"', ',']) && !has_operator && !field.type_word.ends_with("[]");
                if text.is_empty() || !is_plain {
                    field.doubt(About::Example, Note::Derived);
                }
                field.example = Some(text).filter(|text| !text.is_empty());
            }
        }
    }
    Some(field)
}

/// What a node seems to be.
struct Shape {
    type_word: String,
    settled: bool,
    /// The node of its members: itself, or its one element.
    inside: Option<usize>,
}

impl Shape {
    fn of(sample: &Tree, at: usize, node: &Node) -> Self {
        let has_members = sample.has_children(at);
        if let Some(word) = &node.type_word {
            let is_object = node.literal == Literal::None;
            return Self { type_word: word.clone(), settled: true, inside: is_object.then_some(at) };
        }
        let children: Vec<usize> = sample.children(at).collect();
        let only = match children.as_slice() {
            [only] => sample.nodes.get(*only).map(|child| (*only, child)),
            _ => None,
        };
        let plain = |word: &str, inside| Self { type_word: word.to_owned(), settled: false, inside };
        match only {
            _ if !has_members => plain("String", None),
            Some((only, child)) if sample.has_children(only) => {
                plain(&format!("{}[]", class(&child.name)), Some(at + 1))
            }
            _ => match scalar_items(sample, &children) {
                Some(word) => plain(word, None),
                None => plain("Object", Some(at)),
            },
        }
    }
}

/// The type of a list whose elements are named by a scalar type.
fn scalar_items(sample: &Tree, children: &[usize]) -> Option<&'static str> {
    let mut names = children.iter().filter_map(|at| sample.nodes.get(*at)).map(|node| node.name.as_str());
    let first = names.next()?;
    let word = match first {
        "string" => "String[]",
        "number" => "Number[]",
        "boolean" => "Boolean[]",
        "date" => "Date[]",
        "json" => "Json[]",
        _ => return None,
    };
    names.all(|name| name == first).then_some(word)
}

/// `shelf_d_t_o` → `ShelfDTO`
fn class(name: &str) -> String {
    let mut word = String::with_capacity(name.len());
    for segment in name.split('_') {
        let mut signs = segment.chars();
        word.extend(signs.next().into_iter().flat_map(char::to_uppercase));
        word.push_str(signs.as_str());
    }
    word
}
