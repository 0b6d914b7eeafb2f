//! Settles the types and examples of nested fields with what the samples show, and doubts what nothing shows.

use std::collections::BTreeSet;

use crate::terms::{About, Note};
use crate::transcribe::dialect::Dialect;
use crate::transcribe::field::Field;
use crate::transcribe::sample::{self, Tree};
use crate::transcribe::types::{self, Kind, TypeCell};

/// What samples show besides the names of the fields.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shows {
    /// The elements of lists: the tables have columns for everything else.
    Elements,
    /// The examples too, but no types: what an address contains are texts.
    Examples,
    /// Examples and types.
    Types,
}

/// How the fields of one side are settled.
pub(crate) struct Settling<'a> {
    /// What the samples of the side show.
    pub(crate) tree: &'a Tree,
    /// What of it is used.
    pub(crate) shows: Shows,
    /// The words for types.
    pub(crate) dialect: &'a Dialect,
}

impl Settling<'_> {
    /// Settles the members of a node. `above` are the types of the page that contain them.
    pub(crate) fn settle(&self, fields: &mut [Field], node: Option<usize>, above: &mut Vec<String>) {
        let mut names = BTreeSet::new();
        for field in fields {
            let is_first = names.insert(field.name.clone());
            let node = node.filter(|_| is_first).and_then(|node| self.tree.child(node, &field.name));
            let types = self.field(field, node, above);
            above.push(types.base);
            self.settle(&mut field.fields, node, above);
            above.pop();
        }
    }

    fn field(&self, field: &mut Field, node: Option<usize>, above: &[String]) -> TypeCell {
        let shown = node.and_then(|node| self.tree.shown(node));
        let typed = shown.filter(|_| self.shows == Shows::Types);
        let is_leaf = field.fields.is_empty();
        if is_leaf && self.shows >= Shows::Examples {
            field.example = node.and_then(|node| self.tree.example(node));
        }
        if field.type_word.is_empty() {
            let guess = if is_leaf { "String" } else { "Object" };
            field.type_word = typed.map_or(guess, Kind::word).to_owned();
            field.doubt(About::Type, Note::ColumnEmpty);
        }
        let types = types::read(&field.type_word, self.dialect);
        if is_leaf {
            leaf(field, &types, node.map_or(&[], |node| self.tree.elements(node)), above);
        } else {
            object(field, &types, shown);
        }
        if typed.is_some_and(|shown| !agrees(&types, shown)) {
            field.doubt(About::Type, Note::SampleDisagrees);
        }
        types
    }

    /// Whether the samples show a member of a node that the table lacks. What is in a map has no rows.
    pub(crate) fn is_short(&self, fields: &[Field], node: usize) -> bool {
        let is_map = |field: &Field| {
            let types = types::read(&field.type_word, self.dialect);
            types.kind == Kind::Map && !types.is_list
        };
        self.tree.children(node).any(|child| {
            let name = self.tree.nodes.get(child).map_or("", |node| &node.name);
            let field = fields.iter().find(|field| field.name == name);
            field.is_none_or(|field| !is_map(field) && self.is_short(&field.fields, child))
        })
    }
}

/// A field without members: its type must be one that the dictionary knows, or one that contains the field.
fn leaf(field: &mut Field, types: &TypeCell, elements: &[Kind], above: &[String]) {
    match types.kind {
        Kind::Named if above.contains(&types.base) => {}
        Kind::Named => field.doubt(About::Type, Note::Ambiguous),
        Kind::Nothing | Kind::Unknown if !types.is_list => field.doubt(About::Type, Note::Ambiguous),
        Kind::List if field.items.is_some() || field.type_word.contains(['<', '[']) => {}
        Kind::List if elements.is_empty() => {
            items(field, &sample::elements(field.example.as_deref().unwrap_or_default()))
        }
        Kind::List => items(field, elements),
        _ => {}
    }
}

/// Settles what an untyped list contains: what its elements in the sample are, if they are scalars of one type.
fn items(field: &mut Field, elements: &[Kind]) {
    match elements {
        [kind] if kind.is_scalar() => field.items = Some(kind.word().to_owned()),
        [] => field.doubt(About::Type, Note::SampleMissing),
        _ => field.doubt(About::Type, Note::Ambiguous),
    }
}

/// A field with members, which cannot be a scalar.
fn object(field: &mut Field, types: &TypeCell, shown: Option<Kind>) {
    let is_scalar = types.kind.is_scalar() && !types.is_list;
    if field.type_word.eq_ignore_ascii_case("json") {
        field.type_word = "Object".to_owned();
        return field.doubt(About::Type, Note::Derived);
    }
    if is_scalar && types.word == field.type_word {
        shown.map_or("Object", Kind::word).clone_into(&mut field.type_word);
        return field.doubt(About::Type, Note::SampleDisagrees);
    }
    let is_guess = || field.fields.iter().any(|member| member.doubts.iter().any(|(about, _)| *about == About::Nesting));
    let is_doubtful = match types.kind {
        // A word that is not known may be none for a type, if nothing shows that the field has members.
        Kind::Named => !types.is_list && is_guess(),
        Kind::Nothing | Kind::Unknown => !types.is_list,
        // A type of the page may have the name of a scalar.
        _ => is_scalar,
    };
    if is_doubtful {
        field.doubt(About::Type, Note::Ambiguous);
    }
}

/// Whether a type and a sample's value go together.
fn agrees(types: &TypeCell, shown: Kind) -> bool {
    match types.kind {
        _ if types.is_list => shown == Kind::List,
        Kind::Unknown | Kind::Named | Kind::Nothing => true,
        Kind::Decimal => matches!(shown, Kind::Integer | Kind::Decimal),
        Kind::Map => shown == Kind::Object,
        kind => shown == kind,
    }
}
