//! Fields that only a sample shows, because the page has no rows for them.

use super::field::{DEEPEST, Field};
use super::sample::{Literal, Naming, Node, Tree, item_name};
use super::types::Kind;
use crate::terms::{About, Note, Required};

/// How fields are made of what a sample shows.
pub(crate) struct Sampled<'a> {
    /// What the samples show.
    pub(crate) shape: &'a Tree,
    /// What kind of samples they are.
    pub(crate) source: Source,
    /// Whether the values are examples.
    pub(crate) has_examples: bool,
    /// The required mark of each field.
    pub(crate) required: Required,
    /// What is in doubt about each field.
    pub(crate) doubts: &'a [(About, Note)],
    /// Whether a field can have a name. Members with other names make no fields.
    pub(crate) is_name: fn(&str) -> bool,
}

/// What kind of samples fields are made of.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The query of an address, whose values have no types.
    Query,
    /// JSON, whose values have types.
    Json,
    /// Code or XML that was made of the parameters, and then copied: it shows classes, has an element around each one of a list,
    /// and lacks members without an example.
    Printed,
}

/// What a node seems to be.
struct Shape {
    type_word: String,
    /// Whether the sample shows the type.
    is_sure: bool,
    /// The node of its members: itself, or its one element.
    inside: Option<usize>,
}

impl Sampled<'_> {
    /// The fields that the members of a node are. Those that are nested more deeply than a transcript can express end one level
    /// below that, so that the transcript is refused.
    pub(crate) fn fields(&self, node: usize, depth: usize) -> Vec<Field> {
        if depth > DEEPEST {
            return Vec::new();
        }
        let children = self.shape.children(node).filter_map(|at| Some((at, self.shape.nodes.get(at)?)));
        let named = children.filter(|(_, node)| self.is_unnamed(node) || (self.is_name)(&node.name));
        named.map(|(at, node)| self.field(at, node, depth)).collect()
    }

    /// Whether a node is an object of code that is never set, so that only its class names it.
    fn is_unnamed(&self, node: &Node) -> bool {
        self.shape.naming == Naming::Setter && node.name.is_empty()
    }

    fn field(&self, at: usize, node: &Node, depth: usize) -> Field {
        let shape = self.shape(at, node);
        let mut field = Field { name: self.name(node), required: self.required, ..Field::default() };
        self.doubts.iter().for_each(|(about, note)| field.doubt(*about, *note));
        let is_printed = self.source == Source::Printed;
        if is_printed && node.cut {
            // What follows may show that it is the element of a list.
            field.doubt(About::Nesting, Note::PageCut);
        }
        if is_printed && !shape.is_sure {
            field.doubt(About::Type, Note::Derived);
        }
        field.type_word = shape.type_word;
        match shape.inside {
            Some(inside) => {
                field.fields = self.fields(inside, depth + 1);
                if is_printed {
                    field.doubt(About::Nesting, Note::PageCut);
                }
            }
            None if is_printed => self.printed_example(at, &mut field),
            None if self.has_examples => field.example = self.shape.example(at),
            None => {}
        }
        field
    }

    fn name(&self, node: &Node) -> String {
        let class = || node.class.as_deref().filter(|class| !class.is_empty()).unwrap_or("Object");
        match self.shape.naming {
            Naming::Plain => node.name.clone(),
            Naming::Setter if node.name.is_empty() => item_name(class()),
            Naming::Setter => item_name(&node.name),
        }
    }

    /// Takes the value of a printed sample. Copies set operators apart, also those within a value.
    fn printed_example(&self, at: usize, field: &mut Field) {
        let is_list = field.type_word.ends_with("[]");
        let value = self.shape.value(at, is_list).into_owned();
        let (Literal::Text(text) | Literal::Opaque(text)) = value else { return };
        let has_operator = text.contains(" =") || text.contains("= ");
        if text.is_empty() || text.contains(['"', ',']) || has_operator || is_list {
            field.doubt(About::Example, Note::Derived);
        }
        field.example = Some(text).filter(|text| !text.is_empty());
    }

    fn shape(&self, at: usize, node: &Node) -> Shape {
        let inside = Some(at).filter(|_| self.shape.has_children(at));
        match (&node.type_word, self.source) {
            (Some(word), _) => {
                let inside = Some(at).filter(|_| node.literal == Literal::None);
                Shape { type_word: word.clone(), is_sure: true, inside }
            }
            (None, Source::Printed) => self.printed_shape(at, inside),
            (None, _) => Shape { type_word: self.type_word(at, inside.is_some()), is_sure: false, inside },
        }
    }

    /// What a node of XML seems to be, by its elements.
    fn printed_shape(&self, at: usize, inside: Option<usize>) -> Shape {
        let children: Vec<usize> = self.shape.children(at).collect();
        let only = match children.as_slice() {
            [only] if self.shape.has_children(*only) => self.shape.nodes.get(*only).map(|child| (*only, child)),
            _ => None,
        };
        let (type_word, inside) = match (only, inside) {
            (Some((only, child)), _) => (format!("{}[]", class(&child.name)), Some(only)),
            (None, None) => ("String".to_owned(), None),
            (None, inside) => self.scalar_items(&children).map_or(("Object".to_owned(), inside), |word| (word, None)),
        };
        Shape { type_word, is_sure: false, inside }
    }

    /// The type of a list whose elements are named by a scalar type.
    fn scalar_items(&self, children: &[usize]) -> Option<String> {
        let mut names = children.iter().filter_map(|at| self.shape.nodes.get(*at)).map(|node| node.name.as_str());
        let first = names.next()?;
        let is_scalar = matches!(first, "string" | "number" | "boolean" | "date" | "json");
        (is_scalar && names.all(|name| name == first)).then(|| format!("{}[]", class(first)))
    }

    /// The type word for what a node of JSON shows.
    pub(crate) fn type_word(&self, node: usize, has_members: bool) -> String {
        let shown = self.shape.shown(node).filter(|_| self.source == Source::Json);
        match (shown, self.shape.elements(node)) {
            (Some(Kind::List), [only]) if only.is_scalar() => format!("{}[]", only.word()),
            (Some(Kind::List), _) if has_members => "Object[]".to_owned(),
            (Some(Kind::List), _) => "Array".to_owned(),
            _ if has_members => "Object".to_owned(),
            (Some(kind), _) if kind.is_scalar() || kind == Kind::Object => kind.word().to_owned(),
            _ => "String".to_owned(),
        }
    }
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
