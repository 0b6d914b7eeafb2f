//! Names of nested types: objects and enums of one endpoint, which share its module.
//!
//! A type keeps the vendor's name in Rust case. Where that does not tell it apart it is prefixed by as many steps of
//! its field path as are needed, never by a counter, so that a name changes only when that path does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Identifier, identifier, reserved, useless, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Enum, EnumValue, Object, Side, SideName};
use crate::source::Place;

/// Names of one enum.
#[derive(Debug)]
pub struct EnumNames {
    /// The type.
    pub name: Identifier,
    /// Its documented variants, in their order.
    pub variants: Vec<Identifier>,
}

/// The variant that holds what the page does not list.
const UNKNOWN: &str = "Unknown";

/// What a type of the response has behind its name where the request has a type of that name.
const IN_RESPONSE: &str = "InResponse";

/// The type names given out in one endpoint's module.
pub(super) struct TypeNames {
    endpoint: String,
    /// Names that the lock keeps on either side: no new type gets one.
    locked: BTreeSet<String>,
    taken: BTreeSet<String>,
    on_request_side: BTreeSet<String>,
}

/// A nested type that waits for its name.
struct Unnamed<'a> {
    /// The vendor's name in Rust case; empty where there is none.
    base: String,
    path: &'a [String],
    wanted: Option<&'a (String, Place)>,
    locked: Option<&'a (String, Place)>,
    origin: &'a Place,
}

impl TypeNames {
    /// A scope in which only the endpoint's own two types are taken, and what the lock keeps for its sides.
    pub(super) fn new(request: &Identifier, response: &Identifier, sides: [&Side; 2]) -> Self {
        let objects = sides.iter().flat_map(|side| &side.objects).filter_map(|object| object.locked.as_ref());
        let enums = sides.iter().flat_map(|side| &side.enums).filter_map(|set| set.locked.as_ref());
        Self {
            endpoint: request.to_string(),
            locked: objects.chain(enums).map(|(name, _)| name.clone()).collect(),
            taken: BTreeSet::from([request.to_string(), response.to_string()]),
            on_request_side: BTreeSet::new(),
        }
    }

    /// Names the objects and enums of one side; the request's must come first.
    pub(super) fn assign(&mut self, side: &Side, diagnostics: &mut Diagnostics) -> (Vec<Identifier>, Vec<EnumNames>) {
        let unnamed: Vec<Unnamed<'_>> =
            side.objects.iter().map(unnamed_object).chain(side.enums.iter().map(unnamed_enum)).collect();
        let mut names = self.overrides(&unnamed, diagnostics);
        self.keep_locked(&unnamed, &mut names, diagnostics);
        for members in groups(&unnamed, &names) {
            for (index, name) in self.group_names(&members, &unnamed, side.name) {
                let name =
                    Identifier::or_report(name, &unnamed[index].path.join("."), unnamed[index].origin, diagnostics);
                self.take(&name, &unnamed[index], diagnostics);
                names.insert(index, name);
            }
        }
        if side.name == SideName::Request {
            self.on_request_side.clone_from(&self.taken);
        }
        let mut names = names.into_values();
        let objects = names.by_ref().take(side.objects.len()).collect();
        let enums = names.zip(&side.enums).map(|(name, set)| enum_names(name, set, diagnostics)).collect();
        (objects, enums)
    }

    /// The names that fixes ask for: they are given first.
    fn overrides(&mut self, unnamed: &[Unnamed<'_>], diagnostics: &mut Diagnostics) -> BTreeMap<usize, Identifier> {
        let mut names = BTreeMap::new();
        for (index, entry) in unnamed.iter().enumerate() {
            let Some((wanted, place)) = entry.wanted else { continue };
            if *wanted == entry.candidate(0) {
                diagnostics.push(useless("the type", wanted, place, "rust_type", entry.locked));
            }
            if let Some(name) = checked_override(wanted, place, diagnostics) {
                self.take(&name, entry, diagnostics);
                names.insert(index, name);
            }
        }
        names
    }

    /// The names that the lock keeps: they come after those that fixes ask for, before those that are made.
    fn keep_locked(
        &mut self,
        unnamed: &[Unnamed<'_>],
        names: &mut BTreeMap<usize, Identifier>,
        diagnostics: &mut Diagnostics,
    ) {
        for (index, entry) in unnamed.iter().enumerate() {
            let Some(locked) = entry.locked.filter(|_| !names.contains_key(&index)) else { continue };
            if let Some(name) = checked_lock(locked, diagnostics) {
                self.take(&name, entry, diagnostics);
                names.insert(index, name);
            }
        }
    }

    fn take(&mut self, name: &Identifier, entry: &Unnamed<'_>, diagnostics: &mut Diagnostics) {
        if !self.taken.insert(name.to_string()) {
            let path = entry.path.join(".");
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    entry.origin.clone(),
                    format!("the type of `{path}` would be called `{name}`, like another type of this API"),
                )
                .help("give it a `rust_type` in the fix file"),
            );
        }
    }

    /// Names for the types that one base name stands for: one, or several of different shape.
    ///
    /// Each takes as many steps of its path as it needs to be free; those with most of their path left move first, so
    /// that short paths keep short names. Beyond the path there is the endpoint's name.
    fn group_names(&self, members: &[usize], unnamed: &[Unnamed<'_>], side: SideName) -> Vec<(usize, String)> {
        let entries: Vec<&Unnamed<'_>> = members.iter().map(|&index| &unnamed[index]).collect();
        let mut steps = vec![usize::from(entries.len() > 1); entries.len()];
        // Where names are locked even the endpoint's can be taken; then the side's is added until the name is free.
        let beyond = self.locked.len();
        loop {
            let named = entries.iter().zip(&steps).map(|(entry, &steps)| self.name_at(entry, steps, side));
            let names: Vec<String> = named.collect();
            let is_free = |at: usize| {
                !self.taken.contains(&names[at])
                    && !self.locked.contains(&names[at])
                    && names.iter().filter(|other| **other == names[at]).count() == 1
            };
            let left = |at: usize| (entries[at].path.len() + 1 + beyond).saturating_sub(steps[at]);
            let clashing: Vec<usize> = (0..names.len()).filter(|&at| !is_free(at)).collect();
            let most = clashing.iter().map(|&at| left(at)).max().unwrap_or(0);
            if most == 0 {
                return members.iter().copied().zip(names).collect();
            }
            // Two that both took the endpoint's name would be no further apart.
            let movers = if most <= 1 + beyond { 1 } else { clashing.len() };
            let moving: Vec<usize> = clashing.into_iter().filter(|&at| left(at) == most).take(movers).collect();
            moving.into_iter().for_each(|at| steps[at] += 1);
        }
    }

    /// The name with so many steps of its path, prefixed by the endpoint's where Rust or the emitter has it or no step
    /// is left, suffixed where the request has it.
    fn name_at(&self, entry: &Unnamed<'_>, steps: usize, side: SideName) -> String {
        let name = entry.candidate(steps);
        let prefixed = needs_prefix(&name) || steps > entry.path.len();
        let name = if prefixed { format!("{}{name}", self.endpoint) } else { name };
        let suffix = match side {
            SideName::Request => "InRequest",
            SideName::Response => IN_RESPONSE,
        };
        let name = name + &suffix.repeat(steps.saturating_sub(entry.path.len() + 1));
        let on_request_side = side == SideName::Response && self.on_request_side.contains(&name);
        if on_request_side { name + IN_RESPONSE } else { name }
    }
}

/// Whether a type cannot be called so on its own.
fn needs_prefix(name: &str) -> bool {
    reserved::is_taken_type(name) || name.starts_with(|c: char| c.is_ascii_digit())
}

impl Unnamed<'_> {
    /// The base name prefixed by the last `steps` steps of the field path; a type without a base has at least one.
    fn candidate(&self, steps: usize) -> String {
        let steps = if self.base.is_empty() { steps.max(1) } else { steps };
        let from = self.path.len().saturating_sub(steps);
        let prefix: String = self.path[from..].iter().map(|step| words::pascal(step)).collect();
        prefix + &self.base
    }
}

fn unnamed_object(object: &Object) -> Unnamed<'_> {
    Unnamed {
        base: words::pascal(&object.vendor_name),
        path: &object.path,
        wanted: object.rust_type.as_ref(),
        locked: object.locked.as_ref(),
        origin: &object.origin,
    }
}

fn unnamed_enum(set: &Enum) -> Unnamed<'_> {
    Unnamed {
        base: String::new(),
        path: &set.path,
        wanted: set.rust_type.as_ref(),
        locked: set.locked.as_ref(),
        origin: &set.origin,
    }
}

/// Types that would share a name, in order of first use; those that have a name already are left out.
fn groups(unnamed: &[Unnamed<'_>], named: &BTreeMap<usize, Identifier>) -> Vec<Vec<usize>> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, entry) in unnamed.iter().enumerate().filter(|(index, _)| !named.contains_key(index)) {
        let name = entry.candidate(0);
        match groups.iter_mut().find(|(base, _)| *base == name) {
            Some((_, members)) => members.push(index),
            None => groups.push((name, vec![index])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// A name that people wrote, if a type may be called so.
pub(super) fn checked_override(wanted: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Identifier> {
    let name = Identifier::new(wanted).filter(|name| words::pascal(name.as_str()) == *wanted && !needs_prefix(wanted));
    if name.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::UnusableName, place.clone(), format!("`{wanted}` cannot be the name of a type"))
                .help("a type name is in PascalCase and none of the names that Rust or generated code has"),
        );
    }
    name
}

/// A name that the lock keeps, if a type may still be called so.
pub(super) fn checked_lock((name, place): &(String, Place), diagnostics: &mut Diagnostics) -> Option<Identifier> {
    let usable = Identifier::new(name).filter(|_| !needs_prefix(name));
    if usable.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::UnusableName, place.clone(), format!("`{name}` cannot be the name of a type"))
                .help("`apograph generate --unlock` gives the API its names anew"),
        );
    }
    usable
}

/// The names that an object gets where nothing is locked: the second if the request has a type of the first.
pub(super) fn fresh_object(object: &Object, endpoint: &str) -> [String; 2] {
    fresh(&unnamed_object(object), endpoint)
}

/// The names that an enum gets where nothing is locked: the second if the request has a type of the first.
pub(super) fn fresh_enum(set: &Enum, endpoint: &str) -> [String; 2] {
    fresh(&unnamed_enum(set), endpoint)
}

fn fresh(entry: &Unnamed<'_>, endpoint: &str) -> [String; 2] {
    if let Some((name, _)) = entry.wanted {
        return [name.clone(), name.clone()];
    }
    let own = entry.candidate(0);
    let own = if needs_prefix(&own) { format!("{endpoint}{own}") } else { own };
    let other = format!("{own}{IN_RESPONSE}");
    [own, other]
}

fn enum_names(name: Identifier, set: &Enum, diagnostics: &mut Diagnostics) -> EnumNames {
    let mut variants: Vec<Identifier> = Vec::new();
    for value in &set.values {
        let variant = match Identifier::new(&value.name) {
            Some(locked) if value.removed || !set.is_on_page() => locked,
            _ => variant_name(value, &set.origin, diagnostics),
        };
        if variants.contains(&variant) {
            diagnostics.push(Diagnostic::new(
                Code::NameClash,
                set.origin.clone(),
                format!("two values would both be called `{variant}`"),
            ));
        }
        variants.push(variant);
    }
    EnumNames { name, variants }
}

/// The name that a value has of its own.
fn own_variant(value: &EnumValue) -> String {
    words::pascal(&value.name)
}

/// The name that a value gets.
pub(super) fn fresh_variant(value: &EnumValue) -> String {
    identifier::lead(own_variant(value))
}

fn variant_name(value: &EnumValue, origin: &Place, diagnostics: &mut Diagnostics) -> Identifier {
    let name = own_variant(value);
    if name == UNKNOWN || name == "Self" {
        diagnostics.push(Diagnostic::new(
            Code::UnusableName,
            origin.clone(),
            format!("`{name}` cannot be the name of a value: every value set has it already or Rust does"),
        ));
    }
    Identifier::or_report(if name == "Self" { "Self_".to_owned() } else { name }, &value.name, origin, diagnostics)
}
