//! Names of struct fields, which are also the names of their setters.

use std::collections::BTreeSet;

use super::scope::{FIX_FIELD, Scope};
use super::{Identifier, KeptName, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Arity, Field, Item};

/// Names of the fields of one struct, in their order.
#[derive(Debug)]
pub struct FieldNames(pub Vec<Identifier>);

/// Names the fields of one struct around the names that some of them keep.
pub(super) fn names(fields: &[Field], kept: &[Option<KeptName>], diagnostics: &mut Diagnostics) -> FieldNames {
    let kept_name = |index: usize| kept.get(index).and_then(Option::as_ref);
    let all_kept: BTreeSet<&str> = kept.iter().flatten().map(|(name, _)| name.as_str()).collect();
    let spelled = tell_apart(fields, &|index| kept_name(index).is_some());
    let mut scope = Scope::new(FIX_FIELD);
    let mut names = Vec::new();
    for (index, (field, own)) in fields.iter().zip(spelled).enumerate() {
        let name = name((field, own), kept_name(index), &|name| all_kept.contains(name), diagnostics);
        scope.claim(&name, &field.wire, field.origin.place(), diagnostics);
        names.push(name);
    }
    FieldNames(names)
}

/// The fields' own names. Where the wire names of several differ in their spelling only (`user_id`, `userId`), the one that is
/// spelled like the Rust name has it, and the others say how they are spelled: `user_id_camel`. Rows may change their order.
fn tell_apart(fields: &[Field], is_kept: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut names: Vec<String> =
        fields.iter().map(|field| reserved::escape_member(words::snake(&field.wire))).collect();
    let is_fresh = |index: &usize| !is_kept(*index) && fields[*index].rust_name.is_none();
    let mut order: Vec<usize> = (0..fields.len()).filter(is_fresh).collect();
    order.sort_by_key(|index| {
        let wire = &fields[*index].wire;
        (*wire != names[*index], Spelling::of(wire), wire)
    });
    let mut given: BTreeSet<String> = BTreeSet::new();
    for index in order {
        let own = &mut names[index];
        if !own.is_empty()
            && given.contains(own)
            && let Some(spelling) = Spelling::of(&fields[index].wire)
        {
            // What escapes a keyword is not needed any more.
            *own = format!("{}_{}", own.trim_end_matches('_'), spelling.word());
        }
        given.insert(own.clone());
    }
    names
}

/// How a wire name separates its words.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    /// `userId`
    Camel,
    /// `UserId`
    Pascal,
    /// `userID`, `USER_ID`
    Upper,
    /// `user-id`
    Kebab,
    /// `user.id`
    Dotted,
    /// `_user_id`
    Underscore,
}

impl Spelling {
    fn of(wire: &str) -> Option<Self> {
        let is_upper = |c: char| c.is_ascii_uppercase();
        let upper_twice = wire.chars().zip(wire.chars().skip(1)).any(|(c, next)| is_upper(c) && is_upper(next));
        match wire {
            _ if wire.contains('.') => Some(Self::Dotted),
            _ if wire.contains('-') => Some(Self::Kebab),
            _ if upper_twice => Some(Self::Upper),
            _ if wire.starts_with(is_upper) => Some(Self::Pascal),
            _ if wire.contains(is_upper) => Some(Self::Camel),
            _ if wire.starts_with('_') => Some(Self::Underscore),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Camel => "camel",
            Self::Pascal => "pascal",
            Self::Upper => "upper",
            Self::Kebab => "kebab",
            Self::Dotted => "dotted",
            Self::Underscore => "underscore",
        }
    }
}

/// The name that a fix asks for, else the kept one, else the field's own.
fn name(
    (field, own): (&Field, String),
    kept: Option<&KeptName>,
    is_kept: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Identifier {
    let Some((wanted, place)) = field.rust_name.as_ref().or(kept) else {
        let free = qualified(words::lead(own), field, is_kept);
        return Identifier::or_report(free, &field.wire, field.origin.place(), diagnostics);
    };
    if field.rust_name.is_some() && *wanted == own {
        let what = format!("`{}`", field.wire);
        diagnostics.push(useless(&what, &own, place, "rust_name", kept));
    }
    let usable = Identifier::new(wanted).filter(|name| reserved::escape_member(name.to_string()) == *wanted);
    usable.unwrap_or_else(|| {
        diagnostics.push(Diagnostic::new(
            Code::UnusableName,
            place.clone(),
            format!("`{wanted}` cannot be the name of a field"),
        ));
        Identifier::or_report(own, &field.wire, field.origin.place(), diagnostics)
    })
}

/// The name, followed by the field's type where another field keeps the name: `status_integer`.
fn qualified(own: String, field: &Field, is_kept: &dyn Fn(&str) -> bool) -> String {
    if !is_kept(&own) {
        return own;
    }
    let list = if field.arity == Arity::Many { "_list" } else { "" };
    let mut name = format!("{own}_{}{list}", type_word(field.item));
    while is_kept(&name) {
        name.push('_');
    }
    name
}

fn type_word(item: Item) -> &'static str {
    match item {
        Item::Text => "text",
        Item::Integer => "integer",
        Item::Decimal => "decimal",
        Item::Boolean => "boolean",
        Item::Date => "date",
        Item::Json | Item::Opaque => "json",
        Item::Map => "map",
        Item::File => "file",
        Item::Enum(_) => "value",
        Item::Object(_) => "object",
    }
}
